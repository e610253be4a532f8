"""Draws small charts for reports, as SVG inside the page: curves, reliability diagrams, values with their intervals.

They are images with a description, not bare SVG: QGIS's own viewer knows no other way, and readers who see nothing get
the description. All figures of a chart also stand in a table beside it.
"""

from __future__ import annotations

import base64
import math
from collections.abc import Sequence
from dataclasses import dataclass
from html import escape

INK, FAINT, GRID = "#333333", "#777777", "#dddddd"
BLUE, RED, GREEN, ORANGE = "#4477AA", "#EE6677", "#228833", "#CCBB44"
COLOURS = (BLUE, RED, GREEN, ORANGE, "#66CCEE", "#AA3377")
"""Paul Tol's "bright" scheme, told apart by colour-blind readers too."""

LEFT, TOP, RIGHT, BOTTOM = 56, 12, 14, 44
"""Room around the plot, in px."""

KEY_ROW_PX, CHARACTER_PX = 18, 7
"""What a row of the key takes, and about a character in it."""


@dataclass(frozen=True)
class Curve:
    """A line of a chart.

    Args:
        name: What it is called in the key.
        x: Where its points lie.
        y: Their values; NaN leaves a gap.
    """

    name: str
    x: Sequence[float]
    y: Sequence[float]


@dataclass(frozen=True)
class Bar:
    """A bin of a reliability diagram.

    Args:
        confidence: Mean confidence in it, 0–1.
        accuracy: Share that is right, 0–1.
        share: Share of all pixels that fall into it, 0–1.
    """

    confidence: float
    accuracy: float
    share: float


@dataclass(frozen=True)
class Interval:
    """A value with its interval, NaN where undefined."""

    name: str
    value: float
    low: float
    high: float
    colour: str = BLUE


@dataclass(frozen=True)
class _Plot:
    """The plane of a chart: what ranges it shows in how many pixels, below how many for its key."""

    width: int
    height: int
    x: tuple[float, float]
    y: tuple[float, float]
    top: int = TOP

    def at(self, x: float, y: float) -> tuple[float, float]:
        """Where a point lies, in px from the upper left corner."""
        across = (x - self.x[0]) / ((self.x[1] - self.x[0]) or 1)
        up = (y - self.y[0]) / ((self.y[1] - self.y[0]) or 1)
        width, height = self.width - LEFT - RIGHT, self.height - self.top - BOTTOM
        return LEFT + across * width, self.height - BOTTOM - up * height

    def frame(self, x_label: str, y_label: str, x_ticks: Sequence[float], y_ticks: Sequence[float]) -> list[str]:
        """Grid, ticks and labels of the axes."""
        parts = []
        for value in x_ticks:
            x, bottom = self.at(value, self.y[0])
            parts += [_line(x, self.top, x, bottom, GRID), _text(x, bottom + 15, _tick(value), "middle")]
        for value in y_ticks:
            left, y = self.at(self.x[0], value)
            parts += [_line(left, y, self.width - RIGHT, y, GRID), _text(left - 6, y + 4, _tick(value), "end")]
        middle = (LEFT + self.width - RIGHT) / 2, (self.top + self.height - BOTTOM) / 2
        parts.append(_text(middle[0], self.height - 8, x_label, "middle", INK))
        turned = f'transform="rotate(-90 13 {middle[1]:.1f})"'
        parts.append(_text(13, middle[1], y_label, "middle", INK, turned))
        return parts


