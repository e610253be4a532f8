"""An encoder learns from images without labels, is judged on ground it has not met, and starts a training."""

import json
from dataclasses import replace
from html import unescape

import numpy as np
import pytest
import rasterio
import torch
from affine import Affine
from safetensors import safe_open
from safetensors.torch import load_file
from scipy.ndimage import gaussian_filter
from terraloom.engine.errors import CancelledError, InputError, ModelError, OutputError
from terraloom.engine.jobs import pretrain_encoder, train_model
from terraloom.engine.learning.initial_weights import take_weights
from terraloom.engine.learning.retrieval import recall
from terraloom.engine.places import find_places
from terraloom.engine.progress import Silent
from terraloom.engine.requests.pretrain_encoder import PretrainEncoder
from terraloom.engine.requests.spec_file import read_spec
from terraloom.engine.unlabelled_ground import divide, draw_tiles, lay_tiles
from terraloom.models.build import build
from terraloom.models.spec import InputSpec, NetworkSpec, PartSpec
from terraloom.models.weights import named_weights
from terraloom.tests.chips import write_chips
from terraloom.tests.training_runs import Heard, asked

PIXEL_M = 10.0


def write(path, values, nodata=None, crs="EPSG:32631", left=500000.0, pixel_m=PIXEL_M):
    """A GeoTIFF of `(bands, rows, cols)`."""
    bands, rows, cols = values.shape
    place = Affine(pixel_m, 0, left, 0, -pixel_m, 5700000)
    profile = {"width": cols, "height": rows, "count": bands, "dtype": values.dtype, "nodata": nodata}
    with rasterio.open(path, "w", driver="GTiff", crs=crs, transform=place, **profile) as dataset:
        dataset.write(values)
    return str(path)


def ground(rows, cols, seed=0):
    """Fields of several grains, no two places of which look alike, `(3, rows, cols)`."""
    rng = np.random.default_rng(seed)
    fields = [gaussian_filter(rng.normal(size=(rows, cols)), grain) for grain in (1.5, 3, 6)]
    return np.stack([field / field.std() for field in fields])


def two_sensors(folder, rows=192, cols=320, seed=0):
    """Images of one ground: B is bent, mixed and noisy, and of other units than A."""
    fields, rng = ground(rows, cols, seed), np.random.default_rng(seed + 1)
    first = 1000 + 200 * fields[:2] + 20 * rng.normal(size=(2, rows, cols))
    second = -12 + 3 * np.stack([np.tanh(fields[0] * 1.5) - 0.7 * fields[1] ** 2, np.abs(fields[0] + fields[1])])
    second += 0.3 * rng.normal(size=second.shape)
    paths = [write(folder / f"{name}.tif", each.astype(np.float32)) for name, each in (("a", first), ("b", second))]
    return tuple((path,) for path in paths)


def spec(folder, *names, fusion="middle", bands=2, **more):
    """A small network in a file: two levels, a few channels."""
    encoder = PartSpec("unet", {"widths": (8, 16), "depths": (1, 2)})
    parts = {"encoder": encoder, "necks": (PartSpec("unet", {"widths": (8,)}),), **more}
    network = NetworkSpec(
        tuple(InputSpec(bands, name) for name in names),
        head=PartSpec("segmentation", {"classes": 2}),
        fusion=PartSpec(fusion),
        **parts,
    )
    (folder / "spec.json").write_text(network.to_json())
    return str(folder / "spec.json")


def transformer(folder, positions="waves", window=0):
    arguments = {"patch": 4, "width": 32, "depth": 2, "heads": 2, "window": window, "positions": positions}
    necks = (PartSpec("tokens_to_pyramid", {"widths": (8, 16)}), PartSpec("unet", {"widths": (8,)}))
    return spec(folder, "image", encoder=PartSpec("vit", arguments), necks=necks)


def wanted(tmp_path, inputs, **changes):
    plain = {"tile_px": 16, "tiles": 120, "epochs": 2, "threads": 1, "device": "cpu"}
    return PretrainEncoder(inputs, str(tmp_path / "encoder.safetensors"), **plain | changes)


def facts_in(path):
    with safe_open(path, "pt") as file:
        return json.loads(file.metadata()["terraloom"])


# what is learnt


