"""Explain a prediction: which pixels and bands decided what a network says of a place, or of an extent."""

from __future__ import annotations

import math
from dataclasses import dataclass

from ..errors import InputError
from .targets import NetworkRequest, Targets
from .words import check_word, refuse_idle

OCCLUSION, LIME, SHAP, ABLATION = FORWARD = ("occlusion", "lime", "shap", "featureablation")
"""Methods that change the image and look at what the network says then: any network will do."""

SALIENCY, TIMES_INPUT, INTEGRATED, GRAD_CAM, GRADIENT_SHAP = GRADIENTS = (
    "saliency",
    "inputxgradient",
    "integratedgradients",
    "gradcam",
    "gradientshap",
)
"""Methods that differentiate the network: they need torch, and a network that can be rebuilt in it."""

METHODS = (*FORWARD, *GRADIENTS)
"""New ones come last: saved models and scripts may hold the number of an option."""

MEAN, BLUR, VALUE = BASELINES = ("mean", "blur", "value")
LOCATION, PREDICTED = REGIONS = ("location", "predicted")
PROBABILITY, LOGIT = SCORES = ("probability", "logit")

SAMPLED = (OCCLUSION, LIME, SHAP, INTEGRATED, GRADIENT_SHAP)
"""Methods that read SAMPLES."""

CUT = (OCCLUSION, LIME, SHAP, ABLATION)
"""Methods that read WINDOW at a location; over an extent all do."""

JOINT = (OCCLUSION, LIME, SHAP)
"""Methods that replace all bands together, unless they are asked for each band."""

WITHOUT_BASELINE = (SALIENCY, TIMES_INPUT)
"""Methods whose maps do not hang on BASELINE."""

MOST_SAMPLES = 100_000


@dataclass(frozen=True)
class Place:
    """Where the prediction is that is explained.

    Args:
        point: East and north in map units of `crs`; `None`: a layer is given.
        crs: Reference system of the point: WKT or an authority code; empty: that of the image.
        layer: Vector file of points or polygons; empty: a point is given.
        layer_name: Layer in it; empty: its first.
    """

    point: tuple[float, ...] | None = None
    crs: str = ""
    layer: str = ""
    layer_name: str = ""

    @property
    def is_given(self) -> bool:
        """Whether there is one."""
        return self.point is not None or bool(self.layer)


@dataclass(frozen=True)
class Question:
    """What is to be explained.

    Args:
        place: Where; without a place the whole extent is explained, tile by tile.
        target_class: Name or value of a class; empty: the one that is predicted there.
        region: `location`: the pixels of the place; `predicted`: the connected area there that is predicted as the
            class.
        score: `probability`, or `logit`: the network's bare output.
    """

    place: Place = Place()
    target_class: str = ""
    region: str = LOCATION
    score: str = PROBABILITY

    def __post_init__(self) -> None:
        check_word("REGION", self.region, REGIONS)
        check_word("SCORE", self.score, SCORES)


