"""The scores in the cards of bundled models are those that a hand counts, on places and images that were held out."""

import json
import math
from pathlib import Path
from types import SimpleNamespace

import numpy as np
import pytest
import torch
from terraloom.recipes import flood_scores, forest_s2, glacier_front, landuse_vhr, scores
from terraloom.recipes.flood_tiles import COMBINATIONS, FloodImage
from terraloom.recipes.scores import HeldOut

RECIPE = SimpleNamespace(steps=500, classes=("Land", "Water"), data="dubai")


def held_out(counts, gap):
    """A place whose 10 pixels have the same distance of logits; nine of them are right."""
    logits = torch.tensor([[0.0, gap]] * 10)
    return HeldOut(torch.tensor(counts), logits, torch.tensor([1] * 9 + [0]))


NINE_OF_TEN = math.log(9)
"""The distance of logits that means that nine of ten are right."""

PLACES = {
    "Place 1": held_out([[[8, 2], [0, 0]]], 2 * NINE_OF_TEN),  # twice as sure as it may be: its temperature is 2
    "Place 2": held_out([[[5, 5], [0, 10]]], NINE_OF_TEN),  # just as sure as it may be: its temperature is 1
}


def test_each_place_is_calibrated_by_what_is_known_of_the_others():
    """By its own temperature no place would be wrong about itself, which is no news of a place not yet seen."""
    found = scores.held_out_scores(RECIPE, PLACES, None)["calibration_error"]
    doubly_sure, half_sure = 81 / 82, 3 / 4
    assert found["by_place_after"] == {
        "Place 1": pytest.approx(doubly_sure - 0.9, abs=1e-3),  # at the temperature 1 of the other
        "Place 2": pytest.approx(0.9 - half_sure, abs=1e-3),  # at 2
    }
    assert found["before"] == pytest.approx((doubly_sure - 0.9 + 0) / 2, abs=1e-3)
    assert found["after"] == pytest.approx((doubly_sure - 0.9 + 0.9 - half_sure) / 2, abs=1e-3)


def test_of_three_places_the_others_are_two():
    third = held_out([[[1, 0], [0, 1]]], NINE_OF_TEN)
    found = scores.held_out_scores(RECIPE, {"Place 0": third, **PLACES}, None)["calibration_error"]["by_place_after"]
    assert found["Place 1"] == pytest.approx(81 / 82 - 0.9, abs=1e-3)
    between = scores.shared_temperature(PLACES.values())
    assert 1 < between < 2
    expected = 0.9 - 1 / (1 + math.exp(-NINE_OF_TEN / between))
    assert found["Place 0"] == found["Place 2"] == pytest.approx(expected, abs=1e-3)


def test_places_are_scored_alone_pooled_and_in_the_mean():
    found = scores.held_out_scores(RECIPE, PLACES, None)
    first, second = found["places"]["Place 1"], found["places"]["Place 2"]
    assert first["iou"] == {"Land": 0.8, "Water": None} and first["mean_iou"] == 0.8, "there is no water"
    assert second["iou"] == {"Land": 0.5, "Water": 0.6667} and second["mean_iou"] == 0.5833
    assert (first["overall_accuracy"], second["overall_accuracy"]) == (0.8, 0.75)
    assert first["mean_iou_interval"] is None, "a single image tells of no spread"
    pooled = found["all_places_pooled"]
    assert (pooled["pixels"], pooled["overall_accuracy"]) == (30, 0.7667)
    assert pooled["iou"] == {"Land": 0.65, "Water": 0.5882} and pooled["mean_iou"] == 0.6191
    # of two images chance draws the one twice, the other twice, or both
    assert pooled["mean_iou_interval"] == [0.5833, 0.8]
    assert pooled["iou_interval"] == {"Land": [0.5, 0.8], "Water": [0.5882, 0.6667]}
    assert found["mean_of_places"] == {"mean_iou": pytest.approx((0.8 + 0.58333) / 2, abs=1e-4)}
    assert found["steps"] == 500 and found["compared"] == {}


def test_the_interval_leaves_out_a_fortieth_at_either_end():
    assert scores.interval(np.arange(1001) / 1000) == [0.025, 0.975]
    assert scores.interval(np.array([np.nan, 0.25, 0.75])) == [0.2625, 0.7375]
    assert scores.interval(np.array([np.nan, 0.5, 0.5])) is None and scores.interval(np.array([np.nan])) is None
    drawn = scores.draws(5)
    assert drawn.shape == (1000, 5) and set(drawn.ravel().tolist()) == set(range(5))


def test_other_makers_are_compared_in_the_same_places(tmp_path):
    lines = tmp_path / "lines.jsonl"
    rows = [
        ("dubai", "forest", 1, 0.5),
        ("dubai", "forest", 2, 0.25),
        ("dubai", "unknown", 1, 1),
        ("pavia", "near", 1, 1),
    ]
    told = [dict(zip(("set", "maker", "place", "mean_iou"), row, strict=True)) for row in rows]
    lines.write_text("\n".join(map(json.dumps, told)))
    found = scores.held_out_scores(RECIPE, PLACES, lines)["compared"]
    assert found == {"Random forest": {"Place 1": 0.5, "Place 2": 0.25, "mean": 0.375}}
    lines.write_text("\n".join(map(json.dumps, [told[0], told[2]])))
    with pytest.raises(SystemExit, match="does not tell of 'Random forest' in all of Place 1, Place 2"):
        scores.held_out_scores(RECIPE, PLACES, lines)


