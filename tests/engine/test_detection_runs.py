"""Detectors find the objects of an image that are asked for, each once, whatever the run is cut into."""

import time
from dataclasses import replace

import numpy as np
import pyogrio
import pytest
import shapely
import toys
from foreign_detectors import CELL_PX, detector, finder
from listening import Heard
from maps import apply
from terraloom.engine.detection import detection_map
from terraloom.engine.detection.detection_map import make_detections
from terraloom.engine.errors import ModelError
from terraloom.engine.jobs import apply_model
from terraloom.engine.library.card import DETECTION
from terraloom.engine.prediction import read_tile
from terraloom.engine.progress import Silent
from terraloom.engine.requests.apply_model import ApplyModel
from terraloom.engine.requests.card_fields import CardFields
from terraloom.engine.requests.class_map import ClassTargets
from terraloom.engine.requests.network_run import Extent, NetworkRun
from terraloom.engine.results.workspace import Workspace
from terraloom.engine.scene import Scene

RED = np.reshape([255, 200, 200], (3, 1, 1))


def cells(path, rows, columns, corners, **form):
    """An image with bright cells of 8 px at some (row, column)."""
    values = np.full((3, rows, columns), 20, np.uint8)
    for row, column in corners:
        values[:, row : row + CELL_PX, column : column + CELL_PX] = RED
    return toys.raster(path, values, **{"pixel": 0.5, **form})


def bounds_of(path):
    """Bounds of the objects in a file, `(n, 4)`."""
    _, _, geometry, _ = pyogrio.raw.read(path, layer=path.stem)
    return shapely.bounds(shapely.from_wkb(geometry))


@pytest.mark.parametrize("block_tiles", [1, 50])
def test_no_object_is_lost_however_many_tiles_memory_has_room_for(tmp_path, block_tiles):
    lefts = range(16, 384, 24)
    source = cells(tmp_path / "in.tif", 64, 400, [(24, left) for left in lefts])
    run = NetworkRun((str(source),), str(detector(tmp_path / "m.onnx", "YOLO_Ultralytics")))
    target = tmp_path / "found.gpkg"
    with Workspace((str(target),)) as workspace, Scene(run, (DETECTION,), Silent()) as scene:
        scene.plan = replace(scene.plan, block_tiles=block_tiles)
        make_detections(scene, str(target), workspace, Silent())
        workspace.publish()
    found = (bounds_of(target)[:, 0] - 500_000) / 0.5
    assert sorted(found.round().astype(int).tolist()) == list(lefts)


def test_no_seams_are_told_of_where_nothing_is_joined(tmp_path):
    source, heard = cells(tmp_path / "in.tif", 64, 100, [(24, 16)]), Heard()
    apply(tmp_path, detector(tmp_path / "m.onnx", "YOLO_Ultralytics"), source, wants=("polygons",), progress=heard)
    assert "times the image (no seams)" in heard.text


def test_a_map_that_nobody_asked_for_is_left_out(tmp_path):
    source, heard = cells(tmp_path / "in.tif", 64, 100, [(24, 16)]), Heard()
    run = NetworkRun((str(source),), str(detector(tmp_path / "m.onnx", "YOLO_Ultralytics")))
    targets = ClassTargets(output=str(tmp_path / "map.tif"), polygons=str(tmp_path / "found.gpkg"))
    with pytest.raises(ModelError, match="gives POLYGONS only"):
        apply_model.run(ApplyModel(run, targets), Silent())
    outcome = apply_model.run(ApplyModel(run, targets, spare=("output",)), heard)
    assert outcome.outputs == {"polygons": targets.polygons}
    assert "A detector makes no map" in heard.text and not (tmp_path / "map.tif").exists()
    with pytest.raises(ModelError, match="gives POLYGONS only"):
        apply_model.run(ApplyModel(run, ClassTargets(output=targets.output), spare=("output",)), Silent())


def test_of_what_is_made_for_figures_alone_a_model_gives_what_it_can(tmp_path):
    """Which task a file is for is known here only."""
    source = cells(tmp_path / "in.tif", 64, 100, [(24, 16)])
    regression = toys.identity(tmp_path / "r.onnx", 3)
    for network, made in ((detector(tmp_path / "m.onnx", "YOLO_Ultralytics"), "areas"), (regression, "output")):
        targets = ClassTargets(output=str(tmp_path / "map.tif"), areas=str(tmp_path / "table.gpkg"))
        asked = ApplyModel(NetworkRun((str(source),), str(network)), targets, spare=("areas", "output"))
        assert list(apply_model.run(asked, Silent()).outputs) == [made]


@pytest.mark.parametrize("wants", [("areas",), ("polygons", "areas")])
def test_a_detector_counts_its_objects_by_class(tmp_path, wants):
    source, heard = cells(tmp_path / "in.tif", 64, 100, [(24, 16), (40, 48)]), Heard()
    made = apply(tmp_path, detector(tmp_path / "m.onnx", "YOLO_Ultralytics"), source, wants=wants, progress=heard)
    _, _, _, (names, counts) = pyogrio.raw.read(made["areas"], layer="areas", columns=["name", "objects"])
    assert dict(zip(names, counts)) == {"red": 2, "blue": 0}
    assert "red: 2 objects" in heard.text and "blue:" not in heard.text


