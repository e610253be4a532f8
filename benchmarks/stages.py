"""Takes the time that the engine's stages are busy, from outside: functions are wrapped, the engine is not changed.

Reading and writing go on in threads beside the network, so the seconds of the stages add up to more than the run took.
"""

from __future__ import annotations

import importlib
import threading
import time
from collections import defaultdict
from collections.abc import Callable
from typing import Any

STAGES = (
    ("open", "scene", "Scene.__init__"),
    ("predict", "class_map", "predict"),
    ("read_tile", "prediction", "read_tile"),
    ("read", "images.mosaic_reader", "MosaicReader.read"),
    ("scale", "values.scaling", "Scaling.apply"),
    ("network", "network", "Network.__call__"),
    ("infer", "network", "Network.run"),
    ("decode", "decoding", "ClassDecoder.layers"),
    ("write", "tiles.mosaic", "Mosaic.feed"),
    ("shares", "class_map", "_measure"),
    ("finish", "class_map", "finish_classes"),
    ("publish", "results.workspace", "Workspace.publish"),
)
"""Name of a stage, module of the engine, function. `read` and `scale` are parts of `read_tile`, `infer` of `network`;
`read_tile`, `network`, `decode` and `write` go on within `predict`."""


class Stages:
    """Busy seconds by stage. Wraps as soon as it is made."""

    def __init__(self) -> None:
        self.seconds: dict[str, float] = defaultdict(float)
        self._lock = threading.Lock()
        for stage, module, function in STAGES:
            owner: Any = importlib.import_module(f"terraloom.engine.{module}")
            *path, name = function.split(".")
            for part in path:
                owner = getattr(owner, part)
            setattr(owner, name, self._timed(stage, getattr(owner, name)))

    def _timed(self, stage: str, function: Callable[..., Any]) -> Callable[..., Any]:
        def timed(*values: Any, **named: Any) -> Any:
            begun = time.perf_counter()
            try:
                return function(*values, **named)
            finally:
                with self._lock:
                    self.seconds[stage] += time.perf_counter() - begun

        return timed
