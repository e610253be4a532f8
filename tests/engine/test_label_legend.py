"""A legend gives labels their names, colours and values, and they are found again in chips, model card and map."""

from pathlib import Path

import numpy as np
import pytest
import rasterio
from chip_making import box, features, make, noise, quilt, raster
from listening import Heard
from maps import apply
from terraloom.engine.classes.class_names import class_names, names_in_style
from terraloom.engine.errors import InputError
from terraloom.engine.jobs import train_model
from terraloom.engine.legend import Legend, LegendEntry
from terraloom.engine.progress import Silent
from terraloom.engine.requests.make_training_chips import ClassStyle, MakeTrainingChips, VectorSource
from terraloom.engine.results.qml import polygon_style
from terraloom.tests.training_runs import asked, card_in

URBAN_GREEN = Path(__file__).resolve().parents[2] / "resources" / "legends" / "urban-green.qml"
NAMES = (
    "Non-vegetated",
    "Non-recreational vegetation",
    "Low-recreational vegetation",
    "High-recreational vegetation",
)


def palette(path, **entries):
    """A style of a raster: `v3="Lawn"` names the value 3."""
    told = "".join(
        f'<paletteEntry value="{key[1:]}" label="{name}" color="#00000{key[-1]}"/>' for key, name in entries.items()
    )
    renderer = f'<rasterrenderer type="paletted"><colorPalette>{told}</colorPalette></rasterrenderer>'
    path.write_text(f"<qgis><pipe>{renderer}</pipe></qgis>")
    return str(path)


def told_of(legend):
    """Value, name and colour of each class."""
    return [(entry.value, entry.name, entry.colour.lower()) for entry in legend.entries]


def test_the_shipped_legend_says_the_same_of_rasters_and_of_polygons(tmp_path):
    shipped = names_in_style(str(URBAN_GREEN))
    assert shipped.names == dict(enumerate(NAMES)) and len(set(shipped.colours.values())) == 4
    of_polygons = tmp_path / "polygons.qml"
    of_polygons.write_text(URBAN_GREEN.read_text().replace("paletted", "other"))
    assert names_in_style(str(of_polygons)) == shipped
    for value, name in enumerate(NAMES):
        assert f'name="{name}" value="{value}"' in URBAN_GREEN.read_text()  # the list that is offered in the form


def test_a_field_of_numbers_gets_names_and_colours_all_the_way_to_the_map(tmp_path):
    """Labels, chips, card, map; the image shows each class as a value of its own."""
    classes = quilt(96, 96, square=16, classes=4) - 1
    image = raster(tmp_path / "image.tif", np.stack([classes * 50 + 20] * 2).astype(np.uint8))
    squares = [(row, column) for row in range(0, 96, 16) for column in range(0, 96, 16)]
    shapes = [box(column, row, 16, 16) for row, column in squares]
    numbers = [int(classes[row, column]) for row, column in squares]
    labels = features(tmp_path / "labels.gpkg", shapes, **{"class": numbers})
    chips = make(
        tmp_path,
        inputs=((image,),),
        features=VectorSource(labels, "", "class"),
        styles=(ClassStyle("0", "As QGIS shows it", "#123456"),),
        legend=str(URBAN_GREEN),
        chip_px=32,
        block_px=32,
        validation_share=0,
        test_share=0,
    )
    shipped = names_in_style(str(URBAN_GREEN))
    expected = [(value, NAMES[value], shipped.colours[value]) for value in range(4)]
    assert told_of(chips.legend) == expected
    request = asked(tmp_path, preset="urbangreen", epochs=30, baseline=False)
    train_model.run(request, Silent())
    card = card_in(request.output)
    assert told_of(card.legend) == expected
    made = apply(tmp_path, request.output, image)["output"]
    told = class_names(str(made))
    assert told.names == shipped.names
    assert {value: colour.lower() for value, colour in told.colours.items()} == shipped.colours
    assert all(name in made.with_suffix(".qml").read_text() for name in NAMES)
    with rasterio.open(made) as dataset:
        assert (dataset.read(1) == classes).mean() > 0.9
        assert dataset.colormap(1)[3][:3] == card.legend.entries[3].rgb


def test_a_field_of_names_gets_the_values_of_the_legend(tmp_path):
    image = raster(tmp_path / "image.tif", noise(1, 64, 64))
    shapes = [box(0, 0, 32, 64), box(32, 0, 16, 64), box(48, 0, 16, 64)]
    source = features(tmp_path / "a.gpkg", shapes, kind=["lawn ", "PARK-like", "7"])
    legend = palette(tmp_path / "l.qml", v3="Lawn", v5="Park like", v7="Tarmac")
    chips = make(tmp_path, inputs=((image,),), features=VectorSource(source, "", "kind"), legend=legend, chip_px=32)
    assert told_of(chips.legend) == [
        (3, "Lawn", "#000003"),
        (5, "Park like", "#000005"),
        (7, "Tarmac", "#000007"),
    ]
    assert sum(chip.pixels.get("5", 0) for chip in chips.chips) == 16 * 64


