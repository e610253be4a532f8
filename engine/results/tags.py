"""Tags by which a result tells how it was made: a raster by its own, a layer by its metadata where it can have any."""

from __future__ import annotations

import json
from dataclasses import asdict
from typing import Any

from .. import VERSION
from ..images.urls import without_secrets

MODEL, SHA256, PROVIDER, PARAMETERS, CARD = (
    f"TERRALOOM_{name}" for name in ("MODEL", "MODEL_SHA256", "PROVIDER", "PARAMETERS", "CARD")
)
EXPLAINED_CLASS = "TERRALOOM_EXPLAINED"
"""Of attributions: the class that they speak for or against."""

FEATURES = "TERRALOOM_FEATURES"
"""Of attributions whose pixels all hold what their window, block or superpixel adds: JSON of values of the total, and
how much a pixel of each counts, so that each feature counts once."""


def tags_of(request: Any, **resolved: Any) -> dict[str, str]:
    """Tags of whatever is made for a request.

    Args:
        request: All that was asked for, a dataclass.
        resolved: What became of what was left open, for `PARAMETERS` to hold beside it: JSON, without what lets whoever
            reads it in.
    """
    parameters = {**asdict(request), **resolved}
    return {"TIFFTAG_SOFTWARE": f"Terraloom {VERSION}", PARAMETERS: without_secrets(json.dumps(parameters))}
