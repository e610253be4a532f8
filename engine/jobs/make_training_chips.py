"""Make training chips: survey the labels, deal blocks of ground to the splits, cut and write the chips."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Mapping, Sequence
from dataclasses import replace
from datetime import date
from itertools import groupby
from typing import Any

import numpy as np
import rasterio

from ..chips.chip_balance import tell_of_chips
from ..chips.chip_cutting import ChipCutter, Stream
from ..chips.chip_footprints import warn_of_shared_ground, write_footprints
from ..chips.chip_layout import Size, choose_size, deal, shares_of, sizes_to_try
from ..chips.chip_set import MANIFEST, RESOLUTION_RANGE, SPLITS
from ..chips.class_coding import (
    UNLABELLED,
    ClassCoding,
    code_by_legend,
    code_classes,
    code_of_background,
    ignored_codes,
    whole_labels,
)
from ..chips.label_raster import describe, look_at, look_at_numbers
from ..chips.label_report import (
    tell_of_features,
    tell_of_found,
    tell_of_systems,
    warn_of_alike,
    warn_of_many,
    warn_of_no_background,
    warn_of_nothing,
    warn_of_one_file,
    warn_of_unseen,
)
from ..chips.label_survey import SPLIT_WORDS, Block, LabelSource, Survey, by_group, opened_labelled, seen_before, survey
from ..chips.places import Bands, Place, find_places, warn_of_hidden
from ..chips.source_states import check_states, states_of, states_of_layers
from ..classes.class_names import ClassNames, names_in_style
from ..errors import InputError
from ..grids.grid import ALIKE
from ..images.dates import date_in_name
from ..images.series import check_order
from ..images.transparency import warn_of_transparency
from ..images.urls import file_name
from ..outcome import Outcome
from ..progress import Part, Progress
from ..requests.make_training_chips import MakeTrainingChips, ignored_background
from ..results.tags import tags_of
from ..results.vectors import refuse_losing_crs
from ..results.workspace import Workspace


def run(request: MakeTrainingChips, progress: Progress) -> Outcome:
    """Make the folder that the request asks for."""
    with Workspace(request.outputs, request.sources, folders=(request.folder,)) as workspace:
        legend = names_in_style(request.legend) if request.legend else None
        states = states_of(request.rasters)
        workspace.protect(states)
        places, bands = find_places(request.inputs, request.series, request.labels, request.extent)
        warn_of_hidden(places, progress)
        for files in (request.series, *request.inputs):
            warn_of_transparency(files, progress)
        warn_of_one_file(request, progress)
        source = _label_source(request, places, legend, progress)
        states |= states_of_layers(request.layers)
        found, size = _surveyed(places, source, _sizes(request, places), progress)
        usable = found.labelled(size)
        if not usable:
            raise _nothing_left(found, request, source, places, bands)
        tell_of_found(found, usable, progress)
        if source.field:
            warn_of_unseen(source.field, found.codes(size), source.ignored, progress)
        warn_of_no_background(request.background, found.filled[size], progress)
        coding = None if source.values else _code(found.codes(size), request, source, places, legend, progress)
        splits = _split(found.counts[size], request, source)
        cut = sorted({block.place for block in splits})
        first = places[cut[0]].grid
        refuse_losing_crs(first.crs, first.bounds, request.footprints)
        resolution_m = _resolution_m([places[number] for number in cut], progress)
        folder = workspace.place(request.folder)
        cutter = ChipCutter(folder, _streams(request, bands, progress), size, request.stride_px or size.chip_px, coding)
        seen = seen_before(places, size.chip_px)
        for number, blocks in groupby(splits, lambda block: block.place):
            with opened_labelled(places, number, source, seen[number]) as place:
                for block in blocks:
                    cutter.cut(place, block, splits[block], progress)
                    progress.update(0.3 + 0.65 * len(cutter.blocks) / len(splits), cutter.mpx_per_s)
        check_states(states)
        chip_set = cutter.chip_set(resolution_m, _origin(request, size), progress)
        tell_of_chips(
            chip_set, size, request.split != "none" and not _names_splits(found.counts[size], source), progress
        )
        if request.split == "field":
            warn_of_shared_ground(cutter.footprints, progress)
        if request.footprints:
            layer = workspace.place(request.footprints)
            write_footprints(layer, cutter.footprints, chip_set.legend, tags_of(request), progress)
        (folder / MANIFEST).write_text(chip_set.to_json(), encoding="utf-8")
        workspace.finish(progress)
    outputs = {"folder": request.folder, **({"footprints": request.footprints} if request.footprints else {})}
    figures = {split: len(chip_set.of(split)) for split in SPLITS}
    classes = len(chip_set.legend.entries) if chip_set.legend else 0
    return Outcome(outputs, {"chips": len(chip_set.chips), "classes": classes, **figures})


def _label_source(
    request: MakeTrainingChips, places: Sequence[Place], legend: ClassNames | None, progress: Progress
) -> LabelSource:
    """Look at the fields and tell what becomes of the labels."""
    values, field = request.target == "values", None
    if request.features is not None:
        field = look_at_numbers(request.features) if values else look_at(request.features, False, "CLASS_FIELD")
        loose = sum(place.grid.crs is None for place in places)
        if loose > 1:
            raise InputError(
                "{count} of the images have no place on earth, so it is not clear on which of them the features of "
                "LABELS lie. Give rasters as labels, or one image.",
                count=loose,
            )
        if request.width_m and loose:
            raise InputError(
                "WIDTH is {found:g} m, but the image has no place on earth, so nobody knows how many pixels that is. "
                "Assign its coordinate reference system, or set WIDTH to 0.",
                found=request.width_m,
            )
        field = replace(field, width_m=request.width_m)
        tell_of_features(field, progress)
    tell_of_systems(places[0], field, values, progress)
    groups = look_at(request.groups, True, "SPLIT_FIELD") if request.split == "field" and request.groups else None
    texts = field.texts if field and not values else ()
    wanted = whole_labels(request.ignored, texts or [style.name for style in request.styles])
    ignored = ignored_codes(wanted, texts, request.styles)
    absent = sorted(set(wanted) - set(ignored))
    if absent:
        known = texts or [f"{style.label} ({style.name})" for style in request.styles]
        progress.warn(
            "IGNORE names {absent}, which is none of the labels: {known}.",
            absent=", ".join(absent),
            known=", ".join(known[:20]) or "numbers",
        )
    background = code_of_background(request.background, texts, request.styles, legend) if request.background else None
    if background in ignored.values():
        raise ignored_background(request.background)
    return LabelSource(field, values, frozenset(ignored.values()), groups, background)


def _sizes(request: MakeTrainingChips, places: Sequence[Place]) -> list[Size]:
    """The sizes to try.

    Raises:
        InputError: No image holds a chip.
    """
    sides = [int(min(place.area.width, place.area.height)) for place in places]
    sizes = sizes_to_try(request.chip_px, request.block_px, max(sides))
    if request.split != "spatialblocks":  # blocks deal nothing then, and chips overlap within one only
        sizes = [each for each in sizes if each.block_px > each.chip_px or not 0 < request.stride_px < each.chip_px]
    chip_px = min(size.chip_px for size in sizes)
    if chip_px > max(sides):
        raise InputError(
            "CHIP_SIZE is {chip} px, but the largest image has only {side} px on its shorter side. Choose {side} at "
            "most.",
            chip=chip_px,
            side=max(sides),
        )
    return [size for size in sizes if size.chip_px <= max(sides)]


def _surveyed(
    places: Sequence[Place], source: LabelSource, sizes: Sequence[Size], progress: Progress
) -> tuple[Survey, Size]:
    """Count the labels and choose a size. What it leaves out is told, and hides no ground of others."""
    found = survey(places, source, sizes, progress)
    size = choose_size(found.counts)
    small = [place for place in places if min(place.area.width, place.area.height) < size.chip_px]
    if small:
        progress.warn(
            "{count} images are smaller than a chip of {chip} px and are left out.", count=len(small), chip=size.chip_px
        )
    if small and found.repeated and size.chip_px > min(each.chip_px for each in sizes):
        found = survey(places, source, [size], Part(progress, 0.3))
    return found, size


def _nothing_left(
    found: Survey,
    request: MakeTrainingChips,
    source: LabelSource,
    places: Sequence[Place],
    bands: Sequence[Bands],
) -> InputError:
    """Say why no labelled pixel is left."""
    if found.missing:
        for number, known in found.known.items():
            for name, band_known in zip(
                bands[number].names, np.any(known.reshape(-1, len(bands[number].names)), axis=0).tolist()
            ):
                if not band_known:
                    return InputError(
                        "Band {band} of {input} holds no value at any labelled pixel, only nodata or NaN. Leave the "
                        "band out, or choose another image.",
                        band=name,
                        input=request.input_names[number],
                    )
        return InputError(
            "At each of the {count} labelled pixels some input is nodata or NaN. Choose images that are known where "
            "the labels are.",
            count=found.missing,
        )
    if found.ungrouped:
        return InputError(
            "None of the {count} labelled pixels lies in a feature with a value in {field}. Check SPLIT_FIELD and "
            "SPLIT_LAYER.",
            count=found.ungrouped,
            field=request.groups.field if request.groups else "-",
        )
    return InputError(
        "No pixel of the images has a label that counts. LABELS: {labels}. Images: {images}. Check that the two "
        "overlap, that their reference systems are right, and that IGNORE ({ignored}) leaves something.",
        labels=describe(source.field, places[0]),
        images=describe(None, places[0]),
        ignored=", ".join(request.ignored) or "-",
    )


def _code(
    found: Collection[int],
    request: MakeTrainingChips,
    source: LabelSource,
    places: Sequence[Place],
    legend: ClassNames | None,
    progress: Progress,
) -> ClassCoding:
    """Give the labels their class values, and say so where they are not their own."""
    texts = source.field.texts if source.field else ()
    if legend is None:
        colours = {} if source.field else _colours(places[0].labels[0])
        coding = code_classes(found, texts, request.styles, colours, request.background)
        if source.field is None:
            numbers = {*found} - {UNLABELLED}
            warn_of_nothing(numbers, request, progress)
            warn_of_many(numbers, request, progress)
    else:
        coding = code_by_legend(found, texts, legend, request.legend, request.background)
        unlabelled = [legend.name(value) for value in legend.values if value not in coding.legend.values]
        if unlabelled:
            progress.log(
                "The legend also has {classes}, of which nothing is labelled: the chips do not have them.",
                classes=", ".join(unlabelled),
            )
    if coding.renumbered:
        progress.log(
            "Labels below 0 or above 254 cannot be class values: the labels get 1, 2, … in order. The classes are "
            "named after the old numbers."
        )
    warn_of_alike(coding.legend, progress)
    return coding


def _colours(path: str) -> dict[int, str]:
    """The colours of a raster with a palette."""
    with rasterio.open(path) as dataset:
        try:
            palette = dataset.colormap(1)
        except ValueError:
            return {}
    return {value: f"#{red:02x}{green:02x}{blue:02x}" for value, (red, green, blue, _) in palette.items()}


def _split(blocks: Mapping[Block, Counter[int]], request: MakeTrainingChips, source: LabelSource) -> dict[Block, str]:
    """The split of each block, blocks in order.

    Raises:
        InputError: The field names splits, but not that of training, or other things beside them.
    """
    ordered = sorted(blocks, key=_order)
    if request.split == "none":
        return dict.fromkeys(ordered, "train")
    shares = shares_of(request.validation_share, request.test_share)
    if source.groups is None:
        own = deal({block: blocks[block] for block in ordered}, shares, request.seed)
        return {block: own[block] for block in ordered}
    groups = by_group(blocks)
    words = {number: SPLIT_WORDS.get(source.groups.texts[number].lower()) for number in groups}
    others = [source.groups.texts[number] for number, word in words.items() if not word]
    if others and any(words.values()):
        raise InputError(
            "{field} names splits ({splits}) and other things ({others}). Give every feature of SPLIT_LAYER one of "
            "train, validation and test, or call groups that are none otherwise.",
            field=source.groups.source.field,
            splits=", ".join(source.groups.texts[number] for number, word in words.items() if word),
            others=", ".join(others[:5]),
        )
    if _names_splits(blocks, source):
        if "train" not in words.values():
            raise InputError(
                "{field} names splits, but no labelled pixel lies in one for training. Use train, validation and test.",
                field=source.groups.source.field,
            )
        return {block: words[block.group] or "train" for block in ordered}
    dealt = deal(dict(sorted(groups.items())), shares, request.seed)
    return {block: dealt[block.group] for block in ordered}


def _names_splits(blocks: Mapping[Block, Counter[int]], source: LabelSource) -> bool:
    """Whether the field says itself what the chips of all labelled blocks are for."""
    groups = source.groups
    return groups is not None and all(groups.texts[number].lower() in SPLIT_WORDS for number in by_group(blocks))


def _order(block: Block) -> tuple[int, int, int, int]:
    """Blocks from north to south, place by place."""
    return block.place, block.row, block.column, block.group


def _streams(request: MakeTrainingChips, bands: Sequence[Bands], progress: Progress) -> list[Stream]:
    """What the chips tell of each input beside its values."""
    days, dates = _days(request, progress)
    return [
        Stream(name, its, days if request.series and not number else (), dates if request.series and not number else ())
        for number, (name, its) in enumerate(zip(request.input_names, bands))
    ]


def _days(request: MakeTrainingChips, progress: Progress) -> tuple[tuple[int, ...], tuple[str, ...]]:
    """Days of a series from its first, and its dates; 0, 1, 2, … without dates where they are not known.

    Raises:
        InputError: The names of the rasters tell that they are out of order.
    """
    known = [date.fromisoformat(text) for text in request.dates]
    if not known:
        check_order(request.series)
        named = [date_in_name(path) for path in request.series]
        known = [day for day in named if day is not None]
        if len(known) < len(named) or len(set(known)) < len(known):
            if known:
                progress.warn(
                    "Not each file of the series has a date of its own in its name: {files}. They count as days 0, 1, "
                    "2 and so on; give DATES where the time between them matters.",
                    files=", ".join(file_name(path) for path in request.series[:5]),
                )
            return tuple(range(len(named))), ()
    return tuple((day - known[0]).days for day in known), tuple(day.isoformat() for day in known)


def _resolution_m(places: Sequence[Place], progress: Progress) -> float | None:
    """The pixel size on the ground of the first place that has one.

    Places that differ from it are told of, and pixels that are not square, as none are in the images that a model maps.
    """
    sides_m = [sides for place in places if (sides := place.grid.pixel_m)]
    if not sides_m:
        return None
    width_m, height_m = max(sides_m, key=lambda sides: max(sides) / min(sides))
    if max(width_m, height_m) >= ALIKE * min(width_m, height_m):
        progress.warn(
            "The images have pixels of {width:.3g} x {height:.3g} m on the ground, and chips are cut of them as they "
            "are. To a model images are shown with square pixels, in which all has another shape than in these chips. "
            "Warp the images to a projected coordinate reference system and square pixels first (GDAL: Warp "
            "projections).",
            width=width_m,
            height=height_m,
        )
    sizes_m = [float((width_m * height_m) ** 0.5) for width_m, height_m in sides_m]
    low_m, high_m = (sizes_m[0] * factor for factor in RESOLUTION_RANGE)
    if min(sizes_m) < low_m or max(sizes_m) > high_m:
        progress.warn(
            "The images have pixels of {lowest:.3g} to {highest:.3g} m on the ground, and chips are cut of them as "
            "they are. A model of these chips counts as one for {first:.3g} m, to which images are brought before it "
            "maps them. Resample the images to one pixel size, or make chips of each size by themselves.",
            lowest=min(sizes_m),
            highest=max(sizes_m),
            first=sizes_m[0],
        )
    return sizes_m[0]


def _origin(request: MakeTrainingChips, size: Size) -> dict[str, Any]:
    """How the chips were made; of files, their names only."""
    return {
        "inputs": [[file_name(path) for path in files] for files in (request.series, *request.inputs) if files],
        "labels": [file_name(path) for path in request.labels]
        or ([file_name(request.features.path), request.features.field] if request.features else []),
        "ignored": list(request.ignored),
        "background": request.background,
        "width_m": request.width_m,
        "block_px": size.block_px,
        "stride_px": request.stride_px or size.chip_px,
        "split": request.split,
        "shares": shares_of(request.validation_share, request.test_share),
        "seed": request.seed,
    }