def test_makers_that_are_told_of_twice_or_after_different_steps_are_refused(tmp_path):
    """A network that was measured after 80 and after 300 steps would stand there with the last of both."""
    lines = tmp_path / "lines.jsonl"
    told = [
        {"set": "dubai", "maker": "near", "place": 1, "mean_iou": 0.5, "steps": 80},
        {"set": "dubai", "maker": "near", "place": 2, "mean_iou": 0.4, "steps": 80},
        {"set": "dubai", "maker": "near", "place": 2, "mean_iou": 0.6, "steps": 300},
    ]
    lines.write_text("\n".join(map(json.dumps, told)))
    with pytest.raises(SystemExit, match="tells twice of 'U-Net that sees 7 px' in Place 2"):
        scores.held_out_scores(RECIPE, PLACES, lines)
    lines.write_text("\n".join(map(json.dumps, [told[0], told[2]])))
    with pytest.raises(SystemExit, match="after 80, 300 steps"):
        scores.held_out_scores(RECIPE, PLACES, lines)
    lines.write_text("\n".join(map(json.dumps, told[:2])))
    assert scores.held_out_scores(RECIPE, PLACES, lines)["compared"]["U-Net that sees 7 px"]["mean"] == 0.45


@pytest.mark.parametrize("module", [forest_s2, glacier_front, landuse_vhr])
def test_a_card_names_the_command_that_makes_it_again(module):
    card = json.loads((module.RECIPE.bundle / "card.json").read_text("utf-8"))
    assert card["properties"]["terraloom:recipe"] == module.RECIPE.command


def test_land_use_is_made_again_with_the_columns_of_other_makers():
    assert "--compared" in landuse_vhr.RECIPE.command, "its card tells of them"


def test_the_card_of_fronts_tells_how_many_steps_were_asked_for(monkeypatch):
    made = []
    monkeypatch.setattr(
        glacier_front, "read_options", lambda: SimpleNamespace(steps=7, threads=1, work=Path(), data=Path())
    )
    monkeypatch.setattr(glacier_front, "read_glaciers", lambda data: {})
    monkeypatch.setattr(glacier_front, "train_fronts", lambda name, seen, steps, work: torch.nn.Identity())
    monkeypatch.setattr(glacier_front, "write_bundle", lambda network, recipe, *rest: made.append(recipe.steps))
    for name in ("front_figures", "front_table", "put_between_marks"):
        monkeypatch.setattr(glacier_front, name, lambda *given: "")
    glacier_front.main()
    assert made == [7]


IGNORE = 9


def test_what_is_not_labelled_is_not_counted_and_tells_no_temperature():
    labels = [torch.tensor([[0, 1, IGNORE]]), torch.tensor([[1, 1, 0]])]
    said = [
        torch.tensor([[[3.0, 0.0, 5.0]], [[0.0, 2.0, 0.0]]]),  # right, right, does not count
        torch.tensor([[[4.0, 0.0, 6.0]], [[0.0, 7.0, 0.0]]]),  # wrong, right, right
    ]
    found = scores.against_labels(labels, iter(said), 2, IGNORE)
    assert found.counts.tolist() == [[[1, 0], [0, 1]], [[1, 0], [1, 1]]]
    assert found.agreement.total == 5
    pairs = {(int(label), *logits) for label, logits in zip(found.labels, found.logits.tolist(), strict=True)}
    assert pairs == {(0, 3.0, 0.0), (1, 0.0, 2.0), (1, 4.0, 0.0), (1, 0.0, 7.0), (0, 6.0, 0.0)}


def test_agreement_by_hand():
    truth, said = torch.tensor([0, 0, 0, 1, 1, IGNORE]), torch.tensor([0, 0, 1, 1, 2, 0])
    found = HeldOut(scores.counts_of(truth, said, 3, IGNORE)[None], torch.zeros(0), torch.zeros(0)).agreement
    assert found.total == 5
    assert found.overall_accuracy == pytest.approx(3 / 5)
    assert found.iou[:2] == pytest.approx((2 / 3, 1 / 3))
    assert math.isnan(found.iou[2]), "the truth has no class 2"
    assert found.mean_iou == pytest.approx((2 / 3 + 1 / 3) / 2)


def test_pooling_adds_pixels():
    label = torch.tensor([0])
    right, wrong = (scores.counts_of(label, said, 2, IGNORE) for said in (label, 1 - label))
    found = HeldOut(torch.stack([right, wrong, wrong]), torch.zeros(0), torch.zeros(0)).agreement
    assert found.overall_accuracy == pytest.approx(1 / 3)


def test_nothing_to_compare_is_not_a_number():
    nothing = scores.counts_of(torch.tensor([IGNORE]), torch.tensor([0]), 2, IGNORE)
    found = HeldOut(nothing[None], torch.zeros(0), torch.zeros(0)).agreement
    assert math.isnan(found.overall_accuracy) and math.isnan(found.mean_iou)