def test_two_sensors_learn_to_find_each_other(tmp_path):
    request = wanted(
        tmp_path,
        two_sensors(tmp_path),
        method="crossmodal",
        spec=spec(tmp_path, "a", "b"),
        epochs=20,
        report=str(tmp_path / "page.html"),
    )
    figures = pretrain_encoder.run(request, Silent()).metrics
    chance = 1 / figures["choices"]
    assert figures["choices"] == 48
    assert figures["recall_1_before"] < 3 * chance
    assert figures["recall_1"] > 15 * chance and figures["recall_5"] > figures["recall_1"]
    page = (tmp_path / "page.html").read_text("utf-8")
    assert "of 48 tiles" in page and "Recall@5" in page and "INITIAL=encoder.safetensors" in page
    spec_in_page = unescape(page.rpartition("<pre>")[2].partition("</pre>")[0])
    (tmp_path / "copied.json").write_text(spec_in_page)
    assert NetworkSpec.from_dict(read_spec(tmp_path / "copied.json").network) == network_of(request.spec)
    assert "http" not in page.replace("http://www.w3.org/2000/svg", "")


def test_sensors_that_show_nothing_in_common_do_not_find_each_other(tmp_path):
    first, _ = two_sensors(tmp_path)
    (tmp_path / "other").mkdir()
    _, second = two_sensors(tmp_path / "other", seed=50)
    request = wanted(tmp_path, (first, second), method="crossmodal", spec=spec(tmp_path, "a", "b"), epochs=20)
    figures = pretrain_encoder.run(request, Silent()).metrics
    assert figures["recall_1"] < 2.5 / figures["choices"], "where in a tile a region lies must not help"


def test_views_are_found_again_better_than_before(tmp_path):
    first, _ = two_sensors(tmp_path)
    figures = pretrain_encoder.run(wanted(tmp_path, (first,), spec=spec(tmp_path, "a"), epochs=10), Silent()).metrics
    assert figures["recall_1"] > figures["recall_1_before"] + 0.1


def test_what_is_hidden_is_told_better_than_before(tmp_path):
    first, _ = two_sensors(tmp_path)
    request = wanted(tmp_path, (first,), method="mae", spec=transformer(tmp_path), epochs=30)
    figures = pretrain_encoder.run(replace(request, report=str(tmp_path / "page.html")), Silent()).metrics
    assert figures["hidden_error"] < 0.97 < figures["hidden_error_before"]
    assert "Error of hidden patches" in (tmp_path / "page.html").read_text("utf-8")
    assert set(load_file(request.checkpoint)) == {
        name for name in named_weights(build(network_of(request.spec))) if name.startswith("encoder.")
    }


def network_of(path):
    return NetworkSpec.from_json(open(path).read())


# what is written


def test_a_training_starts_from_what_was_learnt(tmp_path):
    inputs = two_sensors(tmp_path)
    request = wanted(tmp_path, inputs, method="crossmodal", spec=spec(tmp_path, "optical", "sar"))
    pretrain_encoder.run(request, Silent())
    learnt = load_file(request.checkpoint)
    network = build(network_of(request.spec))
    own = named_weights(network)
    assert set(learnt) == {name for name in own if name.startswith("encoder.encoders.")}

    before = {name: value.clone() for name, value in own.items()}
    take_weights(network, tmp_path / "encoder.safetensors", Silent())
    for name, value in named_weights(network).items():
        assert torch.equal(value, learnt.get(name, before[name])), name
    assert any(not torch.equal(learnt[name], before[name]) for name in learnt)

    write_chips(tmp_path / "chips", names=("optical", "sar"))
    heard = Heard()
    training = asked(tmp_path, preset="auto", spec=request.spec, initial=request.checkpoint, baseline=False, epochs=1,
                     learning_rate=1e-9, checkpoint=str(tmp_path / "state.pt"))  # fmt: skip
    train_model.run(training, heard)
    assert f"{len(learnt)} of {len(own)} weights come from encoder.safetensors" in heard.text
    assert "was pre-trained on" in heard.text, "the chips are of other units"
    state = torch.load(tmp_path / "state.pt", weights_only=True)["best"]
    kernels = [name for name in learnt if name.endswith("weight") and learnt[name].ndim == 4]
    for name in kernels:
        torch.testing.assert_close(state[name], learnt[name], atol=1e-5, rtol=1e-5)


