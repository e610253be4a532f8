"""Reads the locked requirements: the exact version of each package of a tier."""

from __future__ import annotations

import hashlib
import re
from pathlib import Path

TIERS = ("run", "learn")
"""From the smaller to the larger; each holds those before it."""

FOLDER = Path(__file__).resolve().parent / "requirements"


def requirements_file(tier: str) -> Path:
    """The file that pip installs a tier from."""
    return FOLDER / f"{tier}.txt"


def versions(tier: str) -> dict[str, str]:
    """Locked version of each package of a tier, those of one platform only left out."""
    return dict(re.findall(r"^([\w.-]+)==([\w.]+)$", _text(tier), re.MULTILINE))


def digest(tier: str) -> str:
    """A short mark that changes when any locked requirement of the tier does."""
    return hashlib.sha256(_text(tier).encode()).hexdigest()[:16]


def covers(held: str, wanted: str) -> bool:
    """Whether an environment of tier `held` has all of tier `wanted`."""
    return TIERS.index(wanted) <= TIERS.index(held)


def _text(tier: str) -> str:
    return "\n".join(requirements_file(name).read_text("utf-8") for name in TIERS if covers(tier, name))
