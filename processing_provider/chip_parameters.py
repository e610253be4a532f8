"""Declares the parameters of making training chips: what is cut, how, into which splits, and what is written."""

from __future__ import annotations

from qgis.core import (
    QgsProcessing,
    QgsProcessingParameterExtent,
    QgsProcessingParameterFeatureSource,
    QgsProcessingParameterFile,
    QgsProcessingParameterFolderDestination,
    QgsProcessingParameterMultipleLayers,
    QgsProcessingParameterString,
    QgsProcessingParameterVectorDestination,
)

from ..engine.requests.make_training_chips import SPLITTING, TARGETS
from .parameters import Parameter, explained, field_of, number, one_of, whole_number
from .texts import tr

RASTER = QgsProcessing.SourceType.TypeRaster


def sources() -> list[Parameter]:
    """What the chips are cut out of."""
    multiple, further = QgsProcessingParameterMultipleLayers, tr("Brought to the grid of the first input.")
    return [
        explained(
            multiple("INPUT", tr("Images"), RASTER, optional=True),
            tr("One raster or several of the same kind. A folder stands for all rasters in it."),
        ),
        explained(
            multiple("LABELS", tr("Labels"), QgsProcessing.SourceType.TypeMapLayer),
            tr("One vector layer with a class in a field, or rasters of classes. A folder stands for all rasters."),
        ),
        explained(
            field_of("CLASS_FIELD", tr("Field of the class"), "LABELS"),
            tr("The field of a vector layer that holds the class: numbers from 0 to 254, or names."),
        ),
        explained(
            one_of("TARGET", tr("Labels are"), TARGETS),
            tr("classes, or values: measurements, or the bands of another image, that a network shall tell."),
        ),
        explained(
            QgsProcessingParameterString("IGNORE", tr("Labels to ignore"), optional=True),
            tr("Labels that do not count, with commas between: 0,255 or cloud,unknown. Nodata never counts."),
        ),
        explained(
            QgsProcessingParameterString("BACKGROUND", tr("Class of all that is not labelled"), optional=True),
            tr(
                "What ground without labels is called, for example background: then labels of houses are enough. It "
                "may be a class that the labels have. Empty: ground without labels does not count."
            ),
        ),
        explained(
            number("WIDTH", tr("Width of lines and points (m; 0: one pixel)"), 0.0, 0.0),
            tr("How wide lines are on the ground, and the diameter of points. Polygons stay as they are."),
            advanced=True,
        ),
        *(
            explained(multiple(f"INPUT_{number}", label, RASTER, optional=True), further, advanced=True)
            for number, label in (
                (2, tr("Images of input 2")),
                (3, tr("Images of input 3")),
                (4, tr("Images of input 4")),
            )
        ),
        explained(
            multiple("SERIES", tr("Series of images, in place of the images"), RASTER, optional=True),
            tr("Rasters of one place in the order of time, one for each date."),
            advanced=True,
        ),
        explained(
            QgsProcessingParameterString("DATES", tr("Dates of the series"), optional=True),
            tr(
                "One date for each raster, as in 2024-05-31,2024-06-16. Empty: from the layers' temporal properties, "
                "else from the names of the files, else 0, 1, 2 …"
            ),
            advanced=True,
        ),
        explained(
            QgsProcessingParameterString("INPUT_NAMES", tr("Names of the inputs"), optional=True),
            tr("What the network calls its inputs, for example optical,sar. Empty: image, image_2 and so on."),
            advanced=True,
        ),
        explained(
            QgsProcessingParameterFile("LEGEND", tr("Legend of the labels"), extension="qml", optional=True),
            tr(
                "A QGIS style file that gives the labels their names and colours: of a raster with a palette, or of "
                "categorised features. A field of names gets the values that the legend has for them. Empty: as QGIS "
                "shows the labels. The plugin's folder resources/legends has urban-green.qml and landslide.qml."
            ),
            advanced=True,
        ),
    ]


def cutting() -> list[Parameter]:
    """Where chips lie and what of them counts."""
    return [
        explained(
            whole_number("CHIP_SIZE", tr("Chip size (px; 0: automatic)")),
            tr("Side of a chip. Automatic: 256, 128, 64 or 32, the largest that leaves enough blocks to deal."),
        ),
        explained(
            whole_number("STRIDE", tr("Stride (px; 0: the chip size)")),
            tr("Distance of training chips. Less than the chip size: they overlap. Others never do."),
            advanced=True,
        ),
        explained(
            QgsProcessingParameterExtent("EXTENT", tr("Extent"), optional=True),
            tr("Only this rectangle is cut. Empty: all."),
            advanced=True,
        ),
    ]


def splitting() -> list[Parameter]:
    """What becomes of the chips."""
    return [
        explained(
            one_of("SPLIT", tr("Split"), SPLITTING),
            tr(
                "spatialblocks: by blocks of ground. field: by the values of a field. none: all chips are for training."
            ),
        ),
        explained(
            whole_number("BLOCK_SIZE", tr("Block size (px; 0: automatic)")),
            tr(
                "About the side of a block of ground, at least a chip. Large blocks keep test ground far from training "
                "ground; small ones spread rare classes better."
            ),
        ),
        explained(
            number("VALIDATION_SHARE", tr("Share for validation"), 0.2, 0, 0.9),
            tr("Of the labelled pixels, from 0 to 1."),
        ),
        explained(
            number("TEST_SHARE", tr("Share for testing"), 0.2, 0, 0.9), tr("Of the labelled pixels, from 0 to 1.")
        ),
        explained(
            QgsProcessingParameterString("SPLIT_FIELD", tr("Field of the split"), optional=True),
            tr(
                "For SPLIT = field: a field of the labels, or of the polygons below, with places, events, or train, "
                "validation and test."
            ),
        ),
        explained(
            QgsProcessingParameterFeatureSource(
                "SPLIT_LAYER",
                tr("Polygons with that field"),
                [QgsProcessing.SourceType.TypeVectorPolygon],
                optional=True,
            ),
            tr("Empty: the field is one of the labels."),
        ),
        explained(
            whole_number("SEED", tr("Seed")),
            tr("Another number deals the blocks differently; the same one deals the same."),
            True,
        ),
    ]


def results() -> list[Parameter]:
    """What is written."""
    return [
        QgsProcessingParameterFolderDestination("FOLDER", tr("Folder of the training chips")),
        explained(
            QgsProcessingParameterVectorDestination(
                "FOOTPRINTS",
                tr("Footprints of the chips"),
                QgsProcessing.SourceType.TypeVectorPolygon,
                optional=True,
                createByDefault=True,
            ),
            tr("Where each chip lies, with its split, its block and its pixels of each class."),
        ),
    ]
