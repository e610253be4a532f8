"""Makes maps of uncertainty of toy networks, and references for them."""

import json

import numpy as np
import pyogrio
import rasterio
import shapely
import toys
from terraloom.engine.errors import CancelledError
from terraloom.engine.jobs import estimate_uncertainty
from terraloom.engine.progress import Silent
from terraloom.engine.requests.documents import from_document, to_document
from terraloom.engine.requests.estimate_uncertainty import EstimateUncertainty, Truth, UncertaintyTargets
from terraloom.engine.requests.network_run import NetworkRun


def estimate(tmp_path, model, source, progress=None, wants=("output",), name="u", truth=None, **given):
    """Run the job; the request goes through JSON as it does on its way to the worker.

    `source`: the image; or, as a tuple, the files of the first input.
    """
    own = {key: given.pop(key) for key in ("method", "further_models", "samples", "seed", "sar_unit") if key in given}
    endings = {"output": "tif", "report": "html"}
    targets = {want: str(tmp_path / f"{name}.{endings[want]}") for want in wants}
    run = NetworkRun(source if isinstance(source, tuple) else (str(source),), str(model), **given)
    asked = EstimateUncertainty(run, UncertaintyTargets(**targets), truth=truth or Truth(), **own)
    asked = from_document(EstimateUncertainty, json.loads(json.dumps(to_document(asked))))
    outcome = estimate_uncertainty.run(asked, progress or Silent())
    assert outcome.outputs == targets
    return outcome


def bands_of(path):
    """The bands of a raster by name."""
    with rasterio.open(path) as dataset:
        return dict(zip(dataset.descriptions, dataset.read()))


def scores_of(*pixels):
    """Scores whose softmax gives these probabilities, one row of pixels, `(classes, 1, pixels)`."""
    return np.log(np.array(pixels, np.float32)).T[:, np.newaxis]


def truth_polygons(path, boxes, names):
    """Polygons in columns and rows of the toy rasters, each with its class."""
    shapes = [shapely.box(500_000 + a, 5_000_000 - d, 500_000 + c, 5_000_000 - b) for a, b, c, d in boxes]
    pyogrio.raw.write(
        path,
        geometry=np.array([shape.wkb for shape in shapes], object),
        field_data=[np.array(names, object)],
        fields=["kind"],
        geometry_type="Polygon",
        crs=toys.UTM,
    )
    return Truth(str(path), class_field="kind")


class Stopping(Silent):
    """Progress of a user who stops the run when it has come so far."""

    def __init__(self, fraction):
        self.fraction = fraction

    def update(self, fraction, mpx_per_s=None):
        if fraction >= self.fraction:
            raise CancelledError
