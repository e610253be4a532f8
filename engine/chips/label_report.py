"""Tells what becomes of labels: which do not count, which contradict each other, which may mean something else."""

from __future__ import annotations

from collections.abc import Collection

from ..classes.class_names import plain
from ..grids.grid import crs_name
from ..images.rasters import Rasters
from ..legend import NODATA, Legend
from ..progress import Progress
from ..requests.make_training_chips import MakeTrainingChips
from .class_coding import MOST_TOLD
from .label_raster import Field, has_polygons_only, without_shape
from .label_survey import Survey
from .places import Place

MANY = 50
"""Classes that hardly any legend has: that of CORINE has 44."""


def warn_of_one_file(request: MakeTrainingChips, progress: Progress) -> None:
    """Name files that are both image and labels."""
    for path in sorted({path for files in (request.series, *request.inputs) for path in files} & {*request.labels}):
        progress.warn(
            "{path} is chosen as an image and as labels: a network learns to say what it is told. Choose another "
            "raster or layer in LABELS.",
            path=path,
        )


def tell_of_features(field: Field, progress: Progress) -> None:
    """Warn of features that cannot count.

    Raises:
        InputError: They cannot be read, or none has a geometry.
    """
    if field.nameless:
        progress.warn(
            "{count} features of LABELS have nothing in {field} and do not count.",
            count=field.nameless,
            field=field.source.field,
        )
    if field.width_m and has_polygons_only(field.source):
        progress.warn(
            "WIDTH is {width:g} m, but LABELS are polygons, which stay as they are: only lines and points get a width.",
            width=field.width_m,
        )
    lost = without_shape(field.source)
    if lost.missing:
        progress.warn("{count} features of LABELS have no geometry and do not count.", count=lost.missing)
    if lost.broken:
        progress.warn(
            "{count} features of LABELS have a geometry that cannot be used (a ring that is open, for example, no "
            "area, or a corner at infinity) and do not count. Mend or delete them.",
            count=lost.broken,
        )


def tell_of_systems(place: Place, field: Field | None, values: bool, progress: Progress) -> None:
    """Log that labels are brought from another reference system or grid, and warn where theirs is not known.

    Raises:
        InputError: They cannot be read.
    """
    if field is not None:
        own, known = field.crs, place.grid.crs is not None
        if own is None and known:
            progress.warn(
                "The layer of labels has no coordinate reference system; that of the images, {crs}, is taken for it.",
                crs=crs_name(place.grid),
            )
        elif not known and own is not None:
            progress.warn(
                "The images have no coordinate reference system; that of the layer of labels, {crs}, is taken for it. "
                "Assign the missing one if it is another.",
                crs=own.to_string(),
            )
        elif known and own != place.grid.crs:
            progress.log(
                "The labels are brought to the reference system of the images, {crs}.", crs=crs_name(place.grid)
            )
        return
    for path in place.labels:
        with Rasters([path]) as rasters:
            grid = rasters.grid
        if grid.crs is not None and place.grid.crs is not None and place.grid.offset(grid) is None:
            progress.log(
                "{path} ({crs}) is brought onto the grid of the images ({image_crs}): each pixel gets a value from "
                "those around it."
                if values
                else "{path} ({crs}) is brought onto the grid of the images ({image_crs}): each pixel gets the nearest "
                "label.",
                path=path,
                crs=crs_name(grid),
                image_crs=crs_name(place.grid),
            )


def warn_of_unseen(field: Field, found: Collection[int], ignored: Collection[float], progress: Progress) -> None:
    """Name the classes of a field that are lost.

    Args:
        field: The field.
        found: Codes that some pixel has.
        ignored: Codes that do not count.
        progress: Is told.
    """
    lost = [name for code, name in field.names.items() if code not in found and code not in ignored]
    if lost:
        progress.warn(
            "No pixel shows {count} of the labels in {field}: {names}. Their features lie outside the images, reach no "
            "pixel's centre, lie under other features, or where an input is nodata.",
            count=len(lost),
            field=field.source.field,
            names=", ".join(lost[:MOST_TOLD]),
        )


