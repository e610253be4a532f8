"""What single spatial blocks promise beyond what every network promises."""

import math

import pytest
import torch
from terraloom.models.blocks.discriminator import Discriminator
from terraloom.models.blocks.global_attention import GlobalAttention
from terraloom.models.blocks.orientation import OrientationStream
from terraloom.models.blocks.positions import WavePositions, waves
from terraloom.models.blocks.projection import ProjectionHead
from terraloom.models.blocks.residual import ResidualBlock
from terraloom.models.blocks.squeeze_excitation import SqueezeExcitation
from terraloom.models.blocks.subpixel import SubPixel
from terraloom.models.blocks.window_attention import WindowAttention
from terraloom.models.carriers import EmbeddingOf, Level, TokensOf
from terraloom.models.encoders.efficient import EfficientEncoder
from terraloom.models.encoders.resnet import ResNetEncoder
from terraloom.models.encoders.vit import ViTEncoder
from terraloom.models.errors import MisfitError, SpecError
from terraloom.models.heads.classification import ClassificationHead
from terraloom.models.masked_autoencoder import Hiding, MaskedAutoencoder, hide_at_random, patches
from terraloom.models.necks.aspp import ASPPNeck
from terraloom.models.necks.attention import AttentionNeck
from terraloom.models.necks.fpn import FPN
from terraloom.models.necks.tokens_to_pyramid import TokensToPyramid
from torch.nn import functional


@pytest.fixture(autouse=True)
def seed():
    torch.manual_seed(0)
    torch.set_num_threads(1)  # many small layers: more threads wait for each other


# --- Squeeze and excitation, residual ----------------------------------------------------------------------------


def test_channels_are_weighed_by_the_means_of_their_box():
    block = SqueezeExcitation(Level(4), box=2, reduction=2)
    image = torch.randn(1, 4, 4, 6)
    weighed = block(image)
    for row in (0, 2):
        for col in (0, 2, 4):
            box = image[:, :, row : row + 2, col : col + 2]
            narrow = functional.relu(block.squeeze.weight[:, :, 0, 0] @ box.mean(dim=(2, 3))[0] + block.squeeze.bias)
            factors = torch.sigmoid(block.excite.weight[:, :, 0, 0] @ narrow + block.excite.bias)
            expected = box * factors[None, :, None, None]
            torch.testing.assert_close(weighed[:, :, row : row + 2, col : col + 2], expected)


def test_a_residual_block_whose_branch_is_nothing_passes_its_input_on():
    block = ResidualBlock(Level(4), 4).eval()
    torch.nn.init.zeros_(block.convolutions[-1].weight)
    image = torch.rand(2, 4, 5, 5)
    assert torch.equal(block(image), image)


def test_dilated_stages_keep_the_size():
    encoder = ResNetEncoder(2, widths=(4, 4, 4), depths=(1, 1, 1), stem_stride=2, dilations=(1, 1, 4))
    assert [level.stride_px for level in encoder.gives] == [2, 4, 4]
    assert [feature.shape[2] for feature in encoder(torch.randn(1, 2, 16, 16)).features] == [8, 4, 4]


# --- Attention ---------------------------------------------------------------------------------------------------


def test_one_window_as_large_as_the_image_is_global_attention():
    windowed, everywhere = WindowAttention(Level(6), heads=3, window=4), GlobalAttention(Level(6), heads=3)
    torch.nn.init.zeros_(windowed.bias)
    everywhere.load_state_dict({name: value for name, value in windowed.state_dict().items() if name != "bias"})
    tokens = torch.randn(2, 4, 4, 6)
    torch.testing.assert_close(windowed(tokens), everywhere(tokens))


def test_global_attention_is_that_of_torch():
    block = GlobalAttention(Level(8), heads=2)
    other = torch.nn.MultiheadAttention(8, 2, batch_first=True)
    other.load_state_dict(
        {
            "in_proj_weight": block.project.weight,
            "in_proj_bias": block.project.bias,
            "out_proj.weight": block.join.weight,
            "out_proj.bias": block.join.bias,
        }
    )
    tokens = torch.randn(3, 7, 8)
    torch.testing.assert_close(block(tokens), other(tokens, tokens, tokens)[0])


