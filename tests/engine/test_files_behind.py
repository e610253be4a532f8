"""Names by which GDAL and QGIS read files are known for the files that they read, which no result may replace."""

import os
import zipfile

import numpy as np
import pytest
import rasterio
import toys
from terraloom.engine.errors import OutputError
from terraloom.engine.images.source_files import files_of
from terraloom.engine.results.files_behind import file_behind
from terraloom.engine.results.workspace import Workspace

NAMES = {
    "a.tif": (
        *("{}", "file://{}", "vrt://{}?bands=1", "GTIFF_DIR:1:{}", "DERIVED_SUBDATASET:LOGAMPLITUDE:{}"),
        *("/vsisubfile/0_9000,{}", "{}|option:NUM_THREADS=2"),
    ),
    "t.gpkg": ("GPKG:{}:one", "{}|layername=roads", "{}|layerid=0|subset=a > 1"),
    "n.nc": ('NETCDF:"{}":rain', "NETCDF:{}:rain", 'HDF5:"{}"://rain', "HDF5:{}://rain"),
    "z.zip": ("/vsizip/{}", "/vsizip/{}/in/a.tif", "/vsizip/{{{}}}/a.tif", 'NETCDF:"/vsizip/{}/rain.nc":rain'),
    "z.tar.gz": ("/vsitar//vsigzip/{}/a.tif", "/vsitar/{{/vsigzip/{}}}/a.tif", "GTIFF_DIR:2:/vsitar/{}/a.tif"),
    "with space.csv": ("file://{}?type=csv&xField=x",),
    "odd|name.tif": ("{}",),
}


@pytest.mark.parametrize(("file", "name"), [(file, name) for file, names in NAMES.items() for name in names])
def test_what_a_name_reads_is_not_replaced(tmp_path, monkeypatch, file, name):
    (tmp_path / file).write_text("content")
    monkeypatch.chdir(tmp_path)
    for path in (str(tmp_path / file), file):
        if path == file and name.startswith("file:"):
            continue  # addresses are whole
        given = name.format(path.replace(" ", "%20") if name.startswith("file:") else path)
        assert os.path.samefile(file_behind(given), file), given
        with pytest.raises(OutputError, match="is an input"):
            Workspace([str(tmp_path / file)], [given])


@pytest.mark.parametrize(
    "name",
    [
        "gone.tif",
        "/vsimem/a.tif",
        "/vsis3/a.tif",
        "/vsicurl/https://host/a.tif",
        "https://host/a.tif",
        "WMS:https://host/a.tif",
        "PG:dbname=a",
        "",
        "a:b",
    ],
)
def test_what_is_no_file_here_stays_as_it_is(tmp_path, monkeypatch, name):
    monkeypatch.chdir(tmp_path)
    (tmp_path / "a.tif").write_text("of another place")
    assert file_behind(name) == name
    Workspace(["a.tif"], [name])


def test_an_archive_of_which_a_raster_is_read_is_an_input(tmp_path):
    source, archive = toys.raster(tmp_path / "a.tif", np.ones((8, 8), np.uint8)), str(tmp_path / "z.zip")
    with zipfile.ZipFile(archive, "w") as packed:
        packed.write(source, "a.tif")
    with rasterio.open(f"/vsizip/{archive}/a.tif") as dataset:
        files = files_of(dataset)
    with pytest.raises(OutputError, match=r"z\.zip is an input"), Workspace([archive]) as workspace:
        workspace.protect(files)


@pytest.mark.parametrize("name", ["<GDAL_WMS>" + "a:" * 40, "x:" * 2000])
def test_texts_with_many_colons_are_no_names_of_files(name):
    assert file_behind(name) == name
