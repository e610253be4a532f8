"""What the user asks of a training reaches the part of it that it is for; none of the options goes unheard."""

from dataclasses import replace
from types import SimpleNamespace

import numpy as np
import pytest
import rasterio
import torch
from pretraining_cases import ground, spec, wanted, write
from terraloom.engine.chips.chip_set import MANIFEST
from terraloom.engine.jobs import pretrain_encoder, train_model
from terraloom.engine.learning.chip_store import ChipStore
from terraloom.engine.learning.training_run import settings_of
from terraloom.engine.legend import LegendEntry
from terraloom.engine.progress import Silent
from terraloom.models.augmentation import STRENGTHS
from terraloom.models.weights import named_weights
from terraloom.tests.chips import write_chips
from terraloom.tests.training_runs import asked


class Enough(Exception):
    """What was to be seen has been seen."""


def handed_to_learn(job, request):
    """What a job hands to the training loop, which does not begin; and what the loop would draw first."""
    handed = SimpleNamespace()

    def learn(network, objective, draw_batch, settings, state, progress, device, validation=None):
        handed.weights = {name: value.clone() for name, value in named_weights(network).items()}
        handed.batch = draw_batch(torch.Generator().manual_seed(0))
        handed.settings, handed.validation = settings, validation
        handed.objective = objective
        raise Enough

    with pytest.MonkeyPatch.context() as patch, pytest.raises(Enough):
        patch.setattr(job, "learn", learn)
        job.run(request, Silent())
    return handed


def watched(monkeypatch, name):
    """The positional arguments of each call of what a training has under this name."""
    calls, original = [], getattr(train_model, name)

    def watching(*words, **values):
        calls.append(words)
        return original(*words, **values)

    monkeypatch.setattr(train_model, name, watching)
    return calls


@pytest.mark.parametrize(
    ("way", "weights"),
    [("none", (1, 1, 0)), ("sqrt", (25 / 30, 25 / 10, 0)), ("balanced", (500 / 900, 500 / 100, 0))],
)
def test_class_weights_are_those_of_the_training_pixels(tmp_path, monkeypatch, way, weights):
    """900 pixels weigh together with 100 as much as 1000 that weigh 1; a class without any has no weight."""
    chips = write_chips(tmp_path / "chips")
    pixels = {"train": {"1": 150, "2": 0, "3": 0}, "validation": {"1": 0, "2": 70, "3": 9}, "test": {"1": 5}}
    members = [replace(chip, pixels=pixels[chip.split]) for chip in chips.chips]
    members[2] = replace(members[2], pixels={"1": 150, "2": 100, "3": 0})
    legend = replace(chips.legend, entries=(*chips.legend.entries, LegendEntry(3, "Snow", "#FFFFFF")))
    (chips.folder / MANIFEST).write_text(replace(chips, chips=tuple(members), legend=legend).to_json())
    calls = watched(monkeypatch, "build_objective")
    handed_to_learn(train_model, asked(tmp_path, class_weights=way))
    ((_, setting),) = calls
    assert setting.class_weights == pytest.approx(weights)


@pytest.mark.parametrize("patience", [0, 3])
def test_patience_is_how_many_scores_are_waited_for(tmp_path, patience):
    write_chips(tmp_path / "chips")
    handed = handed_to_learn(train_model, asked(tmp_path, patience=patience))
    assert handed.validation.patience == patience
    assert handed.validation.every == handed.settings.checkpoint_every, "the network that is kept has been scored"


@pytest.mark.parametrize("steps", [7, 41, 79, 119, 1000])
def test_a_training_is_scored_at_most_forty_times_and_twenty_of_these_are_half_of_it(steps):
    every = settings_of(steps, 1e-3, torch.device("cpu"), seed=0).checkpoint_every
    scored = [step for step in range(1, steps + 1) if step % every == 0 or step == steps]
    assert min(steps, 20) <= len(scored) <= 40


@pytest.mark.parametrize("size", [1, 2, 5])
def test_a_step_takes_as_many_chips_as_the_batch_size_says(tmp_path, size):
    write_chips(tmp_path / "chips")
    handed = handed_to_learn(train_model, asked(tmp_path, batch_size=size, epochs=10))
    assert len(handed.batch.inputs[0]) == len(handed.batch.target) == size
    assert handed.settings.steps == {1: 60, 2: 30, 5: 20}[size], "6 chips, ten times; the last batch may be smaller"


