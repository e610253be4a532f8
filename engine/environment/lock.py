"""Reads the locked requirements: the exact version of each package of a tier."""

from __future__ import annotations

import hashlib
from pathlib import Path

TIERS = ("run", "learn")
"""From the smaller to the larger; each holds those before it."""

FOLDER = Path(__file__).resolve().parent / "requirements"


def requirements_file(tier: str) -> Path:
    """The file that pip installs a tier from."""
    return FOLDER / f"{tier}.txt"


def digest(tier: str) -> str:
    """A short mark that changes when any locked requirement of the tier does."""
    held = TIERS[: TIERS.index(tier) + 1]
    texts = [requirements_file(name).read_text("utf-8") for name in held]
    return hashlib.sha256("\n".join(texts).encode()).hexdigest()[:16]
