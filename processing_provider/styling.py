"""Gives result layers the style that the worker wrote with their files, and their order, once QGIS has loaded them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from qgis.core import (
    Qgis,
    QgsLayerTreeLayer,
    QgsLayerTreeNode,
    QgsMapLayer,
    QgsProcessing,
    QgsProcessingAlgorithm,
    QgsProcessingContext,
    QgsProcessingDestinationParameter,
    QgsProcessingLayerPostProcessorInterface,
    QgsProcessingParameterVectorDestination,
    QgsProject,
)
from qgis.PyQt import sip

from .reopening import show_anew

ORDERS_ITSELF = 34400
"""The version of QGIS that puts results in the order of their sort keys, wherever in the tree they go."""

FROM_ABOVE = (
    QgsProcessing.SourceType.TypeVectorPoint,
    QgsProcessing.SourceType.TypeVectorLine,
    QgsProcessing.SourceType.TypeVectorPolygon,
    QgsProcessing.SourceType.TypeVector,
)
"""Kinds of features in the order in which they lie above each other and above rasters, so that none hides another."""


@dataclass(frozen=True)
class Result:
    """A layer that QGIS will load.

    Args:
        path: The file.
        usual: The name that QGIS gives without being told.
        label: What people call it.
        level: Its kind's place from above.
        is_styled: Whether the user has chosen a style for it, which QGIS gives it.
    """

    path: str
    usual: str
    label: str
    level: int
    is_styled: bool = False


def result_of(
    algorithm: QgsProcessingAlgorithm,
    definition: QgsProcessingDestinationParameter,
    path: str,
    usual: str,
    label: str,
) -> Result:
    """The layer that an algorithm gives for one of its parameters; see `Result`."""
    is_vector = isinstance(definition, QgsProcessingParameterVectorDestination)
    level = FROM_ABOVE.index(definition.dataType()) if is_vector else len(FROM_ABOVE)
    is_styled = has_style_of_the_user(algorithm.id(), definition.name())
    return Result(path, usual, label, level, is_styled)


class Arrival(QgsProcessingLayerPostProcessorInterface):
    """Gives one layer the style that came with it: inside a GeoPackage, in a `.qml` beside any other file.

    QGIS takes this object over and deletes it with the context: each layer needs one of its own.

    Args:
        result: The layer that will arrive.
        depth: How many results belong above it.
        arrived: Depth of each layer of this run that QGIS has loaded, by its id; the layer adds itself.
    """

    def __init__(self, result: Result, depth: int, arrived: dict[str, int]) -> None:
        super().__init__()
        self.path, self.is_styled, self.depth, self.arrived = Path(result.path), result.is_styled, depth, arrived

    def postProcessLayer(self, layer, context, feedback):
        show_anew(str(self.path), layer.project())
        if not self.is_styled:
            self._style(layer)
        layer.triggerRepaint()
        self.arrived[layer.id()] = self.depth
        if Qgis.QGIS_VERSION_INT < ORDERS_ITSELF:
            put_in_order(layer.project() or QgsProject.instance(), self.arrived)

    def _style(self, layer: QgsMapLayer) -> None:
        style = self.path.with_suffix(".qml")
        if self.path.suffix.lower() == ".gpkg":
            layer.loadDefaultStyle()
        elif style.is_file():
            layer.loadNamedStyle(str(style))


waiting: list[Arrival] = []
"""Those not yet deleted by QGIS. It keeps the C++ half of each alive, but not the half in Python."""


def expect(results: Sequence[Result], subject: str, context: QgsProcessingContext) -> None:
    """Arrange how layers will appear: styled, in order, and named after what they were made of.

    A name that the user or a model gave stays.

    Args:
        results: The layers, the most important first.
        subject: Name of the input; empty: the labels will do.
        context: What QGIS loads when the algorithm is done.
    """
    waiting[:] = [entry for entry in waiting if not sip.isdeleted(entry)]
    arrived: dict[str, int] = {}
    for depth, result in enumerate(sorted(results, key=lambda each: each.level)):
        details = context.layerToLoadOnCompletionDetails(result.path)
        waiting.append(Arrival(result, depth, arrived))
        details.setPostProcessor(waiting[-1])
        details.layerSortKey = -depth
        if details.name == result.usual:
            details.name = f"{result.label}: {subject}" if subject else result.label


def has_style_of_the_user(algorithm: str, output: str) -> bool:
    """Whether the user has chosen a style for an output ("Edit rendering styles for outputs" in the toolbox)."""
    try:
        from processing.gui.RenderingStyles import RenderingStyles
    except ImportError:  # QGIS's plugin of that name is off
        return False
    return RenderingStyles.getStyle(algorithm, output) is not None


def put_in_order(project: QgsProject, depths: dict[str, int]) -> None:
    """Put layers that lie in one group of the layer tree in the order of their depth, from the first of them on.

    The first becomes the current layer, where there is a window: QGIS puts what is loaded next above that one.
    """
    root = project.layerTreeRoot()
    nodes = [node for node in map(root.findLayer, depths) if node is not None]
    if not nodes:
        return
    group = nodes[-1].parent()
    together = [node for node in group.children() if _layer_of(node) in depths]
    first = group.children().index(together[0])
    ordered = sorted(together, key=lambda node: depths[_layer_of(node)])
    if group.children()[first : first + len(ordered)] == ordered:
        return
    for node in reversed(ordered):
        group.insertChildNode(first, node.clone())
        group.removeChildNode(node)
    from qgis.utils import iface  # as it is now

    if iface is not None:
        iface.setActiveLayer(group.children()[first].layer())


def _layer_of(node: QgsLayerTreeNode) -> str:
    """Id of the layer that a node of the tree shows; empty: it is a group."""
    return node.layerId() if isinstance(node, QgsLayerTreeLayer) else ""
