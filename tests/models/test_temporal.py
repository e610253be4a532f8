"""What the parts for series of images promise beyond the contract test."""

import onnxruntime
import pytest
import torch
from terraloom.models.blocks.conv_gru import ConvGRU
from terraloom.models.blocks.conv_lstm import ConvLSTM
from terraloom.models.blocks.moments import derivative_moments, moment_loss
from terraloom.models.blocks.norms import norm_of
from terraloom.models.blocks.phycell import PhyCell, PhyCellOverDates, physics_loss
from terraloom.models.blocks.spatial_transformer import resample
from terraloom.models.blocks.temporal_attention import TemporalAttention
from terraloom.models.build import build
from terraloom.models.carriers import Level, Sequence, SequenceOf
from terraloom.models.encoders.phydnet import PhyDNet
from terraloom.models.encoders.pixel_series import PixelSeries
from terraloom.models.encoders.utae import UTAEEncoder
from terraloom.models.errors import MisfitError, SpecError
from terraloom.models.export import export_onnx
from terraloom.models.necks.align_dates import AlignDates
from terraloom.models.necks.over_time import METHODS, over_time
from terraloom.models.necks.utae_decoder import UTAEDecoder
from terraloom.models.spec import InputSpec, NetworkSpec, PartSpec
from terraloom.tests.models import examples
from terraloom.tests.models.kernels import moments_to_kernel
from torch import nn

EXACT = [name for name in examples.SERIES if name != "aligned"]
DAYS = (0, 10, 40)


@pytest.fixture(autouse=True)
def one_thread():
    """The maps are small: threads would wait for each other."""
    threads = torch.get_num_threads()
    torch.set_num_threads(1)
    yield
    torch.set_num_threads(threads)


def network_of(name, bands=7):
    torch.manual_seed(0)
    encoder, necks, head = examples.SERIES[name]
    network = build(NetworkSpec((InputSpec(bands, "series", examples.DAYS),), encoder, necks, head)).double()
    for parameter in network.parameters():
        nn.init.uniform_(parameter, 0.05, 0.15)  # nothing cancels, no ReLU is shut
    return network.eval()


