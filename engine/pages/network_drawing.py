"""Draws a network as a picture in SVG: its parts from left to right, the levels that each gives, and what flows.

Fine levels stand at the top, coarse ones below, so that a U-Net looks like one. All attributes are plain: a browser and
Qt's own renderer show the same. `DARK` is for dark ground; a page may instead override the classes by style sheet.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from html import escape

WIDTH_PX = 900
"""Width that most networks fit into; longer ones get wider."""

PITCH_PX, MOST_PITCH_PX = 112, 190
BOX_PX, BOX_HEIGHT_PX = 84, 34
ROW_PX, INPUT_ROW_PX = 58, 80
TOP_PX, BOTTOM_PX, SIDE_PX = 74, 40, 12
SHADOW_PX = 4
LINE_LETTERS = 16
"""Letters of a title's line."""


@dataclass(frozen=True)
class Feature:
    """One feature map.

    Args:
        channels: Its channels.
        stride_px: Distance of its values in pixels of the image; 0: one vector for the whole image.
    """

    channels: int
    stride_px: int

    @property
    def words(self) -> str:
        """How it is written into its box."""
        size = "image" if not self.stride_px else "1/1" if self.stride_px == 1 else f"1/{self.stride_px}"
        return f"{self.channels} · {size}"


@dataclass(frozen=True)
class Box:
    """One part.

    Args:
        family: `input`, `fusion`, `encoder`, `neck` or `head`: decides the colour.
        title: What it is called.
        note: A line below the title: parameters, dates.
        gives: The feature maps that it gives, fine to coarse.
        inner: Those that it makes on the way, which go no further, likewise.
        copies: How many stand behind one another: dates, or an encoder for each input.
    """

    family: str
    title: str
    note: str
    gives: tuple[Feature, ...]
    inner: tuple[Feature, ...] = ()
    copies: int = 1


@dataclass(frozen=True)
class Palette:
    """Colours on one ground.

    Args:
        ink: Text.
        quiet: Lines and notes.
        fills: Of the boxes, by family.
    """

    ink: str
    quiet: str
    fills: dict[str, str]


LIGHT = Palette(
    "#22251f",
    "#6b6f66",
    {"input": "#e9e4d4", "fusion": "#f3d9a8", "encoder": "#bfdcc4", "neck": "#c9d9ee", "head": "#f0c4ad"},
)
DARK = Palette(
    "#eef0ea",
    "#9aa095",
    {"input": "#4b473a", "fusion": "#6b5423", "encoder": "#2f5b3c", "neck": "#304d70", "head": "#75422b"},
)

STYLE = "\n".join(
    (
        ".drawing { width: 100%; height: auto }",
        "@media (prefers-color-scheme: dark) {",
        f".drawing .ink {{ fill: {DARK.ink} }} .drawing .quiet {{ fill: {DARK.quiet} }}",
        f".drawing .line {{ stroke: {DARK.quiet} }} .drawing .tip {{ fill: {DARK.quiet} }}",
        *(f".drawing .{family} {{ fill: {fill}; stroke: {DARK.quiet} }}" for family, fill in DARK.fills.items()),
        "}",
    )
)
"""What a page adds to have a drawing made with `LIGHT` follow the reader's dark mode."""


def draw(inputs: Sequence[Box], parts: Sequence[Box], palette: Palette = LIGHT) -> str:
    """Draw a network.

    Args:
        inputs: What it reads; each gives one feature map.
        parts: Fusion, encoder, necks and head in the order that data goes.
        palette: Colours.

    Returns:
        An `<svg>` element that needs nothing else.
    """
    sketch = _Sketch(inputs, parts)
    ink = _Ink(palette)
    body = [*_arrows(sketch, ink)]
    for place, box in enumerate(inputs):
        body += _input(box, sketch.column_px(0), sketch.input_px(place), ink)
    for column, box in enumerate(parts, start=1):
        body += _title(box, sketch.column_px(column), ink)
        body += _levels(box, parts[column - 2 : column - 1], sketch.column_px(column), sketch, ink)
    legend = "Numbers: channels, and size as a share of the image's"
    body.append(ink.text(SIDE_PX, sketch.height_px - 10, legend, "quiet", 11, "start"))
    label = escape(" to ".join(box.title for box in (*inputs[:1], *parts)), quote=True)
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" class="drawing" role="img" aria-label="{label}" '
        f'viewBox="0 0 {sketch.width_px} {sketch.height_px}" width="{sketch.width_px}" height="{sketch.height_px}" '
        f'font-family="sans-serif">\n' + "\n".join(body) + "\n</svg>"
    )


