"""What a job hands back: where the results lie and what was measured on the way."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any


@dataclass(frozen=True)
class Outcome:
    """The results of one job.

    Args:
        outputs: Path of each file written, by the name of the algorithm's output parameter.
        metrics: Figures and short texts in JSON's terms, by name.
    """

    outputs: dict[str, str] = field(default_factory=dict)
    metrics: dict[str, Any] = field(default_factory=dict)
