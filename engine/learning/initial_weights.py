"""Takes weights that were learnt before into a new network: from another model, or from photographs."""

from __future__ import annotations

import pickle  # nosec B403 - for the name of its error; nothing is unpickled but by torch, weights only
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from itertools import accumulate
from pathlib import Path
from typing import Any

import torch
from onnx import numpy_helper
from torch import Tensor, nn

from ...models.build import Network
from ...models.encoders.efficient import EfficientEncoder
from ...models.encoders.imagenet_weights import find_imagenet_weights, start_from_imagenet
from ...models.fusions.available import AvailableFusion
from ...models.fusions.shallow import ShallowFusion
from ...models.weights import named_weights
from ..errors import InputError
from ..foreign.network_file import load
from ..foreign.outside_weights import load_weights
from ..library.card import REGRESSION, ModelCard
from ..progress import Progress
from ..requests.pretrain_encoder import ENDING
from ..requests.train_model import IMAGENET
from .network_errors import network_errors
from .network_for_chips import tells_lines
from .pretrained_weights import read_weights
from .torch_network import readable_card

PUBLISHED = "_conv_stem.weight", "_bn0.weight"
"""Names that EfficientNet-Lite0's weights have, and those of no network of ours."""

ENCODER, HEAD = "encoder.", "head."
"""What the names of the weights of an encoder and of a head begin with."""


@dataclass(frozen=True)
class Targets:
    """What a network is to say.

    Attributes:
        classes: Names of the classes in the order of its outputs; empty: it is to give values.
        factor: What values are divided by for it.
    """

    classes: tuple[str, ...] = ()
    factor: float = 1.0


def initial_file(initial: str) -> Path | None:
    """The file that INITIAL means; `None`: none is asked for.

    Raises:
        InputError: There is no such file.
        ModelError: `imagenet` is asked for, and those weights are not installed.
    """
    if not initial:
        return None
    if initial == IMAGENET:
        with network_errors():
            return find_imagenet_weights()
    if not Path(initial).is_file():
        raise InputError("There is no file {path}. Check INITIAL.", path=initial)
    return Path(initial)


def check_initial(network: Network, initial: str) -> None:
    """Refuse the installed weights of photographs for a network that has no place for them.

    Raises:
        InputError: No encoder of it is efficient.
    """
    if initial == IMAGENET:
        _efficient_encoders(network, IMAGENET)


def take_weights(
    network: Network,
    path: Path,
    progress: Progress,
    visible: Mapping[str, tuple[int, ...]] | None = None,
    targets: Targets | None = None,
) -> None:
    """Take what fits, and tell how much that was.

    Args:
        network: Is changed in place.
        path: A model of ours (`.onnx`), the state of a training (`.pt`), a pre-trained encoder (`.safetensors`), or the
            published weights of EfficientNet-Lite0 (`.pth`), from which every efficient encoder of the network starts.
        progress: Is told.
        visible: Numbers of the red, green and blue bands, from 0, by the name of the input, where they are known: the
            published weights tell them apart.
        targets: What the network is to say: a head that has learnt other classes is not taken, nor one whose values are
            of a unit that is not known; those of a known one are brought to the new unit. `None`: any head is taken.

    Raises:
        InputError: The file cannot be read, or nothing in it fits.
        ModelError: It is no ONNX file, keeps weights in files that cannot be read, or lacks some of EfficientNet-Lite0.
    """
    found, card = _read(path)
    own = named_weights(network)
    if all(name in found for name in PUBLISHED):
        taken = _start_encoders(network, found, path, visible or {})
    else:
        times = 1.0
        if targets and any(name.startswith(HEAD) for name in found):
            times = _head_times(network, card, targets, progress)
            found = {name: value for name, value in found.items() if times or not name.startswith(HEAD)}
        fitting = {
            name: found[name] for name, value in own.items() if name in found and found[name].shape == value.shape
        }
        if not fitting:
            raise InputError(
                "None of the {count} weights in {path} fits the network. As INITIAL, choose a model of the same parts.",
                count=len(found),
                path=str(path),
            )
        _warn_of_little(own, fitting, path, progress)
        network.load_state_dict(fitting, strict=False)
        if times not in (0, 1) and all(name in fitting for name in own if name.startswith(HEAD)):
            network.head.rescale(times)
        taken = len(fitting)
    progress.log(
        "{taken} of {count} weights come from {name}; the others start anew.",
        taken=taken,
        count=len(own),
        name=path.name,
    )


def _warn_of_little(own: Collection[str], fitting: Collection[str], path: Path, progress: Progress) -> None:
    """Say that most of the encoder starts anew, so that INITIAL is worth next to nothing."""
    count = sum(name.startswith(ENCODER) for name in own)
    taken = sum(name.startswith(ENCODER) for name in fitting)
    if 2 * taken < count:
        progress.warn(
            "Only {taken} of the {count} weights of the encoder come from {name}, whose encoder is another one: the "
            "network learns nearly from nothing. Choose as SPEC a network with the encoder of INITIAL (of a model, its "
            ".onnx file), or another INITIAL.",
            taken=taken,
            count=count,
            name=path.name,
        )


