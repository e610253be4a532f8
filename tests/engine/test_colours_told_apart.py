"""Classes of our own legends look different to those who lack the cones for green or for red, too."""

import itertools

import numpy as np
import pytest
from terraloom.engine.events.event_map import LEGENDS
from terraloom.engine.library.card import ModelCard
from terraloom.engine.library.installed import BUNDLED

MAPS = {path.parent.name: ModelCard.from_file(path).legend for path in sorted(BUNDLED.glob("*/card.json"))}
OWN = {name: legend for name, legend in {**LEGENDS, **MAPS}.items() if legend is not None}

LACKING = {
    "green": ((0.367322, 0.860646, -0.227968), (0.280085, 0.672501, 0.047413), (-0.011820, 0.042940, 0.968881)),
    "red": ((0.152286, 1.052583, -0.204868), (0.114503, 0.786281, 0.099216), (-0.003882, -0.048116, 1.051998)),
}
"""How light is seen without those cones (Machado, Oliveira and Fernandes 2009, table 1, severity 1)."""

TO_XYZ = ((0.4124, 0.3576, 0.1805), (0.2126, 0.7152, 0.0722), (0.0193, 0.1192, 0.9505))
WHITE = (0.95047, 1.0, 1.08883)
LEAST = 20
"""Distance in CIELAB (1976) at which nobody takes one for the other; 2 is just seen."""


def lab(rgb, lacking):
    """How a colour is seen, in CIELAB."""
    shares = np.array(rgb) / 255
    light = np.where(shares <= 0.04045, shares / 12.92, ((shares + 0.055) / 1.055) ** 2.4)
    x, y, z = np.array(TO_XYZ) @ np.clip(np.array(LACKING[lacking]) @ light, 0, 1) / WHITE
    x, y, z = (each ** (1 / 3) if each > 0.008856 else 7.787 * each + 16 / 116 for each in (x, y, z))
    return np.array([116 * y - 16, 500 * (x - y), 200 * (y - z)])


@pytest.mark.parametrize("lacking", LACKING)
@pytest.mark.parametrize("legend", OWN.values(), ids=OWN)
def test_classes_are_told_apart_without_seeing_red_and_green(legend, lacking):
    for one, other in itertools.combinations(legend.entries, 2):
        apart = np.linalg.norm(lab(one.rgb, lacking) - lab(other.rgb, lacking))
        assert apart > LEAST, f"{one.name} and {other.name}"
