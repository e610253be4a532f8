"""APLS gives the figures of its authors' program, and control points lie where its rules put them."""

import json
from pathlib import Path

import numpy as np
import pytest
import shapely
from line_graphs import graph
from terraloom.engine.line_comparison import apls as module
from terraloom.engine.line_comparison.apls import Rules, apls, control_points
from terraloom.engine.line_comparison.line_graph import line_graph

GOLDEN = Path(__file__).resolve().parents[4] / "shared" / "golden" / "apls"
CASES = "perfect", "missing_link", "broken_gap", "shifted_3m", "extra_road"
RULES = {
    "cli_defaults": Rules(),
    "function_defaults": Rules(straight=0.012, shortest_m=10),
    "snap2": Rules(snap_m=2),
}
ORDER_MATTERS = {("shifted_3m", "cli_defaults"), ("shifted_3m", "function_defaults")}
"""Where the program's figures depend on the order of the lines."""


def golden_graph(case, which):
    if not GOLDEN.parent.is_dir():
        pytest.skip("the reference numbers of APLS are not beside the repository")
    features = json.loads((GOLDEN / f"{case}.{which}.geojson").read_text("utf-8"))["features"]
    return graph(*(feature["geometry"]["coordinates"] for feature in features))


def told(case, rules):
    return json.loads((GOLDEN / "apls_scores.json").read_text("utf-8"))["results"][case][rules]


@pytest.mark.parametrize("rules", RULES)
@pytest.mark.parametrize("case", CASES)
def test_figures_are_those_of_the_authors(case, rules):
    truth, proposal = golden_graph(case, "truth"), golden_graph(case, "proposal")
    expected = told(case, rules)
    found = apls(truth, proposal, RULES[rules])
    there, back = found.reference_onto_prediction, found.prediction_onto_reference
    both_ways = expected["gt_onto_prop"], expected["prop_onto_gt"]
    allowed = 1e-3 if (case, rules) in ORDER_MATTERS else 1e-6
    assert (there.score, back.score) == pytest.approx(both_ways, abs=allowed)
    assert found.total == pytest.approx(expected["total"], abs=allowed / 2)
    assert (there.routes, back.routes) == (expected["n_routes_gt_onto_prop"], expected["n_routes_prop_onto_gt"])
    missing = (
        expected[f"{name}_control_points_missing_in_{other}"] for name, other in (("gt", "prop"), ("prop", "gt"))
    )
    assert (there.unplaced, back.unplaced) == tuple(map(len, missing))
    for network, name in ((truth, "gt"), (proposal, "prop")):
        points = shapely.get_coordinates(control_points(network, RULES[rules]).points(network)) - (322000, 4306000)
        theirs = np.array(expected[f"control_points_{name}"])[:, 1:]
        np.testing.assert_allclose(np.sort(points.round(3), axis=0), np.sort(theirs.round(3), axis=0), atol=2e-3)


def test_a_shift_is_judged_as_by_the_program_where_it_renames_nothing():
    truth, proposal = golden_graph("shifted_3m", "truth"), golden_graph("shifted_3m", "proposal")
    expected, found = told("shifted_3m", "cli_defaults_proposal_lines_in_reverse_order"), apls(truth, proposal)
    assert found.total == pytest.approx(expected["total"], abs=1e-7)
    assert found.reference_onto_prediction.score == pytest.approx(expected["gt_onto_prop"], abs=1e-7)
    assert found.prediction_onto_reference.score == pytest.approx(expected["prop_onto_gt"], abs=1e-7)
    assert apls(truth, proposal, RULES["function_defaults"]).total == pytest.approx(0.99116, abs=1e-5)


def test_the_score_is_what_the_formula_says():
    """A way of 10 m became one of 12."""
    truth, proposal = graph([(0, 0), (10, 0)]), graph([(0, 0), (0, 1), (10, 1), (10, 0)])
    found = apls(truth, proposal, Rules(spacing_m=100))
    assert found.reference_onto_prediction.score == pytest.approx(1 - 2 / 10)
    assert found.prediction_onto_reference.score == pytest.approx(1 - 2 / 12)
    assert found.total == pytest.approx(2 * 0.8 * (10 / 12) / (0.8 + 10 / 12))


def test_networks_apart_from_each_other_have_nothing_in_common():
    found = apls(graph([(0, 0), (100, 0)]), graph([(0, 50), (100, 50)]))
    assert found.total == 0 and found.reference_onto_prediction.score == 0
    assert found.reference_onto_prediction.unplaced == found.reference_onto_prediction.used == 3


def test_ways_that_are_all_too_short_leave_it_undefined():
    short = graph([(0, 0), (5, 0)])
    found = apls(short, short, Rules(shortest_m=10))
    assert np.isnan(found.total) and found.reference_onto_prediction.routes == 0


def grid(side, step=100.0, skip=0.0, seed=0):
    rng = np.random.default_rng(seed)
    lines = []
    for i in range(side):
        for j in range(side):
            for di, dj in ((1, 0), (0, 1)):
                if i + di < side and j + dj < side and rng.random() >= skip:
                    lines.append([(i * step, j * step), ((i + di) * step, (j + dj) * step)])
    return lines


def test_of_many_control_points_some_are_drawn_and_say_nearly_the_same(monkeypatch):
    truth, proposal = graph(*grid(12)), graph(*grid(12, skip=0.15))
    whole = apls(truth, proposal)
    monkeypatch.setattr(module, "WORK", 0)
    monkeypatch.setattr(module, "LEAST_POINTS", 120)
    drawn, again = apls(truth, proposal), apls(truth, proposal)
    assert drawn == again
    assert drawn.reference_onto_prediction.used == 120 < drawn.reference_onto_prediction.points
    assert drawn.total != whole.total and drawn.total == pytest.approx(whole.total, abs=0.03)


def test_batches_do_not_show(monkeypatch):
    truth, proposal = graph(*grid(5)), graph(*grid(5, skip=0.2))
    whole = apls(truth, proposal)
    monkeypatch.setattr(module, "BATCH_BYTES", 1)
    told_of = []
    assert apls(truth, proposal, tell=told_of.append).total == pytest.approx(whole.total, abs=1e-12)
    assert told_of == sorted(told_of) and 0 <= told_of[0] < told_of[-1] < 1


def test_how_uncertain_the_figure_is_from_drawing_is_told(monkeypatch):
    """As other draws differ, over a net of streets of which two in five are missing."""
    across = [((x, y), (x + 1, y)) for x in range(9) for y in range(10)]
    streets = across + [((y, x), (y, x + 1)) for (x, y), _ in across]
    lines = np.array([shapely.LineString(np.array(street) * 100.0) for street in streets], object)
    kept = lines[np.random.default_rng(1).random(len(lines)) > 0.4]
    networks = line_graph(lines), line_graph(kept)
    whole = apls(*networks).reference_onto_prediction
    assert whole.used == whole.points == 280 and whole.error == 0
    monkeypatch.setattr(module, "MOST_POINTS", 60)
    monkeypatch.setattr(module, "LEAST_POINTS", 60)
    drawn = []
    for seed in range(20):
        monkeypatch.setattr(module, "SEED", seed)
        drawn.append(apls(*networks).reference_onto_prediction)
    off = np.array([each.score - whole.score for each in drawn])
    told = np.array([each.error for each in drawn])
    assert 0.7 < np.sqrt((off**2).mean()) / told.mean() < 1.3
    assert (np.abs(off) <= 1.96 * told).mean() >= 0.85
