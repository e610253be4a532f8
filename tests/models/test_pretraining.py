"""What encoders learn without labels: sensors are told alike by content, not by place within a tile; what hides."""

from types import SimpleNamespace

import pytest
import torch
from terraloom.models.augmentation import Bearing
from terraloom.models.build import FUSIONS, build
from terraloom.models.errors import MisfitError
from terraloom.models.losses.info_nce import InfoNCE
from terraloom.models.objectives.contrastive import Contrastive, by_cell, feature_channels
from terraloom.models.objectives.cross_modal import APART, CrossModal
from terraloom.models.objectives.masked import Masked
from terraloom.models.objectives.objective import Batch, WithParts
from terraloom.models.objectives.seen import Seen
from terraloom.models.spec import InputSpec, NetworkSpec, PartSpec
from torch import nn

UNET = PartSpec("unet", {"widths": (4, 8), "depths": (1, 1)})
DECODER = (PartSpec("unet", {"widths": (4,)}),)
VIT = PartSpec("vit", {"patch": 4, "width": 16, "depth": 1, "heads": 2, "positions": "waves"})
TOKENS = (PartSpec("tokens_to_pyramid", {"widths": (4, 8)}), PartSpec("unet", {"widths": (4,)}))


def network(*bands, fusion="middle", encoder=UNET, necks=DECODER, **arguments):
    torch.manual_seed(0)
    inputs = tuple(InputSpec(count, f"input_{number}") for number, count in enumerate(bands))
    head = PartSpec("segmentation", {"classes": 2})
    return build(NetworkSpec(inputs, encoder, () if fusion == "late" else necks, head, PartSpec(fusion, arguments)))


def batch(*bands, tiles=3, side=16, seed=0):
    chance = torch.Generator().manual_seed(seed)
    return Batch(tuple(torch.randn(tiles, count, side, side, generator=chance) for count in bands), torch.zeros(tiles))


def seen(net, given):
    return Seen(net, given, 1)


def learning(net):
    """Names of the weights that a step would change."""
    return {name for name, value in net.named_parameters() if value.grad is not None and value.grad.any()}


@pytest.mark.parametrize("fusion", sorted(APART))
def test_each_sensor_teaches_its_own_encoder_and_nothing_else(fusion):
    net = network(2, 3, fusion=fusion)
    term = CrossModal(net, InfoNCE())
    assert isinstance(term, WithParts) and term.numbers == (0, 1)
    term(seen(net, batch(2, 3))).backward()
    assert {name.split(".")[2] for name in learning(net)} == {"0", "1"}
    assert all(name.startswith("encoder.encoders.") for name in learning(net))
    assert all(any(value.grad.any() for value in part.parameters()) for part in term.parts)


def test_inputs_that_share_encoders_are_taught_through_the_first_two():
    net = network(2, 3, 2, 3, fusion="available", encoders=(1, 0, 1, 0))
    term = CrossModal(net, InfoNCE())
    assert term.numbers == (1, 0)
    one, other = term.compared(net, batch(2, 3))
    assert one.shape == other.shape == (3 * 16, 64)
    torch.testing.assert_close(one.norm(dim=1), torch.ones(48))


def test_sensors_see_their_own_image_alone():
    net = network(2, 2).eval()
    term = CrossModal(net, InfoNCE())
    term.parts.eval()
    given = batch(2, 2)
    one, other = term.compared(net, given)
    same, changed = term.compared(net, Batch((given.inputs[0], given.inputs[1] + 1), given.target))
    assert torch.equal(one, same) and not torch.equal(other, changed)


def test_where_in_a_tile_a_region_lies_does_not_lower_the_loss():
    """Vectors that tell the cell alone: without cells apart, they would tell 16 regions from each other."""
    tiles, cells = 4, 16
    vectors = torch.eye(cells).repeat(tiles, 1)  # (tiles * cells, cells)
    assert all((cell == cell[0]).all() for cell in by_cell(vectors, tiles))

    class Told(CrossModal):
        def _places(self, network, batch):
            return vectors, vectors

    term = Told(network(2, 2), InfoNCE())
    term.parts = nn.ModuleList([nn.Identity(), nn.Identity()])
    loss = term(seen(None, batch(2, 2, tiles=tiles)))
    assert loss.item() == pytest.approx(torch.log(torch.tensor(float(tiles))).item(), rel=1e-5)
    chance = torch.log(torch.tensor(float(tiles * cells)))
    assert InfoNCE()(vectors, vectors) < chance - 2, "with all places together, the place within the tile does count"


