"""Asks for optimised networks, and reads what they say of themselves."""

from pathlib import Path

import numpy as np
import toys
from scipy.ndimage import gaussian_filter
from terraloom.engine.foreign_cards import read_card

FIELDS = {"mean": 60.0, "std": 20.0}


def image(path, bands=2, rows=300, columns=340, seed=0, **options):
    """A raster with patches of different brightness."""
    noise = np.random.default_rng(seed).standard_normal((bands, rows, columns))
    smooth = gaussian_filter(noise, (0, 6, 6)) * 400 + noise * 4 + 60
    values = smooth.clip(1, 255).astype(np.uint8)
    if options:
        values[:, :150] = 0
    return toys.raster(path, values, **options)


def facts(path):
    return read_card(Path(path)).document["properties"]
