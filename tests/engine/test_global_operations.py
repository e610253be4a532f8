"""What sees the whole tile is named, and what is unknown is never taken for local."""

import numpy as np
import pytest
from graph_toys import conv, ints, network, node, resized
from onnx import helper
from terraloom.engine.errors import ModelError
from terraloom.engine.reach.reach_check import check_reach
from terraloom.engine.reach.receptive_field import ReceptiveField, receptive_field

GLOBAL = {
    "global average": (
        network([node("GlobalAveragePool", "image", "a"), node("Mul", "image a", "output")]),
        "global pooling (GlobalAveragePool)",
    ),
    "mean": (
        network([node("ReduceMean", "image", "a", axes=[2, 3]), node("Sub", "image a", "output")]),
        "statistics over the image (ReduceMean)",
    ),
    "maximum of all": (
        network([node("ReduceMax", "image", "a"), node("Div", "image a", "output")]),
        "statistics over the image (ReduceMax)",
    ),
    "instance norm": (
        network([node("InstanceNormalization", "image g g", "output")], g=(2,)),
        "normalisation over the image (InstanceNormalization)",
    ),
    "layer norm over places": (
        network([node("LayerNormalization", "image g", "output", axis=1)], ("n", 2, 8, 8), g=(2, 8, 8)),
        "normalisation over the image (LayerNormalization)",
    ),
    "softmax before operator set 13": (
        network([node("Softmax", "image", "output")], opset=11),
        "normalisation over the image (Softmax)",
    ),
    "quantised by its range": (
        network([helper.make_node("DynamicQuantizeLinear", ["image"], ["a", "s", "z"]),
                 node("DequantizeLinear", "a s z", "output")]),
        "mixing of places (DynamicQuantizeLinear)",
    ),
    "aligned corners": (resized("linear", 2, "align_corners"), "positions by align_corners (Resize)"),
    "sizes that do not grow along": (
        network([helper.make_node("Resize", ["image", "", "", "s"], ["output"], mode="nearest")], s=ints(1, 2, 64, 64)),
        "depends on the tile's size (Resize)",
    ),
    "rolled": (
        network([node("Slice", "image two end rows", "a"), node("Slice", "image zero two rows", "b"),
                 node("Concat", "a b", "output", axis=2)],
                zero=ints(0), two=ints(2), end=ints(2**60), rows=ints(2)),
        "mixing of places (Concat)",
    ),
    "mirrored": (
        network([node("Slice", "image last end rows back", "output")],
                last=ints(-1), end=ints(-(2**60)), rows=ints(2), back=ints(-1)),
        "mixing of places (Slice)",
    ),
    "positions": (
        network([node("Add", "image p", "output")], ("n", 2, 8, 8), p=(1, 2, 8, 8)), "values bound to places (Add)"
    ),
    "divided by the number of pixels": (
        network([node("Size", "image", "a"), node("Cast", "a", "b", to=1), node("Div", "image b", "output")]),
        "depends on the tile's size (Div)",
    ),
    "attention": (
        network([node("Reshape", "image flat", "a"), node("Transpose", "a", "b", perm=[0, 2, 1]),
                 node("MatMul", "b a", "c"), node("Softmax", "c", "d", axis=-1), node("MatMul", "d b", "e"),
                 node("Transpose", "e", "f", perm=[0, 2, 1]), node("Shape", "image", "size"),
                 node("Reshape", "f size", "output")], flat=ints(0, 0, -1)),
        "attention (MatMul)",
    ),
    "sum along rows": (
        network([node("CumSum", "image axis", "output")], axis=np.array(2, np.int64)), "unknown operator (CumSum)"
    ),
    "a loop's branch": (
        network([helper.make_node("If", ["yes"], ["output"], **{
            branch: helper.make_graph([node("Identity", "image", branch)], branch, [],
                                      [helper.make_empty_tensor_value_info(branch)])
            for branch in ("then_branch", "else_branch")})], yes=np.array(True)),
        "branches or loops (If)",
    ),
}  # fmt: skip


@pytest.mark.parametrize(("model", "name"), GLOBAL.values(), ids=GLOBAL.keys())
def test_what_sees_the_whole_tile_is_named(model, name):
    assert name in receptive_field(model).global_operations


def test_unknown_operators_are_never_taken_for_local():
    model = network([helper.make_node("Sharpen", ["image"], ["output"], domain="org.example")], domain="org.example")
    assert "unknown operator (org.example.Sharpen)" in receptive_field(model).global_operations


def test_local_functions_are_looked_into():
    blur = helper.make_function(
        "org.example", "Blur", ["x", "k"], ["y"], [conv(inputs="x k", output="y")], [helper.make_opsetid("", 17)]
    )
    use = helper.make_node("Blur", ["image", "w"], ["output"], domain="org.example")
    model = network([use], functions=[blur], domain="org.example", w=(2, 2, 3, 3))
    assert receptive_field(model) == ReceptiveField(1, 1)


def test_operations_off_the_output_s_path_do_not_count():
    model = network([conv(), node("GlobalAveragePool", "image", "aside")], w=(2, 2, 3, 3))
    model.graph.output.append(helper.make_empty_tensor_value_info("aside"))
    assert receptive_field(model) == ReceptiveField(1, 1)
    assert receptive_field(model, output="aside").global_operations
    with pytest.raises(ModelError, match="no output third"):
        receptive_field(model, output="third")


def test_output_that_is_no_map():
    model = network([node("GlobalAveragePool", "image", "a"), node("Flatten", "a", "output")])
    reach = receptive_field(model)
    assert reach.ratio == 0
    with pytest.raises(ModelError, match="no rows and columns"):
        check_reach(model, reach)
