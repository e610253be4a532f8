"""Says which models an event can be seen with: by what their classes are called, and how many dates they read."""

from __future__ import annotations

import re

from ..errors import InputError, ModelError
from ..legend import DENIALS
from .card import SEGMENTATION, ModelCard
from .model_input import BEFORE

FLOOD, LANDSLIDE, GLACIER_FRONT, CHANGE = EVENTS = ("flood", "landslide", "glacierfront", "change")

WORDS = {
    FLOOD: frozenset({"flood", "floods", "flooded", "flooding"}),
    LANDSLIDE: frozenset({"landslide", "landslides"}),
    GLACIER_FRONT: frozenset({"sea", "ocean", "melange", "mélange"}),
    CHANGE: frozenset({"change", "changes", "changed"}),
}
"""A class is the event where its name holds one of these words; of a glacier, what the ice turns into."""

WATER = frozenset({"water", "waters"})
"""Stands for a flood where no class does: permanent water counts too then."""

FRONT = frozenset({"front", "fronts", "calving"})
"""Words by which the class of the front itself is known."""

CONTRARY = DENIALS | {"dry"}
"""Words by which a name says the contrary, as of the class “Not flooded”."""


def dates_read(card: ModelCard) -> int | None:
    """How many dates a model reads at once; `None`: its inputs are not dates of the same.

    A model may read a single image, a series, one input of the same bands for each date, or images of a sensor now and
    before.
    """
    first, *others = card.inputs
    if not others:
        return first.times
    if sensor_pairs(card):
        return 2
    alike = all(each.band_names == first.band_names and not each.is_series for each in card.inputs)
    return len(card.inputs) if alike else None


def sensor_pairs(card: ModelCard) -> tuple[tuple[int, int], ...]:
    """Places of the inputs of each sensor, before and now, whose images alone a model can do with."""
    places = {wants.name: place for place, wants in enumerate(card.inputs) if not wants.is_series}
    needed = {place for place, wants in enumerate(card.inputs) if not wants.optional}
    pairs = [(places[name + BEFORE], place) for name, place in places.items() if name + BEFORE in places]
    return tuple(pair for pair in pairs if needed <= set(pair))


def event_classes(card: ModelCard, event: str) -> tuple[int, ...]:
    """Places of the classes that are an event, in the order of the network's output; none: it knows no such class."""
    return _named(card, WORDS[event])


def front_class(card: ModelCard) -> int | None:
    """Place of the class that is the front of a glacier; `None`: there is none, or there are several."""
    found = _named(card, FRONT)
    return found[0] if len(found) == 1 else None


def suits_event(card: ModelCard, event: str) -> bool:
    """Whether a model sees an event."""
    fits = card.task == SEGMENTATION and dates_read(card) is not None and bool(event_classes(card, event))
    return fits and (event != GLACIER_FRONT or front_class(card) is not None)


def suits_any_event(card: ModelCard) -> bool:
    """Whether a model sees any event."""
    return any(suits_event(card, event) for event in EVENTS)


def is_of_events(card: ModelCard) -> bool:
    """Whether a model tells an event from all else and nothing more, so that the season is nothing to it."""
    return suits_any_event(card) and card.legend is not None and len(card.legend.entries) == 2


def check_event(card: ModelCard, event: str) -> tuple[int, ...]:
    """The classes that are the event; of a flood, water will do.

    Raises:
        ModelError: The model knows no such class, or its inputs are no dates.
    """
    if dates_read(card) is None:
        raise ModelError(
            "{model} reads inputs of different bands ({names}), which are no dates of one series. Choose a model that "
            "reads one image, several dates, or the same bands before and after.",
            model=card.model_id,
            names=", ".join(wants.name for wants in card.inputs),
        )
    found = event_classes(card, event) or (_named(card, WATER) if event == FLOOD else ())
    if not found or (event == GLACIER_FRONT and front_class(card) is None):
        expected = WORDS[event] | (FRONT if event == GLACIER_FRONT else frozenset())
        raise ModelError(
            "{model} tells apart {names}; none is {event}, whose classes have one of these words in their names: "
            "{words}. Choose another model or EVENT.",
            model=card.model_id,
            names=", ".join(card.legend.names) if card.legend else "nothing",
            event=event,
            words=", ".join(sorted(expected)),
        )
    return found


def dates_at_once(card: ModelCard, given: int) -> int:
    """How many dates of a series the model reads at once.

    Args:
        card: That of a model that sees an event.
        given: How many dates there are.

    Raises:
        InputError: There are fewer than it reads.
    """
    count = dates_read(card) or 1
    if given >= count:
        return count
    if sensor_pairs(card):
        raise InputError(
            "{model} reads {expected} dates at once; SERIES has {found}. Add an image from before. Where there is "
            "none, map the one that there is with “Fuse SAR and optical”, and hold that map against a "
            "terrain model with “Check physical plausibility”.",
            model=card.model_id,
            expected=count,
            found=given,
        )
    raise InputError(
        "{model} reads {expected} dates at once; SERIES has {found}. Give at least so many rasters, one for each date, "
        "or choose a model that reads fewer.",
        model=card.model_id,
        expected=count,
        found=given,
    )


def speaks_of(name: str, words: frozenset[str]) -> bool:
    """Whether the name of a class holds one of some words, parted by whatever is no letter, and does not deny it."""
    found = set(re.findall(r"[^\W\d_]+", name.lower()))
    return bool(words & found) and not CONTRARY & found


def _named(card: ModelCard, words: frozenset[str]) -> tuple[int, ...]:
    """Places of the classes whose name speaks of one of some words."""
    names = card.legend.names if card.legend else ()
    return tuple(place for place, name in enumerate(names) if speaks_of(name, words))
