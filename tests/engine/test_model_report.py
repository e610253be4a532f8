"""The page of a model tells what its card tells: scores with intervals, other methods, pictures, the recipe."""

import base64
import copy
import re
from pathlib import Path

import numpy as np
import pytest
import toys
from terraloom.engine.jobs import model_info
from terraloom.engine.library.card import ModelCard
from terraloom.engine.library.installed import BUNDLED
from terraloom.engine.pages.card_pictures import MOST_BYTES, pictures_beside
from terraloom.engine.pages.held_out_scores import scores_of
from terraloom.engine.pages.model_report import model_page
from terraloom.engine.progress import Silent
from terraloom.engine.requests.model_info import ModelInfo
from terraloom.engine.verification.accuracy import Figure
from terraloom.recipes.class_picture import write_class_picture


def row(pixels, accuracy, mean_iou, *iou):
    """Figures of a place as a recipe writes them; each interval is a tenth wide."""
    names = [f"Class {number}" for number in range(len(iou))]
    return {
        "pixels": pixels,
        "overall_accuracy": accuracy,
        "mean_iou": mean_iou,
        "mean_iou_interval": [mean_iou - 0.05, mean_iou + 0.05],
        "iou": dict(zip(names, iou)),
        "iou_interval": {
            name: None if value is None else [value - 0.05, value + 0.05] for name, value in zip(names, iou)
        },
    }


SCORES = {
    "method": "Each place was mapped by a network that had not <seen> it.",
    "places": {"Place 1": row(4_577_036, 0.76, 0.45, 0.8, 0.2, None), "Place 2": row(2e6, 0.9, 0.55, 0.7, 0.5, 0.4)},
    "all_places_pooled": row(6_577_036, 0.81, 0.52, 0.75, 0.3, 0.4),
    "mean_of_places": {"mean_iou": 0.5},
    "compared": {
        "random forest": {"Place 1": 0.4, "Place 2": 0.56, "mean": 0.48},
        "U-Net": {"Place 1": 0.42, "Place 2": 0.5, "mean": 0.46},
    },
    "calibration_error": {"before": 0.06, "after": 0.021, "by_place_after": {"Place 1": 0.034}},
    "interval": "95 %, bootstrap over images",
}


def page_of(file_bytes=1_234_567, pictures=(), **fields):
    return model_page(ModelCard.from_document(toys.card(**fields)), file_bytes, pictures)


def text_of(page):
    """What a reader sees, without marks."""
    return re.sub(r"\s+", " ", re.sub(r"<[^>]*>", " ", page.replace("&nbsp;", " ")))


def cells(page, first):
    """The cells of the row that begins with a text."""
    line = next(line for line in page.splitlines() if line.startswith("<tr><td") and f">{first}<" in line)
    return [text_of(cell).strip() for cell in re.findall(r"<td[^>]*>(.*?)</td>", line)]


def test_scores_stand_by_place_and_class_with_their_intervals():
    page = page_of(**{"terraloom:held_out_scores": SCORES})
    assert cells(page, "Place 1") == [
        *("Place 1", "4.6", "76.0", "45.0 40.0–50.0"),
        *("80.0 75.0–85.0", "20.0 15.0–25.0", "–"),
    ]
    assert cells(page, "Mean over the places")[3] == "50.0"
    assert cells(page, "All places, pixels pooled")[1:4] == ["6.6", "81.0", "52.0 47.0–57.0"]
    said = text_of(page)
    assert "intervals (95 %, bootstrap over images)" in said
    assert "not &lt;seen&gt; it" in page and "<seen>" not in page


def test_other_methods_stand_beside_the_model():
    page = page_of(**{"terraloom:held_out_scores": SCORES})
    assert cells(page, "This model") == ["This model", "45.0", "55.0", "50.0"]
    assert cells(page, "Random forest") == ["Random forest", "40.0", "56.0", "48.0"]
    assert cells(page, "U-Net") == ["U-Net", "42.0", "50.0", "46.0"]
    said = text_of(page)
    assert "Against random forest: +2.0 points on average, better at 1 of 2 places." in said
    assert "Against U-Net: +4.0 points on average, better at 2 of 2 places." in said


def test_calibration_and_the_best_and_the_worst_are_told_in_words():
    fields = {"terraloom:held_out_scores": SCORES, "terraloom:temperature": 1.3, "terraloom:limits": ["Fails on snow."]}
    said = text_of(page_of(**fields))
    assert "differ by 2.1 points on average" in said
    assert "before one temperature (1.300) was fitted, by 6.0 points" in said
    assert "By place: Place 1 3.4 points." in said
    assert "It maps Class 0 best (IoU 75.0 %) and Class 1 worst (30.0 %)." in said
    assert "had not seen, it did best at Place 2 (mean IoU 55.0 %) and worst at Place 1 (45.0 %)." in said
    assert "Fails on snow." in said


