"""Turns what was found about an uncertainty map into a page: how unsure, of which classes, and whether rightly so."""

from __future__ import annotations

import math
from dataclasses import dataclass
from html import escape

from ..images.urls import file_name
from ..legend import Legend
from ..library.card import ModelCard
from ..pages.charts import Curve, histogram_chart, line_chart
from ..pages.page_pictures import Shown
from ..pages.report_page import key_figures, notes, page, percent, swatch, table, thousands
from ..requests.estimate_uncertainty import ENSEMBLE, MC_DROPOUT, TTA, EstimateUncertainty
from .alike import MEMBERS
from .aurc_interval import DRAWS, AurcInterval
from .decoder import CONFIDENCE, ENTROPY, MUTUAL_INFORMATION, UncertaintyDecoder
from .map_pictures import where
from .member_calibration import MemberCalibration, telling_names
from .risk_coverage import RiskCoverage
from .summary import Summary
from .truth import Judged

FEW_DRAWS = 10
"""With fewer draws mutual information is uncertain itself."""

COVERAGES = (0.1, 0.25, 0.5, 0.75, 0.9, 1.0)
"""Shares that are kept, in the table of risks."""

ROUNDING = 1e-6
"""Less mutual information on average is no disagreement: members that say the same show some 1e-8."""

KINDS = {"points": "points", "polygons": "polygons", "blocks": "raster"}
"""What a reference is, by what its pixels come in."""

FEW_BLOCKS = 10
"""From fewer blocks of ground an interval is much too narrow."""

MOST_UNFAMILIAR = 0.2
"""From this share of unfamiliar tiles on, the page warns."""


@dataclass(frozen=True)
class Estimate:
    """All that a report tells.

    Args:
        request: What was asked for.
        card: What the members have in common.
        legend: The classes.
        summary: What the map holds.
        judged: What the reference tells; `None`: there is none.
        provider: What ran the members.
        unfamiliar: Share of tiles unlike those of the training, 0–1; `None`: not known.
        pictures: The image and the map, side by side.
    """

    request: EstimateUncertainty
    card: ModelCard
    legend: Legend
    summary: Summary
    judged: Judged | None
    provider: str
    unfamiliar: float | None = None
    pictures: tuple[Shown, ...] = ()

    @property
    def files(self) -> tuple[str, ...]:
        """File of each model."""
        return (self.request.run.model, *self.request.further_models)

    @property
    def calibration(self) -> MemberCalibration:
        """Which models are calibrated."""
        members = self.card.document.get(MEMBERS) or [{"temperature": self.card.output.temperature}]
        return MemberCalibration(self.files, tuple(float(member["temperature"]) for member in members))

    @property
    def curve(self) -> RiskCoverage | None:
        """Risk over coverage, the surest pixels by confidence."""
        return self.judged.curves.get(CONFIDENCE) if self.judged else None

    @property
    def interval(self) -> AurcInterval | None:
        """Of its AURC; `None` where there is none."""
        found = self.judged.intervals.get(CONFIDENCE) if self.judged else None
        return found if found is not None and found.is_known else None

    @property
    def is_of_one_mind(self) -> bool:
        """Whether members disagree by no more than numbers are rounded."""
        return self.summary.mean(MUTUAL_INFORMATION) < ROUNDING and not self.summary.reaches(MUTUAL_INFORMATION)

    @property
    def cautions(self) -> tuple[str, ...]:
        """What a reader should know before trusting the figures."""
        found = []
        if not self.summary.pixels:
            found.append("The map holds no value: the image shows nothing there, or the network gives no number.")
        if self.calibration.caution:
            found.append(self.calibration.caution)
        if self.unfamiliar is not None and self.unfamiliar > MOST_UNFAMILIAR:
            found.append(
                f"{percent(self.unfamiliar)} of the tiles that were looked at are unlike all that the model was "
                "trained on. There it may be wrong and sure at once: no measure on this page sees that."
            )
        if self.is_of_one_mind:
            found.append(
                "All that was held against each other says the same: there is no disagreement that could tell where "
                "the map errs."
            )
        if self.request.method == MC_DROPOUT and self.request.samples < FEW_DRAWS:
            found.append(
                f"Only {self.request.samples} draws were made; the mutual information is rough. Raise SAMPLES."
            )
        if self.judged and self.judged.unmapped:
            found.append(f"The map holds nothing at {self.judged.unmapped:,} pixels of the reference.")
        if self.judged and self.judged.outside:
            found.append(
                f"Outside the map: {self.judged.outside:,} of the {self.judged.kind} of the reference. What lies there "
                "does not count in the figures."
            )
        if self.judged and self.judged.notes:
            left_out = "; ".join(f"{count:,} {note}" for note, count in self.judged.notes.items())
            found.append(f"Left out of the reference: {left_out}.")
        curve = self.curve
        if curve is not None and curve.aurc > curve.random:
            found.append(
                "The model is surer where it errs than elsewhere: the order by confidence is worse than chance. Do not "
                "use it to find errors."
            )
        return tuple(found)


