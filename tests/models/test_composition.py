"""Every part can be chosen, what fits is found, and the summary says what the built network would say."""

from dataclasses import replace

import pytest
from terraloom.engine.requests import compose_network as offered
from terraloom.models import build as families
from terraloom.models import composition
from terraloom.models.build import build
from terraloom.models.complexity import count_parameters, flops_per_pixel
from terraloom.models.composition import LACKING, Choices, check_objectives, compose
from terraloom.models.errors import ModelError, SpecError
from terraloom.models.objectives.build import TERMS
from terraloom.models.spec import InputSpec, NetworkSpec, PartSpec
from terraloom.models.summary import summarise

IMAGE = (InputSpec(3),)
SERIES = (InputSpec(2, "series", (0, 10, 40)),)
TWO = (InputSpec(4, "optical"), InputSpec(2, "sar"))

CHAINS = {
    # neck: (encoder, necks in front of and behind it, inputs)
    "unet": ("unet", ("unet",), IMAGE),
    "fpn": ("efficient", ("fpn",), IMAGE),
    "utae": ("utae", ("over_time", "utae"), SERIES),
    "tokens_to_pyramid": ("vit", ("tokens_to_pyramid", "fpn"), IMAGE),
    "attention": ("unet", ("attention", "unet"), IMAGE),
    "attention_windows": ("resnet", ("attention_windows", "unet"), IMAGE),
    "aspp": ("resnet", ("aspp", "unet"), IMAGE),
    "region_graph": ("unet", ("unet", "region_graph"), IMAGE),
    "align": ("unet", ("align", "over_time", "unet"), SERIES),
    **{name: ("unet", (name, "unet"), SERIES) for name in composition.NECKS if name.startswith("over_time")},
    "pooled": ("resnet", ("pooled",), IMAGE),
}


def choose(encoder="unet", necks=None, head="segmentation", inputs=IMAGE, **others):
    return compose(Choices(inputs, encoder, necks, head, **{"width": 8, "depth": 3, **others}))


def inputs_for(encoder):
    return SERIES if composition.ENCODERS[encoder].part in families.SERIES_ENCODERS else IMAGE


@pytest.mark.parametrize(
    ("entries", "parts", "names"),
    [
        (composition.ENCODERS, {**families.ENCODERS, **families.SERIES_ENCODERS}, offered.ENCODERS),
        (composition.NECKS, {**families.NECKS, **families.GRAPH_NECKS}, offered.NECKS),
        (composition.HEADS, families.HEADS, offered.HEADS),
        (composition.FUSIONS, families.FUSIONS, offered.FUSIONS),
    ],
    ids=["encoders", "necks", "heads", "fusions"],
)
def test_every_part_can_be_chosen(entries, parts, names):
    assert {entry.part for entry in entries.values()} == parts.keys(), "a part has no entry in models/composition.py"
    assert names == tuple(entries), "engine/requests/compose_network.py offers other names"


@pytest.mark.parametrize("encoder", composition.ENCODERS)
def test_fitting_necks_lead_from_every_encoder_to_every_head(encoder):
    for head in composition.HEADS:
        spec = choose(encoder, head=head, inputs=inputs_for(encoder))
        assert summarise(spec).is_map == (head != "classification")
        assert NetworkSpec.from_json(spec.to_json()) == spec


@pytest.mark.parametrize("neck", composition.NECKS)
def test_every_neck_can_be_composed(neck):
    encoder, necks, inputs = CHAINS[neck]
    head = "classification" if neck == "pooled" else "segmentation"
    spec = choose(encoder, necks, head, inputs)
    assert [each.name for each in spec.necks] == [composition.NECKS[name].part for name in necks]
    build(spec)


def test_a_series_and_two_inputs_find_their_necks_and_fusions():
    assert [neck.name for neck in choose(inputs=SERIES).necks] == ["over_time", "unet"]
    for fusion in composition.FUSIONS:
        assert summarise(choose(inputs=TWO, fusion=fusion)).parameters > 0


def test_width_and_depth_are_what_they_say():
    small, wide, deep = (summarise(choose(**sizes)) for sizes in ({}, {"width": 16}, {"depth": 5}))
    assert small.stride_px == 4 and deep.stride_px == 16
    assert [level.channels for level in small.parts[0].gives] == [8, 16, 32]
    assert [level.channels for level in wide.parts[0].gives] == [16, 32, 64]
    assert deep.radius_px > small.radius_px == wide.radius_px


def test_images_ahead_are_as_many_as_the_values_asked_for():
    spec = choose("phydnet", head="regression", inputs=(InputSpec(1, "rain", (0, 1, 2)),), classes=3)
    assert spec.encoder.arguments["steps"] == 3


