"""What cannot be pre-trained is refused in a sentence, and what is cancelled leaves nothing."""

import os

import numpy as np
import pytest
from pretraining_cases import ground, network_of, spec, transformer, two_sensors, wanted, write
from terraloom.engine.errors import CancelledError, InputError, ModelError
from terraloom.engine.jobs import pretrain_encoder
from terraloom.engine.learning.initial_weights import take_weights
from terraloom.engine.progress import Silent
from terraloom.engine.requests.pretrain_encoder import PretrainEncoder
from terraloom.models.build import build


def refused(tmp_path, kind, words, request):
    before = sorted(tmp_path.rglob("*"))
    with pytest.raises(kind, match=words):
        pretrain_encoder.run(request() if callable(request) else request, Silent())
    assert sorted(tmp_path.rglob("*")) == before


def test_what_cannot_work_is_refused_in_a_sentence(tmp_path):
    inputs = first, _ = two_sensors(tmp_path)
    elsewhere = write(tmp_path / "away.tif", np.ones((2, 96, 96), np.float32), left=900000.0)
    asked_of = {"method": "crossmodal", "spec": spec(tmp_path, "a", "b")}
    refused(tmp_path, InputError, "away.tif .* does not overlap",
            wanted(tmp_path, (first, (elsewhere,)), **asked_of))  # fmt: skip
    refused(tmp_path, InputError, "TILE_SIZE is 17 px, the network takes multiples of 2 px. Choose 16",
            wanted(tmp_path, inputs, tile_px=17, **asked_of))  # fmt: skip
    refused(
        tmp_path, InputError, "the largest image has only 192 px", wanted(tmp_path, inputs, tile_px=256, **asked_of)
    )
    small = write(tmp_path / "small.tif", ground(24, 28)[:2].astype(np.float32))
    refused(tmp_path, InputError, "hold data on 32 px along one side",
            wanted(tmp_path, ((small,),), spec=spec(tmp_path, "a")))  # fmt: skip
    spec(tmp_path, "a", "b", bands=3)
    refused(tmp_path, InputError, "INPUT has 2 bands, and input 1 .* a, has 3", wanted(tmp_path, inputs, **asked_of))
    spec(tmp_path, "a", "b", fusion="early")
    refused(tmp_path, ModelError, "fusion 'early'.* one of the fusions: middle, available, cross, late",
            wanted(tmp_path, inputs, **asked_of))  # fmt: skip
    refused(tmp_path, InputError, "reads 2 inputs, and METHOD contrastive",
            wanted(tmp_path, (first,), spec=asked_of["spec"]))  # fmt: skip
    spec(tmp_path, "a")
    refused(
        tmp_path,
        ModelError,
        "only the encoder 'vit' can do",
        wanted(tmp_path, (first,), method="mae", spec=asked_of["spec"]),
    )
    transformer(tmp_path, positions="convolution")
    refused(
        tmp_path, ModelError, "positions = 'waves'", wanted(tmp_path, (first,), method="mae", spec=asked_of["spec"])
    )


def test_tiles_of_a_single_patch_are_refused_before_images_are_read(tmp_path, monkeypatch):
    first, _ = two_sensors(tmp_path)
    monkeypatch.setattr(pretrain_encoder, "_gather", None)
    refused(tmp_path, InputError, "TILE_SIZE is 16 px, a single patch of the encoder.* Choose 32 or more",
            wanted(tmp_path, (first,), method="mae", spec=transformer(tmp_path, patch=16)))  # fmt: skip


def test_tiles_that_the_disk_has_no_room_for_are_refused(tmp_path, monkeypatch):
    first, _ = two_sensors(tmp_path)
    request = wanted(tmp_path, (first,), spec=spec(tmp_path, "a"), tiles=1000, tile_px=128)
    usage = pretrain_encoder.shutil.disk_usage(tmp_path)
    monkeypatch.setattr(pretrain_encoder.shutil, "disk_usage", lambda _: usage._replace(free=100_000_000))
    refused(tmp_path, InputError, "take 0.2 GB on disk while they are learnt from, and 0.1 GB are free", request)


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"method": "magic"}, "METHOD is magic"),
        ({"method": "crossmodal"}, "images of the second sensor in INPUT_2"),
        ({"inputs": (("a.tif",), ("b.tif",))}, "INPUT_2 is given, which METHOD contrastive does not read"),
        ({"inputs": ()}, "There is no image"),
        ({"method": "mae"}, "give a SPEC with that encoder"),
        ({"tile_px": 8}, "TILE_SIZE is 8 px"),
        ({"batch_size": 1}, "must be at least 2"),
        ({"epochs": -1}, "cannot be negative"),
        ({"checkpoint": "weights.pt"}, "ends in .safetensors"),
        ({"spec": "nowhere.json"}, "There is no spec file"),
    ],
)
def test_requests_check_themselves(changes, words):
    with pytest.raises(InputError, match=words):
        PretrainEncoder(**{"inputs": (("a.tif",),), "checkpoint": "a.safetensors", **changes})


def test_a_file_that_is_no_safetensors_is_refused_as_initial(tmp_path):
    (tmp_path / "a.safetensors").write_bytes(b"weights of nothing")
    with pytest.raises(InputError, match="a pre-trained encoder .*safetensors"):
        take_weights(build(network_of(spec(tmp_path, "a"))), tmp_path / "a.safetensors", Silent())


@pytest.mark.parametrize("at", ["tiles", "steps"])
def test_cancelling_leaves_nothing(tmp_path, at):
    inputs = two_sensors(tmp_path)
    request = wanted(
        tmp_path, inputs, method="crossmodal", spec=spec(tmp_path, "a", "b"), report=str(tmp_path / "p.html")
    )
    before = sorted(tmp_path.rglob("*"))

    class Cancelling(Silent):
        def update(self, fraction, mpx_per_s=None):
            if fraction > 0.3 or at == "tiles":
                raise CancelledError

    with pytest.raises(CancelledError):
        pretrain_encoder.run(request, Cancelling())
    assert sorted(tmp_path.rglob("*")) == before


def test_an_image_that_changes_while_tiles_are_drawn_is_noticed(tmp_path):
    first, _ = two_sensors(tmp_path)

    class Changing(Silent):
        def update(self, fraction, mpx_per_s=None):
            os.utime(first[0], (1, 1))

    request = wanted(tmp_path, (first,), spec=spec(tmp_path, "a"))
    with pytest.raises(InputError, match="was changed or deleted while it was being read"):
        pretrain_encoder.run(request, Changing())
