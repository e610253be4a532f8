"""What cannot become training chips is refused in a sentence, and nothing is left of what is stopped."""

import json
import os
import subprocess
import sys
from pathlib import Path

import numpy as np
import pyogrio
import pytest
import rasterio.shutil
import shapely
import toys
from chip_making import box, features, make, noise, quilt, quilted, raster, refused
from listening import Heard
from terraloom.engine.errors import CancelledError, InputError, OutputError
from terraloom.engine.jobs import make_training_chips
from terraloom.engine.progress import Silent
from terraloom.engine.requests.documents import from_document, to_document
from terraloom.engine.requests.make_training_chips import ClassStyle, MakeTrainingChips, VectorSource
from terraloom.engine.requests.network_run import Extent


@pytest.fixture
def scene(tmp_path):
    return quilted(tmp_path)


class Stopping(Silent):
    """Cancels after some asking."""

    def __init__(self, calls):
        self.left = calls

    def update(self, fraction, mpx_per_s=None):
        self.left -= 1
        if self.left < 0:
            raise CancelledError()


def test_what_cannot_work_is_refused_with_advice(scene, tmp_path):
    image, truth, values, classes = scene
    given = {"inputs": ((image,),), "labels": (truth,)}
    refused(tmp_path, InputError, "91 px, but the largest image has only 90 px", **given, chip_px=91)
    refused(tmp_path, InputError, r"No pixel .* IGNORE \(1, 2, 3\)", **given, ignored=("1", "2", "3"))
    refused(tmp_path, InputError, "Turn colours into numbers", inputs=((image,),), labels=(image,))
    fractions = raster(tmp_path / "fractions.tif", classes + np.float32(0.5))
    refused(tmp_path, InputError, "hold fractions, for example", inputs=((image,),), labels=(fractions,))
    many = raster(tmp_path / "many.tif", np.arange(9000).reshape(90, 100).astype(np.int32))
    refused(tmp_path, InputError, "254 at most", inputs=((image,),), labels=(many,))
    far = raster(tmp_path / "far.tif", classes, offset=(5000, 0))
    refused(tmp_path, InputError, "does not overlap", inputs=((image,),), labels=(far,))
    refused(
        tmp_path,
        InputError,
        "does not overlap",
        inputs=((image,), (raster(far, values, offset=(5000, 0)),)),
        labels=(truth,),
    )
    shapes = features(tmp_path / "far.gpkg", [box(9000, 0, 5, 5)], kind=["wood"])
    refused(tmp_path, InputError, "No pixel .* overlap", inputs=((image,),), features=VectorSource(shapes, "", "kind"))
    refused(
        tmp_path, InputError, "no such field. It has kind", inputs=((image,),), features=VectorSource(shapes, "", "no")
    )
    wanted = {"features": VectorSource(shapes, "", "kind"), "target": "values"}
    refused(tmp_path, InputError, "must be a field of numbers", inputs=((image,),), **wanted)
    late = tuple(raster(tmp_path / f"{day}.tif", values) for day in ("2020-02-01", "2020-01-01"))
    refused(tmp_path, InputError, "order of their dates", series=late, labels=(truth,))
    two = raster(tmp_path / "two.tif", values[:2])
    refused(tmp_path, InputError, "must be alike", inputs=((image, two),), labels=(truth,))


def test_a_band_that_is_nowhere_known_is_named(tmp_path):
    values = noise(3, 32, 32, "float32")
    values[1] = np.nan
    image = raster(tmp_path / "image.tif", values)
    truth = raster(tmp_path / "truth.tif", quilt(32, 32))
    refused(tmp_path, InputError, "Band b2 of image holds no value", inputs=((image,),), labels=(truth,))


def test_a_folder_that_holds_something_is_left_alone(scene, tmp_path):
    image, truth, *_ = scene
    (tmp_path / "chips").mkdir()
    make(tmp_path, inputs=((image,),), labels=(truth,), chip_px=64)  # an empty one will do
    refused(tmp_path, OutputError, "not an empty folder", inputs=((image,),), labels=(truth,))


def test_files_that_share_the_folder_s_name_are_left_alone(tmp_path):
    image = raster(tmp_path / "chips.tif", noise(1, 64, 64))
    truth = raster(tmp_path / "truth.tif", quilt(64, 64))
    (tmp_path / "chips.qml").write_text("style of the image")
    make(tmp_path, inputs=((image,),), labels=(truth,), chip_px=32)
    assert (tmp_path / "chips.qml").read_text() == "style of the image"


