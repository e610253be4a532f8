"""Several inputs become one network's features, whether they are images, series or both; what cannot is told how."""

import pytest
import torch
from terraloom.models.build import build
from terraloom.models.carriers import sequence
from terraloom.models.errors import MisfitError
from terraloom.models.fusions.shallow import ShallowFusion
from terraloom.models.presets import preset
from terraloom.models.spec import InputSpec, NetworkSpec, PartSpec
from terraloom.tests.models.examples import CLASSES, DAYS, DECODER, UNET

SERIES, RADAR, TERRAIN = InputSpec(3, "optical", DAYS), InputSpec(2, "radar", (0, 5)), InputSpec(2, "terrain")
OVER_TIME = PartSpec("over_time", {"method": "attention"})
PIXELS = PartSpec("pixel_series", {"method": "gru", "width": 6})
VIT = PartSpec("vit", {"patch": 4, "width": 8, "depth": 1, "heads": 2})


def fused(inputs, fusion="early", encoder=UNET, necks=(OVER_TIME, DECODER)):
    return build(NetworkSpec(inputs, encoder, necks, CLASSES, PartSpec(fusion))).eval()


def random_images(inputs):
    generator = torch.Generator().manual_seed(0)
    return [torch.randn(2, each.channels, 8, 12, generator=generator) for each in inputs]


@pytest.mark.parametrize("inputs", [(SERIES, TERRAIN), (TERRAIN, SERIES)], ids=["series first", "image first"])
@pytest.mark.parametrize(("encoder", "necks"), [(UNET, (OVER_TIME, DECODER)), (PIXELS, ())], ids=["u-net", "pixels"])
def test_beside_a_series_an_image_is_the_same_on_each_date(inputs, encoder, necks):
    network = fused(inputs, encoder=encoder, necks=necks)
    as_series = tuple(InputSpec(each.bands, each.name, DAYS) for each in inputs)
    other = fused(as_series, encoder=encoder, necks=necks)
    other.load_state_dict(network.state_dict())
    images = random_images(inputs)
    repeated = [
        image if source.days else image.repeat(1, len(DAYS), 1, 1) for image, source in zip(images, inputs, strict=True)
    ]
    with torch.no_grad():
        torch.testing.assert_close(network(*images), other(*repeated))


def test_an_image_beside_a_series_counts():
    network, (series, terrain) = fused((SERIES, TERRAIN)), random_images((SERIES, TERRAIN))
    with torch.no_grad():
        assert not torch.allclose(network(series, terrain), network(series, terrain + 1))


@pytest.mark.parametrize("name", ["auto", "timeseries", "timecontext"])
def test_presets_of_series_take_an_image_beside_it(name):
    network = build(preset(name, (SERIES, TERRAIN), 4, 0).spec).eval()
    with torch.no_grad():
        assert network(*network.blank(1, 16, 16)).shape == (1, 4, 16, 16)


def test_series_of_different_dates_are_joined_as_the_refusal_says():
    with pytest.raises(MisfitError, match="series optical, radar have different dates.*single pixels.*'middle'"):
        fused((SERIES, RADAR, TERRAIN))
    network = fused((SERIES, RADAR), "middle", PIXELS, necks=())
    with torch.no_grad():
        assert network(*random_images((SERIES, RADAR))).shape == (2, 3, 8, 12)


def test_what_middle_fusion_cannot_join_early_fusion_can():
    with pytest.raises(MisfitError, match="series 'optical' the encoder gives those of each date.*'early'"):
        fused((SERIES, TERRAIN), "middle")
    assert sequence(fused((SERIES, TERRAIN)).encoder.gives, "it").days == DAYS
    tokens_to_pyramid = PartSpec("tokens_to_pyramid", {"widths": (4,)})
    with pytest.raises(MisfitError, match="of the input 'terrain' the encoder gives tokens.*'early'"):
        fused((TERRAIN, InputSpec(1, "soil")), "middle", VIT, (tokens_to_pyramid,))
    fused((TERRAIN, InputSpec(1, "soil")), "early", VIT, (tokens_to_pyramid,))


