"""Sets reports as HTML pages that need no other file: headings, tables, notes.

Plain enough for QGIS's own viewer, which knows little of style sheets: widths and colours stand where they apply.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence
from html import escape

STYLE = """
body { font-family: sans-serif; max-width: 60em; margin: 2em auto; padding: 0 1em; line-height: 1.45 }
body { color: #222; background: #fff }
table { border-collapse: collapse; margin: .5em 0 1.5em }
th, td { text-align: left; padding: .3em .8em; border-top: 1px solid #ddd; vertical-align: top }
th { font-weight: bold } .number { text-align: right; white-space: nowrap }
.note { color: #7a4b00 } .faint { color: #666 } h2 { margin-top: 1.6em }
.large { font-size: x-large; font-weight: bold }
img { max-width: 100%; height: auto } .wide { overflow-x: auto }
.wide td, .wide th { padding: .3em .5em; font-size: .93em } .caption { margin-top: -.5em }
.wide table { margin-bottom: .3em }
.wide .figures { margin-bottom: .8em } .figures div { max-width: 16em }
.wide .figures td { border: 0; padding: 0 .7em; font-size: 1em }
pre { background: #f4f4f2; padding: .8em; white-space: pre-wrap }
"""


def page(title: str, parts: Iterable[str]) -> str:
    """A page of ready HTML under its title."""
    heading = escape(title)
    body = "\n".join(parts)
    return (
        f'<!DOCTYPE html>\n<html lang="en"><head><meta charset="utf-8"><title>{heading}</title>'
        f"<style>{STYLE}</style></head><body><h1>{heading}</h1>\n{body}\n</body></html>\n"
    )


def table(heads: Sequence[str], rows: Iterable[Sequence[str]], numbers: int = 0) -> str:
    """Rows of ready HTML under plain heads.

    Args:
        heads: Empty texts only: no heads.
        rows: The cells.
        numbers: How many columns after the first are numbers, which stand at the right.
    """
    name = ' style="white-space:nowrap"'  # QGIS's viewer squeezes what may wrap beside what may not

    def cells(tag: str, texts: Sequence[str]) -> str:
        return "".join(
            f'<{tag} class="number" align="right">{text}</{tag}>'
            if 0 < place <= numbers
            else f"<{tag}{name if numbers and not place else ''}>{text}</{tag}>"
            for place, text in enumerate(texts)
        )

    head = f"<tr>{cells('th', [escape(text) for text in heads])}</tr>\n" if any(heads) else ""
    body = "".join(f"<tr>{cells('td', row)}</tr>\n" for row in rows)
    return f'<table cellspacing="0" cellpadding="4">{head}{body}</table>'


def key_figures(figures: Iterable[tuple[str, str, str]]) -> str:
    """The figures that are looked for first, side by side: each a name, a value, and what must be known of it."""
    rows = zip(
        *(
            (
                f'<td style="white-space:nowrap">{escape(name)}</td>',
                f'<td style="white-space:nowrap"><span class="large">{escape(value)}</span></td>',
                f'<td class="faint"><div>{escape(remark)}</div></td>',
            )
            for name, value, remark in figures
        )
    )
    body = "\n".join(f"<tr>{''.join(cells)}</tr>" for cells in rows)
    return f'<div class="wide"><table class="figures" cellspacing="0" cellpadding="0">{body}</table></div>'


def counted(number: int, one: str, several: str) -> str:
    """A number with what is counted, as plain text."""
    return f"{number:,} {one if number == 1 else several}"


def percent(share: float) -> str:
    """A share in per cent, a dash where it is undefined."""
    return "–" if math.isnan(share) else f"{100 * share:.1f} %"


def notes(texts: Sequence[str]) -> str:
    """What a reader should know before trusting the figures; empty where there is nothing."""
    return "".join(f'<p class="note"><b>!</b> {escape(text)}</p>\n' for text in texts)


def swatch(colour: str) -> str:
    """A small square of a colour, or nothing where none is known."""
    return f'<span style="color:{escape(colour)}">&#9632;</span>&nbsp;' if colour else ""


def thousands(number: int) -> str:
    """A whole number with thin spaces, which break no line."""
    return f"{number:,}".replace(",", "&#8239;")
