"""Calibrate a model: probabilities that mean what they say, on training chips that it has not learnt from."""

from __future__ import annotations

from dataclasses import dataclass

from ..errors import InputError


@dataclass(frozen=True)
class CalibrateModel:
    """What is asked of `calibratemodel`.

    Args:
        model: The `.onnx` file.
        chips: Folder of training chips with their `chips.json`.
        output: The model with its temperature; empty: none.
        report: The page to write; empty: none.
        threads: Threads of the network; 0: all cores.
    """

    model: str
    chips: str
    output: str = ""
    report: str = ""
    threads: int = 0

    def __post_init__(self) -> None:
        if not self.outputs:
            raise InputError("No result is asked for. Choose OUTPUT, REPORT or both.")

    @property
    def outputs(self) -> tuple[str, ...]:
        """The files it asks for."""
        return tuple(path for path in (self.output, self.report) if path)
