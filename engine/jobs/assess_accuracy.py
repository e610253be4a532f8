"""Assess accuracy: from a class map and a reference to figures with intervals, as a page and as JSON."""

from __future__ import annotations

import json
from contextlib import ExitStack

from ..classes.class_names import ClassNames, class_names
from ..classes.class_raster import ClassRaster, ClassReader
from ..errors import InputError
from ..grids.grid import Grid
from ..images.rasters import cache_blocks
from ..images.urls import file_name
from ..outcome import Outcome
from ..pages.report_page import percent
from ..phrases import Phrase
from ..progress import Part, Progress
from ..requests.assess_accuracy import AssessAccuracy
from ..requests.estimate_uncertainty import Truth
from ..results.workspace import Workspace
from ..verification.accuracy import Accuracy, assess, assess_points
from ..verification.accuracy_report import accuracy_document, accuracy_page
from ..verification.assessment import Assessment
from ..verification.by_area import ByArea, class_areas, weigh
from ..verification.comparison import Comparison, Regions, compare
from ..verification.features import POLYGON, read_features
from ..verification.reference import RasterReference, Reference, open_reference

CACHE_BYTES = 64 * 2**20
"""Decoded blocks that GDAL keeps; each is needed for one window, or for few."""

COMPARED = 0.3
"""Progress when points are compared, and only the classes of the whole map are left to be measured."""

COUNTED = 0.99
"""Progress while figures are computed: at 1 only handing over is left."""


def run(request: AssessAccuracy, progress: Progress) -> Outcome:
    """Hold the map against the reference and write what the request asks for."""
    with Workspace(request.outputs, request.sources) as workspace, cache_blocks(CACHE_BYTES), ExitStack() as stack:
        raster = stack.enter_context(ClassRaster(request.map))
        workspace.protect(raster.files)
        names = class_names(request.map, request.class_names)
        truth = Truth(request.reference, request.reference_is_raster, request.reference_layer, request.class_field)
        reference = open_reference(truth, names, raster.grid, workspace, stack, progress)
        share = COMPARED if reference.kind == "points" else 1.0
        reader = raster.on(raster.grid)
        compared = compare(reader, reference, _regions(request, raster, progress), Part(progress, 0.0, share))
        _check(compared, request)
        by_area = None
        if reference.kind == "points":
            by_area = _by_area(request, compared, raster.grid, reader, Part(progress, share, 1 - share))
        found = _assess(request, reference, compared, raster, names, by_area, progress)
        for caution in found.cautions:
            progress.warn("{caution}", caution=caution)
        made = {
            "report": (request.report, accuracy_page(found)),
            "metrics": (request.metrics, json.dumps(accuracy_document(found), indent=2, ensure_ascii=False) + "\n"),
        }
        wanted = {name: (target, text) for name, (target, text) in made.items() if target}
        for target, text in wanted.values():
            workspace.place(target).write_text(text, encoding="utf-8")
        raster.check_unchanged()
        workspace.finish(progress)
    whole = found.whole
    progress.log(
        "Overall accuracy {accuracy}, mean IoU {iou}, from {count} comparisons.",
        accuracy=percent(whole.overall_accuracy.value),
        iou=percent(whole.mean_iou.value),
        count=compared.compared,
    )
    figures = {"oa": whole.overall_accuracy.value, "miou": whole.mean_iou.value}
    return Outcome({name: target for name, (target, _) in wanted.items()}, figures)


def _regions(request: AssessAccuracy, raster: ClassRaster, progress: Progress) -> Regions | None:
    """The regions, where there are any."""
    if not request.regions:
        return None
    areas = read_features(request.regions, request.regions_layer, request.region_field, (POLYGON,), raster.grid)
    if areas.without_shape:
        progress.warn(
            "{count} features of REGIONS have no polygon that can be used and do not count.", count=areas.without_shape
        )
    if areas.left_out.broken:
        progress.warn(
            "{count} features of REGIONS have a broken geometry (a ring that is open, for example, no area, or a "
            "corner at infinity). Mend or delete them.",
            count=areas.left_out.broken,
        )
    nameless = areas.labels.count(None)
    if nameless:
        progress.warn("{count} features of REGIONS have no name in REGION_FIELD and do not count.", count=nameless)
    return Regions(areas, raster.grid)


