"""Small networks and rasters that tests are made of."""

import json
from pathlib import Path

import numpy as np
import onnx
import rasterio
from affine import Affine
from onnx import TensorProto, helper, numpy_helper

UTM = "EPSG:32631"
COLOURS = ("4477AA", "EE6677", "228833", "CCBB44", "66CCEE", "AA3377")


def card(
    bands=("red",),
    classes=3,
    stride=1,
    radius=0,
    activation="softmax",
    task="semantic-segmentation",
    mean=0.0,
    std=1.0,
    **fields,
):
    """A card as a model would carry it; `fields` go into the properties, or into the input where they belong there."""
    own = {"terraloom:value_range", "terraloom:resolution_m", "terraloom:resolution_range_m"}
    own |= {"terraloom:stretch", "terraloom:grey_allowed"}
    output = {
        "name": "output",
        "tasks": [task],
        "result": {
            "shape": [-1, classes, -1, -1],
            "dim_order": ["batch", "class", "height", "width"],
            "data_type": "float32",
        },
        "post_processing_function": {"format": "terraloom", "expression": activation},
    }
    if task == "semantic-segmentation":
        classes = 2 if "terraloom:lines" in fields else classes
        output["classification:classes"] = [
            {"value": value, "name": f"class-{value}", "title": f"Class {value}", "color_hint": COLOURS[value % 6]}
            for value in range(classes)
        ]
    return {
        "type": "Feature",
        "stac_version": "1.0.0",
        "id": "toy",
        "properties": {
            "title": "Toy",
            "mlm:name": "toy",
            "mlm:tasks": [task],
            "mlm:input": [
                {
                    "name": "image",
                    "bands": list(bands),
                    "input": {
                        "shape": [-1, len(bands), -1, -1],
                        "dim_order": ["batch", "bands", "height", "width"],
                        "data_type": "float32",
                    },
                    "value_scaling": [{"type": "z-score", "mean": mean, "stddev": std}] * len(bands),
                    **{key: value for key, value in fields.items() if key in own},
                }
            ],
            "mlm:output": [output],
            "terraloom:stride_px": stride,
            "terraloom:receptive_radius_px": radius,
            **{key: value for key, value in fields.items() if key not in own},
        },
    }


def save(path, nodes, weights, bands, document):
    """Write an ONNX file with input `image`, output `output` and a card (none where `document` is None)."""
    graph = helper.make_graph(
        nodes,
        "toy",
        [helper.make_tensor_value_info("image", TensorProto.FLOAT, ["n", bands, "h", "w"])],
        [helper.make_tensor_value_info("output", TensorProto.FLOAT, None)],
        [numpy_helper.from_array(np.asarray(array), name) for name, array in weights.items()],
    )
    model = helper.make_model(graph, ir_version=10, opset_imports=[helper.make_opsetid("", 17)])
    if document is not None:
        helper.set_model_props(model, {"terraloom:card": json.dumps(document)})
    onnx.save(model, str(path))
    return Path(path)


def identity(path, bands=1, **fields):
    """A regression that gives its first band back."""
    weight = np.zeros((1, bands, 1, 1), np.float32)
    weight[0, 0] = 1
    names = tuple(f"b{n}" for n in range(bands))
    document = card(names, task="regression", activation="none", **fields)
    nodes = [helper.make_node("Conv", ["image", "w"], ["output"])]
    return save(path, nodes, {"w": weight}, bands, document)


def bands_as_lines(path, bins=18, **fields):
    """A network of lines whose first band is the logit of a line, and the others those of its direction."""
    names = tuple(f"b{n}" for n in range(1 + bins))
    rules = {"bins": bins, "first_deg": -90 / bins}
    document = card(names, 1 + bins, activation="sigmoid", **{"terraloom:lines": rules}, **fields)
    nodes = [helper.make_node("Identity", ["image"], ["output"])]
    return save(path, nodes, {}, 1 + bins, document)


def bands_as_classes(path, classes=3, **fields):
    """A segmentation whose bands are the scores of its classes: the largest band wins."""
    names = tuple(f"b{n}" for n in range(classes))
    nodes = [helper.make_node("Identity", ["image"], ["output"])]
    return save(path, nodes, {}, classes, card(names, classes, **fields))


def random_network(path, seed, bands=2, classes=3, levels=2, dilation=1, **fields):
    """A random U-Net of ReLU convolutions: strided down, resized up, skips joined.

    Its stride is 2 ** levels; its radius is summed up layer by layer, generously.
    """
    rng = np.random.default_rng(seed)
    nodes, weights = [], {}

    def convolution(source, target, ins, outs, size=3, stride=1, relu=True, dilate=1):
        name = f"w{len(weights)}"
        weights[name] = (rng.normal(size=(outs, ins, size, size)) / (size * ins**0.5)).astype(np.float32)
        pad = (size - 1) * dilate // 2
        made = target + "_c" if relu else target
        nodes.append(
            helper.make_node(
                "Conv", [source, name], [made], pads=[pad] * 4, strides=[stride] * 2, dilations=[dilate] * 2
            )
        )
        if relu:
            nodes.append(helper.make_node("Relu", [made], [target]))

    width = 4
    convolution("image", "e0", bands, width)
    radius = 1
    for level in range(1, levels + 1):
        convolution(f"e{level - 1}", f"d{level}", width, width, stride=2)
        convolution(f"d{level}", f"e{level}", width, width, dilate=dilation)
        radius += 2 ** (level - 1) + dilation * 2**level
    current = f"e{levels}"
    weights["scales"] = np.array([1, 1, 2, 2], np.float32)
    for level in reversed(range(levels)):
        nodes.append(
            helper.make_node(
                "Resize",
                [current, "", "scales"],
                [f"u{level}"],
                mode="linear",
                coordinate_transformation_mode="half_pixel",
            )
        )
        nodes.append(helper.make_node("Concat", [f"u{level}", f"e{level}"], [f"j{level}"], axis=1))
        convolution(f"j{level}", f"o{level}", 2 * width, width)
        current = f"o{level}"
        radius += 2 ** (level + 1) + 2**level
    convolution(current, "output", width, classes, size=1, relu=False)
    names = tuple(f"b{n}" for n in range(bands))
    return save(
        path, nodes, weights, bands, card(names, classes, stride=2**levels, radius=radius + 2**levels, **fields)
    )


def raster(path, values, crs=UTM, transform=None, pixel=1.0, nodata=None, **profile):
    """Write `(bands, rows, cols)` or `(rows, cols)` as a GeoTIFF."""
    values = np.asarray(values)
    values = values[np.newaxis] if values.ndim == 2 else values
    transform = transform or Affine(pixel, 0, 500_000, 0, -pixel, 5_000_000)
    count, height, width = values.shape
    with rasterio.open(
        path,
        "w",
        driver="GTiff",
        count=count,
        height=height,
        width=width,
        dtype=values.dtype.name,
        crs=crs,
        transform=transform,
        nodata=nodata,
        **profile,
    ) as dataset:
        dataset.write(values)
    return str(path)


def read(path):
    """All bands of a raster, masked."""
    with rasterio.open(path) as dataset:
        return dataset.read(masked=True)
