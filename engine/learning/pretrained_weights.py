"""Writes the weights that an encoder has learnt to a file, with what they were learnt from, and reads them again.

The file is of safetensors: tensors by the names that they have in the whole network, and our facts as JSON in its
metadata.
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import asdict
from pathlib import Path
from typing import Any

import safetensors.torch
from safetensors import SafetensorError, safe_open
from torch import Tensor

from ..chips.chip_set import ChipInput
from ..foreign.network_file import load
from ..progress import Progress
from ..requests.pretrain_encoder import ENDING
from .torch_network import readable_card

Units = tuple[tuple[tuple[float, float], ...], ...]

FACTS = "terraloom"
"""Name of our entry in the metadata."""

SHIFTED = 3.0
"""Means that lie further apart, in standard deviations of what was learnt from, tell of another unit."""

STRETCHED = 5.0
"""So do standard deviations whose ratio is larger."""


def write_weights(path: Path, weights: Mapping[str, Tensor], facts: Mapping[str, Any]) -> None:
    """Write weights with what is known of them."""
    tensors = {name: value.detach().cpu().contiguous() for name, value in weights.items()}
    safetensors.torch.save_file(tensors, str(path), {FACTS: json.dumps(facts, ensure_ascii=False)})


def read_weights(path: Path) -> Mapping[str, Tensor]:
    """The weights in a file by name.

    Raises:
        ValueError: It is no file of safetensors.
    """
    try:
        return safetensors.torch.load_file(str(path))
    except SafetensorError as error:
        raise ValueError(str(error)) from error


def units_of(path: Path) -> Units:
    """Mean and standard deviation of each band of each input that weights were learnt from.

    Args:
        path: A pre-trained encoder (`.safetensors`) or a model (`.onnx`); nothing is known of other files, nor of those
            that do not tell.

    Raises:
        ModelError: It is no model.
    """
    if path.suffix.lower() == ".onnx":
        card = readable_card(load(path))
        return tuple(tuple((band.mean, band.std) for band in each.bands) for each in card.inputs) if card else ()
    if path.suffix.lower() != ENDING:
        return ()
    try:
        return tuple(tuple(zip(each["mean"], each["std"])) for each in facts_of(path).get("inputs", ()))
    except (KeyError, TypeError):
        return ()


def facts_of(path: Path) -> Mapping[str, Any]:
    """What is known of the weights in a file of safetensors; nothing where it does not tell."""
    try:
        with safe_open(str(path), "pt") as file:
            facts = json.loads((file.metadata() or {}).get(FACTS, "{}"))
    except (OSError, SafetensorError, ValueError, RecursionError):
        return {}  # whoever takes the weights tells of files that cannot be read
    return facts if isinstance(facts, dict) else {}


def documents_of(inputs: Sequence[ChipInput]) -> list[dict[str, Any]]:
    """Inputs in JSON's terms, for the facts; `units_of` reads them."""
    return [asdict(each) for each in inputs]


def warn_of_other_units(path: Path | None, chips: Sequence[ChipInput], progress: Progress) -> None:
    """Warn where training chips hold values that are nothing like those that INITIAL was learnt from.

    Args:
        path: INITIAL; `None`: there is none.
        chips: The inputs of the chips, in their order.
        progress: Is told.
    """
    for learnt, here in zip(units_of(path) if path else (), chips):
        for band, (mean, std), own_mean, own_std in zip(here.bands, learnt, here.mean, here.std):
            ratio = max(own_std, 1e-12) / max(std, 1e-12)
            if abs(own_mean - mean) > SHIFTED * std or not 1 / STRETCHED < ratio < STRETCHED:
                progress.warn(
                    "Band {band} of the chips' input {input} is {own_mean:.6g} on average (standard deviation "
                    "{own_std:.6g}); INITIAL was pre-trained on {mean:.6g} ({std:.6g}). Check that both are of one "
                    "unit and that the bands have the same order.",
                    band=band,
                    input=here.name,
                    own_mean=own_mean,
                    own_std=own_std,
                    mean=mean,
                    std=std,
                )
                break