def test_rasters_of_labels_get_the_legend_and_what_it_has_beside_is_told(tmp_path):
    image, truth = raster(tmp_path / "i.tif", noise(1, 64, 64)), raster(tmp_path / "t.tif", quilt(64, 64, classes=2))
    told = Heard()
    legend = palette(tmp_path / "l.qml", v1="Lawn", v2="Park", v9="Pond")
    chips = make(tmp_path, told, inputs=((image,),), labels=(truth,), legend=legend, chip_px=32)
    assert chips.legend.names == ("Lawn", "Park")
    assert any("also has Pond" in line for line in told.logs)


def test_categories_of_a_vector_layer_are_a_legend(tmp_path):
    legend = Legend((LegendEntry(0, "Bare", "#804020"), LegendEntry(4, "Lawn", "#00ff00")))
    style = tmp_path / "s.qml"
    style.write_text(polygon_style(legend, "class"))
    told = names_in_style(str(style))
    assert told.names == {0: "Bare", 4: "Lawn"} and told.colours == {0: "#804020", 4: "#00ff00"}
    older = '<layer><prop k="color" v="1,2,3,255"/></layer>'
    categories = '<categories><category value="2" symbol="0" label="Old"/></categories>'
    renderer = f'<renderer-v2 type="categorizedSymbol">{categories}<symbols><symbol name="0">{older}</symbol></symbols>'
    style.write_text(f"<qgis>{renderer}</renderer-v2></qgis>")
    assert names_in_style(str(style)).colours == {2: "#010203"}


@pytest.mark.parametrize("encoding", ["UTF-8", "ISO-8859-1", "UTF-16"])
def test_names_are_read_in_the_encoding_that_their_file_tells(tmp_path, encoding):
    style = tmp_path / "s.qml"
    palette(style, v1="Wälder")
    whole = f'<?xml version="1.0" encoding="{encoding}"?>\n{style.read_text()}'
    style.write_bytes(whole.encode(encoding))
    assert names_in_style(str(style)).names == {1: "Wälder"}
    style.write_bytes(whole.replace("<qgis>", '<!DOCTYPE q [<!ENTITY a "aaaa">]><qgis>&a;').encode(encoding))
    with pytest.raises(InputError, match="it defines entities"):
        names_in_style(str(style))


@pytest.mark.parametrize("head", ['<?xml version="1.0" encoding="martian"?>', "\xff", "<<"])
def test_a_file_of_names_that_cannot_be_read_is_named(tmp_path, head):
    (tmp_path / "s.qml").write_bytes(f"{head}<qgis/>".encode("latin-1"))
    with pytest.raises(InputError, match=r"s\.qml cannot be read: .*Mend it or take it away"):
        names_in_style(str(tmp_path / "s.qml"))


@pytest.mark.parametrize(
    ("entries", "kinds", "words"),
    [
        ({"v1": "Lawn"}, ["Lawn", "Hedge"], r"hold Hedge, which the legend .*l\.qml does not have; it has 1 \(Lawn\)"),
        ({"v1": "Lawn"}, [1, 6], r"hold 6, which the legend .* does not have"),
        ({"v1": "Lawn", "v2": "lawn"}, ["Lawn", "Lawn"], "the name Lawn for several values: 1, 2"),
        ({"v1": "Lawn", "v300": "Hedge"}, [1, 300], "gives Hedge the value 300; class values lie between 0 and 254"),
        ({}, [1, 2], "names no classes"),
    ],
)
def test_a_legend_that_does_not_suit_the_labels_is_refused(tmp_path, entries, kinds, words):
    image = raster(tmp_path / "image.tif", noise(1, 64, 64))
    source = features(tmp_path / "a.gpkg", [box(0, 0, 32, 64), box(32, 0, 32, 64)], kind=kinds)
    legend = palette(tmp_path / "l.qml", **entries)
    with pytest.raises(InputError, match=words):
        make(tmp_path, inputs=((image,),), features=VectorSource(source, "", "kind"), legend=legend, chip_px=32)
    assert not (tmp_path / "chips").exists()


def test_what_is_ignored_need_not_be_in_the_legend(tmp_path):
    image = raster(tmp_path / "image.tif", noise(1, 64, 64))
    source = features(tmp_path / "a.gpkg", [box(0, 0, 32, 64), box(32, 0, 32, 64)], kind=["Lawn", "Hedge"])
    given = {"features": VectorSource(source, "", "kind"), "legend": palette(tmp_path / "l.qml", v1="Lawn")}
    chips = make(tmp_path, inputs=((image,),), ignored=("Hedge",), chip_px=32, **given)
    assert chips.legend.names == ("Lawn",)


def test_values_have_no_legend():
    with pytest.raises(InputError, match="values have no classes to name"):
        MakeTrainingChips("c", inputs=(("a.tif",),), labels=("b.tif",), legend="l.qml", target="values")
