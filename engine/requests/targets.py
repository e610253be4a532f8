"""Where results shall lie: what requests that ask for several files share."""

from __future__ import annotations

from dataclasses import asdict, dataclass

from .network_run import NetworkRun


@dataclass(frozen=True)
class Targets:
    """The files that are asked for, each a field; those with an empty path are not made."""

    @property
    def made(self) -> dict[str, str]:
        """The targets that are wanted, by name."""
        return {name: target for name, target in asdict(self).items() if target}


@dataclass(frozen=True)
class NetworkRequest:
    """What is asked of a job that runs a network.

    Args:
        run: The network and its rasters.
        targets: What is made of it.
    """

    run: NetworkRun
    targets: Targets

    @property
    def outputs(self) -> tuple[str, ...]:
        """The files it asks for."""
        return tuple(self.targets.made.values())
