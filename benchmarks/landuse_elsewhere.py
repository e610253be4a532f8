"""Holds `landuse-vhr` against woods and water far from where it learnt: boxes drawn by hand, in Massachusetts.

    python -m benchmarks.landuse_elsewhere --data FOLDER [--model FILE]     (FOLDER holds the set `massroads`)

Prints a Markdown table, and brings it into the bundled model's README where no other model is named. None of these
images is learnt from (`recipes/boxes_by_hand.py`); their neighbours are, so that this is elsewhere for Dubai alone.
"""

from __future__ import annotations

import argparse
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from terraloom.engine.network import Network
from terraloom.engine.progress import Silent
from terraloom.engine.requests.card_fields import CardFields

from recipes.boxes_by_hand import JUDGED, whole
from recipes.bundle import percent, put_between_marks
from recipes.images import MEAN, STD
from recipes.landuse_vhr import CLASSES, RECIPE, UNLABELLED
from recipes.set_files import files_of


def main() -> None:
    """Map each image and count what is said within the boxes."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--data", type=Path, required=True, help="folder with massroads/")
    parser.add_argument("--model", type=Path, help="another model; default: the bundled one")
    options = parser.parse_args()
    model = options.model or RECIPE.bundle / "model.onnx"
    network = Network(model, CardFields(), "cpu", "fp32", 0, Silent())
    files_of(options.data / "massroads" / "images", "*.webp")
    counts = np.zeros((len(CLASSES), len(CLASSES)), np.int64)
    for name, boxes in JUDGED.items():
        judged = whole(options.data / "massroads" / "images", name, boxes, CLASSES, UNLABELLED)
        truth, found = judged.labels.numpy(), classes_of(network, judged.image.numpy())
        known = truth != UNLABELLED
        np.add.at(counts, (truth[known], found[known]), 1)
    lines = ["| By hand | Mpx | " + " | ".join(f"mapped as {name}" for name in CLASSES) + " |"]
    lines.append("|---|" + "---:|" * (1 + len(CLASSES)))
    for name, row in zip(CLASSES, counts):
        if row.sum():
            shares = " | ".join(percent(count / row.sum()) for count in row)
            lines.append(f"| {name} | {row.sum() / 1e6:.2f} | {shares} |")
    table = "\n".join(lines) + "\n"
    print(table)
    if not options.model:
        put_between_marks(RECIPE.bundle / "README.md", "elsewhere", table)


def classes_of(network: Network, image: NDArray[np.uint8]) -> NDArray[np.intp]:
    """The most likely class of each pixel of an image `(3, rows, cols)`, all of it at once."""
    rows, columns = image.shape[1:]
    stride = network.card.stride_px
    padded = np.pad((image.astype(np.float32) - MEAN) / STD, ((0, 0), (0, -rows % stride), (0, -columns % stride)))
    return network([padded])[:, :rows, :columns].argmax(0)


if __name__ == "__main__":
    main()