def tell_of_found(found: Survey, usable: int, progress: Progress) -> None:
    """Tell which labels do not count, and where they contradict each other.

    Args:
        found: What was found.
        usable: Labelled pixels that count.
        progress: Is told.
    """
    if found.missing:
        progress.log(
            "{count} labelled pixels ({share:.1f} %) do not count: an input is nodata there.",
            count=found.missing,
            share=100 * found.missing / (found.missing + usable),
        )
    if found.repeated:
        progress.log(
            "{count} labelled pixels lie in the rectangle of an earlier image on another grid and do not count a "
            "second time. Where that image shows nothing there, give the images in another order, or cut it first.",
            count=found.repeated,
        )
    if found.contested:
        progress.warn(
            "{count} labelled pixels ({share:.1f} %) lie in several features of LABELS, with different labels; that of "
            "the last feature in the layer counts. If that is not right, cut them out of each other (Vector > "
            "Geoprocessing > Difference), or put them in another order.",
            count=found.contested,
            share=100 * found.contested / usable,
        )
    if found.ungrouped:
        progress.warn(
            "{count} labelled pixels belong to no value of SPLIT_FIELD and are left out.", count=found.ungrouped
        )


def warn_of_no_background(name: str, filled: int, progress: Progress) -> None:
    """Say that no ground is left for the background.

    Args:
        name: What it is called; empty: it does not count.
        filled: How many pixels it has for want of a label.
        progress: Is told.
    """
    if name and not filled:
        progress.warn(
            "BACKGROUND is {name}, but every pixel of the images has a label or does not count. If a number in LABELS "
            "stands for nothing, declare it as nodata first (Raster > Conversion > Translate).",
            name=name,
        )


def warn_of_nothing(found: Collection[int], request: MakeTrainingChips, progress: Progress) -> None:
    """Say that 255 counts as a class where it lies far from all others, as it does where it stands for nothing."""
    others = [code for code in found if code != NODATA]
    named = any(style.label == str(NODATA) != style.name for style in request.styles)
    if NODATA not in found or named or len(others) < 2:  # with one other it is a mask of 0 and 255
        return
    if NODATA - max(others) > max(others) - min(others):
        progress.warn(
            "{nodata} is learnt as a class, though it lies far from the other labels ({lowest} to {highest}) and often "
            "stands for nothing. If it does here, set IGNORE to {nodata}.",
            nodata=NODATA,
            lowest=min(others),
            highest=max(others),
        )


def warn_of_many(found: Collection[int], request: MakeTrainingChips, progress: Progress) -> None:
    """Say that a raster without names holds more numbers than classes have, as measurements do."""
    if len(found) > MANY and not request.styles:
        progress.warn(
            "The labels hold {count} different numbers ({lowest} to {highest}), and each is learnt as a class. If they "
            "are measurements, set TARGET to values.",
            count=len(found),
            lowest=min(found),
            highest=max(found),
        )


def warn_of_alike(legend: Legend, progress: Progress) -> None:
    """Say that names of classes differ in their case or spaces only: wherever names are compared, they are one."""
    names: dict[str, list[str]] = {}
    for entry in legend.entries:
        if not entry.name.strip().lstrip("-").isdigit():  # numbers keep their sign
            names.setdefault(plain(entry.name), []).append(f"“{entry.name}”")
    alike = [" = ".join(group) for group in names.values() if len(group) > 1]
    if alike:
        progress.warn(
            "Some classes differ only in case, spaces, hyphens or underscores: {names}. They are learnt as different "
            "ones, and “Assess accuracy” will not tell them apart. Write them alike, or give a LEGEND, by which they "
            "count as one.",
            names="; ".join(alike),
        )
