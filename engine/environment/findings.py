"""Turns what the worker found in its environment (task `check_environment`) into sentences for the report."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from .report import PROBLEM, Report, Row


def worker_report(metrics: Mapping[str, Any]) -> Report:
    """Word the outcome's metrics of `check_environment`: versions, then each device that was tried."""
    versions = ", ".join(f"{package} {version}" for package, version in metrics["packages"].items())
    rows = [
        Row("The worker runs Python {version}.", {"version": metrics["python"]}),
        Row("Packages: {packages}.", {"packages": versions}),
    ]
    return Report((*rows, *map(_device, metrics["devices"])))


def _device(tried: Mapping[str, Any]) -> Row:
    values = {name: tried[name] for name in ("library", "device", "milliseconds", "fault")}
    if tried["works"]:
        return Row("{library} computed a test on {device} correctly in {milliseconds} ms.", values)
    return Row(
        "{library} offers {device}, but a test on it failed: {fault}.",
        values,
        PROBLEM,
        'Update the driver of the device, or choose DEVICE = cpu. If the CPU fails, run "Set up environment" '
        "with REPAIR.",
    )
