"""What `composenetwork` lets a network be trained for is what `trainmodel` trains for, with all that this takes."""

import json
import math
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
import rasterio
import torch
from listening import Heard
from maps import apply
from terraloom.engine.chips.chip_set import MANIFEST, ChipInput, ChipSet
from terraloom.engine.errors import InputError, ModelError, TerraloomError
from terraloom.engine.jobs import train_model
from terraloom.engine.learning.band_roles import bearings, visible_bands
from terraloom.engine.learning.chip_store import ChipStore
from terraloom.engine.learning.elevation import find_elevation
from terraloom.engine.learning.network_errors import network_errors
from terraloom.engine.learning.teacher import open_teacher
from terraloom.engine.learning.torch_network import open_torch_network
from terraloom.engine.legend import Legend, LegendEntry
from terraloom.engine.library.card import ModelCard
from terraloom.engine.progress import Silent
from terraloom.engine.requests.spec_file import SpecFile
from terraloom.engine.requests.train_model import TrainModel
from terraloom.models.composition import LACKING, check_objectives
from terraloom.models.objectives.build import TERMS
from terraloom.models.presets import INPUT_DROP_SHARE
from terraloom.models.spec import InputSpec, NetworkSpec, PartSpec
from terraloom.tests.chips import write_chips, write_values

DAYS = (0, 16, 48)
ENCODER, DECODER = PartSpec("unet", {"widths": (4, 8), "depths": (1, 1)}), PartSpec("unet", {"widths": (4,)})
SERIES, IMAGE = (InputSpec(2, "series", DAYS),), (InputSpec(2, "image"),)
CELLS = PartSpec("over_time", {"method": "phycell"})
NETWORKS = {
    "classes": NetworkSpec(SERIES, ENCODER, (CELLS, DECODER), PartSpec("segmentation", {"classes": 2})),
    "values": NetworkSpec(IMAGE, ENCODER, (DECODER,), PartSpec("regression", {"variables": 1})),
    "lines": NetworkSpec(SERIES, ENCODER, (CELLS, DECODER), PartSpec("line", {"bins": 2})),
    "images": NetworkSpec(SERIES, ENCODER, (CELLS, PartSpec("pooled")), PartSpec("classification", {"classes": 2})),
}
WITH = {
    "cross_entropy": {"label_smoothing": 0.1},
    "waterlevel": {"elevation": "b", "water": "Low"},
}
"""What is given beside the objective of this name."""


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    """Chips of both kinds, and a teacher of classes."""
    folder = tmp_path_factory.mktemp("objectives")
    write_chips(folder / "classes", names=("series",), days=DAYS)
    write_values(folder / "values")
    train_model.run(asked(folder, "classes", {"cross_entropy": 1}, output=str(folder / "teacher.onnx")), Silent())
    return folder


def asked(folder, kind, objectives, **changes):
    file = folder / f"{kind}.json"
    file.write_text(SpecFile(NETWORKS[kind].to_dict(), objectives).to_json())
    chips = "values" if kind == "values" else "classes"
    plain = {
        "output": str(folder / "made.onnx"),
        "library": str(folder / "library"),
        "spec": str(file),
        "epochs": 1,
        "batch_size": 2,
        "threads": 1,
        "baseline": False,
    }
    return TrainModel(chips=str(folder / chips), **plain | changes)


def facts_in(path):
    _, card = open_torch_network(Path(path))
    return card.document["properties"]["terraloom:training_data"]


def refusal(run):
    """The sentence with which something is refused, or `None`."""
    try:
        with network_errors():
            run()
    except TerraloomError as error:
        return str(error)
    return None


@pytest.mark.parametrize("kind", NETWORKS)
@pytest.mark.parametrize("name", TERMS)
def test_what_composing_accepts_can_be_trained(folder, name, kind):
    composing = refusal(lambda: check_objectives(NETWORKS[kind], {name: 1.0}))
    given = dict(WITH.get(name, {}))
    if name == "distillation":
        given["teacher"] = str(folder / "teacher.onnx")
    request = asked(folder, kind, {name: 1.0}, **given)
    training = refusal(lambda: train_model.run(request, Silent()))
    if composing is None:
        assert training is None
        assert facts_in(request.output)["objectives"] == {name: 1.0}
    else:
        assert training is not None
        if kind in ("classes", "values"):
            assert training == composing


