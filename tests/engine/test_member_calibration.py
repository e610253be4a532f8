"""What is said of confidence is said of the models for which it is true."""

import pytest
from terraloom.engine.uncertainty.member_calibration import MemberCalibration, telling_names

MENDS = "“Calibrate a model” mends that with training chips."


@pytest.mark.parametrize(
    ("temperatures", "caution", "meaning"),
    [
        ((2.0,), "", "It is calibrated (temperature 2)"),
        ((1.0,), "The model was never calibrated: it may be surer, or less sure, than it is right.", "It is not"),
        ((2.0, 1.5), "", "The temperature (2, 1.5) was fitted to what a model says by itself."),
        (
            (1.0, 1.0),
            "No model was ever calibrated: they may be surer, or less sure, than they are right.",
            "It is not",
        ),
        (
            (1.0, 2.0, 1.0),
            "Only 1.onnx was calibrated, 0.onnx and 2.onnx were not: they may be surer, or less sure, than they are "
            "right.",
            "Of the models only 1.onnx was calibrated, so that 80 % may mean more or less",
        ),
        (
            (3.0, 2.0, 1.0, 4.0),
            "Only 0.onnx, 1.onnx and 3.onnx were calibrated, 2.onnx was not: it may be surer, or less sure, than it is "
            "right.",
            "Of the models only 0.onnx, 1.onnx and 3.onnx were calibrated",
        ),
    ],
)
def test_each_model_is_named_for_what_it_is(temperatures, caution, meaning):
    found = MemberCalibration(tuple(f"/models/{number}.onnx" for number in range(len(temperatures))), temperatures)
    assert found.caution == (f"{caution} {MENDS}" if caution else "")
    assert found.meaning(several=len(temperatures) > 1).startswith(meaning)
    assert found.of_all == (not caution)


def test_files_of_one_name_are_told_apart_by_their_folders():
    assert telling_names(("/a/one.onnx", "/b/two.onnx")) == ("one.onnx", "two.onnx")
    assert telling_names(("/m/a/x.onnx", "/m/b/x.onnx", "/m/b/y.onnx")) == ("a/x.onnx", "b/x.onnx", "b/y.onnx")
    assert telling_names(("/a/m/x.onnx", "/b/m/x.onnx")) == ("a/m/x.onnx", "b/m/x.onnx")
    assert telling_names(("x.onnx",)) == ("x.onnx",)
