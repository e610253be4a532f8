"""Classify a time series: a class map of what many dates show together."""

from __future__ import annotations

from collections.abc import Sequence

from qgis.core import QgsProcessingParameterDefinition

from ...engine.library.card import ModelCard
from ...engine.requests.class_map import ClassTargets
from ...engine.requests.classify_time_series import ClassifyTimeSeries
from ...engine.requests.network_run import NetworkRun
from ..class_map_algorithm import ClassMapAlgorithm
from ..parameters import class_outputs, map_output, read_generalisation, series
from ..texts import tr


class ClassifyTimeSeriesAlgorithm(ClassMapAlgorithm):
    """Runs a network that reads all dates of a series at once."""

    JOB = "classify_time_series"
    FIRST_INPUT = "SERIES"

    def name(self):
        return "classifytimeseries"

    def displayName(self):
        return tr("Classify time series")

    def tags(self):
        return tr(
            "time series,sits,multitemporal,phenology,crop type,land cover,classification,deep learning,satellite"
        ).split(",")

    def shortDescription(self):
        return tr("Makes a class map of how an area changes over a series of images.")

    def help_text(self):
        return tr(
            "Makes one class map of a series of satellite images: each pixel gets the class that its course over "
            "the dates makes most likely. What looks alike on one date, such as two crops, often differs over a "
            "season.\n\n"
            "Give one raster for each date, in the order of the dates, or a single raster with the bands of all "
            "dates, date by date. There must be as many dates as the model was trained on, at about the same times "
            "of the year; “Show model information” tells them. Where the names of the rasters hold dates, their order "
            "is checked.\n\n"
            "Terraloom brings no model along for this. “Train a model” makes one from chips of your own series, and "
            "“Import a model” takes one from elsewhere; MODEL then offers it.\n\n"
            "What is missing on one date, under a cloud for example, counts as that band's mean; pixels that no date "
            "shows stay without data. BANDS and SCALE count for every date.\n\n"
            "The network runs outside QGIS, in the Python environment that “Set up environment” makes."
        )

    @staticmethod
    def suits(card: ModelCard) -> bool:
        return len(card.inputs) == 1 and card.inputs[0].is_series

    def first_input(self) -> QgsProcessingParameterDefinition:
        return series()

    def result_parameters(self) -> Sequence[QgsProcessingParameterDefinition]:
        return (map_output(tr("Classes")), *class_outputs(polygons=tr("Class polygons"), areas=tr("Class areas")))

    def request(self, run: NetworkRun, files: dict[str, str], parameters, context) -> ClassifyTimeSeries:
        return ClassifyTimeSeries(run, ClassTargets(**files), read_generalisation(self, parameters, context))
