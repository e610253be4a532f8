"""Chooses how often a network is asked and how finely an image is cut, where the user leaves that open."""

from __future__ import annotations

from dataclasses import dataclass, replace

from ..errors import InputError
from ..requests.explain_prediction import ABLATION, CUT, GRADIENT_SHAP, INTEGRATED, LIME, OCCLUSION, SHAP, Method
from .features import side_for

USUAL = {OCCLUSION: 64, LIME: 108, SHAP: 108, ABLATION: 64, INTEGRATED: 16, GRADIENT_SHAP: 16}
"""Evaluations, or steps, that a window takes where nobody says how many: some seconds for the bundled networks."""

CHECKED_FEATURES = 36
"""About so many features are enough to tell two maps apart in a quick check; of sixteen superpixels, those beside what
is explained are too many: they count most in any network."""

LEAST_BLOCKS = 16
"""Blocks of each band, however many bands there are: fewer would hardly be a map."""

LEAST_STEPS = 4
"""Steps of integrated gradients, or samples of gradient SHAP, in a check."""


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
        window_px = window_px or side_for(rows, cols, max(samples // channels, LEAST_BLOCKS))
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


def for_check(method: Method) -> Method:
    """The method as it is checked: with all bands together, which is what maps are compared by."""
    return replace(method, name=OCCLUSION if method.name == ABLATION else method.name, by_band=False, samples=0)


def effort_of_check(method: Method, effort: Effort, rows: int, cols: int) -> Effort:
    """A fraction of an effort where that is large: coarser features, but enough of them for maps to differ.

    Args:
        method: What the user says.
        effort: That of the explanation.
        rows: Rows of the part that is cut into features.
        cols: Its columns.
    """
    if method.name not in CUT:
        return replace(effort, samples=LEAST_STEPS)
    side_px = max(effort.window_px, int((rows * cols / CHECKED_FEATURES) ** 0.5))
    if side_px == effort.window_px:
        return effort
    return Effort(3 * -(-rows * cols // side_px**2), side_px)


def is_checked_as_it_is(method: Method, effort: Effort, checked: Effort) -> bool:
    """Whether the map of an explanation is also what would be computed of it for a check."""
    return checked == effort and not method.by_band and method.name != ABLATION
