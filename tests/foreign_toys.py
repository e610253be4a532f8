"""Small networks as other tools export them: the shapes and the metadata of Deepness, GeoAI and Esri.

Each has a promise that tests can hold a map against. Values are those the network sees: raw values divided by 255.
"""

import json
from pathlib import Path

import numpy as np
import onnx
from onnx import TensorProto, helper, numpy_helper

GAIN = 20.0
"""Makes scores of differences between 0 and 1, steep enough to be sure."""

SEGMENTOR = {
    "model_type": "Segmentor",
    "class_names": {"0": "red", "1": "green", "2": "blue"},
    "resolution": 50.0,
    "tile_size": 256,
    "tiles_overlap": 10,
    "seg_thresh": 0.4,
    "seg_small_segment": 7,
}


def save(path, nodes, weights, inputs, outputs, metadata=None, types=None):
    """Write an ONNX file.

    `inputs` and `outputs` are shapes by name (words are sizes that are open), `metadata` is written as Deepness does:
    each value as a JSON text. `types` gives element types other than 32-bit floats by name.
    """
    graph = helper.make_graph(
        nodes,
        "toy",
        *(
            [
                helper.make_tensor_value_info(name, (types or {}).get(name, TensorProto.FLOAT), shape)
                for name, shape in arrays.items()
            ]
            for arrays in (inputs, outputs)
        ),
        [numpy_helper.from_array(np.asarray(array), name) for name, array in weights.items()],
    )
    model = helper.make_model(graph, ir_version=9, opset_imports=[helper.make_opsetid("", 17)])
    if metadata:
        helper.set_model_props(model, {key: json.dumps(value) for key, value in metadata.items()})
    onnx.checker.check_model(model)
    onnx.save(model, str(path))
    return Path(path)


def node(operation, inputs, outputs, **attributes):
    """One operation; names are separated by spaces."""
    return helper.make_node(operation, inputs.split(), outputs.split(), **attributes)


def steep(bands=3, size=1):
    """Weight of a convolution that takes the mean of each band over a square, times `GAIN`."""
    weight = np.zeros((bands, bands, size, size), np.float32)
    weight[range(bands), range(bands)] = GAIN / size**2
    return weight


def brightness(bands=3):
    """Weight and bias of a convolution that gives `GAIN` * (mean of the bands - 0.5)."""
    return np.full((1, bands, 1, 1), GAIN / bands, np.float32), np.array([-GAIN / 2], np.float32)


def segmentor(path, metadata=SEGMENTOR):
    """Three classes, softmax inside: the band that is brightest over 3 x 3 px. Any size; radius 1, edges padded."""
    nodes = [
        node("Conv", "image w", "scores", pads=[1, 1, 1, 1]),
        node("Softmax", "scores", "probabilities", axis=1),
    ]
    shape = ["batch", 3, "height", "width"]
    return save(path, nodes, {"w": steep(size=3)}, {"image": shape}, {"probabilities": shape}, metadata)


def scores_only(path, metadata=None):
    """The same without its softmax, and without a word about itself unless `metadata` has one."""
    nodes = [node("Conv", "image w", "scores", pads=[1, 1, 1, 1])]
    shape = ["batch", 3, "height", "width"]
    return save(path, nodes, {"w": steep(size=3)}, {"image": shape}, {"scores": shape}, metadata)


def one_channel(path, threshold=0.5):
    """One channel, sigmoid inside: bright (mean of the bands above 0.5) or background. One name, as Deepness wants."""
    weight, bias = brightness()
    nodes = [node("Conv", "image w b", "scores"), node("Sigmoid", "scores", "bright")]
    metadata = {"model_type": "Segmentor", "class_names": {"0": "bright"}, "seg_thresh": threshold}
    shapes = ["batch", 3, "height", "width"], ["batch", 1, "height", "width"]
    return save(path, nodes, {"w": weight, "b": bias}, {"image": shapes[0]}, {"bright": shapes[1]}, metadata)


