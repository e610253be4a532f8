"""Turns a network of 32-bit floats into one that computes its convolutions and products with 8-bit integers.

The file holds QuantizeLinear and DequantizeLinear around the layers (QDQ), which onnxruntime and OpenVINO both turn
into integer arithmetic. Activations are unsigned: with signed ones OpenVINO 2026.4 gives wrong results. Weights have a
scale per channel and 7 of 8 bits: processors without VNNI add up products of 8 bits in 16, which overflows; on the
bundled network the missing bit costs 0.1 points of agreement.

Ranges follow Jacob et al. 2018 (doi 10.1109/CVPR.2018.00286), but leave out the outermost `TAIL` of each tile.
"""

from __future__ import annotations

import tempfile
from collections.abc import Sequence
from pathlib import Path

import numpy as np
import onnx
import onnxruntime
from numpy.typing import NDArray
from onnx import TensorProto, helper, shape_inference, version_converter
from onnxruntime.quantization import (
    CalibrationMethod,
    QuantFormat,
    QuantType,
    TensorData,
    TensorsData,
    quant_pre_process,
    quantize_static,
    save_tensors_data,
)

from ..backends.backend import unrunnable
from ..backends.onnxruntime_backend import CPU, UNLOADABLE, UNRUNNABLE
from ..errors import ModelError
from ..progress import Progress

TAIL = 1e-4
"""Share of a tile's activations, at either end, that may be cut off."""

THINNING = 7
"""Every so manieth activation is looked at, where there are many."""

FEWEST = 10_000
"""Activations of a tile to look at, where there are as many: the share of `TAIL` is one of them then."""

OPSET = 13
"""Version of ONNX's operators from which on scales per channel can be written."""

WEIGHTED = ("Conv", "ConvTranspose", "Gemm", "MatMul")
"""Layers that compute; the first and the last of them are those that suffer most."""

BEGUN, RANGED = 0.1, 0.5
"""Progress of a job when ranges begin to be looked for, and when they are found."""

Ranges = dict[str, tuple[float, float]]


def prepare(source: Path, target: Path, named: str) -> None:
    """Write the network with its normalisations folded into the convolutions and a name for each layer.

    Args:
        source: The network.
        target: The file to write.
        named: What messages call the network: the file that the user knows.

    Raises:
        ModelError: It cannot be loaded or quantised.
    """
    try:
        quant_pre_process(str(source), str(target), skip_symbolic_shape=True)
    except (*UNLOADABLE, version_converter.ConvertError) as error:
        raise ModelError("{path} cannot be quantised: {reason}.", path=named, reason=str(error)) from error
    model = _at_least(OPSET, onnx.load(str(target)), named)
    for number, node in enumerate(model.graph.node):
        node.name = node.name or f"{node.op_type}_{number}"
    _forget_listed_weights(model)
    if [entry.type.tensor_type.elem_type for entry in model.graph.input] != [TensorProto.FLOAT]:
        raise ModelError("{path} does not take one image of 32-bit floats, and cannot be quantised.", path=named)
    used = {node.domain for node in model.graph.node}
    kept = [entry for entry in model.opset_import if entry.domain in used or not entry.domain]
    del model.opset_import[:]
    model.opset_import.extend(kept)
    if not any(node.op_type in WEIGHTED for node in model.graph.node):
        raise ModelError("{path} has no layer that 8-bit integers would make faster.", path=named)
    onnx.save(model, str(target))


def _at_least(opset: int, model: onnx.ModelProto, named: str) -> onnx.ModelProto:
    """The network in operators of this version or a later one.

    Raises:
        ModelError: It has operators that cannot be brought there.
    """
    own = next((entry.version for entry in model.opset_import if not entry.domain), opset)
    if own >= opset:
        return model
    try:
        return version_converter.convert_version(model, opset)
    except (RuntimeError, ValueError, onnx.checker.ValidationError, version_converter.ConvertError) as error:
        raise ModelError(
            "{path} is written in opset {found} of ONNX, and cannot be brought to {needed}, which 8-bit integers need: "
            "{reason}. Export it with opset {needed} or later.",
            path=named,
            found=own,
            needed=opset,
            reason=" ".join(str(error).split()).rstrip("."),
        ) from error


def _forget_listed_weights(model: onnx.ModelProto) -> None:
    """Take weights out of the inputs, where files of the oldest form list them too."""
    weights = {entry.name for entry in model.graph.initializer}
    for listed in [entry for entry in model.graph.input if entry.name in weights]:
        model.graph.input.remove(listed)
        model.ir_version = max(model.ir_version, 4)


