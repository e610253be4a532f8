"""What composing promises: a spec that comes back as it went out, true figures, seams as the engine joins them."""

import json
from xml.etree import ElementTree

import onnx
import pytest
import torch
from terraloom.engine.errors import InputError, ModelError, OutputError
from terraloom.engine.jobs import compose_network
from terraloom.engine.pages import network_drawing
from terraloom.engine.pages.network_drawing import DARK, WIDTH_PX, Box, Feature, draw
from terraloom.engine.progress import Silent
from terraloom.engine.reach.reach_check import check_reach
from terraloom.engine.reach.receptive_field import ReceptiveField, receptive_field
from terraloom.engine.requests.compose_network import ComposedInput, ComposeNetwork, parse_inputs, parse_necks
from terraloom.engine.requests.documents import from_document, to_document
from terraloom.engine.requests.spec_file import SpecFile, read_spec
from terraloom.models.build import build
from terraloom.models.export import export_onnx
from terraloom.models.spec import NetworkSpec

SVG = "{http://www.w3.org/2000/svg}"
SMALL = {"width": 4, "depth": 3}


@pytest.fixture(autouse=True)
def one_thread():
    before = torch.get_num_threads()
    torch.set_num_threads(1)
    yield
    torch.set_num_threads(before)


def run(**choices):
    return compose_network.run(ComposeNetwork(**{**SMALL, **choices}), Silent())


def figures(**choices):
    return run(**choices).metrics


def test_a_spec_comes_back_as_it_went_out(tmp_path):
    first, second = tmp_path / "first.json", tmp_path / "second.json"
    inputs = parse_inputs("optical=4;sar=2", "")
    made = run(inputs=inputs, fusion="middle", objectives="dice=0.5;cross_entropy", output=str(first))
    again = run(spec=str(first), output=str(second))
    assert first.read_text() == second.read_text()
    assert made.metrics == again.metrics
    file = read_spec(first)
    assert file.objectives == {"dice": 0.5, "cross_entropy": 1}
    assert [each.name for each in NetworkSpec.from_dict(file.network).inputs] == ["optical", "sar"]


def test_objectives_beside_a_spec_replace_its_own(tmp_path):
    first, second = tmp_path / "first.json", tmp_path / "second.json"
    run(objectives="dice", output=str(first))
    run(spec=str(first), objectives="focal=2", output=str(second))
    assert read_spec(second).objectives == {"focal": 2}


def test_the_spec_inside_a_card_is_read_as_well(tmp_path):
    path = tmp_path / "bare.json"
    run(output=str(tmp_path / "made.json"))
    path.write_text(json.dumps(read_spec(tmp_path / "made.json").network))
    assert figures(spec=str(path)) == figures()


@pytest.mark.parametrize("encoder", ["unet", "efficient", "vit_windows"])
def test_tiles_of_what_is_called_exact_join_exactly(encoder, tmp_path):
    """At the reach that is told, tiles of a network with chance weights are what the whole image gives."""
    told = run(encoder=encoder, output=str(tmp_path / "spec.json")).metrics
    assert told["seams"] == "exact"
    network = build(NetworkSpec.from_dict(read_spec(tmp_path / "spec.json").network)).eval()
    export_onnx(network, tmp_path / "network.onnx")
    reach = ReceptiveField(told["stride_px"], told["radius_px"])
    assert check_reach(onnx.load(str(tmp_path / "network.onnx")), reach).difference < 1e-5


def test_the_reach_is_what_the_file_shows(tmp_path):
    """A network may declare a little more than it uses; the engine looks at the file, and so is it told."""
    told = run(output=str(tmp_path / "spec.json")).metrics
    export_onnx(build(NetworkSpec.from_dict(read_spec(tmp_path / "spec.json").network)), tmp_path / "network.onnx")
    reach = receptive_field(onnx.load(str(tmp_path / "network.onnx")))
    assert (told["stride_px"], told["radius_px"]) == (reach.stride_px, reach.radius_px)


@pytest.mark.parametrize(
    ("choices", "seams", "operations"),
    [
        ({"encoder": "vit"}, "blended", ["self-attention"]),
        ({"neck": "unet+region_graph"}, "blended", ["graph over regions"]),
        ({"head": "classification"}, "none", ["global average"]),
    ],
)
def test_what_sees_the_whole_tile_is_named(choices, seams, operations):
    found = figures(**choices)
    assert (found["seams"], found["global_operations"]) == (seams, operations)


def export_less_its_mean(network, path):
    """Write the network's output less its mean over the whole tile, of which the network itself says nothing."""
    export_onnx(network, path)
    model = onnx.load(str(path))
    last = next(node for node in model.graph.node if model.graph.output[0].name in node.output)
    last.output[0] = "bare"
    model.graph.node.extend(
        [
            onnx.helper.make_node("ReduceMean", ["bare"], ["mean"], axes=[2, 3], keepdims=1),
            onnx.helper.make_node("Sub", ["bare", "mean"], [model.graph.output[0].name]),
        ]
    )
    onnx.save(model, str(path))


