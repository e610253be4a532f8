"""Opens networks by one library or the other, and holds their tiles to the whole image."""

import importlib.util

import conftest
import numpy as np
import pytest
from terraloom.engine.backends.choice import open_backend
from terraloom.engine.backends.onnxruntime_backend import CPU, OnnxruntimeBackend
from terraloom.engine.backends.openvino_backend import OpenvinoBackend
from terraloom.engine.cards.foreign_cards import read_card
from terraloom.engine.progress import Silent


def bundled(name):
    """The network of a bundled model."""
    return conftest.ROOT / "models" / "bundled" / name / "model.onnx"


BUNDLED = bundled("landuse-vhr")
OF_ONE_IMAGE = ("landuse-vhr", "forest-s2", "glacier-front", "roads-aerial")
"""The bundled models that can be optimised."""

SHAPES = ((1, 2, 32, 32),)


def opened(path, device="cpu", precision="auto", declared="fp32", progress=None, thrifty=False):
    return open_backend(path, device, precision, 1, declared, SHAPES, progress or Silent(), thrifty)


def needs_openvino():
    """Skips where OpenVINO is not installed, without importing it."""
    if importlib.util.find_spec("openvino") is None:
        pytest.skip("OpenVINO is not installed")


def on_onnxruntime(path, precision="fp32"):
    return OnnxruntimeBackend(path, [CPU], 1, precision)


def on_openvino(path, precision="fp32"):
    needs_openvino()
    return OpenvinoBackend(path, 1, precision)


def assert_exact(backend, seed, model=BUNDLED):
    """Hold the cores of crops of random noise against the whole, bit by bit: a variant of a bundled network."""
    card = read_card(model)
    stride = card.stride_px
    halo = -(-card.receptive_radius_px // stride) * stride
    rng = np.random.default_rng(seed)
    rows, columns = 4 * halo + 4 * stride, 4 * halo + 2 * stride
    images = {
        wants.name: rng.standard_normal((1, wants.channels, rows, columns)).astype(np.float32) for wants in card.inputs
    }
    (whole,) = backend.run(images)
    assert np.ptp(whole) > 1
    compared = 0
    for _ in range(24):
        top, height = _span(rng, rows // stride, halo // stride)
        left, width = _span(rng, columns // stride, halo // stride)
        crop = np.s_[..., top * stride : (top + height) * stride, left * stride : (left + width) * stride]
        (tile,) = backend.run({name: np.ascontiguousarray(image[crop]) for name, image in images.items()})
        core = np.s_[..., _core(top, height, rows, halo, stride), _core(left, width, columns, halo, stride)]
        np.testing.assert_array_equal(tile[core], whole[crop][core])
        compared += tile[core].size
    assert compared > 100_000


def _span(rng, steps, halo):
    """A random start and length, in strides, that leaves a core between the halos."""
    start = int(rng.integers(0, steps - 1))
    shortest = min(steps - start, 2 * halo + 1)
    return start, int(rng.integers(shortest, steps - start + 1))


def _core(start, length, limit, halo, stride):
    """The part of a crop along one axis that has its halo, or ends where the image ends."""
    first = 0 if start == 0 else halo
    last = length * stride - (0 if (start + length) * stride == limit else halo)
    return slice(first, max(first, last))