def line_chart(curves: Sequence[Curve], x_label: str, y_label: str, size: tuple[int, int] = (560, 260)) -> str:
    """Curves over one another, under a key.

    Args:
        curves: What to draw; those without a finite point are named in the key only.
        x_label: Name of the axis.
        y_label: Name of the axis.
        size: Width and height in px, without the key.
    """
    points = [
        (x, y) for curve in curves for x, y in zip(curve.x, curve.y) if math.isfinite(x) and math.isfinite(y)
    ] or [(0.0, 0.0), (1.0, 1.0)]
    xs, ys = zip(*points)
    x_ticks, y_ticks = _ticks(min(xs), max(xs), are_whole=all(x == int(x) for x in xs)), _ticks(min(ys), max(ys))
    key, key_px = _key([curve.name for curve in curves], COLOURS, size[0])
    size = size[0], size[1] + key_px
    across = min(x for x, _ in points), max(x for x, _ in points)
    plot = _Plot(*size, across, (y_ticks[0], y_ticks[-1]), TOP + key_px)
    inside = [value for value in x_ticks if plot.x[0] <= value <= plot.x[1]]
    parts = plot.frame(x_label, y_label, inside, y_ticks)
    for number, curve in enumerate(curves):
        colour = COLOURS[number % len(COLOURS)]
        for run in _runs(curve):
            places = " ".join("{:.1f},{:.1f}".format(*plot.at(x, y)) for x, y in run)
            parts.append(f'<polyline points="{places}" fill="none" stroke="{colour}" stroke-width="2"/>')
    return image(size, parts + key, f"{y_label} over {x_label}: " + ", ".join(curve.name for curve in curves))


def histogram_chart(counts: Sequence[int], x_label: str, size: tuple[int, int] = (560, 240)) -> str:
    """Bars of equal width over 0 to 1, as shares of all that is counted.

    Args:
        counts: How much falls into each bar.
        x_label: Name of the axis.
        size: Width and height in px.
    """
    total = sum(counts) or 1
    shares = [100 * count / total for count in counts]
    y_ticks = _ticks(0.0, max(shares))
    plot = _Plot(*size, (0.0, 1.0), (0.0, y_ticks[-1]))
    parts = plot.frame(x_label, "% of the pixels", [fifth / 5 for fifth in range(6)], y_ticks)
    for place, share in enumerate(shares):
        (left, top), (right, bottom) = plot.at(place / len(shares), share), plot.at((place + 1) / len(shares), 0.0)
        parts.append(
            f'<rect x="{left:.1f}" y="{top:.1f}" width="{max(0.5, right - left - 1):.1f}" '
            f'height="{bottom - top:.1f}" fill="{BLUE}"/>'
        )
    return image(size, parts, f"Histogram: share of the pixels over {x_label}")


def reliability_chart(before: Sequence[Bar], after: Sequence[Bar], size: tuple[int, int] = (360, 340)) -> str:
    """Accuracy over confidence, before and after: on the diagonal, confidence means what it says.

    Circles grow with the share of pixels in their bin.
    """
    key, key_px = _key(("before", "after"), (RED, BLUE), size[0])
    size = size[0], size[1] + key_px
    plot = _Plot(*size, (0.0, 1.0), (0.0, 1.0), TOP + key_px)
    steps = [tenth / 10 for tenth in range(0, 11, 2)]
    parts = plot.frame("Confidence", "Share that is right", steps, steps)
    (x0, y0), (x1, y1) = plot.at(0, 0), plot.at(1, 1)
    parts.append(_line(x0, y0, x1, y1, FAINT, 'stroke-dasharray="5 4"'))
    for bars, colour in ((before, RED), (after, BLUE)):
        shown = [bar for bar in bars if bar.share > 0]
        places = [plot.at(bar.confidence, bar.accuracy) for bar in shown]
        line = " ".join(f"{x:.1f},{y:.1f}" for x, y in places)
        parts.append(f'<polyline points="{line}" fill="none" stroke="{colour}" stroke-width="1.5"/>')
        for bar, (x, y) in zip(shown, places):
            radius = 2 + 14 * math.sqrt(bar.share)
            parts.append(
                f'<circle cx="{x:.1f}" cy="{y:.1f}" r="{radius:.1f}" fill="{colour}" fill-opacity="0.35" '
                f'stroke="{colour}"/>'
            )
    parts += key
    return image(size, parts, "Share of pixels that are right over their confidence, before and after calibration")


