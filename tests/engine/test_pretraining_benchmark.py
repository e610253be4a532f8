"""The benchmark of pre-training judges ground that was not learnt from; its starts differ in the encoders alone."""

import json
import sys

import numpy as np
import pytest
import torch
from PIL import Image
from terraloom.benchmarks import pretraining, pretraining_report, pretraining_sets
from terraloom.benchmarks.composition_sets import BLOCKS, IMAGE_PX
from terraloom.benchmarks.pretraining_sets import FloodGround
from terraloom.models.weights import named_weights
from torch import Generator

IMAGES = 2 * BLOCKS


@pytest.fixture
def floods(tmp_path):
    """Images of noise, none like another."""
    rng = np.random.default_rng(0)
    for split, count in (("train", IMAGES), ("test", 2)):
        for folder in ("mask", "s1_before", "s1_after", "s2_before", "s2_after"):
            (tmp_path / "ombria" / split / folder).mkdir(parents=True)
            for number in range(count):
                shape = (IMAGE_PX, IMAGE_PX, 3) if folder.startswith("s2") else (IMAGE_PX, IMAGE_PX)
                pixels = 255 * rng.integers(0, 2, shape) if folder == "mask" else rng.integers(0, 256, shape)
                path = tmp_path / "ombria" / split / folder / f"{number:04}.png"
                Image.fromarray(pixels.astype(np.uint8)).save(path)
    return tmp_path


def run(monkeypatch, capsys, *words):
    monkeypatch.setattr(sys, "argv", ["pretraining", *map(str, words)])
    threads = torch.get_num_threads()
    try:
        pretraining.main()
    finally:
        torch.set_num_threads(threads)
    return [json.loads(line) for line in capsys.readouterr().out.splitlines()]


def test_ground_that_is_judged_is_learnt_from_neither_with_labels_nor_without(floods, tmp_path, monkeypatch):
    monkeypatch.setattr(pretraining_sets, "PAIRS", 20)
    ground = FloodGround(floods)
    assert [each.number for each in ground.learnt] == [0, 1, 4, 5, 6, 7, 10, 11]
    assert [each.number for each in ground.kept_out] == [2, 3, 8, 9]
    assert [each.number for each in ground.judged_floods] == [2, 8]
    (tmp_path / "pairs").mkdir()
    learnt, kept_out = ground.pairs(0, tmp_path / "pairs")
    assert (len(learnt), len(kept_out)) == (20, 4)
    middle = slice((IMAGE_PX - 64) // 2, (IMAGE_PX + 64) // 2)
    of_second = (ground.kept_out[1].pixels.float() - ground._mean)[4:, middle, middle] / ground._std[4:]
    assert torch.allclose(torch.from_numpy(kept_out.images[0][1]), of_second[:3])  # before, as every second is
    assert torch.allclose(torch.from_numpy(kept_out.images[1][1]), of_second[3:])


def test_few_are_the_same_for_a_seed_and_others_for_another(floods):
    ground = FloodGround(floods)
    few = [each.number for each in ground.few(25, 0)]
    assert len(few) == 2 and few == [each.number for each in ground.few(25, 0)]
    assert len({tuple(each.number for each in ground.few(25, seed)) for seed in range(6)}) > 1
    assert len(ground.few(100, 0)) == 8
    batch = ground.draw(ground.few(25, 0), Generator().manual_seed(0))
    assert [image.shape[:2] for image in batch.inputs] == [(8, 3), (8, 1), (8, 3), (8, 1)]
    assert batch.target.shape == (8, 64, 64)


def test_each_is_measured_once_and_stands_in_the_table(floods, monkeypatch, capsys, tmp_path):
    monkeypatch.setattr(pretraining_sets, "PAIRS", 8)
    work = tmp_path / "work"
    words = ("--data", floods, "--work", work, "--pretrain-steps", 2, "--steps", 1, "--percent", 50, "--seeds", 0)
    lines = run(monkeypatch, capsys, *words, "--test")
    assert [(line["task"], line.get("start")) for line in lines] == [
        ("pretrain", None),
        *((task, start) for task in ("learn", "test") for start in ("chance", "pretrained")),
    ]
    assert all(0 <= lines[0][when]["recall_1"] <= 1 and lines[0][when]["choices"] == 4 for when in ("before", "after"))
    assert [line["scores"]["images"] for line in lines[1:]] == [2, 2, 2, 2]
    assert not list(work.glob("*.pt")) and run(monkeypatch, capsys, *words, "--test") == []

    encoder = work / "encoder-2.safetensors"
    chance, started = (named_weights(pretraining.network_at_start(start, 0, encoder)) for start in pretraining.STARTS)
    encoders = [name for name in chance if name.startswith("encoder.encoders.")]
    assert encoders and not all(torch.equal(chance[name], started[name]) for name in encoders)
    assert all(torch.equal(chance[name], started[name]) for name in chance if name not in encoders)

    page = tmp_path / "page.md"
    page.write_text("a\n<!-- effect of pre-training -->\nold\n<!-- end of effect of pre-training -->\nb\n")
    run(monkeypatch, capsys, "--work", work, "--table", "--page", page)
    written = page.read_text()
    assert "old" not in written and written.endswith("-->\nb\n") and written.count("| 50 % | 2, 1 |") == 4


def test_the_table_compares_the_same_seed_alone():
    def line(start, seed, iou):
        scores = {"flood_iou": iou, "mean_iou": iou}
        before = 0 if start == "chance" else 9
        kind = {"task": "learn", "percent": 10, "steps": 5, "pretrain_steps": before}
        return {**kind, "start": start, "seed": seed, "scores": scores}

    lines = [line("chance", 0, 0.5), line("pretrained", 0, 0.6), line("chance", 1, 0.4), line("pretrained", 1, 0.38)]
    row = "| Blocks kept out | 10 % | 9, 5 | flood IoU | 50.0, 40.0 | 60.0, 38.0 | +4.0 (-2.0 to +10.0) |"
    assert row in pretraining_report.table(lines)
    assert row in pretraining_report.table([*lines, line("pretrained", 2, 0.9)])
    assert pretraining_report.table(lines[:1]) == pretraining_report.table([]) == ""
