"""Methods that differentiate: known attributions come back, captum agrees, and other networks are refused by name."""

import io
import json
import warnings

import captum.attr
import conftest
import foreign_toys
import numpy as np
import onnx
import onnxruntime
import pytest
import torch
import torch_toys
import toys
from attributions import at, explained, linear, opened, planted, told
from onnx import numpy_helper
from terraloom.engine.errors import InputError, ModelError
from terraloom.engine.explanation.class_scores import ClassScores
from terraloom.engine.explanation.evaluations import NetworkScores
from terraloom.engine.explanation.feature_ablation import feature_ablation
from terraloom.engine.explanation.features import Features, blocks, one_by_one
from terraloom.engine.explanation.gradients.asked import Asked
from terraloom.engine.explanation.gradients.from_onnx import OnnxNetwork
from terraloom.engine.explanation.gradients.networks import check_same, differentiable
from terraloom.engine.explanation.gradients.operations import OPERATIONS
from terraloom.engine.explanation.occlusion import occlusion
from terraloom.engine.explanation.randomisation import similarity, write_randomised
from terraloom.engine.explanation.target import Target

BUNDLED = conftest.ROOT / "models" / "bundled" / "landuse-vhr" / "model.onnx"


def nothing():
    pass


@pytest.fixture
def image():
    return np.random.default_rng(3).normal(size=(2, 16, 16)).astype(np.float32)


@pytest.fixture
def baseline():
    return np.random.default_rng(4).normal(size=(2, 16, 16)).astype(np.float32)


def test_gradients_of_a_linear_network_are_its_weights(tmp_path, image, baseline):
    path, weight = linear(tmp_path / "m.onnx")
    network, target = opened(path), at((16, 16), 7, 9)
    gradient = planted(weight)
    found = explained(network, "saliency", image, baseline, target)
    np.testing.assert_allclose(found.bands, gradient, atol=1e-5)
    found = explained(network, "inputxgradient", image, baseline, target)
    np.testing.assert_allclose(found.bands, gradient * image, atol=1e-5)
    found = explained(network, "integratedgradients", image, baseline, target, samples=4)
    np.testing.assert_allclose(found.bands, gradient * (image - baseline), atol=1e-5)
    assert abs(found.delta) < 1e-5


def test_a_planted_band_and_a_planted_object_are_found(tmp_path, image, baseline):
    """A network that reads one band alone, and of that one corner: every gradient lies there."""
    weight = np.zeros((1, 2, 1, 1), np.float32)
    weight[0, 1] = 2
    nodes = [
        toys.helper.make_node("Conv", ["image", "w"], ["seen"]),
        toys.helper.make_node("Mul", ["seen", "mask"], ["output"]),
    ]
    mask = np.zeros((1, 1, 16, 16), np.float32)
    mask[..., 2:6, 3:8] = 1
    document = toys.card(("b0", "b1"), 1, task="regression", activation="none")
    path = toys.save(tmp_path / "m.onnx", nodes, {"w": weight, "mask": mask}, 2, document)
    network = opened(path)
    everywhere = Target.of(np.ones((16, 16), bool), np.zeros((16, 16), np.int64))
    for method in ("saliency", "inputxgradient", "integratedgradients"):
        bands = explained(network, method, image, baseline, everywhere).bands
        assert (bands[0] == 0).all()
        assert (bands[1][mask[0, 0] == 0] == 0).all() and (bands[1][mask[0, 0] > 0] != 0).all()


@pytest.mark.parametrize("seed", range(4))
def test_integrated_gradients_of_a_true_network_add_up(tmp_path, image, seed):
    network = opened(toys.random_network(tmp_path / "m.onnx", seed))
    baseline = image - 2
    target = Target.of(np.ones((16, 16), bool), np.ones((16, 16), np.int64))
    found = explained(network, "integratedgradients", image, baseline, target, samples=64)
    scores = NetworkScores(network, ClassScores(network.card, "probability"), target, [2])
    difference = scores(image[None])[0] - scores(baseline[None])[0]
    assert abs(found.bands.sum(dtype=float) - difference) <= 0.01 * abs(difference)
    assert found.delta == pytest.approx(found.bands.sum(dtype=float) - difference, abs=1e-3)


