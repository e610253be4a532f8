"""A band of measurements that its file declares as transparency is told of, and refusals name it."""

import chip_making
import numpy as np
import pytest
import rasterio
import samples
import shapely
import toys
from listening import Heard
from maps import apply, refused
from rasterio.enums import ColorInterp
from terraloom.engine.errors import InputError
from terraloom.engine.images.transparency import warn_of_transparency
from terraloom.engine.requests.assignments import parse_bands
from terraloom.engine.requests.make_training_chips import VectorSource

ADVICE = "-colorinterp_4 undefined"
RANGE = {"terraloom:value_range": [0, 255]}


@pytest.fixture
def infrared(tmp_path):
    """Colours and near infrared, 0 over water, as GDAL declares four bands of bytes by default."""
    values = np.concatenate([samples.landscape(96, 128), np.random.default_rng(0).integers(1, 255, (1, 96, 128))])
    values[3, :20] = 0
    path = tmp_path / "in.tif"
    grid = {"crs": toys.UTM, "transform": rasterio.Affine(1, 0, 500000, 0, -1, 5700000)}
    with rasterio.open(path, "w", "GTiff", 128, 96, 4, dtype="uint8", **grid) as dataset:
        dataset.write(values.astype(np.uint8))
    with rasterio.open(path) as dataset:
        assert dataset.colorinterp[3] is ColorInterp.alpha
    return path


def told(heard):
    return [text for text in heard.warnings if "declared as transparency" in text]


def test_maps_of_three_bands_warn_of_infrared_as_transparency(tmp_path, infrared):
    heard = Heard()
    apply(tmp_path, toys.bands_as_classes(tmp_path / "m.onnx", **RANGE), infrared, progress=heard)
    assert len(told(heard)) == 1 and ADVICE in told(heard)[0]


def test_what_lacks_a_band_names_the_one_that_is_declared_as_transparency(tmp_path, infrared):
    model = toys.bands_as_classes(tmp_path / "m.onnx", classes=4, **RANGE)
    refused(tmp_path, InputError, rf"the layer has 3 .* Band 4 is declared .*{ADVICE}", model, infrared)
    chosen = parse_bands("b0=1;b1=2;b2=3;b3=4")
    refused(tmp_path, InputError, rf"has the bands 1, 2, 3\. Band 4 .*{ADVICE}", model, infrared, bands=chosen)


def test_chips_warn_of_it_too(tmp_path, infrared):
    chip_making.features(tmp_path / "l.gpkg", [shapely.box(500010, 5699910, 500110, 5699990)], klass=[1])
    heard = Heard()
    source = VectorSource(str(tmp_path / "l.gpkg"), "", "klass")
    chip_making.make(tmp_path, heard, inputs=((str(infrared),),), features=source, chip_px=32, split="none")
    assert len(told(heard)) == 1


@pytest.mark.parametrize("edge", [0, 1, 20])
def test_transparency_is_none(tmp_path, edge):
    """Be it all shown, with a hole, or with soft edges."""
    alpha = np.full((96, 128), 255, np.uint8)
    alpha[:, :edge] = np.linspace(0, 255, edge).astype(np.uint8)
    values = np.concatenate([samples.landscape(96, 128), alpha[None]])
    path = toys.raster(tmp_path / "in.tif", values.astype(np.uint8), photometric="RGB", alpha="yes")
    heard = Heard()
    warn_of_transparency([str(path)], heard)
    assert not heard.warnings
