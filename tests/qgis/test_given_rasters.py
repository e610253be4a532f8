"""Rasters are given by folders, and by whatever GDAL opens; what cannot be taken is refused with advice."""

import zipfile

import pytest
from osgeo import gdal
from qgis.core import QgsCoordinateReferenceSystem
from terraloom.engine.errors import InputError
from terraloom.processing_provider.folders import with_folders_opened
from terraloom.processing_provider.gdal_names import absolute
from terraloom.processing_provider.layers import raster_file

# Folders


@pytest.mark.parametrize(
    ("name", "metadata", "words"),
    [
        ("S2A_MSIL2A_20230301T102021.SAFE", None, "Open MTD_MSI"),
        ("product", "MTD_MSIL2A.xml", r"Open MTD_MSIL2A\.xml in QGIS"),
        ("product", "manifest.safe", r"Open manifest\.safe in QGIS"),
    ],
)
def test_a_product_of_sentinel_is_no_folder_of_its_preview(make_raster, tmp_path, name, metadata, words):
    (tmp_path / name).mkdir()
    preview = make_raster(f"{name}/preview-ql.tif")
    if name == "product":
        assert with_folders_opened({"INPUT": str(tmp_path / name)}, "INPUT") == {"INPUT": [preview]}
        (tmp_path / name / metadata).touch()
    with pytest.raises(InputError, match=words):
        with_folders_opened({"INPUT": [f"{tmp_path / name}/"]}, "INPUT")


# What GDAL has names for


@pytest.fixture
def in_database(make_raster, tmp_path):
    """A raster in a table of a GeoPackage, beside another."""
    path = tmp_path / "maps.gpkg"
    for number, table in enumerate(("first", "second")):
        options = [f"RASTER_TABLE={table}", *["APPEND_SUBDATASET=YES"] * number]
        gdal.Translate(str(path), make_raster(), format="GPKG", creationOptions=options)
    return f"GPKG:{path}:second"


@pytest.fixture
def in_archive(make_raster, tmp_path):
    image = make_raster()
    with zipfile.ZipFile(tmp_path / "scenes.zip", "w") as archive:
        archive.write(image, "b.tif")
    return f"/vsizip/{tmp_path}/scenes.zip/b.tif"


@pytest.mark.parametrize("named", ["in_database", "in_archive"])
@pytest.mark.parametrize("form", [str, lambda text: [text]])
def test_what_gdal_has_a_name_for_is_given_by_it(request, algorithm, worker, context, feedback, named, form):
    name = request.getfixturevalue(named)
    given = {"INPUT": form(name), "OUTPUT": "TEMPORARY_OUTPUT"}
    assert algorithm("applymodel").checkParameterValues(given, context) == (True, "")
    _, succeeded = algorithm("applymodel").run(given, context, feedback, catchExceptions=False)
    assert succeeded and worker.request.run.inputs == (name,)


def test_so_is_a_map_and_its_reference(algorithm, stand_in, context, feedback, in_database, tmp_path):
    stub = stand_in("assess_accuracy", {})
    given = {
        "MAP": in_database,
        "REFERENCE": in_database.replace("second", "first"),
        "REPORT": str(tmp_path / "r.html"),
    }
    assert algorithm("assessaccuracy").checkParameterValues(given, context) == (True, "")
    _, succeeded = algorithm("assessaccuracy").run(given, context, feedback, catchExceptions=False)
    assert succeeded and [stub.requests[-1].map, stub.requests[-1].reference] == [given["MAP"], given["REFERENCE"]]


def test_a_file_of_several_rasters_tells_their_names(algorithm, context, in_database):
    _, path, _ = in_database.split(":")
    given = {"INPUT": path, "OUTPUT": "TEMPORARY_OUTPUT"}
    accepted, sentence = algorithm("applymodel").checkParameterValues(given, context)
    assert not accepted and f"GPKG:{path}:first, {in_database}" in sentence


def test_a_path_to_nowhere_is_still_none(algorithm, context):
    for path in ("/vsizip/nowhere.zip/a.tif", "NETCDF:nowhere.nc:rain", "nowhere.tif"):
        given = {"INPUT": path, "OUTPUT": "TEMPORARY_OUTPUT"}
        accepted, sentence = algorithm("applymodel").checkParameterValues(given, context)
        assert not accepted and f"is {path}, which QGIS cannot open as a raster" in sentence


def test_relative_names_become_absolute(in_archive, in_database, load_raster, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    for name in (in_archive, in_database):
        relative = name.replace(f"{tmp_path}/", "")
        assert relative != name
        assert raster_file(load_raster(relative)) == name
    for kept in ("/vsizip/vsicurl/https://h/a.zip/b.tif", "/vsicurl/https://h/a.tif", "/vsimem/a.tif"):
        assert absolute(kept) == kept


# What a layer says beside its file


def test_options_by_which_qgis_opens_a_raster_reach_the_worker(make_raster, load_raster, tmp_path):
    path = make_raster()
    (tmp_path / "image.tfw").write_text("1\n0\n0\n-1\n600000.5\n4999999.5\n")
    layer = load_raster(f"{path}|option:GEOREF_SOURCES=WORLDFILE")
    assert layer.extent().xMinimum() == 600000
    opened = gdal.Open(raster_file(layer))
    assert opened.GetGeoTransform() == (600000, 1, 0, 5000000, 0, -1)
    assert opened.ReadRaster() == gdal.Open(path).ReadRaster()


@pytest.mark.parametrize("name", ["n" * 300, "ä" * 300])
def test_a_layer_with_a_long_name_can_have_a_reference_system_of_its_own(make_raster, load_raster, name):
    layer = load_raster(make_raster(), name)
    layer.setCrs(QgsCoordinateReferenceSystem("EPSG:3857"))
    assert gdal.Open(raster_file(layer)).GetSpatialRef().GetAuthorityCode(None) == "3857"