@pytest.mark.parametrize("calls", [0, 2, 8])
def test_a_cancelled_run_leaves_nothing(scene, tmp_path, calls):
    image, truth, *_ = scene
    before = sorted(tmp_path.rglob("*"))
    request = MakeTrainingChips(
        str(tmp_path / "chips"), inputs=((image,),), labels=(truth,), chip_px=32, footprints=str(tmp_path / "f.gpkg")
    )
    with pytest.raises(CancelledError):
        make_training_chips.run(request, Stopping(calls))
    assert sorted(tmp_path.rglob("*")) == before


@pytest.mark.parametrize(
    ("given", "words"),
    [
        ({"inputs": ()}, "There is no image"),
        ({"labels": ()}, "There are no labels"),
        ({"chip_px": 4}, "between 8 and 4096"),
        ({"stride_px": -1}, "cannot be negative"),
        ({"chip_px": 64, "block_px": 32}, "less than a chip"),
        ({"split": "random"}, "must be one of spatialblocks, field, none"),
        ({"split": "field"}, "SPLIT_FIELD is empty"),
        ({"validation_share": 0.5, "test_share": 0.5}, "less than 1"),
        ({"names": ("a", "b")}, "takes 1 different names"),
        ({"names": ("a-b",)}, "hold letters, digits and _ only"),
        ({"series": ("a.tif",)}, "a series has at least two"),
        ({"series": ("a.tif", "b.tif"), "dates": ("2020-01-01",)}, "DATES has 1 dates"),
        ({"series": ("a.tif", "b.tif"), "dates": ("2020-01-01", "May")}, "May, which is no date"),
        ({"series": ("a.tif", "b.tif"), "dates": ("2020-01-02", "2020-01-01")}, "does not rise"),
    ],
)
def test_requests_check_themselves(given, words):
    with pytest.raises(InputError, match=words):
        MakeTrainingChips("chips", **{"inputs": (("a.tif",),), "labels": ("b.tif",), **given})


def test_a_request_survives_the_way_to_the_worker():
    request = MakeTrainingChips(
        "chips",
        inputs=(("a.tif", "b.tif"), ("c.tif",)),
        features=VectorSource("d.gpkg", "layer", "kind"),
        styles=(ClassStyle("1", "Wood", "#123456"),),
        extent=Extent(0, 0, 1, 1, toys.UTM),
    )
    assert from_document(MakeTrainingChips, json.loads(json.dumps(to_document(request)))) == request


@pytest.mark.parametrize(
    ("given", "words"),
    [
        ({"groups": VectorSource("g.gpkg", "", "place")}, "SPLIT is spatialblocks, which does not look at it"),
        ({"split": "none", "groups": VectorSource("g.gpkg", "", "place")}, "SPLIT is none, which does not look at it"),
        ({"split": "none", "block_px": 64}, "SPLIT is none, which makes no blocks"),
    ],
)
def test_what_a_split_does_not_look_at_is_refused(given, words):
    with pytest.raises(InputError, match=words):
        MakeTrainingChips("chips", inputs=(("a.tif",),), labels=("b.tif",), **given)


def test_of_images_without_a_place_it_is_told_which_is_taken_for_theirs(tmp_path):
    image = raster(tmp_path / "image.tif", noise(1, 64, 64), crs=None)
    source = features(tmp_path / "f.gpkg", [shapely.box(0, -40, 40, 0)], crs="EPSG:32640", kind=["a"])
    told = Heard()
    make(tmp_path, told, inputs=((image,),), features=VectorSource(source, "", "kind"), chip_px=16, split="none")
    assert any("that of the layer of labels, EPSG:32640, is taken for it" in text for text in told.warnings)


@pytest.mark.parametrize("apart", [0, 1000], ids=["one place", "two places"])
@pytest.mark.parametrize("target", ["classes", "values"])
def test_rasters_of_labels_with_more_bands_than_the_first_are_refused(tmp_path, apart, target):
    images = [raster(tmp_path / f"{x}.tif", noise(1, 64, 64), offset=(x, 0)) for x in (0, 64 + apart)]
    one = raster(tmp_path / "one.tif", np.ones((2, 64, 64), np.uint8))
    other = raster(tmp_path / "other.tif", np.ones((1, 64, 64), np.uint8), offset=(64 + apart, 0))
    given = dict(labels=(one, other), target=target, chip_px=32)
    refused(tmp_path, InputError, "other.tif has the bands gray, and .*one.tif has", inputs=(tuple(images),), **given)


@pytest.mark.parametrize(("dtype", "nodata"), [("uint8", None), ("uint16", None), ("float32", -9999)])
def test_images_of_several_types_are_refused_wherever_they_lie(tmp_path, dtype, nodata):
    first = raster(tmp_path / "first.tif", noise(1, 64, 64, "int16"), nodata=-32768)
    second = raster(tmp_path / "second.tif", noise(1, 64, 64, dtype), nodata=nodata, offset=(1000, 0))
    truth = raster(tmp_path / "truth.tif", quilt(64, 1064))
    words = f"second.tif holds values of the type {dtype}, and .*first.tif of int16"
    refused(tmp_path, InputError, words, inputs=((first, second),), labels=(truth,), chip_px=32)


