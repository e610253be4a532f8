"""The page about a training tells what the outcome tells: figures beside the forest's, by class, curves and samples."""

import base64
import re
from html.parser import HTMLParser
from pathlib import Path

import numpy as np
import pytest
from terraloom.engine.jobs import train_model
from terraloom.engine.learning.evaluation import explained
from terraloom.engine.learning.held_out import HeldOut, called, score_classes
from terraloom.engine.progress import Silent
from terraloom.tests.chips import write_chips, write_values
from terraloom.tests.listening import Heard
from terraloom.tests.training_runs import asked

INTERVAL = r"\d\.\d{3} \(\d\.\d{3} to \d\.\d{3}\)"


class Page(HTMLParser):
    """Tables as lists of rows of texts, and pictures by what they are called."""

    def __init__(self, text):
        super().__init__()
        self.tables, self.pictures, self.in_cell = [], [], False
        self.feed(text)

    def handle_starttag(self, tag, attributes):
        if tag == "table":
            self.tables.append([])
        elif tag == "tr":
            self.tables[-1].append([])
        elif tag in ("td", "th"):
            self.tables[-1][-1].append("")
            self.in_cell = True
        elif tag == "img":
            self.pictures.append(dict(attributes))

    def handle_endtag(self, tag):
        self.in_cell = self.in_cell and tag not in ("td", "th")

    def handle_data(self, data):
        if self.in_cell:
            self.tables[-1][-1][-1] += data.strip("■\xa0\n")

    def table(self, *heads):
        """The rows below these heads, by what stands first in them."""
        return {row[0]: row[1:] for table in self.tables if table[0] == list(heads) for row in table[1:]}

    @property
    def facts(self):
        """What stands beside each name in the table without heads."""
        return {row[0]: row[1] for row in self.tables[0]}

    def drawing(self, name):
        """A chart as SVG."""
        (source,) = (picture["src"] for picture in self.pictures if picture["alt"] == name)
        return base64.b64decode(source.partition("base64,")[2]).decode()


def report(tmp_path, **changes):
    request = asked(tmp_path, report=str(tmp_path / "report.html"), **changes)
    outcome = train_model.run(request, Silent())
    return Page(Path(request.report).read_text()), outcome.metrics


def curve_points(drawing):
    """Number of points of the one curve in a chart."""
    (points,) = re.findall(r'<polyline points="([^"]*)"', drawing)
    return len(points.split())


def test_a_page_on_classes(tmp_path):
    chips = write_chips(tmp_path / "chips")
    page, figures = report(tmp_path, epochs=4)
    summary = page.table("", "Overall accuracy", "Mean IoU", "Mean F1")
    assert list(summary) == ["Network", "Random forest on single pixels", "Context gain"]
    for row, column, name in (("Network", 0, "oa"), ("Network", 1, "miou"), ("Context gain", 1, "context_gain")):
        value, interval = summary[row][column].split(" ", 1)
        assert float(value) == pytest.approx(figures[name], abs=6e-4)
        assert re.fullmatch(r"\(-?\d\.\d{3} to -?\d\.\d{3}\)", interval)
    assert summary["Random forest on single pixels"][1].startswith(f"{figures['forest_miou']:.3f}")

    classes = page.table("Class", "User's accuracy", "Producer's accuracy", "F1", "IoU")
    assert list(classes) == ["Low", "High"]
    assert all(re.fullmatch(INTERVAL, figure) for row in classes.values() for figure in row)
    mean = sum(float(row[3].split()[0]) for row in classes.values()) / 2
    assert mean == pytest.approx(figures["miou"], abs=1e-3)

    mixed = page.table("", "Low", "High", "Pixels")
    pixels = [int(mixed[name][2]) for name in ("Low", "High")]
    assert pixels == list(chips.pixels(chips.of("test")).values())
    assert all(re.fullmatch(r"\d+\.\d %", share) for row in mixed.values() for share in row[:2])
    right = [float(mixed[name][place].rstrip("%")) / 100 for place, name in enumerate(("Low", "High"))]
    assert sum(share * count for share, count in zip(right, pixels)) / sum(pixels) == pytest.approx(
        figures["oa"], abs=1e-3
    )

    assert curve_points(page.drawing("Loss over Step: cross_entropy")) == 8  # 4 epochs of 2 batches
    assert curve_points(page.drawing("Mean IoU over Step: validation")) == 8
    assert sum(picture["src"].startswith("data:image/png") for picture in page.pictures) == 3 * 2  # of both test chips
    assert page.table("image", "Target", "Network")
    assert page.facts["Objectives"] == "cross_entropy" and page.facts["Temperature"]
    assert re.fullmatch(r"\d{1,3}(\u202f\d{3})+", page.facts["Weights"])