def uncertainty_page(found: Estimate) -> str:
    """The page."""
    return page(
        f"Uncertainty of {found.card.title}",
        [
            key_figures(_key_figures(found)),
            f"<p>{_told(found)}</p>",
            notes(found.cautions),
            *where(found.pictures, found.legend, found.summary),
            *_spread(found),
            *_by_class(found),
            *_against_reference(found),
            *_how_to_read(found),
            *_settings(found),
        ],
    )


def _key_figures(found: Estimate) -> list[tuple[str, str, str]]:
    summary = found.summary
    figures = [("Mean entropy", _number(summary.mean(ENTROPY)), "0: sure, 1: all classes alike")]
    if MUTUAL_INFORMATION in summary.bands:
        remark = "of it, by disagreement"
        figures.append(("Mean mutual information", _number(summary.mean(MUTUAL_INFORMATION), 4), remark))
    figures.append(("Mean confidence", percent(summary.mean(CONFIDENCE)), "of the class that was chosen"))
    curve = found.curve
    if curve is not None:
        between = f"{_between(found.interval)} (95 %), " if found.interval else ""
        figures.append(("AURC", _number(curve.aurc, 4), f"{between}by chance {curve.random:.4f}"))
    return figures


def _told(found: Estimate) -> str:
    """What was asked of what."""
    request = found.request
    images = ", ".join(escape(file_name(path)) for path in _images(request))
    models = f"<b>{escape(found.card.title)}</b>"
    turns = "" if request.run.turns == "none" else f", each averaged over {request.run.turns} of the image"
    how = {
        TTA: f"What {models} says of the image in several turns was held against each other",
        ENSEMBLE: f"What {1 + len(request.further_models)} models ({models}) say was held against each other{turns}",
        MC_DROPOUT: f"What {models} says with features left out at random, {request.samples} times, was held against "
        f"each other{turns}",
    }.get(request.method, f"How {models} spreads its probability over the classes was measured{turns}")
    return f"{how}, over {thousands(found.summary.pixels)} pixels of <i>{images}</i>."


def _spread(found: Estimate) -> list[str]:
    """How entropy is spread."""
    summary = found.summary
    if not summary.pixels:
        return []
    bands = [band for band in (ENTROPY, MUTUAL_INFORMATION, CONFIDENCE) if band in summary.bands]
    rows = [
        (
            escape(band.capitalize()),
            _number(summary.mean(band), 4),
            *(_number(summary.quantile(band, share)) for share in (0.1, 0.5, 0.9)),
        )
        for band in bands
    ]
    return [
        "<h2>How unsure</h2>",
        histogram_chart(summary.histogram(ENTROPY).tolist(), "Entropy"),
        table(("", "Mean", "10 % lie below", "50 %", "90 %"), rows, numbers=4),
    ]


