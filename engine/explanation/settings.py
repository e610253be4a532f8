"""Chooses how often a network is asked and how finely an image is cut, where the user leaves that open."""

from __future__ import annotations

from dataclasses import dataclass, replace

from ..errors import InputError
from ..requests.explain_prediction import ABLATION, CUT, GRADIENT_SHAP, INTEGRATED, LIME, OCCLUSION, SHAP, Method
from .features import side_for
from .window_memory import can_tell_apart

USUAL = {OCCLUSION: 64, LIME: 108, SHAP: 108, ABLATION: 64, INTEGRATED: 20, GRADIENT_SHAP: 16}
"""Evaluations, or steps, that a window takes where nobody says how many: some seconds for the bundled networks."""

PER_FEATURE = 3
"""Evaluations that lime and shap take at least for each feature. With two, shap is left with as many equations as
unknowns: on even ground that should give one value, values then scatter by more than that value."""

LEAST_FEATURES = 4
"""Of each band that is taken by itself, or of all bands together: fewer superpixels or blocks are no map."""

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
        in_tiles: Whether it is for tiles of an extent: lime and shap then take blocks on one lattice over all tiles
            rather than superpixels, and leave intervals to the tiles.
    """

    samples: int
    window_px: int
    in_tiles: bool = False


def effort_of(method: Method, rows: int, cols: int, channels: int) -> Effort:
    """The effort for a window.

    Args:
        method: What the user says.
        rows: Rows of the window.
        cols: Its columns.
        channels: Channels of the image.

    Raises:
        InputError: SAMPLES are too few for as many features as WINDOW makes, or there is no memory for so many.
    """
    groups = channels if method.by_band else 1
    samples, window_px = usual_samples(method), method.window_px
    if method.name == OCCLUSION:
        return Effort(samples, window_px or side_for(rows, cols, max(1, samples // groups)))
    if method.name == ABLATION:
        return Effort(samples, window_px or side_for(rows, cols, max(samples // channels, LEAST_BLOCKS)))
    if method.name in (LIME, SHAP):
        return _of_superpixels(method, rows, cols, groups)
    return Effort(samples, 0)


def usual_samples(method: Method) -> int:
    """SAMPLES, or as many as are usual."""
    return method.samples or USUAL.get(method.name, 0)


def features_for(method: Method, groups: int) -> int:
    """How many superpixels or blocks the samples of lime and shap tell apart, of each of so many groups of bands.

    Raises:
        InputError: SAMPLES are too few for any map.
    """
    least = PER_FEATURE * LEAST_FEATURES * groups
    if method.samples and method.samples < least:
        raise InputError(
            "SAMPLES is {samples}; to tell {parts} parts of the image apart, which is the least, {method} needs "
            "{least}. Raise it, or set it to 0.",
            samples=method.samples,
            parts=LEAST_FEATURES * groups,
            method=method.name,
            least=least,
        )
    return max(LEAST_FEATURES, usual_samples(method) // PER_FEATURE // groups)


def _of_superpixels(method: Method, rows: int, cols: int, groups: int) -> Effort:
    """The effort of lime and shap at a place."""
    samples, window_px = usual_samples(method), method.window_px

    def features(side_px: int) -> int:
        return rows * cols // side_px**2 * groups

    def is_too_fine(side_px: int) -> bool:
        needed = max(samples, PER_FEATURE * features(side_px))
        return side_px < max(rows, cols) and not can_tell_apart(features(side_px), needed)

    least = window_px or side_for(rows, cols, features_for(method, groups))
    while is_too_fine(least):
        least += 1
    if window_px and least > window_px:
        raise InputError(
            "WINDOW is {window}, which makes some {features} superpixels. There is no memory for {method} to weigh so "
            "many against each other. Choose a WINDOW of at least {least}.",
            window=window_px,
            features=features(window_px),
            method=method.name,
            least=least,
        )
    needed = PER_FEATURE * features(least)
    if window_px and method.samples and needed > samples:
        raise InputError(
            "WINDOW is {window}, which makes some {features} superpixels; to tell them apart, SAMPLES must be at "
            "least {needed}, and it is {samples}. Raise it, or choose a larger WINDOW.",
            window=window_px,
            features=features(window_px),
            needed=needed,
            samples=samples,
        )
    return Effort(samples if method.samples else max(samples, needed), least)


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
    features = -(-rows // side_px) * -(-cols // side_px) if effort.in_tiles else -(-rows * cols // side_px**2)
    return replace(effort, samples=PER_FEATURE * features, window_px=side_px)


def is_checked_as_it_is(method: Method, effort: Effort, checked: Effort) -> bool:
    """Whether the map of an explanation is also what would be computed of it for a check."""
    return checked == effort and not method.by_band and method.name != ABLATION