class Coarsely:
    """A backend that computes as coarsely as bf16 does."""

    precision = "bf16"

    def __init__(self, backend):
        self._backend = backend

    def __getattr__(self, name):
        return getattr(self._backend, name)

    def run(self, feeds, places=None):
        return [(each.view(np.uint32) & 0xFFFF0000).view(np.float32) for each in self._backend.run(feeds, places or {})]


def test_a_network_that_runs_at_bf16_is_held_against_its_file_at_fp32(tmp_path, image, baseline):
    network, target = opened(toys.random_network(tmp_path / "m.onnx", 6)), at((16, 16), 8, 8)
    exact = network([image])
    network._backend = Coarsely(network._backend)
    assert np.abs(network([image]) - exact).max() > 1e-4
    found = explained(network, "saliency", image, baseline, target)
    assert float(found.facts["Differs from the file by"]) < 1e-5 and network.precision == "bf16"


def test_grad_cam_is_what_its_equations_say(tmp_path, image, baseline):
    network = opened(toys.random_network(tmp_path / "m.onnx", 6))
    target = at((16, 16), 8, 8, number=2)
    found = explained(network, "gradcam", image, baseline, target, kind="logit", layer="e2")
    rebuilt = differentiable(onnx.load(network.path), network.card, image, "m")
    kept = {}

    def keep(_, __, given):
        given.retain_grad()
        kept["features"] = given

    rebuilt.network.e2.register_forward_hook(keep)
    tensor = torch.from_numpy(image)[None].requires_grad_()
    rebuilt(tensor)[0, 2, 8, 8].backward()
    features = kept["features"]
    weights = features.grad.mean((2, 3), keepdim=True)
    small = (weights * features).sum(1, keepdim=True)
    expected = torch.nn.functional.interpolate(small, (16, 16), mode="bilinear")[0, 0].detach().numpy()
    np.testing.assert_allclose(found.total, expected, atol=1e-6)
    assert found.bands is None and found.facts["Layer"] == "e2"


def test_grad_cam_takes_the_coarsest_layer_and_names_the_others(tmp_path, image, baseline):
    network = opened(toys.random_network(tmp_path / "m.onnx", 6))
    target = at((16, 16), 8, 8)
    assert explained(network, "gradcam", image, baseline, target).facts["Layer"] == "e2"
    with pytest.raises(InputError, match="LAYER is nowhere; .* e1"):
        explained(network, "gradcam", image, baseline, target, layer="nowhere")


@pytest.mark.parametrize("kind", ["padded", "weights as nodes", "channels last"])
def test_grad_cam_looks_at_features_and_at_nothing_else(tmp_path, baseline, kind):
    """Neither at the result, nor at weights that a file holds as nodes, nor at what has its channels last."""
    node, rng = toys.helper.make_node, np.random.default_rng(1)
    weights = {
        f"w{n}": (rng.normal(size=(o, i, 3, 3)) / 5).astype(np.float32) for n, (o, i) in enumerate(((8, 2), (3, 8)))
    }
    nodes = [node("Conv", ["image", "w0"], ["a"], pads=[1] * 4), node("Relu", ["a"], ["features"])]
    end = node("Conv", ["features", "w1"], ["output"], pads=[1] * 4)
    if kind == "weights as nodes":
        made = [node("Constant", [], [name], value=numpy_helper.from_array(each)) for name, each in weights.items()]
        nodes, weights, end = [*made[:1], *nodes, *made[1:]], {}, end
    if kind == "channels last":
        weights["scale"] = np.ones(8, np.float32)
        nodes += [
            node("Transpose", ["features"], ["turned"], perm=[0, 2, 3, 1]),
            node("Mul", ["turned", "scale"], ["scaled"]),
            node("Transpose", ["scaled"], ["back"], perm=[0, 3, 1, 2]),
        ]
        end = node("Conv", ["back", "w1"], ["output"], pads=[1] * 4)
    model = toys.save(tmp_path / "m.onnx", [*nodes, end], weights, 2, toys.card(("red", "nir"), 3, radius=2))
    image = rng.normal(size=(2, 24, 20)).astype(np.float32)
    found = explained(opened(model), "gradcam", image, 0 * image, at((24, 20), 12, 10))
    assert found.facts["Layer"] == ("back" if kind == "channels last" else "features")
    with pytest.raises(InputError, match="LAYER is nowhere; .* are: a, features[.,]") as refused:
        explained(opened(model), "gradcam", image, 0 * image, at((24, 20), 12, 10), layer="nowhere")
    assert not {"output", "turned", "scaled", "w0", "w1"} & set(refused.value.values["known"].split(", "))


