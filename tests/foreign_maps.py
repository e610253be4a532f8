"""Makes a picture of colours, and knows the map that toys of other tools promise of it."""

import foreign_toys
import numpy as np
import toys
from scipy.ndimage import uniform_filter, zoom


def picture(rows=150, columns=130, bands=3, seed=0):
    """Smooth patches of colour, `(bands, rows, cols)`, 1–255."""
    rng = np.random.default_rng(seed)
    coarse = rng.uniform(1, 255, (bands, rows // 10 + 2, columns // 10 + 2))
    return zoom(coarse, (1, 10, 10), order=1)[:, :rows, :columns].clip(1, 255).astype(np.uint8)


def brightest(values, size=3):
    """Number of the band that is brightest over a square, edges padded with 0."""
    means = np.stack([uniform_filter(band / 255.0, size, mode="constant") for band in values])
    return means.argmax(axis=0), np.sort(means, axis=0)


def assert_brightest(path, values, size=3, inner=slice(None)):
    """The map is that of the brightest band, but where two are almost alike or none passes the threshold."""
    expected, ordered = brightest(values, size)
    clear = (ordered[-1] - ordered[-2]) > 0.02
    clear[:] &= np.exp(-foreign_toys.GAIN * (ordered[-1] - ordered[-2])) < 0.5
    found = toys.read(path)[0]
    assert clear.mean() > 0.5
    np.testing.assert_array_equal(found[clear][inner], expected[clear][inner])
