"""What is claimed of a network by whoever made it, in one vocabulary, whatever the words it came in."""

from __future__ import annotations

import json
import math
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

from ..errors import ModelError
from ..requests.card_fields import CardFields

EIGHT_BIT = 255.0
"""The highest value of 8-bit images, by which Deepness and GeoAI divide."""

LARGEST_SIDECAR_BYTES = 1_000_000


@dataclass(frozen=True)
class Claims:
    """What is said of a network. Whatever is empty or `None` is not said.

    Args:
        origin: Whose words they are, for the log: `Deepness`, `Ultralytics`, `GeoAI`, `Esri`, or empty.
        title: Name that users read.
        task: As in `ModelCard`.
        classes: Names by class number, for each output, or once for all.
        colours: Colours as `RRGGBB` by class number.
        bands: Names of the bands.
        raster_bands: As in `ModelInput`, for all inputs in a row.
        resolution_m: Pixel size it was trained for.
        mean: Is taken from the raw values, per band or one for all.
        std: Divides them then, per band or one for all.
        activation: As in `ModelOutput`.
        head: Name of the output to use.
        threshold: As in `ModelOutput`.
        unsure_is_nodata: As in `ModelOutput`, unless the first class is what none of the others is.
        factor: As in `ModelOutput`.
        detection_type: As in `DetectionRules`.
        confidence: As in `DetectionRules`.
        iou: As in `DetectionRules`.
        tile_px: Side of the tiles it was trained on.
        stride_px: What their sides are multiples of, of detectors.
        overlap: As in `ModelCard`.
        eight_bit: Whether the raw values must be those of 8-bit images.
        limits: Sentences on what is done otherwise here.
    """

    origin: str = ""
    title: str = ""
    task: str = ""
    classes: tuple[Mapping[int, str], ...] = ()
    colours: Mapping[int, str] = field(default_factory=dict)
    bands: tuple[str, ...] = ()
    raster_bands: tuple[int, ...] = ()
    resolution_m: float | None = None
    mean: tuple[float, ...] = ()
    std: tuple[float, ...] = ()
    activation: str = ""
    head: str = ""
    threshold: float | None = None
    unsure_is_nodata: bool = False
    factor: float | None = None
    detection_type: str = ""
    confidence: float | None = None
    iou: float | None = None
    tile_px: int | None = None
    stride_px: int | None = None
    overlap: float | None = None
    eight_bit: bool = True
    limits: tuple[str, ...] = ()

    def with_fields(self, fields: CardFields) -> Claims:
        """The same with what the user says, which counts more."""
        told: dict[str, Any] = {
            "title": fields.title,
            "task": fields.task,
            "classes": (dict(enumerate(fields.classes)),) if fields.classes else (),
            "bands": fields.bands,
            "resolution_m": fields.resolution_m,
            "mean": (fields.mean or (0.0,)) if fields.std else (),
            "std": fields.std,
            "activation": fields.activation,
            "head": fields.head,
            "threshold": fields.threshold,
            "detection_type": fields.detection_type,
            "confidence": fields.confidence,
            "iou": fields.iou,
            "overlap": fields.overlap,
        }
        said = {name: value for name, value in told.items() if value not in (None, "", ())}
        if fields.classes:
            said["colours"] = {}
        if fields.bands:
            said["raster_bands"] = ()
        if fields.std:
            said["eight_bit"] = False
        if fields.threshold is not None and not self.threshold:
            said["unsure_is_nodata"] = True
        return replace(self, **said)


class Entries:
    """The entries of somebody's metadata, read with care: each must be of the kind that it is said to be.

    Args:
        values: The entries, as JSON gives them.
        place: The file they come from, for messages.
    """

    def __init__(self, values: Mapping[str, Any], place: Path) -> None:
        self._values = values
        self._place = place

    def __contains__(self, key: str) -> bool:
        return self._values.get(key) is not None

    def value(self, key: str) -> Any:
        """An entry as it is, `None` where there is none."""
        return self._values.get(key)

    def text(self, key: str) -> str:
        """A text; empty where there is none."""
        found = self._values.get(key)
        if found is None:
            return ""
        if not isinstance(found, str):
            raise self.error(key, "a text")
        return found.strip()

    def number(self, key: str, low: float = -math.inf, high: float = math.inf) -> float | None:
        """A number in a range; `None` where there is none."""
        found = self._values.get(key)
        if found is None:
            return None
        try:
            number = float(found)
        except (TypeError, ValueError, OverflowError) as error:
            raise self.error(key, "a number") from error
        if isinstance(found, bool) or not (math.isfinite(number) and low <= number <= high):
            raise self.error(key, "a number" if low == -math.inf else f"a number from {low:g} to {high:g}")
        return number

    def size(self, key: str) -> int | None:
        """A positive whole number; `None` where there is none."""
        number = self.number(key, 1, 1_000_000)
        if number is not None and number != int(number):
            raise self.error(key, "a whole number")
        return None if number is None else int(number)

    def numbers(self, key: str) -> tuple[float, ...]:
        """A list of numbers; empty where there is none."""
        found = self._values.get(key)
        if found is None:
            return ()
        if not isinstance(found, (list, tuple)):
            raise self.error(key, "a list of numbers")
        numbers = [Entries({key: item}, self._place).number(key) for item in found]
        if None in numbers:
            raise self.error(key, "a list of numbers")
        return tuple(number for number in numbers if number is not None)

    def names(self, key: str) -> dict[int, str]:
        """Names by number."""
        return self.names_in(key, self._values.get(key))

    def names_in(self, key: str, found: Any) -> dict[int, str]:
        """Names by number, in the value of an entry or a part of it: a dict, or a list that counts from 0."""
        pairs = dict(enumerate(found)) if isinstance(found, (list, tuple)) else found
        try:
            names = {int(number): name for number, name in pairs.items()}
        except (AttributeError, TypeError, ValueError, OverflowError) as error:
            raise self.error(key, "a dict of numbers and names") from error
        if not all(isinstance(name, str) and name.strip() and number >= 0 for number, name in names.items()):
            raise self.error(key, "a dict of numbers from 0 and names")
        return {number: names[number].strip() for number in sorted(names)}

    def error(self, key: str, expected: str) -> ModelError:
        """Says what is wrong with an entry."""
        shown = repr(self._values.get(key))
        return ModelError(
            "The metadata of {path} is damaged: {key} is {found}; it should be {expected}. "
            "Export the model again, or remove the entry.",
            path=str(self._place),
            key=key,
            found=shown if len(shown) < 80 else shown[:77] + "...",
            expected=expected,
        )


def read_sidecar(path: Path) -> Entries:
    """Read a JSON file that lies beside a network.

    Raises:
        ModelError: It is too large, cannot be read, or is no JSON object.
    """
    try:
        if path.stat().st_size > LARGEST_SIDECAR_BYTES:
            raise ModelError(
                "{path} is larger than 1 MB, too large for a description of a model. Remove it or mend it.",
                path=str(path),
            )
        values = json.loads(path.read_text(encoding="utf-8-sig"))
    except (OSError, ValueError, RecursionError) as error:
        raise ModelError(
            "{path} lies beside the network and describes it, but cannot be read: {reason}. Remove it or mend it.",
            path=str(path),
            reason=str(error),
        ) from error
    if not isinstance(values, dict):
        raise ModelError(
            "{path} lies beside the network and describes it, but is no JSON object. Remove it or mend it.",
            path=str(path),
        )
    return Entries(values, path)
