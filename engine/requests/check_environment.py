"""Check what the worker's environment can do."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class CheckEnvironment:
    """What is asked of the worker by `checkenvironment`: nothing but to look at itself."""

    @property
    def outputs(self) -> tuple[str, ...]:
        """The files it asks for."""
        return ()
