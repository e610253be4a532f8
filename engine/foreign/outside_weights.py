"""Reads the weights that an ONNX file keeps in other files: those in its own folder, and no others."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator
from pathlib import Path

import onnx
from onnx import external_data_helper

from ..errors import ModelError
from .network_file import load


def load_weights(model: onnx.ModelProto, path: Path) -> None:
    """Read the weights that lie in other files into the model.

    Raises:
        ModelError: They lie outside of the model's folder, are missing or damaged.
    """
    folder = path.resolve().parent
    names = _outside(model)
    for name in names:
        place = (folder / name).resolve()
        if not place.is_relative_to(folder):
            raise ModelError(
                "{path} wants to read {file}, which lies outside of its folder. That is refused. "
                "Export the model again with its weights inside, or beside it.",
                path=str(path),
                file=name,
            )
        beside = path.parent / name
        if beside.resolve() != place and (beside.exists() or place.exists()):
            raise ModelError(
                "{path}, or {file} with its weights, is a link, and weights are not read by links. Copy both files "
                "into one folder.",
                path=str(path),
                file=name,
            )
        if not place.is_file():
            raise ModelError(
                "{path} keeps its weights in {file}, which is not there. Put that file beside it.",
                path=str(path),
                file=name,
            )
    if names:
        try:
            external_data_helper.load_external_data_for_model(model, str(folder))
        except (OSError, ValueError, onnx.checker.ValidationError) as error:
            raise ModelError(
                "The weights of {path} in {file} cannot be read: {reason}.",
                path=str(path),
                file=", ".join(names),
                reason=str(error),
            ) from error


def model_files(path: Path) -> tuple[Path, ...]:
    """An ONNX file, and the files beside it that it keeps weights in, whether they are there or not.

    Raises:
        ModelError: It is missing, damaged or no ONNX file.
    """
    return (path, *weight_files(load(path), path))


def weight_files(model: onnx.ModelProto, path: Path) -> list[Path]:
    """The files beside an ONNX file that its model still keeps weights in."""
    return [path.parent / name for name in _outside(model)]


def fingerprint(files: Iterable[Path]) -> str:
    """The SHA-256 of a model's files; see `model_files`."""
    mark = hashlib.sha256()
    for place in files:
        if place.is_file():  # else it will be told that it is not there
            with place.open("rb") as file:
                while part := file.read(2**16):  # large buffers would have glibc keep more memory
                    mark.update(part)
    return mark.hexdigest()


def _outside(model: onnx.ModelProto) -> list[str]:
    """Names of the files that hold weights of a model, in order."""
    return sorted({_location(tensor) for tensor in _tensors(model.graph) if _is_outside(tensor)})


def _tensors(graph: onnx.GraphProto) -> Iterator[onnx.TensorProto]:
    """All constants of a graph, those in its nodes and inner graphs too."""
    yield from graph.initializer
    for node in graph.node:
        for attribute in node.attribute:
            yield from ([attribute.t] if attribute.HasField("t") else [])
            yield from attribute.tensors
            for inner in ([attribute.g] if attribute.HasField("g") else []) + list(attribute.graphs):
                yield from _tensors(inner)


def _is_outside(tensor: onnx.TensorProto) -> bool:
    return bool(external_data_helper.uses_external_data(tensor))


def _location(tensor: onnx.TensorProto) -> str:
    return next((str(entry.value) for entry in tensor.external_data if entry.key == "location"), "")
