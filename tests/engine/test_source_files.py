"""Whatever an image is made of is known, so that no result replaces it and no change goes unnoticed."""

import os
import zipfile
from pathlib import Path

import numpy as np
import pyogrio
import pytest
import shapely
import toys
from maps import refused
from terraloom.engine.classes.class_raster import ClassRaster
from terraloom.engine.errors import InputError, OutputError
from terraloom.engine.images.rasters import Rasters

VRT = """<VRTDataset rasterXSize="64" rasterYSize="64"><SRS>{crs}</SRS>
<GeoTransform>500000, 1, 0, 5000000, 0, -1</GeoTransform>
<VRTRasterBand dataType="Byte" band="1"><SimpleSource><SourceFilename relativeToVRT="1">{source}</SourceFilename>
<SourceBand>1</SourceBand></SimpleSource></VRTRasterBand></VRTDataset>"""


def image(path):
    return toys.raster(path, np.full((64, 64), 7, np.uint8))


def virtual(path, source):
    path.write_text(VRT.format(crs=toys.UTM, source=source))
    return str(path)


@pytest.fixture
def nested(tmp_path):
    """A virtual raster of a virtual raster of a file."""
    image(tmp_path / "output.tif")
    virtual(tmp_path / "inner.vrt", "output.tif")
    return virtual(tmp_path / "outer.vrt", "inner.vrt")


def test_a_file_behind_two_virtual_rasters_is_not_replaced(tmp_path, nested):
    model = toys.identity(tmp_path / "m.onnx")
    before = (tmp_path / "output.tif").read_bytes()
    refused(tmp_path, OutputError, "output.tif is an input", model, nested)
    assert (tmp_path / "output.tif").read_bytes() == before
    with ClassRaster(nested) as classes:
        assert str(tmp_path / "output.tif") in classes.files


def test_a_change_behind_two_virtual_rasters_is_noticed(tmp_path, nested):
    with Rasters([nested]) as rasters:
        rasters.check_unchanged()
        os.utime(tmp_path / "output.tif", (1, 1))
        with pytest.raises(InputError, match="output.tif was changed or deleted"):
            rasters.check_unchanged()


def test_virtual_rasters_that_go_round_are_listed_once(tmp_path):
    virtual(tmp_path / "b.vrt", "./c.vrt")
    virtual(tmp_path / "c.vrt", "../" + tmp_path.name + "/b.vrt")
    with Rasters([virtual(tmp_path / "a.vrt", "b.vrt")]) as rasters:
        assert sorted(Path(name).name for name in rasters.files) == ["a.vrt", "b.vrt", "c.vrt"]


def test_the_files_of_an_index_of_tiles_are_known(tmp_path):
    (tmp_path / "tiles").mkdir()
    tile = image(tmp_path / "tiles/one.tif")
    index = str(tmp_path / "index.gti.gpkg")
    pyogrio.raw.write(
        index,
        np.array([shapely.to_wkb(shapely.box(500_000, 4_999_936, 500_064, 5_000_000))], object),
        [np.array(["tiles/one.tif"], object)],
        ["location"],
        geometry_type="Polygon",
        crs=toys.UTM,
    )
    with Rasters([index]) as rasters:
        assert rasters.files == (index, tile) and set(rasters.stamps) == {index, tile}


@pytest.mark.parametrize("form", ["/vsizip/{}/in.tif", "/vsizip/{{{}}}/in.tif"])
def test_an_archive_that_changes_is_noticed(tmp_path, form):
    archive = tmp_path / "in.zip"
    with zipfile.ZipFile(archive, "w") as packed:
        packed.write(image(tmp_path / "in.tif"), "in.tif")
    with Rasters([form.format(archive)]) as rasters:
        rasters.check_unchanged()
        os.utime(archive, (1, 1))
        with pytest.raises(InputError, match="was changed or deleted"):
            rasters.check_unchanged()
