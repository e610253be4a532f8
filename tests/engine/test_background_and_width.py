"""Ground without labels can be a class, and lines and points can be as wide as they are on the ground."""

import json

import numpy as np
import pytest
import rasterio
import shapely
import toys
from affine import Affine
from chip_making import EAST, NORTH, PIXEL, box, features, make, noise, put_together, raster, refused
from listening import Heard
from rasterio.warp import transform
from terraloom.engine.chips.chip_set import IGNORE
from terraloom.engine.errors import InputError
from terraloom.engine.requests.make_training_chips import ClassStyle, VectorSource

SIDE = 96
HOUSES = [box(10 * (number % 9), 10 * (number // 9), 5, 4) for number in range(45)]


def made(tmp_path, name="made", values=None, nodata=None, **request):
    heard = Heard()
    (tmp_path / name).mkdir()
    values = noise(2, SIDE, SIDE) if values is None else values
    image = raster(tmp_path / f"{name} image.tif", values, nodata=nodata)
    chips = make(tmp_path / name, heard, **{"inputs": ((image,),), "chip_px": 16, "background": "Background"} | request)
    return chips, put_together(chips, (SIDE, SIDE))[0], heard


def houses(tmp_path, shapes=HOUSES, **columns):
    return VectorSource(features(tmp_path / "houses.gpkg", shapes, **columns), "", next(iter(columns)))


def drawn(shapes=HOUSES):
    """Which pixels shapes of whole pixels cover."""
    found = np.zeros((SIDE, SIDE), bool)
    for left, bottom, right, top in map(shapely.bounds, shapes):
        columns, rows = (np.array([left, right]) - EAST) / PIXEL, (NORTH - np.array([top, bottom])) / PIXEL
        found[slice(*rows.round().astype(int)), slice(*columns.round().astype(int))] = True
    return found


def shown(chips):
    return [(entry.value, entry.name, entry.colour) for entry in chips.legend.entries]


def test_all_that_is_not_labelled_is_the_background(tmp_path):
    values = noise(2, SIDE, SIDE)
    values[1, 60:] = 0
    chips, labels, heard = made(
        tmp_path, values=values, nodata=0, features=houses(tmp_path, kind=["house"] * len(HOUSES))
    )
    expected = np.where(drawn(), 1, 0)
    assert (labels[:60] == expected[:60]).all() and (labels[60:] == IGNORE).all()
    assert shown(chips)[0] == (0, "Background", "#DDDDDD") and chips.legend.names == ("Background", "house")
    assert {chip.split for chip in chips.chips} == {"train", "validation", "test"}
    for split in ("train", "validation", "test"):
        assert set(chips.pixels(chips.of(split))) == {"0", "1"}
    assert not heard.warnings
    assert not any("do not count" in line for line in heard.logs)  # the ground without an image is no label
    assert json.loads((chips.folder / "chips.json").read_text())["origin"]["background"] == "Background"


def test_only_labels_that_an_image_does_not_know_are_told_of(tmp_path):
    values = noise(2, SIDE, SIDE)
    values[1, :4, :5] = 0  # one house of 20 pixels
    source = houses(tmp_path, kind=["house"] * len(HOUSES))
    _, _, heard = made(tmp_path, values=values, nodata=0, features=source)
    _, _, without = made(tmp_path, "without", values=values, nodata=0, features=source, background="")
    (line,) = (line for line in heard.logs if "do not count" in line)
    assert line.startswith("20 labelled pixels") and line in without.logs


def test_features_without_a_class_and_ignored_ones_are_no_background(tmp_path):
    kinds = np.array(["house"] * len(HOUSES), object)
    kinds[3], kinds[5] = None, "ruin"
    _, labels, heard = made(tmp_path, features=houses(tmp_path, kind=kinds), ignored=("ruin",))
    nothing = drawn([HOUSES[3], HOUSES[5]])
    assert (labels == np.where(nothing, IGNORE, np.where(drawn(), 1, 0))).all()
    assert "1 features of LABELS have nothing in kind and do not count." in heard.warnings


def test_a_background_that_is_ignored_under_another_case_is_refused(tmp_path):
    kinds = ["house", *["ruin"] * (len(HOUSES) - 1)]
    with pytest.raises(InputError, match="named in BACKGROUND and in IGNORE"):
        made(tmp_path, features=houses(tmp_path, kind=kinds), ignored=("ruin",), background="Ruin")


@pytest.mark.parametrize(
    ("codes", "background", "given", "expected"),
    [
        ((2, 3), "Rest", {}, [(0, "Rest", "#DDDDDD"), (2, "2"), (3, "3")]),
        ((0, 1), "Rest", {}, [(0, "0"), (1, "1"), (2, "Rest", "#DDDDDD")]),
        ((1, 2), "0", {}, [(0, "0", "#DDDDDD"), (1, "1"), (2, "2")]),
        ((1, 2), "rest", {"styles": (ClassStyle("2", "Rest", "#123456"),)}, [(1, "1"), (2, "Rest", "#123456")]),
        ((1, 2), "Rest", {"styles": (ClassStyle("0", "Cloud", "#123456"),)}, [(1, "1"), (2, "2"), (3, "Rest")]),
        ((311, 512), "Rest", {}, [(0, "Rest"), (1, "311"), (2, "512")]),
    ],
)
def test_the_background_is_a_class_of_the_labels_or_gets_a_free_value(tmp_path, codes, background, given, expected):
    source = houses(tmp_path, code=[codes[number % 2] for number in range(len(HOUSES))])
    chips, labels, heard = made(tmp_path, features=source, background=background, **given)
    assert [found[: len(wanted)] for found, wanted in zip(shown(chips), expected)] == expected
    assert (labels != IGNORE).all()
    value = next(value for value, name, _ in shown(chips) if name.lower() == background.lower())
    assert (labels[~drawn()] == value).all()
    assert not heard.warnings


def test_a_text_of_the_labels_is_the_background_whatever_its_case(tmp_path):
    kinds = ["bare ground" if number == 7 else "house" for number in range(len(HOUSES))]
    chips, labels, _ = made(tmp_path, features=houses(tmp_path, kind=kinds), background="Bare Ground")
    assert chips.legend.names == ("bare ground", "house")
    assert (labels == np.where(drawn() & ~drawn([HOUSES[7]]), 2, 1)).all()


@pytest.mark.parametrize(("entry", "value"), [('<paletteEntry value="7" label="Rest" color="#445566"/>', 7), ("", 0)])
def test_a_legend_tells_the_value_of_the_background(tmp_path, entry, value):
    legend = tmp_path / "legend.qml"
    house = '<paletteEntry value="4" label="house" color="#112233"/>'
    legend.write_text(
        f'<qgis><pipe><rasterrenderer type="paletted"><colorPalette>{house}{entry}</colorPalette></rasterrenderer>'
        "</pipe></qgis>"
    )
    source = houses(tmp_path, kind=["house"] * len(HOUSES))
    chips, labels, _ = made(tmp_path, features=source, background="Rest", legend=str(legend))
    own = (value, "Rest", "#445566" if value else "#DDDDDD")
    assert shown(chips) == sorted([own, (4, "house", "#112233")])
    assert (labels == np.where(drawn(), 4, value)).all()


def test_nodata_of_label_rasters_is_the_background(tmp_path):
    truth = np.where(drawn(), 5, 255).astype(np.uint8)
    chips, labels, _ = made(tmp_path, labels=(raster(tmp_path / "truth.tif", truth, nodata=255),))
    assert (labels == np.where(drawn(), 5, 0)).all() and chips.legend.names == ("Background", "5")
    _, _, heard = made(tmp_path, "full", labels=(raster(tmp_path / "full.tif", truth),))
    assert any(line.startswith("BACKGROUND is Background, but every pixel") for line in heard.warnings)


def test_split_polygons_hold_background_too(tmp_path):
    halves = [box(0, 0, 48, SIDE), box(48, 0, 32, SIDE)]
    groups = features(tmp_path / "halves.gpkg", halves, split=["train", "test"])
    source = houses(tmp_path, kind=["house"] * len(HOUSES))
    given = {"features": source, "split": "field", "groups": VectorSource(groups, "", "split")}
    chips, labels, heard = made(tmp_path, **given)
    assert (labels[:, :80] == np.where(drawn(), 1, 0)[:, :80]).all() and (labels[:, 80:] == IGNORE).all()
    assert [line for line in heard.warnings if "belong to no value" in line] == [
        f"{int(drawn()[:, 80:].sum())} labelled pixels belong to no value of SPLIT_FIELD and are left out."
    ]


def test_labels_beside_the_images_are_refused_with_a_background_as_well(tmp_path):
    image = raster(tmp_path / "image.tif", noise(1, SIDE, SIDE))
    source = houses(tmp_path, [box(500, 0, 5, 5)], kind=["house"])
    refused(
        tmp_path, InputError, "No pixel of the images", inputs=((image,),), features=source, background="Background"
    )


@pytest.mark.parametrize(
    ("given", "words"),
    [
        ({"background": "rest", "target": "values"}, "BACKGROUND is rest, but TARGET is values"),
        ({"background": "rest", "ignored": ("rest",)}, "named in BACKGROUND and in IGNORE"),
        ({"width_m": 3.0, "target": "values"}, "WIDTH is 3 m, but only lines and points"),
        ({"width_m": 3.0, "features": None, "labels": ("truth.tif",)}, "WIDTH is 3 m, but only lines and points"),
        ({"width_m": -1.0}, "cannot be negative"),
        (
            {"background": "rest", "split": "field", "groups": VectorSource("houses.gpkg", "", "place")},
            "SPLIT_FIELD is a field of the labels",
        ),
    ],
)
def test_what_background_and_width_cannot_do_is_refused(tmp_path, given, words):
    own = {"inputs": (("image.tif",),), "features": VectorSource("houses.gpkg", "", "kind")}
    refused(tmp_path, InputError, words, **own | given)


def test_width_needs_an_image_with_a_place(tmp_path):
    image = raster(tmp_path / "image.tif", noise(1, SIDE, SIDE), crs=None)
    line = houses(tmp_path, [shapely.LineString([(0, -50), (90, -50)])], kind=["road"])
    refused(tmp_path, InputError, "the image has no place on earth", inputs=((image,),), features=line, width_m=3.0)


@pytest.mark.parametrize("crs", [toys.UTM, "EPSG:4326", "EPSG:3857"])
@pytest.mark.parametrize("of_labels", [toys.UTM, "EPSG:4326"])
def test_lines_and_points_are_as_wide_as_on_the_ground(tmp_path, crs, of_labels):
    """At 60 degrees north, where a degree of longitude is half as long, and a unit of Web Mercator half a metre."""
    (east,), (north,) = transform("EPSG:4326", toys.UTM, [3.2], [60.0])
    across = [shapely.LineString([(east - 900, north + 50), (east + 900, north + 50)])]
    down = [shapely.LineString([(east - 60, north - 900), (east - 60, north + 900)])]
    spots = [shapely.Point(east + 80, north - 80)]
    (left,), (top,) = transform(toys.UTM, crs, [east - 170], [north + 170])
    (right,), (bottom,) = transform(toys.UTM, crs, [east + 170], [north - 170])
    pixel_x, pixel_y = (right - left) / 340, (top - bottom) / 340
    image = tmp_path / "image.tif"
    profile = {"crs": crs, "transform": Affine(pixel_x, 0, left, 0, -pixel_y, top), "dtype": "uint8"}
    with rasterio.open(image, "w", "GTiff", 340, 340, 1, **profile) as dataset:
        dataset.write(noise(1, 340, 340, "uint8"))
    for name, shapes, width_m, area in (
        ("across", across, 24.0, 340 * 24),
        ("down", down, 24.0, 340 * 24),
        ("spot", spots, 60.0, np.pi * 30**2),
    ):
        moved = [
            shapely.transform(
                shapely.segmentize(shape, 20) if name != "spot" else shape,
                lambda points: np.column_stack(transform(toys.UTM, of_labels, points[:, 0], points[:, 1])),
            )
            for shape in shapes
        ]
        source = features(tmp_path / f"{name}.gpkg", moved, of_labels, kind=["road"])
        (tmp_path / name).mkdir()
        chips = make(
            tmp_path / name,
            inputs=((str(image),),),
            features=VectorSource(source, "", "kind"),
            width_m=width_m,
            split="none",
            chip_px=340,
        )
        assert chips.pixels(chips.chips)["1"] == pytest.approx(area, rel=0.03)


def test_a_line_is_a_pixel_wide_at_least_and_polygons_stay(tmp_path):
    slanted = shapely.LineString([(EAST + 20, NORTH - 30), (EAST + 900, NORTH - 700)])
    source = VectorSource(features(tmp_path / "line.gpkg", [slanted], kind=["road"]), "", "kind")
    _, thin, _ = made(tmp_path, "thin", features=source)
    _, narrow, _ = made(tmp_path, "narrow", features=source, width_m=1.0)
    _, wide, _ = made(tmp_path, "wide", features=source, width_m=30.0)
    assert (thin == narrow).all() and (wide == 1).sum() > 2.5 * (thin == 1).sum()
    assert (wide[thin == 1] == 1).all()
    _, labels, heard = made(tmp_path, features=houses(tmp_path, kind=["house"] * len(HOUSES)), width_m=30.0)
    assert (labels == np.where(drawn(), 1, 0)).all()
    assert any(line.startswith("WIDTH is 30 m, but LABELS are polygons") for line in heard.warnings)