def _by_class(found: Estimate) -> list[str]:
    """How unsure of each class that was chosen."""
    summary = found.summary
    if not summary.pixels or not len(summary.class_pixels):
        return []
    several = MUTUAL_INFORMATION in summary.bands
    rows = []
    for place, entry in enumerate(found.legend.entries):
        means = [_number(summary.class_mean(place, ENTROPY))]
        if several:
            means.append(_number(summary.class_mean(place, MUTUAL_INFORMATION), 4))
        rows.append(
            (
                swatch(entry.colour) + escape(entry.name),
                percent(float(summary.class_pixels[place]) / summary.pixels),
                *means,
                percent(summary.class_mean(place, CONFIDENCE)),
            )
        )
    heads = ("Class", "Share of the map", "Entropy", *(("Mutual information",) if several else ()), "Confidence")
    return [
        "<h2>By class</h2>",
        table(heads, rows, numbers=len(heads) - 1),
        "<p class='faint'>Means over the pixels for which the class was chosen.</p>",
    ]


def _against_reference(found: Estimate) -> list[str]:
    """Risk over coverage."""
    if found.judged is None:
        return []
    heading = "<h2>Is it unsure where it errs?</h2>"
    first = found.curve
    name = escape(found.judged.name)
    if first is None:
        return [heading, f"<p>The map holds nothing where <i>{name}</i> tells a class.</p>"]
    by_threshold = UncertaintyDecoder(found.card, found.legend, found.request.several).chooser.acting_threshold
    same = {ENTROPY} if len(found.legend.entries) == 2 and not by_threshold else set()  # of two classes both sort alike
    if found.is_of_one_mind:  # an order by rounding would seem to be one
        same.add(MUTUAL_INFORMATION)
    curves = [(band, curve) for band, curve in found.judged.curves.items() if band not in same]
    drawn = [Curve(f"by {band}", curve.coverage.tolist(), curve.risk.tolist()) for band, curve in curves]
    drawn.append(Curve("by chance", [0.0, 1.0], [first.random, first.random]))
    rows = [
        (
            escape(f"By {band}"),
            *(percent(curve.risk_at(share)) for share in COVERAGES),
            _number(curve.aurc, 4),
            _between(found.judged.intervals[band]),
            _number(curve.excess, 4),
        )
        for band, curve in curves
    ]
    shares = (f"{100 * share:.0f} %" for share in COVERAGES)
    heads = ("Kept, the surest first", *shares, "AURC", "95 %", "Excess AURC")
    return [
        heading,
        f"<p>Of {thousands(first.pixels)} pixels whose class <i>{name}</i> tells, {percent(first.random)} are wrong. "
        f"{_halving(first)}</p>",
        line_chart(drawn, "Coverage: share of the pixels that is kept", "Risk: share of errors"),
        f"<div class='wide'>{table(heads, rows, numbers=len(heads) - 1)}</div>",
        f"<p class='faint'>{_certainty(found.judged.intervals[CONFIDENCE])}</p>",
    ]


def _certainty(interval: AurcInterval) -> str:
    """What the interval rests on."""
    together = "Pixels that lie beside each other are wrong together"
    if not interval.is_known and interval.blocks > 1:
        return f"{together}, and none of these is wrong, or each is: how certain the figures are cannot be told."
    if not interval.is_known:
        return (
            f"{together}, and all of these lie within one block of {interval.block_px} px: how certain the figures are "
            "cannot be told."
        )
    few = " From so few blocks the interval is much too narrow." if interval.blocks < FEW_BLOCKS else ""
    return (
        f"{together}, so that they are not drawn one by one: the 95 % interval of AURC comes from {DRAWS:,} draws of "
        f"{interval.blocks} square blocks of ground of {interval.block_px} px, those where the reference tells a "
        f"class.{few} Blocks side by side are not quite independent either."
    )


def _between(interval: AurcInterval) -> str:
    """Both ends, a dash where they are not known."""
    return f"{interval.low:.4f} – {interval.high:.4f}" if interval.is_known else "–"


def _halving(curve: RiskCoverage) -> str:
    """What it takes to halve the errors, in a sentence."""
    if not curve.random:
        return "Without an error no order is better than another."
    if math.isnan(curve.halving):
        return "Leaving out unsure pixels, by confidence, never halves that."
    return f"If the least sure {percent(1 - curve.halving)} are left out, by confidence, it is half of that."