def without_channels(path):
    """The same with the output `(batch, height, width)`."""
    weight, bias = brightness()
    nodes = [
        node("Conv", "image w b", "scores"),
        node("Sigmoid", "scores", "probability"),
        node("Squeeze", "probability channel", "bright"),
    ]
    return save(
        path,
        nodes,
        {"w": weight, "b": bias, "channel": np.array([1])},
        {"image": ["batch", 3, "height", "width"]},
        {"bright": ["batch", "height", "width"]},
        {"model_type": "Segmentor", "class_names": {"0": "bright"}},
    )


def two_heads(path):
    """Two outputs: `cover`, the brightest band of three, and `bright`, one channel. Class names in a list, one each."""
    weight, bias = brightness()
    nodes = [
        node("Conv", "image w", "scores"),
        node("Softmax", "scores", "cover", axis=1),
        node("Conv", "image v b", "score"),
        node("Sigmoid", "score", "bright"),
    ]
    return save(
        path,
        nodes,
        {"w": steep(), "v": weight, "b": bias},
        {"image": ["batch", 3, "height", "width"]},
        {"cover": ["batch", 3, "height", "width"], "bright": ["batch", 1, "height", "width"]},
        {"model_type": "Segmentor", "class_names": [{"0": "red", "1": "green", "2": "blue"}, {"0": "bright"}]},
    )


def bands_last(path):
    """The segmentor with `(batch, height, width, bands)` in and out, as Keras has it."""
    nodes = [
        node("Transpose", "image", "turned", perm=[0, 3, 1, 2]),
        node("Conv", "turned w", "scores", pads=[1, 1, 1, 1]),
        node("Softmax", "scores", "classes", axis=1),
        node("Transpose", "classes", "probabilities", perm=[0, 2, 3, 1]),
    ]
    shape = ["batch", "height", "width", 3]
    return save(path, nodes, {"w": steep(size=3)}, {"image": shape}, {"probabilities": shape}, SEGMENTOR)


def without_batch(path, bands_last=False):
    """The segmentor with the output `(3, height, width)`, or `(height, width, 3)`."""
    nodes = [
        node("Conv", "image w", "scores", pads=[1, 1, 1, 1]),
        node("Softmax", "scores", "classes", axis=1),
        node("Transpose", "classes", "turned", perm=[0, 2, 3, 1]),
        node("Squeeze", f"{'turned' if bands_last else 'classes'} batch", "probabilities"),
    ]
    given = ["height", "width", 3] if bands_last else [3, "height", "width"]
    weights = {"w": steep(size=3), "batch": np.array([0])}
    return save(path, nodes, weights, {"image": [1, 3, "height", "width"]}, {"probabilities": given}, SEGMENTOR)


def baked_in(path, side_px=64):
    """The segmentor with something learnt for each place of a tile, which is nothing: it takes tiles of one size."""
    nodes = [
        node("Conv", "image w", "seen", pads=[1, 1, 1, 1]),
        node("Add", "seen places", "scores"),
        node("Softmax", "scores", "probabilities", axis=1),
    ]
    shape = ["batch", 3, "height", "width"]
    weights = {"w": steep(size=3), "places": np.zeros((1, 3, side_px, side_px), np.float32)}
    return save(path, nodes, weights, {"image": shape}, {"probabilities": shape}, SEGMENTOR)


def smaller_output(path):
    """Two 5 x 5 convolutions without padding: the output is 4 px smaller on each side, and centred."""
    nodes = [
        node("Conv", "image v", "smooth"),
        node("Conv", "smooth w", "scores"),
        node("Softmax", "scores", "probabilities", axis=1),
    ]
    return save(
        path,
        nodes,
        {"v": steep(size=5) / np.float32(GAIN), "w": steep(size=5)},
        {"image": ["batch", 3, "height", "width"]},
        {"probabilities": ["batch", 3, "rows", "cols"]},
        SEGMENTOR,
    )


