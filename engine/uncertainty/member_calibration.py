"""Says which of the models that were asked have probabilities that mean what they say."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

AS_MEANT = "so that 80 % may mean more or less than that 80 % are right."


@dataclass(frozen=True)
class MemberCalibration:
    """The temperatures of the models that were asked.

    Args:
        files: File of each model.
        temperatures: The temperature of each; 1: none was fitted.
    """

    files: tuple[str, ...]
    temperatures: tuple[float, ...]

    @property
    def of_all(self) -> bool:
        """Whether every model has a temperature that was fitted."""
        return all(temperature != 1 for temperature in self.temperatures)

    @property
    def listed(self) -> str:
        """The temperatures, for people."""
        return ", ".join(f"{temperature:.4g}" for temperature in self.temperatures)

    @property
    def caution(self) -> str:
        """What is lacking, and what mends it; empty: nothing is."""
        if self.of_all:
            return ""
        fitted, bare = self._parted()
        one = len(bare) == 1
        never = "The model was never calibrated:" if len(self.files) == 1 else "No model was ever calibrated:"
        if fitted:
            never = f"Only {_and(fitted)} {_was(fitted)} calibrated, {_and(bare)} {_was(bare)} not:"
        may = "it may be surer, or less sure, than it is" if one else "they may be surer, or less sure, than they are"
        return f"{never} {may} right. “Calibrate a model” mends that with training chips."

    def meaning(self, several: bool) -> str:
        """What 80 % of confidence mean.

        Args:
            several: Whether the mean of several members, or of several turns, tells the confidence.
        """
        fitted, _ = self._parted()
        if not fitted:
            return f"It is not calibrated, {AS_MEANT}"
        if not self.of_all:
            return f"Of the models only {_and(fitted)} {_was(fitted)} calibrated, {AS_MEANT}"
        if several:
            return (
                f"The temperature ({self.listed}) was fitted to what a model says by itself. How many of the pixels "
                "said to be 80 % sure are right was not measured for the mean of several members or turns: a "
                "REFERENCE tells."
            )
        return (
            f"It is calibrated (temperature {self.listed}): of the pixels said to be 80 % sure, about 80 % are right, "
            "on ground like that of the training."
        )

    def _parted(self) -> tuple[list[str], list[str]]:
        """Names of the models that were calibrated, and of those that were not."""
        named = list(zip(telling_names(self.files), self.temperatures))
        return [name for name, value in named if value != 1], [name for name, value in named if value == 1]


def telling_names(files: Sequence[str]) -> tuple[str, ...]:
    """Names of files, with as many of their folders as it takes to tell them apart."""
    parts = [Path(path).parts for path in files]
    for depth in range(1, max(map(len, parts))):
        names = tuple("/".join(each[-depth:]) for each in parts)
        if len(set(names)) == len(names):
            return names
    return tuple(files)


def _and(names: Sequence[str]) -> str:
    return " and ".join(part for part in (", ".join(names[:-1]), names[-1]) if part)


def _was(names: Sequence[str]) -> str:
    return "was" if len(names) == 1 else "were"
