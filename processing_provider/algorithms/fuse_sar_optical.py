"""Fuse SAR and optical: a map from radar and optical images, before and after, whichever there are."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from qgis.core import QgsProcessing, QgsProcessingParameterDefinition, QgsProcessingParameterMultipleLayers

from ...engine.errors import InputError
from ...engine.library.card import SEGMENTATION, ModelCard
from ...engine.requests.class_map import ClassTargets
from ...engine.requests.fuse_sar_optical import SENSORS, FuseSarOptical
from ...engine.requests.network_run import NetworkRun
from ..layers import day_of, raster_layers
from ..network_algorithm import NetworkAlgorithm
from ..parameters import (
    class_outputs,
    explained,
    generalisation,
    map_output,
    read_generalisation,
    sar_unit,
    sensor_bands,
)
from ..sensor_images import SENSOR_INPUTS
from ..texts import tr


class FuseSarOpticalAlgorithm(NetworkAlgorithm):
    """Runs a network that reads images of several sensors and can do without some of them."""

    TASKS = (SEGMENTATION,)
    ICON = "flood"
    JOB = "fuse_sar_optical"
    FIGURES = ("AREA_HA", "UNFAMILIAR_SHARE")

    def __init__(self) -> None:
        super().__init__()
        self.dates: tuple[str, ...] = ("",) * len(SENSOR_INPUTS)

    def name(self):
        return "fusesaroptical"

    def displayName(self):
        return tr("Fuse SAR and optical")

    def tags(self):
        return tr(
            "flood,floods,inundation,water,sar,radar,sentinel-1,sentinel-2,fusion,multimodal,change,disaster,"
            "deep learning"
        ).split(",")

    def shortDescription(self):
        return tr("Makes one map, for example of a flood, of the radar and optical images there are.")

    def help_text(self):
        return tr(
            "Makes one map of radar and optical images of the same place, each before and after an event. Radar sees "
            "through clouds, optical images show more where there are none, and images from before tell what was water "
            "already.\n\n"
            "Give what there is: any of the four inputs may be empty, and clouds may be cut out (as no data). The "
            "network knows what is lacking and judges by the rest; the map covers what at least one image from after "
            "the event shows, or from before where there is no other. The images are brought to the pixels of the "
            "finest of them, and to those of the model.\n\n"
            "Radar values may be decibels, powers or 8 bits; “auto” recognises them and the log says what they were "
            "taken for. The bundled model reads the VV polarisation, and of Sentinel-2 the bands short-wave infrared, "
            "near infrared and red (B12 or B11, B8, B4).\n\n"
            "The bundled model maps what is flooded, not water that is always there. It is a first picture, not a "
            "measurement: look at the confidence, and check it where it matters.\n\n"
            "The network runs outside QGIS, in the Python environment that “Set up environment” makes."
        )

    @staticmethod
    def suits(card: ModelCard) -> bool:
        return all(wants.name in SENSORS for wants in card.inputs)

    def input_parameters(self) -> Sequence[QgsProcessingParameterDefinition]:
        return (
            _images("OPTICAL", tr("Optical image, after"), tr("The optical image of the state that is mapped.")),
            _images("SAR", tr("Radar image (SAR), after"), tr("The radar image of the state that is mapped.")),
            _images("OPTICAL_BEFORE", tr("Optical image, before"), tr("An optical image from before the event.")),
            _images("SAR_BEFORE", tr("Radar image (SAR), before"), tr("A radar image from before the event.")),
        )

    def image_parameters(self, parameters) -> Sequence[str]:
        given = [name for name in SENSOR_INPUTS if parameters.get(name)]
        if not given:
            raise InputError(
                "No image is given. Choose at least one of OPTICAL, SAR, OPTICAL_BEFORE and SAR_BEFORE; a map of an "
                "event needs OPTICAL or SAR."
            )
        return given

    def read_inputs(self, parameters) -> Sequence[str]:
        return SENSOR_INPUTS

    def own_parameters(self) -> Sequence[QgsProcessingParameterDefinition]:
        return (sar_unit(), *generalisation())

    def bands(self) -> QgsProcessingParameterDefinition:
        return sensor_bands()

    def result_parameters(self) -> Sequence[QgsProcessingParameterDefinition]:
        return (map_output(tr("Class map")), *class_outputs(polygons=tr("Class polygons"), areas=tr("Class areas")))

    def prepare(self, parameters, context, feedback) -> None:
        super().prepare(parameters, context, feedback)
        self.dates = tuple(
            day_of(raster_layers(self, name, parameters, context)[0]) if parameters.get(name) else ""
            for name in SENSOR_INPUTS
        )

    def request(self, run: NetworkRun, files: dict[str, str], parameters: dict[str, Any], context) -> FuseSarOptical:
        return FuseSarOptical(
            run,
            ClassTargets(**files),
            sar_unit=self.parameterAsEnumString(parameters, "SAR_UNIT", context),
            dates=self.dates,
            generalisation=read_generalisation(self, parameters, context),
        )


def _images(name: str, label: str, text: str) -> QgsProcessingParameterDefinition:
    """A parameter that takes the images of one sensor and state."""
    raster = QgsProcessing.SourceType.TypeRaster
    return explained(
        QgsProcessingParameterMultipleLayers(name, label, raster, optional=True),
        text + " " + tr("One raster, or several of the same kind that are taken as a mosaic. May be left empty."),
    )
