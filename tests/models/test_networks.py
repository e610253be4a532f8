"""What every network promises, whichever parts it is made of."""

import numpy as np
import onnx
import onnxruntime
import pytest
import torch
from terraloom.models import build as families
from terraloom.models.build import build
from terraloom.models.carriers import EmbeddingOf, SequenceOf, TokensOf, feature_maps, pyramid
from terraloom.models.complexity import count_parameters, flops_per_pixel
from terraloom.models.export import OUTPUT_NAME, export_onnx, has_fixed_size, input_names
from terraloom.models.spec import NetworkSpec
from terraloom.models.weights import load_weights, named_weights, weights_sha256
from terraloom.tests.models import examples

NETWORKS = examples.networks()


@pytest.fixture(autouse=True)
def one_thread():
    torch.set_num_threads(1)  # many small layers: more threads wait for each other


@pytest.fixture(scope="module", params=NETWORKS.values(), ids=NETWORKS.keys())
def spec(request):
    return request.param


@pytest.fixture
def network(spec):
    torch.manual_seed(0)
    return build(spec)


def inputs_of(network, batch, rows, cols):
    """Chance images, `rows` and `cols` times the stride; a graph of two regions that touch."""
    height, width = rows * network.stride, cols * network.stride
    inputs = [torch.randn(image.shape) for image in network.blank(batch, height, width)[: len(network.spec.inputs)]]
    if network.regions:
        regions = torch.zeros(batch, height, width, dtype=torch.int64)
        regions[:, :, width // 2 :] = 1
        adjacency = torch.zeros(batch, network.regions, network.regions)
        adjacency[:, :2, :2] = 0.5
        inputs += [regions, adjacency]
    return tuple(inputs)


def test_every_part_has_an_example():
    used = {"encoder": set(), "neck": set(), "head": set(), "fusion": set()}
    for spec in NETWORKS.values():
        used["encoder"].add(spec.encoder.name)
        used["neck"] |= {neck.name for neck in spec.necks}
        used["head"].add(spec.head.name)
        used["fusion"].add(spec.fusion.name)
    assert used["encoder"] == families.ENCODERS.keys() | families.SERIES_ENCODERS.keys()
    assert used["neck"] == families.NECKS.keys() | families.GRAPH_NECKS.keys()
    assert used["head"] == families.HEADS.keys()
    assert used["fusion"] == families.FUSIONS.keys()


def test_output_has_the_size_of_the_image(network):
    inputs = inputs_of(network, batch=3, rows=2, cols=5)
    output = network(*inputs)
    if isinstance(network.gives, EmbeddingOf):
        assert output.shape == (3, network.gives.channels)
    else:
        assert network.gives.stride_px == 1
        assert output.shape == (3, network.gives.channels, *inputs[0].shape[2:])


def test_every_weight_learns(spec):
    """What lies before zeros learns once these have moved, and the one unit of a narrow gate may be shut by chance.

    So zeros are replaced, and several draws tried.
    """
    idle = {name for name, _ in build(spec).named_parameters()}
    for seed in range(5):
        torch.manual_seed(seed)
        network = build(spec)
        for parameter in network.parameters():
            if not parameter.any():
                torch.nn.init.normal_(parameter, std=0.1)
        network(*inputs_of(network, batch=3, rows=2, cols=2)).square().mean().backward()
        for name, parameter in network.named_parameters():
            assert parameter.grad is not None, name
            assert torch.isfinite(parameter.grad).all(), name
        idle -= {name for name, parameter in network.named_parameters() if parameter.grad.any()}
        if not idle:
            break
    assert idle == set()


@pytest.mark.parametrize("name", [name for name, spec in NETWORKS.items() if len(spec.inputs) == 1])
def test_encoder_states_what_it_gives(name):
    network = build(NETWORKS[name])
    inputs = inputs_of(network, batch=1, rows=2, cols=3)
    given, gives = network.encoder(inputs[0]), network.encoder.gives
    if isinstance(gives, TokensOf):
        assert given.values.shape == (1, given.rows * given.cols, gives.level.channels)
        assert given.rows == inputs[0].shape[2] // gives.level.stride_px
        return
    levels = gives.levels if isinstance(gives, SequenceOf) else pyramid(gives, "the test")
    features = feature_maps(given) if not isinstance(gives, SequenceOf) else given.features
    assert tuple(feature.shape[-3] for feature in features) == tuple(level.channels for level in levels)
    assert tuple(inputs[0].shape[2] // feature.shape[-2] for feature in features) == tuple(
        level.stride_px for level in levels
    )
    assert list(levels) == sorted(levels, key=lambda level: level.stride_px)


def test_spec_survives_json(spec):
    assert NetworkSpec.from_json(spec.to_json()) == spec


@pytest.fixture(scope="module")
def exported(spec, tmp_path_factory):
    """A network, its file, and whether it was left in the mode it was in."""
    torch.manual_seed(0)
    network = build(spec)
    path = tmp_path_factory.mktemp("exported") / "network.onnx"
    export_onnx(network, path, side_px=4 * network.stride)
    was_left_alone = network.training and network.encoder.training
    return network.eval(), path, was_left_alone


def test_export_says_the_same_at_any_shape(exported):
    network, path, _ = exported
    session = onnxruntime.InferenceSession(path, providers=["CPUExecutionProvider"])
    for batch, rows, cols in ((2, 4, 4),) if has_fixed_size(network) else ((1, 4, 4), (3, 2, 5)):
        inputs = inputs_of(network, batch, rows, cols)
        feed = dict(zip(input_names(network), (value.numpy() for value in inputs), strict=True))
        (logits,) = session.run([OUTPUT_NAME], feed)
        np.testing.assert_allclose(logits, network(*inputs).detach(), atol=1e-5, rtol=0)


def test_export_keeps_the_names_and_values_of_all_weights(exported):
    network, path, was_left_alone = exported
    assert was_left_alone, "the export left the network in another mode"
    initialisers = {
        tensor.name: torch.from_numpy(onnx.numpy_helper.to_array(tensor).copy())
        for tensor in onnx.load(path).graph.initializer
    }
    weights = named_weights(network)
    assert initialisers.keys() == weights.keys()
    assert all(torch.equal(initialisers[name], weights[name]) for name in weights)


def test_weights_move_to_a_network_of_the_same_spec(network, spec):
    torch.manual_seed(1)
    other = build(spec)
    assert weights_sha256(other) != weights_sha256(network)
    load_weights(other, named_weights(network))
    assert weights_sha256(other) == weights_sha256(network)


def test_price_is_counted_by_hand():
    """Two convolutions at full size, one at half, one join: 2 x 9 x in x out each, plus the 1 x 1 head."""
    network = build(
        NetworkSpec.from_dict(
            {
                "inputs": [{"name": "image", "bands": 3}],
                "encoder": {"name": "unet", "arguments": {"widths": [4, 8], "depths": [2, 1]}},
                "necks": [{"name": "unet", "arguments": {"widths": [5]}}],
                "head": {"name": "segmentation", "arguments": {"classes": 2}},
            }
        )
    )
    encoder = 9 * 3 * 4 + 9 * 4 * 4 + 9 * 4 * 8 / 4
    neck = 9 * (4 + 8) * 5
    assert flops_per_pixel(network) == 2 * (encoder + neck + 5 * 2)
    norms = 2 * (4 + 4 + 8 + 5)
    assert count_parameters(network) == 9 * 3 * 4 + 9 * 4 * 4 + 9 * 4 * 8 + neck + norms + 5 * 2 + 2
