"""The benchmark of context says of each place and maker how good it is, goes on where it was, and fills its table."""

import json
import sys
from pathlib import Path

import numpy as np
import pytest
import torch
from PIL import Image
from terraloom.benchmarks import context_gain, context_makers, context_report, forests
from terraloom.benchmarks.context_makers import classes_of, spec_of
from terraloom.benchmarks.context_sets import Dubai, Landsat
from terraloom.engine.chips.chip_set import IGNORE
from terraloom.models.build import build
from terraloom.models.complexity import count_parameters, flops_per_pixel
from torch import Generator

DATA = Path(__file__).resolve().parents[3] / "shared" / "data"


@pytest.fixture(autouse=True)
def one_thread():
    threads = torch.get_num_threads()
    torch.set_num_threads(1)
    yield
    torch.set_num_threads(threads)


@pytest.fixture
def photographs(tmp_path):
    """Six places of one photograph each, whose colour tells the class but for noise; a strip is not labelled."""
    random = np.random.default_rng(0)
    for folder in ("images", "labels"):
        (tmp_path / "dubai" / folder).mkdir(parents=True)
    for place in Dubai.PLACES:
        labels = np.kron(random.integers(0, 5, (6, 6)), np.ones((16, 16))).astype(np.uint8)
        shown = labels[..., None] * np.array([40, -30, 20]) + np.array([40, 160, 80]) + random.normal(0, 8, (96, 96, 3))
        labels[:4] = 5
        Image.fromarray(shown.clip(0, 255).astype(np.uint8)).save(tmp_path / f"dubai/images/tile{place}_001.jpg")
        Image.fromarray(labels).save(tmp_path / f"dubai/labels/tile{place}_001.png")
    return tmp_path


def run(monkeypatch, capsys, *words):
    monkeypatch.setattr(sys, "argv", ["context_gain", *map(str, words)])
    context_gain.main()
    return [json.loads(line) for line in capsys.readouterr().out.splitlines()]


def test_each_maker_is_measured_once_and_stands_in_the_table(photographs, monkeypatch, capsys):
    monkeypatch.setattr(forests, "GRID", {"min_samples_leaf": [1]})
    monkeypatch.setattr(forests, "TREES", 10)
    monkeypatch.setattr(forests, "TRIED_TREES", 5)
    small = ("--steps", 2, "--tiles", 2, "--tile-px", 32, "--threads", 1)
    words = ("--data", photographs, "--work", photographs / "work", "--sets", "dubai", "--places", "3", *small)
    lines = run(monkeypatch, capsys, *words)
    assert [line["maker"] for line in lines] == ["forest", "forest_with_more", "near", "far"]
    labelled = 92 * 96
    for line in lines:
        assert (line["set"], line["place"], line["pixels"]) == ("dubai", "3", labelled)
        assert line["mean_iou"] == pytest.approx(np.mean(list(line["iou"].values())), abs=1e-3)
        assert line["iou"].keys() <= set(Dubai.CLASSES)
    assert lines[0]["mean_iou"] > 0.5
    assert [(line["radius_px"], line["steps"]) for line in lines[2:]] == [(7, 2), (91, 2)]
    assert not list((photographs / "work").glob("*.pt"))
    assert run(monkeypatch, capsys, *words) == []
    assert [line["steps"] for line in run(monkeypatch, capsys, *words, "--steps", 3, "--makers", "far")] == [3]

    page = photographs / "page.md"
    page.write_text("a\n<!-- context gain -->\nold\n<!-- end of context gain -->\nb\n")
    run(monkeypatch, capsys, "--work", photographs / "work", "--table", "--page", page)
    written = page.read_text()
    assert f"| dubai | 3 | {100 * lines[0]['mean_iou']:.1f} |" in written and "old" not in written
    assert "3 steps of 2 tiles" in written and written.startswith("a\n") and written.endswith("-->\nb\n")


def test_the_table_tells_gains_and_means_where_they_are_known():
    def line(place, maker, score):
        return {"benchmark": "context_gain", "set": "dubai", "place": place, "maker": maker, "mean_iou": score}

    facts = {"parameters": 1000, "flops_per_px": 5000, "radius_px": 9, "steps": 4, "tiles": 2, "precision": "fp32"}
    lines = [
        line("1", "forest", 0.3),
        line("1", "far", 0.2),
        {**line("1", "far", 0.45), **facts},
        line("3", "far", 0.5),
    ]
    rows = [row.strip("| ").split(" | ") for row in context_report.table(lines).splitlines()]
    assert rows[0] == ["Set", "Held out", "Forest, bands", "Far", "Far - forest, bands", "Far - near"]
    assert rows[2:4] == [["dubai", "1", "30.0", "45.0", "+15.0", "–"], ["dubai", "3", "–", "50.0", "–", "–"]]
    assert not any("mean" in row for row in map(str, rows)) and "sees 9 px" in str(rows[-1])
    rows = context_report.table([*lines, line("3", "forest", 0.6)]).splitlines()
    assert "| **dubai** | **mean** | **45.0** | **47.5** | **+2.5** | **–** |" in rows
    assert context_report.table([{"benchmark": "peers"}]) == ""


def test_the_networks_have_as_many_weights_and_differ_in_what_they_see():
    near, far = (build(spec_of(name, 3, 5)) for name in ("near", "far"))
    assert count_parameters(far) == pytest.approx(count_parameters(near), rel=0.05)
    assert flops_per_pixel(far) < flops_per_pixel(near)
    assert near.receptive_radius_px < 10 < 90 < far.receptive_radius_px
    assert build(spec_of("localcontext", 6, 7)).gives.channels == 7


def test_an_image_mapped_in_parts_is_the_image_mapped_whole(monkeypatch):
    torch.manual_seed(0)
    network = build(spec_of("near", 3, 5)).eval()
    image = np.random.default_rng(0).normal(size=(3, 75, 90)).astype(np.float32)
    whole = classes_of(network, image)
    monkeypatch.setattr(context_makers, "CORE_PX", 32)
    assert len(np.unique(whole)) > 1 and (classes_of(network, image) == whole).all()


@pytest.mark.skipif(not (DATA / "landsat_nc").is_dir(), reason="the Landsat scene is not here")
def test_a_deal_of_the_landsat_scene_keeps_its_test_ground_from_all_that_learns():
    fold = Landsat(DATA, 256, 2).fold("deal-1")
    (held,) = fold.held_out()
    given = fold.forest(True)
    assert ((held.labels != IGNORE) == given.wanted).all() and given.wanted.sum() > 100
    assert (given.labels[given.wanted] == IGNORE).all() and len(fold.classes) == 7
    batch = fold.draw(Generator().manual_seed(0))
    assert batch.inputs[0].shape == (2, fold.bands, 96, 96)
    drawn = batch.target[batch.target != IGNORE]
    assert len(drawn) and int(drawn.max()) < 7
