"""A network of several sensors that a user trains makes maps where one is missing, and says how good they are."""

import pytest
import toys
from terraloom.engine.jobs import fuse_sar_optical, train_model
from terraloom.engine.progress import Silent
from terraloom.engine.requests.class_map import ClassTargets
from terraloom.engine.requests.fuse_sar_optical import SENSORS, FuseSarOptical
from terraloom.engine.requests.network_run import NetworkRun
from terraloom.models.spec import InputSpec, NetworkSpec, PartSpec
from terraloom.tests.chips import write_chips
from terraloom.tests.training_runs import asked, card_in

NAMES = ("optical", "sar")


@pytest.fixture(scope="module")
def trained(tmp_path_factory):
    folder = tmp_path_factory.mktemp("trained")
    write_chips(folder / "chips", names=NAMES)
    report = folder / "report.html"
    outcome = train_model.run(asked(folder, preset="fusion", epochs=30, baseline=False, report=str(report)), Silent())
    return folder, outcome


def test_what_it_says_without_a_sensor_is_scored(trained):
    folder, outcome = trained
    card = card_in(str(folder / "mine.onnx"))
    assert [source.name for source in card.inputs if source.optional] == list(NAMES)
    scores = card.document["properties"]["terraloom:held_out_scores"]["mean_iou_without"]
    page = (folder / "report.html").read_text()
    for name in NAMES:
        assert scores[name]["value"] == pytest.approx(outcome.metrics[f"miou_without_{name}"], abs=1e-5)
        assert scores[name]["value"] > 0.8, "either image shows the class"
        assert f"Network without {name}" in page


@pytest.mark.parametrize("there", [NAMES, NAMES[:1], NAMES[1:]], ids="+".join)
def test_maps_are_made_of_what_is_there(trained, tmp_path, there):
    folder, _ = trained
    chips = folder / "chips"
    files = [(str(chips / "images" / name / "000009.tif"),) if name in there else () for name in SENSORS]
    run = NetworkRun(files[0], str(folder / "mine.onnx"), tuple(files[1:]), threads=1)
    targets = ClassTargets(output=str(tmp_path / "map.tif"))
    fuse_sar_optical.run(FuseSarOptical(run, targets, "scaled"), Silent())
    truth = toys.read(chips / "labels" / "000009.tif")[0]
    assert (toys.read(targets.output)[0] == truth).mean() > 0.9


def test_fusions_that_need_all_do_not_pretend(tmp_path):
    write_chips(tmp_path / "chips", names=NAMES)
    parts = [PartSpec("unet", {"widths": (4, 8), "depths": (1, 1)}), (PartSpec("unet", {"widths": (4,)}),)]
    inputs = tuple(InputSpec(2, name) for name in NAMES)
    for fusion, spared in (("middle", False), ("available", True)):
        spec = NetworkSpec(inputs, *parts, PartSpec("segmentation", {"classes": 2}), PartSpec(fusion))
        (tmp_path / "spec.json").write_text(spec.to_json())
        request = asked(tmp_path, spec=str(tmp_path / "spec.json"), output=str(tmp_path / f"{fusion}.onnx"), epochs=1)
        train_model.run(request, Silent())
        assert [source.optional for source in card_in(request.output).inputs] == [spared, spared]