def _check(compared: Comparison, request: AssessAccuracy) -> None:
    """Refuse where nothing can be said.

    Raises:
        InputError: No place has both a true and a mapped class; it says why.
    """
    if compared.compared:
        return
    lost, beyond = sum(compared.not_mapped.values()), sum(compared.outside.values())
    left_out = "; ".join(f"{name}: {count}" for name, count in compared.notes.items()) or "nothing"
    if lost:
        raise InputError(
            "The map has no data at any of the {count} places whose class {reference} tells. Choose a reference that "
            "lies where the map does.",
            count=lost,
            reference=file_name(request.reference),
        )
    if beyond:
        raise InputError(
            "{reference} and the map do not overlap: all of it lies outside. Choose a reference that lies on the map, "
            "and check the coordinate reference systems of both.",
            reference=file_name(request.reference),
        )
    raise InputError(
        "{reference} tells no class on the map (left out: {left_out}). Choose another reference, or another "
        "CLASS_FIELD.",
        reference=file_name(request.reference),
        left_out=left_out,
    )


def _by_area(
    request: AssessAccuracy, compared: Comparison, grid: Grid, reader: ClassReader, progress: Progress
) -> ByArea:
    """Weight points by the areas of the classes that they lie on, for which the whole map is read."""
    areas, whole = class_areas(reader, grid, compared.values, progress)
    return weigh(compared.by_group().sum(axis=0), areas, whole, request.confidence_level)


def _assess(
    request: AssessAccuracy,
    reference: Reference,
    compared: Comparison,
    raster: ClassRaster,
    names: ClassNames,
    by_area: ByArea | None,
    progress: Progress,
) -> Assessment:
    """Compute the figures, of the whole and of each region.

    Raises:
        CancelledError: The user asked to stop.
    """
    values = compared.values

    def figures(region: int | None) -> Accuracy | None:
        progress.update(COUNTED)  # drawing many groups takes a while, for each region anew
        counts = compared.by_group(region)
        if not counts.sum():
            return None
        if reference.kind == "points":
            return assess_points(counts.sum(axis=0), request.confidence_level)
        return assess(counts, request.confidence_level)

    whole = figures(None)
    if whole is None:  # `_check` has refused this
        raise InputError("There is nothing to assess: no pixel has both a true and a mapped class.")
    colours = {**raster.colours, **names.colours}
    return Assessment(
        map_name=raster.name,
        reference_name=file_name(request.reference),
        kind=reference.kind,
        names=tuple(names.name(value) for value in values),
        values=values,
        colours=tuple(colours.get(value, "") for value in values),
        whole=whole,
        regions={name: figures(place) for place, name in enumerate(compared.regions)},
        not_mapped=tuple(compared.not_mapped.get(value, 0) for value in values),
        outside=tuple(compared.outside.get(value, 0) for value in values),
        missing=tuple(name for value, name in names.names.items() if value not in values),
        left_out=tuple(_left_out(note, int(count)) for note, count in compared.notes.items()),
        block_px=reference.block_px if isinstance(reference, RasterReference) else 0,
        by_area=by_area,
    )


def _left_out(note: str, count: int) -> Phrase:
    """What the report says of a reference's note."""
    return {
        "without class": Phrase("Left out: {count:,} of the points or polygons, which have no class.", count=count),
        "without geometry": Phrase(
            "Left out: {count:,} of the features, which have no usable geometry: they have none.", count=count
        ),
        "with a broken geometry": Phrase(
            "Left out: {count:,} of the features, whose geometry is broken (a ring that is open, for example, no area, "
            "or a corner at infinity). Mend or delete them.",
            count=count,
        ),
        "of another kind": Phrase(
            "Left out: {count:,} of the features, since most others are of another kind, points or polygons.",
            count=count,
        ),
        "without a pixel": Phrase(
            "Left out: {count:,} of the polygons, which are so small that they hold no pixel's centre.", count=count
        ),
        "contradicted": Phrase(
            "Left out: {count:,} of the pixels, which lie in polygons of different classes.", count=count
        ),
    }[note]
