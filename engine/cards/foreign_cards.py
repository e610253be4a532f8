"""Reads the card of any ONNX file: Terraloom's own where it has one, else one made of what other tools say of it.

Asked in this order, and the first that answers counts: Terraloom's card inside the file; Deepness's entries inside it;
GeoAI's `<model>.onnx.json` beside it; an `.emd` of Esri beside it that names it. What the user says counts more than
these, except Terraloom's own card, whose facts were tested together with its weights.
"""

from __future__ import annotations

import copy
import functools
import math
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import onnx
import onnxruntime

from ..errors import ModelError
from ..foreign import deepness, esri, geoai
from ..foreign.card_document import Found, compose
from ..foreign.claims import Claims
from ..foreign.network_file import NetworkFile, inputs_of, load, metadata, open_session, try_out
from ..foreign.outputs import Head, choose_head
from ..foreign.outside_weights import load_weights, weight_files
from ..foreign.trial_reach import TINY, trial_sides, unlike
from ..images.source_files import stamps_of
from ..library.card import DETECTION, METADATA_KEY, ModelCard
from ..library.model_input import LAYOUTS
from ..progress import Progress
from ..reach.layer_axes import FIXED_PLACES, MIXES
from ..reach.reach_check import tile_difference
from ..reach.receptive_field import ReceptiveField, receptive_field
from ..requests.card_fields import CardFields, check_use

OWN = "Terraloom"
NOTHING_SAID = CardFields()
MOST_TRIED = 64
"""Files whose trial is remembered."""

FACTS = {
    "task": "TASK",
    "classes": "CLASSES",
    "bands": "BAND_NAMES",
    "resolution_m": "RESOLUTION",
    "mean": "MEAN",
    "std": "STD",
    "activation": "ACTIVATION",
    "head": "HEAD",
    "detection_type": "DETECTION_TYPE",
}
"""What the user may say of other models only, by the parameter that says it. The rest is how a model runs, a choice."""


@dataclass(frozen=True)
class ReadModel:
    """A model and its card.

    Args:
        card: The card.
        origin: Whose words it rests on: `Terraloom`, `Deepness`, `Ultralytics`, `GeoAI`, `Esri`; empty: nobody's.
        assumed: Sentences on what nobody said.
        model: The file's content; weights that lie in other files may still be there if the card is Terraloom's own.
        reach: How far its graph says that it sees; `None`: not asked, for detectors and where a card of Terraloom
            names global operations itself.
        unread: As `esri.unread`; `None` too where somebody describes it.
    """

    card: ModelCard
    origin: str
    assumed: tuple[str, ...]
    model: onnx.ModelProto
    reach: ReceptiveField | None
    unread: tuple[str, str] | None = None


def read_card(path: Path, fields: CardFields = NOTHING_SAID) -> ModelCard:
    """The card of an ONNX file.

    Args:
        path: The file.
        fields: What the user says of it.

    Raises:
        ModelError: The file is missing or damaged, or more must be said of it; the message tells what.
    """
    return read_model(path, fields).card


def read_model(path: Path, fields: CardFields = NOTHING_SAID) -> ReadModel:
    """The same, with all that was found out on the way."""
    found = _read(path, fields)
    check_use(found.card, fields)
    return found


def tell_doubts(found: ReadModel, progress: Progress) -> None:
    """Say of a model of another tool what nobody said or was not read, and what does not hold here."""
    if found.unread:
        progress.warn(
            "{emd} lies beside the network but is not read, as its ModelFile is {found}. If it describes this network, "
            "set its ModelFile to the name of the network.",
            emd=found.unread[0],
            found=found.unread[1],
        )
    if found.assumed:
        progress.warn("Nobody says the following, so it is assumed. {assumed}", assumed=" ".join(found.assumed))
    for limit in found.card.document["properties"].get("terraloom:limits", ()) if found.origin != OWN else ():
        progress.log("Note: {limit}", limit=str(limit))


def _read(path: Path, fields: CardFields) -> ReadModel:
    """Whatever card there is, with what the user says."""
    model = load(path)
    texts = metadata(model)
    if METADATA_KEY in texts:
        card = _with_choices(ModelCard.from_json(texts[METADATA_KEY]), fields, path)
        if card.task == DETECTION or card.global_operations:
            return ReadModel(card, OWN, (), model, None)
        own = _reach_of(card, model, path)
        return ReadModel(_as_the_graph_shows(card, own), OWN, (), model, own)
    load_weights(model, path)
    said = deepness.claims(texts, path) or geoai.claims(path) or esri.claims(path) or Claims()
    claims = said.with_fields(fields)
    session = open_session(path)
    head = choose_head(claims, [output.name for output in session.get_outputs()], path)
    reach, network = _tried(model, session, claims, head, path)
    document = compose(Found(path, claims, network, head, reach))
    assumed = tuple(document["properties"]["terraloom:assumed"])
    unread = None if said.origin else esri.unread(path)
    return ReadModel(ModelCard.from_document(document), said.origin, assumed, model, reach, unread)


