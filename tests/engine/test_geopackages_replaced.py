"""A GeoPackage is replaced by a result of its name only where it holds no more than one layer."""

import sqlite3
from contextlib import closing

import numpy as np
import pyogrio
import pytest
import shapely
from terraloom.engine.errors import OutputError
from terraloom.engine.results.refusals import refuse_losing_layers
from terraloom.engine.results.vectors import keep_style, write_table
from terraloom.engine.results.workspace import Workspace

WKB = shapely.to_wkb(np.array([shapely.box(0, 0, 1, 1)], object))


def test_an_earlier_result_with_its_style_is_replaced(tmp_path):
    path = tmp_path / "roads.gpkg"
    write_table(path, {"class": np.array([1])}, WKB, None)
    keep_style(path, "<qgis/>")
    assert len(pyogrio.list_layers(path)) == 2
    refuse_losing_layers(path)
    Workspace([str(path)])


def test_a_file_of_several_layers_is_refused(tmp_path):
    path = tmp_path / "mine %.gpkg"
    for name in ("fields", "houses"):
        fields = {"fields": ["class"], "field_data": [np.array([1])]}
        pyogrio.raw.write(path, WKB, **fields, layer=name, geometry_type="Polygon", append=path.exists())
    with pytest.raises(
        OutputError,
        match="GeoPackage that holds 2 layers, tables or projects, and the result would replace all of them",
    ):
        Workspace([str(path)])
    assert len(pyogrio.list_layers(path)) == 2


def test_a_layer_beside_a_project_is_not_replaced(tmp_path):
    path = tmp_path / "mine.gpkg"
    write_table(path, {"class": np.array([1])}, WKB, None)
    with closing(sqlite3.connect(path)) as tables:
        tables.execute("CREATE TABLE qgis_projects (name TEXT PRIMARY KEY, metadata BLOB, content BLOB)")
    with pytest.raises(OutputError, match="holds 2 layers, tables or projects"):
        refuse_losing_layers(path)


@pytest.mark.parametrize("content", [b"", b"half a GeoPackage"])
def test_what_is_left_of_a_file_is_replaced(tmp_path, content):
    path = tmp_path / "roads.gpkg"
    path.write_bytes(content)
    refuse_losing_layers(path)