def test_seams_are_blended_where_the_file_shows_what_the_network_does_not_say(monkeypatch, tmp_path):
    monkeypatch.setattr(compose_network, "export_onnx", export_less_its_mean)
    found = run(report=str(tmp_path / "page.html")).metrics
    assert (found["seams"], found["global_operations"]) == ("blended", ["statistics over the image (ReduceMean)"])
    assert "blended: statistics over the image (ReduceMean) sees the whole tile" in (tmp_path / "page.html").read_text()


def test_a_misfit_is_told_in_words_and_leaves_nothing(tmp_path):
    path = tmp_path / "spec.json"
    with pytest.raises(ModelError, match=r"U-Net decoder takes a pyramid of feature maps.*gives tokens"):
        run(encoder="vit", neck="unet", output=str(path))
    assert list(tmp_path.iterdir()) == []


def test_a_network_too_large_for_a_file_is_refused_before_it_takes_memory():
    with pytest.raises(ModelError, match="parameters, a model file holds 500,000,000 at most"):
        figures(width=1024, depth=6)


def test_a_large_network_is_told_of_without_being_written(monkeypatch):
    monkeypatch.setattr(compose_network, "MOST_EXPORTED", 0)
    monkeypatch.setattr(compose_network, "export_onnx", pytest.fail)
    assert figures()["seams"] == "exact"


def test_objectives_that_do_not_suit_are_refused():
    with pytest.raises(ModelError, match="'l1' scores values"):
        figures(objectives="l1=1")


def test_a_spec_with_an_unknown_part_is_refused(tmp_path):
    path = tmp_path / "spec.json"
    run(output=str(path))
    document = json.loads(path.read_text())
    document["network"]["encoder"]["name"] = "magic"
    path.write_text(json.dumps(document))
    with pytest.raises(ModelError, match="encoder 'magic'"):
        run(spec=str(path))


def test_the_page_tells_the_figures_and_holds_the_spec(tmp_path):
    made = run(objectives="dice=0.5", output=str(tmp_path / "spec.json"), report=str(tmp_path / "page.html"))
    page = (tmp_path / "page.html").read_text()
    figures = made.metrics
    for words in (
        f"{figures['parameters']:,}",
        f"{figures['flops_per_px']:,.0f} FLOP",
        f"{2 * figures['radius_px'] + 1} px wide",
        "the map is the same however the image is cut",
        "dice × 0.5",
        "prefers-color-scheme: dark",
        "<svg",
        "&quot;encoder&quot;",
    ):
        assert words in page, words
    assert made.outputs == {"output": str(tmp_path / "spec.json"), "report": str(tmp_path / "page.html")}


def test_the_spec_may_not_be_written_over_itself(tmp_path):
    path = tmp_path / "spec.json"
    run(output=str(path))
    with pytest.raises(OutputError, match="is an input"):
        run(spec=str(path), output=str(path))


# --- The drawing -------------------------------------------------------------------------------------------------


def parsed(svg):
    return ElementTree.fromstring(svg)  # noqa: S314 - our own drawing


def words_in(svg):
    return [element.text for element in parsed(svg).iter(f"{SVG}text")]


def test_the_drawing_shows_every_level_and_its_skip_connections():
    svg = figures()["drawings"]["light"]
    words = words_in(svg)
    assert [words.count(text) for text in ("3 · 1/1", "4 · 1/1", "8 · 1/2", "16 · 1/4", "2 · 1/1")] == [1, 2, 2, 1, 1]
    assert {"image", "unet encoder", "unet neck", "segmentation", "head"} <= set(words)
    lines = [element.get("d") for element in parsed(svg).iter(f"{SVG}path")]
    # image to encoder; 2 down; 3 levels to the decoder; 1 up; decoder to head
    assert len(lines) == 8


def test_the_drawing_keeps_within_a_page():
    svg = figures(inputs=parse_inputs("optical=4;sar=2", "3x10"), neck="align+over_time+unet")["drawings"]["light"]
    root = parsed(svg)
    assert float(root.get("width")) == WIDTH_PX
    for box in root.iter(f"{SVG}rect"):
        assert 0 <= float(box.get("x")) and float(box.get("x")) + float(box.get("width")) <= WIDTH_PX
        assert 0 <= float(box.get("y")) and float(box.get("y")) + float(box.get("height")) <= float(root.get("height"))


def test_a_long_chain_gets_a_wider_drawing():
    parts = [Box("neck", f"part {number}", "", (Feature(4, 1),)) for number in range(12)]
    root = parsed(draw([Box("input", "image", "", (Feature(3, 1),))], parts))
    boxes = sorted((float(box.get("x")), float(box.get("width"))) for box in root.iter(f"{SVG}rect"))
    assert all(x + width < following for (x, width), (following, _) in zip(boxes, boxes[1:]))
    assert boxes[-1][0] + boxes[-1][1] <= float(root.get("width"))


