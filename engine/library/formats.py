"""Says which model files are taken: networks in ONNX form. Nothing else is opened, let alone run or unpickled."""

from __future__ import annotations

from pathlib import Path

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

ESRI = (".emd", ".dlpk")


def check_format(path: Path) -> None:
    """Refuse files that hold no network in ONNX form.

    Raises:
        ModelError: It says what makes one of it.
    """
    ending = path.suffix.lower()
    if ending == ONNX:
        return
    if ending in ESRI:
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
