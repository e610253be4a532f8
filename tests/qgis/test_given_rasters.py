"""Rasters are given by folders, and by whatever GDAL opens; what cannot be taken is refused with advice."""

import pytest
from terraloom.engine.errors import InputError
from terraloom.processing_provider.folders import with_folders_opened

# Folders


@pytest.mark.parametrize(
    ("name", "metadata", "words"),
    [
        ("S2A_MSIL2A_20230301T102021.SAFE", None, "Open MTD_MSI"),
        ("product", "MTD_MSIL2A.xml", r"Open MTD_MSIL2A\.xml in QGIS"),
        ("product", "manifest.safe", r"Open manifest\.safe in QGIS"),
    ],
)
def test_a_product_of_sentinel_is_no_folder_of_its_preview(make_raster, tmp_path, name, metadata, words):
    (tmp_path / name).mkdir()
    preview = make_raster(f"{name}/preview-ql.tif")
    if name == "product":
        assert with_folders_opened({"INPUT": str(tmp_path / name)}, "INPUT") == {"INPUT": [preview]}
        (tmp_path / name / metadata).touch()
    with pytest.raises(InputError, match=words):
        with_folders_opened({"INPUT": [f"{tmp_path / name}/"]}, "INPUT")
