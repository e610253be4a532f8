"""Compare line networks: one network of lines held against another that is known to be true."""

from __future__ import annotations

from dataclasses import dataclass

from ..errors import InputError

FARTHEST_M = 1e6
"""Most that a distance may be."""


@dataclass(frozen=True)
class CompareNetworks:
    """What is asked of `comparenetworks`.

    Args:
        prediction: Vector file with the lines that are judged.
        reference: Vector file with those that are known to be true.
        prediction_layer: Layer in the file; empty: its first.
        reference_layer: The same for the reference.
        prediction_name: What the user calls the layer; empty: the file's name.
        reference_name: The same for the reference.
        buffer_m: Lines of the two networks within this distance count as the same.
        snap_m: So far from the other network a control point may lie.
        spacing_m: About so far apart control points lie.
        report: The page to write; empty: none.
        metrics: The figures as JSON; empty: none.
        missed: Layer of what of the reference the prediction lacks; empty: none.
        spurious: Layer of what of the prediction the reference lacks; empty: none.
    """

    prediction: str
    reference: str
    prediction_layer: str = ""
    reference_layer: str = ""
    prediction_name: str = ""
    reference_name: str = ""
    buffer_m: float = 3.0
    snap_m: float = 4.0
    spacing_m: float = 50.0
    report: str = ""
    metrics: str = ""
    missed: str = ""
    spurious: str = ""

    def __post_init__(self) -> None:
        for name, value in (("BUFFER", self.buffer_m), ("SNAP", self.snap_m), ("SPACING", self.spacing_m)):
            if not 0 < value <= FARTHEST_M:
                raise InputError(
                    "{name} is {found:g} m; it must be more than 0 and no more than {most:g}. Usual are 3 for BUFFER, "
                    "4 for SNAP and 50 for SPACING.",
                    name=name,
                    found=value,
                    most=FARTHEST_M,
                )
        if not self.outputs:
            raise InputError("No result is asked for. Choose at least one of REPORT, METRICS, MISSED and SPURIOUS.")

    @property
    def sources(self) -> tuple[str, ...]:
        """The files that are read, none of which may be written to."""
        return self.prediction, self.reference

    @property
    def outputs(self) -> tuple[str, ...]:
        """The files it asks for."""
        return tuple(path for path in (self.report, self.metrics, self.missed, self.spurious) if path)
