"""The benchmark of parts over time draws fronts whose truth is known, counts fairly, and goes on where it was."""

import json
import sys

import numpy as np
import pytest
import torch
from PIL import Image
from terraloom.benchmarks import time_parts, time_report, time_scores, time_sets
from terraloom.benchmarks.composition_sets import BLOCKS, IMAGE_PX
from terraloom.benchmarks.moving_fronts import DAYS, SIDE_PX, draw_series, first_passage
from terraloom.benchmarks.time_parts import WIDTHS, spec_of
from terraloom.benchmarks.time_sets import FloodPairs, Fronts
from terraloom.engine.chips.chip_set import IGNORE
from terraloom.models.build import build
from terraloom.models.complexity import count_parameters
from torch import Generator

MANY = range(60)


@pytest.fixture(autouse=True)
def one_thread():
    threads = torch.get_num_threads()
    torch.set_num_threads(1)
    yield
    torch.set_num_threads(threads)


@pytest.fixture(scope="module")
def series():
    return [draw_series(seed) for seed in MANY]


def test_a_series_is_the_same_for_a_seed_and_another_for_another(series):
    again = draw_series(3)
    assert (again.images == series[3].images).all() and (again.passed == series[3].passed).all()
    assert not (series[3].images == series[4].images).all()


def test_the_front_moves_as_it_is_said_to(series):
    for each in series:
        assert each.images.shape == each.bright.shape == (len(DAYS), SIDE_PX, SIDE_PX)
        for move, before, after in zip(each.moves, each.bright[:-1], each.bright[1:], strict=True):
            if move == 0:
                assert (before == after).all()
            elif move > 0:
                assert (after | ~before).all()
            else:
                assert (before | ~after).all()
    moves = {move for each in series for move in each.moves}
    assert moves == {-1, 0, 1}
    assert any(each.bright[0].sum() < each.bright[-1].sum() - 200 for each in series)
    assert any(each.bright[0].sum() > each.bright[-1].sum() + 200 for each in series)


def test_nothing_is_passed_where_the_front_stands_still_and_each_date_is_passed_somewhere(series):
    still = [each for each in series if not any(each.moves)]
    assert still and not any(each.passed.any() for each in still)
    assert set(np.unique([each.passed for each in series])) == set(range(len(DAYS)))
    for each in series:
        first = each.passed > 0
        seen = np.take_along_axis(each.bright, each.passed[None], axis=0)[0]
        assert (seen[first] != each.bright[0][first]).all()
        assert (each.bright[each.there] == each.bright[0])[:, ~first].all()


def test_a_passage_counts_on_the_first_date_that_is_there():
    bright = np.array([[1, 1, 1, 0], [0, 1, 1, 0], [0, 0, 1, 0], [1, 0, 1, 0]], bool)[:, None]
    assert first_passage(bright, np.array([True] * 4))[0].tolist() == [1, 2, 0, 0]
    assert first_passage(bright, np.array([True, False, True, True]))[0].tolist() == [2, 2, 0, 0]
    assert first_passage(bright, np.array([True, False, False, True]))[0].tolist() == [0, 3, 0, 0]


def test_missing_dates_are_empty_and_the_sides_show_in_the_others(series):
    there = np.stack([each.there for each in series])
    assert there[:, 0].all() and 0.05 < 1 - there[:, 1:].mean() < 0.25
    for each in series:
        assert not each.images[~each.there].any() and each.images[each.there].all()
    lighter = [
        each.images[date][each.bright[date]].mean() - each.images[date][~each.bright[date]].mean()
        for each in series
        for date in np.flatnonzero(each.there)
        if 500 < each.bright[date].sum() < SIDE_PX**2 - 500
    ]
    assert np.median(lighter) > 0.7
    assert abs(np.mean([each.images[each.there].mean() for each in series])) < 0.4


