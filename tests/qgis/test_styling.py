"""Result layers, in an order in which none hides another."""

from pathlib import Path

import pytest
from osgeo import ogr
from qgis.core import QgsProject
from terraloom.engine.library import installed
from terraloom.engine.outcome import Outcome
from terraloom.engine.worker import pool

BUNDLED = Path(__file__).resolve().parents[2] / "models" / "bundled"
OURS = """<!DOCTYPE qgis PUBLIC 'http://mrcc.com/qgis.dtd' 'SYSTEM'>
<qgis version="3.22"><pipe><rasterrenderer type="multibandcolor" redBand="1" opacity="1" alphaBand="-1"/></pipe></qgis>
"""


@pytest.fixture(autouse=True)
def worker(home, make_raster, make_polygons, monkeypatch):
    """Stands in for the worker of the bundled models: makes each file that is wanted."""

    def run(python, task, request, progress, is_cancelled):
        for path in request.targets.made.values():
            if path.endswith(".tif"):
                make_raster(path, bands=1)
                Path(path).with_suffix(".qml").write_text(OURS)
            elif path.endswith(".gpkg"):
                make_polygons(path)
                ogr.Open(path, 1).ExecuteSQL("ALTER TABLE square ADD COLUMN confidence REAL DEFAULT 0.5")
        return Outcome(request.targets.made, {})

    monkeypatch.setattr(installed, "BUNDLED", BUNDLED)
    monkeypatch.setattr(pool, "run_task", run)


def shown():
    """Names of the layers, from above."""
    return [node.layer().name() for node in QgsProject.instance().layerTreeRoot().findLayers()]


@pytest.mark.parametrize("files", ["abc", "cba"])
def test_points_lie_above_lines(algorithm, load_results, make_raster, tmp_path, files):
    lines, points, raster = (str(tmp_path / f"{file}.{kind}") for file, kind in zip(files, ("gpkg", "gpkg", "tif")))
    results = {"OUTPUT": lines, "NODES": points, "PROBABILITY": raster}
    load_results(algorithm("extractroads"), {"INPUT": make_raster(), **results})
    assert shown() == ["Nodes: image", "Centrelines: image", "Probability of roads: image"]


def test_lines_lie_above_areas(algorithm, load_results, make_raster, tmp_path):
    series = [make_raster(f"scene_2020-0{month}-01.tif") for month in (1, 2)]
    results = {name: str(tmp_path / f"{name}.gpkg") for name in ("POLYGONS", "FRONT")}
    given = {"SERIES": series, "EVENT": "glacierfront"}
    load_results(algorithm("detectevents"), {**given, **results, "OUTPUT": str(tmp_path / "map.tif")})
    assert [name.split(":")[0] for name in shown()] == ["Glacier fronts", "Event areas", "Event map"]