def test_the_default_networks_are_those_of_the_presets(tmp_path):
    inputs = two_sensors(tmp_path)
    for method, preset, names, given in (
        ("contrastive", "landcover", ("image",), inputs[:1]),
        ("crossmodal", "fusion", ("image", "image_2"), inputs),
    ):
        request = wanted(tmp_path, given, method=method, tiles=8, epochs=1, batch_size=4)
        pretrain_encoder.run(request, Silent())
        write_chips(tmp_path / preset, names=names)
        heard = Heard()
        training = asked(tmp_path, chips=str(tmp_path / preset), output=str(tmp_path / f"{preset}.onnx"), epochs=1,
                         preset=preset, initial=request.checkpoint, baseline=False)  # fmt: skip
        train_model.run(training, heard)
        assert f"{len(load_file(request.checkpoint))} of " in heard.text


def test_a_network_of_four_images_is_taught_through_its_first_two(tmp_path):
    """Images of one sensor, before and after, share an encoder: it is pre-trained for both."""
    path = spec(tmp_path, "optical", "sar", "optical_before", "sar_before", fusion="available")
    document = json.loads(open(path).read())
    document["fusion"]["arguments"] = {"encoders": [0, 1, 0, 1]}
    (tmp_path / "spec.json").write_text(json.dumps(document))
    request = wanted(tmp_path, two_sensors(tmp_path), method="crossmodal", spec=path, epochs=1, tiles=20)
    pretrain_encoder.run(request, Silent())
    learnt = load_file(request.checkpoint)
    own = named_weights(build(network_of(path)))
    assert set(learnt) == {name for name in own if name.startswith("encoder.encoders.")}


def test_the_file_tells_what_it_was_learnt_from(tmp_path):
    first, _ = two_sensors(tmp_path)
    request = wanted(tmp_path, (first,), spec=spec(tmp_path, "a"), epochs=1)
    outcome = pretrain_encoder.run(request, Silent())
    facts = facts_in(request.checkpoint)
    (source,) = facts["inputs"]
    assert source["mean"] == pytest.approx([1000, 1000], abs=60) and source["std"] == pytest.approx([200, 200], rel=0.3)
    assert facts["method"] == "contrastive" and facts["held_out"] == outcome.metrics
    assert NetworkSpec.from_dict(facts["network"]) == network_of(request.spec)


def test_chips_of_the_same_unit_are_taken_without_a_word(tmp_path):
    chips = write_chips(tmp_path / "chips")
    values = np.stack([100 + 20 * field for field in ground(64, 128)[:1]] + [50 + 10 * ground(64, 128, 9)[0]])
    image = write(tmp_path / "image.tif", values.astype(np.float32))
    request = wanted(tmp_path, ((image,),), spec=spec(tmp_path, "image"), epochs=1, tiles=20)
    pretrain_encoder.run(request, Silent())
    heard = Heard()
    training = asked(tmp_path, preset="auto", spec=request.spec, initial=request.checkpoint, baseline=False, epochs=1)
    train_model.run(training, heard)
    assert "weights come from" in heard.text and "was pre-trained on" not in heard.text
    assert chips.inputs[0].mean == (100.0, 50.0)


def test_the_same_seed_gives_the_same_weights_and_a_resumed_run_too(tmp_path):
    inputs = two_sensors(tmp_path)
    request = wanted(tmp_path, inputs, method="crossmodal", spec=spec(tmp_path, "a", "b"), tiles=40, epochs=10)
    pretrain_encoder.run(request, Silent())
    first = load_file(request.checkpoint)

    class Stopping(Heard):
        def log(self, template, **values):
            super().log(template, **values)
            if template.startswith("Step") and values["step"] >= 12:
                raise KeyboardInterrupt

    again = replace(request, checkpoint=str(tmp_path / "again.safetensors"), resume=True)
    with pytest.raises(KeyboardInterrupt):
        pretrain_encoder.run(again, Stopping())
    with pytest.raises(OutputError, match="had other chips, another network or other parameters"):
        pretrain_encoder.run(replace(again, seed=1), Silent())
    heard = Heard()
    pretrain_encoder.run(again, heard)
    assert "An interrupted training goes on" in heard.text
    resumed = load_file(again.checkpoint)
    assert all(torch.equal(value, resumed[name]) for name, value in first.items())
    pretrain_encoder.run(replace(request, seed=1), Silent())
    assert not all(torch.equal(value, first[name]) for name, value in load_file(request.checkpoint).items())


# tiles


def tiles_of(inputs, side_px=16, wanted_tiles=30, seed=0):
    places, _ = find_places(inputs, (), (), None)
    chance = np.random.default_rng(seed)
    split = divide(places, side_px, chance, Silent())
    drawn = list(draw_tiles(places, split.learning, side_px, wanted_tiles, chance, Silent()))
    return split, drawn, list(lay_tiles(places, split.held_out, side_px, 64, chance, Silent()))


