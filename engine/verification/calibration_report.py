"""Turns the calibration of a model into a page: reliability diagram, errors before and after, errors by class."""

from __future__ import annotations

import math
from dataclasses import dataclass
from html import escape

from ..pages.charts import Bar, reliability_chart
from ..pages.report_page import key_figures, notes, page, percent, swatch, table, thousands
from ..phrases import Phrase
from .calibration import BINS, Reliability

APART, ACROSS = "on another split", "on the other half of the blocks, both ways"
"""Where a temperature was tested."""

FEW_BLOCKS = 10

UNCHANGED_NLL = 1e-3
"""Negative log-likelihoods that differ by less are the same."""


@dataclass(frozen=True)
class Calibration:
    """All that a report tells.

    Args:
        model: The model's title.
        chips: Name of the chips' folder.
        old_temperature: That of its card so far.
        temperature: The fitted one, or the old one where the network is right on all pixels.
        way: `APART` or `ACROSS`.
        splits: The split it was fitted on, and that it was tested on where that is another.
        fitted_pixels: How many labelled pixels it was fitted on.
        before: With the old temperature, on the pixels it was tested on.
        after: With temperatures that were fitted on other pixels.
        names: The classes.
        colours: Their colours.
        class_pixels: Pixels tested of each.
        class_errors_before: Calibration error of each class's probability.
        class_errors_after: Likewise.
        at_edge: Whether the fitted one lies at the end of what is searched.
        threshold: From which probability on a class counts, after the temperature; 0: the most probable one does.
    """

    model: str
    chips: str
    old_temperature: float
    temperature: float
    way: str
    splits: tuple[str, ...]
    fitted_pixels: int
    before: Reliability
    after: Reliability
    names: tuple[str, ...]
    colours: tuple[str, ...]
    class_pixels: tuple[int, ...]
    class_errors_before: tuple[float, ...]
    class_errors_after: tuple[float, ...]
    at_edge: bool
    threshold: float = 0.0

    @property
    def figures(self) -> dict[str, float]:
        """The figures that a model of the modeler may branch on."""
        return {
            "temperature": self.temperature,
            "ece_before": self.before.error,
            "ece_after": self.after.error,
            "nll_before": self.before.nll,
            "nll_after": self.after.nll,
        }

    @property
    def cautions(self) -> tuple[Phrase, ...]:
        """What a reader should know before trusting the temperature."""
        found = []
        if self.splits == ("train",):
            found.append(
                Phrase(
                    "There are neither validation nor test chips. If the model has learnt from these chips, it is "
                    "surer on them than elsewhere, and the temperature is too low."
                )
            )
        if self.at_edge:
            found.append(
                Phrase(
                    "The best temperature lies at the end of what is searched: the network’s scores hardly go with the "
                    "labels, or leave no doubt at all, where the old one is kept. The temperature is "
                    "{temperature:.3g} now. Look at the model’s accuracy first.",
                    temperature=float(self.temperature),
                )
            )
        if self.after.nll - self.before.nll > UNCHANGED_NLL:
            found.append(
                Phrase(
                    "On ground that it was not fitted on, the new temperature is worse than the old one. The blocks of "
                    "ground differ too much, or are too few."
                )
            )
        if self.threshold and self.temperature != self.old_temperature:
            found.append(
                Phrase(
                    "The model has a threshold of {threshold:g}, which acts on its probabilities: with the new "
                    "temperature other pixels reach it, so that the map may change. Of the tested pixels {before} were "
                    "right before, {after} are after.",
                    threshold=float(self.threshold),
                    before=percent(self.before.accuracy),
                    after=percent(self.after.accuracy),
                )
            )
        blocks = len(self.after.counts)
        if blocks < FEW_BLOCKS:
            one = Phrase("The test rests on 1 block of ground only.")
            several = Phrase("The test rests on {count} blocks of ground only.", count=blocks)
            found.append(one if blocks == 1 else several)
        absent = [name for name, pixels in zip(self.names, self.class_pixels) if not pixels]
        if absent:
            found.append(Phrase("The tested chips have none of: {classes}.", classes=", ".join(absent)))
        return tuple(found)


def calibration_page(found: Calibration) -> str:
    """The page."""
    before, after = found.before, found.after
    return page(
        f"Calibration of {found.model}",
        [
            key_figures(
                [
                    ("Temperature", f"{found.temperature:.3f}", f"so far {found.old_temperature:.3f}"),
                    ("Calibration error", percent(after.error), f"before {percent(before.error)}"),
                    ("Negative log-likelihood", f"{after.nll:.3f}", f"before {before.nll:.3f}"),
                    ("Accuracy", percent(after.accuracy), _unchanged(found)),
                ]
            ),
            f"<p>{_told(found)} {_meaning(found)}</p>",
            notes(found.cautions),
            *_on_confidence_and_accuracy(before, after),
            *_on_classes(found),
            "<h2>By confidence</h2>",
            table(
                ("Confidence", "Pixels before", "Right before", "Pixels after", "Right after"),
                [row for place in range(BINS) if (row := _bin_row(before, after, place))],
                numbers=4,
            ),
            "<h2>How it was computed</h2>",
            "<p>The network’s scores are divided by one temperature before the softmax; the temperature is that with "
            "the smallest negative log-likelihood (Guo et al. 2017, arXiv 1706.04599). It changes how sure the network "
            f"says it is, not which class it is surest of.{_deciding(found)} Errors by class after Kull et al. 2019 "
            "(arXiv 1910.12656).</p>",
        ],
    )


