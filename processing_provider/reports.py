"""Shows a report of the environment: in the log of Processing, and as a page where one is wanted."""

from __future__ import annotations

from pathlib import Path

from qgis.core import QgsProcessingFeedback

from ..engine.environment.report import OK, Report, to_html
from ..engine.errors import OutputError
from .texts import tr, word


def show(report: Report, page: str, feedback: QgsProcessingFeedback) -> None:
    """Log each finding, and write all to the HTML file `page` unless that is empty.

    Raises:
        OutputError: The file cannot be written.
    """
    for row in report.rows:
        say = feedback.pushInfo if row.status == OK else feedback.pushWarning
        say(" ".join(word(text, **row.values) for text in (row.template, row.mend) if text))
    if page:
        html = to_html(report, tr("Terraloom's environment"), tr)
        try:
            Path(page).write_text(html, "utf-8")
        except OSError as error:
            raise OutputError("{path} cannot be written: {reason}.", path=page, reason=str(error.strerror)) from error