@pytest.mark.parametrize("shift", [0, 1, 2])
def test_windowed_attention_is_masked_attention_with_a_bias_for_each_offset(shift):
    """Written down once more, token by token: who shares a window, and how far apart they lie."""
    window, rows, cols, heads = 3, 6, 9, 2
    block = WindowAttention(Level(4), heads, window, shift)
    tokens = torch.randn(1, rows, cols, 4)
    queries, keys, values = block.project(tokens)[0].unflatten(-1, (3, heads, 2)).unbind(-3)  # (rows, cols, heads, 2)
    expected = torch.zeros(rows, cols, 4)
    for row in range(rows):
        for col in range(cols):
            seen = [
                (r, c)
                for r in range(rows)
                for c in range(cols)
                if (r + shift) // window == (row + shift) // window and (c + shift) // window == (col + shift) // window
            ]
            for head in range(heads):
                logits = torch.stack(
                    [
                        queries[row, col, head] @ keys[r, c, head] / math.sqrt(2)
                        + block.bias[(row - r + window - 1) * (2 * window - 1) + col - c + window - 1, head]
                        for r, c in seen
                    ]
                )
                weights = torch.softmax(logits, dim=0)
                mean = sum(weight * values[r, c, head] for weight, (r, c) in zip(weights, seen, strict=True))
                expected[row, col, 2 * head : 2 * head + 2] = mean
    torch.testing.assert_close(block(tokens)[0], block.join(expected))


def test_every_second_block_has_shifted_windows():
    neck = AttentionNeck(Level(4), heads=2, depth=3, window=5)
    assert [block.attention.shift for block in neck.blocks] == [0, 2, 0]


def test_attention_says_what_it_sees():
    assert AttentionNeck(Level(4, 8), heads=2).gives[-1].global_operations == ("self-attention",)
    windowed = AttentionNeck(Level(4, 8, alignment_px=8), heads=2, window=4).gives[-1]
    assert (windowed.global_operations, windowed.alignment_px) == ((), 32)
    seen = ViTEncoder(3, patch=4, width=8, depth=1, heads=2, window=4, positions="waves").gives.level
    assert seen.global_operations == ("position in the image",)


def test_waves_tell_offsets_whatever_the_place():
    """The similarity of two positions depends on how far they lie apart, and is largest for a place with itself."""
    positions = waves(6, 7, 16, torch.zeros(1, dtype=torch.float64))[0]

    def similarity(first, second):
        return float(positions[:, first[0], first[1]] @ positions[:, second[0], second[1]])

    assert similarity((0, 0), (2, 3)) == pytest.approx(similarity((3, 4), (5, 1)))
    assert similarity((2, 2), (2, 2)) == pytest.approx(16 / 2)
    assert all(similarity((2, 2), (r, c)) < 7.99 for r in range(6) for c in range(7) if (r, c) != (2, 2))


# --- Enlargement, projection, discriminator, orientation ------------------------------------------------------------


def test_waves_are_the_same_in_16_bits_but_for_rounding():
    coarse = waves(32, 300, 64, torch.zeros(1, dtype=torch.bfloat16))
    assert coarse.dtype == torch.bfloat16
    torch.testing.assert_close(coarse.float(), waves(32, 300, 64, torch.zeros(1)), atol=0.005, rtol=0)


def test_sub_pixels_are_a_transposed_convolution_without_overlap():
    block = SubPixel(Level(3, stride_px=4), channels=2, factor=2)
    kernel = block.convolution.weight.reshape(2, 2, 2, 3).permute(3, 0, 1, 2)  # (3 in, 2 out, 2, 2)
    torch.nn.init.zeros_(block.convolution.bias)
    image = torch.randn(1, 3, 4, 5)
    torch.testing.assert_close(block(image), functional.conv_transpose2d(image, kernel, stride=2))
    assert block.gives.stride_px == 2