class _Sketch:
    """Where things stand.

    Args:
        inputs: What the network reads.
        parts: Its parts.
    """

    def __init__(self, inputs: Sequence[Box], parts: Sequence[Box]) -> None:
        self.inputs, self.parts = inputs, parts
        strides = {feature.stride_px for box in (*inputs, *parts) for feature in (*box.gives, *box.inner)}
        self.rows = [*sorted(strides - {0}), *(strides & {0})]  # a vector of the whole image is coarser than all
        room_px = WIDTH_PX - 2 * SIDE_PX - BOX_PX
        self.pitch_px = min(MOST_PITCH_PX, max(PITCH_PX, room_px // len(parts)))
        self.width_px = max(WIDTH_PX, 2 * SIDE_PX + BOX_PX + self.pitch_px * len(parts))
        self.start_px = (self.width_px - BOX_PX - self.pitch_px * len(parts)) // 2
        self.height_px = TOP_PX + max(ROW_PX * len(self.rows), INPUT_ROW_PX * len(inputs)) + BOTTOM_PX

    def column_px(self, column: int) -> int:
        """Left edge of a column's boxes."""
        return self.start_px + column * self.pitch_px

    def row_px(self, stride_px: int) -> int:
        """Middle of a level's row."""
        return TOP_PX + ROW_PX * self.rows.index(stride_px) + BOX_HEIGHT_PX // 2

    def input_px(self, place: int) -> int:
        """Middle of an input's box: inputs stand below one another, whatever the rows mean."""
        return TOP_PX + INPUT_ROW_PX * place + BOX_HEIGHT_PX // 2


@dataclass(frozen=True)
class _Ink:
    """Writes single elements."""

    palette: Palette

    def text(self, x: int, y: int, words: str, kind: str = "ink", size: int = 12, anchor: str = "middle") -> str:
        fill = self.palette.ink if kind == "ink" else self.palette.quiet
        return (
            f'<text class="{kind}" x="{x}" y="{y}" font-size="{size}" text-anchor="{anchor}" fill="{fill}">'
            f"{escape(words)}</text>"
        )

    def box(self, family: str, x: int, y: int) -> str:
        """A box whose left edge is `x` and whose middle is `y`."""
        return (
            f'<rect class="{family}" x="{x}" y="{y - BOX_HEIGHT_PX // 2}" width="{BOX_PX}" height="{BOX_HEIGHT_PX}" '
            f'rx="4" fill="{self.palette.fills[family]}" stroke="{self.palette.quiet}" stroke-width="1"/>'
        )

    def arrow(self, points: Sequence[tuple[int, int]]) -> list[str]:
        """A line with a tip at its end; the tip points along the last piece."""
        path = "M" + " L".join(f"{x} {y}" for x, y in points)
        (x0, y0), (x, y) = points[-2], points[-1]
        if x != x0:
            tip = f"{x},{y} {x - 7},{y - 4} {x - 7},{y + 4}"
        else:
            back = 7 if y > y0 else -7
            tip = f"{x},{y} {x - 4},{y - back} {x + 4},{y - back}"
        return [
            f'<path class="line" d="{path}" fill="none" stroke="{self.palette.quiet}" stroke-width="1.5"/>',
            f'<polygon class="tip" points="{tip}" fill="{self.palette.quiet}"/>',
        ]


def _title(box: Box, x: int, ink: _Ink) -> Iterator[str]:
    """A part's name in up to two lines, and its note, above its column."""
    middle = x + BOX_PX // 2
    lines = _wrapped(box.title)
    for number, line in enumerate(lines):
        yield ink.text(middle, 18 + 15 * (number + 2 - len(lines)), line, size=13)
    yield ink.text(middle, 50, box.note, "quiet", 11)


def _wrapped(title: str) -> list[str]:
    """A title in one line or two."""
    lines = [""]
    for word in title.split():
        if lines[-1] and len(lines[-1]) + 1 + len(word) > LINE_LETTERS and len(lines) < 2:
            lines.append(word)
        else:
            lines[-1] = f"{lines[-1]} {word}".strip()
    return lines


def _input(box: Box, x: int, y: int, ink: _Ink) -> Iterator[str]:
    """An input: its name above its box, its note below."""
    middle = x + BOX_PX // 2
    yield ink.text(middle, y - BOX_HEIGHT_PX // 2 - 8 - SHADOW_PX * min(box.copies - 1, 2), box.title, size=13)
    yield from _stack(box, box.gives[0], x, y, ink)
    yield ink.text(middle, y + BOX_HEIGHT_PX // 2 + 14, box.note, "quiet", 11)


def _stack(box: Box, feature: Feature, x: int, y: int, ink: _Ink) -> Iterator[str]:
    """The box of a feature map, and those behind it."""
    for copy in range(min(box.copies, 3) - 1, 0, -1):
        yield ink.box(box.family, x + SHADOW_PX * copy, y - SHADOW_PX * copy)
    yield ink.box(box.family, x, y)
    yield ink.text(x + BOX_PX // 2, y + 4, feature.words)


def _levels(box: Box, before: Sequence[Box], x: int, sketch: _Sketch, ink: _Ink) -> Iterator[str]:
    """The levels of a part, those within drawn alike, and the arrows between those of which one is made from another.

    Args:
        box: The part.
        before: The part before it, if any.
        x: Left edge of its column.
        sketch: Where things stand.
        ink: Draws.
    """
    shown = _shown(box)
    for feature in shown:
        yield from _stack(box, feature, x, sketch.row_px(feature.stride_px), ink)
    entered = {feature.stride_px for part in before for feature in part.gives}
    downward = box.family == "encoder"
    if not (downward or box.inner or any(feature.stride_px not in entered for feature in shown)):
        return
    middle = x + BOX_PX // 2
    for fine, coarse in zip(shown, shown[1:]):
        ends = [sketch.row_px(fine.stride_px), sketch.row_px(coarse.stride_px)]
        line = [(middle, ends[0] + BOX_HEIGHT_PX // 2), (middle, ends[1] - BOX_HEIGHT_PX // 2)]
        yield from ink.arrow(line if downward else line[::-1])


def _shown(box: Box) -> list[Feature]:
    """The levels of a part from fine to coarse, one for each stride: those it gives before those within."""
    by_stride = {feature.stride_px: feature for feature in (*box.inner, *box.gives)}
    return sorted(by_stride.values(), key=lambda feature: feature.stride_px or 1 << 30)


def _arrows(sketch: _Sketch, ink: _Ink) -> Iterator[str]:
    """What flows from part to part: straight where both have the level, bent where one has not."""
    first = sketch.parts[0]
    for place in range(len(sketch.inputs)):
        target = sketch.row_px(_shown(first)[0].stride_px)
        start = sketch.column_px(0) + BOX_PX + (SHADOW_PX * 2 if sketch.inputs[place].copies > 1 else 0)
        yield from _flow(start, sketch.input_px(place), sketch.column_px(1), target, ink)
    for column, (before, after) in enumerate(zip(sketch.parts, sketch.parts[1:]), start=1):
        takes = {feature.stride_px: sketch.row_px(feature.stride_px) for feature in _shown(after)}
        start = sketch.column_px(column) + BOX_PX + (SHADOW_PX * min(before.copies - 1, 2))
        for feature in before.gives:
            y = sketch.row_px(feature.stride_px)
            target = takes.get(feature.stride_px) or _nearest(y, list(takes.values()))
            yield from _flow(start, y, sketch.column_px(column + 1), target, ink)


def _flow(start: int, y: int, end: int, target: int, ink: _Ink) -> Iterator[str]:
    """An arrow from one box to another, with one bend half way where their rows differ."""
    bend = (start + end) // 2
    points = [(start, y), (end, target)] if y == target else [(start, y), (bend, y), (bend, target), (end, target)]
    yield from ink.arrow(points)


def _nearest(y: int, rows_px: Sequence[int]) -> int:
    """The row that is nearest."""
    return min(rows_px, key=lambda row: abs(row - y))