def test_sections_come_in_the_order_in_which_a_reader_asks():
    page = page_of(
        **{
            "terraloom:held_out_scores": SCORES,
            "terraloom:training_data": {"licence": "CC0-1.0", "name": "Set", "source": "https://example.org/set"},
            "terraloom:recipe": "python scripts/train.py --data DATA",
            "license": "GPL-3.0-or-later",
        }
    )
    assert re.findall("<h2>(.*?)</h2>", page) == [
        "What it maps",
        "What to give it",
        "How good it is",
        "Where it works and fails",
        "What it was trained on",
        "How it was scored",
        "The network",
        "How to make it again",
    ]
    assert '<a href="https://example.org/set">' in page
    assert page.index("Set</td>") < page.index("example.org") < page.index("CC0-1.0"), "name, source, licence"
    assert "<pre>python scripts/train.py --data DATA</pre>" in page
    assert cells(page, "File") == ["File", "1.2 MB"]


def test_seams_and_reach_are_told():
    assert "exact: the map is the same" in page_of(radius=54) and "109 px wide" in page_of(radius=54)
    blended = page_of(**{"terraloom:global_operations": ["attention"]})
    assert "blended, since it sees the whole tile (attention)" in blended and "px wide" not in blended


def test_what_each_input_takes_is_told():
    document = toys.card(("red", "green"), **{"terraloom:value_range": [0, 255], "terraloom:resolution_m": 0.5})
    (entry,) = document["properties"]["mlm:input"]
    entry |= {
        "terraloom:resolution_range_m": [0.3, 1.0],
        "terraloom:stretch": [20, 220],
        "terraloom:grey_allowed": True,
    }
    page = model_page(ModelCard.from_document(document), 900)
    bands, values, size = cells(page, "red, green; a single band, as of a panchromatic sensor, may feed all of them")
    assert values == "0 to 255; other units are stretched, their 2nd and 98th percentile to 20 and 220"
    assert size == "0.5 m; 0.3 to 1 m are taken as they are, others are resampled"
    assert "0.3 to 1 m</span>" in page and "0.9 kB" in page


def test_the_card_of_older_models_is_still_read():
    old = {
        "folds": [[1], [2]],
        "steps": {"fold": 900},
        "places": {
            "1": {"pixels": 1, "overall_accuracy": 0.8, "mean_iou": 0.4, "iou": {"Class 0": 0.5, "Class 1": None}}
        },
        "calibration_error": {"before": 0.0249, "after": 0.0249},
    }
    data = {"name": "Set", "scoring": "Two folds."}
    page = page_of(**{"terraloom:held_out_scores": old, "terraloom:training_data": data})
    assert cells(page, "Place 1") == ["Place 1", "0.000", "80.0", "40.0", "50.0", "–"]
    assert "changes nothing in that" in page and "Beneath" not in page and "Beside other methods" not in page
    assert page.index("How it was scored") < page.index("Two folds.") and page.count("Two folds.") == 1


def test_scores_of_a_training_by_the_user_are_shown():
    figure = {"value": 0.5, "low": 0.4, "high": 0.6}
    document = {
        "split": "validation",
        "blocks": 9,
        "pixels": 2_000_000,
        "overall_accuracy": figure,
        "mean_iou": figure,
        "iou": {"Class 0": figure, "Class 1": {"value": None, "low": None, "high": None}},
        "random_forest_mean_iou": {"value": 0.3, "low": 0.2, "high": 0.4},
        "context_gain": figure,
    }
    page = page_of(**{"terraloom:held_out_scores": document})
    shown = "50.0 40.0–60.0"
    assert cells(page, "Validation chips") == ["Validation chips", "2.0", shown, shown, shown, "–"]
    assert cells(page, "Random forest on single pixels")[1] == "30.0"
    assert "Against random forest on single pixels: +20.0 points." in page and "rather too good" in page


def test_scores_of_values_stand_beside_those_of_a_forest():
    document = {"split": "test", "r2": 0.71234, "rmse": 3.5, "random_forest_r2": 0.5}
    fields = {"task": "regression", "activation": "none", "terraloom:held_out_scores": document}
    page = page_of(**fields)
    assert cells(page, "r2") == ["r2", "0.7123", "0.5000"] and cells(page, "rmse") == ["rmse", "3.5000", "–"]
    assert "1 value: value" in page


@pytest.mark.parametrize(
    "scores",
    [
        None,
        "good",
        [],
        {"places": None, "compared": [1], "calibration_error": "low"},
        {"places": {"1": None, "2": {"pixels": "many", "iou": [1], "mean_iou": True, "mean_iou_interval": [1]}}},
        {"split": ["test"], "mean_iou": None},
        {"all_places_pooled": {"mean_iou": 0.5}},
    ],
)
def test_scores_that_make_no_sense_leave_a_page_without_them(scores):
    page = page_of(**{"terraloom:held_out_scores": scores, "terraloom:training_data": None})
    assert "The network" in page and "nan" not in text_of(page)


