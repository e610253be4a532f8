"""Estimate uncertainty: how unsure a model, or several, are of each pixel of a class map."""

from __future__ import annotations

from dataclasses import dataclass

from ..errors import InputError
from .targets import NetworkRequest, Targets
from .words import check_word, refuse_idle

ENTROPY, TTA, ENSEMBLE, MC_DROPOUT = METHODS = ("entropy", "tta", "ensemble", "mcdropout")
FEWEST_SAMPLES, MOST_SAMPLES = 2, 1000
USUAL_SAMPLES = 20


@dataclass(frozen=True)
class UncertaintyTargets(Targets):
    """The files of an estimate; those with an empty path are not made.

    Args:
        output: Raster of measures, one a band.
        report: The page.
    """

    output: str = ""
    report: str = ""


@dataclass(frozen=True)
class Truth:
    """What is known of the true classes.

    Args:
        path: A raster of true classes, or a vector file of points or polygons; empty: nothing is known.
        is_raster: Which of the two it is.
        layer: Layer in the vector file; empty: its first.
        class_field: Field with the true class, a name or a value of the model's classes; for vectors only.
    """

    path: str = ""
    is_raster: bool = False
    layer: str = ""
    class_field: str = ""

    def __post_init__(self) -> None:
        if self.class_field and not self.path:
            raise InputError(
                "CLASS_FIELD is {field}, but there is no REFERENCE that has it. Choose one, or leave the field empty.",
                field=self.class_field,
            )
        if self.is_raster and self.class_field:
            raise InputError(
                "CLASS_FIELD is {field}, but REFERENCE is a raster, whose values are the classes. Leave it empty.",
                field=self.class_field,
            )
        if self.path and not self.is_raster and not self.class_field:
            raise InputError("CLASS_FIELD is empty. Choose the field of REFERENCE that holds the true class.")


@dataclass(frozen=True)
class EstimateUncertainty(NetworkRequest):
    """What is asked of `estimateuncertainty`.

    Args:
        run: The network, or the first of several, and its rasters.
        targets: What is made.
        method: `entropy`: of what the network says; `tta`: of what it says of the image in several turns; `ensemble`:
            of what several networks say; `mcdropout`: of what it says with features left out at random.
        further_models: The other networks of an ensemble.
        samples: Draws of `mcdropout`; other methods take nothing but the usual number.
        seed: Where chance begins; other methods take nothing but 0.
        truth: What errors are told by.
        sar_unit: As of `ExplainPrediction`: not empty, the run's rasters are those of sensors.
    """

    targets: UncertaintyTargets
    method: str = ENTROPY
    further_models: tuple[str, ...] = ()
    samples: int = USUAL_SAMPLES
    seed: int = 0
    truth: Truth = Truth()
    sar_unit: str = ""

    def __post_init__(self) -> None:
        check_word("METHOD", self.method, METHODS)
        self._check_models()
        if not FEWEST_SAMPLES <= self.samples <= MOST_SAMPLES or self.seed < 0:
            raise InputError(
                "SAMPLES is {samples} and SEED is {seed}; SAMPLES must lie between {least} and {most}, SEED be 0 or "
                "more.",
                samples=self.samples,
                seed=self.seed,
                least=FEWEST_SAMPLES,
                most=MOST_SAMPLES,
            )
        if self.method != MC_DROPOUT:
            refuse_idle({"SAMPLES": self.samples != USUAL_SAMPLES, "SEED": self.seed > 0}, self.method)
        if self.method == MC_DROPOUT and self.run.precision not in ("auto", "fp32"):
            raise InputError(
                "PRECISION is {precision}, but with METHOD = mcdropout networks compute with fp32. Set it to auto.",
                precision=self.run.precision,
            )
        if not self.targets.made:
            raise InputError("No result is asked for. Choose OUTPUT, REPORT or both.")

    @property
    def several(self) -> bool:
        """Whether several members speak, so that they can disagree."""
        return self.method != ENTROPY

    @property
    def sources(self) -> tuple[str, ...]:
        """The files that are read, none of which may be written to."""
        return (*self.run.sources, *self.further_models, *((self.truth.path,) if self.truth.path else ()))

    def _check_models(self) -> None:
        """Refuse an ensemble of one, several where one is asked, and one twice."""
        models = (self.run.model, *self.further_models)
        if self.method == ENSEMBLE and len(models) < 2:
            raise InputError(
                "METHOD is ensemble, which needs two models or more, and there is one. Choose several as MODEL_FILES, "
                "or another METHOD."
            )
        if self.method != ENSEMBLE and len(models) > 1:
            raise InputError(
                "METHOD is {method}, which asks one model, and MODEL_FILES holds {count}. Choose one, or set METHOD to "
                "ensemble.",
                method=self.method,
                count=len(models),
            )
        if len(set(models)) < len(models):
            raise InputError(
                "MODEL_FILES names {path} more than once. An ensemble needs different models; choose each once.",
                path=next(model for model in models if models.count(model) > 1),
            )