@pytest.mark.parametrize("name", TERMS)
def test_every_objective_can_be_trained_or_lacks_what_no_chips_hold(name):
    refusals = [refusal(lambda spec=spec: check_objectives(spec, {name: 1.0})) for spec in NETWORKS.values()]
    if name in LACKING:
        assert all(f"'{name}' needs {LACKING[name]}, which training chips do not hold" in each for each in refusals)
    else:
        assert None in refusals


def test_smoothed_labels_reach_the_loss_and_the_card(folder):
    first = {}
    for smoothing in (0.0, 0.4):

        class First(Silent):
            def log(self, template, **values):
                if template.startswith("Step"):
                    first.setdefault(smoothing, values["losses"])  # noqa: B023 - called in this round

        request = asked(folder, "classes", {"cross_entropy": 1.0}, label_smoothing=smoothing)
        train_model.run(request, First())
        assert facts_in(request.output).get("label_smoothing", 0.0) == smoothing
    assert first[0.0] != first[0.4]


def test_a_pupil_comes_near_its_teacher(folder):
    """Distillation alone teaches what the teacher says: labels are not looked at."""
    chips = ChipSet.from_folder(folder / "classes")
    teacher = str(folder / "better.onnx")
    train_model.run(asked(folder, "classes", {"cross_entropy": 1}, output=teacher, epochs=30), Silent())
    request = asked(folder, "classes", {"distillation": 1.0}, teacher=teacher, epochs=60, output=str(folder / "b.onnx"))
    outcome = train_model.run(request, Silent())
    assert outcome.metrics["miou"] > 0.8
    assert facts_in(request.output)["teacher"] == open_torch_network(Path(teacher))[1].model_id
    network, _ = open_torch_network(Path(teacher))
    same = open_teacher(Path(teacher), chips, network)
    image = torch.randn(2, 6, 16, 16)
    image[:, 2:4, :3] = 0  # no data on the second date
    torch.testing.assert_close(same(image), network(image), atol=1e-5, rtol=0)


def test_a_teacher_reads_images_in_its_own_units(folder):
    """Of chips with other statistics it sees the same raw values as of its own."""
    network, _ = open_torch_network(folder / "teacher.onnx")
    chips = ChipSet.from_folder(folder / "classes")
    (source,) = chips.inputs
    others = replace(chips, inputs=(replace(source, mean=(90.0, 60.0), std=(10.0, 20.0)),))
    teacher = open_teacher(folder / "teacher.onnx", others, network)
    raw = torch.rand(1, 6, 16, 16) * 100 + 20

    def scores(chip_set):
        (of,) = chip_set.inputs
        mean, std = (torch.tensor(each * len(DAYS)).view(1, 6, 1, 1) for each in (of.mean, of.std))
        return (raw - mean) / std

    torch.testing.assert_close(teacher(scores(others)), network(scores(chips)), atol=1e-4, rtol=0)


OTHERS = Legend((LegendEntry(1, "Low", "#4477AA"), LegendEntry(2, "Sea", "#EE6677")))


@pytest.mark.parametrize(
    ("change", "message"),
    [
        ({"legend": OTHERS}, "TEACHER tells apart 1 Low, 2 High, the training chips hold 1 Low, 2 Sea"),
        ({"legend": None}, "the training chips hold no classes"),
        ({"days": (0, 16, 50)}, "TEACHER reads a, b on the days 0, 16, 48, the training chips have .* 50"),
        ({"bands": ("a", "c")}, "Choose a teacher of the same bands"),
        ({"chip_px": 15}, "15 px wide, TEACHER takes multiples of 2 px"),
    ],
)
def test_a_teacher_of_something_else_is_refused(folder, change, message):
    chips = ChipSet.from_folder(folder / "classes")
    of_input = {name: change.pop(name) for name in ("days", "bands") if name in change}
    chips = replace(chips, inputs=(replace(chips.inputs[0], **of_input),), **change)
    network, _ = open_torch_network(folder / "teacher.onnx")
    with pytest.raises(ModelError, match=message):
        open_teacher(folder / "teacher.onnx", chips, network)


