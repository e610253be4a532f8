"""Names of the tags by which a raster tells how it was made."""

from __future__ import annotations

import json
from dataclasses import asdict
from typing import Any

from ..images.urls import without_secrets

MODEL, SHA256, PROVIDER, PARAMETERS, CARD = (
    f"TERRALOOM_{name}" for name in ("MODEL", "MODEL_SHA256", "PROVIDER", "PARAMETERS", "CARD")
)
EXPLAINED_CLASS = "TERRALOOM_EXPLAINED"
"""Of attributions: the class that they speak for or against."""

FEATURES = "TERRALOOM_FEATURES"
"""Of attributions whose pixels all hold what their window, block or superpixel adds: JSON of values of the total, and
how much a pixel of each counts, so that each feature counts once."""


def told_of(request: Any) -> str:
    """A request as `PARAMETERS` holds it: JSON, without what lets whoever reads it in."""
    return without_secrets(json.dumps(asdict(request)))
