"""The style of detected objects loads in QGIS: outlines by class, labels with name and score."""

import pytest
from osgeo import ogr
from qgis.core import (
    QgsExpression,
    QgsExpressionContext,
    QgsExpressionContextUtils,
    QgsPalLayerSettings,
    QgsRenderContext,
    QgsVectorLayer,
)
from terraloom.engine.legend import Legend, LegendEntry
from terraloom.engine.results.qml import detection_style

LEGEND = Legend((LegendEntry(0, "car & van", "#ee6677"), LegendEntry(1, "ship", "#4477aa")))


@pytest.fixture
def found(make_polygons, tmp_path, qgis_app):
    """Two objects as the worker writes them, with their style."""
    path = make_polygons("found.gpkg", names=("found",))
    source = ogr.Open(path, update=1)
    layer = source.GetLayer(0)
    layer.CreateField(ogr.FieldDefn("name", ogr.OFTString))
    layer.CreateField(ogr.FieldDefn("score", ogr.OFTReal))
    for feature in layer:
        feature["name"], feature["score"] = LEGEND.names[feature["class"]], 0.876
        layer.SetFeature(feature)
    layer = source = None
    (tmp_path / "found.qml").write_text(detection_style(LEGEND), encoding="utf-8")
    return path


def test_objects_load_as_outlines_with_labels(found, tmp_path):
    layer = QgsVectorLayer(found, "found", "ogr")
    _, loaded = layer.loadNamedStyle(str(tmp_path / "found.qml"))
    assert loaded
    renderer = layer.renderer()
    assert [category.label() for category in renderer.categories()] == ["car & van", "ship"]
    drawing = QgsRenderContext()
    renderer.startRender(drawing, layer.fields())
    for feature, entry in zip(layer.getFeatures(), LEGEND.entries):
        drawn = renderer.symbolForFeature(feature, drawing).symbolLayer(0)
        assert drawn.strokeColor().getRgb() == (*entry.rgb, 255) and drawn.fillColor().alpha() == 0
    renderer.stopRender(drawing)
    assert layer.labelsEnabled()
    settings = layer.labeling().settings()
    assert settings.placement == QgsPalLayerSettings.Placement.OutsidePolygons
    assert settings.isExpression and settings.drawLabels and settings.thinningSettings().minimumFeatureSize() == 4
    text = settings.format()
    assert text.size() == 8 and text.opacity() == 1 and text.buffer().enabled()
    context = QgsExpressionContext(QgsExpressionContextUtils.globalProjectLayerScopes(layer))
    context.setFeature(next(layer.getFeatures()))
    assert QgsExpression(settings.fieldName).evaluate(context) == "car & van 0.88"
