"""Has predictions on toy rasters explained, and reads what was written."""

import csv

import numpy as np
import pyogrio
import rasterio
import shapely
import toys
from listening import Heard
from terraloom.engine.errors import CancelledError
from terraloom.engine.jobs import explain_prediction
from terraloom.engine.progress import Silent
from terraloom.engine.requests.explain_prediction import (
    ExplainPrediction,
    ExplanationTargets,
    Method,
    Place,
    Question,
)
from terraloom.engine.requests.network_run import NetworkRun

EAST, NORTH = 500_000, 5_000_000


class Listening(Heard):
    """Remembers as well how often it was asked whether to stop."""

    def __init__(self, stop_after=None):
        super().__init__()
        self.asked, self.stop_after = 0, stop_after

    def update(self, fraction, mpx_per_s=None):
        assert -1e-9 <= fraction <= 1 + 1e-9
        self.asked += 1
        if self.asked == self.stop_after:
            raise CancelledError()


def point(row, col, pixel=1.0):
    """The middle of a pixel of `toys.raster`."""
    return Place(point=(EAST + (col + 0.5) * pixel, NORTH - (row + 0.5) * pixel), crs=toys.UTM)


def explain(tmp_path, model, *inputs, place=None, question=None, progress=None, further=(), wants=None, **method):
    """Run the job; gives the paths by name and the figures."""
    targets = {"output": "out.tif", "table": "table.csv", "report": "page.html"}
    paths = {name: tmp_path / file for name, file in targets.items() if name in (wants or targets)}
    extent, sar_unit = method.pop("extent", None), method.pop("sar_unit", "")
    request = ExplainPrediction(
        NetworkRun(tuple(map(str, inputs)), str(model), further_inputs=further, extent=extent, device="cpu"),
        ExplanationTargets(**{name: str(path) for name, path in paths.items()}),
        Question(place=place or Place(), **(question or {})),
        Method(**method),
        sar_unit,
    )
    outcome = explain_prediction.run(request, progress or Silent())
    assert outcome.outputs == {name: str(path) for name, path in paths.items()}
    assert sorted(path.name for path in tmp_path.glob(".*")) == []
    return paths, outcome.metrics


def rows(path):
    with open(path, encoding="utf-8") as file:
        return list(csv.DictReader(file))


def bands(path):
    with rasterio.open(path) as dataset:
        return dict(zip(dataset.descriptions, dataset.read(), strict=True)), dataset.transform, dataset.crs


def linear(path, radius=1, names=("red", "nir"), **fields):
    """A regression by one convolution that sees `radius` pixels around; gives its weights too."""
    side = 2 * radius + 1
    weight = np.random.default_rng(1).normal(size=(1, len(names), side, side)).astype(np.float32)
    nodes = [toys.helper.make_node("Conv", ["image", "w"], ["output"], pads=[radius] * 4)]
    document = toys.card(names, 1, radius=radius, task="regression", activation="none", **fields)
    return toys.save(path, nodes, {"w": weight}, len(names), document), weight[0]


def shapes(path, geometries, crs="EPSG:32631"):
    pyogrio.raw.write(
        path,
        geometry=np.array([shapely.to_wkb(each) for each in geometries], object),
        field_data=[np.arange(len(geometries))],
        fields=["number"],
        geometry_type="Unknown",
        crs=crs,
    )
    return Place(layer=str(path))
