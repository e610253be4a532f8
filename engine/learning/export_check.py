"""Makes sure that an exported file says what the network says, before anybody relies on it."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import onnxruntime

from ...models.build import Network
from ...models.export import OUTPUT_NAME, input_names
from ..errors import ModelError
from ..progress import Progress
from .chip_store import ChipStore
from .evaluation import Check, outputs

USUAL, MOST = 1e-5, 1e-4
"""Differences on real chips, of outputs beyond 1 as a share of the largest: what sums in another order bring at most
(2e-6 after short trainings of all presets and encoders, by hand), and what cannot be rounding any more."""


def check_export(network: Network, store: ChipStore, path: Path, check: Check, progress: Progress) -> None:
    """Run the file on the first chips and hold it against the network.

    A difference beyond `USUAL` is warned of: a long training is thrown away only for what is wrong.

    Raises:
        ModelError: They differ by more than `MOST`, or the network says no finite numbers.
    """
    session = onnxruntime.InferenceSession(str(path), providers=["CPUExecutionProvider"])
    said = next(outputs(network, store, check))
    feed = {name: value.numpy() for name, value in zip(input_names(network), said.inputs, strict=True)}
    (found,) = session.run([OUTPUT_NAME], feed)
    expected = said.output.numpy()
    if not np.isfinite(expected).all():
        raise ModelError(
            "The network has gone astray: what it says of the chips is no finite number. Lower the learning rate, and "
            "look for NaN and undeclared nodata in the images."
        )
    difference = float(np.abs(found - expected).max() / max(1.0, np.abs(expected).max()))
    if not difference <= MOST:
        raise ModelError(
            "The exported model differs from the network by {difference:.2g}, more than {most:g}. Nothing was written. "
            "Please report this, with the spec of the network.",
            difference=difference,
            most=MOST,
        )
    if difference > USUAL:
        progress.warn(
            "The exported model differs from the network by {difference:.2g}, more than the usual {usual:g}.",
            difference=difference,
            usual=USUAL,
        )
