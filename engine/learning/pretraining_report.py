"""Turns a pre-training into a page for people: how it learnt, whether regions are found again, how to go on."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from html import escape
from pathlib import Path

from ...models.complexity import count_parameters
from ...models.training import TrainingRecord
from ..chips.chip_set import ChipInput
from ..pages.report_page import page, table
from ..requests.pretrain_encoder import CONTRASTIVE, CROSSMODAL, PretrainEncoder
from ..requests.spec_file import SpecFile
from .pretraining import PRESETS, Pretraining
from .retrieval import NEAREST, HiddenError, Retrieval
from .training_report import learning_curves

WHAT = {
    CONTRASTIVE: "A region is the same ground in two views of one image, the second in another light.",
    CROSSMODAL: "A region is the same ground as two sensors show it, each seen by an encoder of its own.",
}
WAYS = {
    CONTRASTIVE: ("Plain view finds the lit one", "Lit view finds the plain one"),
    CROSSMODAL: ("{first} finds {second}", "{second} finds {first}"),
}


@dataclass(frozen=True)
class Judged:
    """How good it is on held-out ground, and what that was before anything was learnt.

    Args:
        before: Before.
        after: After.
        tiles: How many held-out tiles there are.
    """

    before: Retrieval | HiddenError
    after: Retrieval | HiddenError
    tiles: int


def pretraining_page(
    request: PretrainEncoder,
    pretraining: Pretraining,
    inputs: Sequence[ChipInput],
    tiles: int,
    record: TrainingRecord,
    judged: Judged,
) -> str:
    """One HTML page that needs no other file.

    Args:
        request: What was asked for.
        pretraining: What has learnt.
        inputs: What the images are like.
        tiles: How many tiles it learnt from.
        record: How the training went.
        judged: How good it is.
    """
    parts = [
        "<h2>What it has learnt</h2>",
        *_judgement(request, inputs, judged),
        "<h2>How it learnt</h2>",
        learning_curves(record),
        _settings(request, pretraining, tiles, record, judged),
        "<h2>The images</h2>",
        _images(inputs),
        "<h2>How to go on</h2>",
        _use(request, pretraining),
    ]
    return page("Pre-trained encoder", parts)


def _judgement(request: PretrainEncoder, inputs: Sequence[ChipInput], judged: Judged) -> list[str]:
    before, after = judged.before, judged.after
    if isinstance(before, HiddenError) or isinstance(after, HiddenError):
        rows = [
            (name, f"{each.value:.3f}")
            for name, each in (("Before training", before), ("After training", after))
            if isinstance(each, HiddenError)
        ]
        return [
            f"<p>Three quarters of the patches of {judged.tiles} tiles on held-out ground are hidden, and told from "
            "the rest. An error of 1 is what the mean of each patch would be wrong by.</p>",
            table(("", "Error of hidden patches"), rows, numbers=1),
        ]
    names = {"first": inputs[0].name, "second": inputs[-1].name}
    found: list[tuple[str, ...]] = []
    ways = zip(WAYS[request.method], (after.forward, after.backward), (before.forward, before.backward))
    for text, ours, theirs in ways:
        shares = [f"{share:.1%}" for pair in zip(ours, theirs) for share in pair]
        found.append((escape(text.format(**names)), *shares))
    chance = [f"{min(1.0, nearest / after.choices):.1%}" for nearest in NEAREST]
    found.append(("By chance", *(value for share in chance for value in (share, ""))))
    heads = [""]
    for nearest in NEAREST:
        heads += [f"Recall@{nearest}", "before training"]
    return [
        f"<p>{WHAT[request.method]} Each of {after.regions} regions on held-out ground looks for its "
        f"partner among those of {after.choices} tiles, at the same place within them. Recall@5: the partner is among "
        "the five likest. Tiles do not overlap, but ground that looks alike everywhere, as water does, cannot be found "
        "again by anyone.</p>",
        table(heads, found, numbers=len(heads) - 1),
    ]


def _settings(
    request: PretrainEncoder, pretraining: Pretraining, tiles: int, record: TrainingRecord, judged: Judged
) -> str:
    spec = pretraining.network.spec
    learnt = sum(value.numel() for value in pretraining.weights.values())
    rows = {
        "Method": request.method,
        "Network": f"encoder {spec.encoder.name}"
        + (f", fusion {spec.fusion.name}" if len(spec.inputs) > 1 else "")
        + (f" (preset {PRESETS[request.method]})" if not request.spec else f" ({Path(request.spec).name})"),
        "Weights": f"{learnt:,} learnt, of {count_parameters(pretraining.network):,} of the whole network",
        "Tiles": f"{tiles} to learn from, {judged.tiles} held out, {request.tile_px} px",
        "Steps, batch, seed": f"{record.best_step}, {min(request.batch_size, tiles)}, {request.seed}",
    }
    return table(("", ""), [(escape(name), escape(value)) for name, value in rows.items()])


def _images(inputs: Sequence[ChipInput]) -> str:
    rows = [
        (escape(source.name), escape(band), f"{mean:.6g}", f"{std:.6g}")
        for source in inputs
        for band, mean, std in zip(source.bands, source.mean, source.std)
    ]
    text = "<p>Values of the tiles that it learnt from. Training chips should be of the same unit and bands.</p>"
    return text + table(("Input", "Band", "Mean", "Standard deviation"), rows, numbers=3)


def _use(request: PretrainEncoder, pretraining: Pretraining) -> str:
    network = f"SPEC={Path(request.spec).name}" if request.spec else f"PRESET={PRESETS[request.method]}"
    command = (
        f"qgis_process run terraloom:trainmodel -- CHIPS=chips {network} \\\n"
        f"    INITIAL={Path(request.checkpoint).name} OUTPUT=mine.onnx REPORT=training.html"
    )
    spec = SpecFile(pretraining.network.spec.to_dict()).to_json()
    return (
        "<p>“Train a model” starts from these weights when they are given as INITIAL, for the same network and chips "
        "of the same bands in the same order. What was not pre-trained, such as the head, starts by chance. Compare "
        "with a training without INITIAL: where there are many labels, there may be no gain.</p>"
        f"<pre>{escape(command)}</pre><p>The network, as a spec:</p><pre>{escape(spec)}</pre>"
    )
