"""Show what is known of a model."""

from __future__ import annotations

from dataclasses import dataclass

from .card_fields import CardFields


@dataclass(frozen=True)
class ModelInfo:
    """What is asked of `modelinfo`.

    Args:
        model: The `.onnx` file.
        report: HTML page for people; empty: none.
        card: The card as JSON; empty: none.
        says: What the user says of a model that says nothing itself.
    """

    model: str
    report: str = ""
    card: str = ""
    says: CardFields = CardFields()

    @property
    def outputs(self) -> tuple[str, ...]:
        """The files it asks for."""
        return tuple(path for path in (self.report, self.card) if path)
