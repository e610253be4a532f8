"""Says which model files are taken: networks in ONNX form. Nothing else is opened, let alone run or unpickled."""

from __future__ import annotations

import json
from pathlib import Path, PureWindowsPath

from ..errors import ModelError

ONNX = ".onnx"
WAYS_TO_ONNX = {
    ".pt": "torch.onnx.export",
    ".pth": "torch.onnx.export",
    ".ckpt": "torch.onnx.export",
    ".pkl": "torch.onnx.export",
    ".safetensors": "torch.onnx.export",
    ".h5": "tf2onnx",
    ".keras": "tf2onnx",
    ".pb": "tf2onnx",
    ".tflite": "tf2onnx",
}
"""What makes an ONNX file of the networks that other tools keep, by the ending of their files."""

EMD, DLPK = ".emd", ".dlpk"
LARGEST_EMD_BYTES = 1_000_000


def network_of(path: Path) -> Path:
    """The network in ONNX form that an `.emd` of Esri names, where it lies beside it; any other file is itself."""
    if path.suffix.lower() != EMD:
        return path
    try:
        said = json.loads(path.read_text(encoding="utf-8-sig")) if path.stat().st_size <= LARGEST_EMD_BYTES else None
        name = PureWindowsPath(str(said.get("ModelFile"))).name if isinstance(said, dict) else ""
        beside = [place for place in path.parent.iterdir() if place.name.casefold() == name.casefold()]
    except (OSError, ValueError, RecursionError):  # it is refused as what it is
        return path
    return next((place for place in beside if place.suffix.lower() == ONNX), path)


def check_format(path: Path) -> None:
    """Refuse files that hold no network in ONNX form.

    Raises:
        ModelError: It says what makes one of it.
    """
    ending = path.suffix.lower()
    if ending == ONNX:
        return
    if ending == DLPK:
        raise ModelError(
            "{path} is a model package of Esri, which is a zip file. Unpack it; where a network in ONNX form (.onnx) "
            "is in it, choose that, and the .emd beside it is read.",
            path=str(path),
        )
    if ending == EMD:
        raise ModelError(
            "{path} is a model package of Esri. Its Python code and its weights are not opened here; where its "
            "ModelFile is a network in ONNX form (.onnx), choose that file, and the .emd beside it is read.",
            path=str(path),
        )
    if ending in WAYS_TO_ONNX:
        raise ModelError(
            "{path} is no network in ONNX form, and nothing else is opened, since such files can run programs. "
            "Export it with {tool} where it was made and choose the .onnx file.",
            path=str(path),
            tool=WAYS_TO_ONNX[ending],
        )
    raise ModelError("{path} must be a network in ONNX form (.onnx).", path=str(path))
