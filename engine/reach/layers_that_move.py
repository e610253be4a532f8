"""What positions see behind layers that give places others: resized, shifted, cut, or spread over channels."""

from __future__ import annotations

from fractions import Fraction

from .layer_axes import Axes, Look, Part, along, line_of, lost, places
from .network_graph import Step
from .sightline import resized_taps


def resized(look: Look) -> list[Axes]:
    """Finer or coarser places: nearest, linear or cubic."""
    step = look.step
    old = step.operator == "Upsample" or step.version < 11
    coordinates = "asymmetric" if old else step.attributes.get("coordinate_transformation_mode", "half_pixel")
    factors = step.value(1 if old else 2, "scales") or None
    chosen = step.attributes.get("axes") or range(len(look.out))
    given = dict(zip((look.normal(axis) for axis in chosen), factors)) if factors else {}
    made = []
    for axis, (before, after) in enumerate(zip(look.shapes[0], look.out)):
        scale = Fraction(given.get(axis, Fraction(after, before))).limit_denominator(1024)
        if (scale == 1 and before == after) or not places(look.axes(0)[axis]):
            made.append(look.axes(0)[axis] if before == after else (Part(after, None),))
            continue
        if coordinates not in ("asymmetric", "half_pixel", "pytorch_half_pixel", "half_pixel_symmetric"):
            look.mixes(look.axes(0)[axis], f"positions by {coordinates}")
        taps = resized_taps(
            scale,
            step.attributes.get("mode", "nearest"),
            coordinates,
            step.attributes.get("nearest_mode", "floor" if old else "round_prefer_floor"),
            bool(step.attributes.get("antialias")),
        )
        made.append(along(look, axis, taps, scale.denominator))
    return [tuple(made)]


def padded(look: Look) -> list[Axes]:
    """Padding with values, with the edge or mirrored: what a tile pads wrongly counts as seen (`Sightline.padded`)."""
    pads = look.step.value(1, "pads")
    chosen = look.step.value(3) or list(range(len(look.out)))
    if pads is None or look.step.attributes.get("mode") == "wrap":
        return lost(look)
    before = dict(zip((look.normal(int(axis)) for axis in chosen), pads))
    return [_shifted(look, {axis: (-int(count), 1) for axis, count in before.items()})]


def _shifted(look: Look, cuts: dict[int, tuple[int, int]]) -> Axes:
    """Axes that start elsewhere: by axis, the first position that is read, and the step."""
    made = []
    for axis, size in enumerate(look.out):
        start, stride = cuts.get(axis, (0, 1))
        if (start, stride) == (0, 1) and (line_of(look.axes(0)[axis]) or size == look.shapes[0][axis]):
            line = line_of(look.axes(0)[axis])
            made.append((Part(size, line),) if line else look.axes(0)[axis])
        elif stride < 0:
            look.mixes(look.axes(0)[axis])
            made.append((Part(size, None),))
        else:
            made.append(along(look, axis, [[start]], stride))
    return tuple(made)


def sliced(look: Look) -> list[Axes]:
    """Positions from a start on, every so many, along some axes."""
    starts = look.step.value(1, "starts")
    if starts is None or look.live != [0]:
        return lost(look)
    axes = look.step.value(3, "axes") or list(range(len(starts)))
    steps = look.step.value(4) or [1] * len(starts)
    cuts = {}
    for axis, start, stride in zip((look.normal(int(axis)) for axis in axes), starts, steps):
        size = look.shapes[0][axis]
        cuts[axis] = (min(max(int(start) + (size if start < 0 else 0), 0), size), int(stride))
    return [_shifted(look, cuts)]


def split_up(look: Look) -> list[Axes]:
    """Pieces of one axis, an output each."""
    axis = look.normal(look.step.attributes.get("axis", 0))
    start, made = 0, []
    for output in look.step.outputs:
        shape = output.shape
        if shape is None:
            return lost(look)
        part = Look(Step("Slice", 0, {}, look.step.inputs, (output,), look.step.node), look.seen, look.sides_px)
        made.append(_shifted(part, {axis: (start, 1)}))
        look.reasons += part.reasons
        start += shape[axis]
    return made


def depth_to_space(look: Look) -> list[Axes]:
    """Pixel shuffling: channels become places inside places."""
    size = look.step.attributes["blocksize"]
    look.mixes(look.axes(0)[1])
    spread = [along(look, axis, [[0]] * size) for axis in (2, 3)]
    return [(look.axes(0)[0], (Part(look.out[1], None),), *spread)]


def space_to_depth(look: Look) -> list[Axes]:
    """Its reverse: places become channels of coarser places."""
    size = look.step.attributes["blocksize"]
    look.mixes(look.axes(0)[1])
    gathered = [along(look, axis, [list(range(size))], size) for axis in (2, 3)]
    return [(look.axes(0)[0], (Part(look.out[1], None),), *gathered)]
