"""Makes sure that an exported file says what the network says, before anybody relies on it."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import onnxruntime

from ...models.build import Network
from ...models.export import OUTPUT_NAME, input_names
from ..errors import ModelError
from .chip_store import ChipStore
from .evaluation import Check, outputs

TOLERANCE = 1e-5
"""Largest difference on real chips, of outputs beyond 1 as a share of the largest: 32-bit sums in another order."""


def check_export(network: Network, store: ChipStore, path: Path, check: Check) -> None:
    """Run the file on the first chips and hold it against the network.

    Raises:
        ModelError: They differ.
    """
    session = onnxruntime.InferenceSession(str(path), providers=["CPUExecutionProvider"])
    said = next(outputs(network, store, check))
    feed = {name: value.numpy() for name, value in zip(input_names(network), said.inputs, strict=True)}
    (found,) = session.run([OUTPUT_NAME], feed)
    expected = said.output.numpy()
    difference = float(np.abs(found - expected).max() / max(1.0, np.abs(expected).max()))
    if not difference <= TOLERANCE:
        raise ModelError(
            "The exported model differs from the network by {difference:.2g}, more than {most:g}. Nothing was written. "
            "Please report this, with the spec of the network.",
            difference=difference,
            most=TOLERANCE,
        )
