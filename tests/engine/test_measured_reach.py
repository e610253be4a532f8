"""The reach derived from a graph is the one that is measured: nobody's word is taken for it."""

import tempfile
from fractions import Fraction
from pathlib import Path

import conftest
import onnx
import pytest
import toys
from graph_toys import CONV_UP, conv, ints, network, node
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from onnx import helper
from terraloom.engine.errors import ModelError
from terraloom.engine.reach.reach_check import check_reach
from terraloom.engine.reach.receptive_field import ReceptiveField, receptive_field

CASES = settings(max_examples=40, deadline=None, derandomize=True, suppress_health_check=[HealthCheck.too_slow])
BUNDLED = sorted((conftest.ROOT / "models" / "bundled").glob("*/model.onnx"))


def random_graph(draw, most=6):
    """Layers of any geometry that keep sizes whole; the stride stays at 8 or below."""
    nodes, weights, current, depth = [], {}, "image", 2
    scale = Fraction(1)
    for number in range(draw(st.integers(1, most))):
        kind = draw(st.sampled_from(["conv", "pool", "resize", "transposed", "shuffle", "skip"]))
        target, weight = f"t{number}", f"w{number}"
        kernel, dilation, stride = draw(st.integers(1, 5)), draw(st.integers(1, 3)), draw(st.sampled_from([1, 1, 2]))
        spare = (kernel - 1) * dilation + 1 - stride
        if kind in ("conv", "pool") and spare >= 0 and scale / stride >= Fraction(1, 8):
            dilations = {"dilations": [dilation] * 2}
            before = [draw(st.integers(0, spare)) for _ in range(2)]
            if kind == "pool":
                dilations, spare = {}, max(kernel - stride, 0)
                before = [draw(st.integers(0, spare)) for _ in range(2)]
                if kernel < stride or max(before) >= kernel or spare - min(before) >= kernel:
                    continue
            shape = {"pads": before + [spare - pad for pad in before], "strides": [stride] * 2, **dilations}
            if kind == "conv":
                weights[weight] = (4, depth, kernel, kernel)
                nodes.append(node("Conv", f"{current} {weight}", target, **shape))
                depth = 4
            else:
                operator = draw(st.sampled_from(["MaxPool", "AveragePool"]))
                nodes.append(node(operator, current, target, kernel_shape=[kernel] * 2, **shape))
            scale /= stride
        elif kind == "resize" and scale <= 1:
            mode, place = draw(st.sampled_from(["nearest", "linear", "cubic"])), ["half_pixel", "asymmetric"]
            weights[weight] = CONV_UP
            nodes.append(helper.make_node("Resize", [current, "", weight], [target], mode=mode,
                                          coordinate_transformation_mode=draw(st.sampled_from(place))))  # fmt: skip
            scale *= 2
        elif kind == "transposed" and scale <= 1 and kernel >= 2:
            before = [draw(st.integers(0, kernel - 2)) for _ in range(2)]
            weights[weight] = (depth, 4, kernel, kernel)
            pads = before + [kernel - 2 - pad for pad in before]
            nodes.append(node("ConvTranspose", f"{current} {weight}", target, strides=[2, 2], pads=pads))
            scale, depth = scale * 2, 4
        elif kind == "shuffle" and scale <= 1 and depth == 4:
            nodes.append(node("DepthToSpace", current, target, blocksize=2))
            scale, depth = scale * 2, 1
        elif kind == "skip" and scale == 1 and current != "image":
            nodes.append(node("Concat", f"{current} image", target, axis=1))
            depth += 2
        else:
            continue
        nodes.append(node("Relu", target, target + "r"))
        current = target + "r"
    return network([*nodes, node("Identity", current, "output")], **weights)


@CASES
@given(st.data())
def test_derived_and_measured_are_the_same(data):
    model = random_graph(data.draw)
    reach = receptive_field(model)
    found = check_reach(model, reach)
    assert found.measured_radius_px == reach.radius_px
    assert found.exact


@settings(CASES, max_examples=12)
@given(levels=st.integers(0, 3), dilation=st.sampled_from([1, 2, 3]), seed=st.integers(0, 2**16))
def test_random_unets(levels, dilation, seed):
    with tempfile.TemporaryDirectory() as place:
        path = toys.random_network(Path(place) / "m.onnx", seed, levels=levels, dilation=dilation)
        model = onnx.load(path)
    declared = 1 + sum(2 ** (n - 1) + dilation * 2**n for n in range(1, levels + 1))
    declared += sum(2 ** (n + 1) + 2**n for n in range(levels)) + 2**levels
    reach = receptive_field(model)
    assert reach.stride_px == 2**levels
    assert reach.radius_px <= declared
    found = check_reach(model, reach)
    assert found.exact
    assert found.measured_radius_px == reach.radius_px


@pytest.mark.parametrize("model", BUNDLED, ids=lambda path: path.parent.name)
def test_bundled_cards_tell_the_truth(model):
    model = onnx.load(model)
    card = next(entry.value for entry in model.metadata_props if entry.key == "terraloom:card")
    reach = receptive_field(model)
    assert f'"terraloom:receptive_radius_px": {reach.radius_px}' in card
    assert f'"terraloom:stride_px": {reach.stride_px}' in card
    assert reach.global_operations == ()


@pytest.mark.parametrize(
    ("cut", "filled", "radius_px"),
    [((8, 8), 0, 10), ((0, 5), 0, 5), ((8, 8), 8, 10)],
    ids=["both ends", "one end", "filled again"],
)
def test_what_a_network_cuts_off_and_pads_is_kept_out_of_cores(cut, filled, radius_px):
    """Padding where an axis was cut lies within the tile: the whole image has values there."""
    start, end = cut
    nodes = [
        node("Slice", "image starts ends axes", "cut"),
        node("Pad", "cut pads", "filled"),
        conv(inputs="filled w", output="a"),
        conv(inputs="a v", output="output"),
    ]
    weights = {"starts": ints(start, start), "ends": ints(-end, -end), "axes": ints(2, 3)}
    weights["pads"] = ints(0, 0, filled, filled, 0, 0, filled, filled)
    model = network(nodes, **weights, w=(4, 2, 3, 3), v=(2, 4, 3, 3))
    reach = receptive_field(model)
    assert reach.radius_px == radius_px
    assert check_reach(model, reach).exact


@pytest.mark.parametrize("radius_px", [0, 3, 11])
def test_a_radius_that_is_a_lie_is_noticed(tmp_path, radius_px):
    model = onnx.load(toys.random_network(tmp_path / "m.onnx", 0))
    truth = receptive_field(model)
    assert truth.radius_px > 11
    found = check_reach(model, ReceptiveField(truth.stride_px, radius_px))
    assert found.measured_radius_px > radius_px
    assert not found.exact
    assert found.difference > 0


def test_a_stride_that_is_a_lie_is_noticed(tmp_path):
    model = onnx.load(toys.random_network(tmp_path / "m.onnx", 0))
    reach = receptive_field(model)
    with pytest.raises(ModelError, match="cannot be run on"):
        check_reach(model, ReceptiveField(2, reach.radius_px))


def test_a_network_that_gives_no_number_at_all_is_no_proof():
    """Where both are NaN nothing differs."""
    model = network([node("Sub", "image image", "zero"), node("Div", "zero zero", "output")])
    with pytest.raises(ModelError, match="gave no number at all"):
        check_reach(model, receptive_field(model))
