"""What positions see behind layers that move a kernel along rows and columns: convolutions and pooling."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from .layer_axes import Axes, Look, Part, along, lost
from .sightline import transposed_taps, window_taps


@dataclass(frozen=True)
class _Sweep:
    """How a kernel moves along one axis, in positions."""

    size: int
    stride: int
    dilation: int

    @property
    def span(self) -> int:
        """From its first tap to its last."""
        return (self.size - 1) * self.dilation + 1


def _sweeps(look: Look, weights: int) -> list[_Sweep]:
    """A kernel's movement along rows, columns and whatever else follows the channels."""
    given = look.step.attributes
    sizes = given.get("kernel_shape") or look.shapes[weights][2:]
    ones = [1] * len(sizes)
    rest = zip(sizes, given.get("strides") or ones, given.get("dilations") or ones)
    return [_Sweep(size, stride, dilation) for size, stride, dilation in rest]


def pooled(look: Look) -> list[Axes]:
    """Pooling over a window."""
    return [look.axes(0)[:2] + _swept(look, _sweeps(look, 0))]


def convolved(look: Look) -> list[Axes]:
    """Convolutions: channels mix, places see the window."""
    if look.live != [0]:
        return lost(look)
    look.mixes(look.axes(0)[1])
    sweeps = _sweeps(look, 3 if look.step.operator == "QLinearConv" else 1)
    return [(look.axes(0)[0], (Part(look.out[1], None),), *_swept(look, sweeps))]


def _swept(look: Look, sweeps: Sequence[_Sweep]) -> Axes:
    """The axes that a kernel moves along."""
    made = []
    for place, sweep in enumerate(sweeps):
        missing = (look.out[place + 2] - 1) * sweep.stride + sweep.span - look.shapes[0][place + 2]
        taps = window_taps(sweep.size, sweep.dilation, _pad_before(look, place, max(missing, 0)))
        made.append(along(look, place + 2, taps, sweep.stride))
    return tuple(made)


def _pad_before(look: Look, place: int, missing: int) -> int:
    """Padding before the first position; `missing` is what "same" padding shares out, the odd one behind or before."""
    auto = look.step.attributes.get("auto_pad", "NOTSET")
    if auto in ("SAME_UPPER", "SAME_LOWER"):
        return missing // 2 if auto == "SAME_UPPER" else missing - missing // 2
    pads = look.step.attributes.get("pads") if auto == "NOTSET" else None
    return int(pads[place]) if pads else 0


def transposed(look: Look) -> list[Axes]:
    """Transposed convolutions: each place spreads over a window."""
    if look.live != [0]:
        return lost(look)
    look.mixes(look.axes(0)[1])
    made = [look.axes(0)[0], (Part(look.out[1], None),)]
    for place, sweep in enumerate(_sweeps(look, 1)):
        more = (look.step.attributes.get("output_padding") or [0] * (place + 1))[place]
        cut = sweep.stride * (look.shapes[0][place + 2] - 1) + more + sweep.span - look.out[place + 2]
        pad = _pad_before(look, place, max(cut, 0))
        if "output_shape" in look.step.attributes and look.step.attributes.get("auto_pad", "NOTSET") == "NOTSET":
            pad = cut - cut // 2
        made.append(along(look, place + 2, transposed_taps(sweep.size, sweep.stride, sweep.dilation, pad)))
    return [tuple(made)]