@pytest.mark.parametrize("shape", [(4, 6), (4, 6, 3, 5)])
def test_projections_are_unit_vectors(shape):
    projected = ProjectionHead(6, 8)(torch.randn(shape))
    assert projected.shape == (4, 8, *shape[2:])
    torch.testing.assert_close(projected.norm(dim=1), torch.ones(4, *shape[2:]))


def test_discriminator_sees_squares_of_70_px():
    critic = Discriminator(condition=2, bands=3).eval()
    assert critic(torch.randn(1, 3, 256, 256), torch.randn(1, 2, 256, 256)).shape == (1, 1, 30, 30)
    assert critic.gives.before_px + critic.gives.after_px + 1 == 70
    image = torch.zeros(1, 3, 128, 128)
    image[:, :, 64, 64] = torch.nan
    small = Discriminator(condition=0, bands=3, widths=(2, 2, 2, 2)).eval()
    spoilt = small(image).isnan().any(1)[0].any(0).nonzero()[:, 0]
    first, last = (64 - small.gives.after_px) / 8, (64 + small.gives.before_px) / 8
    assert (int(spoilt.min()), int(spoilt.max())) == (math.ceil(first), math.floor(last))


def test_mask_of_lines_learns_from_their_direction_but_not_the_other_way_round():
    stream = OrientationStream(Level(4), bins=5)
    logits = stream(torch.randn(2, 4, 6, 6))
    assert logits.shape == (2, 6, 6, 6)
    logits[:, 1:].square().sum().backward(retain_graph=True)
    assert not stream.mask.convolution.weight.grad.any()
    stream.zero_grad()
    logits[:, 0].square().sum().backward()
    assert stream.direction.convolution.weight.grad.any()


# --- Masked autoencoding -------------------------------------------------------------------------------------------


def autoencoder():
    encoder = ViTEncoder(2, patch=4, width=16, depth=1, heads=2, positions="waves")
    return MaskedAutoencoder(encoder, width=8, depth=1, heads=2)


def test_patches_are_put_together_again():
    image = torch.randn(2, 3, 8, 12)
    cut = patches(image, 4)
    assert cut.shape == (2, 6, 48)
    assert torch.equal(cut[:, 4].reshape(2, 3, 4, 4), image[:, :, 4:, 4:8])
    assert torch.equal(functional.fold(cut.transpose(1, 2), (8, 12), 4, stride=4), image)


@pytest.mark.parametrize(("share", "kept"), [(0.75, 4), (0.999, 1), (0.001, 15)])
def test_share_of_tokens_is_hidden(share, kept):
    hiding = hide_at_random(5, 16, share, torch.Generator().manual_seed(3))
    assert hiding.visible.shape == (5, kept)
    assert hiding.hidden.sum(1).tolist() == [16 - kept] * 5
    assert (hiding.hidden.gather(1, hiding.visible) == 0).all()
    assert torch.equal(hiding.visible, hide_at_random(5, 16, share, torch.Generator().manual_seed(3)).visible)


