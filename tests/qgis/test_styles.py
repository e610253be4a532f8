"""The styles of results show in QGIS what they are meant to: legends that can be read, and lines that join."""

from datetime import date

import pytest
from qgis.core import (
    QgsFeature,
    QgsGeometry,
    QgsLayerTreeLayer,
    QgsMapLayerLegend,
    QgsMapRendererSequentialJob,
    QgsMapSettings,
    QgsRectangle,
    QgsVectorLayer,
)
from qgis.PyQt.QtCore import QDate, QSize, Qt
from qgis.PyQt.QtGui import QColor
from terraloom.engine.results.qml import date_line_style, line_style, write_date_style, write_hue_style


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


@pytest.fixture
def crossing(qgis_app, tmp_path):
    """Two lines that cross, with a style."""

    def load(style):
        layer = QgsVectorLayer("LineString?crs=EPSG:32631&field=date:date", "lines", "memory")
        for corners in ("0 10, 20 10", "10 0, 10 20"):
            feature = QgsFeature(layer.fields())
            feature["date"] = QDate(2024, 5, 1)
            feature.setGeometry(QgsGeometry.fromWkt(f"LINESTRING({corners})"))
            layer.dataProvider().addFeature(feature)
        (tmp_path / "lines.qml").write_text(style, "utf-8")
        _, loaded = layer.loadNamedStyle(str(tmp_path / "lines.qml"))
        assert loaded
        return layer

    return load


def drawn(layer, ground="white"):
    """A picture of the 20 mm around the crossing, 10 px to the mm."""
    settings = QgsMapSettings()
    settings.setBackgroundColor(QColor(ground))
    settings.setLayers([layer])
    settings.setExtent(QgsRectangle(0, 0, 20, 20))
    settings.setOutputDpi(254)
    settings.setOutputSize(QSize(200, 200))
    job = QgsMapRendererSequentialJob(settings)
    job.start()
    job.waitForFinished()
    return job.renderedImage()


def legend_of(layer):
    """What the legend of a raster says, line by line."""
    node = QgsLayerTreeLayer(layer)
    lines = QgsMapLayerLegend.defaultRasterLegend(layer).createLayerTreeModelLegendNodes(node)
    return [str(line.data(Qt.ItemDataRole.DisplayRole)) for line in lines]


def test_legends_of_directions_name_them(qgis_app, styled):
    said = legend_of(styled(write_hue_style))
    assert [text for text in said if "°" in text] == [f"{15 * step}°" for step in range(13)]


def test_casings_do_not_cut_lines_that_join(crossing):
    picture = drawn(crossing(line_style()))
    line = picture.pixelColor(50, 100).name()
    assert line == "#ffb000" and picture.pixelColor(50, 104).name() != line
    beside = [picture.pixelColor(100 + across, 100 + up).name() for across, up in ((4, 0), (-5, 0), (0, 4), (0, -5))]
    assert beside == [line] * 4


def test_a_single_date_is_seen_on_dark_images_and_on_light(styled):
    (shown,) = styled(write_date_style, [date(2024, 5, 1)]).renderer().classes()
    assert 0.3 < shown.color.lightnessF() < 0.7


@pytest.mark.parametrize("days", [[date(2024, 5, 1)], [date(2024, 5, 1), date(2024, 6, 1)]])
def test_lines_of_any_date_are_seen_on_black(crossing, days):
    picture = drawn(crossing(date_line_style(days)), "black")
    assert picture.pixelColor(50, 105).lightnessF() > 0.7, "the casing"
    assert picture.pixelColor(50, 100).lightnessF() < 0.6, "the line"