def _tried(
    model: onnx.ModelProto, session: onnxruntime.InferenceSession, claims: Claims, head: Head, path: Path
) -> tuple[ReceptiveField | None, NetworkFile]:
    """How far a network sees and what a trial shows of it: bands last where all axes are open and bands first fail.

    Raises:
        ModelError: It takes no rasters, or cannot be run.
    """
    refusals = []
    for inputs in dict.fromkeys(inputs_of(session, len(claims.bands), path, layout) for layout in LAYOUTS):
        reach = None if claims.task == DETECTION else receptive_field(model, inputs[0].layout, head.name)
        try:
            return reach, try_out(session, inputs, trial_sides(claims, reach), model, path)
        except ModelError as error:
            refusals.append(error)
    raise refusals[0]


def _reach_of(card: ModelCard, model: onnx.ModelProto, path: Path) -> ReceptiveField:
    """How far the network under a card of Terraloom that names no global operation sees, as its graph says it.

    Where the graph is no proof that something sees the whole tile, tiles are tried at what the card says.
    """
    named = card.output.name in {output.name for output in model.graph.output}
    output = card.output.name if named else None
    layout = card.inputs[0].layout
    reach = receptive_field(model, layout, output)
    agree = (reach.ratio, reach.margin_px) == (card.output.ratio, card.output.margin_px)
    shown = reach if agree else unlike(reach, card.output.ratio, card.output.margin_px)
    if not _proves_nothing(reach) or (reach.ratio and not agree):
        return shown
    radius_px = max(reach.radius_px, card.receptive_radius_px)
    joined = replace(shown, radius_px=radius_px, global_operations=())
    if not reach.ratio:
        axes = card.output.layout.index("H"), card.output.layout.index("W")
        joined = replace(joined, stride_px=math.lcm(reach.stride_px, card.stride_px), axes=axes)
    states = tuple(stamps_of(map(str, (path, *weight_files(model, path)))).values())
    return joined if _tiles_join(path, states, joined, layout, output) else shown


def _proves_nothing(reach: ReceptiveField) -> bool:
    """Whether what the graph shows of the whole tile may be something that joins exactly.

    Values bound to places may be a position learnt for each place, or no more than what is outside of the image masked
    in a window. Where rows and columns were lost sight of on the way, the output has none either, which is the last
    thing said; places that are mixed may then be no more than places lost.
    """
    if not reach.ratio:
        return all(words.startswith((FIXED_PLACES, MIXES)) for words in reach.global_operations[:-1])
    return bool(reach.global_operations) and all(words.startswith(FIXED_PLACES) for words in reach.global_operations)


@functools.lru_cache(maxsize=MOST_TRIED)
def _tiles_join(
    path: Path,
    states: tuple[tuple[float, int] | None, ...],
    reach: ReceptiveField,
    layout: str,
    output: str | None,
) -> bool:
    """Whether tiles at a reach give what the whole image gives; tried once for a file, until its state is another."""
    model = load(path)
    load_weights(model, path)
    try:
        return tile_difference(model, reach, layout, output) <= TINY
    except ModelError:
        return False


def _as_the_graph_shows(card: ModelCard, reach: ReceptiveField) -> ModelCard:
    """A card that names no global operation, with what follows from the network itself, which cannot lie."""
    shown = replace(card, stride_px=reach.stride_px, receptive_radius_px=reach.radius_px)
    if not reach.global_operations:
        return shown
    tile_px = reach.size_px[0] or card.tile_px
    return replace(shown, global_operations=reach.global_operations, tile_px=tile_px)


def _with_choices(card: ModelCard, fields: CardFields, path: Path) -> ModelCard:
    """Terraloom's own card with what the user may choose."""
    said = fields.said
    wrong = [FACTS[name] for name in said if name in FACTS]
    if wrong:
        raise ModelError(
            "{path} has a card of Terraloom, which says this itself. Leave {parameters} empty.",
            path=str(path),
            parameters=", ".join(wrong),
        )
    if not said:
        return card
    document: dict[str, Any] = copy.deepcopy(card.document)
    properties = document["properties"]
    if "title" in said:
        properties["title"] = said["title"]
    if "overlap" in said:
        properties["terraloom:overlap"] = said["overlap"]
    if "threshold" in said:
        output = properties["mlm:output"][0]
        output["terraloom:threshold"] = said["threshold"]
        if not card.output.threshold and card.legend is not None and not card.legend.begins_with_rest:
            output["terraloom:unsure_is_nodata"] = True
    if card.detection:
        properties["terraloom:detection"].update({key: said[key] for key in ("confidence", "iou") if key in said})
    return ModelCard.from_document(document)
