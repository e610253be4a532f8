"""What does not fit is refused when it is built, with a sentence that names both sides."""

import dataclasses
import re

import pytest
import torch
from terraloom.models.build import build
from terraloom.models.carriers import Level, SequenceOf, TokensOf
from terraloom.models.composition import Choices, compose
from terraloom.models.encoders.unet import UNetEncoder
from terraloom.models.errors import MisfitError, SpecError
from terraloom.models.heads.regression import RegressionHead
from terraloom.models.heads.segmentation import SegmentationHead
from terraloom.models.necks.unet_decoder import UNetDecoder
from terraloom.models.spec import InputSpec, NetworkSpec, PartSpec
from terraloom.models.weights import load_weights, named_weights
from terraloom.tests.models import examples

SPEC = next(iter(examples.networks().values()))


def changed(**parts):
    return dataclasses.replace(SPEC, inputs=(InputSpec(3),), **parts)


def test_encoder_and_neck_differ_in_levels():
    spec = changed(necks=(PartSpec("unet", {"widths": (4, 6, 8)}),))
    with pytest.raises(MisfitError, match="encoder gives 3 levels, the U-Net decoder has widths for 4"):
        build(spec)


def test_encoder_and_neck_differ_in_strides():
    with pytest.raises(MisfitError, match="encoder gives levels of stride 1 and 4 px, the U-Net decoder"):
        UNetDecoder((Level(4, stride_px=1), Level(4, stride_px=4)), widths=[4])


@pytest.mark.parametrize("gives", [SequenceOf((Level(4),), (0, 5)), TokensOf(Level(4)), (Level(4), Level(8, 2))])
def test_head_is_given_something_else(gives):
    with pytest.raises(MisfitError, match="The segmentation head takes one feature map, the part before it gives"):
        SegmentationHead(gives, 3)


def test_stride_cannot_be_enlarged():
    with pytest.raises(MisfitError, match="stride of 7 px, which is no power of two"):
        RegressionHead(Level(8, stride_px=7))


def test_widths_and_depths_differ():
    with pytest.raises(SpecError, match=r"2 widths and depths \[1\]"):
        UNetEncoder(3, widths=(4, 8), depths=(1,))


def test_image_does_not_suit_the_network():
    network = build(changed())
    with pytest.raises(MisfitError, match="image has 3 bands and 8 × 9 px; the network takes 3 bands and mult"):
        network(torch.zeros(1, 3, 8, 9))
    with pytest.raises(MisfitError, match="image has 4 bands"):
        network(torch.zeros(1, 4, 8, 8))


def test_unknown_part_is_named_with_the_known_ones():
    with pytest.raises(SpecError, match="names the head 'detection'; there are: segmentation, regression"):
        build(changed(head=PartSpec("detection")))


@pytest.mark.parametrize("arguments", [{}, {"classes": 3, "colour": 1}])
def test_wrong_arguments_are_named_with_their_part(arguments):
    with pytest.raises(SpecError, match="head 'segmentation' cannot be built.*(classes|colour)"):
        build(changed(head=PartSpec("segmentation", arguments)))


SERIES = (InputSpec(2, "series", (0, 5, 9)),)
PAIR = (InputSpec(2, "sar"), InputSpec(2, "optical"))


@pytest.mark.parametrize(
    ("inputs", "family", "name", "arguments", "message"),
    [
        (SPEC.inputs, "encoder", "unet", {"widths": 16, "depths": (1, 1)}, "cannot be built from widths = 16, depths"),
        (SPEC.inputs, "encoder", "unet", {"widths": ("8", "16"), "depths": (1, 1)}, "built from widths = .'8', '16'"),
        (SPEC.inputs, "encoder", "unet", {"widths": (8, 16), "depths": (1.5, 1)}, "depths = .1.5, 1.: .*integer"),
        (SPEC.inputs, "encoder", "unet", {"widths": (0, 16), "depths": (1, 1)}, "feature map of 0 channels"),
        (SPEC.inputs, "head", "segmentation", {"classes": "2"}, "'segmentation' cannot be built from classes = '2'"),
        (SPEC.inputs, "head", "segmentation", {"classes": 0}, "feature map of 0 channels"),
        (SPEC.inputs, "encoder", "resnet", {"widths": (8,), "depths": (1,), "squeeze_box": -1}, "boxes of -1 values"),
        (SPEC.inputs, "head", "line", {"bins": 0}, "feature map of 0 channels"),
        (SPEC.inputs, "encoder", "vit", {"patch": 0, "width": 8, "depth": 1, "heads": 2}, "squares of 0 values"),
        (PAIR, "fusion", "shallow", {"box": 0}, "boxes of 0 values"),
        (SERIES, "encoder", "phydnet", {"kernel": 6, "width": 8, "memories": (8,)}, "kernel of 6, .*odd"),
        (SERIES, "encoder", "utae", {"widths": (8, 8), "groups": 5}, "groups = 5: .*divisible"),
        (SERIES, "encoder", "utae", {"widths": (8, 8), "groups": -1}, "has -1 groups.*0 for batch normalisation"),
        (SERIES, "encoder", "phydnet", {"width": 4, "memories": (4,), "groups": -1}, "has -1 groups"),
    ],
)
def test_values_that_cannot_be_are_refused_in_words(inputs, family, name, arguments, message):
    with pytest.raises(SpecError, match=message):
        build(dataclasses.replace(SPEC, inputs=inputs, **{family: PartSpec(name, arguments)}))


def test_an_encoder_that_no_series_can_have_is_refused_with_those_that_it_can():
    vit = PartSpec("vit", {"patch": 4, "width": 8, "depth": 1, "heads": 2})
    with pytest.raises(MisfitError, match="gives tokens, and the dates of a series.*Choose the encoder") as refused:
        build(dataclasses.replace(SPEC, inputs=SERIES, encoder=vit))
    advised = re.findall("'([a-z]+)'", str(refused.value))
    assert len(advised) == 4
    for name in advised:
        build(compose(Choices(SERIES, name, None, "segmentation", width=8, depth=2)))


@pytest.mark.parametrize(
    "text",
    [
        "{}",
        '{"inputs": [{"bands": true}]}',
        '{"inputs": [{"bands": 3}], "encoder": "unet"}',
        '{"inputs": [], "encoder": {"name": "unet"}, "necks": [], "head": {"name": "regression"}}',
        '{"inputs": [{"bands": 0}], "encoder": {"name": "unet"}, "necks": [], "head": {"name": "regression"}}',
        '{"inputs": [{"bands": 1, "days": [5, 5]}], "encoder": {"name": "u"}, "necks": [], "head": {"name": "r"}}',
        '{"inputs": [{"bands": 3}], "encoder": {"name": "unet", "arguments": {"widths": {}}}, "necks": []}',
        '{"inputs": [{"bands": 3}], "encoder": {"name": "unet", "arguments": {"widths": null}}, "necks": []}',
        "[]",
        "not json",
    ],
)
def test_broken_spec_is_refused(text):
    with pytest.raises(SpecError):
        NetworkSpec.from_json(text)


def test_weights_of_another_network_are_refused():
    weights = named_weights(build(changed(head=PartSpec("segmentation", {"classes": 9}))))
    with pytest.raises(SpecError, match="2 differ in name or shape, first 'head.convolution.bias'"):
        load_weights(build(changed()), weights)