@pytest.mark.parametrize(
    ("choice", "words"),
    [
        ({"encoder": "vit", "necks": ("unet",)}, "U-Net decoder takes a pyramid of feature maps.*gives tokens"),
        ({"encoder": "vit", "necks": ()}, "segmentation head takes one feature map"),
        ({"necks": ("over_time", "unet")}, "'over_time' takes a series"),
        ({"necks": ()}, "segmentation head takes one feature map"),
        ({"head": "classification", "necks": ("unet",)}, "classification head takes"),
        ({"inputs": (*SERIES, InputSpec(2, "later", (0, 10)))}, "have different dates"),
        ({"encoder": "pixel_gru"}, "at least 2"),
    ],
)
def test_misfits_name_both_sides(choice, words):
    with pytest.raises(ModelError, match=words):
        summarise(choose(**choice))


@pytest.mark.parametrize(
    "choice", [{"encoder": "magic"}, {"necks": ("magic",)}, {"head": "magic"}, {"fusion": "magic"}]
)
def test_what_does_not_exist_is_named(choice):
    with pytest.raises(SpecError, match="magic"):
        choose(**choice)


def test_the_efficient_encoder_has_an_end():
    with pytest.raises(SpecError, match="at most 5 levels, the depth is 6"):
        choose("efficient", depth=6)


@pytest.mark.parametrize(
    "spec",
    [
        choose(),
        choose("vit"),
        choose(inputs=SERIES, necks=("over_time_convgru", "unet")),
        choose(necks=("unet", "region_graph")),
        choose(inputs=TWO, fusion="middle"),
        choose("phydnet", inputs=SERIES),
    ],
    ids=["image", "tokens", "series", "regions", "two inputs", "ahead"],
)
def test_the_summary_says_what_the_built_network_says(spec):
    summary, network = summarise(spec), build(spec)
    assert summary.parameters == count_parameters(network) == sum(part.parameters for part in summary.parts)
    assert summary.flops_per_px == pytest.approx(flops_per_pixel(network))
    assert (summary.stride_px, summary.radius_px) == (network.stride, network.receptive_radius_px)
    assert (summary.global_operations, summary.regions) == (network.global_operations, network.regions)
    assert summary.outputs == network.gives.channels


def test_the_parts_of_two_inputs_stand_in_the_order_of_the_data():
    early, middle = (summarise(choose(inputs=TWO, fusion=fusion)).parts for fusion in ("early", "middle"))
    assert [part.family for part in early] == ["fusion", "encoder", "neck", "head"]
    assert early[0].gives[0].channels == 6
    assert [part.family for part in middle] == ["encoder", "fusion", "neck", "head"]
    assert middle[0].copies == 2


def test_the_steps_of_a_decoder_are_told():
    (_, decoder, _) = summarise(choose()).parts
    assert [(level.channels, level.stride_px) for level in decoder.gives + decoder.inner] == [(8, 1), (16, 2)]


@pytest.mark.parametrize("name", TERMS)
def test_every_objective_goes_with_some_network(name):
    necks = ("over_time_phycell", "unet") if name == "moments" else None
    inputs = SERIES if name == "moments" else IMAGE
    specs = [choose(head=head, inputs=inputs, necks=necks) for head in ("segmentation", "regression", "line")]
    accepted, refused = [], []
    for spec in specs:
        try:
            check_objectives(spec, {name: 1.0})
            accepted.append(spec)
        except ModelError as error:
            refused.append(str(error))
    if name in LACKING:
        assert len(refused) == len(specs)
        assert all(f"'{name}' needs {LACKING[name]}, which training chips do not hold" in each for each in refused)
    else:
        assert accepted


def test_objectives_that_do_not_suit_the_network_are_refused():
    with pytest.raises(ModelError, match="'l1' scores values, the network gives classes"):
        check_objectives(choose(), {"l1": 1.0})
    with pytest.raises(ModelError, match="no objective 'magic'"):
        check_objectives(choose(), {"magic": 1.0})
    with pytest.raises(ModelError, match="PhyCell"):
        check_objectives(choose(), {"moments": 1.0})
    with pytest.raises(ModelError, match="gives classes of whole images, training chips hold classes or values of"):
        check_objectives(choose(head="classification"), {"cross_entropy": 1.0})
    with pytest.raises(ModelError, match="'orientation' scores lines, the network gives classes"):
        check_objectives(choose(), {"orientation": 1.0})
    odd = replace(choose(head="line"), head=PartSpec("line", {"bins": 9}))
    with pytest.raises(ModelError, match="9 bins over 180° .* Take a multiple of 2 bins"):
        check_objectives(odd, {"cross_entropy": 1.0})
    check_objectives(choose(), {})