def test_tiles_follow_the_seed_and_keep_to_their_ground(tmp_path):
    columns = np.tile(np.arange(320, dtype=np.float32), (2, 64, 1))
    inputs = ((write(tmp_path / "columns.tif", columns),),)
    split, drawn, laid = tiles_of(inputs)
    same, other = tiles_of(inputs)[1], tiles_of(inputs, seed=1)[1]
    assert len(drawn) == 30 and all((a[0] == b[0]).all() for a, b in zip(drawn, same, strict=True))
    assert not all((a[0] == b[0]).all() for a, b in zip(drawn, other, strict=True))
    seen = max(tile[0].max() for tile in drawn)
    kept = min(tile[0].min() for tile in laid)
    assert seen < kept and 220 <= kept <= 280
    places = [(float(tile[0][0, 0, 0])) for tile in laid]
    assert len(laid) == 4 * len(set(places)) and all((place - kept) % 16 == 0 for place in places)
    assert len(split.held_out) == 1


def test_tiles_without_data_are_skipped_and_the_strip_lies_where_data_is(tmp_path):
    values = 1 + ground(64, 320)[:2].astype(np.float32)
    values[:, :, 200:] = -9999
    values[:, :20, :] = -9999
    inputs = ((write(tmp_path / "holes.tif", values, nodata=-9999),),)
    _, drawn, laid = tiles_of(inputs, wanted_tiles=40)
    assert len(drawn) == 40 and laid
    assert all(np.ma.getmaskarray(tile[0]).mean() <= 0.1 for tile in (*drawn, *laid))


def test_of_many_images_whole_ones_are_held_out(tmp_path):
    files = []
    for number in range(10):
        image = np.full((1, 32, 32), number, np.float32)
        files.append(write(tmp_path / f"{number}.tif", image, left=500000.0 + 10000 * number))
    split, drawn, laid = tiles_of((tuple(files),))
    held_out = {number for number, _ in split.held_out}
    assert len(held_out) == 2 and held_out.isdisjoint(number for number, _ in split.learning)
    assert {float(tile[0].max()) for tile in drawn}.isdisjoint(float(tile[0].max()) for tile in laid)


def test_the_second_sensor_is_brought_to_the_grid_of_the_first(tmp_path):
    first = write(tmp_path / "fine.tif", np.tile(np.arange(128, dtype=np.float32), (1, 64, 1)))
    coarse = np.tile(np.arange(64, dtype=np.float32) * 2 + 0.5, (1, 32, 1))
    second = write(tmp_path / "coarse.tif", coarse, pixel_m=2 * PIXEL_M)
    _, drawn, laid = tiles_of(((first,), (second,)))
    for tile in (*drawn, *laid):
        inside = (slice(None), slice(None), slice(2, -2))
        assert np.abs(tile[0][inside] - tile[1][inside]).max() < 0.51


def test_what_is_left_out_and_what_cannot_be_relied_on_is_told(tmp_path):
    first, second = two_sensors(tmp_path, rows=48, cols=128)
    away = write(tmp_path / "away.tif", np.ones((2, 96, 96), np.float32), left=900000.0)
    tiny = write(tmp_path / "tiny.tif", np.ones((2, 8, 8), np.float32), left=480000.0)
    heard = Heard()
    request = wanted(tmp_path, ((*first, away, tiny), (*second, tiny)), method="crossmodal", epochs=1, tiles=20,
                     spec=spec(tmp_path, "a", "b"))  # fmt: skip
    pretrain_encoder.run(request, heard)
    assert "1 images show no ground that those of the other sensor show" in heard.text
    assert "1 images are smaller than a tile of 16 px" in heard.text
    assert "Only " in heard.text and "can hardly be told" in heard.text


# figures


def test_recall_counts_partners_among_the_nearest():
    vectors = np.eye(6, dtype=np.float32)[np.newaxis].repeat(2, axis=0)
    assert recall(vectors, vectors, 1) == 1
    swapped = vectors.copy()
    swapped[0] = vectors[0, [1, 0, 2, 3, 4, 5]]
    assert recall(vectors, swapped, 1) == pytest.approx(10 / 12)
    alike = np.ones((2, 6, 1), np.float32)
    assert recall(alike, alike, 5) == 0, "all alike: nothing is found"


# refusals


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
