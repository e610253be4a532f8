"""Brings values of images of several sensors to those that a model knows: units of radar, optical ones stretched."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

import numpy as np
from numpy.typing import NDArray

from ..errors import InputError
from ..images.rasters import Rasters
from ..library.card import ModelCard
from ..progress import Progress, Silent
from ..requests.assignments import BandScale
from ..requests.fuse_sar_optical import AUTO, OPTICAL, RADAR
from ..requests.network_run import NetworkRun
from ..values.bands import choose_bands
from ..values.clouds import without_clouds
from ..values.stretching import stretch
from ..values.unlike import of_other_units, values_of, with_an_offset
from .radar_unit import to_model


def with_values(run: NetworkRun, card: ModelCard, sar_unit: str, progress: Progress) -> NetworkRun:
    """The run with a SCALE for images whose values are no model's own, but those that the user gave one for.

    Optical images before and after an event are stretched by the same factor, as far as they need it: water that makes
    one of them dark must not be brightened away.

    Args:
        run: Its rasters are in the order of the model's inputs.
        card: That of the model.
        sar_unit: What values of radar are, or `auto`.
        progress: Is told what is done.

    Raises:
        InputError: Optical images before and after are of different units, or SCALE and the unit say two things of the
            radar images.
    """
    samples = {
        number: _sample(files, run, card, number)
        for number, files in enumerate((run.inputs, *run.further_inputs), start=1)
        if files and not any(scale.input == number for scale in run.scale)
    }
    if sar_unit != AUTO and not any(card.inputs[number - 1].name in RADAR for number in samples):
        _tell_unused_unit(sar_unit, run, card, progress)
    scales: list[BandScale] = []
    for number, sample in samples.items():
        wants = card.inputs[number - 1]
        if wants.name in RADAR:
            scales += to_model(sample, sar_unit, wants, number, progress)
    optical = {number: sample for number, sample in samples.items() if card.inputs[number - 1].name in OPTICAL}
    _check_units(optical, card, progress)
    if optical:
        scales += _stretched_alike(optical, card, progress)
    return replace(run, scale=(*run.scale, *scales))


def _tell_unused_unit(sar_unit: str, run: NetworkRun, card: ModelCard, progress: Progress) -> None:
    """Say that no radar image is read by the unit: of many scenes run in one way, some may have none.

    Raises:
        InputError: Radar images are there, but SCALE says already what their values become.
    """
    if any(
        files and card.inputs[number].name in RADAR for number, files in enumerate((run.inputs, *run.further_inputs))
    ):
        raise InputError(
            "SAR_UNIT is {unit}, but SCALE says already what the values of each radar image become. Set SAR_UNIT to "
            "{usual}, or leave radar out of SCALE.",
            unit=sar_unit,
            usual=AUTO,
        )
    progress.warn("SAR_UNIT is {unit}, but no radar image is given: it changes nothing here.", unit=sar_unit)


def _sample(files: tuple[str, ...], run: NetworkRun, card: ModelCard, number: int) -> NDArray[np.float64]:
    """Values of one input, `(bands, pixels)`."""
    wants = card.inputs[number - 1]
    choices = [choice for choice in run.bands if choice.input == number]
    with Rasters(files) as rasters:
        return rasters.sample(choose_bands(rasters, wants, choices, number))


def _check_units(samples: Mapping[int, NDArray[np.float64]], card: ModelCard, progress: Progress) -> None:
    """Compare the values of each image with those of the other: both get one factor and one offset.

    Raises:
        InputError: They are of different units.
    """
    found = [
        values_of(card.inputs[number - 1].name, sample, card.inputs[number - 1]) for number, sample in samples.items()
    ]
    images = [values for values in found if values]
    if len(images) < len(found) or not any(image.is_other for image in images):
        return
    unlike = of_other_units(images)
    if unlike:
        faint, strong = unlike
        raise InputError(
            "The values of input {faint} reach about {least:.4g}, those of {strong} about {most:.4g}: they are of "
            "different units, and would be brought to the model's in one way. Bring both images to one unit (Raster > "
            "Raster Calculator), or say with SCALE what each becomes.",
            faint=faint.name,
            least=faint.high,
            strong=strong.name,
            most=strong.high,
        )
    offset = with_an_offset(images)
    if offset:
        plain, raised = offset
        progress.warn(
            "The values of input {raised} begin at about {above:.0f}, those of {plain} at {low:.0f}, as where products "
            "of Sentinel-2 from before and after January 2022 meet: since then 1000 is added to reflectance x 10000. "
            "If so, take 1000 off {raised} first (Raster > Raster Calculator): the map is wrong otherwise.",
            raised=raised.name,
            above=raised.low,
            plain=plain.name,
            low=plain.low,
        )


def _stretched_alike(
    samples: Mapping[int, NDArray[np.float64]], card: ModelCard, progress: Progress
) -> list[BandScale]:
    """One SCALE for all images, by what is no cloud in them.

    Where several are together what the model knows, it is one that changes nothing, and only for those that would be
    stretched by themselves: of all others the values are still to be checked.
    """
    first, *others = samples
    wants = card.inputs[first - 1]
    together = np.concatenate(list(samples.values()), axis=1)
    ground = without_clouds(together, wants)
    also = [(number, card.inputs[number - 1].name) for number in others]
    found = stretch(ground, wants, first, progress, also)
    if found and ground is not together:
        progress.warn(
            "About {percent:.0f} % of what the optical images show is so bright that it is taken for clouds. How "
            "values are brought to those of the model goes by the rest. What the map says of clouds and their shadows "
            "means nothing: cut them out as no data where you can.",
            percent=100 * (1 - ground.shape[1] / together.any(axis=0).sum()),
        )
    if found or not others:
        return list(found)
    return [
        BandScale(number, "*", 1.0, 0.0)
        for number, sample in samples.items()
        if stretch(sample, card.inputs[number - 1], number, Silent())
    ]