@pytest.mark.parametrize(
    ("objectives", "changes", "message"),
    [
        ({"distillation": 1}, {}, "'distillation' needs TEACHER"),
        ({"dice": 1}, {"teacher": "teacher.onnx"}, "TEACHER is given, which is for the objective distillation"),
        ({"dice": 1}, {"label_smoothing": 0.1}, "LABEL_SMOOTHING is given, .* cross_entropy; the objectives are dice"),
        ({"dice": 1}, {"elevation": "b"}, "ELEVATION is given, which is for the objective waterlevel"),
        ({"dice": 1}, {"water": "Low"}, "WATER_CLASSES is given"),
        ({"waterlevel": 1}, {"water": "Low"}, r"0 are called dem or .* one of: series \(a, b\)"),
        ({"waterlevel": 1}, {"elevation": "height"}, "0 are called height"),
        ({"waterlevel": 1}, {"elevation": "B"}, "needs WATER_CLASSES, .* an empty text does not .* 1 Low, 2 High"),
        ({"waterlevel": 1}, {"elevation": "B", "water": "2;Sea"}, "sea does not name any"),
    ],
)
def test_what_an_objective_lacks_and_what_none_asks_for_is_named(folder, objectives, changes, message):
    with pytest.raises(InputError, match=message):
        train_model.run(asked(folder, "classes", objectives, **changes), Silent())


def test_too_much_smoothing_is_refused(folder):
    with pytest.raises(InputError, match=r"LABEL_SMOOTHING is 0.6; it must lie between 0 and 0.5"):
        asked(folder, "classes", {"cross_entropy": 1}, label_smoothing=0.6)


def test_elevation_is_what_the_chips_show_in_metres(tmp_path):
    chips = write_chips(tmp_path / "chips", names=("optical", "terrain"))
    names = (chips.inputs[0], replace(chips.inputs[1], bands=("slope", "DEM")))
    chips = replace(chips, inputs=names)
    elevation = find_elevation(chips, "")
    assert elevation == find_elevation(chips, "dem") and (elevation.input, elevation.band) == (1, 1)
    store = ChipStore(chips, chips.of("train"), tmp_path, Silent())
    store.images[1][3, 1, 5, 6] = 0
    found = elevation.of(store, np.array([3, 0])).numpy()
    for place, number in enumerate((3, 0)):
        with rasterio.open(chips.image_file(chips.of("train")[number], chips.inputs[1])) as dataset:
            raw = dataset.read(2)
        raw[5, 6] = np.nan if number == 3 else raw[5, 6]
        np.testing.assert_allclose(found[place, 0], raw, rtol=1e-5)
    with pytest.raises(InputError, match="2 are called a"):
        find_elevation(chips=write_chips(tmp_path / "two", names=("one", "two")), wanted="a")


def source(*bands, highest=None):
    count = len(bands)
    return ChipInput("image", bands, (0.0,) * count, (1.0,) * count, (0.0,) * count, highest or (359.0,) * count)


@pytest.mark.parametrize(
    ("bands", "visible"),
    [
        (("Red", "Green", "Blue", "NIR"), (0, 1, 2)),
        (("blue", "green", "red"), (2, 1, 0)),
        (("B02", "B03", "B04", "B08"), (2, 1, 0)),
        (("B2", "B3", "B4", "B8"), (2, 1, 0)),
        (("B1", "B2", "B3", "B4", "B5", "B7"), ()),
        (("VV", "VH"), ()),
        (("red", "nir"), ()),
    ],
)
def test_visible_bands_are_told_by_their_names(bands, visible):
    assert visible_bands([source(*bands)]) == ({"image": visible} if visible else {})


def test_bearings_are_told_by_their_names_and_unit():
    (found,) = bearings([source("dem", "Aspect")])["image"]
    assert (found.band, found.mean, found.std) == (1, 0.0, 1.0)
    assert not bearings([source("aspect", highest=(math.tau,))]), "radians"
    assert not bearings([source("dem", "slope")])
    (found,) = bearings([replace(source("b1"), name="aspect")])["aspect"]
    assert found.band == 0, "the only band of an input that is called so"
    assert not bearings([replace(source("b1", "b2"), name="aspect")])