@pytest.mark.parametrize("augment", STRENGTHS)
def test_chips_are_varied_as_far_as_augment_says(tmp_path, monkeypatch, augment):
    chips = write_chips(tmp_path / "chips")
    calls = watched(monkeypatch, "BatchAugmentation")
    tiles = handed_to_learn(train_model, asked(tmp_path, augment=augment)).batch.inputs[0]
    ((_, strength),) = calls
    assert strength == STRENGTHS[augment]
    (images,) = ChipStore(chips, chips.of("train"), tmp_path, Silent()).images
    as_they_are = [any(torch.equal(tile, torch.from_numpy(image)) for image in images) for tile in tiles]
    assert all(as_they_are) if augment == "none" else not all(as_they_are)


def test_all_chance_of_a_training_begins_with_the_seed(tmp_path, monkeypatch):
    """First weights, batches, the forest, the pixels that calibrate and the intervals of the scores."""
    write_chips(tmp_path / "chips")
    one, same, other = (handed_to_learn(train_model, asked(tmp_path, seed=seed)) for seed in (7, 7, 8))
    assert [each.settings.seed for each in (one, same, other)] == [7, 7, 8]
    assert all(torch.equal(value, same.weights[name]) for name, value in one.weights.items())
    assert not all(torch.equal(value, other.weights[name]) for name, value in one.weights.items())
    forests, temperatures, scores = (
        watched(monkeypatch, name) for name in ("PixelForest", "temperature_of", "score_classes")
    )
    train_model.run(asked(tmp_path, seed=7, epochs=1), Silent())
    assert (forests[0][1], temperatures[0][2], scores[0][3]) == (7, 7, 7)


# pre-training


def pretrained(tmp_path, **changes):
    """What a short pre-training hands to the training loop, and its request."""
    image = write(tmp_path / "image.tif", 100 + 20 * ground(96, 96)[:2].astype("float32"))
    plain = {"spec": spec(tmp_path, "image"), "tiles": 10, "epochs": 3, "batch_size": 4}
    request = wanted(tmp_path, ((image,),), **plain | changes)
    return handed_to_learn(pretrain_encoder, request)


def test_a_pretraining_knows_what_its_bands_are(tmp_path, monkeypatch):
    """Whatever the network calls its input: bearings turn with the map, visible bands may become grey."""
    values = np.concatenate([ground(96, 96), 180 + 40 * ground(96, 96, seed=1)[:1].clip(-3, 3)]).astype("float32")
    image, made = write(tmp_path / "image.tif", values), []
    with rasterio.open(image, "r+") as dataset:
        dataset.descriptions = ("blue", "green", "red", "aspect")

    class Watched(pretrain_encoder.TileBatches):
        def __init__(self, store, size, augment):
            made.append(augment)
            super().__init__(store, size, augment)

    monkeypatch.setattr(pretrain_encoder, "TileBatches", Watched)
    request = wanted(tmp_path, ((image,),), spec=spec(tmp_path, "a", bands=4), tiles=10, epochs=1)
    objective = handed_to_learn(pretrain_encoder, request).objective
    for augment in (made[0], objective.terms["contrastive"].loss._relit):
        assert augment.visible == {"a": (2, 1, 0)}
        (bearing,) = augment.bearings["a"]
        assert bearing.band == 3 and bearing.mean == pytest.approx(180, abs=20) and bearing.std > 10


def test_a_contrast_beside_labels_knows_what_its_bands_are(tmp_path):
    chips = write_chips(tmp_path / "chips")
    named = (replace(chips.inputs[0], bands=("dem", "aspect")),)
    (chips.folder / MANIFEST).write_text(replace(chips, inputs=named).to_json())
    objective = handed_to_learn(train_model, asked(tmp_path, objectives="contrastive=1")).objective
    assert [each.band for each in objective.terms["contrastive"].loss._relit.bearings["image"]] == [1]


@pytest.mark.parametrize(("asked_for", "learning_rate"), [(0.02, 0.02), (0, 1e-3)])
def test_a_pretraining_learns_as_fast_as_is_asked(tmp_path, asked_for, learning_rate):
    settings = pretrained(tmp_path, learning_rate=asked_for).settings
    assert settings.learning_rate == learning_rate
    assert settings.warmup_steps < settings.steps


def test_a_pretraining_takes_its_steps_batches_and_chance_from_the_request(tmp_path):
    one, other = pretrained(tmp_path, seed=3), pretrained(tmp_path, seed=4, batch_size=5, epochs=2)
    assert (len(one.batch.inputs[0]), one.settings.steps, one.settings.seed) == (4, 9, 3)
    assert (len(other.batch.inputs[0]), other.settings.steps, other.settings.seed) == (5, 4, 4)
    assert not all(torch.equal(value, other.weights[name]) for name, value in one.weights.items())