def measured_reach_px(network):
    """Farthest input pixels with a gradient, before and after an output pixel, over all phases of the stride."""
    middle = network.stride * (network.receptive_radius_px // network.stride + 2)
    image = torch.rand(
        1, network.spec.inputs[0].channels, 2 * middle, 2 * middle, dtype=torch.float64, requires_grad=True
    )
    line = network(image)[0, 0, middle : middle + network.stride].diagonal(offset=middle)
    before = after = 0
    for phase, value in enumerate(line):
        (gradient,) = torch.autograd.grad(value, image, retain_graph=True)
        distances = torch.nonzero(gradient.abs().sum(dim=(0, 1))) - middle - phase
        before, after = max(before, -int(distances.min())), max(after, int(distances.max()))
    return before, after


@pytest.mark.parametrize("name", EXACT)
def test_declared_reach_covers_the_measured_one_and_little_more(name):
    network = network_of(name, bands=1)
    assert network.global_operations == ()
    before, after = measured_reach_px(network)
    level = network.gives
    assert before <= level.before_px <= before + 2 * network.stride
    assert after <= level.after_px <= after + 2 * network.stride


@torch.no_grad()
@pytest.mark.parametrize("name", EXACT)
def test_a_tile_with_its_halo_says_what_the_whole_image_says(name):
    network = network_of(name)
    stride = network.stride
    halo = stride * -(-network.receptive_radius_px // stride)
    side = 2 * halo + 3 * stride
    image = torch.rand(1, network.spec.inputs[0].channels, side + stride, side + 2 * stride, dtype=torch.float64)
    tile = network(image[:, :, stride:, 2 * stride :])
    inner = slice(halo, halo + 3 * stride)
    whole = network(image)[:, :, stride:, 2 * stride :]
    torch.testing.assert_close(tile[:, :, inner, inner], whole[:, :, inner, inner], atol=1e-12, rtol=0)


@torch.no_grad()
def test_conv_gru_with_a_single_value_kernel_is_a_gru():
    block, reference = ConvGRU(Level(3), dates=4, hidden=5, kernel=1), nn.GRU(3, 5, batch_first=True)
    reference.weight_ih_l0.copy_(block.cell.of_input.weight[:, :, 0, 0])
    reference.bias_ih_l0.copy_(block.cell.of_input.bias)
    reference.weight_hh_l0.copy_(block.cell.of_state.weight[:, :, 0, 0])
    reference.bias_hh_l0.zero_()
    x = torch.randn(2, 4, 3, 1, 1)
    torch.testing.assert_close(block(x)[:, :, 0, 0], reference(x[..., 0, 0])[0][:, -1], atol=1e-6, rtol=0)


@torch.no_grad()
def test_conv_lstm_with_a_single_value_kernel_is_an_lstm():
    block, reference = ConvLSTM(Level(3), dates=4, hidden=5, kernel=1), nn.LSTM(3, 5, batch_first=True)

    def in_torch_order(gates):  # ours: input, forget, output, content
        enter, keep, show, content = gates.chunk(4)
        return torch.cat((enter, keep, content, show))

    reference.weight_ih_l0.copy_(in_torch_order(block.cell.of_input.weight[:, :, 0, 0]))
    reference.bias_ih_l0.copy_(in_torch_order(block.cell.of_input.bias))
    reference.weight_hh_l0.copy_(in_torch_order(block.cell.of_state.weight[:, :, 0, 0]))
    reference.bias_hh_l0.zero_()
    x = torch.randn(2, 4, 3, 1, 1)
    torch.testing.assert_close(block(x)[:, :, 0, 0], reference(x[..., 0, 0])[0][:, -1], atol=1e-6, rtol=0)


@torch.no_grad()
def test_kernels_without_moment_loss_are_derivatives():
    """The one for ∂²/∂x² sees the curvature of a parabola, exactly."""
    kernels = moments_to_kernel(derivative_moments(5).double())
    assert moment_loss(kernels[:, None]) < 1e-12
    x = torch.arange(9, dtype=torch.float64)
    parabola = (3 * x**2 + 2 * x).expand(1, 1, 9, 9)
    curvature = nn.functional.conv2d(parabola, kernels[None, None, 2])  # moment [0, 2]: order 2 along columns
    torch.testing.assert_close(curvature, torch.full_like(curvature, 6.0))


def test_physics_loss_pulls_the_kernels_towards_derivatives():
    torch.manual_seed(0)
    cell = PhyCell(2, kernel=3)
    optimiser = torch.optim.Adam(cell.parameters(), lr=0.05)
    before = physics_loss(cell).item()
    for _ in range(300):
        optimiser.zero_grad()
        physics_loss(cell).backward()
        optimiser.step()
    assert physics_loss(cell).item() < 0.01 * before
    assert physics_loss(nn.Conv2d(1, 9, 3)) == 0


@pytest.mark.parametrize(
    "build_part",
    [
        lambda: UTAEEncoder(3, (4, 4), groups=2).gives[-1],
        lambda: PhyCellOverDates(Level(4), 3, kernel=3, norm=norm_of(3)).gives,
        lambda: PhyDNet(InputSpec(1, days=DAYS), width=4, memories=(), kernel=3, groups=2).gives,
    ],
)
def test_group_normalisation_is_declared(build_part):
    assert build_part().global_operations == ("group normalisation",)


@torch.no_grad()
@pytest.mark.parametrize("method", ["gru", "lstm", "attention", "convolution"])
def test_pixel_series_reads_each_pixel_by_itself(method):
    encoder = PixelSeries(InputSpec(2, days=DAYS), method, width=8).eval()
    image = torch.randn(1, 6, 5, 7)
    alone = encoder(image[:, :, 2:3, 4:5])
    assert encoder.gives == Level(8)
    torch.testing.assert_close(encoder(image)[:, :, 2:3, 4:5], alone, atol=1e-6, rtol=0)


def test_dropout_leaves_features_out_while_a_network_learns_and_never_after():
    encoder = PixelSeries(InputSpec(2, "series", (0, 10, 30)), "attention", width=64, dropout=0.5)
    series = torch.randn(1, 6, 20, 20)
    with torch.no_grad():
        encoder.train()
        dropped = (encoder(series) == 0).float().mean()
        encoder.eval()
        first, second = encoder(series), encoder(series)
    assert 0.45 < dropped < 0.55 and torch.equal(first, second) and (first != 0).all()
    with pytest.raises(SpecError, match="dropout of 1"):
        PixelSeries(InputSpec(2, "series", (0, 10)), "gru", dropout=1)


@pytest.mark.parametrize("method", ["gru", "lstm", "attention", "convolution"])
def test_pixel_series_runs_from_its_file_on_a_single_pixel(method, tmp_path):
    head = PartSpec("segmentation", {"classes": 3})
    encoder = PartSpec("pixel_series", {"method": method, "width": 8})
    network = build(NetworkSpec((InputSpec(2, "series", DAYS),), encoder, (), head)).eval()
    export_onnx(network, tmp_path / "network.onnx")
    session = onnxruntime.InferenceSession(tmp_path / "network.onnx", providers=["CPUExecutionProvider"])
    pixel = torch.randn(1, 6, 1, 1)
    (logits,) = session.run(None, {"series": pixel.numpy()})
    torch.testing.assert_close(torch.from_numpy(logits), network(pixel).detach(), atol=1e-5, rtol=0)


@torch.no_grad()
@pytest.mark.parametrize("part", ["pixel_series", "over_time"])
def test_attention_knows_the_days(part):
    def output(days):
        torch.manual_seed(3)
        if part == "pixel_series":
            return PixelSeries(InputSpec(2, days=days), "attention", width=8).eval()(image)
        neck = over_time(SequenceOf((Level(8),), days), "attention").eval()
        return neck(Sequence((image.reshape(1, 3, 8, 2, 4),))).features[0]

    image = torch.randn(1, 6, 4, 8)
    first = output((0, 10, 40))
    assert torch.equal(first, output((100, 110, 140)))  # days count from any day
    assert not torch.allclose(first, output((0, 30, 40)))


@torch.no_grad()
def test_padded_dates_have_no_share():
    attention = TemporalAttention(Level(4), 4, heads=2, model_channels=8).eval()
    padded = torch.tensor([[False, False, True], [False, False, False]])
    _, shares = attention(torch.randn(2, 3, 4, 2, 2), torch.tensor([DAYS]), padded)
    assert (shares[0, 2] == 0).all() and (shares[1] > 0).all()
    torch.testing.assert_close(shares.sum(dim=1), torch.ones(2, 2, 2, 2))


@torch.no_grad()
@pytest.mark.parametrize("method", ["mean", "max", "last", "convlstm", "convgru", "phycell"])
def test_finer_levels_are_reduced_by_the_rule(method):
    """`mean`, `max` and `last` as they say; recurrent methods by a mean until training finds better weights."""
    source = SequenceOf((Level(2), Level(3, 2)), DAYS)
    fine, coarse = torch.randn(2, 3, 2, 8, 8), torch.randn(2, 3, 3, 4, 4)
    found = over_time(source, method).eval()(Sequence((fine, coarse))).features
    expected = {"max": fine.amax(dim=1), "last": fine[:, -1]}.get(method, fine.mean(dim=1))
    torch.testing.assert_close(found[0], expected)
    assert found[1].shape == (2, 3, 4, 4)


@torch.no_grad()
def test_attention_chooses_among_the_states_of_a_recurrence():
    """With all attention on the last date, its finest level is given, and a change of an earlier date still counts."""
    torch.manual_seed(0)
    neck = over_time(SequenceOf((Level(4), Level(8, 2)), DAYS), "convlstm_attention").eval()
    fine, coarse = torch.randn(1, 3, 4, 8, 8), torch.randn(1, 3, 8, 4, 4)

    def last_alone(x, days, padded=None):
        shares = torch.tensor([0.0, 0.0, 1.0]).view(1, 3, 1, 1, 1).expand(1, 3, neck_heads, 4, 4)
        return x[:, -1], shares

    neck_heads = neck.attention.attention.heads
    neck.attention.attention.forward = last_alone
    found = neck(Sequence((fine, coarse))).features
    torch.testing.assert_close(found[0], fine[:, -1])
    torch.testing.assert_close(found[1], neck.recurrence(coarse))
    assert neck.gives[1].radius_px >= neck.recurrence.gives.radius_px > 0
    coarse[:, 0] += 1
    assert not torch.allclose(neck(Sequence((fine, coarse))).features[1], found[1])


@torch.no_grad()
def test_phydnet_feeds_its_images_back():
    network = PhyDNet(InputSpec(2, days=DAYS), steps=3, width=4, memories=(5,), kernel=3).eval()
    image = torch.randn(1, 6, 8, 12)
    images = network(image)
    assert images.shape == (1, 6, 8, 12)
    network.steps = 1
    assert torch.equal(network(image), images[:, :2])


def waves(rows, cols, shift):
    """A smooth pattern, read `shift` (columns, rows) further on."""
    y, x = torch.meshgrid(torch.arange(rows) + shift[1], torch.arange(cols) + shift[0], indexing="ij")
    return torch.sin(x / 2.3) + torch.cos(y / 1.7) + torch.sin((x + y) / 3.1)


@torch.no_grad()
def test_resampling_reads_at_the_shifted_place():
    x = torch.randn(2, 3, 6, 9)
    none = torch.zeros(2, 2, 2)
    torch.testing.assert_close(resample(x, torch.zeros(2, 2), none), x, atol=1e-5, rtol=0)
    moved = resample(x, torch.tensor([[2.0, 1.0]]).expand(2, -1), none)
    torch.testing.assert_close(moved[:, :, :5, :7], x[:, :, 1:, 2:], atol=1e-5, rtol=0)
    stretch = torch.tensor([[[-0.5, 0.0], [0.0, 0.0]]]).expand(2, -1, -1)  # half as fast along columns
    half = resample(x, torch.zeros(2, 2), stretch)
    torch.testing.assert_close(half[..., [2, 4, 6]], x[..., [3, 4, 5]], atol=1e-5, rtol=0)


@torch.no_grad()
def test_resampling_reads_at_the_same_places_in_16_bits():
    """Features may be coarse, places may not: 256 columns are as many as bfloat16 can count."""
    x, shift, change = waves(8, 512, (0, 0))[None, None], torch.tensor([[0.25, 0.5]]), torch.full((1, 2, 2), 0.0078125)
    expected = resample(x, shift, change)
    with torch.autocast("cpu", torch.bfloat16):
        found = resample(x.bfloat16(), shift.bfloat16(), change.bfloat16())
    torch.testing.assert_close(found.float(), expected, atol=0.02, rtol=0)


def test_alignment_begins_at_no_change_and_leaves_the_first_date():
    source = SequenceOf((Level(2), Level(3, 2)), DAYS)
    neck = AlignDates(source)
    assert all(level.global_operations == ("spatial transformer",) for level in neck.gives.levels)
    series = Sequence((torch.randn(2, 3, 2, 8, 12), torch.randn(2, 3, 3, 4, 6)))
    for found, given in zip(neck(series).features, series.features, strict=True):
        torch.testing.assert_close(found, given, atol=1e-5, rtol=0)
    nn.init.constant_(neck.transformer.estimate.bias, 0.3)
    for found, given in zip(neck(series).features, series.features, strict=True):
        assert torch.equal(found[:, 0], given[:, 0])
        assert not torch.allclose(found[:, 1], given[:, 1], atol=0.1)


def test_alignment_learns_to_undo_shifts():
    torch.manual_seed(0)
    neck = AlignDates(SequenceOf((Level(1),), (0, 10)), largest_shift_px=3, width=8)
    optimiser = torch.optim.Adam(neck.parameters(), lr=1e-2)

    def misfit(seed):
        """Mean absolute difference of the dates behind and before alignment, away from the edge."""
        shifts = 4 * torch.rand(16, 2, generator=torch.Generator().manual_seed(seed)) - 2
        first = waves(24, 24, (0, 0)).expand(16, 24, 24)
        second = torch.stack([waves(24, 24, shift) for shift in shifts])
        series = torch.stack((first, second), dim=1)[:, :, None]
        aligned = neck(Sequence((series,))).features[0]
        inner = (..., slice(4, -4), slice(4, -4))
        return (aligned[:, 1] - aligned[:, 0])[inner].abs().mean(), (second - first)[inner[1:]].abs().mean()

    for step in range(120):
        optimiser.zero_grad()
        misfit(step)[0].backward()
        optimiser.step()
    behind, before = misfit(1000)
    assert behind < 0.5 * before  # 0.16 to 0.31 with three seeds


@pytest.mark.parametrize(
    ("build_part", "message"),
    [
        (lambda: over_time(SequenceOf((Level(4),), (0,)), "convgru"), "ConvGRU needs a series of at least 2 dates"),
        (lambda: over_time(SequenceOf((Level(4),), (0,)), "phycell"), "PhyCell needs a series of at least 2 dates"),
        (lambda: over_time((Level(4),), "mean"), "The neck 'over_time' takes a series of dates, the part before it"),
        (lambda: over_time(SequenceOf((Level(4), Level(4, 3)), DAYS)), "stride 1 and 3 px; attention over time"),
        (lambda: PixelSeries(InputSpec(3)), "'pixel_series' needs a series of at least 2 dates; the input has 1"),
        (lambda: AlignDates((Level(4),)), "The neck 'align' takes a series of dates"),
        (lambda: TemporalAttention(Level(5), 8, 4, 8), "4 heads for 5 channels that come in, 8 inside and 8"),
        (lambda: TemporalAttention(Level(4), 4, 4, 8), "4 that go out. Give multiples of the heads, an even"),
        (lambda: UTAEDecoder((Level(4), Level(4, 2)), (4, 4)), "levels of stride 1, 2 px, the U-TAE decoder has 2"),
    ],
)
def test_misfit_is_named(build_part, message):
    with pytest.raises(MisfitError, match=message):
        build_part()


@pytest.mark.parametrize(
    ("build_part", "message"),
    [
        (lambda: over_time(SequenceOf((Level(4),), DAYS), "median"), "method 'median'; there are: attention, convlstm"),
        (lambda: PixelSeries(InputSpec(3, days=DAYS), "svm"), "method 'svm'; there are: gru, lstm"),
        (lambda: PixelSeries(InputSpec(3, days=DAYS), "attention", width=7), "has a width of 7"),
        (lambda: PhyDNet(InputSpec(3, days=DAYS), steps=0), "to give 0 images"),
        (lambda: AlignDates(SequenceOf((Level(4),), DAYS), largest_shift_px=0), "largest shift of 0 px"),
        (lambda: AlignDates(SequenceOf((Level(4),), DAYS), width=0), "and a width of 0"),
        (lambda: UTAEEncoder(3, (4, 4), padding="circular"), "padding 'circular'"),
        (lambda: UTAEDecoder((Level(4), Level(4, 2)), (4,), padding="circular"), "padding 'circular'"),
    ],
)
def test_wrong_argument_is_named(build_part, message):
    with pytest.raises(SpecError, match=message):
        build_part()


def test_all_methods_have_an_example():
    named = {
        dict(neck.arguments)["method"]
        for _, necks, _ in examples.SERIES.values()
        for neck in necks
        if neck.name == "over_time"
    }
    assert named == METHODS.keys()
