"""Shows what a network is like while it is being composed: figures in words, and a drawing.

The worker is asked from a thread, a moment after the last change, and never twice at once; what the user sees is never
waited for.
"""

from __future__ import annotations

import threading
from typing import Any, Callable

from qgis.PyQt.QtCore import QByteArray, QObject, QRectF, QSize, QTimer, pyqtSignal
from qgis.PyQt.QtGui import QPainter, QPalette
from qgis.PyQt.QtSvg import QSvgRenderer
from qgis.PyQt.QtWidgets import QLabel, QSizePolicy, QVBoxLayout, QWidget

from ..engine.environment import state
from ..engine.errors import CancelledError, TerraloomError
from ..engine.progress import Silent
from ..engine.requests.compose_network import ComposeNetwork
from .texts import tr, word_error

PAUSE_MS = 400
"""How long nothing must change before the worker is asked."""

DRAWING_PX = 160
"""Height of the drawing at least."""

LIGHT_RED, DARK_RED = "#b3261e", "#ff8a80"


class CompositionSummary(QWidget):
    """Figures and drawing of the network that the user composes.

    Args:
        ask: Gives the request as things stand, or a sentence why there can be none.
    """

    def __init__(self, ask: Callable[[], ComposeNetwork | str]) -> None:
        super().__init__()
        self._ask = ask
        self._shown: ComposeNetwork | None = None
        self._asked: ComposeNetwork | None = None
        self._question: _Question | None = None
        self._figures: dict[str, Any] = {}
        self._pause = QTimer(self)
        self._pause.setSingleShot(True)
        self._pause.setInterval(PAUSE_MS)
        self._pause.timeout.connect(self._look)
        self.words = QLabel()
        self.words.setWordWrap(True)
        self.drawing = Drawing()
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Maximum)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 6, 0, 0)
        layout.addWidget(self.words)
        layout.addWidget(self.drawing)

    def renew(self) -> None:
        """Ask again, a moment after the last change, while somebody looks."""
        if self.isVisible():
            self._pause.start()

    def showEvent(self, event):  # noqa: N802 - Qt's name
        super().showEvent(event)
        self.renew()

    def hideEvent(self, event):  # noqa: N802 - Qt's name
        """Ask no more where nobody looks (the dialog is closed, or shows its log), and let go of an open question."""
        super().hideEvent(event)
        self._pause.stop()
        if self._question is not None:
            self._question.given_up.set()
        self._question = self._asked = None

    def _look(self) -> None:
        """Show why there is no network, or ask the worker about it, unless it is busy with another."""
        request = self._ask()
        if isinstance(request, str):
            self._asked = None
            self._complain(request)
        elif request == self._shown:
            self._asked = None
            self._tell()
        else:
            self._asked = request
            self._say(tr("Computing…"))
            if self._question is None:
                self._put()

    def _put(self) -> None:
        self._question = _Question(self._asked)
        self._question.answered.connect(self._take)
        threading.Thread(target=self._question.put, daemon=True).start()

    def _take(self, request: ComposeNetwork, answer: Any) -> None:
        """Show an answer, unless the user has changed something meanwhile: then ask about that."""
        self._question = None
        if self._asked is None:
            return
        if request != self._asked:
            self._put()
            return
        self._asked = None
        if isinstance(answer, TerraloomError):
            self._shown = None
            self._complain(word_error(answer))
            return
        self._shown, self._figures = request, answer
        self._tell()

    def _tell(self) -> None:
        """Show the figures and the drawing."""
        figures = self._figures
        self._say(" · ".join(_sentences(figures)))
        self.drawing.show_svg(figures["drawings"]["dark" if self._is_dark() else "light"])

    def _complain(self, sentence: str) -> None:
        self._say(sentence, DARK_RED if self._is_dark() else LIGHT_RED)
        self.drawing.show_svg("")

    def _say(self, words: str, colour: str = "") -> None:
        self.words.setStyleSheet(f"color: {colour}" if colour else "")
        self.words.setText(words)

    def _is_dark(self) -> bool:
        return self.palette().color(QPalette.ColorRole.Window).lightness() < 128


class _Question(QObject):
    """One question to the worker.

    It belongs to nobody, so that its thread may outlive the dialog.

    Args:
        request: What is asked.
    """

    answered = pyqtSignal(object, object)

    def __init__(self, request: ComposeNetwork | None) -> None:
        super().__init__()
        self.request = request
        self.given_up = threading.Event()

    def put(self) -> None:
        """Ask, in a thread, and tell the answer: figures, or the error."""
        from ..engine.worker import pool

        answer: Any
        try:
            answer = pool.run_task(
                state.worker_python(), "compose_network", self.request, Silent(), self.given_up.is_set
            ).metrics
        except CancelledError:
            return
        except TerraloomError as error:
            answer = error
        if not self.given_up.is_set():
            self.answered.emit(self.request, answer)


class Drawing(QWidget):
    """An SVG picture in its own size, or smaller where there is less room, its proportions kept."""

    def __init__(self) -> None:
        super().__init__()
        self._svg = QSvgRenderer()
        self.setMinimumHeight(DRAWING_PX)

    @property
    def is_empty(self) -> bool:
        """Whether nothing is drawn."""
        return not self._svg.isValid()

    def show_svg(self, text: str) -> None:
        """Show a picture; nothing where the text is empty."""
        self._svg = QSvgRenderer(QByteArray(text.encode("utf-8"))) if text else QSvgRenderer()
        self.updateGeometry()
        self.update()

    def sizeHint(self):
        """As large as the picture; what a dialog has more is for its parameters."""
        return self._svg.defaultSize().expandedTo(QSize(0, DRAWING_PX))

    def paintEvent(self, event):  # noqa: N802 - Qt's name
        if self.is_empty:
            return
        size = self._svg.defaultSize()
        scale = min(self.width() / size.width(), self.height() / size.height(), 1.0)
        width, height = size.width() * scale, size.height() * scale
        painter = QPainter(self)
        self._svg.render(painter, QRectF((self.width() - width) / 2, 0, width, height))
        painter.end()


def _sentences(figures: dict[str, Any]) -> list[str]:
    """The figures in words."""
    seams = {
        "exact": tr("sees {radius} px to each side · seams exact"),
        "blended": tr("sees the whole tile ({operations}) · seams blended"),
        "none": tr("says one thing of each image"),
    }[figures["seams"]]
    return [
        tr("{count:,} parameters ({size:.1f} MB)").format(
            count=figures["parameters"], size=figures["parameters"] * 4 / 1e6
        ),
        tr("{count:,.0f} FLOP/px").format(count=figures["flops_per_px"]),
        seams.format(radius=figures["radius_px"], operations=", ".join(figures["global_operations"])),
        tr("stride {stride} px").format(stride=figures["stride_px"]),
    ]