def test_content_lowers_the_loss():
    term = CrossModal(network(2, 2), InfoNCE())
    term.parts = nn.ModuleList([nn.Identity(), nn.Identity()])
    told = nn.functional.normalize(torch.randn(64, 32), dim=1)
    term._places = lambda *_: (told, told)
    alike = term(seen(None, batch(2, 2, tiles=4)))
    term._places = lambda *_: (told, told.roll(16, dims=0))
    assert alike < 0.1 < term(seen(None, batch(2, 2, tiles=4)))


@pytest.mark.parametrize(("bands", "fusion"), [((2, 2), "early"), ((2, 2), "shallow"), ((2,), "middle")])
def test_networks_without_an_encoder_for_each_sensor_are_refused(bands, fusion):
    with pytest.raises(MisfitError, match="where each has an encoder of its own"):
        CrossModal(network(*bands, fusion=fusion), InfoNCE())
    assert set(APART) < set(FUSIONS)


def test_a_lone_tile_gives_no_loss():
    net = network(2, 2)
    assert CrossModal(net, InfoNCE())(seen(net, batch(2, 2, tiles=1))).item() == 0


def test_views_of_one_image_are_told_apart_by_cell_where_that_is_asked():
    net = network(2)
    apart, within = (
        Contrastive(net.spec.inputs, feature_channels(net.encoder.gives), InfoNCE(), asked) for asked in (False, True)
    )
    within.parts.load_state_dict(apart.parts.state_dict())
    losses = []
    for term in (apart, within):
        torch.manual_seed(3)
        losses.append(term(seen(net, batch(2))).item())
    assert losses[0] < losses[1], "among fewer, the partner is more easily told"
    one, other = apart.compared(net, batch(2))
    assert one.shape == other.shape == (48, 64)


def test_the_other_view_leaves_bearings_alone_and_is_grey_at_times():
    (source,), views = (InputSpec(4, "image"),), []
    term = Contrastive((source,), 4, InfoNCE())
    term.know({"image": (0, 1, 2)}, {"image": (Bearing(3, 180.0, 90.0),)})
    term(seen(SimpleNamespace(encoder=lambda image: views.append(image) or image), batch(4, tiles=40)))
    one, other = views
    assert torch.equal(one[:, 3], other[:, 3])
    away = (other[:, 0] - other[:, 1]).flatten(1).std(dim=1)
    assert 0 < (away < 0.4).sum() < 20, "but for noise"


@pytest.mark.parametrize("fusion", ["early", "middle", "available", "cross"])
def test_views_with_inputs_left_out_leave_the_running_statistics_as_they_are(fusion):
    """They are unlike what the network maps; what it is given whole is counted as ever."""
    net = network(3, 2, fusion=fusion)
    term = Contrastive(net.spec.inputs, feature_channels(net.encoder.gives), InfoNCE())
    before = statistics(net)
    term(seen(net, batch(3, 2))).backward()
    assert all(torch.equal(old, new) for old, new in zip(before, statistics(net), strict=True))
    net(*batch(3, 2).inputs)
    assert not any(torch.equal(old, new) for old, new in zip(before, statistics(net), strict=True))


def statistics(net):
    """Means and variances that batch normalisation remembers."""
    return [value.clone() for name, value in net.state_dict().items() if "running" in name]


def test_hidden_patches_teach_the_encoder_alone():
    net = network(2, encoder=VIT, necks=TOKENS)
    term = Masked(net)
    assert isinstance(term, WithParts)
    loss = term(seen(net, batch(2)))
    assert loss.item() == pytest.approx(1, abs=0.3)
    loss.backward()
    assert learning(net) and all(name.startswith("encoder.") for name in learning(net))
    for told in term.parts.values.parameters():
        nn.init.zeros_(told)
    values = 2 * 4 * 4  # of a patch, by whose unbiased deviation they are divided
    assert term(seen(net, batch(2))).item() == pytest.approx((values - 1) / values, rel=1e-4), "the mean of each patch"


@pytest.mark.parametrize(
    ("encoder", "necks", "words"),
    [
        (UNET, DECODER, "the network has the encoder 'unet'"),
        (PartSpec("vit", {**VIT.arguments, "positions": "convolution"}), TOKENS, "positions = 'waves'"),
        (PartSpec("vit", {**VIT.arguments, "window": 2, "positions": "convolution"}), TOKENS, "window = 0"),
    ],
)
def test_encoders_that_cannot_leave_patches_out_are_refused(encoder, necks, words):
    with pytest.raises(MisfitError, match=words):
        Masked(network(2, encoder=encoder, necks=necks))
