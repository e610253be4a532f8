"""A user is told before a map is made where an image is unlike those of the training, and only then."""

import json

import numpy as np
import onnx
import pytest
import toys
from terraloom.engine.cards.card_in_file import copy_with_card
from terraloom.engine.cards.foreign_cards import read_card
from terraloom.engine.errors import CancelledError, ModelError
from terraloom.engine.familiarity.familiarity import CARD_KEY, Familiarity, fit, fit_familiarity
from terraloom.engine.familiarity.inner_features import InnerFeatures, computes, names_of_features
from terraloom.engine.jobs import apply_model, optimise_model, segment_land_use
from terraloom.engine.library.card import ModelCard
from terraloom.engine.requests.apply_model import ApplyModel
from terraloom.engine.requests.class_map import ClassTargets
from terraloom.engine.requests.network_run import NetworkRun
from terraloom.engine.requests.optimise_model import OptimiseModel
from terraloom.engine.requests.segment_land_use import SegmentLandUse

FIELDS = {"mean": 60.0, "std": 20.0}


class Recorder:
    """Progress that keeps what it is told, warnings apart."""

    def __init__(self):
        self.logs, self.warnings = [], []

    def update(self, fraction, mpx_per_s=None):
        pass

    def log(self, template, **values):
        self.logs.append(template.format(**values))

    def warn(self, template, **values):
        self.warnings.append(template.format(**values))

    def unlike(self):
        """What was said of the image's likeness: log lines and warnings."""
        return [[line for line in lines if "unlike" in line] for lines in (self.logs, self.warnings)]


def ground(seed, shape=(256, 256), level=60.0):
    """Two bands of noise whose mean wanders a little from place to place."""
    rng = np.random.default_rng(seed)
    return level + rng.normal(0, 4, (2, 1, 1)) + rng.normal(0, 20, (2, *shape))


def network(path, **fields):
    return toys.random_network(path, seed=3, **FIELDS, **fields)


