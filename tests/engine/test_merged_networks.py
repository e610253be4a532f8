"""Networks are merged to be differentiated faster, and say what they said."""

import onnx
import pytest
import torch
from attributions import opened
from conftest import ROOT
from terraloom.engine.explanation.gradients.merging import merge
from terraloom.engine.explanation.gradients.networks import differentiable
from terraloom.models.blocks.convolution import ConvNormAct
from terraloom.models.blocks.inverted_residual import PaddedConvolution
from terraloom.models.carriers import Level
from torch import nn

SOURCE = Level(channels=3, stride_px=1)


def trained(network):
    """With statistics and factors of its own."""
    torch.manual_seed(0)
    for module in network.modules():
        if isinstance(module, nn.BatchNorm2d):
            module.running_mean.normal_()
            module.running_var.uniform_(0.5, 3)
            if module.affine:
                nn.init.normal_(module.weight)
                nn.init.normal_(module.bias)
    return network.eval().requires_grad_(False)


def norms(network):
    return sum(isinstance(module, nn.BatchNorm2d) for module in network.modules())


def told(network, image):
    """What it gives, and the gradient of a part of that."""
    image = image.clone().requires_grad_()
    given = network(image)
    (gradient,) = torch.autograd.grad(given[:, :, 3:5].square().sum(), image)
    return given.detach(), gradient


@pytest.mark.parametrize(
    "made",
    [
        lambda: ConvNormAct(SOURCE, 5),
        lambda: PaddedConvolution(SOURCE, 6, 3, stride=2, groups=3),
        lambda: nn.Sequential(nn.Conv2d(3, 4, 3), nn.BatchNorm2d(4), nn.ReLU()),
        lambda: nn.Sequential(nn.Conv2d(3, 4, 3, bias=False), nn.BatchNorm2d(4, affine=False)),
    ],
)
def test_norms_go_and_what_is_said_stays(made):
    network, image = trained(made()), torch.randn((2, 3, 16, 16), generator=torch.Generator().manual_seed(1))
    before, slope = told(network, image)
    assert norms(network) == 1 and float(slope.abs().max()) > 0
    merge(network)
    after, merged_slope = told(network, image)
    assert norms(network) == 0
    torch.testing.assert_close(after, before, atol=1e-5, rtol=1e-5)
    torch.testing.assert_close(merged_slope, slope, atol=1e-4, rtol=1e-4)


def test_a_norm_with_no_convolution_before_it_stays():
    network = trained(nn.Sequential(nn.BatchNorm2d(3), nn.Conv2d(3, 4, 3), nn.ReLU(), nn.BatchNorm2d(4)))
    image = torch.randn((1, 3, 16, 16), generator=torch.Generator().manual_seed(1))
    before, _ = told(network, image)
    merge(network)
    assert norms(network) == 2
    torch.testing.assert_close(told(network, image)[0], before, atol=1e-5, rtol=1e-5)


def test_of_a_bundled_model_none_stays():
    path = ROOT / "models" / "bundled" / "landuse-vhr" / "model.onnx"
    image = torch.randn((1, 3, 64, 64), generator=torch.Generator().manual_seed(1))
    network = differentiable(onnx.load(path), opened(path).card, image[0].numpy(), "m")
    before, slope = told(network, image)
    merge(network)
    assert norms(network) == 0
    after, merged_slope = told(network, image)
    torch.testing.assert_close(after, before, atol=1e-4, rtol=1e-4)
    assert float((merged_slope - slope).norm() / slope.norm()) < 1e-3
