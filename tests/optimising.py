"""Asks for optimised networks, and reads what they say of themselves."""

from pathlib import Path

import numpy as np
import toys
from scipy.ndimage import gaussian_filter
from terraloom.engine.cards.foreign_cards import read_card
from terraloom.engine.jobs import optimise_model

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


def tiles_used(monkeypatch):
    """The values of the tiles that set ranges, and of those that test, in lists that fill as the job works."""
    ranging, testing = [], []
    find_ranges, compare = optimise_model.find_ranges, optimise_model.compare

    def finding(prepared, tiles, progress):
        ranging.extend(tile.tobytes() for tile in tiles)
        return find_ranges(prepared, tiles, progress)

    def comparing(original, variant, tiles, progress):
        testing.extend(tile.values.tobytes() for tile in tiles)
        return compare(original, variant, tiles, progress)

    monkeypatch.setattr(optimise_model, "find_ranges", finding)
    monkeypatch.setattr(optimise_model, "compare", comparing)
    return ranging, testing
