"""Brings images that may be given by sensor to a model: those of sensors into its order and its values."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from ..cards.foreign_cards import read_card
from ..errors import InputError
from ..progress import Progress
from ..requests.class_map import ClassTargets
from ..requests.fuse_sar_optical import SENSORS, FuseSarOptical
from ..requests.network_run import NetworkRun
from .advised import advised, as_sensors
from .inputs import in_order_of
from .sensor_values import with_values


@contextmanager
def told_by_sensor(run: NetworkRun, sar_unit: str, progress: Progress) -> Iterator[Progress]:
    """Gives a progress whose texts, as those of errors on the way, number inputs as the user does.

    Args:
        run: The network and its rasters.
        sar_unit: As of `as_model_reads`.
        progress: Is told.
    """
    if not sar_unit:
        yield progress
        return
    with advised(as_sensors(read_card(Path(run.model), run.card)), progress, SENSORS) as telling:
        yield telling


def as_model_reads(run: NetworkRun, sar_unit: str, progress: Progress) -> NetworkRun:
    """The run; where its rasters are those of sensors, in the order in which the model reads them, in its values.

    Args:
        run: The network and its rasters.
        sar_unit: Not empty: the rasters are those of sensors, and this is what the radar's values are.
        progress: Is told what was recognised.

    Raises:
        InputError: The model reads something that is no image of a sensor, or something is given that it does not
            read.
    """
    if not sar_unit:
        return run
    card = read_card(Path(run.model), run.card)
    strange = [wants.name for wants in card.inputs if wants.name not in SENSORS]
    if strange:
        raise InputError(
            "{model} reads {strange}, which is none of {known}. Give its images as INPUT, and as INPUT_2 and so on "
            "where it reads several, and leave those of sensors empty.",
            model=card.model_id,
            strange=", ".join(strange),
            known=", ".join(name.upper() for name in SENSORS),
        )
    return with_values(in_order_of(card, FuseSarOptical(run, ClassTargets(), sar_unit)), card, sar_unit, progress)