def test_grad_cam_of_a_network_with_channels_last_is_that_of_the_same_with_channels_first(tmp_path):
    image, found = np.random.default_rng(1).uniform(size=(3, 24, 20)).astype(np.float32), []
    for make in (foreign_toys.segmentor, foreign_toys.bands_last):
        network = opened(make(tmp_path / f"{make.__name__}.onnx"))
        found.append(explained(network, "gradcam", image, 0 * image, at((24, 20), 12, 10)))
    assert found[0].facts["Layer"] == found[1].facts["Layer"] == "scores"
    np.testing.assert_allclose(found[0].total, found[1].total, atol=1e-6)


@pytest.mark.parametrize("place", [(12, 30), (28, 9)])
def test_grad_cam_of_layers_without_padding_lies_where_the_features_are(tmp_path, place):
    """A layer that lacks a margin is shown in the middle, not stretched over all of the window."""
    network = opened(foreign_toys.smaller_output(tmp_path / "m.onnx"))
    image = np.full((3, 40, 40), 0.1, np.float32)
    image[0][place] = 1
    region = np.zeros((40, 40), bool)
    region[4:-4, 4:-4] = True
    target = Target.of(region, np.zeros((40, 40), np.int64))
    total = explained(network, "gradcam", image, 0 * image, target, kind="logit", layer="smooth").total
    assert (total[:2] == 0).all() and (total[:, -2:] == 0).all()
    inner = np.abs(total[2:-2, 2:-2] - np.median(total[2:-2, 2:-2]))
    rows, cols = np.nonzero(inner > 0.5 * inner.max())
    assert (rows.mean() + 2, cols.mean() + 2) == pytest.approx(place, abs=0.01)


@pytest.fixture(scope="module")
def land_use():
    """The bundled model, a window, a baseline, and a target of some pixels."""
    rng = np.random.default_rng(0)
    network = opened(BUNDLED)
    image = rng.normal(size=(3, 64, 64)).astype(np.float32)
    baseline = np.broadcast_to(np.float32([0.1, -0.2, 0.05])[:, None, None], image.shape).copy()
    region = np.zeros((64, 64), bool)
    region[30:36, 28:40] = True
    target = Target.of(region, np.full((64, 64), 3, np.int64))
    return network, image, baseline, target


@pytest.mark.parametrize("kind", ["probability", "logit"])
def test_captum_agrees_on_occlusion_and_ablation(land_use, kind):
    """Our way, over onnxruntime, and captum's, over the rebuilt torch network."""
    network, image, baseline, target = land_use
    reads = ClassScores(network.card, kind)
    scores = NetworkScores(network, reads, target, [3])
    rebuilt = differentiable(onnx.load(BUNDLED), network.card, image, "m")
    asked = Asked(rebuilt, reads, target, nothing)
    tensor, start = torch.from_numpy(image)[None], torch.from_numpy(baseline)[None]
    ours = occlusion(scores, image, baseline, 24, 20, ((0, 1, 2),), told)
    with torch.no_grad():
        theirs = captum.attr.Occlusion(asked).attribute(tensor, (3, 24, 24), (3, 20, 20), baselines=start)
    largest = max(1.0, float(theirs.abs().max()))
    np.testing.assert_allclose(ours[0], theirs[0, 0].numpy(), atol=1e-5 * largest)
    features = Features(blocks(64, 64, 32), one_by_one(3))
    ours = features.spread(feature_ablation(scores, image, baseline, features, told))
    mask = np.stack([features.regions + band * features.of_group for band in range(3)])
    with torch.no_grad():
        theirs = captum.attr.FeatureAblation(asked).attribute(
            tensor, baselines=start, feature_mask=torch.from_numpy(mask)[None].contiguous()
        )
    largest = max(1.0, float(theirs.abs().max()))
    np.testing.assert_allclose(ours, theirs[0].numpy(), atol=1e-5 * largest)


