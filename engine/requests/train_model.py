"""Train a model: a network of the user's own, from training chips."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from ..chips.chip_set import MANIFEST
from ..errors import InputError
from .import_model import model_id_of
from .spec_file import check_spec, parse_objectives
from .words import check_word

PRESETS = (
    "auto",
    "landcover",
    "localcontext",
    "urbangreen",
    "fewlabels",
    "fusion",
    "timeseries",
    "timecontext",
    "landslide",
    "lines",
    "regression",
    "translation",
)
AUGMENTATIONS = ("none", "geometric", "light", "strong")
CLASS_WEIGHTS = ("none", "sqrt", "balanced")
MOST_SMOOTHING = 0.5
IMAGENET = "imagenet"
"""INITIAL: the weights of EfficientNet-Lite0 that are installed in the environment."""


@dataclass(frozen=True)
class TrainModel:
    """What is asked of `trainmodel`.

    Args:
        chips: Folder that `maketrainingchips` has written.
        output: The `.onnx` file to write.
        library: Folder that holds a folder for each model of the user.
        name: Name of the model; empty: that of the output, or of the folder of chips where the output is temporary,
            with a number where another model has it.
        temporary: Whether the output has no name that the user chose.
        spec: File with the spec of the network; empty: the preset's.
        preset: Network and objectives that suit a task.
        objectives: `name=weight;...`; empty: those of the spec file, else of the preset.
        label_smoothing: Share of the target that cross entropy spreads over all classes, 0 to 0.5.
        teacher: Model of Terraloom that the objective `distillation` learns from; empty: none.
        elevation: Name of the input or band that the objective `waterlevel` takes for elevation in metres; empty: one
            that is called so.
        water: Names or values of the classes that are water for it, separated by semicolons; empty: those that are
            called so.
        epochs: How often every training chip is seen on average; 0: until a thousand steps are done.
        learning_rate: Highest learning rate; 0: the preset's.
        batch_size: Chips of one step.
        augment: How far chips are varied.
        class_weights: How rare classes are weighed.
        patience: Scores of the validation chips without a better one after which training stops; 0: never.
        seed: Start of all chance.
        initial: Model, checkpoint or published weights of EfficientNet-Lite0 to take weights from, or `imagenet` for
            the installed ones of those; empty: none.
        resume: Whether a training that was interrupted goes on from its checkpoint.
        baseline: Whether a random forest on single pixels is trained beside it.
        device: `auto`, `cpu` or `cuda:N`.
        threads: Threads on the CPU; 0: all cores.
        checkpoint: File for the state at the end, to learn on from; empty: none.
        report: HTML page; empty: none.
    """

    chips: str
    output: str
    library: str
    name: str = ""
    temporary: bool = False
    spec: str = ""
    preset: str = "auto"
    objectives: str = ""
    label_smoothing: float = 0.0
    teacher: str = ""
    elevation: str = ""
    water: str = ""
    epochs: int = 0
    learning_rate: float = 0.0
    batch_size: int = 8
    augment: str = "light"
    class_weights: str = "sqrt"
    patience: int = 20
    seed: int = 0
    initial: str = ""
    resume: bool = False
    baseline: bool = True
    device: str = "auto"
    threads: int = 0
    checkpoint: str = ""
    report: str = ""

    def __post_init__(self) -> None:
        for parameter, found, known in (
            ("PRESET", self.preset, PRESETS),
            ("AUGMENT", self.augment, AUGMENTATIONS),
            ("CLASS_WEIGHTS", self.class_weights, CLASS_WEIGHTS),
        ):
            check_word(parameter, found, known)
        if min(self.epochs, self.patience, self.threads) < 0 or self.batch_size < 1 or self.learning_rate < 0:
            raise InputError(
                "EPOCHS, LEARNING_RATE, PATIENCE and THREADS cannot be negative, and BATCH_SIZE must be at least 1."
            )
        if not 0 <= self.label_smoothing <= MOST_SMOOTHING:
            raise InputError(
                "LABEL_SMOOTHING is {found}; it must lie between 0 and {most}.",
                found=self.label_smoothing,
                most=MOST_SMOOTHING,
            )
        parse_objectives(self.objectives)
        if self.spec:
            check_spec(Path(self.spec))
        if not self.wanted_id:
            raise InputError("NAME is {found}; it needs at least one letter or digit.", found=self.name or self.output)

    @property
    def wanted_id(self) -> str:
        """The name as it is written in MODEL, should it be free."""
        return model_id_of(self.name or (Path(self.chips).name if self.temporary else Path(self.output).stem))

    @property
    def outputs(self) -> tuple[str, ...]:
        """The files it asks for, the model first."""
        return tuple(path for path in (self.output, self.checkpoint, self.report) if path)

    @property
    def sources(self) -> tuple[str, ...]:
        """The files it reads beside the chips."""
        initial = "" if self.initial == IMAGENET else self.initial
        paths = (str(Path(self.chips) / MANIFEST), self.spec, initial, self.teacher)
        return tuple(path for path in paths if path)
