"""What every network promises, whichever parts it is made of."""

import numpy as np
import onnx
import onnxruntime
import pytest
import torch
from terraloom.models import build as families
from terraloom.models.build import build
from terraloom.models.complexity import count_parameters, flops_per_pixel
from terraloom.models.export import INPUT_NAME, OUTPUT_NAME, export_onnx
from terraloom.models.spec import NetworkSpec
from terraloom.models.weights import load_weights, named_weights, weights_sha256
from terraloom.tests.models import examples

NETWORKS = examples.networks()


@pytest.fixture(params=NETWORKS.values(), ids=NETWORKS.keys())
def spec(request):
    return request.param


@pytest.fixture
def network(spec):
    torch.manual_seed(0)
    return build(spec)


def image_of(network, batch, rows, cols):
    return torch.randn(batch, network.bands, rows * network.stride, cols * network.stride)


def test_every_part_has_an_example():
    assert examples.ENCODERS.keys() == families.ENCODERS.keys()
    assert examples.NECKS.keys() == families.NECKS.keys()
    assert examples.HEADS.keys() == families.HEADS.keys()


def test_output_has_the_size_of_the_image(network):
    image = image_of(network, batch=3, rows=2, cols=5)
    output = network(image)
    assert output.shape == (3, network.head.level.channels, *image.shape[2:])


def test_every_weight_learns(network):
    network(image_of(network, batch=3, rows=2, cols=2)).square().mean().backward()
    for name, parameter in network.named_parameters():
        assert parameter.grad is not None, name
        assert torch.isfinite(parameter.grad).all(), name


def test_encoder_states_what_it_gives(network):
    image = image_of(network, batch=1, rows=2, cols=3)
    features = network.encoder(image).features
    assert tuple(feature.shape[1] for feature in features) == network.encoder.out_channels
    assert tuple(image.shape[2] // feature.shape[2] for feature in features) == network.encoder.output_strides
    assert list(network.encoder.output_strides) == sorted(network.encoder.output_strides)


def test_spec_survives_json(spec):
    assert NetworkSpec.from_json(spec.to_json()) == spec


def test_export_says_the_same_at_any_shape(network, tmp_path):
    path = tmp_path / "network.onnx"
    network.eval()
    export_onnx(network, path)
    session = onnxruntime.InferenceSession(path, providers=["CPUExecutionProvider"])
    for batch, rows, cols in ((1, 4, 4), (3, 2, 5)):
        image = image_of(network, batch, rows, cols)
        (logits,) = session.run([OUTPUT_NAME], {INPUT_NAME: image.numpy()})
        np.testing.assert_allclose(logits, network(image).detach(), atol=1e-5, rtol=0)


def test_export_keeps_the_names_and_values_of_all_weights(network, tmp_path):
    path = tmp_path / "network.onnx"
    export_onnx(network, path)
    assert network.training and network.encoder.training, "the export left the network in another mode"
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
                "bands": 3,
                "encoder": {"name": "unet", "arguments": {"widths": [4, 8], "depths": [2, 1]}},
                "neck": {"name": "unet", "arguments": {"widths": [5]}},
                "head": {"name": "segmentation", "arguments": {"classes": 2}},
            }
        )
    )
    encoder = 9 * 3 * 4 + 9 * 4 * 4 + 9 * 4 * 8 / 4
    neck = 9 * (4 + 8) * 5
    assert flops_per_pixel(network) == 2 * (encoder + neck + 5 * 2)
    norms = 2 * (4 + 4 + 8 + 5)
    assert count_parameters(network) == 9 * 3 * 4 + 9 * 4 * 4 + 9 * 4 * 8 + neck + norms + 5 * 2 + 2
