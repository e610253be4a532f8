"""Turns the errors of networks into the engine's, which QGIS can word."""

from __future__ import annotations

from ...models.errors import ModelError as PartError
from ..errors import ModelError


class network_errors:
    """Within this, what a network says of itself is said to the user."""

    def __enter__(self) -> None:
        """Nothing to prepare."""

    def __exit__(self, _: object, error: BaseException | None, __: object) -> None:
        """Turn the error."""
        if isinstance(error, PartError):
            raise ModelError(error.template, **{name: _plain(value) for name, value in error.values.items()}) from error


def _plain(value: object) -> str | int | float:
    return value if isinstance(value, (int, float)) else str(value)
