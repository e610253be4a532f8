"""Import a model: read what it says of itself, try it out, and put it with a card into the user's library."""

from __future__ import annotations

import copy
import json
import os
from contextlib import suppress
from dataclasses import replace
from pathlib import Path
from typing import Any

from ..cards.card_in_file import save_with_card
from ..cards.foreign_cards import OWN, ReadModel, read_model, tell_doubts
from ..errors import ModelError
from ..foreign.network_file import load, metadata
from ..foreign.outside_weights import fingerprint, load_weights, model_files
from ..foreign.trial_reach import TINY
from ..library.card import METADATA_KEY, ModelCard
from ..library.installed import NETWORK
from ..library.shelf import CARD, SOURCE_HASH, Slot, check_name
from ..outcome import Outcome
from ..pages.model_report import model_page
from ..progress import Progress
from ..reach.reach_check import check_reach
from ..requests.import_model import ImportModel, model_id_of
from ..results.workspace import Workspace


def run(request: ImportModel, progress: Progress) -> Outcome:
    """Import the model and write what else the request asks for."""
    path = Path(request.file)
    source_sha256 = _hash(path)
    model_id = _model_id(request)
    home = Path(request.library) / model_id
    check_name(home, source_sha256)
    targets = {name: target for name, target in (("report", request.report), ("card", request.card)) if target}
    with Workspace(targets.values(), (request.file,)) as workspace, Slot(home, source_sha256) as slot:
        found = read_model(path, replace(request.fields, title=request.name or request.fields.title))
        _tell(found, progress)
        progress.update(0.3)
        load_weights(found.model, path)
        found = replace(found, card=_verified(found, progress))
        progress.update(0.7)
        card = _named(found.card, model_id, path.name, source_sha256)
        text = json.dumps(card.document, indent=2, ensure_ascii=False)
        pages = {"report": model_page(card, path.stat().st_size), "card": text}
        for name, target in targets.items():
            workspace.place(target).write_text(pages[name], encoding="utf-8")
        with slot.filling() as folder:
            save_with_card(found.model, card.document, folder / NETWORK)
            (folder / CARD).write_text(text, encoding="utf-8")
            progress.update(0.9)
            workspace.publish()
    progress.log("{title} is now among the models as {model}.", title=card.title, model=card.model_id)
    return Outcome({"model_file": str(home / NETWORK), **targets}, {"model": card.model_id})


def _model_id(request: ImportModel) -> str:
    """What the model is called: a file of Terraloom's own, which all have one name, like the model within."""
    path = Path(request.file)
    if request.name or path.name.lower() != NETWORK:
        return request.model_id
    card = metadata(load(path)).get(METADATA_KEY)
    with suppress(ModelError):
        return (model_id_of(ModelCard.from_json(card).model_id) if card else "") or request.model_id
    return request.model_id


def _tell(found: ReadModel, progress: Progress) -> None:
    """Say what was recognised, and what was not."""
    card = found.card
    if found.origin:
        progress.log("The model is described in the way of {origin}.", origin=found.origin)
    else:
        progress.log("The model says nothing of itself.")
    progress.log(
        "It is for {task}. It reads {bands}; its result comes from {output}.",
        task=card.task,
        bands="; ".join(f"{entry.name} ({', '.join(entry.band_names)})" for entry in card.inputs),
        output=card.output.name or "-",
    )
    if card.legend:
        progress.log("Its classes are {classes}.", classes=", ".join(card.legend.names))
    tell_doubts(found, progress)


def _verified(found: ReadModel, progress: Progress) -> ModelCard:
    """The card, its reach held against the network: where tiles do not join as the graph says, they are blended."""
    reach = found.reach
    card = found.card if reach is None or found.origin != OWN else _as_derived(found.card, progress)
    if reach is None or card.global_operations:
        return card
    try:
        verified = check_reach(found.model, reach, card.inputs[0].layout, card.output.name, os.cpu_count() or 1)
    except ModelError as error:
        doubt = str(error)
    else:
        measured_px = verified.measured_radius_px
        if measured_px is not None and measured_px <= reach.radius_px and not verified.difference > TINY:
            progress.log("It sees {radius} px around each pixel: tried and found true.", radius=reach.radius_px)
            return card
        doubt = f"seams that differ by {verified.difference:.2g} in a trial"
    progress.warn("Its tiles do not join exactly, so they are blended: {reason}", reason=doubt)
    document = copy.deepcopy(card.document)
    document["properties"]["terraloom:global_operations"] = [doubt]
    return ModelCard.from_document(document)


def _as_derived(card: ModelCard, progress: Progress) -> ModelCard:
    """A card of Terraloom's own whose document says what its network's graph shows, even where it was silent."""
    document = copy.deepcopy(card.document)
    document["properties"].update(
        {
            "terraloom:stride_px": card.stride_px,
            "terraloom:receptive_radius_px": card.receptive_radius_px,
            "terraloom:global_operations": list(card.global_operations),
            "terraloom:tile_px": card.tile_px,
        }
    )
    if card.global_operations:
        progress.warn(
            "Its card names nothing that sees the whole tile, but its network has {operations}. So its tiles are "
            "blended, not joined.",
            operations=", ".join(card.global_operations),
        )
    return ModelCard.from_document(document)


def _named(card: ModelCard, model_id: str, file: str, source_sha256: str) -> ModelCard:
    """The card under its name in the library, with where it came from."""
    document: dict[str, Any] = copy.deepcopy(card.document)
    document["id"] = model_id
    document["properties"].update({"mlm:name": model_id, "terraloom:source": file, SOURCE_HASH: source_sha256})
    for asset in document.get("assets", {}).values():
        asset["href"] = f"./{NETWORK}"
    return ModelCard.from_document(document)


def _hash(path: Path) -> str:
    """SHA-256 of a model's files."""
    try:
        return fingerprint(model_files(path))
    except OSError as error:
        raise ModelError("{path} cannot be read: {reason}.", path=str(path), reason=str(error)) from error