def test_nothing_is_read_any_more_once_a_detector_has_failed(tmp_path, monkeypatch):
    source = cells(tmp_path / "in.tif", 64, 400, [(24, 16)])
    run = NetworkRun((str(source),), str(detector(tmp_path / "m.onnx", "YOLO_Ultralytics")))
    begun, ended = [], []

    def slowly(scene, tile):
        begun.append(tile)
        time.sleep(0.1)
        ended.append(tile)
        return read_tile(scene, tile)

    def fail(tiles, *_):
        next(iter(tiles))
        raise ModelError("The network gives nonsense.")

    monkeypatch.setattr(detection_map, "read_tile", slowly)
    monkeypatch.setattr(detection_map, "collect", fail)
    target = str(tmp_path / "found.gpkg")
    with Workspace((target,)) as workspace, Scene(run, (DETECTION,), Silent()) as scene:
        with pytest.raises(ModelError, match="nonsense") as failure:  # which holds on to what was under way
            make_detections(scene, target, workspace, Silent())
        assert failure and begun and begun == ended


@pytest.mark.parametrize("pixel_m", [0.5, 0.25])
@pytest.mark.parametrize("by", ["mask", "nodata"])
def test_objects_are_those_of_the_mask_and_the_data_on_the_models_grid_or_another(tmp_path, pixel_m, by):
    """Two rows of two objects, of which the right one of each row is left out; the model's pixels have 0.5 m."""
    finer = round(0.5 / pixel_m)
    values = np.full((3, 64, 64), 20, np.uint8)
    for row, column in ((8, 8), (8, 40), (40, 8), (40, 40)):
        values[:, row : row + CELL_PX, column : column + CELL_PX] = RED
    if by == "nodata":
        values[:, 11:13, 43:45] = values[:, 43:45, 43:45] = 0  # the middle alone, so that the object is still seen
    values = values.repeat(finer, axis=1).repeat(finer, axis=2)
    source = toys.raster(tmp_path / "in.tif", values, pixel=pixel_m, nodata=0)
    run = {}
    if by == "mask":
        left = shapely.to_wkb(np.array([shapely.box(500_000, 4_999_968, 500_016, 5_000_000)]))
        where = {"geometry_type": "Polygon", "crs": toys.UTM}
        pyogrio.raw.write(tmp_path / "mask.gpkg", left, [np.array([1])], ["a"], **where)
        run["mask"] = str(tmp_path / "mask.gpkg")
    model = detector(tmp_path / "m.onnx", "YOLO_Ultralytics")
    found = bounds_of(apply(tmp_path, model, source, wants=("polygons",), **run)["polygons"])
    assert [(left - 500_000, top - 5_000_000) for left, _, _, top in found.round(3)] == [(4, -4), (4, -20)]


@pytest.mark.parametrize("pixel_m", [0.5, 0.25])
def test_extents_side_by_side_have_each_object_whole_and_once(tmp_path, pixel_m):
    """The border runs through the first two objects, left and right of their middles, and in the middle of the last."""
    lefts, border = (90, 94, 92), 96  # in pixels of 0.5 m, as the model has them
    values = np.full((3, 64, 200), 20, np.uint8)
    for row, left in zip((8, 24, 40), lefts):
        values[:, row + CELL_PX // 2, left + CELL_PX // 2] = 255
    finer = round(0.5 / pixel_m)
    source = toys.raster(tmp_path / "in.tif", values.repeat(finer, axis=1).repeat(finer, axis=2), pixel=pixel_m)
    model = finder(tmp_path / "m.onnx")
    found = []
    for number, (left, right) in enumerate(((40, border), (border, 160))):
        extent = Extent(500_000 + left / 2, 4_999_968, 500_000 + right / 2, 5_000_000, toys.UTM)
        (tmp_path / str(number)).mkdir()
        made = apply(tmp_path / str(number), model, source, wants=("polygons",), extent=extent)
        bounds = (bounds_of(made["polygons"]) - [500_000, 5_000_000] * 2) / 0.5
        found.append(sorted((left, right) for left, _, right, _ in bounds.round(3)))
    assert found == [[(90, 98)], [(92, 100), (94, 102)]]


@pytest.mark.parametrize(("head", "width"), [("", 8), ("objects", 8), ("wide", 16)])
def test_the_output_of_a_detector_that_is_asked_for_is_used(tmp_path, head, width):
    values = np.full((3, 64, 64), 20, np.uint8)
    values[:, 30, 30] = 255
    source = toys.raster(tmp_path / "in.tif", values, pixel=0.5)
    made = apply(tmp_path, finder(tmp_path / "m.onnx"), source, wants=("polygons",), card=CardFields(head=head))
    ((left, _, right, _),) = bounds_of(made["polygons"]).round(3)
    assert (right - left) / 0.5 == width
