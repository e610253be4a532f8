"""Show what is known of a model."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class ModelInfo:
    """What is asked of `modelinfo`.

    Args:
        model: The `.onnx` file.
        report: HTML page for people; empty: none.
        card: The card as JSON; empty: none.
    """

    model: str
    report: str = ""
    card: str = ""

    @property
    def outputs(self) -> tuple[str, ...]:
        """The files it asks for."""
        return tuple(path for path in (self.report, self.card) if path)
