"""Says what lies at an address as anyone may see it."""

from __future__ import annotations

from pathlib import Path

from ..requests.secrets_in_texts import without_secrets

__all__ = ["file_name", "without_secrets"]


def file_name(path: str) -> str:
    """What a file is called, or what lies at an address, as anyone may see it."""
    return Path(without_secrets(path)).name