def regressor(path, factor=100.0):
    """Two channels: the first band, and the difference of the first two, each times `factor` (reg_output_scaling)."""
    weight = np.zeros((2, 3, 1, 1), np.float32)
    weight[0, 0] = weight[1, 0] = 1
    weight[1, 1] = -1
    return save(
        path,
        [node("Conv", "image w", "values")],
        {"w": weight},
        {"image": ["batch", 3, "height", "width"]},
        {"values": ["batch", 2, "height", "width"]},
        {
            "model_type": "Regressor",
            "class_names": {"0": "height", "1": "slope"},
            "reg_output_scaling": factor,
            "standardization_mean": [0.5, 0.5, 0.5],
            "standardization_std": [0.25, 0.25, 0.5],
        },
    )


def super_resolution(path):
    """Each pixel becomes 2 x 2 px of its own value (divided by 255): a convolution to 12 channels and DepthToSpace."""
    weight = np.zeros((12, 3, 1, 1), np.float32)
    for band in range(3):
        weight[4 * band : 4 * band + 4, band] = 1
    nodes = [node("Conv", "image w", "parts"), node("DepthToSpace", "parts", "fine", blocksize=2, mode="CRD")]
    return save(
        path,
        nodes,
        {"w": weight},
        {"image": ["batch", 3, "height", "width"]},
        {"fine": ["batch", 3, "rows", "cols"]},
        {"model_type": "Superresolution", "resolution": 100.0},
    )


def two_inputs(path):
    """Takes `optical` (3 bands) and `sar` (2); three classes, the brightest of red, green and the first of SAR."""
    weight = np.zeros((3, 5, 1, 1), np.float32)
    weight[0, 0] = weight[1, 1] = weight[2, 3] = GAIN
    nodes = [
        node("Concat", "optical sar", "all", axis=1),
        node("Conv", "all w", "scores"),
        node("Softmax", "scores", "classes", axis=1),
    ]
    return save(
        path,
        nodes,
        {"w": weight},
        {"optical": ["batch", 3, "height", "width"], "sar": ["batch", 2, "height", "width"]},
        {"classes": ["batch", 3, "height", "width"]},
    )


def fixed_size(path, side_px=512, batch=1, columns_px=None):
    """The segmentor for a batch of one tile of 512 px and nothing else."""
    nodes = [
        node("Conv", "image w", "scores", pads=[1, 1, 1, 1]),
        node("Softmax", "scores", "probabilities", axis=1),
    ]
    shape = [batch, 3, side_px, columns_px or side_px]
    return save(path, nodes, {"w": steep(size=3)}, {"image": shape}, {"probabilities": shape}, SEGMENTOR)


def class_numbers(path, kind=TensorProto.INT64, keepdims=0, bands_last=False, metadata=SEGMENTOR, batch="batch"):
    """The segmentor that chooses the class itself: the number of the brightest band, as `kind`."""
    axis = 3 if bands_last else 1
    nodes = [
        *([node("Transpose", "image", "turned", perm=[0, 3, 1, 2])] if bands_last else []),
        node("Conv", f"{'turned' if bands_last else 'image'} w", "first", pads=[1, 1, 1, 1]),
        *([node("Transpose", "first", "scores", perm=[0, 2, 3, 1])] if bands_last else []),
        node("ArgMax", "scores" if bands_last else "first", "numbers", axis=axis, keepdims=keepdims),
        node("Cast", "numbers", "classes", to=kind),
    ]
    shape = [batch, "height", "width"]
    given = shape[:axis] + [1] * keepdims + shape[axis:]
    taken = [*shape, 3] if bands_last else [batch, 3, "height", "width"]
    return save(path, nodes, {"w": steep(size=3)}, {"image": taken}, {"classes": given}, metadata, {"classes": kind})