def test_scores_in_torch_are_those_in_numpy(land_use):
    network, image, _, target = land_use
    rebuilt = differentiable(onnx.load(BUNDLED), network.card, image, "m")
    for kind in ("probability", "logit"):
        reads = ClassScores(network.card, kind)
        ours = NetworkScores(network, reads, target, [3])(image[None])[0]
        theirs = Asked(rebuilt, reads, target, nothing)(torch.from_numpy(image)[None]).item()
        assert theirs == pytest.approx(ours, rel=1e-5)


def test_both_ways_to_rebuild_our_networks_say_what_the_file_says(land_use):
    network, image, _, _ = land_use
    model = onnx.load(BUNDLED)
    assert check_same(differentiable(model, network.card, image, "m"), network, image) <= 1e-5
    by_operation = OnnxNetwork(model, network.card.output.name, "m").eval()
    with torch.no_grad():
        found = by_operation(torch.from_numpy(image)[None])[0].numpy()
    np.testing.assert_allclose(found, network([image]), atol=1e-5)


@pytest.mark.parametrize("name", sorted(torch_toys.NETWORKS))
def test_networks_of_other_tools_are_converted(name):
    torch.manual_seed(0)
    buffer = io.BytesIO()
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        torch.onnx.export(
            torch_toys.NETWORKS[name]().eval(), torch.randn(1, 3, 64, 64), buffer, dynamo=False, opset_version=17
        )
    model = onnx.load_from_string(buffer.getvalue())
    image = np.random.default_rng(1).normal(size=(1, 3, 64, 64)).astype(np.float32)
    session = onnxruntime.InferenceSession(buffer.getvalue(), providers=["CPUExecutionProvider"])
    (expected,) = session.run(None, {session.get_inputs()[0].name: image})
    with torch.no_grad():
        found = OnnxNetwork(model, "", name).eval()(torch.from_numpy(image)).numpy()
    np.testing.assert_allclose(found, expected, atol=1e-5 * max(1, np.abs(expected).max()))


def read_and_rebuilt(model):
    """A toy of another tool, rebuilt; an image for it."""
    network = opened(model)
    image = np.random.default_rng(1).uniform(size=(3, 24, 32)).astype(np.float32)
    return differentiable(onnx.load(model), network.card, image, "m"), network, image


@pytest.mark.parametrize("bands_last", [False, True])
def test_outputs_without_a_batch_are_differentiated(tmp_path, bands_last):
    rebuilt, network, image = read_and_rebuilt(foreign_toys.without_batch(tmp_path / "m.onnx", bands_last))
    assert check_same(rebuilt, network, image) <= 1e-5
    several = torch.from_numpy(np.stack([image, image[:, ::-1], image * 0]).copy())
    expected = np.stack([network([each.numpy()]) for each in several])
    np.testing.assert_allclose(rebuilt(several).numpy(), expected, atol=1e-5)


def test_of_a_network_that_picks_the_first_image_all_are_differentiated(tmp_path):
    nodes = [foreign_toys.node("Conv", "image w", "all"), foreign_toys.node("Gather", "all first", "one", axis=0)]
    weights = {"w": foreign_toys.steep(), "first": np.array(0)}
    shapes = {"image": ["batch", 3, "height", "width"]}, {"one": [3, "height", "width"]}
    model = foreign_toys.save(tmp_path / "m.onnx", nodes, weights, *shapes, {"model_type": "Regressor"})
    rebuilt, network, image = read_and_rebuilt(model)
    several = np.stack([image, image[:, ::-1], image * 0])  # as many as channels
    expected = np.stack([network([each]) for each in several])
    np.testing.assert_allclose(rebuilt(torch.from_numpy(several.copy())).numpy(), expected, atol=1e-4)


def test_an_output_of_another_shape_is_another_network(tmp_path):
    rebuilt, network, image = read_and_rebuilt(foreign_toys.segmentor(tmp_path / "m.onnx"))
    other = type(rebuilt)(torch.nn.Conv2d(3, 2, 1), network.card, ())
    with pytest.raises(ModelError, match="differs from its file by inf"):
        check_same(other, network, image)