def test_counts_are_those_of_the_pixels():
    truth = torch.tensor([[[0, 0, 1, 2, 3, IGNORE]]])
    found = torch.tensor([[[0, 4, 1, 5, 0, 1]]])
    counts = time_scores.counts_of(truth, found)
    assert counts.tolist() == [[2, 1, 1, 1, 3]]
    scores = time_scores.figures(counts.double().numpy())
    assert scores == pytest.approx({"iou": 2 / 4, "dated": 1 / 3, "dates_off": 1.5})
    assert time_scores.counts_of(truth, truth).tolist() == [[3, 0, 0, 3, 0]]


def test_intervals_tell_a_difference_from_chance():
    rng = np.random.default_rng(1)

    def way(share):
        hit = rng.binomial(200, share, 60)
        return np.stack([hit, 200 - hit, hit * 0, hit, hit * 0], axis=1).astype(float)

    mean, low, high = time_scores.gain([way(0.8), way(0.8)], [way(0.7), way(0.7)])
    assert low < mean < high and mean == pytest.approx(0.1, abs=0.02) and low > 0.05
    same = [way(0.7), way(0.7)]
    mean, low, high = time_scores.gain(same, same)
    assert mean == 0 and low < 0 < high
    assert time_scores.gain(same[:1], same[:1]) == (0, 0, 0)
    unlike = [way(0.5), way(0.9)]  # what a seed does is chance as well
    _, low, high = time_scores.gain(unlike, same)
    assert high - low > 0.2


def test_networks_have_as_many_weights_and_read_the_same_tensor():
    for source, classes in ((Fronts.source, Fronts.classes), (FloodPairs.source, FloodPairs.classes)):
        networks = [build(spec_of(way, source, classes)) for way in WIDTHS]
        weights = [count_parameters(network) for network in networks]
        assert max(weights) < 1.15 * min(weights) and max(weights) <= 100_000
        assert {network.spec.inputs[0].channels for network in networks} == {source.channels}


def run(monkeypatch, capsys, *words):
    monkeypatch.setattr(sys, "argv", ["time_parts", *map(str, words)])
    time_parts.main()
    return [json.loads(line) for line in capsys.readouterr().out.splitlines()]