def without_padding(path, side_px=None):
    """The segmentor at a quarter of the resolution: radius 7, stride 4, sides of 4 k + 2 only, 3 px lost on each."""
    nodes = [
        node("Conv", "image w", "a"),
        node("MaxPool", "a", "b", kernel_shape=[2, 2], strides=[2, 2]),
        node("Conv", "b v", "c"),
        node("MaxPool", "c", "d", kernel_shape=[2, 2], strides=[2, 2]),
        helper.make_node("Resize", ["d", "", "scales"], ["scores"], mode="nearest"),
        node("Softmax", "scores", "probabilities", axis=1),
    ]
    rng = np.random.default_rng(0)
    weights = {name: rng.normal(size=(3, 3, 3, 3)).astype(np.float32) for name in "wv"}
    weights["scales"] = np.array([1, 1, 4, 4], np.float32)
    sides = ["height", "width"] if side_px is None else [side_px] * 2
    made = ["rows", "columns"] if side_px is None else [side_px - 6] * 2
    return save(path, nodes, weights, {"image": [1, 3, *sides]}, {"probabilities": [1, 3, *made]}, SEGMENTOR)


def bytes_in(path):
    """The segmentor for 8-bit values as they are; it divides them by 255 itself."""
    nodes = [
        node("Cast", "image", "floats", to=TensorProto.FLOAT),
        node("Div", "floats most", "shares"),
        node("Conv", "shares w", "scores", pads=[1, 1, 1, 1]),
        node("Softmax", "scores", "probabilities", axis=1),
    ]
    shape = ["batch", 3, "height", "width"]
    return save(
        path,
        nodes,
        {"w": steep(size=3), "most": np.float32(255)},
        {"image": shape},
        {"probabilities": shape},
        {key: value for key, value in SEGMENTOR.items() if key in ("model_type", "class_names")},
        {"image": TensorProto.UINT8},
    )


def half_precision(path):
    """The segmentor in 16-bit floats."""
    nodes = [
        node("Conv", "image w", "scores", pads=[1, 1, 1, 1]),
        node("Softmax", "scores", "probabilities", axis=1),
    ]
    shape = ["batch", 3, "height", "width"]
    types = {"image": TensorProto.FLOAT16, "probabilities": TensorProto.FLOAT16}
    weights = {"w": steep(size=3).astype(np.float16)}
    return save(path, nodes, weights, {"image": shape}, {"probabilities": shape}, SEGMENTOR, types)


def geoai(path):
    """Scores of three classes at a quarter of the size, as SegFormer's, with GeoAI's description beside it."""
    nodes = [node("Conv", "pixel_values w", "logits", strides=[4, 4])]
    save(
        path,
        nodes,
        {"w": steep(size=4)},
        {"pixel_values": ["batch", 3, "height", "width"]},
        {"logits": ["batch", 3, "rows", "cols"]},
    )
    described = {
        "model_name": "nvidia/segformer-toy",
        "task": "semantic-segmentation",
        "input_height": 512,
        "input_width": 512,
        "input_channels": 3,
        "opset_version": 17,
        "output_names": ["logits"],
        "id2label": {"0": "red", "1": "green", "2": "blue"},
        "num_labels": 3,
    }
    Path(f"{path}.json").write_text(json.dumps(described), encoding="utf-8")
    return Path(path)


def esri(path):
    """The segmentor's scores with an `.emd` beside it; its classes have the values 10, 20 and 30."""
    scores_only(path)
    described = {
        "Framework": "arcgis.learn.models._inferencing",
        "ModelType": "ImageClassification",
        "ModelFile": f".\\{Path(path).name}",
        "InferenceFunction": "ArcGISImageClassifier.py",
        "ImageHeight": 256,
        "ImageWidth": 256,
        "ExtractBands": [2, 1, 0],
        "Classes": [
            {"Value": 10, "Name": "Water", "Color": [0, 92, 230]},
            {"Value": 20, "Name": "Forest", "Color": [38, 115, 0]},
            {"Value": 30, "Name": "Town", "Color": [230, 0, 0]},
        ],
    }
    Path(path).with_suffix(".emd").write_text(json.dumps(described), encoding="utf-8")
    return Path(path)
