"""Makes series of images of glaciers and floods, and finds the events in them."""

from pathlib import Path

import numpy as np
import pyogrio
import shapely
import toys
from onnx import helper
from terraloom.engine.jobs import detect_events
from terraloom.engine.progress import Silent
from terraloom.engine.requests.detect_events import DetectEvents, EventTargets
from terraloom.engine.requests.network_run import NetworkRun

GLACIER = ("Ice and land", "Sea", "Calving front")
FLOOD = ("Dry", "Flooded")
PIXEL_M = 30.0
ENDINGS = {"polygons": "gpkg", "front": "gpkg"}


def titled(document, titles):
    """A card whose classes are called so."""
    for entry, title in zip(document["properties"]["mlm:output"][0]["classification:classes"], titles, strict=True):
        entry["title"] = title
    return document


def model_of(path, titles=GLACIER, dates=1):
    """A network whose bands are the scores of its classes; of several dates, those of one date are one class's."""
    names = tuple(f"b{n}" for n in range(len(titles) // dates))
    document = titled(toys.card(names, len(titles)), titles)
    if dates > 1:
        document["properties"]["mlm:input"][0]["terraloom:days"] = [10 * number for number in range(dates)]
    return toys.save(path, [helper.make_node("Identity", ["image"], ["output"])], {}, len(titles), document)


def glacier(row, shape=(120, 100), columns=(20, 80), turned=0):
    """Scores of sea above a row, ice below it, and a front between them; turned by quarters against the clock."""
    scores = np.full((3, *shape), -4, np.float32)
    scores[1, :row] = 4
    scores[0, row:] = 4
    scores[2, row - 2 : row + 3, slice(*columns)] = 9
    return np.rot90(scores, turned, (1, 2)).copy()


def flood(*windows, shape=(60, 80)):
    """Scores of a flood in some windows."""
    scores = np.stack([np.full(shape, 3), np.full(shape, -3)]).astype(np.float32)
    for rows, columns in windows:
        scores[:, rows, columns] *= -1
    return scores


def series(tmp_path, *dates, **profile):
    """A raster for each date, a month apart."""
    profile = {"pixel": PIXEL_M, **profile}
    return [
        toys.raster(tmp_path / f"scene_2020-{month:02}-01.tif", values, **profile)
        for month, values in enumerate(dates, start=1)
    ]


def detect(tmp_path, rasters, event, model, wants=("output", "date_raster"), progress=None, more=None, **run):
    """Run the job; gives the outputs and the outcome."""
    targets = {name: str(tmp_path / f"{name}.{ENDINGS.get(name, 'tif')}") for name in wants}
    request = DetectEvents(
        NetworkRun(tuple(map(str, rasters)), str(model), **run), EventTargets(**targets), event, **(more or {})
    )
    outcome = detect_events.run(request, progress or Silent())
    return {name: Path(path) for name, path in targets.items()}, outcome


def layer(path):
    """Attributes by name, and shapes."""
    told, _, shapes, columns = pyogrio.raw.read(path, layer=path.stem)
    return dict(zip(told["fields"], columns, strict=True)), shapely.from_wkb(shapes)
