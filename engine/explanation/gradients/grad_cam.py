"""Grad-CAM: where the features of a layer speak for the score."""

from __future__ import annotations

from contextlib import ExitStack
from functools import partial

import torch
from captum.attr import LayerAttribution, LayerGradCam
from torch import Tensor, nn

from ...errors import InputError
from .asked import Asked

NAMED = 40
"""So many layers are named to who asks for one that is not there."""


def grad_cam(asked: Asked, network: nn.Module, image: Tensor, layer: str) -> tuple[Tensor, str]:
    """The features of a layer, each weighed with its mean gradient, enlarged to the image.

    Selvaraju and others 2017 (arXiv 1610.02391, equations 1 and 2). Deviation: as captum does by default, what speaks
    against the score keeps its negative sign.

    Args:
        asked: What is explained.
        network: The network within it, by whose names layers are known.
        image: `(1, channels, rows, cols)`, scaled.
        layer: Name of the layer within the network; empty: the coarsest features, of several the last ones.

    Returns:
        `(1, 1, rows, cols)`; and the layer's name.

    Raises:
        InputError: There is no such layer.
    """
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
    enlarged: Tensor = LayerAttribution.interpolate(made, tuple(image.shape[2:]), interpolate_mode="bilinear")
    return enlarged, name


def _feature_maps(asked: Asked, network: nn.Module, image: Tensor) -> dict[str, tuple[int, int]]:
    """Rows and columns of what each layer gives, of those that run once and give maps, in the order in which they run.

    The network as a whole gives its result, which is no feature.
    """
    seen: dict[str, tuple[int, int]] = {}
    several: set[str] = set()
    with ExitStack() as hooks:
        for name, module in network.named_modules():
            if name:
                hooks.callback(module.register_forward_hook(partial(_note, name, seen, several)).remove)
        with torch.no_grad():
            asked(image)
    return {name: size for name, size in seen.items() if name not in several}


def _note(
    name: str, seen: dict[str, tuple[int, int]], several: set[str], _: nn.Module, __: object, given: object
) -> None:
    """Note what a layer gives, and if it runs more than once."""
    if name in seen:
        several.add(name)
    if isinstance(given, Tensor) and given.ndim == 4:
        seen[name] = (given.shape[2], given.shape[3])


def _coarsest(maps: dict[str, tuple[int, int]]) -> str:
    """The last layer that gives as few pixels as any that gives more than one."""
    sizes = {name: rows * cols for name, (rows, cols) in maps.items() if rows * cols > 1}
    if not sizes:
        raise InputError(
            "METHOD is gradcam, which needs a layer of feature maps; this network gives none of more than one pixel "
            "here. Choose another METHOD."
        )
    least = min(sizes.values())
    return [name for name, size in sizes.items() if size == least][-1]
