"""Compose a network: choose fitting arguments, build it, look at what the engine would do with it, and tell."""

from __future__ import annotations

import tempfile
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from ...models.build import build
from ...models.composition import Choices, check_objectives, compose
from ...models.export import OUTPUT_NAME, export_onnx
from ...models.spec import InputSpec, NetworkSpec
from ...models.summary import PartSummary, Summary, summarise
from ..cards.card_in_file import copy_with_card
from ..cards.foreign_cards import read_card
from ..errors import ModelError
from ..learning.network_errors import network_errors
from ..learning.spec_in_file import spec_in
from ..library.card import REGRESSION
from ..library.card_writing import InputFacts, NetworkFacts, card_for
from ..outcome import Outcome
from ..pages.composition_report import Facts, PartRow, composition_page
from ..pages.network_drawing import DARK, LIGHT, Box, Feature, draw
from ..progress import Progress
from ..requests.compose_network import ComposeNetwork, parse_necks
from ..requests.spec_file import SpecFile, parse_objectives
from ..results.workspace import Workspace

MOST_PARAMETERS = 500_000_000
"""2 GB of weights: an ONNX file cannot hold more."""

MOST_EXPORTED = 100_000_000
"""Larger ones are not written to a file just to look at it: their own word counts."""

EXACT, BLENDED, NO_SEAMS = "exact", "blended", "none"


def run(request: ComposeNetwork, progress: Progress) -> Outcome:
    """Write what the request asks for; the figures come back as metrics, and so does a drawing."""
    targets = {name: target for name, target in (("output", request.output), ("report", request.report)) if target}
    with Workspace(request.outputs, (request.spec,) if request.spec else ()) as workspace:
        summary, objectives = _composed(request, progress)
        seams = _seams(summary)
        progress.update(0.9)
        file = SpecFile(summary.spec.to_dict(), objectives)
        facts = Facts(
            parameters=summary.parameters,
            flops_per_px=summary.flops_per_px,
            stride_px=seams.stride_px,
            radius_px=seams.radius_px,
            seams=seams.kind,
            global_operations=seams.global_operations,
            regions=summary.regions,
            outputs=summary.outputs,
            objectives=objectives,
            parts=tuple(_row(part) for part in summary.parts),
        )
        drawings = {name: draw(*_boxes(summary), palette) for name, palette in (("light", LIGHT), ("dark", DARK))}
        pages = {"output": file.to_json(), "report": composition_page(facts, drawings["light"], file.to_json())}
        for name, target in targets.items():
            workspace.place(target).write_text(pages[name], encoding="utf-8")
        workspace.publish()
    progress.log(
        "{parameters} parameters, {flops} FLOP/px, receptive radius {radius} px, stride {stride} px, seams: {seams}.",
        parameters=f"{facts.parameters:,}",
        flops=f"{facts.flops_per_px:,.0f}",
        radius=facts.radius_px,
        stride=facts.stride_px,
        seams=facts.seams,
    )
    return Outcome(targets, {**facts.figures(), "drawings": drawings})


def _composed(request: ComposeNetwork, progress: Progress) -> tuple[Summary, dict[str, float]]:
    """What the network is made of, and its objectives.

    Raises:
        ModelError: It cannot be built, or is too large for a file.
    """
    with network_errors():
        spec, objectives = _asked(request)
        progress.update(0.1)
        check_objectives(spec, objectives)
        summary = summarise(spec)
    if summary.parameters > MOST_PARAMETERS:
        raise ModelError(
            "The network has {found} parameters, a model file holds {most} at most. Lower WIDTH or DEPTH.",
            found=f"{summary.parameters:,}",
            most=f"{MOST_PARAMETERS:,}",
        )
    progress.update(0.4)
    return summary, objectives


def _asked(request: ComposeNetwork) -> tuple[NetworkSpec, dict[str, float]]:
    """The network that is asked for, and its objectives."""
    objectives = parse_objectives(request.objectives)
    if request.spec:
        file = spec_in(Path(request.spec))
        return NetworkSpec.from_dict(file.network), objectives or dict(file.objectives)
    inputs = tuple(InputSpec(each.bands, each.name, each.days) for each in request.inputs)
    choices = Choices(
        inputs,
        request.encoder,
        parse_necks(request.neck),
        request.head,
        request.fusion,
        request.classes,
        request.width,
        request.depth,
    )
    return compose(choices), objectives