def test_figures_without_an_interval_have_none():
    scores = scores_of({"terraloom:held_out_scores": SCORES})
    assert np.isnan(scores.places["Place 1"].overall_accuracy.low)
    assert scores.places["Place 2"].mean_iou == Figure(0.55, 0.5, 0.6000000000000001)
    without = copy.deepcopy(SCORES)
    del without["mean_of_places"]
    assert scores_of({"terraloom:held_out_scores": without}).mean_over_places == pytest.approx(0.5)


def test_a_model_without_scores_says_so():
    assert "tells nothing of how good it is" in page_of()


def test_changes_after_the_scoring_are_told():
    fields = {
        "terraloom:held_out_scores": SCORES,
        "terraloom:precision": "int8",
        "terraloom:optimised": {"loss": 0.31, "loss_measure": "points of mean IoU"},
        "terraloom:calibrated": {"chips": "mine", "ece_before": 0.05, "ece_after": 0.01},
    }
    said = text_of(page_of(**fields))
    assert "Optimised later to int8: it lost 0.31 points of mean IoU. The scores above are those" in said
    assert "on the chips mine: calibration error 1.0 %, before 5.0 %" in said
    assert "expected calibration error" not in said, "that of the old temperature holds no longer"


def test_assumptions_about_models_of_other_tools_are_told():
    page = page_of(**{"terraloom:assumed": ["Values are divided by 255."]})
    assert "it was assumed:" in page and "Values are divided by 255." in page


PICTURES = [
    {"file": "place-1.png", "title": "Place 1, held out", "says": "Roads <break>."},
    {"file": "lost.png", "title": "Lost"},
]


@pytest.fixture
def folder(tmp_path):
    """The folder of a model whose card names pictures, one of which is there; another lies outside."""
    folder = tmp_path / "model"
    folder.mkdir()
    legend = ModelCard.from_document(toys.card()).legend
    for path in (folder / "place-1.png", tmp_path / "outside.png"):
        write_class_picture(path, [np.eye(9), np.eye(9)], legend)
    return folder


def test_pictures_beside_the_model_are_in_the_page(folder, tmp_path):
    model = toys.bands_as_classes(folder / "model.onnx", **{"terraloom:pictures": PICTURES})
    model_info.run(ModelInfo(str(model), str(tmp_path / "r.html")), Silent())
    page = (tmp_path / "r.html").read_text("utf-8")
    (data,) = re.findall(r'src="data:image/png;base64,([^"]+)"', page)
    assert base64.b64decode(data) == (folder / "place-1.png").read_bytes()
    assert "Place 1, held out" in page and "Roads &lt;break&gt;." in page and "not labelled" in page
    assert "Lost" not in page
    assert set(re.findall(r'(?:src|href)="(\w+):', page)) == {"data"}, "no other file, no network"


def test_a_model_that_was_copied_alone_has_no_pictures(folder, tmp_path):
    model = toys.bands_as_classes(tmp_path / "m.onnx", **{"terraloom:pictures": PICTURES})
    model_info.run(ModelInfo(str(model), str(tmp_path / "r.html")), Silent())
    page = (tmp_path / "r.html").read_text("utf-8")
    assert "data:image/png" not in page and "What its maps look like" not in page


@pytest.mark.parametrize(
    "name", ["../outside.png", "sub/p.png", "..\\outside.png", "", ".", "text.png", "big.png", None, 5]
)
def test_a_card_cannot_name_what_is_no_picture_beside_it(folder, name):
    (folder / "text.png").write_text("password", "utf-8")
    (folder / "big.png").write_bytes((folder / "place-1.png").read_bytes() + bytes(MOST_BYTES))
    (folder / "sub").mkdir()
    (folder / "sub" / "p.png").write_bytes((folder / "place-1.png").read_bytes())
    for entries in ([{"file": name}], [name], name, {"file": name}):
        card = ModelCard.from_document(toys.card(**{"terraloom:pictures": entries}))
        assert pictures_beside(card, folder) == ()


@pytest.mark.parametrize("model", sorted(BUNDLED.glob("*/model.onnx")), ids=lambda path: path.parent.name)
def test_bundled_models_have_a_page_with_every_picture_that_their_card_names(model, tmp_path):
    report, card = tmp_path / "r.html", ModelCard.from_file(model.with_name("card.json"))
    model_info.run(ModelInfo(str(model), str(report)), Silent())
    page = report.read_text("utf-8")
    named = card.document["properties"].get("terraloom:pictures", [])
    assert page.count("data:image/png;base64,") == len(named)
    assert all(Path(model.with_name(entry["file"])).stat().st_size <= 60_000 for entry in named)
    assert all(name in page for name in card.legend.names)
    assert "How good it is" in page and not re.search(r"\bnan\b", text_of(page))
