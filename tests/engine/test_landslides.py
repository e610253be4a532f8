"""Landslides of one's own labels: a legend, chips of two dates, the preset for them, and what a new series shows."""

from datetime import date
from pathlib import Path

import numpy as np
import pytest
import toys
from chip_making import make, raster
from event_scenes import detect, layer
from terraloom.engine.classes.class_names import names_in_style
from terraloom.engine.errors import ModelError
from terraloom.engine.events.event_map import LEGENDS
from terraloom.engine.jobs import train_model
from terraloom.engine.library.event_models import LANDSLIDE, suits_event
from terraloom.engine.progress import Silent
from terraloom.tests.chips import write_chips
from terraloom.tests.training_runs import asked, card_in

LANDSLIDES = Path(__file__).resolve().parents[2] / "resources" / "legends" / "landslide.qml"
SIDE_PX, SLIDE_PX = 128, 16


def slopes(folder, days, seed, slides):
    """Woods on two dates, with bare ground on both and as much new bare ground on the second: rasters and truth."""
    rng = np.random.default_rng(seed)
    places = rng.permutation([(row, column) for row in range(8, SIDE_PX, 32) for column in range(8, SIDE_PX, 32)])
    bare = np.zeros((2, SIDE_PX, SIDE_PX))
    for number, (row, column) in enumerate(places[: 2 * slides]):
        bare[number % 2 :, row : row + SLIDE_PX, column : column + SLIDE_PX] = 1
    folder.mkdir()
    woods, turned = np.array([60, 140]).reshape(2, 1, 1), np.array([70, -50]).reshape(2, 1, 1)
    rasters = []
    for day, ground in zip(days, bare, strict=True):
        image = rng.uniform(0.9, 1.1) * (woods + turned * ground) + rng.normal(0, 8, (2, SIDE_PX, SIDE_PX))
        rasters.append(raster(folder / f"slopes_{day}.tif", image.clip(1, 254).astype(np.uint8)))
    return rasters, (bare[1] - bare[0]).astype(np.uint8)


def test_the_shipped_legend_has_names_that_landslides_are_known_by(tmp_path):
    shipped, ours = names_in_style(str(LANDSLIDES)), LEGENDS[LANDSLIDE]
    assert shipped.names == dict(zip(ours.values, ours.names, strict=True))
    assert shipped.colours == {entry.value: entry.colour.lower() for entry in ours.entries}
    of_polygons = tmp_path / "polygons.qml"
    of_polygons.write_text(LANDSLIDES.read_text().replace("paletted", "other"))
    assert names_in_style(str(of_polygons)) == shipped
    for value, name in shipped.names.items():
        assert f'name="{name}" value="{value}"' in LANDSLIDES.read_text()  # the list that is offered in the form


def test_labelled_landslides_teach_a_model_that_finds_new_ones_with_their_date(tmp_path):
    """Labels, chips, model, events: what was bare before is none."""
    rasters, truth = slopes(tmp_path / "known", ("20240501", "20240513"), 1, 6)
    chips = make(
        tmp_path,
        series=tuple(rasters),
        labels=(raster(tmp_path / "truth.tif", truth),),
        legend=str(LANDSLIDES),
        chip_px=32,
        block_px=32,
        validation_share=0,
        test_share=0,
    )
    assert chips.inputs[0].days == (0, 12)
    request = asked(tmp_path, preset="landslide", epochs=6, batch_size=2, learning_rate=5e-3, baseline=False)
    train_model.run(request, Silent())
    card = card_in(request.output)
    assert suits_event(card, LANDSLIDE) and card.legend.names == ("No landslide", "Landslide")

    rasters, truth = slopes(tmp_path / "new", ("20240601", "20240613"), 2, 4)
    wants = ("output", "date_raster", "polygons", "probability")
    made, outcome = detect(tmp_path, rasters, LANDSLIDE, request.output, wants)
    found, true = toys.read(made["output"])[0] == 1, truth == 1
    assert (found & true).sum() / (found | true).sum() > 0.7
    when = toys.read(made["date_raster"])[0]
    assert (when[found] == 20240613).all() and when.mask[~found].all()
    columns, shapes = layer(made["polygons"])
    assert set(columns["event"]) == {LANDSLIDE}
    assert set(columns["date"].tolist()) == {date(2024, 6, 13)}
    assert sum(shape.area for shape in shapes) == pytest.approx(outcome.metrics["hectares"] * 1e4)
    assert toys.read(made["probability"])[0][true].mean() > 0.7


def test_single_images_are_refused_with_advice(tmp_path):
    write_chips(tmp_path / "chips")
    request = asked(tmp_path, preset="landslide")
    with pytest.raises(ModelError, match="'landslide' is for series of images, .* hold single images. Choose auto"):
        train_model.run(request, Silent())
    assert not Path(request.output).exists()
