"""The reach that a network declares is the reach it has: halos rest on it."""

import pytest
import torch
from terraloom.models.build import build
from terraloom.models.spec import NetworkSpec, PartSpec

GEOMETRIES = {
    "one level": ((2,), (1,)),
    "two levels": ((2, 3), (1, 1)),
    "uneven depths": ((2, 2, 2), (3, 1, 2)),
    "five levels": ((2, 2, 2, 2, 2), (2, 2, 2, 2, 3)),
}


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
    """Largest distance from an output pixel to an input pixel with a gradient, over all phases."""
    middle = network.stride * (network.receptive_radius_px // network.stride + 2)
    image = torch.ones(1, 1, 2 * middle, 2 * middle, dtype=torch.float64, requires_grad=True)
    output = network(image)
    radius_px = 0
    for phase in range(network.stride):
        pixel = middle + phase
        (gradient,) = torch.autograd.grad(output[0, 0, pixel, pixel], image, retain_graph=True)
        distances = (torch.nonzero(gradient[0, 0]) - pixel).abs()
        radius_px = max(radius_px, int(distances.max()))
    return radius_px


@pytest.mark.parametrize(("widths", "depths"), GEOMETRIES.values(), ids=GEOMETRIES.keys())
def test_declared_radius_covers_the_measured_one_and_little_more(widths, depths):
    network = positive_network(widths, depths)
    measured = measured_radius_px(network)
    assert measured <= network.receptive_radius_px <= measured + network.stride
