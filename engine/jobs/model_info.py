"""Show what is known of a model: its card as a page and as JSON."""

from __future__ import annotations

import json
from pathlib import Path

from ..cards.foreign_cards import read_card
from ..outcome import Outcome
from ..pages.card_pictures import pictures_beside
from ..pages.model_report import model_page
from ..progress import Progress
from ..requests.model_info import ModelInfo
from ..results.workspace import Workspace


def run(request: ModelInfo, progress: Progress) -> Outcome:
    """Write what the request asks for."""
    path = Path(request.model)
    targets = {name: target for name, target in (("report", request.report), ("card", request.card)) if target}
    with Workspace(request.outputs, (request.model,)) as workspace:
        card = read_card(path, request.says)
        pages = {
            "report": model_page(card, path.stat().st_size, pictures_beside(card, path.parent)),
            "card": json.dumps(card.document, indent=2, ensure_ascii=False),
        }
        for name, target in targets.items():
            workspace.place(target).write_text(pages[name], encoding="utf-8")
        workspace.publish()
    progress.log("{model}: {title}", model=card.model_id, title=card.title)
    return Outcome(targets)
