"""Runs algorithms as a user would on a server: through `qgis_process`, in the profile that `scripts/setup.sh` makes."""

from __future__ import annotations

import json
import os
import subprocess
from collections.abc import Mapping
from typing import Any

from . import ROOT


def qgis(algorithm: str, parameters: Mapping[str, Any]) -> dict[str, Any]:
    """Run an algorithm of ours and hand back its results.

    Args:
        algorithm: Its name, without the provider's.
        parameters: Values by name; a list is given value by value.
    """
    lists = {name: value if isinstance(value, list) else [value] for name, value in parameters.items()}
    words = [f"--{name}={value}" for name, values in lists.items() for value in values]
    command = f'. scripts/setup.sh && qgis_process --json run terraloom:{algorithm} "$@"'
    done = subprocess.run(  # our own script
        ["/bin/bash", "-c", command, "bash", *words], cwd=ROOT, capture_output=True, text=True, env=os.environ
    )
    if done.returncode:
        raise SystemExit(f"{algorithm} failed:\n{done.stderr[-3000:]}\n{done.stdout[-3000:]}")
    results: dict[str, Any] = json.loads(done.stdout[done.stdout.index("{") :])["results"]
    return results
