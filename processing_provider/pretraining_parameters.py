"""Declares the parameters of pre-training an encoder: images, how it learns, what is written."""

from __future__ import annotations

from qgis.core import (
    QgsProcessing,
    QgsProcessingParameterFileDestination,
    QgsProcessingParameterMultipleLayers,
)

from ..engine.requests.pretrain_encoder import LEAST_PX, METHODS, MOST_PX
from .parameters import Parameter, explained, one_of, report, whole_number
from .texts import tr
from .training_parameters import learning_rate, spec


def sources() -> list[Parameter]:
    """The images, and what learns from them how."""
    raster = QgsProcessing.SourceType.TypeRaster
    return [
        explained(
            QgsProcessingParameterMultipleLayers("INPUT", tr("Images"), raster),
            tr("Images without labels, all with the same bands. A folder stands for all rasters in it."),
        ),
        explained(
            QgsProcessingParameterMultipleLayers("INPUT_2", tr("Images of the second sensor"), raster, optional=True),
            tr("For crossmodal: images of the same ground by another sensor. They are brought to the first's pixels."),
        ),
        explained(
            one_of("METHOD", tr("Method"), METHODS),
            tr(
                "contrastive: two views of a place look alike. crossmodal: two sensors tell a place alike. mae: what "
                "is hidden is told from the rest."
            ),
        ),
        explained(
            spec(tr("Spec of the network")),
            tr(
                "A file that “Compose a network” wrote, or a model (.onnx): its encoder learns. Of more than two "
                "inputs, the first two are those of INPUT and INPUT_2. Empty: the network of the preset landcover or "
                "fusion."
            ),
        ),
    ]


def course() -> list[Parameter]:
    """On how much it learns, and how long."""
    return [
        explained(
            whole_number("TILES", tr("Number of tiles"), 1000, 2),
            tr("So many tiles are drawn at random places to learn from. More ground makes the encoder more general."),
        ),
        explained(
            whole_number("TILE_SIZE", tr("Tile size (px)"), 64, LEAST_PX, MOST_PX),
            tr("Side of a tile. A tile has up to 4 × 4 regions, each told apart from those of other tiles."),
        ),
        explained(
            whole_number("EPOCHS", tr("Epochs (0: automatic)")),
            tr("How often every tile is seen on average. 0: as often as makes a thousand steps."),
        ),
        explained(
            whole_number("SEED", tr("Seed")),
            tr("Another number draws other tiles. The same one on the same machine gives the same weights."),
        ),
        learning_rate(),
        explained(
            whole_number("BATCH_SIZE", tr("Tiles of one step"), 32, 2),
            tr("The regions of these tiles are told apart from each other: more are harder to tell, and teach more."),
            advanced=True,
        ),
    ]


def results() -> list[Parameter]:
    """What is written."""
    return [
        QgsProcessingParameterFileDestination(
            "CHECKPOINT", tr("Weights of the encoder"), tr("Safetensors files (*.safetensors)")
        ),
        report(tr("Report on the pre-training")),
    ]
