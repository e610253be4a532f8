"""A training computes in numbers that its device is fast in, and leaves the worker as it was."""

import pytest
import torch
from terraloom.engine.errors import ModelError
from terraloom.engine.jobs import train_model
from terraloom.engine.learning.device import cpu_threads, training_device, training_precision
from terraloom.engine.progress import Silent
from terraloom.engine.requests.train_model import TrainModel
from terraloom.tests.chips import write_chips


@pytest.mark.parametrize(("has_bf16", "precision"), [(True, "bf16"), (False, "fp16")])
def test_graphics_cards_compute_in_half_the_bits(monkeypatch, has_bf16, precision):
    """What torch merely emulates is not asked for: older cards are slower with it than without."""
    monkeypatch.setattr(
        torch.cuda, "is_bf16_supported", lambda including_emulation=True: has_bf16 or including_emulation
    )
    assert training_precision(torch.device("cuda:0")) == precision


@pytest.mark.parametrize(
    ("able", "precision"),
    [({"avx512_bf16": True, "amx_bf16": True}, "bf16"), ({"avx512_bf16": True}, "fp32"), ({"avx2": True}, "fp32")],
)
def test_processors_compute_in_bf16_where_they_have_units_for_it(monkeypatch, able, precision):
    monkeypatch.setattr(torch.cpu, "get_capabilities", lambda: able)
    assert training_precision(torch.device("cpu")) == precision


def test_the_advice_on_a_missing_device_names_what_there_is():
    with pytest.raises(ModelError, match=r"WHEELS, a folder that holds torch \d+\.\d+\.\d+ in its build"):
        training_device("cuda:99")


@pytest.mark.parametrize("wanted", [0, 1])
def test_threads_are_set_back(wanted):
    before = torch.get_num_threads()
    try:
        torch.set_num_threads(2)
        with pytest.raises(KeyboardInterrupt), cpu_threads(wanted):
            assert torch.get_num_threads() == (wanted or 2)
            raise KeyboardInterrupt
        assert torch.get_num_threads() == 2
    finally:
        torch.set_num_threads(before)


def test_a_training_leaves_the_threads_of_its_worker_alone(tmp_path):
    write_chips(tmp_path / "chips")
    before, seen = torch.get_num_threads(), set()

    class Watching(Silent):
        def log(self, template, **values):
            if template.startswith("Step"):
                seen.add(torch.get_num_threads())

    try:
        torch.set_num_threads(2)
        request = TrainModel(
            chips=str(tmp_path / "chips"),
            output=str(tmp_path / "mine.onnx"),
            library=str(tmp_path / "library"),
            preset="fewlabels",
            epochs=1,
            threads=1,
            baseline=False,
        )
        train_model.run(request, Watching())
        assert seen == {1} and torch.get_num_threads() == 2
    finally:
        torch.set_num_threads(before)
