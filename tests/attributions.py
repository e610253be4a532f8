"""Explains arrays by one method, on networks whose attributions are known."""

import numpy as np
import toys
from terraloom.engine.explanation.class_scores import ClassScores
from terraloom.engine.explanation.explainer import Explainer
from terraloom.engine.explanation.near import whole_of
from terraloom.engine.explanation.settings import Effort
from terraloom.engine.explanation.target import Target
from terraloom.engine.network import Network
from terraloom.engine.progress import Silent
from terraloom.engine.requests.card_fields import CardFields
from terraloom.engine.requests.explain_prediction import Method


def opened(path):
    return Network(path, CardFields(), "cpu", "auto", 1, Silent())


def told(_=0.0):
    pass


def linear(path, bands=2, size=3, seed=0):
    """A regression by one convolution: what a pixel adds is its value times the weight that it meets."""
    weight = np.random.default_rng(seed).normal(size=(1, bands, size, size)).astype(np.float32)
    names = tuple(f"b{n}" for n in range(bands))
    nodes = [toys.helper.make_node("Conv", ["image", "w"], ["output"], pads=[size // 2] * 4)]
    document = toys.card(names, 1, radius=size // 2, task="regression", activation="none")
    return toys.save(path, nodes, {"w": weight}, bands, document), weight[0]


def at(shape, row, col, number=0):
    """A target of one pixel."""
    region = np.zeros(shape, bool)
    region[row, col] = True
    return Target.of(region, np.full(shape, number, np.int64))


def explained(network, method, image, baseline, target, samples=32, kind="probability", told=told, **settings):
    reads = ClassScores(network.card, kind)
    explainer = Explainer(network, reads, Method(method, **settings), "cpu", 1)
    region = np.zeros(image.shape[1:], bool)
    return explainer.explain(image, baseline, target, whole_of(region), Effort(samples, 0), told)


def planted(weight, rows=16, cols=16, row=7, col=9):
    """The gradient of a convolution's output pixel."""
    made = np.zeros((len(weight), rows, cols), np.float32)
    made[:, row - 1 : row + 2, col - 1 : col + 2] = weight
    return made