def taught(tmp_path, **fields):
    """A network whose card says what it is used to: `ground`."""
    path = network(tmp_path / "m.onnx", **fields)
    tiles = [((ground(seed) - 60) / 20).astype(np.float32) for seed in range(24)]
    familiarity = fit_familiarity(path, tiles, [seed // 4 for seed in range(24)])
    return with_familiarity(path, familiarity.to_document())


def with_familiarity(path, document):
    card = read_card(path).document
    card["properties"][CARD_KEY] = document
    copy_with_card(path, card, path)
    return path


def run(tmp_path, model, image, job=apply_model, progress=None, **settings):
    """Map an image; the outcome's metrics."""
    kind = SegmentLandUse if job is segment_land_use else ApplyModel
    run_of = NetworkRun((str(image),), str(model), device="cpu", threads=1, **settings)
    return job.run(kind(run_of, ClassTargets(output=str(tmp_path / "map.tif"))), progress or Recorder()).metrics


def image_of(tmp_path, *tiles, **profile):
    """Tiles side by side in one raster."""
    return toys.raster(tmp_path / "image.tif", np.concatenate(tiles, axis=2).astype(np.float32), **profile)


# The distribution


def test_distances_are_those_of_mahalanobis():
    familiarity = Familiarity(
        ("t",), np.array([1.0, 2.0]), np.array([2.0, 1.0]), np.array([[0.6, 0.8]]), np.array([4.0]), 0.25, 1.0, 9, 3
    )
    tiles = np.array([[1.0, 2.0], [3.0, 2.0], [1 + 2 * 0.6, 2.8], [1 - 2 * 0.8, 2.6]])
    covariance = 4.0 * np.outer([0.6, 0.8], [0.6, 0.8]) + 0.25 * np.outer([-0.8, 0.6], [-0.8, 0.6])
    scaled = (tiles - [1, 2]) / [2, 1]
    expected = np.einsum("ti,ij,tj->t", scaled, np.linalg.inv(covariance), scaled) / 2
    np.testing.assert_allclose(familiarity.distances(tiles), expected)
    assert familiarity.unfamiliar(tiles).tolist() == [False, True, False, True]
    assert familiarity.unfamiliar(np.array([[np.nan, 2.0]])).all(), "what is no number is not familiar"


def places(seed=0, count=6, each=40, features=24, spread=1.0):
    """Correlated features of tiles of several places, in units of very different size."""
    rng = np.random.default_rng(seed)
    mixing = rng.normal(size=(features, features)) * np.geomspace(0.01, 100, features)
    rows = [rng.normal(0, spread, features) + rng.normal(size=(each, features)) for _ in range(count)]
    return np.concatenate(rows) @ mixing, np.repeat(np.arange(count), each), mixing


def test_new_tiles_of_known_places_lie_within_the_limit_and_others_beyond():
    features, groups, mixing = places()
    familiarity = fit(("t",), features[::2], groups[::2])
    assert familiarity.distances(features[1::2]).mean() == pytest.approx(1, abs=0.5)
    assert familiarity.unfamiliar(features[1::2]).mean() < 0.02
    assert familiarity.unfamiliar(features + 12 * mixing[0]).mean() > 0.9
    assert (familiarity.tiles, familiarity.groups) == (120, 6)


def test_the_limit_is_that_of_places_held_out():
    alike, groups, _ = places(spread=0.01)
    unlike, _, _ = places(spread=3.0)
    assert fit(("t",), unlike, groups).limit > 3 * fit(("t",), alike, groups).limit
    blended = np.random.default_rng(0).permutation(groups)
    by_place, by_chance = (fit(("t",), unlike, dealt).limit for dealt in (groups, blended))
    assert by_place > 1.5 * by_chance, "neighbours vouch for each other"


def test_each_place_counts_the_same_however_many_tiles_it_has():
    features, groups, _ = places(count=2)
    many = np.concatenate([features, *[features[groups == 1]] * 9])
    more = np.concatenate([groups, *[groups[groups == 1]] * 9])
    once, often = fit(("t",), features, groups), fit(("t",), many, more)
    np.testing.assert_allclose(often.mean, once.mean)
    np.testing.assert_allclose(often.distances(features), once.distances(features), rtol=0.05)


def test_a_feature_that_never_varied_tells_of_change():
    features, groups, _ = places(features=3)
    features[:, 1] = 0
    familiarity = fit(("t",), features, groups)
    assert not familiarity.unfamiliar(features).mean() > 0.05
    changed = features.copy()
    changed[:, 1] = features[:, 2].std()
    assert familiarity.unfamiliar(changed).all()


def test_a_card_gives_back_what_was_put_in():
    features, groups, _ = places()
    familiarity = fit(("inner/name",), features, groups)
    text = json.dumps(familiarity.to_document())
    again = Familiarity.from_document(json.loads(text))
    assert again.to_document() == familiarity.to_document()
    np.testing.assert_array_equal(again.distances(features), familiarity.distances(features))
    assert len(text) < 6000, "it is in every result"


def test_tiles_of_one_place_or_without_numbers_are_refused():
    features, groups, _ = places()
    with pytest.raises(ValueError, match="two places"):
        fit(("t",), features, groups * 0)
    features[3, 3] = np.nan
    with pytest.raises(ValueError, match="known tiles"):
        fit(("t",), features, groups)


@pytest.mark.parametrize(
    ("change", "words"),
    [
        ({"mean": None}, "cannot be read"),
        ({"limit": 0}, "limit 0"),
        ({"scale": [1.0]}, "cannot be"),
        ({"rest": float("nan")}, "cannot be"),
        ({"tensors": []}, "cannot be"),
    ],
)
def test_a_card_that_makes_no_sense_is_refused(change, words):
    features, groups, _ = places()
    document = fit(("t",), features, groups).to_document() | change
    with pytest.raises(ModelError, match=words):
        Familiarity.from_document(document)


def test_features_of_another_network_are_refused():
    features, groups, _ = places()
    with pytest.raises(ModelError, match="belongs to another network"):
        fit(("t",), features, groups).distances(features[:, :-1])


# The features


def test_features_are_what_the_last_convolution_reads(tmp_path):
    path = network(tmp_path / "m.onnx")
    assert names_of_features(path) == ("e1", "o0"), "what the fourth convolution reads, and the last"
    assert computes(path, ("e1", "o0")) and not computes(path, ("e1", "image")) and not computes(path, ("p0",))
    tile = ground(0).astype(np.float32)
    known = np.zeros((256, 256), bool)
    known[:, 100:] = True
    found = InnerFeatures(path, ("o0",), 1)([tile], known)
    model = onnx.load(path)
    model.graph.output.append(onnx.helper.make_tensor_value_info("o0", onnx.TensorProto.FLOAT, None))
    whole = onnx.reference.ReferenceEvaluator(model).run(["o0"], {"image": tile[np.newaxis]})[0][0][:, :, 100:]
    np.testing.assert_allclose(found**2, [*whole.mean((1, 2)), *whole.std((1, 2))], rtol=1e-4)


def test_a_coarse_map_counts_where_its_cells_are_known(tmp_path):
    path = network(tmp_path / "m.onnx")
    tile = ground(0).astype(np.float32)
    known = np.zeros((256, 256), bool)
    known[:128] = True
    coarse = InnerFeatures(path, ("e2",), 1)
    spoilt = tile.copy()
    spoilt[:, 160:] = 999  # so far away that nothing known sees it
    np.testing.assert_allclose(coarse([tile], known), coarse([spoilt], known), rtol=1e-6)
    assert not np.allclose(coarse([tile], ~known), coarse([spoilt], ~known))


def test_layers_behind_the_scores_do_not_hide_the_features(tmp_path):
    nodes = [
        toys.helper.make_node("Conv", ["image", "w"], ["first"]),
        toys.helper.make_node("Relu", ["first"], ["features"]),
        toys.helper.make_node("Conv", ["features", "w"], ["scores"]),
        toys.helper.make_node("Resize", ["scores", "", "scales"], ["larger"]),
        toys.helper.make_node("Softmax", ["larger"], ["output"], axis=1),
    ]
    weights = {"w": np.ones((3, 3, 1, 1), np.float32), "scales": np.array([1, 1, 2, 2], np.float32)}
    path = toys.save(tmp_path / "m.onnx", nodes, weights, 3, None)
    assert names_of_features(path) == ("features",)


def test_a_network_without_features_is_refused(tmp_path):
    for path in (toys.bands_as_classes(tmp_path / "none.onnx"), toys.identity(tmp_path / "one.onnx")):
        with pytest.raises(ModelError, match="no features before a last convolution"):
            names_of_features(path)


# The run


@pytest.mark.parametrize("job", [apply_model, segment_land_use])
def test_a_familiar_image_is_mapped_in_silence(tmp_path, job):
    told = Recorder()
    image = image_of(tmp_path, *[ground(seed) for seed in range(100, 104)])
    assert run(tmp_path, taught(tmp_path), image, job, told)["unfamiliar_share"] == 0
    assert told.unlike() == [[], []]


@pytest.mark.parametrize("job", [apply_model, segment_land_use])
def test_a_foreign_image_is_warned_of_and_mapped_all_the_same(tmp_path, job):
    told = Recorder()
    image = image_of(tmp_path, *[ground(seed, level=150.0) for seed in range(100, 104)])
    assert run(tmp_path, taught(tmp_path), image, job, told)["unfamiliar_share"] == 1
    ((), (warning,)) = told.unlike()
    assert warning.startswith("4 of 4 tiles") and "that Toy was trained on" in warning
    assert "SCALE" in warning and "labels of your own" in warning
    assert toys.read(tmp_path / "map.tif").count() == 4 * 256 * 256


def test_what_is_foreign_in_part_is_mentioned(tmp_path):
    told = Recorder()
    tiles = [ground(seed, level=150.0 if seed == 101 else 60.0) for seed in range(100, 104)]
    assert run(tmp_path, taught(tmp_path), image_of(tmp_path, *tiles), progress=told)["unfamiliar_share"] == 0.25
    ((line,), ()) = told.unlike()
    assert line.startswith("1 of 4 tiles")


def test_scale_and_bands_come_first(tmp_path):
    """What counts is what the network gets, not what the file holds."""
    image = image_of(tmp_path, *[ground(seed, level=60.0) * 10 for seed in range(100, 103)])
    model = taught(tmp_path)
    assert run(tmp_path, model, image)["unfamiliar_share"] == 1
    from terraloom.engine.requests.assignments import parse_scale

    assert run(tmp_path, model, image, scale=parse_scale("*=0.1"))["unfamiliar_share"] == 0


def test_a_silent_card_leaves_everything_as_it_was(tmp_path):
    told = Recorder()
    image = image_of(tmp_path, *[ground(seed, level=150.0) for seed in range(4)])
    silent = network(tmp_path / "m.onnx")
    metrics = run(tmp_path, silent, image, progress=told)
    assert "unfamiliar_share" not in metrics and told.unlike() == [[], []]
    before = toys.read(tmp_path / "map.tif")
    speaking = taught(tmp_path)
    assert "unfamiliar_share" in run(tmp_path, speaking, image)
    np.testing.assert_array_equal(toys.read(tmp_path / "map.tif"), before)


def test_a_variant_that_does_not_compute_the_features_is_run_without(tmp_path):
    document = read_card(taught(tmp_path)).document["properties"][CARD_KEY]
    model = with_familiarity(network(tmp_path / "n.onnx"), document | {"tensors": ["folded/away"]})
    told = Recorder()
    metrics = run(tmp_path, model, image_of(tmp_path, ground(0, level=150.0)), progress=told)
    assert "unfamiliar_share" not in metrics and told.unlike() == [[], []]


def test_optimised_variants_keep_the_card_and_run(tmp_path, monkeypatch):
    from terraloom.engine.backends import openvino_backend

    monkeypatch.setattr(openvino_backend, "is_installed", lambda: False)
    image = image_of(tmp_path, *[ground(seed) for seed in range(100, 104)])
    model, fast = taught(tmp_path), tmp_path / "fast.onnx"
    optimise_model.run(OptimiseModel(str(model), "int8", (image,), str(fast), max_loss=100, threads=1), Recorder())
    assert read_card(fast).document["properties"][CARD_KEY] == read_card(model).document["properties"][CARD_KEY]
    told = Recorder()
    assert "unfamiliar_share" not in run(tmp_path, fast, image, progress=told), "names stay, numbers change"
    assert told.unlike() == [[], []]
    fields = {CARD_KEY: read_card(model).document["properties"][CARD_KEY], "terraloom:precision": "bf16"}
    assert run(tmp_path, network(tmp_path / "bf16.onnx", **fields), image)["unfamiliar_share"] == 0


def test_a_quantised_variant_is_looked_at_by_its_original_where_that_is_installed_else_it_is_told(
    tmp_path, monkeypatch
):
    monkeypatch.setenv("TERRALOOM_HOME", str(tmp_path / "home"))
    original = taught(tmp_path)
    document = read_card(original).document
    fields = {CARD_KEY: document["properties"][CARD_KEY], "terraloom:precision": "int8"}
    variant = toys.random_network(tmp_path / "fast.onnx", seed=4, **FIELDS, **fields)  # other numbers by the same names
    image, told = image_of(tmp_path, *[ground(seed) for seed in range(100, 104)]), Recorder()
    assert "unfamiliar_share" not in run(tmp_path, variant, image, progress=told)
    assert len([line for line in told.logs if "familiar to Toy is not looked at" in line]) == 1
    shelf = tmp_path / "home" / "models" / "toy"
    shelf.mkdir(parents=True)
    original.rename(shelf / "model.onnx")
    (shelf / "card.json").write_text(json.dumps(document))
    assert run(tmp_path, variant, image)["unfamiliar_share"] == 0
    far = image_of(tmp_path, ground(0, level=150.0))
    assert run(tmp_path, variant, far)["unfamiliar_share"] == 1


def test_nodata_is_not_looked_at(tmp_path):
    model = taught(tmp_path)
    tiles = [ground(seed) for seed in range(100, 104)]
    tiles[1][:, :, :100] = tiles[2][:, 20:] = -9999
    image = image_of(tmp_path, *tiles, nodata=-9999)
    told = Recorder()
    assert run(tmp_path, model, image, progress=told)["unfamiliar_share"] == 0
    far = image_of(tmp_path, *[np.where(tile == -9999, tile, tile + 90) for tile in tiles], nodata=-9999)
    run(tmp_path, model, far, progress=told)
    assert told.unlike()[1][0].startswith("3 of 3 tiles"), "the mostly empty one is left out"


def test_an_image_that_shows_too_little_is_not_judged(tmp_path):
    image = image_of(tmp_path, ground(0, (90, 256), 150.0))
    assert "unfamiliar_share" not in run(tmp_path, taught(tmp_path), image)


def test_only_the_area_asked_for_is_looked_at(tmp_path):
    from terraloom.engine.requests.network_run import Extent

    tiles = [ground(seed, level=150.0 if seed == 100 else 60.0) for seed in range(100, 104)]
    image, model = image_of(tmp_path, *tiles), taught(tmp_path)
    assert run(tmp_path, model, image)["unfamiliar_share"] == 0.25
    left = Extent(500_000, 4_999_744, 500_256, 5_000_000, toys.UTM)
    assert run(tmp_path, model, image, extent=left)["unfamiliar_share"] == 1


def test_a_large_image_is_looked_at_in_twelve_places_all_over(tmp_path, monkeypatch):
    from terraloom.engine.familiarity import plausibility

    looked = []

    def described(self, values, known):
        looked.append(values[0][0].mean())
        return np.zeros(8)

    monkeypatch.setattr(plausibility.InnerFeatures, "__call__", described)
    numbers = np.arange(64).reshape(8, 8)
    values = np.broadcast_to(numbers.repeat(256, 0).repeat(256, 1) * 20 + 60, (2, 2048, 2048))
    run(tmp_path, taught_by_hand(tmp_path), toys.raster(tmp_path / "image.tif", values.astype(np.float32)))
    assert len(looked) == len(set(looked)) == 12
    rows, columns = np.divmod(np.round(looked).astype(int), 8)
    assert all(len({*(places // 2)}) == 4 for places in (rows, columns)), "each quarter along each side"


def taught_by_hand(tmp_path):
    features = np.random.default_rng(0).normal(size=(40, 8))
    return with_familiarity(network(tmp_path / "m.onnx"), fit(("o0",), features, np.arange(40) % 4).to_document())


def test_a_card_without_sense_ends_the_run_before_it_begins(tmp_path):
    model = with_familiarity(network(tmp_path / "m.onnx"), {"tensors": ["o0"]})
    ModelCard.from_document(read_card(model).document)
    with pytest.raises(ModelError, match="terraloom:familiarity cannot be read"):
        run(tmp_path, model, image_of(tmp_path, ground(0)))
    assert not (tmp_path / "map.tif").exists()


def test_the_user_can_stop_while_it_looks(tmp_path):
    class Stopping(Recorder):
        def update(self, fraction, mpx_per_s=None):
            raise CancelledError

    image = image_of(tmp_path, ground(0))
    with pytest.raises(CancelledError):
        run(tmp_path, taught(tmp_path), image, progress=Stopping())
    assert not (tmp_path / "map.tif").exists()
