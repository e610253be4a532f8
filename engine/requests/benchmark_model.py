"""Benchmark a model: how fast this computer maps with it."""

from __future__ import annotations

from dataclasses import dataclass

from ..errors import InputError

LEAST_PX, MOST_PX = 256, 32768


@dataclass(frozen=True)
class BenchmarkModel:
    """What is asked of `benchmarkmodel`.

    Args:
        model: The `.onnx` file.
        metrics: The figures as JSON; empty: none.
        side_px: Rows and columns of the image that is mapped.
        device: `auto`, `cpu`, `cuda:N`, `directml` or `coreml`.
        precision: `fp32`, `bf16`, `int8`, or `auto`: what the model was made for.
        threads: Threads of the network; 0: all cores.
    """

    model: str
    metrics: str = ""
    side_px: int = 2048
    device: str = "auto"
    precision: str = "auto"
    threads: int = 0

    def __post_init__(self) -> None:
        if not LEAST_PX <= self.side_px <= MOST_PX:
            raise InputError(
                "SIZE is {found} px; it must lie between {least} and {most}.",
                found=self.side_px,
                least=LEAST_PX,
                most=MOST_PX,
            )

    @property
    def outputs(self) -> tuple[str, ...]:
        """The files it asks for."""
        return (self.metrics,) if self.metrics else ()