def test_hidden_patches_are_told_from_the_visible_ones_alone():
    network = autoencoder().eval()
    image = torch.randn(1, 2, 8, 8)
    hiding = hide_at_random(1, 4, 0.5, torch.Generator().manual_seed(0))
    told = network(image, hiding)
    for number in range(4):
        other = image.clone()
        other[:, :, 4 * (number // 2) :, 4 * (number % 2) :][:, :, :4, :4] += 1
        assert torch.equal(network(other, hiding), told) == bool(hiding.hidden[0, number])


def test_order_of_the_visible_tokens_does_not_matter():
    network, image = autoencoder().double(), torch.randn(1, 2, 8, 8, dtype=torch.float64)
    hidden = torch.tensor([[0.0, 1, 0, 0]])
    told = [network(image, Hiding(torch.tensor([order]), hidden)) for order in ((0, 2, 3), (3, 0, 2))]
    torch.testing.assert_close(*told)


def test_error_counts_on_hidden_patches_only():
    network, image = autoencoder(), torch.randn(2, 2, 8, 8)
    hiding = hide_at_random(2, 4, 0.5)
    target = patches(image, 4)
    target = (target - target.mean(2, keepdim=True)) / (target.var(2, keepdim=True) + 1e-6).sqrt()
    told = network(image, hiding).detach()
    errors = [
        float((told[each, number] - target[each, number]).square().mean())
        for each in range(2)
        for number in range(4)
        if hiding.hidden[each, number]
    ]
    assert network.loss(image, hiding).item() == pytest.approx(sum(errors) / len(errors), rel=1e-5)


def test_an_encoder_learns_to_tell_what_is_hidden():
    """A pattern comes bright or dark; which, only the visible patches tell. Knowing nothing, the error is near 1."""
    network = autoencoder()
    optimiser = torch.optim.Adam(network.parameters(), 1e-2)
    pattern = torch.randn(1, 2, 8, 8)
    for _ in range(60):
        image = pattern * torch.randn(16, 1, 1, 1).sign()
        loss = network.loss(image, hide_at_random(16, 4, 0.5))
        optimiser.zero_grad()
        loss.backward()
        optimiser.step()
    assert float(loss.detach()) < 0.3


@pytest.mark.parametrize("arguments", [{"window": 2, "positions": "waves"}, {"positions": "convolution"}])
def test_an_encoder_whose_tokens_need_neighbours_cannot_hide_them(arguments):
    with pytest.raises(MisfitError, match="window = 0 and positions = 'waves'"):
        MaskedAutoencoder(ViTEncoder(2, 4, 16, 1, 2, **arguments), width=8, depth=1, heads=2)


# --- What is refused -----------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("error", "words", "make"),
    [
        (SpecError, "3 heads for 8 channels", lambda: GlobalAttention(Level(8), heads=3)),
        (SpecError, "4 tokens wide and shifted by 4", lambda: WindowAttention(Level(8), 2, window=4, shift=4)),
        (SpecError, "multiple of 4 channels, there are 6", lambda: WavePositions(Level(6))),
        (SpecError, r"rates \[\] and boxes of 8", lambda: ASPPNeck(Level(4), 4, rates=())),
        (SpecError, "dilation of 1.5.*whole numbers", lambda: ASPPNeck(Level(4), 4, rates=(1.5,))),
        (SpecError, "vector of 0 values", lambda: ClassificationHead(EmbeddingOf(4, Level(4)), classes=0)),
        (SpecError, "9 stages; choose 1 to 7", lambda: EfficientEncoder(3, stages=9)),
        (SpecError, r"widths \[4\], depths \[1, 1\]", lambda: ResNetEncoder(3, (4,), (1, 1))),
        (SpecError, "positions 'gps'; there are: convolution, waves", lambda: ViTEncoder(3, 4, 8, 1, 2, 0, "gps")),
        (SpecError, "has 0 blocks", lambda: ViTEncoder(3, 4, 8, 0, 2)),
        (SpecError, "has 0 blocks", lambda: AttentionNeck(Level(4), heads=2, depth=0)),
        (SpecError, "1 levels, 1 of them", lambda: TokensToPyramid(TokensOf(Level(4, 8)), (4,), coarser=1)),
        (MisfitError, "stride of 1 px and cannot", lambda: TokensToPyramid(TokensOf(Level(4, 2)), (4, 4, 4))),
        (MisfitError, "takes tokens", lambda: TokensToPyramid(Level(4, 2), (4,))),
        (MisfitError, "stride 1 and 3 px", lambda: FPN((Level(4), Level(4, 3)), 4)),
        (SpecError, "share of 1 of 16 tokens", lambda: hide_at_random(1, 16, 1)),
    ],
)
def test_what_does_not_fit_is_refused(error, words, make):
    with pytest.raises(error, match=words):
        make()
