"""A network with dropout and rasters for it; import it only where torch is there.

As a script it writes them into a folder, in the worker's Python.
"""

import sys
from pathlib import Path

import conftest  # noqa: F401 - it makes `terraloom` known
import numpy as np
import torch
import toys
from terraloom.engine.cards.card_in_file import copy_with_card
from terraloom.engine.legend import Legend, LegendEntry
from terraloom.engine.library.card import SEGMENTATION
from terraloom.engine.library.card_writing import InputFacts, NetworkFacts, card_for
from terraloom.models.build import build
from terraloom.models.export import export_onnx
from terraloom.models.spec import InputSpec, NetworkSpec, PartSpec

BANDS, DAYS, CLASSES = 2, (0, 10, 30), 3


def series_network(folder, dropout, name="series"):
    """A network of pixels' series in torch, and its file."""
    torch.manual_seed(0)
    encoder = PartSpec("pixel_series", {"method": "attention", "width": 32, "dropout": dropout})
    head = PartSpec("segmentation", {"classes": CLASSES})
    spec = NetworkSpec((InputSpec(BANDS, "series", DAYS),), encoder, (), head)
    network = build(spec).eval()
    with torch.no_grad():
        for parameter in network.head.parameters():
            parameter *= 4  # so that it is sure of something
    path = folder / f"{name}.onnx"
    export_onnx(network, path)
    facts = NetworkFacts(spec.to_dict(), network.stride, network.receptive_radius_px)
    reads = InputFacts("series", ("a", "b"), (0.0,) * BANDS, (1.0,) * BANDS, days=DAYS)
    legend = Legend(tuple(LegendEntry(value, f"Class {value}", "#4477AA") for value in range(CLASSES)))
    copy_with_card(path, card_for(name, SEGMENTATION, (reads,), facts, legend), path)
    return network, path


def series(path, rows=40, columns=50, seed=1):
    """A raster with the bands of all dates."""
    values = np.random.default_rng(seed).normal(size=(BANDS * len(DAYS), rows, columns)).astype(np.float32)
    return values, toys.raster(path, values)


def main(folder):
    """Write a network and an image."""
    series_network(folder, 0.5)
    series(folder / "series.tif")


if __name__ == "__main__":
    main(Path(sys.argv[1]))