def test_networks_of_16_bit_floats_are_differentiated_in_32(tmp_path):
    rebuilt, network, image = read_and_rebuilt(foreign_toys.half_precision(tmp_path / "m.onnx"))
    difference = check_same(rebuilt, network, image)
    assert 1e-5 < difference < 5e-3
    with torch.no_grad():
        next(iter(rebuilt.buffers())).mul_(1.5)
    with pytest.raises(ModelError, match="more than 0.01: its gradients"):
        check_same(rebuilt, network, image)


@pytest.mark.parametrize("kind", ["Max", "Min"])
def test_the_largest_and_the_least_of_any_number_of_arrays(kind):
    values = [torch.tensor(each) for each in ([1.0, 5.0], [4.0, 2.0], [3.0, 9.0])]
    for count in (1, 2, 3):
        expected = np.stack(values[:count]).max(0) if kind == "Max" else np.stack(values[:count]).min(0)
        np.testing.assert_array_equal(OPERATIONS[kind](values[:count], {}), expected)


def test_an_operation_that_torch_cannot_compute_is_named(tmp_path):
    rebuilt, _, _ = read_and_rebuilt(foreign_toys.segmentor(tmp_path / "m.onnx"))
    with pytest.raises(ModelError, match=r"cannot be differentiated here: Conv \(.*\). Use one of the methods occl"):
        rebuilt.network(torch.zeros(1, 3, 8, 8, dtype=torch.int64))


def test_values_are_expanded_where_they_are():
    """The meta device stands in for a graphics card: it takes no arrays of the processor either."""
    values = torch.ones((1, 3), device="meta"), torch.tensor([4, 3])
    made = OPERATIONS["Expand"](values, {})
    assert made.shape == (4, 3) and made.device.type == "meta"


def test_an_unlisted_operation_is_named_and_the_other_methods_are_offered(tmp_path, image, baseline):
    nodes = [toys.helper.make_node("Sinh", ["image"], ["output"])]
    document = toys.card(("b0", "b1"), 2, task="regression", activation="none")
    document["properties"]["mlm:output"][0]["terraloom:channels"] = ["one", "two"]
    network = opened(toys.save(tmp_path / "m.onnx", nodes, {}, 2, document))
    with pytest.raises(ModelError, match="Sinh.*occlusion, lime, shap"):
        explained(network, "saliency", image, baseline, at((16, 16), 3, 3))


def test_a_network_that_says_something_else_is_not_differentiated(tmp_path, land_use):
    """A file whose card speaks of another normalisation than the file computes."""
    network, image, _, _ = land_use
    rebuilt = differentiable(onnx.load(BUNDLED), network.card, image, "m")
    with torch.no_grad():
        next(iter(rebuilt.parameters())).add_(0.001)
    with pytest.raises(ModelError, match="differs from its file by"):
        check_same(rebuilt, network, image)


def test_quantised_networks_are_refused(land_use, tmp_path):
    network, image, _, _ = land_use
    document = json.loads(json.dumps(network.card.document))
    document["properties"]["terraloom:precision"] = "int8"
    with pytest.raises(ModelError, match="quantised"):
        differentiable(onnx.load(BUNDLED), type(network.card).from_document(document), image, "m")


def test_shuffled_weights_make_another_network_of_the_same_build(tmp_path, land_use):
    network, image, _, _ = land_use
    write_randomised(BUNDLED, network.card, 1, tmp_path / "shuffled.onnx")
    shuffled = opened(tmp_path / "shuffled.onnx")
    assert shuffled.card.model_id == network.card.model_id
    before, after = network([image]), shuffled([image])
    assert before.shape == after.shape and np.isfinite(after).all()
    assert np.corrcoef(before.ravel(), after.ravel())[0, 1] < 0.9


def test_maps_that_only_fade_alike_do_not_count_as_alike():
    rng = np.random.default_rng(0)
    region = np.zeros((64, 64), bool)
    region[32, 32] = True
    known = np.ones((64, 64), bool)
    distance = np.hypot(*(np.indices((64, 64)) - 32))
    fading = np.exp(-distance / 8)
    one, other = (rng.random((64, 64)) * fading for _ in range(2))
    assert similarity(one, other, known, region) < 0.2
    assert similarity(one, one, known, region) == pytest.approx(1)
    assert similarity(one, -one, known, region) == pytest.approx(1)
    assert np.isnan(similarity(np.zeros((64, 64)), one * 0, known, region))
