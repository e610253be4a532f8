"""Traces and generalises class rasters as a whole: plain and slow, what the engine's way by strips is held against."""

import numpy as np
import shapely
from rasterio.features import shapes
from scipy.sparse import coo_array
from scipy.sparse.csgraph import connected_components
from skimage.measure import label
from terraloom.engine.legend import NODATA


def trace(classes, confidence, transform, pixel_areas_m2):
    """Normalised polygon without collinear vertices, class, area and confidence of each area, by number."""
    numbers = label(classes, background=NODATA, connectivity=1).astype(np.int32)
    areas = {}
    for outline, number in shapes(numbers, mask=numbers > 0, connectivity=4, transform=transform):
        inside = numbers == number
        votes = confidence[inside].astype(float)
        areas[int(number)] = (
            shapely.normalize(shapely.geometry.shape(outline)),
            classes[inside][0],
            np.broadcast_to(pixel_areas_m2[:, np.newaxis], classes.shape)[inside].sum(),
            np.nan if np.isnan(votes).all() else np.nanmean(votes),
        )
    return [areas[number] for number in sorted(areas)]


def absorb(classes, smallest_px):
    """The classes without areas below a size."""
    numbers = label(classes, background=NODATA, connectivity=1)
    count = numbers.max(initial=0) + 1
    sizes, values, owner = np.bincount(numbers.ravel(), minlength=count), np.zeros(count, np.uint8), np.arange(count)
    values[numbers.ravel()] = classes.ravel()
    values[0] = NODATA
    borders = neighbours(numbers)
    threshold = 2
    while threshold < 2 * smallest_px:
        joins = []
        for area in np.nonzero(sizes < min(threshold, smallest_px))[0]:
            near = [b if a == area else a for a, b in borders if area in (a, b)]
            if near:
                joins.append((area, max(near, key=lambda other: (sizes[other], -other))))
        if not joins:
            threshold *= 2
            continue
        for links in (joins, None):
            links = [pair for pair in borders if values[pair[0]] == values[pair[1]]] if links is None else links
            owner, sizes, values, borders = join(links, owner, sizes, values, borders)
    return values[owner[numbers]]


def neighbours(numbers):
    pairs = set()
    for one, other in ((numbers[:, :-1], numbers[:, 1:]), (numbers[:-1], numbers[1:])):
        pairs |= set(zip(one.ravel().tolist(), other.ravel().tolist()))
    return {(min(pair), max(pair)) for pair in pairs if pair[0] != pair[1] and min(pair) > 0}


def join(links, owner, sizes, values, borders):
    rows, columns = [pair[0] for pair in links], [pair[1] for pair in links]
    graph = coo_array((np.ones(len(links)), (rows, columns)), shape=(len(sizes), len(sizes)))
    groups, group = connected_components(graph, directed=False)
    members = [np.nonzero(group == number)[0] for number in range(groups)]
    largest = [max(some, key=lambda area: (sizes[area], -area)) for some in members]
    changed = {tuple(sorted((group[a], group[b]))) for a, b in borders if group[a] != group[b]}
    return group[owner], np.array([sizes[some].sum() for some in members]), values[largest], changed
