"""The styles of results show in QGIS what they are meant to: legends that can be read, and lines that join."""

import pytest
from qgis.core import QgsLayerTreeLayer, QgsMapLayerLegend
from qgis.PyQt.QtCore import Qt
from terraloom.engine.results.qml import write_hue_style


@pytest.fixture
def styled(load_raster, make_raster, tmp_path):
    """A raster of one band with a style that is written first."""

    def load(write, *values):
        write(tmp_path / "style.qml", *values)
        layer = load_raster(make_raster(bands=1))
        _, loaded = layer.loadNamedStyle(str(tmp_path / "style.qml"))
        assert loaded
        return layer

    return load


def legend_of(layer):
    """What the legend of a raster says, line by line."""
    node = QgsLayerTreeLayer(layer)
    lines = QgsMapLayerLegend.defaultRasterLegend(layer).createLayerTreeModelLegendNodes(node)
    return [str(line.data(Qt.ItemDataRole.DisplayRole)) for line in lines]


def test_legends_of_directions_name_them(qgis_app, styled):
    said = legend_of(styled(write_hue_style))
    assert [text for text in said if "°" in text] == [f"{15 * step}°" for step in range(13)]