def _how_to_read(found: Estimate) -> list[str]:
    averaged = found.request.several or found.request.run.turns != "none"
    parts = [
        "<h2>How to read it</h2>",
        "<p><b>Entropy</b> is 0 where one class is certain, and 1 where all are as probable. It is divided by the "
        f"logarithm of the number of classes, here {len(found.legend.entries)}; times "
        f"{math.log(len(found.legend.entries)):.3f} it is in nats. High values mark boundaries, mixed pixels and what "
        "the model cannot tell apart.</p>",
        "<p><b>Confidence</b> is the probability of the class that was chosen. "
        f"{escape(found.calibration.meaning(averaged))}</p>",
    ]
    if MUTUAL_INFORMATION in found.summary.bands:
        parts.append(
            f"<p><b>Mutual information</b> is the part of the entropy that comes from disagreement. {_cause(found)}</p>"
        )
    if found.curve is not None:
        parts.append(
            "<p><b>Risk and coverage</b>: sort the pixels by how sure the model is and keep the surest. If it is "
            "unsure where it errs, the curve falls to the left. AURC is its mean height: the lower, the better; chance "
            "is the level line. The excess AURC is what is lacking to a perfect order (Geifman and El-Yaniv 2017, "
            "arXiv 1705.08500; 2019, arXiv 1805.08206).</p>"
        )
    parts.append(
        "<p>No measure here sees what the model was never shown: an image unlike all of its training can be mapped "
        "wrongly and with confidence.</p>"
    )
    return parts


def _cause(found: Estimate) -> str:
    """What disagreement means for the method, and which share it is."""
    if found.is_of_one_mind:
        return "Here there is none."
    meaning = {
        TTA: "Here turns of one image disagree: the answer depends on how the scene lies, which it should not.",
        ENSEMBLE: "Here models disagree that learnt the same: more training data of such places would help.",
        MC_DROPOUT: "Here draws of one network disagree: more training data of such places would help.",
    }[found.request.method]
    whole, part = found.summary.mean(ENTROPY), found.summary.mean(MUTUAL_INFORMATION)
    if math.isnan(whole) or whole <= 0:
        return meaning
    return f"{meaning} It is {percent(part / whole)} of the entropy here; the rest is doubt that each has by itself."


def _settings(found: Estimate) -> list[str]:
    request = found.request
    rows = [
        ("Method", escape(request.method)),
        ("Model", f"{escape(found.card.title)} ({escape(found.card.model_id)})"),
        ("Images", escape(", ".join(file_name(path) for path in _images(request)))),
        ("Temperature", found.calibration.listed + ("" if found.calibration.of_all else " (1: not calibrated)")),
        ("Turns of the image", _turns(request)),
        ("Run by", escape(found.provider)),
    ]
    if request.sar_unit:
        rows.append(("Values of the radar images", escape(request.sar_unit)))
    if request.method == ENSEMBLE:
        rows.append(("Files", escape(", ".join(telling_names(found.files)))))
    if request.method == MC_DROPOUT:
        rows += [("Draws", str(request.samples)), ("Seed", str(request.seed))]
    if found.judged is not None:
        rows.append(("Reference", f"{escape(found.judged.name)} ({KINDS[found.judged.kind]})"))
    return ["<h2>Settings</h2>", table(("", ""), rows)]


def _turns(request: EstimateUncertainty) -> str:
    """In which turns the image was seen."""
    if request.method == TTA:
        return "flips (four)" if request.run.turns == "flips" else "rotations (eight)"
    return "none" if request.run.turns == "none" else f"{escape(request.run.turns)}, averaged for each member"


def _images(request: EstimateUncertainty) -> tuple[str, ...]:
    return (*request.run.inputs, *(path for files in request.run.further_inputs for path in files))


def _number(value: float, digits: int = 3) -> str:
    """A number, a dash where it is undefined."""
    return "–" if math.isnan(value) else f"{value:.{digits}f}"
