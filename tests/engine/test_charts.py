"""Charts are whole drawings whatever the numbers are, and texts from outside stay texts."""

import base64
import math
import re
from xml.etree import ElementTree

import pytest
from terraloom.engine.environment.report import Report, to_html
from terraloom.engine.pages.charts import Bar, Curve, Interval, interval_chart, line_chart, reliability_chart
from terraloom.engine.pages.report_page import key_figures, page, table

SVG = "{http://www.w3.org/2000/svg}"


def drawing(html):
    """The drawing inside an image."""
    data = re.search(r"base64,([^\"]+)", html).group(1)
    return ElementTree.fromstring(base64.b64decode(data))  # noqa: S314 - our own drawing


def places(line):
    return [tuple(map(float, pair.split(","))) for pair in line.get("points").split()]


def test_a_curve_runs_through_its_points_and_leaves_gaps():
    root = drawing(line_chart([Curve("loss", [1, 2, 3, 4, 5], [4, 2, math.nan, 1, 0])], "epoch", "loss"))
    first, second = (places(line) for line in root.iter(f"{SVG}polyline"))
    assert (len(first), len(second)) == (2, 2)
    assert first[0][1] < first[1][1] < second[1][1], "less is lower, and SVG counts downwards"
    width, height = float(root.get("width")), float(root.get("height"))
    assert all(0 < x < width and 0 < y < height for x, y in first + second)


@pytest.mark.parametrize("ys", [[], [3.0], [0.0, 0.0], [math.nan, math.nan], [1e-9, 2e-9], [-5, 1e6]])
def test_odd_numbers_are_drawn_too(ys):
    root = drawing(line_chart([Curve("a", list(range(len(ys))), ys)], "x", "y"))
    assert 2 <= len(list(root.iter(f"{SVG}text"))) < 40


@pytest.mark.parametrize(("xs", "ticks"), [([1, 2], ["1", "2"]), ([0, 0.5, 1], ["0", "0.2", "0.4", "0.6", "0.8", "1"])])
def test_there_is_nothing_between_two_steps(xs, ticks):
    root = drawing(line_chart([Curve("a", xs, [5] * len(xs))], "Step", "y"))
    assert [text.text for text in root.iter(f"{SVG}text") if text.get("text-anchor") == "middle"][:-2] == ticks


def test_undefined_values_are_named_and_not_drawn():
    root = drawing(interval_chart([Interval("a", 0.5, 0.2, 0.9), Interval("b", *[math.nan] * 3)], "IoU"))
    assert len(list(root.iter(f"{SVG}circle"))) == 1
    assert "no reference" in [text.text for text in root.iter(f"{SVG}text")]


@pytest.mark.parametrize("count", [1, 6, 20])
def test_no_curve_runs_through_the_key(count):
    names = [f"by mutual information {number}" for number in range(count)]
    charts = [line_chart([Curve(name, [0, 1, 2], [0, 1, 1]) for name in names], "x", "y")]
    charts.append(reliability_chart([Bar(0.0, 1.0, 0.0001)], [Bar(1.0, 1.0, 0.0001)]))
    for root, said in zip(map(drawing, charts), (names, ["before", "after"])):
        key = [text for text in root.iter(f"{SVG}text") if text.text in said]
        lines = [places(line) for line in root.iter(f"{SVG}polyline")]
        assert len(key) == len(said)
        assert max(float(text.get("y")) for text in key) < min(y for line in lines for _, y in line)
        assert all(float(text.get("x")) + 6 * len(text.text) < float(root.get("width")) for text in key)


def test_circles_lie_where_confidence_and_accuracy_say():
    root = drawing(reliability_chart([Bar(0.9, 0.5, 0.8), Bar(0.2, 0.2, 0.0)], [Bar(0.5, 0.5, 1.0)]))
    before, after = root.iter(f"{SVG}circle")
    assert float(before.get("cx")) > float(after.get("cx")) and before.get("cy") == after.get("cy")
    assert float(after.get("r")) > float(before.get("r"))


def test_texts_from_outside_stay_texts():
    evil = '<script>alert("1")</script>'
    chart = interval_chart([Interval(evil, 0.5, 0.4, 0.6)], evil)
    assert "<script" not in chart and any(evil[:20] in (text.text or "") for text in drawing(chart).iter(f"{SVG}text"))
    assert "<script" not in page(evil, [table((evil,), [])])


def test_pages_bring_their_own_background():
    """QGIS shows them on a dark one where its theme is dark, and their texts are dark."""
    for shown in (page("a", []), to_html(Report(), "a")):
        assert "body { color: #222; background: #fff }" in shown


def test_only_names_and_values_of_key_figures_make_the_page_wide():
    shown = key_figures([("IoU", "90 %", "a long remark"), ("F1", "80 %", "another")])
    unbroken = re.findall(r'style="white-space:nowrap">(.*?)</td>', shown)
    assert [re.sub("<.*?>", "", text) for text in unbroken] == ["IoU", "F1", "90 %", "80 %"]
    assert shown.startswith('<div class="wide">'), "what is too wide still scrolls by itself"
