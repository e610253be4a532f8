"""Terms that hold a network to laws of nature, in SI units; they need no target."""

from __future__ import annotations

from dataclasses import dataclass

from torch import Tensor

from ..errors import TrainingError
from ..losses.transport import advection_residual, heat_residual
from ..losses.water_level import water_level_residual
from .seen import Seen


@dataclass(frozen=True)
class WaterLevel:
    """Mean height of wet pixels above dry neighbours, in metres, over the extra `elevation_m`.

    Attributes:
        wet_classes: Numbers of the classes that are water; of a lone logit, that of a mask, not asked.
    """

    wet_classes: tuple[int, ...]

    def __call__(self, seen: Seen) -> Tensor:
        """The residual of one batch; a scalar."""
        logits = seen.output.float()
        if logits.shape[1] == 1:
            wet = logits.sigmoid()
        else:
            wet = logits.softmax(dim=1)[:, list(self.wet_classes)].sum(dim=1, keepdim=True)
        return water_level_residual(wet, _extra(seen, "elevation_m"))


@dataclass(frozen=True)
class Advection:
    """Mean square of ∂u/∂t + v · ∇u over the network's values as successive times, v the extra `velocity_m_s`.

    Attributes:
        spacing_m: Side of a pixel.
        step_s: Time between two values.
    """

    spacing_m: float
    step_s: float

    def __call__(self, seen: Seen) -> Tensor:
        """The residual of one batch; a scalar."""
        velocity_m_s = _extra(seen, "velocity_m_s")
        return advection_residual(seen.output, velocity_m_s, self.spacing_m, self.step_s).square().mean()


@dataclass(frozen=True)
class Heat:
    """Mean square of ∂u/∂t - κ ∇²u over the network's values as successive times.

    Attributes:
        diffusivity_m2_s: κ.
        spacing_m: Side of a pixel.
        step_s: Time between two values.
    """

    diffusivity_m2_s: float
    spacing_m: float
    step_s: float

    def __call__(self, seen: Seen) -> Tensor:
        """The residual of one batch; a scalar."""
        return heat_residual(seen.output, self.diffusivity_m2_s, self.spacing_m, self.step_s).square().mean()


def _extra(seen: Seen, name: str) -> Tensor:
    if name not in seen.batch.extras:
        raise TrainingError("The batches lack '{name}', which a term of the objective needs.", name=name)
    return seen.batch.extras[name]