def _on_confidence_and_accuracy(before: Reliability, after: Reliability) -> list[str]:
    """The section that shows how sure the network is, and how often right."""
    ranges = before.intervals(), after.intervals()
    errors = [_share(each.error, ends[0]) for each, ends in zip((before, after), ranges)]
    likelihoods = [_plain(each.nll, ends[1]) for each, ends in zip((before, after), ranges)]
    return [
        "<h2>Confidence and accuracy</h2>",
        reliability_chart(_bars(before), _bars(after)),
        "<p>On the dashed line confidence means what it says: of the pixels that are said to be 80 % sure, 80 % "
        "are right. Below it the network is too sure of itself, above it too timid. Large circles stand for many "
        "pixels.</p>",
        table(
            ("", "before", "after"),
            [
                ("Expected calibration error (15 bins)", *errors),
                ("Negative log-likelihood", *likelihoods),
                ("Mean confidence", percent(before.mean_confidence), percent(after.mean_confidence)),
                ("Share that is right", percent(before.accuracy), percent(after.accuracy)),
            ],
            numbers=2,
        ),
        "<p class='faint'>In brackets: 95 % intervals from 1,000 draws of whole blocks of ground. By chance the "
        "calibration error of few pixels is never 0, however good they are; its interval allows for that, and "
        "reaches farther down than up.</p>",
    ]


def _on_classes(found: Calibration) -> list[str]:
    """The section with the error of each class."""
    rows = zip(found.names, found.colours, found.class_pixels, found.class_errors_before, found.class_errors_after)
    return [
        "<h2>By class</h2>",
        table(
            ("Class", "Pixels", "Error before", "Error after"),
            [
                (swatch(colour) + escape(name), thousands(pixels), percent(first), percent(second))
                for name, colour, pixels, first, second in rows
            ],
            numbers=3,
        ),
        "<p class='faint'>How far the probability of each class lies from the share of pixels that are of it, over "
        "all pixels.</p>",
    ]


def _unchanged(found: Calibration) -> str:
    """What a temperature does to accuracy."""
    return f"before {percent(found.before.accuracy)}" if found.threshold else "not changed by a temperature"


def _deciding(found: Calibration) -> str:
    """What else chooses the class, where something does."""
    if not found.threshold:
        return ""
    return f" The threshold of {found.threshold:g} acts after it: what it decides changes, and is what was measured."


def _told(found: Calibration) -> str:
    """What was fitted and tested on what."""
    fitted, tested = thousands(found.fitted_pixels), thousands(found.after.pixels)
    if found.way == APART:
        return (
            f"The temperature was fitted on {fitted} labelled pixels of the <b>{found.splits[0]}</b> chips in the "
            f"folder <i>{escape(found.chips)}</i>, and tested on {tested} pixels of the <b>{found.splits[1]}</b> chips."
        )
    return (
        f"The chips in the folder <i>{escape(found.chips)}</i> have one split to work with (<b>{found.splits[0]}</b>, "
        f"{fitted} labelled pixels). To be tested on other ground than it was fitted on, a temperature was fitted on "
        "half of the blocks and tested on the other half, and the other way round; the figures are of both tests "
        "together. The temperature in the card was fitted on all of them."
    )


def _meaning(found: Calibration) -> str:
    """What the figures say in a sentence."""
    gap = found.before.mean_confidence - found.before.accuracy
    if abs(gap) < 0.01:
        return "Before, the network was as sure as it was right."
    word = "surer" if gap > 0 else "less sure"
    return f"Before, the network was {word} than it was right, by {abs(gap) * 100:.1f} points on average."


def _bars(measured: Reliability) -> list[Bar]:
    counts, said, right = (table.sum(axis=0) for table in (measured.counts, measured.confidence, measured.right))
    return [
        Bar(
            float(said[place] / counts[place]), float(right[place] / counts[place]), float(counts[place] / counts.sum())
        )
        for place in range(BINS)
        if counts[place]
    ]


def _bin_row(before: Reliability, after: Reliability, place: int) -> tuple[str, ...] | None:
    """A row of the table by confidence; `None` where no pixel falls into it."""
    cells: list[str] = []
    for measured in (before, after):
        count, right = float(measured.counts[:, place].sum()), float(measured.right[:, place].sum())
        cells += [thousands(int(count)), percent(right / count) if count else "–"]
    if cells[0] == cells[2] == "0":
        return None
    return f"{100 * place / BINS:.0f} to {100 * (place + 1) / BINS:.0f} %", *cells


def _share(value: float, ends: tuple[float, float]) -> str:
    """A share with its interval, in per cent."""
    return _with_ends(percent(value), f"{100 * ends[0]:.1f} to {100 * ends[1]:.1f}", ends)


def _plain(value: float, ends: tuple[float, float]) -> str:
    """A number with its interval."""
    return _with_ends(f"{value:.3f}", f"{ends[0]:.3f} to {ends[1]:.3f}", ends)


def _with_ends(value: str, written: str, ends: tuple[float, float]) -> str:
    return value if math.isnan(ends[0]) else f'{value}<br><span class="faint">({written})</span>'
