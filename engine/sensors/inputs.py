"""Brings images that are given by sensor and date to the inputs of a model, and tells where they do not go together."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from itertools import product

import numpy as np

from ..errors import InputError, ModelError
from ..images.dates import date_in_name
from ..library.card import ModelCard
from ..progress import Progress
from ..requests.assignments import numbered
from ..requests.fuse_sar_optical import SENSORS, FuseSarOptical
from ..requests.network_run import NetworkRun
from ..scene import Scene
from ..values.bands import check_band_names

APART_DAYS = 3
"""Images of one state of the ground may be this many days apart before the user is told: floods move on."""

LEAST_COVERED = 0.95
"""Share of what is mapped that a sensor's images show, below which the user is told."""

ONE_STATE = (("optical", "sar"), ("optical_before", "sar_before"))
BEFORE_AND_AFTER = tuple(product(("optical_before", "sar_before"), ("optical", "sar")))


def in_order_of(card: ModelCard, request: FuseSarOptical) -> NetworkRun:
    """The run with its rasters, BANDS and SCALE in the order of the model's inputs.

    Raises:
        ModelError: The model reads something that is no image of a sensor.
        InputError: Something is given that the model does not read.
    """
    wanted = [wants.name for wants in card.inputs]
    strange = [name for name in wanted if name not in SENSORS]
    if strange:
        raise ModelError(
            "{model} reads {strange}; this algorithm gives {known}. Run it with “Apply a model”.",
            model=card.model_id,
            strange=", ".join(strange),
            known=", ".join(SENSORS),
        )
    files = dict(zip(SENSORS, request.files))
    unread = [name.upper() for name, paths in files.items() if paths and name not in wanted]
    if unread:
        raise InputError(
            "{model} does not read {unread}, only {wanted}. Leave it empty, or choose another model.",
            model=card.model_id,
            unread=", ".join(unread),
            wanted=", ".join(name.upper() for name in wanted),
        )
    number = {place: wanted.index(name) + 1 for place, name in enumerate(SENSORS, start=1) if name in wanted}
    first, *further = (files[name] for name in wanted)
    asked, scaled = numbered(request.run.bands, SENSORS), numbered(request.run.scale, SENSORS)
    bands = tuple(replace(choice, input=_renumbered(choice.input, number)) for choice in asked)
    scales = tuple(replace(scale, input=_renumbered(scale.input, number)) for scale in scaled)
    check_band_names(bands, card.inputs)
    return replace(request.run, inputs=first, further_inputs=tuple(further), bands=bands, scale=scales)


def _renumbered(given: int, number: Mapping[int, int]) -> int:
    """Number of the model's input for the number of a sensor.

    Raises:
        InputError: There is none.
    """
    if given not in number:
        raise InputError(
            "BANDS or SCALE names input {given}; here 1 is OPTICAL, 2 is SAR, 3 is OPTICAL_BEFORE, 4 is SAR_BEFORE, "
            "and the model reads {known}.",
            given=given,
            known=", ".join(map(str, number)),
        )
    return number[given]


def warn_of_days(request: FuseSarOptical, progress: Progress) -> None:
    """Tell where images are of other days than they should be, as far as layers or names of files say them."""
    days = {name: _day(said, paths) for name, said, paths in zip(SENSORS, request.dates, request.files)}
    for one, other in ONE_STATE:
        first, second = days[one], days[other]
        if first and second and abs((first - second).days) > APART_DAYS:
            progress.warn(
                "{one} is of {first} and {other} of {second}. The map takes them for one state of the ground: what "
                "changed in between is judged by whichever shows it more clearly.",
                one=one.upper(),
                first=first.isoformat(),
                other=other.upper(),
                second=second.isoformat(),
            )
    for before, after in BEFORE_AND_AFTER:
        first, second = days[before], days[after]
        if first and second and first >= second:
            progress.warn(
                "{before} is of {first} and {after} of {second}, which is no later. Are they exchanged?",
                before=before.upper(),
                first=first.isoformat(),
                after=after.upper(),
                second=second.isoformat(),
            )


def _day(said: str, paths: tuple[str, ...]) -> date | None:
    """The day of a sensor's images: what QGIS knows of the layer, else what the file's name says."""
    if said:
        return date.fromisoformat(said)
    return date_in_name(paths[0]) if paths else None


def warn_of_gaps(scene: Scene, progress: Progress) -> None:
    """Tell which sensors do not show the whole area, and which are not given at all."""
    missing = [source.wants.name for source in scene.sources if not source.is_there]
    if missing:
        progress.log("Not given, and told to the network as lacking: {names}.", names=", ".join(missing).upper())
    of_now = [source for source in scene.sources if source.is_there and not source.wants.is_before]
    if not of_now:
        progress.warn("Only images from before are given: no event can be seen in them. Add OPTICAL or SAR.")
    ground = scene.grid.part(scene.area)
    shown = {each.wants.name: each.rasters.shown(ground, each.bands) for each in scene.sources if each.is_there}
    by_any = np.any(list(shown.values()), axis=0)
    for name, by_one in shown.items():
        share = float(by_one[by_any].mean()) if by_any.any() else 1.0
        if share >= LEAST_COVERED:
            continue
        if [source.wants.name for source in of_now] == [name]:
            progress.warn(
                "{name} covers {percent:.0f} % of the area; elsewhere the map has no data, for no other image is from "
                "after the event.",
                name=name.upper(),
                percent=100 * share,
            )
        else:
            progress.warn(
                "{name} covers {percent:.0f} % of the area; elsewhere the map is made of the other images.",
                name=name.upper(),
                percent=100 * share,
            )


def warn_of_no_before(scene: Scene, progress: Progress) -> None:
    """Tell where the model reads images from before and none is given: it cannot tell what is new then."""
    before = [source for source in scene.sources if source.wants.is_before]
    if before and not any(source.is_there for source in before):
        progress.warn(
            "No image from before is given: what was there before, as rivers and lakes in a map of floods, is mapped "
            "as well. Where there is one, add {names}.",
            names=", ".join(source.wants.name.upper() for source in before),
        )