def test_a_training_tells_its_augmentation_what_the_bands_are(tmp_path, monkeypatch):
    """Names of bands and the preset reach what varies the chips, and the card says what share of inputs was hidden."""
    chips = write_chips(tmp_path / "chips", names=("optical", "terrain"))
    named = (replace(chips.inputs[0], bands=("red", "aspect")), chips.inputs[1])
    (chips.folder / MANIFEST).write_text(replace(chips, inputs=named).to_json())
    made = []

    def remember(*words, **values):
        made.append(train_model_augmentation(*words, **values))
        return made[-1]

    train_model_augmentation = train_model.BatchAugmentation
    monkeypatch.setattr(train_model, "BatchAugmentation", remember)
    monkeypatch.setattr(train_model, "visible_bands", lambda inputs: {inputs[1].name: (1, 0)})
    for augment, share in (("light", INPUT_DROP_SHARE), ("none", 0.0)):
        request = TrainModel(
            chips=str(chips.folder),
            output=str(tmp_path / f"{augment}.onnx"),
            library=str(tmp_path / "library"),
            epochs=1,
            augment=augment,
            baseline=False,
            threads=1,
        )
        train_model.run(request, Silent())
        assert made[-1].visible == {"terrain": (1, 0)}
        assert made[-1].input_drop_share == share and [each.band for each in made[-1].bearings["optical"]] == [1]
        assert facts_in(request.output).get("input_drop_share", 0.0) == share


def test_values_have_a_forest_beside_them(folder):
    """The same pixels, the same figures, in the log, the card and the report; without BASELINE none of it."""
    page = folder / "report.html"
    request = asked(folder, "values", {"l1": 1.0}, baseline=True, report=str(page))
    outcome = train_model.run(request, Silent())
    assert outcome.metrics["forest_r2"] > 0.9, "pixels tell these values"
    scores = open_torch_network(Path(request.output))[1].document["properties"]["terraloom:held_out_scores"]
    for name in ("r2", "rmse"):
        assert scores[f"random_forest_{name}"] == pytest.approx(outcome.metrics[f"forest_{name}"], abs=1e-6)
        assert f"{outcome.metrics[f'forest_{name}']:.4f}" in page.read_text()
    assert "Random forest on single pixels" in page.read_text()
    outcome = train_model.run(replace(request, baseline=False), Silent())
    assert not any("forest" in name for name in outcome.metrics)
    assert "Random forest" not in page.read_text()


def test_translation_learns_warns_and_draws(tmp_path):
    """A critic plays along; the card says that detail is invented; the map algorithm runs the file."""
    write_values(tmp_path / "chips")
    request = TrainModel(
        chips=str(tmp_path / "chips"),
        output=str(tmp_path / "mine.onnx"),
        library=str(tmp_path / "library"),
        preset="translation",
        epochs=2,
        threads=1,
        baseline=False,
    )
    heard = Heard()

    train_model.run(request, heard)
    assert any(
        "critic" in line and "adversarial" in line and "l1" in line for line in heard.logs if line.startswith("Step")
    )
    card = ModelCard.from_file(tmp_path / "library" / "mine" / "card.json")
    assert any("invents detail" in limit for limit in card.document["properties"]["terraloom:limits"])
    assert card.document["properties"]["terraloom:training_data"]["objectives"].keys() == {"l1", "adversarial"}
    assert json.loads((tmp_path / "library" / "mine" / "card.json").read_text()) == card.document
    chips = ChipSet.from_folder(tmp_path / "chips")
    image = chips.image_file(chips.of("test")[0], chips.inputs[0])
    with rasterio.open(image) as dataset:
        raw = dataset.read()
    with rasterio.open(apply(tmp_path, request.output, image)["output"]) as dataset:
        made = dataset.read()
    network, _ = open_torch_network(Path(request.output))
    (wants,) = card.inputs
    scores = np.stack([(band - each.mean) / each.std for band, each in zip(raw, wants.bands, strict=True)])
    with torch.no_grad():
        expected = network(torch.from_numpy(scores[np.newaxis]).float())[0].numpy() * card.output.factor
    np.testing.assert_allclose(made, expected, rtol=1e-3, atol=1e-2)
