"""What cannot work is refused in a sentence that says what to do, and nothing is left behind."""

from pathlib import Path

import numpy as np
import pyogrio
import pytest
import shapely
import toys
from listening import Heard
from maps import apply, refused
from terraloom.engine.errors import InputError, ModelError, OutputError
from terraloom.engine.jobs import apply_model
from terraloom.engine.progress import Silent
from terraloom.engine.requests.apply_model import ApplyModel
from terraloom.engine.requests.assignments import parse_bands
from terraloom.engine.requests.class_map import ClassTargets
from terraloom.engine.requests.network_run import Extent, NetworkRun


def test_a_damaged_input_is_named(tmp_path):
    values = np.random.default_rng(0).integers(0, 255, (600, 600)).astype(np.uint8)
    source = Path(toys.raster(tmp_path / "in.tif", values, tiled=True, compress="deflate"))
    source.write_bytes(source.read_bytes()[: source.stat().st_size // 2])
    model = toys.identity(tmp_path / "m.onnx", **{"terraloom:value_range": [0, 255]})
    refused(tmp_path, InputError, r"in.tif cannot be read: .*[^.]\. The file may be damaged", model, source)


@pytest.mark.parametrize("crs", ["IAU_2015:30110", "+proj=eqc +R=3396190 +units=m", "+proj=longlat +R=1737400"])
def test_images_of_other_bodies_are_refused_and_mapped_without_their_system(tmp_path, crs):
    image = np.ones((3, 40, 30), np.float32)
    model = toys.bands_as_classes(tmp_path / "m.onnx", **{"terraloom:resolution_m": 1.0})
    source = toys.raster(tmp_path / "in.tif", image, crs=crs, pixel=1e-4)
    words = "in.tif, .*, to a place on Earth, as nothing does from those of the Moon.*counts as a metre"
    refused(tmp_path, InputError, words, model, source)
    assert apply(tmp_path, model, toys.raster(tmp_path / "copy.tif", image, crs=None))["output"].is_file()


def test_an_image_much_too_coarse_is_told_or_refused(tmp_path):
    heard = Heard()

    model = toys.identity(tmp_path / "m.onnx", **{"terraloom:resolution_m": 0.5})
    source = toys.raster(tmp_path / "in.tif", np.ones((4, 4), np.float32), pixel=2)
    apply(tmp_path, model, source, progress=heard)
    assert "2 m wide; toy was trained on 0.5 m" in heard.warnings[0]
    far = toys.raster(tmp_path / "far.tif", np.ones((4, 4), np.float32), pixel=30)
    refused(tmp_path, InputError, "finer image", model, far)


def test_mask_outside_the_extent_is_refused(tmp_path):
    source = toys.raster(tmp_path / "in.tif", np.ones((60, 60), np.float32))
    mask = tmp_path / "mask.gpkg"
    corner = shapely.to_wkb(np.array([shapely.box(500_000, 4_999_990, 500_010, 5_000_000)]))
    pyogrio.raw.write(mask, corner, [], [], geometry_type="Polygon", crs=toys.UTM, driver="GPKG")
    model = toys.identity(tmp_path / "m.onnx")
    extent = Extent(500_040, 4_999_950, 500_050, 4_999_960, toys.UTM)
    refused(tmp_path, InputError, "outside the extent", model, source, mask=str(mask), extent=extent)


def test_wrong_input_is_refused_in_words(tmp_path):
    one = toys.raster(tmp_path / "one.tif", np.ones((5, 5), np.float32))
    two = toys.raster(tmp_path / "two.tif", np.ones((2, 5, 5), np.float32))
    model = toys.identity(tmp_path / "m.onnx", bands=3)
    single = toys.identity(tmp_path / "s.onnx", **{"terraloom:value_range": [0, 255]})
    big = toys.raster(tmp_path / "big.tif", np.linspace(0, 10_000, 25, dtype=np.float32).reshape(5, 5))
    refused(
        tmp_path, InputError, r"expects 3 bands \(b0, b1, b2\); the layer has 1.*BANDS = b0=1;b1=1;b2=1", model, one
    )
    refused(
        tmp_path,
        InputError,
        r"two.tif holds 1: gray, 2: undefined \(float32\), and .*one.tif holds 1: gray",
        single,
        one,
        two,
    )
    refused(tmp_path, InputError, r"model expects 0 to 255.*SCALE = \*=0\.025", single, big)
    refused(tmp_path, InputError, "cannot be opened", single, tmp_path / "missing.tif")
    refused(tmp_path, InputError, "raster band 4", single, two, bands=parse_bands("b0=4"))
    refused(tmp_path, InputError, "a band blue", single, two, bands=parse_bands("blue=1"))
    refused(tmp_path, InputError, "outside the input", single, one, extent=Extent(0, 0, 1, 1, toys.UTM))
    refused(tmp_path, InputError, "mask .* cannot be read", single, one, mask="none.gpkg")


def test_wrong_model_is_refused_in_words(tmp_path):
    source = toys.raster(tmp_path / "in.tif", np.ones((5, 5), np.float32))
    broken = tmp_path / "broken.onnx"
    broken.write_bytes(b"not a network")
    whole = toys.identity(tmp_path / "whole.onnx", **{"terraloom:global_operations": ["attention"]})
    other = toys.identity(tmp_path / "s.onnx", **{"mlm:tasks": ["scene-classification"]})
    liar = toys.save(
        tmp_path / "l.onnx", [toys.helper.make_node("Identity", ["image"], ["output"])], {}, 2, toys.card(classes=1)
    )
    refused(tmp_path, ModelError, "not a valid ONNX file", broken, source)
    refused(tmp_path, ModelError, "no file", tmp_path / "none.onnx", source)
    refused(tmp_path, ModelError, "SEAMS is exact.*attention", whole, source, seams="exact")
    refused(tmp_path, ModelError, "scene-classification", other, source)
    refused(tmp_path, ModelError, "reads 2 bands, its card says 1", liar, source)
    good = toys.identity(tmp_path / "m.onnx")
    refused(tmp_path, ModelError, "OUTPUT only", good, source, wants=("output", "polygons"))
    refused(tmp_path, ModelError, "must be auto, cpu, cuda:N", good, source, device="tpu")


def test_output_is_never_an_input_nor_written_twice(tmp_path):
    source = toys.raster(tmp_path / "output.tif", np.ones((5, 5), np.float32))
    before = Path(source).read_bytes()
    refused(tmp_path, OutputError, "is an input", toys.identity(tmp_path / "m.onnx"), source)
    assert Path(source).read_bytes() == before


def test_folder_that_is_not_there_is_named(tmp_path):
    source = toys.raster(tmp_path / "in.tif", np.ones((5, 5), np.float32))
    run = NetworkRun((source,), str(toys.identity(tmp_path / "m.onnx")))
    with pytest.raises(OutputError, match="nowhere.*cannot be written"):
        apply_model.run(ApplyModel(run, ClassTargets(output=str(tmp_path / "nowhere" / "o.tif"))), Silent())


def test_input_deleted_mid_run_ends_the_job(tmp_path):
    source = Path(toys.raster(tmp_path / "in.tif", np.ones((100, 100), np.float32)))

    class Deleting(Silent):
        def update(self, fraction, mpx_per_s=None):
            source.unlink(missing_ok=True)

    with pytest.raises(InputError, match="changed or deleted"):
        apply(tmp_path, toys.identity(tmp_path / "m.onnx"), source, tile_size=32, progress=Deleting())
    assert not (tmp_path / "output.tif").exists() and not list(tmp_path.glob(".*"))
