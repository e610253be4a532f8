"""Says what was found or done as a list of sentences, each with its mend, and sets them as a page."""

from __future__ import annotations

import html
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Callable

from ..errors import TerraloomError, Value

OK, NOTE, WARNING, PROBLEM = "ok", "note", "warning", "problem"

Translate = Callable[[str], str]


@dataclass(frozen=True)
class Row:
    """One finding.

    Args:
        template: A sentence with `{named}` places.
        values: What goes into the places of the sentence and of its mend.
        status: `ok`, `note` (neither good nor bad), `warning` or `problem`.
        mend: What to do about it, a template too; empty where there is nothing to do.
    """

    template: str
    values: Mapping[str, Value] = field(default_factory=dict)
    status: str = OK
    mend: str = ""

    @classmethod
    def from_error(cls, error: TerraloomError, status: str = PROBLEM) -> Row:
        """Take an error, which names its own mend, as a finding."""
        return cls(error.template, error.values, status)


@dataclass(frozen=True)
class Report:
    """Findings in the order in which they were made."""

    rows: tuple[Row, ...] = ()

    @property
    def status(self) -> str:
        """The gravest standing of all rows."""
        found = {row.status for row in self.rows}
        return next((status for status in (PROBLEM, WARNING) if status in found), OK)


def to_html(report: Report, title: str, translate: Translate = str) -> str:
    """Set a report as a page that needs no other file.

    Args:
        report: What to show.
        title: Heading, already in the user's language.
        translate: Words a template in the user's language, its places left open.
    """
    rows = "\n".join(_row(row, translate) for row in report.rows)
    heading = html.escape(title)
    return f"""<!DOCTYPE html>
<html><head><meta charset="utf-8"><title>{heading}</title><style>
body {{ font-family: sans-serif; max-width: 60em; margin: 2em auto; padding: 0 1em }}
body {{ color: #222; background: #fff }}
td {{ padding: .35em .6em; vertical-align: top; border-top: 1px solid #ddd; white-space: pre-wrap }}
.ok td:first-child {{ color: #2a7f3f }} .warning td:first-child {{ color: #b36b00 }}
.problem td:first-child {{ color: #b3261e }} .mend {{ font-weight: bold }}
</style></head><body><h1>{heading}</h1><table>
{rows}
</table></body></html>
"""


SIGNS = {OK: "&#10003;", NOTE: "&#183;", WARNING: "!", PROBLEM: "&#10007;"}


def _row(row: Row, translate: Translate) -> str:
    """Set one finding as a table row; texts from outside are escaped."""
    sentence = html.escape(translate(row.template).format(**row.values))
    mend = html.escape(translate(row.mend).format(**row.values)) if row.mend else ""
    extra = f' <span class="mend">{mend}</span>' if mend else ""
    return f'<tr class="{row.status}"><td>{SIGNS[row.status]}</td><td>{sentence}{extra}</td></tr>'
