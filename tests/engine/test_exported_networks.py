"""The reach of networks is found as PyTorch's exporter writes them."""

import io
import warnings
from fractions import Fraction

import onnx
import pytest
from terraloom.engine.reach.reach_check import check_reach
from terraloom.engine.reach.receptive_field import ReceptiveField, receptive_field


def exported(name):
    """A small network through the old exporter, with any rows and columns."""
    torch = pytest.importorskip("torch")
    import torch_toys

    torch.manual_seed(0)
    buffer, axes = io.BytesIO(), {0: "n", 2: "h", 3: "w"}
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        torch.onnx.export(
            torch_toys.NETWORKS[name]().eval(), torch.randn(1, 3, 64, 64), buffer, dynamo=False, opset_version=17,
            input_names=["image"], output_names=["output"], dynamic_axes={"image": axes},
        )  # fmt: skip
    return onnx.load_from_string(buffer.getvalue())


@pytest.mark.parametrize(
    ("name", "expected"),
    {
        "unet, transposed": ReceptiveField(2, 5),
        "unet, nearest": ReceptiveField(2, 5),
        "unet, bilinear": ReceptiveField(2, 6),
        "unet, bicubic": ReceptiveField(2, 8),
        "unet, to the skip's size": ReceptiveField(2, 6),
        "unet without padding": ReceptiveField(2, 5, margin_px=4),
        "dilated": ReceptiveField(1, 12),
        "tokens": ReceptiveField(4, 8),
        "windows": ReceptiveField(16, 15),
        "super-resolution": ReceptiveField(1, 3, Fraction(2)),
    }.items(),
    ids=lambda value: value if isinstance(value, str) else "",
)
def test_exported_networks_are_followed(name, expected):
    model = exported(name)
    assert receptive_field(model) == expected
    found = check_reach(model, expected)
    assert found.exact
    assert found.measured_radius_px == expected.radius_px


@pytest.mark.parametrize(
    ("name", "operation", "stride_px"),
    [
        ("unet, corners aligned", "positions by align_corners (Resize)", 2),
        ("dilated, with the mean", "global pooling (GlobalAveragePool)", 1),
        ("squeeze and excitation", "statistics over the image (ReduceMean)", 1),
        ("group norm", "normalisation over the image (InstanceNormalization)", 4),
        ("vision transformer", "attention (MatMul)", 8),
        ("windows, shifted", "mixing of places (Concat)", 16),
    ],
)
def test_exported_networks_that_see_everything(name, operation, stride_px):
    model = exported(name)
    reach = receptive_field(model)
    assert operation in reach.global_operations
    assert (reach.stride_px, reach.ratio) == (stride_px, 1)
    found = check_reach(model, reach)
    assert found.measured_radius_px is None
    assert not found.exact
    assert found.difference > 1e-6


def test_sizes_baked_in_are_found():
    reach = receptive_field(exported("vision transformer with places"))
    assert "sizes baked in" in reach.global_operations
    assert "values bound to places (Add)" in reach.global_operations
    assert (reach.size_px, reach.stride_px, reach.ratio) == ((64, 64), 8, 1)