@pytest.mark.parametrize("fusion", ["middle", "available", "cross", "late", "shallow"])
def test_a_fusion_that_refuses_tokens_calls_itself_by_no_other_name(fusion):
    with pytest.raises(MisfitError, match="^This fusion joins feature maps, and of the input"):
        fused((TERRAIN, InputSpec(1, "soil")), fusion, VIT, ())


BEFORE_AND_AFTER = tuple(
    InputSpec(bands, name) for name, bands in (("optical", 3), ("sar", 1), ("optical_before", 3), ("sar_before", 1))
)


def available(**arguments):
    torch.manual_seed(0)
    part = PartSpec("available", arguments)
    return build(NetworkSpec(BEFORE_AND_AFTER, UNET, (DECODER,), CLASSES, part))


def test_what_is_lacking_weighs_nothing():
    """With an input hidden, the weights that read it may be anything."""
    network = available().eval()
    images = random_images(BEFORE_AND_AFTER)
    images[1] = torch.zeros_like(images[1])
    with torch.no_grad():
        before = network(*images)
        for weight in network.encoder.encoders[1].parameters():
            weight.add_(1)
        torch.testing.assert_close(network(*images), before)
        images[1][..., :4] = 1
        assert not torch.allclose(network(*images), before)


def test_images_of_one_sensor_share_an_encoder():
    network, alone = available(encoders=(0, 1, 0, 1)), available()
    assert len(network.encoder.encoders) == 2 and len(alone.encoder.encoders) == 4
    assert network.encoder.encoders[0].stages[0][0].convolution.in_channels == 3
    with pytest.raises(MisfitError, match="optical, sar share an encoder"):
        available(encoders=(0, 0, 1, 1))
    with pytest.raises(MisfitError, match="leaving none out"):
        available(encoders=(0, 2, 0, 2))


def test_normalisation_does_not_count_what_is_lacking():
    network = available().train()
    statistics = network.encoder.encoders[1].stages[0][0].norm.running_mean
    images = random_images(BEFORE_AND_AFTER)
    images[1][0] = 0
    other = [image[1:] for image in images]
    network(*images)
    found = statistics.clone()
    statistics.zero_()
    network(*other)
    torch.testing.assert_close(statistics, found)


def test_a_batch_without_an_input_leaves_the_encoder_of_that_input_alone():
    network = available().train()
    before = {name: value.clone() for name, value in network.encoder.encoders[1].state_dict().items()}
    images = random_images(BEFORE_AND_AFTER)
    images[1].zero_()
    network(*images).sum().backward()
    for name, value in network.encoder.encoders[1].state_dict().items():
        assert torch.equal(value, before[name]), name


def test_shallow_fusion_begins_with_the_mean_of_the_optical_bands_beside_the_radar():
    """Each has a stem, and what boxes of the joined features show weighs them: F ⊙ σ(W₂ ReLU(W₁ GAP(F)))."""
    torch.manual_seed(0)
    joined = []
    inputs, part = BEFORE_AND_AFTER[:2], PartSpec("shallow", {"width": 4, "box": 4})
    network = build(NetworkSpec(inputs, UNET, (DECODER,), CLASSES, part)).eval()
    (fusion,) = (part for part in network.modules() if isinstance(part, ShallowFusion))
    fusion.encoder.register_forward_pre_hook(lambda _, given: joined.append(given[0]))
    optical, radar = random_images(inputs)
    with torch.no_grad():
        network(optical, radar)
        fused_image = torch.cat([optical.mean(dim=1, keepdim=True), radar], dim=1)
        features = torch.cat([fusion.stems[0](optical), fusion.stems[1](fused_image)], dim=1)
        squeeze, excite = fusion.attention.squeeze, fusion.attention.excite
        boxes = features.unflatten(3, (-1, 4)).unflatten(2, (-1, 4)).mean(dim=(3, 5))
        weights = torch.sigmoid(excite(squeeze(boxes).relu()))
        weights = weights.repeat_interleave(4, dim=2).repeat_interleave(4, dim=3)
        torch.testing.assert_close(joined[0], features * weights)
