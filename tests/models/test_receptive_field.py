"""The reach that a network declares is the reach it has: halos rest on it."""

import pytest
import torch
from terraloom.models.build import build
from terraloom.models.spec import NetworkSpec, PartSpec
from terraloom.tests.models import examples

GEOMETRIES = {
    "one level": ((2,), (1,)),
    "two levels": ((2, 3), (1, 1)),
    "uneven depths": ((2, 2, 2), (3, 1, 2)),
    "five levels": ((2, 2, 2, 2, 2), (2, 2, 2, 2, 3)),
}


@pytest.fixture(autouse=True)
def one_thread():
    torch.set_num_threads(1)  # many small layers: more threads wait for each other


def positive_network(widths, depths):
    """A network in which nothing cancels: whatever can influence a pixel does."""
    network = build(
        NetworkSpec.for_image(
            1,
            PartSpec("unet", {"widths": widths, "depths": depths}),
            (PartSpec("unet", {"widths": widths[:-1]}),),
            PartSpec("segmentation", {"classes": 2}),
        )
    ).double()
    for parameter in network.parameters():
        torch.nn.init.constant_(parameter, 0.1)
    return network.eval()


def measured_radius_px(network):
    """Largest distance from an output pixel to an input pixel with a gradient, along columns, over all phases."""
    stride = network.stride
    middle = stride * (network.receptive_radius_px // stride + 2)
    images = torch.ones(stride, 1, stride, 2 * middle, dtype=torch.float64, requires_grad=True)
    output = network(images)
    phases = torch.arange(stride)
    (gradient,) = torch.autograd.grad(output[phases, 0, phases, middle + phases].sum(), images)
    phases, places = gradient[:, 0].sum(1).nonzero(as_tuple=True)
    return int((places - middle - phases).abs().max())


@pytest.mark.parametrize(("widths", "depths"), GEOMETRIES.values(), ids=GEOMETRIES.keys())
def test_declared_radius_covers_the_measured_one_and_little_more(widths, depths):
    network = positive_network(widths, depths)
    measured = measured_radius_px(network)
    assert measured <= network.receptive_radius_px <= measured + network.stride


def local_networks():
    """One network of each composition that claims exact seams, for as few bands as it is made."""
    found = {}
    for name, spec in examples.networks().items():
        torch.manual_seed(0)
        network = build(spec)
        composition = name.rpartition("-")[0] or name
        if not network.global_operations and not network.regions:
            found.setdefault(composition, network.double().eval())
    return found


LOCAL = local_networks()


@pytest.fixture(params=LOCAL.values(), ids=LOCAL.keys())
def network(request):
    return request.param


def strip(network, length, axis, batch=1):
    """Chance images, one stride wide and so long along the axis, 2 for rows and 3 for columns."""
    torch.manual_seed(1)
    size = (length, network.stride) if axis == 2 else (network.stride, length)
    blank = network.blank(1, *size)
    return [torch.randn(image.shape, dtype=torch.float64).repeat(batch, 1, 1, 1) for image in blank]


@pytest.mark.parametrize("axis", [2, 3], ids=["rows", "columns"])
def test_a_spoilt_pixel_spoils_what_the_radius_says(network, axis):
    """A line of values that are no numbers, at each phase of the stride, shows whatever reads it."""
    stride, radius = network.stride, network.receptive_radius_px
    middle = stride * (radius // stride + 2)
    images = strip(network, 2 * middle, axis, batch=stride)
    for phase in range(stride):
        for image in images:
            image[phase].narrow(axis - 1, middle + phase, 1).fill_(torch.nan)
    with torch.no_grad():
        spoilt = network(*images).isnan().any(1).any(5 - axis - 1)  # (phases, length)
    phases, places = spoilt.nonzero(as_tuple=True)
    measured = int((places - middle - phases).abs().max())
    # Boxes count as if each pixel lay in a corner of its own: behind several of them the radius is a bound, not exact.
    assert measured <= radius <= measured + max(stride, measured // 2)


def difference_of_a_tile(network, axis, origin):
    """Largest difference of a tile with its halo from the whole image, relative to the largest value."""
    stride = network.stride
    halo = stride * -(-network.receptive_radius_px // stride)
    images = strip(network, 2 * halo + 4 * stride, axis)
    with torch.no_grad():
        whole = network(*images)
        tile = network(*(image.narrow(axis, origin, 2 * halo + stride) for image in images))
    inner = tile.narrow(axis, halo, stride)
    expected = whole.narrow(axis, origin + halo, stride)
    return float((inner - expected).abs().max() / expected.abs().max())


@pytest.mark.parametrize("axis", [2, 3], ids=["rows", "columns"])
def test_tiles_at_multiples_of_the_stride_are_cut_from_the_whole(network, axis):
    assert difference_of_a_tile(network, axis, origin=network.stride) <= 1e-9


@pytest.mark.parametrize("axis", [2, 3], ids=["rows", "columns"])
def test_tiles_elsewhere_are_not(network, axis):
    if network.stride == 1:
        pytest.skip("this network may be cut anywhere")
    assert difference_of_a_tile(network, axis, origin=network.stride + network.stride // 2) > 1e-6