@dataclass(frozen=True)
class Method:
    """How it is explained.

    Args:
        name: One of `METHODS`.
        baseline: What stands for "nothing there": the `mean` of the image, the image `blur`red, or a `value`.
        baseline_value: That value in the image's own numbers, one for all bands or one for each, separated by
            semicolons.
        samples: How often the network is asked, or how many steps are integrated over, or how many
            baselines are drawn; 0: automatic.
        window_px: Side of the windows or blocks that are replaced, about that of superpixels, or of the cells of an
            extent; 0: automatic.
        by_band: Whether methods that replace all bands together take one band after the other instead.
        layer: The layer that Grad-CAM looks at; empty: the coarsest features.
        seed: Where chance begins.
    """

    name: str = OCCLUSION
    baseline: str = MEAN
    baseline_value: str = ""
    samples: int = 0
    window_px: int = 0
    by_band: bool = False
    layer: str = ""
    seed: int = 0

    def __post_init__(self) -> None:
        check_word("METHOD", self.name, METHODS)
        check_word("BASELINE", self.baseline, BASELINES)
        if (self.baseline == VALUE) != bool(self.baseline_value):
            raise InputError(
                "BASELINE is {baseline}, and BASELINE_VALUE is {value}. Give a value if BASELINE is value, and only "
                "then.",
                baseline=self.baseline,
                value=self.baseline_value or "empty",
            )
        _ = self.baseline_values  # refuses what is no number
        if not 0 <= self.samples <= MOST_SAMPLES or self.window_px < 0:
            raise InputError(
                "SAMPLES is {samples} and WINDOW is {window}; they must be 0 (automatic) or more, and SAMPLES no more "
                "than {most}.",
                samples=self.samples,
                window=self.window_px,
                most=MOST_SAMPLES,
            )
        if self.seed < 0:
            raise InputError("SEED is {seed}; it must be 0 or more.", seed=self.seed)
        if self.samples == 1 and self.name == INTEGRATED:
            raise InputError(
                "SAMPLES is 1; {method} looks at both ends of the way from the baseline, so it must be 2 or more, or 0 "
                "(automatic).",
                method=self.name,
            )
        if self.samples and self.name == OCCLUSION and self.window_px:
            raise InputError(
                "WINDOW says how often the network is asked, and SAMPLES is {samples} beside it. Leave one of them 0.",
                samples=self.samples,
            )
        idle = {
            "SAMPLES": self.samples > 0 and self.name not in SAMPLED,
            "BY_BAND": self.by_band and self.name not in JOINT,
            "LAYER": bool(self.layer) and self.name != GRAD_CAM,
        }
        refuse_idle(idle, self.name)

    @property
    def baseline_values(self) -> tuple[float, ...]:
        """BASELINE_VALUE as numbers.

        Raises:
            InputError: They are none.
        """
        try:
            values = tuple(float(word) for word in self.baseline_value.split(";") if word.strip())
        except ValueError:
            values = (math.nan,)
        if not all(math.isfinite(value) for value in values):
            raise InputError(
                "BASELINE_VALUE is {found}; it must be a number for all bands, or one for each band separated by "
                "semicolons, such as 90;80;70.",
                found=self.baseline_value,
            )
        return values

    @property
    def differentiates(self) -> bool:
        """Whether it needs torch."""
        return self.name in GRADIENTS


@dataclass(frozen=True)
class ExplanationTargets(Targets):
    """The files of an explanation; those with an empty path are not made.

    Args:
        output: Raster of attributions.
        table: Importance of bands, inputs and dates.
        report: The page.
    """

    output: str = ""
    table: str = ""
    report: str = ""


@dataclass(frozen=True)
class ExplainPrediction(NetworkRequest):
    """What is asked of `explainprediction`.

    Args:
        run: The network and its rasters; its extent is what is explained tile by tile where no place is given.
        targets: What is made.
        question: What is explained.
        method: How.
        sar_unit: Not empty: the run's rasters are those of sensors, as `fusesaroptical` takes them, and this is what
            the radar's values are.
    """

    targets: ExplanationTargets
    question: Question = Question()
    method: Method = Method()
    sar_unit: str = ""

    def __post_init__(self) -> None:
        place = self.question.place
        if place.is_given == (self.run.extent is not None):
            raise InputError(
                "Give a place to be explained as LOCATION or POINT, or an EXTENT to be explained tile by tile: one of "
                "them, and not both."
            )
        if place.point is not None and place.layer:
            raise InputError("LOCATION and POINT are both given. Leave one of them empty.")
        method = self.method
        refuse_idle({"BASELINE": method.baseline != MEAN and method.name in WITHOUT_BASELINE}, method.name)
        if not place.is_given:
            self._check_extent()
        else:
            refuse_idle({"WINDOW": method.window_px > 0 and method.name not in CUT}, method.name)
        if not self.targets.made:
            raise InputError("No result is asked for. Choose at least one of OUTPUT, TABLE and REPORT.")

    @property
    def methods(self) -> tuple[Method, ...]:
        """The methods that run: the one."""
        return (self.method,)

    @property
    def sources(self) -> tuple[str, ...]:
        """The files that are read, none of which may be written to."""
        layer = self.question.place.layer
        return (*self.run.sources, *((layer,) if layer else ()))

    def _check_extent(self) -> None:
        """Refuse what makes no sense tile by tile."""
        if self.method.name == GRAD_CAM:
            raise InputError(
                "METHOD is gradcam, whose map of a tile depends on what else the tile shows, so that tiles do not "
                "join. Give a LOCATION, or choose another method for an EXTENT."
            )
        if self.question.region == PREDICTED:
            raise InputError(
                "REGION is predicted, which is for a LOCATION: over an EXTENT every pixel counts. Set REGION to "
                "location."
            )
