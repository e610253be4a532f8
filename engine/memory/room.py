"""Refuses tiles that have no room in the memory allowed: of a size that was asked for, or an interrupted run's."""

from __future__ import annotations

import math

from ..errors import InputError, OutputError
from ..results.journal import Journal

MARGIN = 1.05
"""What tiles are told to take, over what they take: it is measured anew in each run, and comes out some MB apart."""


def check_room(side_px: int, needed_mb: float, room_mb: float, any_size: bool) -> None:
    """Refuse tiles of a size that was asked for where they have no room.

    Args:
        side_px: Their longer side.
        needed_mb: What they take.
        room_mb: What is left for them.
        any_size: Whether the network takes tiles of any size that is asked for.

    Raises:
        InputError: They do not fit.
    """
    if needed_mb <= room_mb:
        return
    figures = {"size": side_px, "needed": int(needed_mb), "room": max(0, int(room_mb))}
    if any_size:
        raise InputError(
            "Tiles of {size} px take about {needed} MB, but MAX_MEMORY_MB leaves {room}. "
            "Raise it, or choose a smaller TILE_SIZE.",
            **figures,
        )
    raise InputError(
        "Tiles of {size} px take about {needed} MB, but MAX_MEMORY_MB leaves {room}. "
        "Raise it, or set TILE_SIZE to 0 where the network allows other sizes.",
        **figures,
    )


def check_room_of_left(left: Journal, needed_mb: float, budget_mb: int) -> None:
    """Refuse to go on with the tiles of an interrupted run where they do not fit any more.

    A run of the same memory is never refused: a worker holds now more, now less beside its tiles.

    Args:
        left: How the interrupted run was cut, and for how much memory.
        needed_mb: What its tiles take, with all that is held beside them.
        budget_mb: What this run may take.

    Raises:
        OutputError: They do not fit.
    """
    if budget_mb >= min(left.memory_mb, needed_mb):
        return
    raise OutputError(
        "The interrupted run has tiles of {columns} x {rows} px, which take about {needed} MB; this one may take "
        "{budget}. Set MAX_MEMORY_MB to {needed} or more to resume it, or RESUME to false to start anew with smaller "
        "tiles.",
        columns=left.tile_px[1],
        rows=left.tile_px[0],
        needed=min(left.memory_mb, 10 * math.ceil(MARGIN * needed_mb / 10)),
        budget=budget_mb,
    )
