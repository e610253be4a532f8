"""Explains one window by differentiating the network: from arrays to arrays, torch in between."""

from __future__ import annotations

import numpy as np
import torch
from numpy.typing import NDArray

from ...foreign.network_file import load
from ...foreign.outside_weights import load_weights
from ...learning.device import cpu_threads, training_device
from ...network import Network
from ...progress import Told
from ...requests.explain_prediction import GRAD_CAM, GRADIENT_SHAP, INTEGRATED, SALIENCY, Method
from ..attribution import Attribution
from ..class_scores import ClassScores
from ..target import Target
from ..window_memory import room_px
from .asked import Asked
from .grad_cam import grad_cam
from .gradient_shap import SPREAD, Expected, forward_passes, gradient_shap
from .input_x_gradient import input_x_gradient
from .integrated_gradients import EVEN, gradient_passes, integrated_gradients
from .merging import merge
from .networks import Differentiable, check_same, differentiable
from .saliency import saliency

kept: dict[str, Differentiable] = {}
"""The network that was rebuilt last, by its file's hash and what it is for: tiles of one scene share it."""


def explain_by_gradients(
    network: Network,
    reads: ClassScores,
    method: Method,
    target: Target,
    images: tuple[NDArray[np.float32], NDArray[np.float32]],
    steps: int,
    where: tuple[str, int],
    is_held_against_file: bool,
    told: Told,
) -> Attribution:
    """Explain a target.

    Args:
        network: The network.
        reads: What is read of its output.
        method: The method.
        target: What is explained.
        images: The image, and what stands for nothing, each `(channels, rows, cols)`, scaled.
        steps: Steps of integrated gradients, or samples of gradient SHAP.
        where: Device, and processor threads.
        is_held_against_file: Whether it is made sure that the network says in torch what its file says.
        told: Is told how far it is.

    Raises:
        ModelError: The network cannot be rebuilt, differs from its file, or the device is not there.
    """
    image, baseline = images
    device, threads = training_device(where[0]), where[1]
    with cpu_threads(threads), exact_convolutions():
        rebuilt, difference = _rebuilt(network, method, image, device, is_held_against_file)
        tensor = torch.from_numpy(np.ascontiguousarray(image))[None].to(device).requires_grad_()
        most_px = room_px(network, method)
        passes = {
            INTEGRATED: gradient_passes(steps, tensor, most_px),
            GRADIENT_SHAP: forward_passes(max(1, steps), tensor, most_px),
        }
        count = 0

        def look() -> None:
            nonlocal count
            told(min(1.0, count / passes.get(method.name, 2)))
            count += 1

        asked = Asked(rebuilt, reads, target, look)
        facts = {"Differs from the file by": f"{difference:.1g}"} if difference is not None else {}
        if method.name == GRAD_CAM:
            made, layer = grad_cam(asked, rebuilt, tensor, method.layer)
            return Attribution(_array(made)[0], facts={**facts, "Layer": layer})
        start = torch.from_numpy(np.ascontiguousarray(baseline))[None].to(device)
        if method.name == GRADIENT_SHAP:
            return _expected(gradient_shap(asked, tensor, start, steps, method.seed, most_px), steps, facts)
        delta = float("nan")
        if method.name == INTEGRATED:
            made, delta = integrated_gradients(asked, tensor, start, steps, most_px)
            facts["Gradients computed"] = (
                f"{steps}, at most {EVEN:.0%} of them evenly on the way, the others where the score leaps"
            )
        else:
            made = (saliency if method.name == SALIENCY else input_x_gradient)(asked, tensor)
        bands = _array(made)
        return Attribution(bands.sum(axis=0), bands, facts=facts, delta=delta)


def _expected(found: Expected, samples: int, facts: dict[str, str]) -> Attribution:
    """What gradient SHAP found, with what it misses of adding up."""
    bands = _array(found.values)
    baselines = f"{samples}, each band ± {SPREAD:g} of the deviation in the model's card (1 σ)"
    facts = {**facts, "Baselines drawn": baselines}
    delta = float(bands.sum(dtype=np.float64)) - found.difference
    return Attribution(
        bands.sum(axis=0), bands, spread=found.spread, facts=facts, delta=delta, difference=found.difference
    )


def _rebuilt(
    network: Network, method: Method, image: NDArray[np.float32], device: torch.device, is_held_against_file: bool
) -> tuple[Differentiable, float | None]:
    """The network in torch, and what it differs by from its file; `None` where that was looked at before."""
    is_looked_into = method.name == GRAD_CAM  # layers must give what their names say
    mark = f"{network.sha256} {device} {is_looked_into}"
    if mark in kept and not network.card.regions:
        return kept[mark], None
    model = load(network.path)
    load_weights(model, network.path)
    rebuilt = differentiable(model, network.card, image, str(network.path)).to(device)
    if not is_looked_into:
        merge(rebuilt)
    difference = check_same(rebuilt, network, image) if is_held_against_file else None
    kept.clear()
    kept[mark] = rebuilt
    return rebuilt, difference


class exact_convolutions:
    """Within this, graphics cards multiply in full 32 bits."""

    def __enter__(self) -> None:
        self._before = torch.backends.cudnn.allow_tf32
        torch.backends.cudnn.allow_tf32 = False

    def __exit__(self, *_: object) -> None:
        torch.backends.cudnn.allow_tf32 = self._before


def _array(tensor: torch.Tensor) -> NDArray[np.float32]:
    """The numbers of the one image of a tensor."""
    return np.asarray(tensor.detach()[0].cpu().numpy(), np.float32)
