"""Maps of networks with random weights are told from the network's own, also where few large features make a map."""

from types import SimpleNamespace

import numpy as np
import pytest
import toys
from onnxruntime import InferenceSession
from terraloom.engine.cards.foreign_cards import read_card
from terraloom.engine.explanation.attribution import Attribution
from terraloom.engine.explanation.features import Features, all_together, blocks, superpixels
from terraloom.engine.explanation.lime import lime
from terraloom.engine.explanation.near import whole_of
from terraloom.engine.explanation.randomisation import own_feature, write_randomised
from terraloom.engine.explanation.randomised_check import check_randomised
from terraloom.engine.explanation.settings import effort_of, effort_of_check, is_checked_as_it_is
from terraloom.engine.explanation_quality.judging import judge
from terraloom.engine.requests.explain_prediction import Method
from terraloom.engine.requests.network_run import NetworkRun

SIDE, BLOCK = 60, 6
KNOWN = np.ones((SIDE, SIDE), bool)


@pytest.fixture
def region():
    """A pixel in the middle."""
    made = np.zeros((SIDE, SIDE), bool)
    made[30, 30] = True
    return made


def map_of(rng):
    """A map of small features and one large one round the middle, which counts most."""
    values = np.kron(rng.uniform(0.1, 0.5, (SIDE // BLOCK,) * 2), np.ones((BLOCK, BLOCK)))
    values[6:54, 12:48] = 1 + rng.random()
    return Attribution(values.astype(np.float32), parts=np.ones((SIDE, SIDE), np.float32))


def test_the_feature_that_holds_the_place_is_told(region):
    found = map_of(np.random.default_rng(0))
    own = own_feature(found, region)
    assert own[6:54, 12:48].all() and own.sum() == 48 * 36
    region[0, 0] = True
    assert not own_feature(found, region).any(), "what is explained lies in two features"
    assert not own_feature(Attribution(found.total), region).any(), "each pixel is a feature"


def test_the_feature_that_holds_the_place_does_not_make_maps_alike(region):
    """Any network looks most at the superpixel of the place itself."""
    rng = np.random.default_rng(1)
    own, other = map_of(rng), map_of(rng)
    case = SimpleNamespace(number=1, known=KNOWN, prediction=SimpleNamespace(name="Water", score=1.0, region=region))
    maps = SimpleNamespace(
        case=case, explain=lambda _: own, of_network=lambda network, _: network, shown=lambda found: found.total
    )
    judged = judge(maps, ("randomisation",), [own, other], np.empty(0), 0, lambda _: None)
    same, random = judged.correlations
    assert same == pytest.approx(1) and random < 0.3
    assert judged.randomisation > 0.7


def test_nor_does_it_in_the_check_of_a_single_explanation(tmp_path, region):
    rng = np.random.default_rng(1)
    own, other = map_of(rng), map_of(rng)
    model = toys.random_network(tmp_path / "m.onnx", 3)
    explainer = SimpleNamespace(
        network=SimpleNamespace(path=model, card=read_card(model)),
        for_check=lambda _: SimpleNamespace(explain=lambda *_: other),
        magnitudes=lambda found: found,
    )
    (rows, cols), nothing = np.nonzero(region), np.zeros((2, SIDE, SIDE), np.float32)
    place, run = (nothing, nothing, SimpleNamespace(rows=rows, cols=cols), KNOWN), NetworkRun(("in.tif",), str(model))
    copy, effort = tmp_path / "s.onnx", effort_of(Method("occlusion"), SIDE, SIDE, 2)
    assert check_randomised(explainer, run, copy, place, whole_of(KNOWN), effort, 0, lambda _: None, own=own) < 0.3
    assert not copy.exists()


@pytest.mark.parametrize(("patch_px", "noise"), [(16, 0.2), (32, 0.5), (32, 0.2), (64, 0.2), (4, 0.2), (1, 1.0)])
@pytest.mark.parametrize("bands", [1, 3])
def test_superpixels_are_about_as_many_as_asked_for(patch_px, noise, bands):
    """Too few of them cannot be compared: those beside the place are most of them."""
    rng = np.random.default_rng(2)
    patches = np.kron(rng.normal(0, 1, (bands, 256 // patch_px, 256 // patch_px)), np.ones((patch_px, patch_px)))
    image = np.repeat(patches + rng.normal(0, noise, patches.shape), 3 // bands, axis=0).astype(np.float32)
    asked = round(256**2 / 43**2)
    assert 0.7 * asked < superpixels(image, 43).max() + 1 <= asked


@pytest.mark.parametrize(
    ("method", "is_same"),
    [
        (Method("shap"), True),
        (Method("lime", window_px=60), True),
        (Method("lime", by_band=True), False),
        (Method("occlusion"), False),
        (Method("featureablation"), False),
        (Method("saliency"), False),
    ],
)
def test_a_map_is_not_computed_twice_for_its_check(method, is_same):
    effort = effort_of(method, 300, 300, 3)
    assert is_checked_as_it_is(method, effort, effort_of_check(method, effort, 300, 300)) == is_same


def hidden(path, how):
    """A toy network whose weights are not what its layers read directly."""
    toys.random_network(path, 3)
    model = toys.onnx.load(path)
    weights = {entry.name: entry for entry in model.graph.initializer}
    before = []
    for node in model.graph.node:
        if node.op_type != "Conv":
            continue
        entry = weights[node.input[1]]
        if how == "constant":
            made = toys.helper.make_node("Constant", [], [f"{entry.name} kept"], value=entry)
        else:
            made = toys.helper.make_node("Identity", [entry.name], [f"{entry.name} kept"])
        node.input[1] = made.output[0]
        del node.input[2:]
        before.append(made)
    rest = list(model.graph.node)
    del model.graph.node[:]
    model.graph.node.extend([*before, *rest])
    toys.onnx.save(model, path)
    return path


@pytest.mark.parametrize("how", ["constant", "passed on"])
def test_weights_are_found_where_they_lie(tmp_path, how):
    """A copy in which nothing is shuffled says what the network says, and its map would seem to fail."""
    model, made = hidden(tmp_path / "m.onnx", how), tmp_path / "s.onnx"
    write_randomised(model, read_card(model), 0, made)
    image = np.random.default_rng(0).normal(size=(1, 2, 32, 32)).astype(np.float32)
    one, other = (InferenceSession(str(path)).run(None, {"image": image})[0] for path in (model, made))
    assert not np.allclose(one, other)


@pytest.mark.parametrize(("samples", "is_known"), [(4, False), (40, True)])
def test_the_fit_of_a_linear_model_is_told_where_it_says_something(samples, is_known):
    """As few samples as features fit any model."""
    rng = np.random.default_rng(0)
    image = rng.normal(size=(1, 8, 8)).astype(np.float32)
    features = Features(blocks(8, 8, 4), all_together(1))
    found = lime(lambda batch: batch.sum(axis=(1, 2, 3)), image, image * 0, features, samples, 0, lambda _: None)
    assert np.isfinite(found.fit) == is_known
