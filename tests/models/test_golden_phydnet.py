"""PhyDNet's numbers, from the official code's weights (vincent-leguen/PhyDNet, 23a992d)."""

import pytest
import torch
from terraloom.models.blocks.moments import derivative_moments, kernel_to_moments, moment_loss, moment_matrix
from terraloom.models.blocks.norms import norm_of
from terraloom.models.blocks.phycell import PhyCell, physics_loss
from terraloom.models.encoders.phydnet import PhyDNet
from terraloom.models.spec import InputSpec
from terraloom.tests.models.golden import golden, renamed
from terraloom.tests.models.kernels import moments_to_kernel
from torch import nn

ATOL = 2e-5

CELL = [
    ("F.conv1.", "derivatives."),
    ("F.bn1.", "norm."),
    ("F.conv2.", "mixing."),
    ("convgate.", "gain."),
]


def cells():
    weights = golden("phydnet", "phycell.state_dict")
    layers = []
    for layer in range(2):
        prefix = f"cell_list.{layer}."
        own = {name.removeprefix(prefix): value for name, value in weights.items() if name.startswith(prefix)}
        cell = PhyCell(8, kernel=7, norm=norm_of(7))
        cell.load_state_dict(renamed(own, CELL))
        layers.append(cell.eval())
    return layers


def close(found, expected, atol=ATOL):
    torch.testing.assert_close(found, expected, atol=atol, rtol=0)


@torch.no_grad()
def test_phycell_predicts_and_corrects():
    cell, numbers = cells()[0], golden("phydnet", "phycell.io")
    x, hidden = numbers["cell.x"], numbers["cell.hidden"]
    close(cell.predict(hidden), numbers["cell.prediction_hidden_tilde"])
    close(torch.sigmoid(cell.gain(torch.cat((x, hidden), dim=1))), numbers["cell.gate_K"])
    close(cell(x, hidden), numbers["cell.next_hidden"])


@torch.no_grad()
def test_two_layers_of_phycells_run_over_five_dates():
    layers, numbers = cells(), golden("phydnet", "phycell.io")
    states = [torch.zeros(2, 8, 16, 16)] * 2
    for date in range(5):
        x = numbers["input"][:, date]
        for layer, cell in enumerate(layers):
            states[layer] = x = cell(x, states[layer])
            close(x, numbers[f"hidden.t{date}.l{layer}"])


@pytest.mark.parametrize("side", [3, 5, 7])
def test_moments_of_kernels(side):
    numbers = golden("phydnet", "moments")
    kernels = numbers[f"kernels_{side}x{side}"]
    moments = kernel_to_moments(kernels)
    close(moments, numbers[f"moments_{side}x{side}"], atol=1e-11)
    close(moments_to_kernel(moments), kernels, atol=1e-11)


def test_moments_of_derivatives_and_back():
    numbers = golden("phydnet", "moments")
    close(moment_matrix(7), numbers["M"], atol=1e-11)
    assert torch.equal(derivative_moments(7), numbers["constraints"])
    close(moments_to_kernel(derivative_moments(7).double()), numbers["ideal_kernels_from_constraints"], atol=1e-11)


def test_moment_loss():
    numbers = golden("phydnet", "moments")
    cell = cells()[0]
    weight = cell.derivatives.weight
    for channel, expected in enumerate(numbers["moment_loss_per_input_channel"]):
        close(moment_loss(weight[:, channel : channel + 1]), expected, atol=1e-5)
    close(physics_loss(nn.Sequential(cell)), numbers["moment_loss_total"][0], atol=1e-5)


def block(old, new):
    return [(f"{old}main.0.", f"{new}convolution."), (f"{old}main.1.", f"{new}norm.")]


NAMES = [
    *[pair for i in range(3) for pair in block(f"encoder_E.c{i + 1}.", f"encoder.{i}.")],
    *[pair for i in range(2) for pair in block(f"encoder_Ep.c{i + 1}.", f"physics_encoder.{i}.")],
    *[pair for i in range(2) for pair in block(f"encoder_Er.c{i + 1}.", f"residual_encoder.{i}.")],
    *[pair for i in range(2) for pair in block(f"decoder_Dp.upc{i + 1}.", f"physics_decoder.{i}.")],
    *[pair for i in range(2) for pair in block(f"decoder_Dr.upc{i + 1}.", f"residual_decoder.{i}.")],
    *[pair for i in range(2) for pair in block(f"decoder_D.upc{i + 1}.", f"decoder.{i}.")],
    ("decoder_D.upc3.", "painter."),
    *[(f"phycell.cell_list.0.{old}", f"physics.{new}") for old, new in CELL],
    ("convcell.cell_list.0.conv.", "memories.0."),
    ("convcell.cell_list.1.conv.", "memories.1."),
]
TURNED = ("physics_decoder.0.", "physics_decoder.1.", "residual_decoder.0.", "residual_decoder.1.", "decoder.1.")
"""Transposed convolutions of stride 1: convolutions with the kernel turned about."""


def official_network():
    weights = renamed(golden("phydnet", "encoderrnn.state_dict"), NAMES)
    for name in TURNED:
        weights[f"{name}convolution.weight"] = weights[f"{name}convolution.weight"].flip(2, 3).transpose(0, 1)
    for layer, entering in enumerate((64, 16)):  # one kernel over input and state together, the input first
        name = f"memories.{layer}."
        weight = weights.pop(f"{name}weight")
        weights[f"{name}of_input.weight"] = weight[:, :entering]
        weights[f"{name}of_input.bias"] = weights.pop(f"{name}bias")
        weights[f"{name}of_state.weight"] = weight[:, entering:]
    network = PhyDNet(InputSpec(1, days=(0, 1, 2, 3)), width=32, memories=(16,), groups=16)
    network.load_state_dict(weights)
    return network.eval()


@torch.no_grad()
def test_phydnet_paints_and_forecasts():
    network, numbers = official_network(), golden("phydnet", "encoderrnn.io")

    def image(features):
        return torch.sigmoid(network.painter(network.decoder(features)))

    zeros = [torch.zeros(1, channels, 16, 16) for channels in (64, 16, 64)]
    state = zeros[0], tuple((memory, memory) for memory in zeros[1:])
    for date in range(4):
        state = network.advance(network.encoder(numbers["input"][:, date]), state)
        frame = torch.sigmoid(network.paint(state))
        close(frame, numbers[f"output_image.t{date}"])
        close(image(network.physics_decoder(state[0])), numbers[f"out_phys.t{date}"])
        close(image(network.residual_decoder(state[1][-1][0])), numbers[f"out_conv.t{date}"])
    close(state[0], numbers["phycell_hidden_after_input"])
    for step in range(3):
        state = network.advance(network.encoder(frame), state)
        frame = torch.sigmoid(network.paint(state))
        close(frame, numbers[f"forecast.{step}"])