def sparings(prepared: Path) -> tuple[tuple[str, ...], ...]:
    """Layers to leave as they are, for variants from the fastest to the most precise: none, the last, the first too."""
    layers = layers_of(prepared)
    return tuple(dict.fromkeys(((), (layers[-1],), tuple(dict.fromkeys((layers[0], layers[-1]))))))


def layers_of(prepared: Path) -> tuple[str, ...]:
    """Names of the layers that compute, from the image on."""
    return tuple(node.name for node in onnx.load(str(prepared)).graph.node if node.op_type in WEIGHTED)


def find_ranges(prepared: Path, tiles: Sequence[NDArray[np.float32]], progress: Progress) -> Ranges:
    """Lowest and highest value of each array inside the network, over all tiles.

    Args:
        prepared: The network as `prepare` wrote it.
        tiles: What the network gets, in a batch of one.
        progress: Asked before each tile whether to stop.

    Raises:
        ModelError: It cannot be run on them, or gives no number somewhere.
    """
    model = shape_inference.infer_shapes(onnx.load(str(prepared)))
    known = {entry.name: entry.type.tensor_type.elem_type for entry in (*model.graph.value_info, *model.graph.output)}
    inner = [name for node in model.graph.node for name in node.output if known.get(name) == TensorProto.FLOAT]
    del model.graph.output[:]
    model.graph.output.extend(helper.make_tensor_value_info(name, TensorProto.FLOAT, None) for name in inner)
    session = onnxruntime.InferenceSession(model.SerializeToString(), providers=[CPU])
    (door,) = session.get_inputs()
    ranges: Ranges = {}
    for number, tile in enumerate(tiles):
        progress.update(BEGUN + (RANGED - BEGUN) * number / len(tiles))
        batch = door.shape[0] if isinstance(door.shape[0], int) else 1
        feeds = {door.name: tile.repeat(batch, axis=0) if len(door.shape) == 4 else tile[0]}
        try:
            seen = {**feeds, **dict(zip(inner, session.run(inner, feeds)))}
        except UNRUNNABLE as error:
            raise unrunnable(feeds, error) from error
        for name, values in seen.items():
            step = min(THINNING, max(1, values.size // FEWEST))
            low, high = np.quantile(values.ravel()[::step], (TAIL, 1 - TAIL))
            if not (np.isfinite(low) and np.isfinite(high)):
                raise ModelError(
                    "On these images the network computes what is no number (NaN or infinity), which 8-bit integers "
                    "cannot hold. Check the network and the images, or use the model as it is."
                )
            held = ranges.get(name, (0.0, 0.0))  # zero must be exact: it is what convolutions pad with
            ranges[name] = min(float(low), held[0]), max(float(high), held[1])
    return ranges


def quantise(prepared: Path, ranges: Ranges, spared: tuple[str, ...], target: Path) -> None:
    """Write the network in 8-bit integers.

    Args:
        prepared: The network as `prepare` wrote it.
        ranges: What `find_ranges` found.
        spared: Names of layers that stay as they are.
        target: The file to write.
    """
    limits = {
        name: TensorData(lowest=np.float32(low), highest=np.float32(high)) for name, (low, high) in ranges.items()
    }
    with tempfile.TemporaryDirectory() as folder:
        cache = Path(folder) / "ranges.json"
        save_tensors_data(TensorsData(CalibrationMethod.MinMax, limits), cache)
        quantize_static(
            str(prepared),
            str(target),
            quant_format=QuantFormat.QDQ,
            activation_type=QuantType.QUInt8,
            weight_type=QuantType.QInt8,
            per_channel=True,
            reduce_range=True,
            nodes_to_exclude=list(spared),
            calibration_cache_path=cache,
        )
    model = onnx.load(str(target))
    _free_outputs(model.graph)
    onnx.save(model, str(target))


def _free_outputs(graph: onnx.GraphProto) -> None:
    """Give the network's outputs as they are computed: rounding them to 8 bits costs accuracy, and time as well."""
    makers = {name: node for node in graph.node for name in node.output}
    for output in graph.output:
        unpack = makers.get(output.name)
        pack = makers.get(unpack.input[0]) if unpack is not None else None
        if unpack is None or pack is None or (unpack.op_type, pack.op_type) != ("DequantizeLinear", "QuantizeLinear"):
            continue
        bare = pack.input[0]
        readers = [node for node in graph.node if {bare, output.name, pack.output[0]} & set(node.input)]
        if bare in makers and all(node in (pack, unpack) for node in readers):
            maker = makers[bare]
            maker.output[list(maker.output).index(bare)] = output.name
            for node in (pack, unpack):
                graph.node.remove(node)
    used = {name for node in graph.node for name in node.input}
    for weight in [entry for entry in graph.initializer if entry.name not in used]:
        graph.initializer.remove(weight)