def _head_times(network: Network, card: ModelCard | None, targets: Targets, progress: Progress) -> float:
    """What the outputs of the head in a file are to be multiplied by; 0: it says something else, which is told."""
    if not targets.classes:
        if card and card.task == REGRESSION:
            return card.output.factor / targets.factor
        progress.warn(
            "The head of the network starts anew: only a model of values (.onnx) tells the unit of what its head has "
            "learnt, and INITIAL is none."
        )
        return 0.0
    if card is None or tells_lines(network):
        return 1.0
    names = card.legend.names if card.legend else card.output.channels
    if [name.casefold() for name in names] == [name.casefold() for name in targets.classes]:
        return 1.0
    progress.warn(
        "The head of the network starts anew: that of INITIAL tells {found}, the training chips hold {expected}.",
        found=", ".join(names),
        expected=", ".join(targets.classes),
    )
    return 0.0


def _start_encoders(
    network: Network, published: Mapping[str, Tensor], path: Path, visible: Mapping[str, tuple[int, ...]]
) -> int:
    """Let all efficient encoders start from the published weights; gives how many weights that were."""
    encoders = _efficient_encoders(network, str(path))
    colours = _colours(network, visible)
    with network_errors():
        for encoder in encoders:
            start_from_imagenet(encoder, published, colours.get(encoder))
    return sum(len(named_weights(encoder)) for encoder in encoders)


def _efficient_encoders(network: Network, initial: str) -> list[EfficientEncoder]:
    """The encoders that the published weights belong to.

    Raises:
        InputError: There is none.
    """
    encoders = [part for part in network.modules() if isinstance(part, EfficientEncoder)]
    if not encoders:
        raise InputError(
            "INITIAL is {path}, weights of EfficientNet-Lite0, but no encoder of the network is efficient. Compose a "
            "network with that encoder, or choose other weights.",
            path=initial,
        )
    return encoders


def _colours(network: Network, visible: Mapping[str, tuple[int, ...]]) -> Mapping[nn.Module, tuple[int, ...]]:
    """Numbers of red, green and blue among the bands of each efficient encoder that reads some."""
    whole: Any = network.encoder
    inputs = network.spec.inputs
    if isinstance(whole, ShallowFusion):
        return {}  # its encoder reads no bands
    if hasattr(whole, "encoders"):
        numbers = whole.numbers if isinstance(whole, AvailableFusion) else range(len(inputs))
        readers = [(whole.encoders[number], 0) for number in numbers]
    else:  # bands of all inputs are stacked
        readers = [(whole, first) for first in accumulate((each.bands for each in inputs), initial=0)]
    found: dict[nn.Module, tuple[int, ...]] = {}
    for source, (reader, first) in zip(inputs, readers):  # noqa: B905 - behind the last input no one begins
        for part in reader.modules():
            if isinstance(part, EfficientEncoder) and source.name in visible:
                found.setdefault(part, tuple(first + band for band in visible[source.name]))
    return found


def _read(path: Path) -> tuple[Mapping[str, Tensor], ModelCard | None]:
    """The weights of a file by name, and the card of a model that has one."""
    try:
        if path.suffix.lower() == ".onnx":
            model = load(path)
            load_weights(model, path)
            entries = model.graph.initializer
            weights = {each.name: torch.from_numpy(numpy_helper.to_array(each).copy()) for each in entries}
            return weights, readable_card(model)
        if path.suffix.lower() == ENDING:
            return read_weights(path), None
        return _weights(torch.load(path, weights_only=True, map_location="cpu")), None
    except pickle.UnpicklingError as error:  # torch's words advise to run whatever the file holds
        raise _unreadable(path, "it is no file of weights") from error
    except (OSError, EOFError, KeyError, TypeError, ValueError, RuntimeError) as error:
        raise _unreadable(path, str(error).splitlines()[0] if str(error) else type(error).__name__) from error


def _unreadable(path: Path, reason: str) -> InputError:
    return InputError(
        "INITIAL is {path}, from which no weights can be read: {reason}. Choose a model (.onnx), a checkpoint (.pt) or "
        "a pre-trained encoder (.safetensors) of Terraloom, or the weights of EfficientNet-Lite0 (.pth).",
        path=str(path),
        reason=reason,
    )


def _weights(state: object) -> Mapping[str, Tensor]:
    """The best weights in the state of a training, else their running mean, else the last; or published ones."""
    if not isinstance(state, Mapping):
        raise TypeError(f"it holds a {type(state).__name__}")
    if all(isinstance(value, Tensor) for value in state.values()):
        return state
    if "best" not in state:
        raise ValueError("it is no state of a training")
    if state["best"] or state["mean"]:
        return dict(state["best"] or state["mean"])
    prefix = "0."  # the network comes first among what learns
    module = state["network"]["module"]
    return {name[len(prefix) :]: value for name, value in module.items() if name.startswith(prefix)}
