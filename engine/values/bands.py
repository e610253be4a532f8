"""Decides which raster band feeds which band of the model."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from typing import Protocol

from ..errors import InputError, Value
from ..library.model_input import ModelInput
from ..progress import Progress
from ..requests.assignments import BandChoice

TELLING = frozenset(
    "vv vh hh hv red green blue nir swir pan thermal edge ratio sum difference diff index ndvi ndwi coherence phase i "
    "q angle incidence mask shadow layover quality std stdev stddev dev deviation var variance min max median count "
    "error uncertainty".split()
)
"""Words in names of bands that tell what is measured, or that it is not the thing itself."""

COLOURS = 3
"""So many bands shown as the colours that the model calls them are hardly shown so by chance."""


class Banded(Protocol):
    """Something with bands: `Rasters`, or the part of them that belongs to one date."""

    @property
    def bands(self) -> tuple[int, ...]:
        """Numbers of the bands that hold data."""

    @property
    def band_names(self) -> tuple[str, ...]:
        """What each of them is, in lower case: its description, else its colour."""

    @property
    def band_colours(self) -> tuple[str, ...]:
        """The colour as which each of them is shown, in lower case."""

    @property
    def has_palette(self) -> bool:
        """Whether values are numbers of colours."""

    @property
    def alpha(self) -> int | None:
        """Number of the band that is declared as transparency."""


def check_inputs(named: Sequence[int], parameter: str, inputs: int) -> None:
    """Refuse the numbers of inputs that the model does not have, in BANDS or SCALE (1 is INPUT, 2 is INPUT_2, …).

    Raises:
        InputError: There is one.
    """
    for number in named:
        if not 1 <= number <= inputs:
            raise InputError(
                "{parameter} names input {found}; this model has {count}, counted from 1.",
                parameter=parameter,
                found=number,
                count=inputs,
            )


def check_band_names(choices: Sequence[BandChoice], inputs: Sequence[ModelInput]) -> None:
    """Refuse, of a model of several inputs, bands that the input does not have which BANDS gives them to.

    Raises:
        InputError: There is one; it names the bands of each input.
    """
    for choice in choices:
        if len(inputs) > 1 and choice.band not in inputs[choice.input - 1].band_names:
            raise InputError(
                "BANDS names a band {band} of input {input}. The inputs of the model are {known}. A band of another "
                "input than the first has the name or the number of the input before it, as in {example}.",
                band=choice.band,
                input=inputs[choice.input - 1].name,
                known="; ".join(f"{wants.name} ({', '.join(wants.band_names)})" for wants in inputs),
                example=f"{inputs[1].name}.{inputs[1].band_names[0]}=1",
            )


def choose_bands(rasters: Banded, wants: ModelInput, choices: Sequence[BandChoice], number: int = 1) -> tuple[int, ...]:
    """Number of the raster band for each band of the model, in the model's order.

    The user's choice comes first, then the numbers that the model goes by, if it does. Else the names and colours the
    raster gives its bands, or words in these names (VV in Sigma0_VV_db), then their order where there are as many as
    the model wants and neither names nor three colours contradict it; of more the first, where the model's bands have
    no names. A lone band feeds all of them where the model allows grey images.

    Args:
        rasters: One input.
        wants: What the model reads there.
        choices: What the user says of this input.
        number: Its number, from 1, for the advice.

    Raises:
        InputError: None of these settles it; the message holds a BANDS that would.
    """
    if rasters.has_palette:
        raise InputError(
            "The raster holds numbers of palette colours, not measurements. "
            "Turn it into red, green and blue bands first (GDAL: PCT to RGB)."
        )
    chosen = _chosen(rasters, wants, choices)
    if len(chosen) == len(wants.bands):
        return tuple(chosen[name] for name in wants.band_names)
    if wants.raster_bands:
        numbered = dict(zip(wants.band_names, wants.raster_bands)) | chosen
        if not set(numbered.values()) <= set(rasters.bands):
            raise _refusal(rasters, wants, number)
        return tuple(numbered[name] for name in wants.band_names)
    named = _known(rasters, wants)
    if all(chosen.get(name) or named.get(name) for name in wants.band_names):
        return tuple(chosen.get(name) or named[name] for name in wants.band_names)
    if not chosen and len(rasters.bands) == len(wants.bands):
        in_order = _in_order(rasters, wants)
        if in_order:
            return in_order
    if not chosen and _takes_the_first(rasters, wants):
        return rasters.bands[: len(wants.bands)]
    if wants.grey_allowed and len(rasters.bands) == 1:
        return rasters.bands * len(wants.bands)
    raise _refusal(rasters, wants, number)


def _refusal(rasters: Banded, wants: ModelInput, number: int) -> InputError:
    """Why nothing settles which bands are read, with a BANDS that would; `?` stands where others have their names."""
    of_input = "" if number == 1 else f"{number}."
    in_order = [rasters.bands[min(place, len(rasters.bands) - 1)] for place in range(len(wants.bands))]
    pairs = zip(wants.band_names, wants.raster_bands or in_order, in_order)
    example = {name: str(band if band in rasters.bands else spare) for name, band, spare in pairs}
    known = _known(rasters, wants)
    if not wants.raster_bands and (known or any(_telling(name, ()) for name in rasters.band_names)):
        example = {name: str(known.get(name) or "?") for name in wants.band_names}
    told: dict[str, Value] = {
        "input": wants.name,
        "names": ", ".join(wants.band_names),
        "found": len(rasters.bands),
        "listed": ", ".join(f"{band}: {name}" for band, name in zip(rasters.bands, rasters.band_names)),
        "example": ";".join(f"{of_input}{name}={band}" for name, band in example.items()),
    }
    if len(wants.bands) == 1:
        error = InputError(
            "The model expects a single band ({names}); the layer has {found} ({listed}). Choose another layer for "
            "input {input}, or say which band it is, for example BANDS = {example}",
            **told,
        )
    else:
        error = InputError(
            "The model expects {expected} bands ({names}); the layer has {found} ({listed}). Choose another layer for "
            "input {input}, or map the bands, for example BANDS = {example}",
            expected=len(wants.bands),
            **told,
        )
    error.reason = hidden_by_alpha(rasters)
    return error


def hidden_by_alpha(rasters: Banded) -> InputError | None:
    """What to do where a band that is looked for is declared as transparency; `None`: no band is."""
    if rasters.alpha is None:
        return None
    return InputError(
        "Band {band} is declared as transparency. If it is a measurement, such as near infrared, translate the layer "
        "first with the additional parameter -colorinterp_{band} undefined (GDAL: Translate).",
        band=rasters.alpha,
    )


def _named(rasters: Banded, wants: ModelInput) -> dict[str, int]:
    """Numbers of the bands by their names and, where none has that for a name, their colours."""
    return dict(zip(rasters.band_colours, rasters.bands)) | _by_names(rasters, wants)


def _by_names(rasters: Banded, wants: ModelInput) -> dict[str, int]:
    return {_plain(name, wants): band for name, band in zip(rasters.band_names, rasters.bands)}


def _plain(name: str, wants: ModelInput) -> str:
    """A name in lower case, codes of bands without leading zeros; those of a model that only counts are no codes."""
    return name.lower() if _is_counted(wants) else re.sub(r"(?<![^\W_])b0+(?=\d)", "b", name.lower())


def _known(rasters: Banded, wants: ModelInput) -> dict[str, int]:
    """The raster band for each band of the model that the raster names, by name; where it names none, by words."""
    named = _named(rasters, wants)
    exact = {name: named[_plain(name, wants)] for name in wants.band_names if _plain(name, wants) in named}
    return exact or _by_words(rasters, wants)


def _by_colours(rasters: Banded, wants: ModelInput) -> list[int | None]:
    """The raster band that is shown as the colour by which the model calls each of its bands."""
    shown = dict(zip(rasters.band_colours, rasters.bands))
    return [shown.get(name.lower()) for name in wants.band_names]


def _by_words(rasters: Banded, wants: ModelInput) -> dict[str, int]:
    """The raster band in whose name the model's is a word, by the model's; 0 where several have it.

    A band whose name tells of more, as a ratio of two bands, a red edge or a coherence, is none of them.
    """
    wanted = {_plain(name, wants): name for name in wants.band_names}
    found: dict[str, int] = {}
    for band, described in zip(rasters.bands, rasters.band_names):
        words = _telling(_plain(described, wants), wanted)
        name = wanted.get(words.pop()) if len(words) == 1 else None
        if name:
            found[name] = 0 if name in found else band
    return found


def _telling(described: str, wanted: Iterable[str]) -> set[str]:
    """Words in a band's name, with or without the digits beside them, that tell what it is."""
    known = {*TELLING, *wanted}
    words = re.split(r"[\W_]+", described.lower())
    return {word if word in known else word.strip("0123456789") for word in words} & known


