"""An image much coarser than what a model was trained on is warned of, with the models that suit it."""

import numpy as np
import pytest
import toys
from listening import Heard
from maps import apply
from terraloom.engine.errors import InputError
from terraloom.engine.library.installed import BUNDLED

LAND_USE = BUNDLED / "landuse-vhr" / "model.onnx"


@pytest.mark.parametrize(
    ("pixel_m", "warned", "others"),
    [(1.0, False, False), (10.0, True, True), (5.0, True, False)],
)
def test_models_made_for_such_pixels_are_named(tmp_path, pixel_m, warned, others):
    values = np.random.default_rng(0).integers(0, 255, (3, 6, 6)).astype(np.uint8)
    source, heard = toys.raster(tmp_path / "in.tif", values, pixel=pixel_m), Heard()
    apply(tmp_path, LAND_USE, source, progress=heard)
    assert ("landuse-vhr was trained on 1 m or finer" in heard.text) == warned
    assert ("Made for such pixels, if it is what you look for: forest-s2" in heard.text) == others


def test_of_hopeless_pixels_the_refusal_names_them(tmp_path):
    values = np.zeros((3, 6, 6), np.uint8)
    source = toys.raster(tmp_path / "in.tif", values, pixel=40.0)
    with pytest.raises(InputError, match="Choose a finer image or another model"):
        apply(tmp_path, LAND_USE, source)
