"""Makes chips on which a network is surer than it is right, and calibrates it on them."""

import numpy as np
import toys
from terraloom.engine.chips.chip_set import MANIFEST, Chip, ChipInput, ChipSet
from terraloom.engine.jobs import calibrate_model
from terraloom.engine.legend import Legend, LegendEntry
from terraloom.engine.progress import Silent
from terraloom.engine.requests.calibrate_model import CalibrateModel

SIDE_PX, CLASSES = 24, 3
TRUE = 2.5
"""How many times too sure of itself the toy network is."""

NAMES = ("Class 0", "Class 1", "Class 2")


def drawn(random, count, classes=CLASSES):
    """Scores of a perfect network, and labels that are drawn as it says."""
    scores = random.normal(0, 1.5, (count, classes))
    said = np.exp(scores) / np.exp(scores).sum(axis=1, keepdims=True)
    return scores, (said.cumsum(axis=1) < random.random((count, 1))).sum(axis=1)


def make_chips(folder, splits, names=NAMES, values=None, days=(), bands=None, sources=("image",), **more):
    """Chips whose bands are the scores of the classes, times `TRUE`: `splits` tells the split of each."""
    random = np.random.default_rng(0)
    values = values or tuple(range(len(names)))
    made = []
    for number, split in enumerate(splits):
        scores, labels = drawn(random, SIDE_PX**2, len(names))
        image = (TRUE * scores.T).reshape(-1, SIDE_PX, SIDE_PX).astype(np.float32)
        labels = np.array(values, np.uint8)[labels].reshape(SIDE_PX, SIDE_PX)
        labels[0] = 255
        image[:, -1] = np.nan
        (folder / "labels").mkdir(parents=True, exist_ok=True)
        toys.raster(folder / "labels" / f"{number}.tif", labels, nodata=255)
        for place, source in enumerate(sources):
            (folder / "images" / source).mkdir(parents=True, exist_ok=True)
            part = image * more.get("shares", (1.0,) * len(sources))[place]
            toys.raster(folder / "images" / source / f"{number}.tif", part, nodata=np.nan)
        counts = {str(value): int((labels == value).sum()) for value in values}
        made.append(Chip(str(number), split, f"block-{number}", counts))
    bands = bands or tuple(f"b{n}" for n in range(len(names) // (len(days) or 1)))
    one = (0.0,) * len(bands), (1.0,) * len(bands), (-9.0,) * len(bands), (9.0,) * len(bands)
    inputs = tuple(ChipInput(source, bands, *one, days=days) for source in sources)
    legend = Legend(tuple(LegendEntry(value, name, "#4477AA") for value, name in zip(values, names)))
    chips = ChipSet(folder, SIDE_PX, more.get("resolution_m"), inputs, legend, tuple(made))
    (folder / MANIFEST).write_text(chips.to_json())
    return str(folder)


def calibrated(tmp_path, model, chips, progress=None):
    request = CalibrateModel(str(model), chips, str(tmp_path / "better.onnx"), str(tmp_path / "report.html"), 1)
    return calibrate_model.run(request, progress or Silent())
