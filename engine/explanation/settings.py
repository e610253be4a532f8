"""Chooses how often a network is asked and how finely an image is cut, where the user leaves that open."""

from __future__ import annotations

from dataclasses import dataclass, replace

from ..errors import InputError
from ..requests.explain_prediction import ABLATION, INTEGRATED, LIME, OCCLUSION, SHAP, Method
from .features import side_for

USUAL = {OCCLUSION: 64, LIME: 64, SHAP: 64, ABLATION: 64, INTEGRATED: 24}
"""Evaluations, or steps, that a window takes where nobody says how many: some seconds for the bundled networks."""

COARSE = 4
"""The quick check takes so many times fewer evaluations, on coarser features."""

LEAST_STEPS = 4
"""Steps of integrated gradients in a check."""


@dataclass(frozen=True)
class Effort:
    """How often and how finely.

    Args:
        samples: Evaluations, or steps; 0 where the method has no choice.
        window_px: Side of windows, blocks or superpixels; 0 where it has none.
    """

    samples: int
    window_px: int


def effort_of(method: Method, rows: int, cols: int, channels: int) -> Effort:
    """The effort for a window.

    Args:
        method: What the user says.
        rows: Rows of the window.
        cols: Its columns.
        channels: Channels of the image.

    Raises:
        InputError: SAMPLES are too few for as many features as WINDOW makes.
    """
    name, groups = method.name, channels if method.by_band else 1
    samples = method.samples or USUAL.get(name, 0)
    window_px = method.window_px
    if name == OCCLUSION:
        window_px = window_px or side_for(rows, cols, max(1, samples // groups))
    elif name == ABLATION:
        window_px = window_px or side_for(rows, cols, max(1, samples // channels))
    elif name in (LIME, SHAP):
        window_px = window_px or side_for(rows, cols, max(2, samples // 3 // groups))
        needed = 2 * (rows * cols // window_px**2) * groups
        if method.window_px and method.samples and needed > samples:
            raise InputError(
                "WINDOW is {window}, which makes some {features} superpixels; to tell them apart, SAMPLES must be at "
                "least {needed}, and it is {samples}. Raise it, or choose a larger WINDOW.",
                window=window_px,
                features=needed // 2,
                needed=needed,
                samples=samples,
            )
        samples = samples if method.samples else max(samples, needed)
    else:
        window_px = 0
    return Effort(samples, window_px)


def coarser(method: Method, effort: Effort) -> Effort:
    """A fraction of an effort, for a check."""
    if method.name == INTEGRATED:
        return replace(effort, samples=LEAST_STEPS)
    return Effort(max(1, effort.samples // COARSE), 2 * effort.window_px)
