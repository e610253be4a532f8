"""Grad-CAM: where the features of a layer speak for the score."""

from __future__ import annotations

from contextlib import ExitStack
from functools import partial

from captum.attr import LayerAttribution, LayerGradCam
from torch import Tensor, nn
from torch.nn import functional

from ...errors import InputError
from .asked import Asked
from .from_onnx import Step
from .networks import Differentiable

CHANNELS_LAST = (0, 2, 3, 1)
"""How a graph turns feature maps, `(images, channels, rows, cols)`, so that channels are last."""

NAMED = 40
"""So many layers are named to who asks for one that is not there."""


def grad_cam(asked: Asked, rebuilt: Differentiable, image: Tensor, layer: str) -> tuple[Tensor, str]:
    """The features of a layer, each weighed with its mean gradient, enlarged to the image.

    Selvaraju and others 2017 (arXiv 1610.02391, equations 1 and 2). Deviation: as captum does by default, what speaks
    against the score keeps its negative sign.

    Args:
        asked: What is explained.
        rebuilt: The network; layers are known by the names within.
        image: `(1, channels, rows, cols)`, scaled.
        layer: Name of the layer within the network; empty: the coarsest features, of several the last ones.

    Returns:
        `(1, 1, rows, cols)`; and the layer's name.

    Raises:
        InputError: There is no such layer.
    """
    network, said = rebuilt.network, rebuilt.card
    maps = _feature_maps(asked, network, image)
    name = layer or _coarsest(maps)
    if name not in maps:
        raise InputError(
            "LAYER is {found}; the network has no such layer of feature maps. Some of its {count} are: {known}.",
            found=layer,
            count=len(maps),
            known=", ".join(list(maps)[:NAMED]),
        )
    made = LayerGradCam(asked, dict(network.named_modules())[name]).attribute(image)
    rows, cols = (
        _spread(shown, whole, said.stride_px, said.output.margin_px)
        for shown, whole in zip(made.shape[2:], image.shape[2:])
    )
    enlarged: Tensor = LayerAttribution.interpolate(made, (rows, cols), interpolate_mode="bilinear")
    top, left = (image.shape[2] - rows) // 2, (image.shape[3] - cols) // 2
    around = left, image.shape[3] - cols - left, top, image.shape[2] - rows - top
    return functional.pad(enlarged, around), name


def _spread(shown: int, whole: int, stride_px: int, margin_px: int) -> int:
    """Over how much of the length of an image so many pixels of a map lie.

    Over all of it where layers pad what they see. Where they do not, each layer lacks a margin, at most that of the
    output, so that the map lies in the middle, and each of its pixels is as wide as its stride says.
    """
    strides = [stride for stride in range(1, stride_px + 1) if stride_px % stride == 0 and stride * shown <= whole]
    spread = max(strides, default=1) * shown
    return spread if 0 <= whole - spread <= 2 * margin_px else whole


def _feature_maps(asked: Asked, network: nn.Module, image: Tensor) -> dict[str, tuple[int, int]]:
    """Rows and columns of what each layer gives, of those that run once and give maps, in the order in which they run.

    What does not depend on the image (weights) is no feature, nor is the result, nor what has its channels last.
    """
    seen: dict[str, Tensor] = {}
    left_out: set[str] = set()
    turned: set[str] = set()
    results: list[Tensor] = []
    with ExitStack() as hooks:
        for name, module in network.named_modules():
            if name:
                hooks.callback(module.register_forward_hook(partial(_note, name, seen, left_out, turned)).remove)
        hooks.callback(network.register_forward_hook(lambda _, __, given: results.append(given)).remove)
        asked(image)
    result = {_memory(each) for each in results}  # a view of the result, turned or cut, is in the same memory
    return {
        name: (given.shape[2], given.shape[3])
        for name, given in seen.items()
        if name not in left_out and _memory(given) not in result
    }


def _memory(tensor: Tensor) -> int:
    """Where the numbers of a tensor lie."""
    return tensor.untyped_storage().data_ptr()


def _note(
    name: str,
    seen: dict[str, Tensor],
    left_out: set[str],
    turned: set[str],
    layer: nn.Module,
    _: object,
    given: object,
) -> None:
    """Note what a layer gives, and if it runs more than once or gives its channels last."""
    if isinstance(layer, Step) and _has_channels_last(layer, turned):
        turned.update(layer.outputs)
        left_out.add(name)
    if name in seen:
        left_out.add(name)
    if isinstance(given, Tensor) and given.ndim == 4 and given.requires_grad:
        seen[name] = given


def _has_channels_last(step: Step, turned: set[str]) -> bool:
    """Whether a step of a graph gives its channels last, when those named so far do."""
    return step.axes == CHANNELS_LAST if step.axes else any(name in turned for name in step.inputs)


def _coarsest(maps: dict[str, tuple[int, int]]) -> str:
    """The last layer that gives as few pixels as any that gives more than one."""
    sizes = {name: rows * cols for name, (rows, cols) in maps.items() if rows * cols > 1}
    if not sizes:
        raise InputError(
            "METHOD is gradcam, which needs a layer of feature maps; this network gives none of more than one pixel "
            "here but its result. Choose another METHOD."
        )
    least = min(sizes.values())
    return [name for name, size in sizes.items() if size == least][-1]