# --- Seams -------------------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class _Seams:
    """How the engine would join tiles.

    Args:
        kind: `exact`, `blended` or `none` (the output is no map).
        stride_px: Tile origins are multiples of it.
        radius_px: What tiles overlap by on each side, where seams are exact.
        global_operations: What sees the whole image.
    """

    kind: str
    stride_px: int
    radius_px: int
    global_operations: tuple[str, ...]


def _seams(summary: Summary) -> _Seams:
    """Ask the engine itself, with an untrained network in a file as `trainmodel` would write it.

    Where the network says that something sees the whole image, the engine takes its word; so is it here.
    """
    if not summary.is_map or summary.global_operations or summary.parameters > MOST_EXPORTED:
        kind = NO_SEAMS if not summary.is_map else BLENDED if summary.global_operations else EXACT
        return _Seams(kind, summary.stride_px, summary.radius_px, summary.global_operations)
    with tempfile.TemporaryDirectory(prefix="terraloom-") as folder:
        path = Path(folder) / "untrained.onnx"
        with network_errors():
            export_onnx(build(summary.spec), path)
        copy_with_card(path, _card(summary), path)
        card = read_card(path)
    kind = BLENDED if card.global_operations else EXACT
    return _Seams(kind, card.stride_px, card.receptive_radius_px, card.global_operations)


def _card(summary: Summary) -> dict[str, Any]:
    """The card of the untrained network; what it would be trained for makes no difference to seams."""
    inputs = tuple(
        InputFacts(
            each.name,
            tuple(f"band {number + 1}" for number in range(each.bands)),
            (0.0,) * each.bands,
            (1.0,) * each.bands,
            days=each.days,
        )
        for each in summary.spec.inputs
    )
    network = NetworkFacts(
        summary.spec.to_dict(),
        summary.stride_px,
        summary.radius_px,
        summary.global_operations,
        OUTPUT_NAME,
    )
    variables = tuple(f"value {number + 1}" for number in range(summary.outputs))
    return card_for("untrained", REGRESSION, inputs, network, variables=variables)


# --- Drawing and report ------------------------------------------------------------------------------------------


def _boxes(summary: Summary) -> tuple[list[Box], list[Box]]:
    """Inputs and parts as the drawing wants them."""
    inputs = [
        Box(
            "input",
            each.name,
            f"{each.dates} dates" if each.days else "",
            (Feature(each.bands, 1),),
            copies=each.dates,
        )
        for each in summary.spec.inputs
    ]
    return inputs, [_box(part, max(each.dates for each in summary.spec.inputs)) for part in summary.parts]


def _box(part: PartSummary, dates: int) -> Box:
    arguments = part.spec.arguments
    words = (part.spec.name, str(arguments.get("method", "")), "windows" * bool(arguments.get("window")), part.family)
    return Box(
        part.family,
        " ".join(filter(None, words)).replace("_", " "),
        f"{_short(part.parameters)} parameters" if part.parameters else "no parameters",
        tuple(Feature(level.channels, level.stride_px) for level in part.gives),
        tuple(Feature(level.channels, level.stride_px) for level in part.inner),
        copies=dates if part.carrier == "series" else part.copies,
    )


def _short(count: int) -> str:
    """A count in few letters: 1.8 M, 581 k, 66."""
    for unit, letter in ((1_000_000, " M"), (1_000, " k")):
        if count >= unit:
            return f"{count / unit:.3g}{letter}"
    return str(count)


def _row(part: PartSummary) -> PartRow:
    level = part.gives[-1]
    return PartRow(
        part.family,
        part.spec.name,
        dict(part.spec.arguments),
        part.parameters,
        part.carrier,
        tuple((each.channels, each.stride_px) for each in part.gives),
        level.radius_px,
        level.global_operations,
    )
