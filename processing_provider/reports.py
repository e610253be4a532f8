"""Shows a report of the environment: in the log of Processing, and as a page where one is wanted."""

from __future__ import annotations

from pathlib import Path

from qgis.core import QgsProcessingFeedback

from ..engine.environment.report import OK, Report, to_html
from .texts import tr, word


def show(report: Report, page: str, feedback: QgsProcessingFeedback) -> None:
    """Log each finding, and write all to the HTML file `page` unless that is empty."""
    for row in report.rows:
        say = feedback.pushInfo if row.status == OK else feedback.pushWarning
        say(" ".join(word(text, **row.values) for text in (row.template, row.mend) if text))
    if page:
        Path(page).write_text(to_html(report, tr("Terraloom's environment"), tr), "utf-8")