def test_of_many_pixels_each_image_gives_the_same_number(monkeypatch):
    monkeypatch.setattr(scores, "CALIBRATION_PIXELS", 8)
    labels = [torch.zeros(5, 5), torch.ones(3, 3)]
    said = [torch.arange(float(2 * each.numel())).reshape(2, *each.shape) for each in labels]
    found = scores.against_labels(labels, said, 2, IGNORE)
    assert found.labels.tolist() == [0] * 4 + [1] * 4
    assert found.counts.sum() == 34, "all pixels are counted"
    assert len({tuple(each) for each in found.logits[:4].tolist()}) == 4, "no pixel is drawn twice"


class Watched:
    """A network that says the first two bands of what it gets."""

    stride = 4

    def __call__(self, image):
        self.seen = image
        return image[:, :2]


def test_whole_images_are_padded_to_strides_and_cut_again():
    image = torch.arange(3 * 5 * 6, dtype=torch.uint8).reshape(3, 5, 6)
    network = Watched()
    said = scores.predict(network, image)
    assert torch.equal(said, (image[:2].float() - 127) / 128)
    assert network.seen.shape == (1, 3, 8, 8)
    assert not network.seen[..., 5:, :].any() and not network.seen[..., 6:].any(), "the mean, which is 0"


# floods


def flooded(*counts):
    return flood_scores.flood_figures(torch.tensor(counts))


DRY, WET, MISSED = [[9, 1], [0, 0]], [[12, 4], [2, 2]], [[8, 0], [2, 0]]
"""Pixels of an image by true and predicted class: land, flood."""


@pytest.mark.parametrize(
    ("counts", "accuracy", "mean_iou", "weighted_iou"),
    [
        (DRY, 0.9, 0.9, 0.9),  # its truth has one class, whose IoU is 9 / 10
        (WET, 0.7, (12 / 18 + 2 / 8) / 2, 0.8 * 12 / 18 + 0.2 * 2 / 8),
        (MISSED, 0.8, (8 / 10 + 0) / 2, 0.8 * 8 / 10),  # a class that is not found is one that its truth has
    ],
    ids=["dry", "wet", "missed"],
)
def test_the_iou_of_an_image_is_that_of_the_classes_its_truth_has(counts, accuracy, mean_iou, weighted_iou):
    found = flooded(counts)
    assert found["accuracy"] == accuracy
    assert found["mean_iou"] == pytest.approx(mean_iou, abs=5e-5)
    assert found["weighted_iou"] == pytest.approx(weighted_iou, abs=5e-5)


def test_images_are_averaged_but_floods_pooled():
    found = flooded(DRY, WET, MISSED)
    assert found["images"] == 3 and found["accuracy"] == 0.8
    assert found["mean_iou"] == pytest.approx((0.9 + 11 / 24 + 0.4) / 3, abs=5e-5)
    assert found["weighted_iou"] == pytest.approx((0.9 + 7 / 12 + 0.64) / 3, abs=5e-5)
    # of the 40 pixels together 2 are hit, 4 are missed, 5 are wrong
    assert found["flood_iou"] == pytest.approx(2 / 11, abs=5e-5)
    assert found["flood_f1"] == pytest.approx(4 / (4 + 4 + 5), abs=5e-5)
    assert found["flood_share"] == pytest.approx(6 / 40, abs=5e-5)


def test_without_any_flood_there_is_no_figure_of_it():
    found = flooded(DRY)
    assert found["flood_iou"] is None and found["flood_f1"] == found["flood_share"] == 0
    assert "| all | 0.900 | 0.900 | 0.900 | – | 0.000 |\n" in flood_scores.score_lines({"all": found})


def test_images_are_mapped_in_their_order_with_the_inputs_that_are_there(monkeypatch):
    """The toy network calls flooded what is bright to the radar after the flood; without, to the optical sensor."""
    monkeypatch.setattr(flood_scores, "BATCH", 2)
    random = torch.Generator().manual_seed(0)
    pixels = torch.randint(0, 256, (3, 8, 4, 4), generator=random, dtype=torch.uint8)
    seen = []

    def network(*inputs):
        seen.append(tuple(bool(each.any()) for each in inputs))
        optical, sar, *_ = inputs
        bright = sar if sar.any() else optical[:, :1]
        return torch.cat([torch.zeros_like(bright), bright], dim=1)

    images = [FloodImage(number, each, (each[3] > 127).byte()) for number, each in enumerate(pixels)]
    found = flood_scores.scores_of(network, images)
    assert list(found) == list(COMBINATIONS)
    assert seen == [there for there in COMBINATIONS.values() for _ in range(2)]
    by_radar = {name for name, figures in found.items() if figures["accuracy"] == 1}
    assert by_radar == {name for name, there in COMBINATIONS.items() if there[1]}
    agreed = ((pixels[:, 0] > 127) == (pixels[:, 3] > 127)).float().mean()
    assert found["optical alone"]["accuracy"] == pytest.approx(float(agreed), abs=5e-5)