@pytest.mark.parametrize("ending", ["gpkg", "fgb", "geojson", "shp"])
@pytest.mark.parametrize("target", ["classes", "values"])
def test_a_layer_of_labels_without_features_is_refused(tmp_path, ending, target):
    image = raster(tmp_path / "image.tif", noise(1, 64, 64))
    path = str(tmp_path / f"labels.{ending}")
    nothing = {"field_data": [np.zeros(0, np.int64)], "fields": ["kind"], "geometry_type": "Polygon"}
    pyogrio.raw.write(path, geometry=np.zeros(0, object), crs="EPSG:4326", **nothing)
    given = dict(features=VectorSource(path, "", "kind"), target=target, chip_px=32)
    refused(tmp_path, InputError, f"labels.{ending} has no features", inputs=((image,),), **given)


def test_a_layer_of_labels_of_which_no_feature_lies_anywhere_is_refused(tmp_path):
    image = raster(tmp_path / "image.tif", noise(1, 64, 64))
    path = str(tmp_path / "labels.gpkg")
    lost = {"field_data": [np.array([1])], "fields": ["kind"], "geometry_type": "Polygon"}
    pyogrio.raw.write(path, geometry=np.array([None], object), crs="EPSG:4326", **lost)
    given = dict(features=VectorSource(path, "", "kind"), chip_px=32)
    refused(tmp_path, InputError, "labels.gpkg has no geometries", inputs=((image,),), **given)


@pytest.mark.parametrize("kind", ["raster", "features"])
def test_labels_in_a_system_that_nothing_leads_from_are_refused(tmp_path, kind):
    """That of a building site, for example."""
    site = 'LOCAL_CS["site",UNIT["metre",1],AXIS["Easting",EAST],AXIS["Northing",NORTH]]'
    image = raster(tmp_path / "image.tif", noise(1, 64, 64))
    if kind == "raster":
        truth = raster(tmp_path / "truth.tif", quilt(64, 64), crs=site)
        refused(tmp_path, InputError, "truth.tif .* does not overlap", inputs=((image,),), labels=(truth,))
    else:
        source = VectorSource(features(tmp_path / "f.gpkg", [box(0, 0, 9, 9)], crs=site, kind=[1]), "", "kind")
        refused(tmp_path, InputError, "nothing is known that leads from it", inputs=((image,),), features=source)


@pytest.mark.parametrize("kind", ["image", "labels", "features", "groups"])
def test_what_changes_while_chips_are_cut_is_noticed(scene, tmp_path, kind):
    image, truth, *_ = scene
    shapes = features(tmp_path / "f.gpkg", [box(0, 0, 100, 90)], kind=["wood"])
    polygons = features(tmp_path / "g.gpkg", [box(0, 0, 100, 90)], place=["here"])
    hidden = tmp_path / "behind.vrt"
    rasterio.shutil.copy(image, hidden, driver="VRT")
    changed = {"image": image, "labels": truth, "features": shapes, "groups": polygons}[kind]

    class Changing(Silent):
        def update(self, fraction, mpx_per_s=None):
            os.utime(changed, (1, 1))

    given = {"features": VectorSource(shapes, "", "kind")} if kind == "features" else {"labels": (truth,)}
    if kind == "groups":
        given |= {"groups": VectorSource(polygons, "", "place"), "split": "field"}
    request = MakeTrainingChips(str(tmp_path / "chips"), inputs=((str(hidden),),), chip_px=32, **given)
    with pytest.raises(InputError, match=f"{Path(changed).name} was changed or deleted"):
        make_training_chips.run(request, Changing())
    assert not (tmp_path / "chips").exists()


def test_labels_whose_last_edits_still_lie_in_a_log_do_not_count_as_changed(scene, tmp_path):
    """SQLite moves them into the GeoPackage as that is read."""
    path = features(tmp_path / "f.gpkg", [box(0, 0, 100, 90)], kind=["wood"])
    edit = "import os, sqlite3, sys; c = sqlite3.connect(sys.argv[1]); c.execute('pragma journal_mode = wal');"
    edit += "c.execute('create table notes(text)'); c.commit(); os._exit(0)"
    subprocess.run([sys.executable, "-c", edit, path], check=True)
    assert os.path.getsize(f"{path}-wal")
    make(tmp_path, inputs=((scene[0],),), features=VectorSource(path, "f", "kind"), chip_px=32)