def warn_of_names(
    rasters: Banded, bands: Sequence[int], wants: ModelInput, choices: Sequence[BandChoice], progress: Progress
) -> None:
    """Say that bands are read by words in their names, or by colours or order where the model knows none of these.

    Args:
        rasters: One input.
        bands: Which raster band feeds each band of the model.
        wants: What the model reads there.
        choices: What the user says of this input.
        progress: Is told.
    """
    names = dict(zip(rasters.bands, rasters.band_names))
    taken = ", ".join(f"{own} = {band} ({names[band]})" for own, band in zip(wants.band_names, bands))
    if not choices and not wants.raster_bands and _is_by_words(rasters, bands, wants):
        progress.log(
            "The bands of input {name} are told by a word in their names: {taken}. If that is wrong, set BANDS.",
            name=wants.name,
            taken=taken,
        )
        return
    named = [_plain(name, wants) for band, name in names.items() if not re.fullmatch(rf"band[ _-]?0*{band}", name)]
    known = {_plain(name, wants) for name in wants.band_names}
    known |= {*rasters.band_colours}  # a band without a name has a colour
    if choices or wants.raster_bands or len(named) < len(names) or known & {*named} or _takes_the_first(rasters, wants):
        return
    placed = _by_colours(rasters, wants)
    settled = None not in placed or len(placed) - placed.count(None) >= COLOURS
    if settled and all(own in (None, band) for own, band in zip(placed, bands)):
        progress.warn(
            "The model knows none of the names of the bands of input {name}. They are taken by the colours as which "
            "they are shown: {taken}. If that is wrong, set BANDS.",
            name=wants.name,
            taken=taken,
        )
        return
    progress.warn(
        "The model knows none of the names of the bands of input {name}. They are taken in their order: {taken}. If "
        "that is wrong, set BANDS.",
        name=wants.name,
        taken=taken,
    )


