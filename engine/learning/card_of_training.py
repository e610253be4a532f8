"""Says in a model card what was trained, on which chips, and how good it is."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import torch

from ...models.build import Network
from ...models.complexity import count_parameters, flops_per_pixel
from ...models.export import OUTPUT_NAME, has_fixed_size
from ...models.presets import SPARES_INPUTS
from ...models.turn import DirectionBins
from ...models.weights import weights_sha256
from ..chips.chip_set import RESOLUTION_RANGE, ChipInput, ChipSet
from ..library.card import LINES, REGRESSION, SEGMENTATION, ModelCard
from ..library.card_writing import InputFacts, NetworkFacts, Training, card_for
from ..library.rules import LineRules
from .batches import region_rules
from .held_out import HeldOut
from .network_for_chips import tells_lines

INVENTS = "This model draws what another sensor might have seen. It invents detail: measure nothing on its images."

UNDIRECTED = "It was not trained for the directions of lines (objective orientation): those that it tells mean nothing."


def card_of(
    model_id: str,
    network: Network,
    chips: ChipSet,
    data: Mapping[str, Any],
    held_out: HeldOut,
    temperature: float,
    factor: float,
) -> ModelCard:
    """The card of a trained network.

    Args:
        model_id: Name of the model.
        network: The network.
        chips: What it was trained on.
        data: What the card tells of the training.
        held_out: How good the network is.
        temperature: Divides the logits.
        factor: Multiplies the values of a network that gives values.
    """
    facts = NetworkFacts(
        spec=network.spec.to_dict(),
        stride_px=network.stride,
        receptive_radius_px=network.receptive_radius_px,
        global_operations=network.global_operations,
        output_name=OUTPUT_NAME,
        tile_px=chips.chip_px,
        fixed_size=has_fixed_size(network),
        regions=region_rules(network),
        lines=_line_rules(network),
        architecture=f"{network.spec.encoder.name}, {', '.join(neck.name for neck in network.spec.necks) or 'no neck'}",
        parameters=count_parameters(network),
        flops_per_px=round(flops_per_pixel(network)),
        weights_sha256=weights_sha256(network),
        framework_version=torch.__version__,
    )
    spares = spares_inputs(network, data.get("input_drop_share", 0.0))
    document = card_for(
        model_id,
        LINES if facts.lines else SEGMENTATION if chips.legend else REGRESSION,
        tuple(_input(source, chips.resolution_m, spares) for source in chips.inputs),
        facts,
        legend=chips.legend,
        variables=tuple(f"value {number + 1}" for number in range(network.gives.channels)) if not chips.legend else (),
        training=Training(
            data, held_out.to_document(chips.legend), _limits(network, data.get("objectives", {})), temperature, factor
        ),
    )
    return ModelCard.from_document(document)


def _line_rules(network: Network) -> LineRules | None:
    """How directions are told; `None`: the network tells no lines."""
    if not tells_lines(network):
        return None
    bins = DirectionBins.of_lines(network.gives.channels - 1)
    return LineRules(bins.count, bins.first_deg)


def _limits(network: Network, objectives: Mapping[str, float]) -> tuple[str, ...]:
    """Sentences on what the network is not good for."""
    if "adversarial" in objectives:
        return (INVENTS,)
    return (UNDIRECTED,) if tells_lines(network) and "orientation" not in objectives else ()


def spares_inputs(network: Network, input_drop_share: float) -> bool:
    """Whether a network can do without any one of its inputs: it is built for that, and some were hidden from it."""
    fusion = network.spec.fusion
    return bool(fusion and fusion.name == SPARES_INPUTS and input_drop_share)


def _input(source: ChipInput, resolution_m: float | None, optional: bool) -> InputFacts:
    near = None if resolution_m is None else (resolution_m * RESOLUTION_RANGE[0], resolution_m * RESOLUTION_RANGE[1])
    return InputFacts(
        source.name,
        source.bands,
        source.mean,
        source.std,
        (min(source.lowest), max(source.highest)),
        resolution_m,
        near,
        source.days,
        source.dates,
        optional,
    )
