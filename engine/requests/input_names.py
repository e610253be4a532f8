"""Tells what the inputs of a network may be called: the same for training chips as for networks that are composed."""

from __future__ import annotations

import re

from ..library.rules import GRAPH_INPUTS

TAKEN = (*GRAPH_INPUTS, "logits")
"""Names in the network's file that mean something else."""


def can_name_an_input(name: str) -> bool:
    """Whether a name begins with a letter, holds letters, digits and _ only, and is none of those taken."""
    return bool(re.fullmatch(r"[A-Za-z][A-Za-z0-9_]*", name)) and name not in TAKEN
