"""The reach derived from a graph is that counted by hand."""

from fractions import Fraction

import numpy as np
import pytest
from graph_toys import CONV_UP, conv, floats, ints, network, node, resized
from onnx import TensorProto, helper
from terraloom.engine.reach.reach_check import check_reach
from terraloom.engine.reach.receptive_field import ReceptiveField, receptive_field


def scalar(value):
    return np.array(value, np.float32)


def strided(*behind, stride=2, **weights):
    """A convolution with stride, then other layers."""
    return network([conv(3, stride, output="a"), *behind], w=(4, 2, 3, 3), **weights)


# name: network, radius, stride, and what else is not as usual; radii counted by hand
LOCAL = {
    "identity": (network([node("Identity", "image", "output")]), 0, 1, {}),
    "convolution 3": (network([conv()], w=(3, 2, 3, 3)), 1, 1, {}),
    "convolution 5, dilated by 3": (network([conv(5, pads=[6] * 4, dilations=[3, 3])], w=(3, 2, 5, 5)), 6, 1, {}),
    "convolution 4, padded unevenly": (network([conv(4, pads=[1, 1, 2, 2])], w=(3, 2, 4, 4)), 2, 1, {}),
    "convolution 3 x 1": (network([conv(pads=[1, 0, 1, 0])], w=(3, 2, 3, 1)), 1, 1, {}),
    "depthwise convolution": (network([conv(group=2)], w=(2, 1, 3, 3)), 1, 1, {}),
    "same, upper": (network([conv(4, auto_pad="SAME_UPPER")], w=(3, 2, 4, 4)), 2, 1, {}),
    "same, lower": (network([conv(4, auto_pad="SAME_LOWER")], w=(3, 2, 4, 4)), 2, 1, {}),
    "same with stride": (network([conv(3, 2, auto_pad="SAME_UPPER")], w=(3, 2, 3, 3)), 1, 2, {"ratio": 1 / 2}),
    "valid": (network([conv(pads=[0] * 4)], w=(3, 2, 3, 3)), 1, 1, {"margin_px": 1}),
    "stride 2": (network([conv(3, 2)], w=(3, 2, 3, 3)), 1, 2, {"ratio": 1 / 2}),
    "stride 4": (network([conv(4, 4, pads=[0] * 4)], w=(3, 2, 4, 4)), 0, 4, {"ratio": 1 / 4}),
    "max-pooling": (
        network([node("MaxPool", "image", "output", kernel_shape=[3, 3], strides=[2, 2], pads=[1] * 4)]),
        1, 2, {"ratio": 1 / 2},
    ),
    "max-pooling, last one rounded up": (
        strided(node("MaxPool", "a", "b", kernel_shape=[3, 3], strides=[2, 2], ceil_mode=1),
                helper.make_node("Resize", ["b", "", "s"], ["output"], mode="nearest"), s=floats(1, 1, 4, 4)),
        5, 4, {},
    ),
    "average pooling": (
        network([node("AveragePool", "image", "output", kernel_shape=[5, 5], pads=[2] * 4, count_include_pad=0)]),
        2, 1, {},
    ),
    "squeeze and excitation with a large local window": (
        network([node("AveragePool", "image", "a", kernel_shape=[31, 31], pads=[15] * 4),
                 node("Sigmoid", "a", "b"), node("Mul", "image b", "output")]),
        15, 1, {},
    ),
    "nearest, up by 2": (resized("nearest", 2), 0, 1, {"ratio": 2}),
    "nearest, asymmetric": (resized("nearest", 2, "asymmetric", nearest_mode="floor"), 0, 1, {"ratio": 2}),
    "linear, up by 2": (resized("linear", 2), 1, 1, {"ratio": 2}),
    "linear, up by 4": (resized("linear", 4, "pytorch_half_pixel"), 1, 1, {"ratio": 4}),
    "linear, asymmetric": (resized("linear", 2, "asymmetric"), 1, 1, {"ratio": 2}),
    "cubic, up by 2": (resized("cubic", 2), 2, 1, {"ratio": 2}),
    "linear, down by 2": (resized("linear", 0.5), 0, 2, {"ratio": 1 / 2}),
    "linear, down by 2, antialiased": (resized("linear", 0.5, opset=18, antialias=1), 1, 2, {"ratio": 1 / 2}),
    "linear, 3 for 2": (resized("linear", 1.5), 1, 2, {"ratio": Fraction(3, 2)}),
    "upsample of old": (
        network([node("Upsample", "image s", "output", mode="nearest")], opset=9, s=floats(1, 1, 2, 2)),
        0, 1, {"ratio": 2},
    ),
    # position 1 of the coarse map lies on pixels 2 and 3, and sees 1 to 3 through the stride; pixel 2 sees 0 and 1 too
    "down and up, nearest": (
        strided(helper.make_node("Resize", ["a", "", "s"], ["output"], mode="nearest"), s=CONV_UP), 2, 2, {}
    ),
    # linear up: pixel 2 reads positions 0 and 1, pixel 3 positions 1 and 2, which see -1 to 3 and 1 to 5
    "down and up, linear": (
        strided(helper.make_node("Resize", ["a", "", "s"], ["output"], mode="linear"), s=CONV_UP), 3, 2, {}
    ),
    "up to another's size": (
        strided(node("Shape", "image", "size"), node("Slice", "size two four", "rows"),
                node("Shape", "a", "own"), node("Slice", "own zero two", "rest"),
                node("Concat", "rest rows", "sizes", axis=0),
                helper.make_node("Resize", ["a", "", "", "sizes"], ["output"], mode="nearest"),
                zero=ints(0), two=ints(2), four=ints(4)),
        2, 2, {},
    ),
    "transposed convolution 2": (
        strided(node("ConvTranspose", "a u", "output", strides=[2, 2]), u=(4, 3, 2, 2)), 2, 2, {}
    ),
    "transposed convolution 3": (
        strided(node("ConvTranspose", "a u", "output", strides=[2, 2], pads=[1] * 4, output_padding=[1, 1]),
                u=(4, 3, 3, 3)),
        2, 2, {},
    ),
    "transposed convolution 4": (
        strided(node("ConvTranspose", "a u", "output", strides=[2, 2], pads=[1] * 4), u=(4, 3, 4, 4)), 3, 2, {}
    ),
    "pixel shuffle": (
        strided(node("DepthToSpace", "a", "output", blocksize=2)), 2, 2, {}
    ),
    "pixel shuffle by reshaping": (
        strided(node("Shape", "image", "size"), node("Shape", "a", "small"),
                node("Slice", "small two three", "r"), node("Slice", "small three four", "c"),
                node("Slice", "size two four", "large"),
                node("Concat", "one one b b r c", "split", axis=0), node("Reshape", "a split", "v"),
                node("Transpose", "v", "t", perm=[0, 1, 4, 2, 5, 3]),
                node("Concat", "one one large", "joint", axis=0), node("Reshape", "t joint", "output"),
                one=ints(1), two=ints(2), three=ints(3), four=ints(4), b=ints(2)),
        2, 2, {},
    ),
    "space to depth": (
        network([node("SpaceToDepth", "image", "a", blocksize=2), conv(inputs="a w", output="b"),
                 node("DepthToSpace", "b", "output", blocksize=2)], w=(4, 8, 3, 3)),
        3, 2, {},
    ),
    "every other pixel of four, stacked": (
        network([node("Slice", f"image s{n} end axes steps", f"a{n}") for n in range(4)]
                + [node("Concat", "a0 a1 a2 a3", "a", axis=1), conv(1, inputs="a w", output="b"),
                   node("DepthToSpace", "b", "output", blocksize=2)],
                w=(4, 8, 1, 1), end=ints(2**60, 2**60), axes=ints(2, 3), steps=ints(2, 2),
                **{f"s{n}": ints(n // 2, n % 2) for n in range(4)}),
        1, 2, {},
    ),
    "skip": (
        strided(helper.make_node("Resize", ["a", "", "s"], ["u"], mode="linear"),
                node("Concat", "u image", "j", axis=1), conv(inputs="j v"), s=CONV_UP, v=(3, 6, 3, 3)),
        4, 2, {},
    ),
    "sum of branches": (
        network([conv(output="a"), conv(7, inputs="image v", output="b"), node("Add", "a b", "output")],
                w=(3, 2, 3, 3), v=(3, 2, 7, 7)),
        3, 1, {},
    ),
    "gate that looks further than what it gates": (
        network([conv(9, inputs="image v", output="a"), node("Sigmoid", "a", "b"), node("Mul", "image b", "output")],
                v=(2, 2, 9, 9)),
        4, 1, {},
    ),
    "padding with the edge": (
        network([node("Pad", "image p", "a", mode="edge"), conv(7, pads=[0] * 4, inputs="a w")],
                p=ints(0, 0, 3, 3, 0, 0, 3, 3), w=(3, 2, 7, 7)),
        3, 1, {},
    ),
    "padding mirrored": (
        network([node("Pad", "image p", "a", mode="reflect"), conv(7, pads=[0] * 4, inputs="a w")],
                p=ints(0, 0, 3, 3, 0, 0, 3, 3), w=(3, 2, 7, 7)),
        3, 1, {},
    ),
    "padding cut off again": (
        network([conv(3, pads=[2] * 4, output="a"), node("Slice", "a start end axes", "output")],
                w=(3, 2, 3, 3), start=ints(1, 1), end=ints(-1, -1), axes=ints(2, 3)),
        1, 1, {},
    ),
    "shift": (
        network([node("Pad", "image p", "output")], p=ints(0, 0, 2, 2, 0, 0, -2, -2)), 2, 1, {}
    ),
    "channels cut, split and joined": (
        network([conv(output="a"), helper.make_node("Split", ["a"], ["b", "c"], axis=1),
                 node("Slice", "a zero two one", "d"), node("Concat", "b c d", "output", axis=1)],
                w=(4, 2, 3, 3), zero=ints(0), two=ints(2), one=ints(1)),
        1, 1, {},
    ),
    "normalised over channels": (
        network([conv(output="a"), node("Transpose", "a", "b", perm=[0, 2, 3, 1]),
                 node("LayerNormalization", "b g", "c", axis=-1), node("MatMul", "c m", "d"), node("Erf", "d", "e"),
                 node("Transpose", "e", "output", perm=[0, 3, 1, 2])],
                w=(4, 2, 3, 3), g=(4,), m=(4, 3)),
        1, 1, {},
    ),
    "softmax and largest over channels": (
        network([conv(output="a"), node("Softmax", "a", "b", axis=1),
                 node("ReduceMax", "b", "c", axes=[1], keepdims=1), node("Mul", "b c", "output")], w=(4, 2, 3, 3)),
        1, 1, {},
    ),
    "classes": (
        network([conv(output="a"), node("ArgMax", "a", "output", axis=1, keepdims=0)], w=(4, 2, 3, 3)),
        1, 1, {"axes": (1, 2)},
    ),
    "batch norm, activations, casts, quantisation": (
        network([conv(output="a"), node("BatchNormalization", "a g g g v", "b"), node("Clip", "b low high", "c"),
                 node("QuantizeLinear", "c q z", "d"), node("DequantizeLinear", "d q z", "e"),
                 node("PRelu", "e slope", "f"), node("Where", "yes f e", "output")],
                w=(4, 2, 3, 3), g=(4,), v=np.ones(4, np.float32), low=scalar(-2), high=scalar(2),
                q=scalar(0.1), z=np.array(9, np.uint8), slope=(4, 1, 1), yes=np.array(True)),
        1, 1, {},
    ),
    "quantised weights": (
        network([node("QuantizeLinear", "image q z", "a"), node("DequantizeLinear", "a q z", "b"),
                 node("DequantizeLinear", "w scales zeros", "v", axis=0), conv(inputs="b v")],
                q=scalar(0.1), z=np.array(9, np.uint8), w=np.arange(54).reshape(3, 2, 3, 3).astype(np.int8),
                scales=floats(0.1, 0.2, 0.3), zeros=np.zeros(3, np.int8)),
        1, 1, {},
    ),
    "tokens and back": (
        network([conv(2, 2, pads=[0] * 4, output="a"), node("Shape", "a", "size"),
                 node("Reshape", "a flat", "b"), node("Transpose", "b", "c", perm=[0, 2, 1]),
                 node("MatMul", "c m", "d"), node("Transpose", "d", "e", perm=[0, 2, 1]),
                 node("Reshape", "e size", "f"), node("DepthToSpace", "f", "output", blocksize=2)],
                w=(4, 2, 2, 2), flat=ints(0, 0, -1), m=(4, 4)),
        1, 2, {},
    ),
}  # fmt: skip


@pytest.mark.parametrize(("model", "radius_px", "stride_px", "more"), LOCAL.values(), ids=LOCAL.keys())
def test_reach_counted_by_hand(model, radius_px, stride_px, more):
    reach = receptive_field(model)
    assert reach == ReceptiveField(
        radius_px=radius_px, stride_px=stride_px, **{**more, "ratio": Fraction(more.get("ratio", 1))}
    )
    found = check_reach(model, reach)
    assert found.exact or reach.ratio == Fraction(3, 2)  # see the next test
    assert found.measured_radius_px == radius_px


def test_rounding_of_coordinates_is_noticed():
    """Linear resizing by 3 for 2 is not exact: 32-bit coordinates are rounded otherwise further from the origin."""
    model, *_ = LOCAL["linear, 3 for 2"]
    assert 0 < check_reach(model, receptive_field(model)).difference < 1e-5


def test_bands_last():
    nodes = [
        node("Transpose", "image", "a", perm=[0, 3, 1, 2]),
        conv(5, 2, inputs="a w", output="b"),
        node("Transpose", "b", "output", perm=[0, 2, 3, 1]),
    ]
    expected = ReceptiveField(2, 2, Fraction(1, 2), axes=(1, 2))
    for shape in (("n", "h", "w", 2), ("n", "h", "w", "c"), (1, 64, 64, 2)):
        model = network(nodes, shape, w=(3, 2, 5, 5))
        found = receptive_field(model)
        assert found == ReceptiveField(**{**vars(expected), "size_px": found.size_px})
        assert receptive_field(model, layout="NHWC") == found
    assert found.size_px == (64, 64)
    assert check_reach(model, found).exact


def test_several_images():
    model = network([conv(output="a"), conv(7, inputs="second v", output="b"), node("Add", "a b", "output")],
                    w=(3, 2, 3, 3), v=(3, 1, 7, 7))  # fmt: skip
    model.graph.input.append(helper.make_tensor_value_info("second", TensorProto.FLOAT, ["n", 1, "h", "w"]))
    model.graph.input.append(helper.make_tensor_value_info("day", TensorProto.FLOAT, ["n", 1]))
    reach = receptive_field(model)
    assert reach == ReceptiveField(1, 3)
    assert check_reach(model, reach).exact
