"""Reads the locked requirements: the exact version of each package of a tier and of extras."""

from __future__ import annotations

import hashlib
import re
import sys
from collections.abc import Collection
from pathlib import Path

TIERS = ("run", "learn")
"""From the smaller to the larger; each holds those before it."""

DISK_GB = {"run": 1, "learn": 10 if sys.platform == "linux" else 3}
"""Free disk that an installation of each tier takes, downloads included: on Linux, the torch of PyPI is built for
graphics cards, and brings along 2.7 GB of libraries to be fetched and unpacked."""

EXTRAS = ("openvino",)
"""What may be had beside any tier."""

FOLDER = Path(__file__).resolve().parent / "requirements"


def requirements_file(name: str) -> Path:
    """The file that pip installs a tier or an extra from."""
    return FOLDER / f"{name}.txt"


def versions(tier: str, extras: Collection[str] = ()) -> dict[str, str]:
    """Locked version of each package of a tier and of extras, those of one platform only left out."""
    return dict(re.findall(r"^([\w.-]+)==([\w.]+)$", _text(tier, extras), re.MULTILINE))


def digest(tier: str, extras: Collection[str] = ()) -> str:
    """A short mark that changes when any locked requirement of the tier or of the extras does."""
    return hashlib.sha256(_text(tier, extras).encode()).hexdigest()[:16]


def covers(held: str, wanted: str) -> bool:
    """Whether an environment of tier `held` has all of tier `wanted`."""
    return TIERS.index(wanted) <= TIERS.index(held)


def _text(tier: str, extras: Collection[str]) -> str:
    names = [name for name in TIERS if covers(tier, name)] + [name for name in EXTRAS if name in extras]
    return "\n".join(requirements_file(name).read_text("utf-8") for name in names)