def _is_by_words(rasters: Banded, bands: Sequence[int], wants: ModelInput) -> bool:
    """Whether none of the bands has the very name that the model gives it, and each has it as a word."""
    exact = {_plain(name, wants) for name in wants.band_names} & _named(rasters, wants).keys()
    return not exact and [_by_words(rasters, wants).get(name) for name in wants.band_names] == list(bands)


def warn_of_surplus(
    rasters: Banded, bands: Sequence[int], wants: ModelInput, choices: Sequence[BandChoice], progress: Progress
) -> None:
    """Say which bands are read of a raster with more than a model whose bands have no names.

    Args:
        rasters: One input.
        bands: Which raster band feeds each band of the model.
        wants: What the model reads there.
        choices: What the user says of this input.
        progress: Is told.
    """
    if choices or wants.raster_bands or not _takes_the_first(rasters, wants):
        return
    names = dict(zip(rasters.bands, rasters.band_names))
    progress.warn(
        "Input {name} has {found} bands, and the model, whose bands have no names, reads {count}. The first are taken: "
        "{taken}. If that is wrong, set BANDS.",
        name=wants.name,
        found=len(rasters.bands),
        count=len(wants.bands),
        taken=", ".join(f"{own} = {band} ({names[band]})" for own, band in zip(wants.band_names, bands)),
    )


def _takes_the_first(rasters: Banded, wants: ModelInput) -> bool:
    """Whether a raster has more bands than a model whose bands have no names; of a series nothing is guessed.

    Nor is where the raster calls a band so: those of Sentinel-2 are no numbers of places.
    """
    nameless = _is_counted(wants) and not {*wants.band_names} & {*rasters.band_names}
    return nameless and not wants.is_series and len(rasters.bands) > len(wants.bands)


def _is_counted(wants: ModelInput) -> bool:
    """Whether the model's bands have no names, but are b1, b2 and so on."""
    return wants.band_names == tuple(f"b{place}" for place in range(1, len(wants.bands) + 1))


def _in_order(rasters: Banded, wants: ModelInput) -> tuple[int, ...]:
    """The raster's bands in their order; nothing where their descriptions contradict it.

    Where all descriptions but one are names of the model, the band without one goes to the place that is left. So do
    colours where no description is known and they place three bands; fewer contradict nothing: infrared is often shown
    as red.
    """
    named = _by_names(rasters, wants)
    known = [named.get(_plain(name, wants)) for name in wants.band_names]
    if rasters.band_names == rasters.band_colours or not any(known):
        known = _by_colours(rasters, wants)
        known = known if len(known) - known.count(None) >= COLOURS else [None] * len(known)
    if all(band in (None, own) for band, own in zip(known, rasters.bands)):
        return rasters.bands
    left = [band for band in rasters.bands if band not in known]
    return tuple(band or left[0] for band in known) if len(left) == known.count(None) == 1 else ()


def _chosen(rasters: Banded, wants: ModelInput, choices: Sequence[BandChoice]) -> dict[str, int]:
    """The user's choices, checked, by name of the model's band."""
    chosen = {}
    for choice in choices:
        if choice.band not in wants.band_names:
            raise InputError(
                "BANDS names a band {band}; the model has {names}.",
                band=choice.band,
                names=", ".join(wants.band_names),
            )
        if choice.raster_band not in rasters.bands:
            error = InputError(
                "BANDS asks for raster band {asked}; the layer has the bands {found}.",
                asked=choice.raster_band,
                found=", ".join(map(str, rasters.bands)),
            )
            error.reason = hidden_by_alpha(rasters) if choice.raster_band == rasters.alpha else None
            raise error
        chosen[choice.band] = choice.raster_band
    return chosen
