"""Gives dates of a series to the inputs of a model: as one series, as an input each, or as images now and before."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from ..errors import InputError
from ..images.rasters import Rasters
from ..library.card import ModelCard
from ..library.event_models import sensor_pairs
from ..progress import Progress
from ..requests.assignments import BandChoice
from ..requests.fuse_sar_optical import AUTO, RADAR
from ..requests.network_run import NetworkRun
from ..sensors.sensor_values import with_values


def with_dates(
    run: NetworkRun, dates: Sequence[str], card: ModelCard, progress: Progress, sar_unit: str = AUTO
) -> tuple[NetworkRun, tuple[int, ...]]:
    """The run with some dates as its inputs, and which input each of them is; BANDS and SCALE count for each date.

    Where one input takes all of them, that is told once.

    Args:
        run: How the network is run; its inputs do not count.
        dates: A raster for each date that the model reads at once, in order.
        card: That of the model.
        progress: Is told what is done to the values.
        sar_unit: What the values of radar are.

    Raises:
        InputError: BANDS or SCALE names an input, no sensor of the model has so few bands, or the series is no radar
            that SAR_UNIT would count for.
    """
    of_sensors = bool(sensor_pairs(card)) and all(wants.optional for wants in card.inputs)
    if not of_sensors:
        _check_unit(sar_unit, card)
    if len(card.inputs) == 1:
        return replace(run, inputs=tuple(dates)), (0,)
    numbers = {*(band.input for band in run.bands), *(scale.input for scale in run.scale)}
    if numbers - {1}:
        raise InputError(
            "BANDS or SCALE names the number of an input, but here they count for every date. Leave the number out."
        )
    places = _places(dates, card, run.bands, progress)
    files: list[tuple[str, ...]] = [()] * len(card.inputs)
    for place, path in zip(places, dates):
        files[place] = (path,)
    given = replace(
        run,
        inputs=files[0],
        further_inputs=tuple(files[1:]),
        bands=tuple(replace(each, input=place + 1) for place in places for each in run.bands),
        scale=tuple(replace(each, input=place + 1) for place in places for each in run.scale),
    )
    if of_sensors:
        if card.inputs[places[-1]].name not in RADAR:
            _check_unit(sar_unit, card)
        given = with_values(given, card, sar_unit, progress)
    return given, places


def _check_unit(sar_unit: str, card: ModelCard) -> None:
    """Refuse a unit of radar that nothing would be read in.

    Raises:
        InputError: One is said.
    """
    if sar_unit != AUTO:
        raise InputError(
            "SAR_UNIT is {unit}, which counts for radar of a model of several sensors; {model} reads this series "
            "otherwise. Set it to {usual}, and bring values to the model's with SCALE.",
            unit=sar_unit,
            model=card.model_id,
            usual=AUTO,
        )


def _places(
    dates: Sequence[str], card: ModelCard, choices: Sequence[BandChoice], progress: Progress
) -> tuple[int, ...]:
    """Which input each date is, in order of time.

    Of several sensors it is the one whose bands the user or the rasters name, else that with the most bands that the
    rasters have.

    Raises:
        InputError: The rasters have too few bands for any sensor of the model.
    """
    pairs = sensor_pairs(card)
    if not pairs:
        return tuple(range(len(dates)))
    chosen = {choice.band for choice in choices}
    asked = [pair for pair in pairs if chosen <= {*card.inputs[pair[1]].band_names}] or pairs
    with Rasters(dates[:1]) as first:
        found, known = len(first.bands), {*chosen, *first.band_names}
    named = [pair for pair in asked if all({name, name.lower()} & known for name in card.inputs[pair[1]].band_names)]
    fitting = named or [pair for pair in asked if card.inputs[pair[1]].least_bands <= found]
    if not fitting:
        raise InputError(
            "{path} has {found} bands; {model} reads {expected}. Choose rasters with more bands.",
            path=dates[0],
            found=found,
            model=card.model_id,
            expected=", ".join(f"{card.inputs[now].name}: {card.inputs[now].least_bands}" for _, now in pairs),
        )
    places = max(fitting, key=lambda pair: card.inputs[pair[1]].least_bands)
    wants = card.inputs[places[1]]
    progress.log(
        "The series is read as {sensor} ({bands}).", sensor=wants.name.upper(), bands=", ".join(wants.band_names)
    )
    return places