def interval_chart(
    intervals: Sequence[Interval], x_label: str, width: int = 560, undefined: str = "no reference"
) -> str:
    """Values from 0 to 1 with their intervals, one under the other.

    Args:
        intervals: What to draw.
        x_label: Name of the axis.
        width: In px.
        undefined: Stands where there is no value.
    """
    room = min(220, 20 + 7 * max((len(each.name) for each in intervals), default=0))
    row = 24
    height = row * len(intervals) + 44
    right = width - RIGHT

    def at(value: float) -> float:
        return room + value * (right - room)

    parts = []
    for tenth in range(0, 11, 2):
        x = at(tenth / 10)
        parts += [_line(x, 4, x, height - 38, GRID), _text(x, height - 24, _tick(tenth / 10), "middle")]
    parts.append(_text((room + right) / 2, height - 7, x_label, "middle", INK))
    for number, each in enumerate(intervals):
        y = 4 + row * (number + 0.5)
        name = each.name if len(each.name) <= 28 else each.name[:27] + "…"
        parts.append(_text(room - 8, y + 4, name, "end", INK))
        if math.isfinite(each.low) and math.isfinite(each.high):
            parts.append(
                _line(at(each.low), y, at(each.high), y, each.colour, 'stroke-width="4" stroke-opacity="0.45"')
            )
        if math.isfinite(each.value):
            circle = f'<circle cx="{at(each.value):.1f}" cy="{y:.1f}" r="5"'
            parts.append(f'{circle} fill="{each.colour}" stroke="{INK}" stroke-width="0.5"/>')
        else:
            parts.append(_text(room + 6, y + 4, undefined, "start"))
    told = "; ".join(f"{each.name} {each.value:.2f}" for each in intervals if math.isfinite(each.value))
    return image((width, height), parts, f"{x_label}: {told}")


def _runs(curve: Curve) -> list[list[tuple[float, float]]]:
    """The pieces of a curve between its gaps."""
    runs: list[list[tuple[float, float]]] = [[]]
    for x, y in zip(curve.x, curve.y):
        if math.isfinite(x) and math.isfinite(y):
            runs[-1].append((float(x), float(y)))
        elif runs[-1]:
            runs.append([])
    return [run for run in runs if run]


def _ticks(low: float, high: float, are_whole: bool = False) -> list[float]:
    """About five round numbers that enclose a range, whole ones where what is told is counted."""
    span = (high - low) or abs(high) or 1.0
    rough = max(span / 5, float(are_whole))
    power = 10.0 ** math.floor(math.log10(rough))
    step = next(times * power for times in (1, 2, 5, 10) if times * power >= rough)
    first, last = math.floor(low / step), math.ceil(high / step)
    return [number * step for number in range(first, max(last, first + 1) + 1)]


def _tick(value: float) -> str:
    return f"{value:.4g}"


def _key(names: Sequence[str], colours: Sequence[str], width: int) -> tuple[list[str], int]:
    """The key above a plot, in as many rows as its names take, and how high it is in px."""
    parts, x, row = [], LEFT, 0
    for number, name in enumerate(names):
        entry = 14 + CHARACTER_PX * len(name)
        if x > LEFT and x + entry > width - RIGHT:
            x, row = LEFT, row + 1
        y = TOP + KEY_ROW_PX * row
        parts.append(f'<rect x="{x}" y="{y - 5}" width="10" height="10" fill="{colours[number % len(colours)]}"/>')
        parts.append(_text(x + 14, y + 4, name, "start", INK))
        x += entry + 14
    return parts, KEY_ROW_PX * (row + 1) if names else 0


def _line(x0: float, y0: float, x1: float, y1: float, colour: str, more: str = "") -> str:
    return f'<line x1="{x0:.1f}" y1="{y0:.1f}" x2="{x1:.1f}" y2="{y1:.1f}" stroke="{colour}" {more}/>'


def _text(x: float, y: float, text: str, anchor: str, colour: str = FAINT, more: str = "") -> str:
    return (
        f'<text x="{x:.1f}" y="{y:.1f}" font-family="sans-serif" font-size="12" fill="{colour}" '
        f'text-anchor="{anchor}" {more}>{escape(text)}</text>'
    )


def image(size: tuple[int, int], parts: Sequence[str], description: str) -> str:
    """Wrap the parts of a drawing as an image in the page."""
    width, height = size
    drawing = (
        f'<svg xmlns="http://www.w3.org/2000/svg" width="{width}" height="{height}" viewBox="0 0 {width} {height}">'
        f'<rect width="{width}" height="{height}" fill="#ffffff"/>{"".join(parts)}</svg>'
    )
    data = base64.b64encode(drawing.encode()).decode()
    return (
        f'<p><img src="data:image/svg+xml;base64,{data}" width="{width}" height="{height}" '
        f'alt="{escape(description)}"></p>'
    )
