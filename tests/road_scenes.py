"""Makes scenes of roads, and has them extracted."""

from pathlib import Path

import numpy as np
import pyogrio
import shapely
import toys
from onnx import helper
from scipy.ndimage import distance_transform_edt
from skimage.draw import line as pixels_of_line
from terraloom.engine.jobs import extract_roads
from terraloom.engine.progress import Silent
from terraloom.engine.requests.extract_roads import ExtractRoads, LineShaping, LineTargets
from terraloom.engine.requests.network_run import NetworkRun

BINS = 18
ENDINGS = {"output": "gpkg", "nodes": "gpkg"}


def logits(lines, shape=(200, 200), width=7):
    """What a network would say of straight lines from one (column, row) to another, `(1 + BINS, rows, cols)`."""
    said = np.full((1 + BINS, *shape), -6, np.float32)
    for (x, y), (to_x, to_y) in lines:
        mask = np.zeros(shape, bool)
        mask[pixels_of_line(y, x, to_y, to_x)] = True
        distance = distance_transform_edt(~mask)
        said[0] = np.maximum(said[0], 6 - 12 * distance / width)
        upwards = np.degrees(np.arctan2(y - to_y, to_x - x)) % 180
        said[1 + int((upwards + 90 / BINS) % 180 * BINS / 180)][distance <= width] = 6
    return said


def along_ridges(path):
    """A network of lines whose one band is the logit of a line, which runs along the ridges of that band.

    It says the same of a scene however that is turned: the direction is that of the structure tensor.
    """
    slope = np.array([[-1, 0, 1], [-2, 0, 2], [-1, 0, 1]], np.float32)
    doubled = 2 * np.radians(np.arange(BINS) * 180 / BINS)
    weights = {
        "right": slope[None, None],
        "down": slope.T[None, None].copy(),
        "box": np.full((2, 1, 9, 9), 1 / 81, np.float32),
        "bins": (0.02 * np.stack([np.cos(doubled), 2 * np.sin(doubled)], axis=1)[:, :, None, None]).astype(np.float32),
    }
    nodes = [
        helper.make_node("Conv", ["image", "right"], ["x"], pads=[1] * 4),
        helper.make_node("Conv", ["image", "down"], ["y"], pads=[1] * 4),
        helper.make_node("Mul", ["x", "x"], ["xx"]),
        helper.make_node("Mul", ["y", "y"], ["yy"]),
        helper.make_node("Mul", ["x", "y"], ["xy"]),
        helper.make_node("Sub", ["yy", "xx"], ["cosine"]),
        helper.make_node("Concat", ["cosine", "xy"], ["tensor"], axis=1),
        helper.make_node("Conv", ["tensor", "box"], ["smooth"], pads=[4] * 4, group=2),
        helper.make_node("Conv", ["smooth", "bins"], ["said"]),
        helper.make_node("Concat", ["image", "said"], ["output"], axis=1),
    ]
    rules = {"bins": BINS, "first_deg": -90 / BINS}
    document = toys.card(("b0",), 1 + BINS, radius=5, activation="sigmoid", **{"terraloom:lines": rules})
    return toys.save(path, nodes, weights, 1, document)


def extract(tmp_path, source, model=None, wants=("output",), rules=None, progress=None, **run):
    """Run the job; gives the outputs and the outcome."""
    model = model or toys.bands_as_lines(tmp_path / "m.onnx")
    targets = {name: str(tmp_path / f"{name}.{ENDINGS.get(name, 'tif')}") for name in wants}
    request = ExtractRoads(
        NetworkRun((str(source),), str(model), **run), LineTargets(**targets), LineShaping(**(rules or {}))
    )
    outcome = extract_roads.run(request, progress or Silent())
    return {name: Path(path) for name, path in targets.items()}, outcome


def layer(path):
    """Attributes by name, and shapes."""
    told, _, shapes, columns = pyogrio.raw.read(path, layer=path.stem)
    return dict(zip(told["fields"], columns, strict=True)), shapely.from_wkb(shapes)