def test_a_page_on_classes_without_a_forest(tmp_path):
    write_chips(tmp_path / "chips")
    page, _ = report(tmp_path, epochs=2, baseline=False)
    assert list(page.table("", "Overall accuracy", "Mean IoU", "Mean F1")) == ["Network"]


def test_a_page_on_values(tmp_path):
    write_values(tmp_path / "chips")
    page, figures = report(tmp_path, epochs=4, preset="regression")
    told = page.table("Figure", "Network", "Random forest on single pixels")
    assert "Intervals" not in (tmp_path / "report.html").read_text() and not {"r2", "rmse", "psnr_db"} & told.keys()
    told = {name: told[called(name)] for name in figures if called(name) in told}
    assert {"r2", "rmse", "psnr_db"} <= told.keys()
    for name, (network, forest) in told.items():
        assert network == f"{figures[name]:.4f}"
        assert forest == (f"{figures[f'forest_{name}']:.4f}" if f"forest_{name}" in figures else "–")
    assert curve_points(page.drawing("Loss over Step: l1")) == 8
    assert curve_points(page.drawing("R² over Step: validation")) == 8 and "Temperature" not in page.facts
    assert sum(picture["src"].startswith("data:image/png") for picture in page.pictures) == 3 * 2


def test_a_network_that_is_worse_than_the_forest_is_warned_of():
    good, bad = np.array([[[40, 10], [10, 40]]] * 4), np.array([[[20, 30], [30, 20]]] * 4)
    assert score_classes("test", good, bad, 0).cautions == ()
    assert score_classes("test", bad, None, 0).cautions == ()
    (caution,) = score_classes("test", bad, good, 0).cautions
    assert "worse than a random forest on single pixels" in caution


def test_values_that_a_forest_tells_better_are_warned_of():
    def cautions(r2, forest):
        return HeldOut("test", values={"rmse": 1.0, **r2}, forest_values=forest).cautions

    better, worse = {"r2": 0.5}, {"r2": 0.4}
    assert cautions(better, {"rmse": 1.1, **worse}) == cautions(worse, None) == cautions({}, {"rmse": 0.9}) == ()
    (caution,) = cautions(worse, {"rmse": 0.9, **better})
    assert "worse than a random forest on single pixels" in caution


def test_no_network_is_advised_against_for_a_forest_that_has_learnt_the_chips_it_is_judged_on(tmp_path):
    good, bad = np.array([[[40, 10], [10, 40]]] * 4), np.array([[[20, 30], [30, 20]]] * 4)
    assert score_classes("train", bad, good, 0).cautions == ()
    assert HeldOut("train", values={"r2": 0.4}, forest_values={"r2": 0.9}).cautions == ()
    write_chips(tmp_path / "chips", splits=("train",) * 3)
    request, heard = asked(tmp_path, epochs=1, report=str(tmp_path / "report.html")), Heard()
    train_model.run(request, heard)
    assert "knows nearly by heart" in heard.text and "worse than a random forest" not in heard.text
    assert "knows such chips nearly by heart" in Path(request.report).read_text()


def test_each_variable_counts_alike_in_what_is_explained():
    squares, total = np.array([4.0, 900.0]), np.array([4.0, 90_000.0])
    assert explained(squares, total) == pytest.approx((0 + 0.99) / 2)
    assert explained(np.array([1.0, 5.0]), np.array([4.0, 0.0])) == 0.75, "nothing is known of the second"
