"""Apply a model: any network with a card over a raster."""

from __future__ import annotations

from dataclasses import dataclass, replace

from ..errors import ModelError
from ..library.card import DETECTION, REGRESSION, SUPER_RESOLUTION, ModelCard
from .class_map import ClassTargets, Generalisation
from .targets import NetworkRequest

GIVES = {REGRESSION: {"output"}, SUPER_RESOLUTION: {"output"}, DETECTION: {"polygons", "areas"}}
"""The results of models that make no class map."""


@dataclass(frozen=True)
class ApplyModel(NetworkRequest):
    """What is asked of `applymodel`.

    Args:
        run: The network and its rasters.
        targets: What is made of it; of a regression, `output` alone.
        generalisation: What is done to a class map.
        spare: Those of the targets that nobody asked for, as dialogs do for `output` by themselves: where the model
            gives others, they are left out if it does not give them.
    """

    targets: ClassTargets
    generalisation: Generalisation = Generalisation()
    spare: tuple[str, ...] = ()

    def __post_init__(self) -> None:
        self.generalisation.check_use(self.targets)

    def targets_of(self, card: ModelCard) -> ClassTargets:
        """What is made with a model: all that is asked for but what is spare and not given by it.

        Raises:
            ModelError: The model does not give it.
        """
        self.generalisation.check_task(card)
        gives = GIVES.get(card.task)
        if gives is None:
            return self.targets
        left_out = set(self.spare) - gives if self.targets.made.keys() & gives else set()
        found = replace(self.targets, **dict.fromkeys(left_out, ""))
        if found.made and found.made.keys() <= gives:
            return found
        if card.task == DETECTION:
            raise ModelError(
                "{model} is a model for {task}: it gives POLYGONS only, and AREAS, which count them by class. Ask for "
                "one or both and leave the other outputs empty.",
                model=card.model_id,
                task=card.task,
            )
        raise ModelError(
            "{model} is a model for {task}: it gives {result} only. Ask for that and leave the other outputs empty.",
            model=card.model_id,
            task=card.task,
            result=", ".join(gives).upper(),
        )