def test_names_cannot_break_the_drawing():
    box = Box("input", '<b> & "x"', "", (Feature(3, 1),))
    assert '<b> & "x"' in words_in(draw([box], [Box("head", "head", "", (Feature(1, 1),))]))


def test_dark_ground_has_its_own_colours():
    drawings = figures()["drawings"]
    assert drawings["light"] != drawings["dark"] and words_in(drawings["light"]) == words_in(drawings["dark"])
    assert DARK.ink in drawings["dark"] and DARK.ink not in drawings["light"]
    assert DARK.ink in network_drawing.STYLE


def test_levels_that_are_made_from_another_have_arrows():
    """Tokens come in at one level; the others are made from it."""
    vit, unet = (parsed(figures(encoder=each)["drawings"]["light"]) for each in ("vit", "unet"))
    assert len(list(vit.iter(f"{SVG}path"))) > len(list(unet.iter(f"{SVG}path")))


# --- What can be asked -------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("bands", "dates", "inputs"),
    [
        ("4", "", (ComposedInput("image", 4),)),
        (" optical = 4 ; sar=2;", "", (ComposedInput("optical", 4), ComposedInput("sar", 2))),
        ("4", "0,10,40", (ComposedInput("image", 4, (0, 10, 40)),)),
        ("4", "3x16", (ComposedInput("image", 4, (0, 16, 32)),)),
        ("4", "2024-02-28, 2024-03-01", (ComposedInput("image", 4, (0, 2)),)),
        ("a=4;b=2", "2x5", (ComposedInput("a", 4, (0, 5)), ComposedInput("b", 2, (0, 5)))),
        ("a=4;b=2", "b=1,3", (ComposedInput("a", 4), ComposedInput("b", 2, (1, 3)))),
    ],
)
def test_inputs_are_read(bands, dates, inputs):
    assert parse_inputs(bands, dates) == inputs


@pytest.mark.parametrize(
    ("bands", "dates", "words"),
    [
        ("", "", "names 0 inputs"),
        ("x", "", "BANDS has the number x"),
        ("0", "", "BANDS has the number 0"),
        ("4;2", "", "needs a name of its own"),
        ("4;b=2", "", "each needs a name"),
        ("a=1;b=1;c=1;d=1;e=1", "", "names 5 inputs"),
        ("a=1;a=2", "", "needs a name of its own"),
        ("a b=1", "", "needs a name of its own"),
        ("regions=1", "", "needs a name of its own"),
        ("4", "10,0", "rising"),
        ("4", "2024-05-01,2024-13-01", "rising"),
        ("4", "0x5", "rising"),
        ("4", "soon", "rising"),
        ("a=4", "b=0,1", "no input of that name"),
    ],
)
def test_inputs_of_another_form_are_refused(bands, dates, words):
    with pytest.raises(InputError) as refused:
        parse_inputs(bands, dates)
    assert words in str(refused.value)


def test_necks_keep_their_order():
    assert parse_necks("over_time + unet") == ("over_time", "unet")
    assert parse_necks("auto") is parse_necks("") is None
    assert parse_necks("none") == ()


@pytest.mark.parametrize("text", ["magic", "unet+", "auto+unet", "none+unet", "unet,fpn"])
def test_necks_that_do_not_exist_are_refused(text):
    with pytest.raises(InputError, match="NECK has the entry"):
        parse_necks(text)


@pytest.mark.parametrize(
    ("choices", "words"),
    [
        ({"encoder": "magic"}, "ENCODER is magic"),
        ({"head": ""}, "HEAD is -"),
        ({"fusion": "sometime"}, "FUSION is sometime"),
        ({"classes": 0}, "CLASSES is 0"),
        ({"width": 2}, "between 4 and 1024"),
        ({"depth": 9}, "between 1 and 8"),
        ({"objectives": "dice=0"}, "above 0"),
        ({"spec": "none.json"}, "no spec file none.json"),
    ],
)
def test_what_cannot_work_is_refused_at_once(choices, words):
    with pytest.raises(InputError) as refused:
        ComposeNetwork(**choices)
    assert words in str(refused.value)


def test_the_request_reaches_the_worker_as_it_is():
    request = ComposeNetwork(inputs=parse_inputs("a=4;b=2", "2x5"), neck="over_time+unet", objectives="dice")
    assert from_document(ComposeNetwork, json.loads(json.dumps(to_document(request)))) == request


def test_short_lists_stand_in_one_line():
    text = SpecFile({"encoder": {"arguments": {"widths": [4, 8], "names": ["a  b", "c"]}}}).to_json()
    assert '"widths": [4, 8]' in text and '"names": ["a  b", "c"]' in text


def test_a_result_that_cannot_be_written_is_known_before_a_network_is_built(tmp_path, monkeypatch):
    monkeypatch.setattr(compose_network, "summarise", lambda *_: pytest.fail("a network was built"))
    with pytest.raises(OutputError, match="r.html cannot be written"):
        run(report=str(tmp_path / "nowhere" / "r.html"))