@pytest.fixture
def pairs(tmp_path):
    """Floods that are dark in the radar image after, and nowhere else."""
    rng = np.random.default_rng(0)
    for split, images in (("train", 2 * BLOCKS), ("test", 2)):
        for folder in ("mask", "s1_before", "s1_after", "s2_before", "s2_after"):
            (tmp_path / "ombria" / split / folder).mkdir(parents=True)
        for number in range(images):
            flood = np.kron(rng.random((4, 4)) < 0.4, np.ones((IMAGE_PX // 4,) * 2)).astype(np.uint8)
            for folder in ("s1_before", "s1_after", "s2_before", "s2_after"):
                bands = () if folder.startswith("s1") else (3,)
                pixels = rng.integers(100, 200, (*flood.shape, *bands), dtype=np.uint8)
                if folder == "s1_after":
                    pixels -= 90 * flood
                path = tmp_path / "ombria" / split / folder / f"{number:04}.webp"
                Image.fromarray(pixels).save(path, lossless=True)
            Image.fromarray(255 * flood).save(tmp_path / "ombria" / split / "mask" / f"{number:04}.png")
    return tmp_path


def test_blocks_that_are_judged_are_not_learnt_from(pairs, monkeypatch):
    monkeypatch.setattr(time_sets, "RUN", 2)
    floods = FloodPairs(pairs)
    judged = list(floods.judged())
    parts = [(part, group) for part, groups, _ in judged for group in groups]
    assert parts == [("blocks", 0)] * 8 + [("blocks", 1)] * 8 + [("test", 0)] * 8
    drawn = floods.draw(Generator().manual_seed(0))
    kept = {tile[4].flatten()[:64].numpy().tobytes() for _, _, batch in judged for tile in batch.inputs[0]}
    assert len(kept) == 24 and drawn.inputs[0].shape[1] == FloodPairs.source.channels
    learnt = floods._floods._train
    assert len(learnt) == 2 * BLOCKS - 4
    of_blocks = {image.tobytes() for image in floods._floods._kept_out}
    assert len(of_blocks) == 4 and not of_blocks & {image.tobytes() for image in learnt}


def test_each_way_is_measured_once_and_stands_in_the_tables(pairs, monkeypatch, capsys, tmp_path):
    monkeypatch.setattr(time_sets, "RUN", 2)
    monkeypatch.setitem(time_sets.SETS, "fronts", lambda data: Fronts(data, learnt=8, judged=6))
    words = ("--data", pairs, "--work", tmp_path / "work", "--steps", 2, "--seeds", 0, 1)
    small = (*words, "--ways", "early", "both")
    lines = run(monkeypatch, capsys, *small)
    assert [(line["seed"], line["set"], line["way"]) for line in lines] == [
        (seed, name, way) for seed in (0, 1) for name in ("fronts", "floods") for way in ("early", "both")
    ]
    assert all(0 <= line["scores"][part]["iou"] <= 1 for line in lines for part in line["scores"])
    assert not list((tmp_path / "work").glob("*.pt"))
    assert run(monkeypatch, capsys, *small) == []
    assert [line["way"] for line in run(monkeypatch, capsys, *words, "--sets", "fronts", "--seeds", 0)] == [
        "convlstm",
        "attention",
    ]
    kept = [json.loads(text) for text in (tmp_path / "work" / "lines.jsonl").read_text().splitlines()]
    assert {part: len(counts) for part, counts in kept[2]["counts"].items()} == {"blocks": 2, "test": 1}
    assert len(kept[0]["counts"]["series"]) == 6

    page = tmp_path / "page.md"
    marks = [f"<!-- {name} over time -->\nold\n<!-- end of {name} over time -->\n" for name in ("fronts", "floods")]
    page.write_text("a\n" + "b\n".join(marks) + "c\n")
    run(monkeypatch, capsys, "--work", tmp_path / "work", "--table", "--page", page)
    written = page.read_text()
    assert "old" not in written and written.startswith("a\n<!-- fronts") and written.endswith("-->\nc\n")
    both = [100 * line["scores"]["series"]["iou"] for line in kept if (line["set"], line["way"]) == ("fronts", "both")]
    assert f"| both | {both[0]:.1f}, {both[1]:.1f} |" in written
    assert written.count("| both - stacked dates |") == 2 and written.count("| both - ConvLSTM |") == 1


def test_a_difference_is_bold_only_where_its_interval_carries_it():
    def line(way, seed, hits):
        counts = [[hit, 100 - hit, 0, 0, 0] for hit in hits]
        facts = {"parameters": 1000, "flops_per_px": 5000, "radius_px": 9, "precision": "fp32", "training_cpu_s": 3.0}
        return {
            "set": "floods",
            "way": way,
            "seed": seed,
            "steps": 4,
            "counts": {"blocks": counts, "test": counts},
        } | facts

    clear = [
        line(way, seed, hits) for seed in (0, 1) for way, hits in (("early", [50, 60] * 9), ("both", [80, 85] * 9))
    ]
    row = time_report.tables("floods", clear).split("| both - stacked dates |")[1].splitlines()[0]
    assert row.count("**+27.5**") == 2
    chance = [
        line("early", 0, [50] * 9),
        line("early", 1, [60] * 9),
        line("both", 0, [56] * 9),
        line("both", 1, [57] * 9),
    ]
    row = time_report.tables("floods", chance).split("| both - stacked dates |")[1].splitlines()[0]
    assert "+1.5 (" in row and "**" not in row
    assert time_report.tables("floods", []) == ""
    assert "4 steps" in time_report.tables("floods", [*clear, {**clear[0], "steps": 3}])
