"""Each split of the chips serves what it is for: some are learnt from, some tell when to stop, some are for scores."""

import numpy as np
import pytest
from terraloom.engine.jobs import train_model
from terraloom.engine.learning.chip_store import ChipStore
from terraloom.engine.progress import Silent
from terraloom.tests.chips import write_chips, write_values
from terraloom.tests.training_runs import asked, card_in

LEARNING = ("Batches", "PixelForest", "ValueForests")
JUDGING = ("mean_iou", "value_figures", "temperature_of", "confusion", "direction_error_deg")


@pytest.fixture
def splits_given(monkeypatch):
    """Calls of what a training asks for help, by name: the splits of the chips that each call is given."""
    given = {}

    def watch(owner, name, called=""):
        original = getattr(owner, name)

        def watching(*words, **values):
            store = next((word for word in words if isinstance(word, ChipStore)), None)
            splits = "+".join(sorted({chip.split for chip in store.chips})) if store else None
            given.setdefault(called or name, []).append(splits)
            return original(*words, **values)

        monkeypatch.setattr(owner, name, watching)

    for owner, method in ((train_model.PixelForest, "confusion"), (train_model.ValueForests, "figures")):
        watch(owner, method, f"{owner.__name__}.{method}")
    for name in (*LEARNING, *JUDGING):
        watch(train_model, name)
    return given


SPLITS = [
    (("train", "validation", "test"), "validation", "test"),
    (("train", "test"), None, "test"),
    (("train", "validation"), "validation", "validation"),
    (("train",), None, "train"),
]


@pytest.mark.parametrize(("splits", "watched", "judged"), SPLITS, ids=[" ".join(splits) for splits, _, _ in SPLITS])
def test_test_chips_are_seen_by_scores_alone_and_training_chips_by_what_learns(
    tmp_path, splits_given, splits, watched, judged
):
    """What stops the training and calibrates the network are validation chips or none; a forest learns beside it."""
    write_chips(tmp_path / "chips", splits=splits * 3)
    request = asked(tmp_path, epochs=1)
    outcome = train_model.run(request, Silent())
    assert splits_given["Batches"] == splits_given["PixelForest"] == ["train"]
    assert set(splits_given.get("mean_iou", ())) == ({watched} if watched else set())
    assert splits_given["temperature_of"] == [watched]
    assert splits_given["confusion"] == splits_given["PixelForest.confusion"] == [judged]
    assert splits_given["direction_error_deg"] == [judged]
    assert outcome.metrics["split"] == judged
    assert watched or card_in(request.output).output.temperature == 1, "nothing tells how sure it may be"


@pytest.mark.parametrize(("splits", "watched", "judged"), SPLITS, ids=[" ".join(splits) for splits, _, _ in SPLITS])
def test_with_values_too_test_chips_are_seen_by_scores_alone(tmp_path, splits_given, splits, watched, judged):
    write_values(tmp_path / "chips", splits=splits * 3)
    outcome = train_model.run(asked(tmp_path, preset="regression", epochs=1), Silent())
    assert splits_given["Batches"] == splits_given["ValueForests"] == ["train"]
    *watching, judging = splits_given["value_figures"]
    assert set(watching) == ({watched} if watched else set())
    assert judging == judged == outcome.metrics["split"]
    assert splits_given["ValueForests.figures"] == [judged]


def test_all_splits_are_divided_by_the_deviation_of_the_values_that_are_learnt(tmp_path, monkeypatch):
    stores, original = {}, train_model.ChipStore

    def reading(chip_set, chips, *words):
        stores[chips[0].split] = original(chip_set, chips, *words)
        return stores[chips[0].split]

    write_values(tmp_path / "chips")
    monkeypatch.setattr(train_model, "ChipStore", reading)
    request = asked(tmp_path, preset="regression", epochs=1, baseline=False)
    train_model.run(request, Silent())
    learnt = float(np.nanstd(stores["train"].targets))
    assert learnt != pytest.approx(float(np.nanstd(stores["test"].targets)), rel=1e-3)
    assert [stores[split].factor for split in ("train", "validation", "test")] == [pytest.approx(learnt)] * 3
    assert card_in(request.output).output.factor == pytest.approx(learnt)
