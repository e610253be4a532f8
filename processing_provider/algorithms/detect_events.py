"""Detect events: what happened on the ground between the dates of a series, where and when."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from qgis.core import (
    QgsProcessing,
    QgsProcessingParameterBoolean,
    QgsProcessingParameterDefinition,
    QgsProcessingParameterEnum,
    QgsProcessingParameterMultipleLayers,
    QgsProcessingParameterRasterLayer,
    QgsProcessingParameterString,
    QgsProcessingParameterVectorDestination,
    QgsRasterLayer,
)

from ...engine.errors import ModelError
from ...engine.images.dates import date_in_name
from ...engine.library.card import SEGMENTATION, ModelCard
from ...engine.library.event_models import EVENTS, GLACIER_FRONT, check_event, suits_any_event, suits_event
from ...engine.library.installed import find_model, installed_models
from ...engine.requests.detect_events import DetectEvents, EventTargets
from ...engine.requests.network_run import NetworkRun
from ..layers import day_of, raster_file, raster_file_layer, raster_layers, source_path
from ..network_algorithm import NetworkAlgorithm
from ..outputs import check_no_input_is_overwritten
from ..parameters import explained, further_raster, map_output, number, one_of, sar_unit, text, titles
from ..parameters import model as model_parameter
from ..texts import tr

AUTO = "auto"
"""Stands for the first installed model that sees the event."""


class DetectEventsAlgorithm(NetworkAlgorithm):
    """Runs a network over the dates of a series and tells what happened between them."""

    TASKS = (SEGMENTATION,)
    ICON = "events"
    JOB = "detect_events"
    FIGURES = ("EVENT_HA", "EVENT_AREAS", "VIOLATING_SHARE", "FRONTS", "MOVED_M")
    FIRST_INPUT = "SERIES"

    def __init__(self) -> None:
        super().__init__()
        self.dates: tuple[str, ...] = ()
        self.dem = ""

    def name(self):
        return "detectevents"

    def displayName(self):
        return tr("Detect events")

    def tags(self):
        return tr(
            "event,flood,floods,landslide,deforestation,glacier,calving front,terminus,retreat,change detection,"
            "time series,date,multitemporal,deep learning,satellite"
        ).split(",")

    def shortDescription(self):
        return tr("Tells from a series of images what happened, where, and on which date it was first seen.")

    def help_text(self):
        return tr(
            "Finds floods, landslides, the calving fronts of glaciers or changes in a series of images: a map of what "
            "happened, for each pixel the first date on which it is seen (as a number, 20240531), the areas as "
            "polygons with that date, and the probability date by date.\n\n"
            "Give one raster for each date, in the order of time. Dates come from DATES, else from the temporal "
            "properties of the layers, else from their names. Other grids and coordinate systems are brought to those "
            "of the first raster; with ALIGN, rasters that lie a few pixels beside the first are moved onto it, and "
            "the log tells by how much.\n\n"
            "A model that reads one image is run on each date; one that reads two dates or more, on each so many "
            "consecutive ones, and what it says counts for the last of them. What the image of a date does not show "
            "is without data on that date.\n\n"
            "glacierfront: FRONT is the front on each date as a line, with its length and how far it lies before (+) "
            "or behind (-) the first one, in metres. The map tells what became sea and what became ice. Restrict it "
            "to one glacier with EXTENT or MASK.\n\n"
            "flood: with DEM it is told how much of the flood stands above dry ground beside it. Rivers and lakes that "
            "are no flood count as dry ground there, even where they lie lower.\n\n"
            "landslide and change: Terraloom brings no model along. “Train a model” makes one from chips of your own, "
            "with a class called landslide or change (for landslides it has the preset landslide); such models are "
            "untested here, for want of public labels.\n\n"
            "The network runs outside QGIS, in the Python environment that “Set up environment” makes."
        )

    @staticmethod
    def suits(card: ModelCard) -> bool:
        return suits_any_event(card)

    def first_input(self) -> QgsProcessingParameterDefinition:
        return explained(
            QgsProcessingParameterMultipleLayers("SERIES", tr("Series of images"), QgsProcessing.SourceType.TypeRaster),
            tr(
                "One raster for each date, in the order of time. A folder stands for all rasters in it, in the order "
                "of their names."
            ),
        )

    def input_parameters(self) -> Sequence[QgsProcessingParameterDefinition]:
        event = explained(
            one_of("EVENT", tr("Event"), EVENTS),
            tr("What to look for. The model must have a class of it."),
        )
        return self.first_input(), event

    def initAlgorithm(self, configuration=None):
        super().initAlgorithm(configuration)
        resume = self.parameterDefinition("RESUME")  # all maps have it, but here no date is kept unfinished
        resume.setFlags(resume.flags() | QgsProcessingParameterDefinition.Flag.FlagHidden)

    def model_choice(self) -> QgsProcessingParameterDefinition:
        """MODEL: that of the event where the user does not choose."""
        installed = model_parameter(self.TASKS, self.suits)
        choice = QgsProcessingParameterEnum(
            "MODEL",
            installed.description(),
            options=[AUTO, *installed.options()],
            defaultValue=AUTO,
            optional=True,
            usesStaticStrings=True,
        )
        return explained(
            choice,
            tr("One of the installed models; auto: the first that sees the event.")
            + titles([entry.card for entry in installed_models(self.TASKS, self.suits)]),
        )

    def own_parameters(self) -> Sequence[QgsProcessingParameterDefinition]:
        return (
            explained(
                QgsProcessingParameterString("DATES", tr("Dates of the series"), optional=True),
                tr(
                    "One date for each raster, as in 2024-05-31,2024-06-16. Empty: from the layers' temporal "
                    "properties, otherwise from their names."
                ),
            ),
            explained(
                QgsProcessingParameterRasterLayer("DEM", tr("Elevation (m)"), optional=True),
                tr(
                    "For flood: a raster of one band, best of the ground. It is told how much of the flood stands "
                    "above dry ground."
                ),
            ),
            explained(
                QgsProcessingParameterBoolean("ALIGN", tr("Align the dates"), defaultValue=False),
                tr(
                    "Finds by how much each raster lies beside the first, up to some pixels, and moves it back. Turned "
                    "or stretched ones cannot be mended so."
                ),
            ),
            sar_unit(),
            explained(
                number("MIN_AREA", tr("Smallest area (m²)"), usual=0, least=0),
                tr(
                    "For flood, landslide and change: areas of the event, of all dates together, that are smaller are "
                    "left out. 0 keeps every pixel."
                ),
            ),
        )

    def result_parameters(self) -> Sequence[QgsProcessingParameterDefinition]:
        line, polygon = QgsProcessing.SourceType.TypeVectorLine, QgsProcessing.SourceType.TypeVectorPolygon
        return (
            map_output(tr("Event map")),
            explained(
                further_raster("DATE_RASTER", tr("Date of the event")),
                tr("For each pixel the first date on which the event is seen, as the number 20240531."),
            ),
            explained(
                QgsProcessingParameterVectorDestination(
                    "POLYGONS", tr("Event areas"), polygon, optional=True, createByDefault=False
                ),
                tr("One polygon for each connected area of a date, with date, event, area and mean probability."),
            ),
            explained(
                further_raster("PROBABILITY", tr("Probability of the event")),
                tr("How probable the event is on each date, one band a date, from 0 to 1."),
            ),
            explained(
                QgsProcessingParameterVectorDestination(
                    "FRONT", tr("Glacier fronts"), line, optional=True, createByDefault=False
                ),
                tr(
                    "For glacierfront: one line for each date, with date, length_m, moved_m (since the first date; "
                    "below 0: it went back), confidence and bridged."
                ),
            ),
        )

    def made_for_figures(self, parameters, context) -> str:
        is_front = self.parameterAsEnumString(parameters, "EVENT", context) == GLACIER_FRONT
        return "FRONT" if is_front else "POLYGONS"  # FRONTS and MOVED_M come with the one, EVENT_AREAS with the other

    def check(self, parameters, context) -> None:
        parameters = self._with_model(parameters, context)
        layers = raster_layers(self, self.FIRST_INPUT, parameters, context)
        dem = self._dem(parameters, context)
        self.dates = _dates(self, layers, parameters, context)
        self.dem = source_path(dem) if dem is not None else ""
        super().check(parameters, context)
        if dem is not None:
            check_no_input_is_overwritten(self, parameters, context, [self.dem])
        if not text(self, "MODEL_FILE", parameters, context):
            model = find_model(text(self, "MODEL", parameters, context), self.TASKS, self.suits)
            check_event(model.card, self.parameterAsEnumString(parameters, "EVENT", context))

    def prepare(self, parameters, context, feedback) -> None:
        parameters = self._with_model(parameters, context)
        super().prepare(parameters, context, feedback)
        layers = raster_layers(self, self.FIRST_INPUT, parameters, context)
        dem = self._dem(parameters, context)
        self.dates = _dates(self, layers, parameters, context)
        self.dem = raster_file(dem) if dem is not None else ""

    def request(self, run: NetworkRun, files: dict[str, str], parameters, context) -> DetectEvents:
        return DetectEvents(
            run,
            EventTargets(**files),
            self.parameterAsEnumString(parameters, "EVENT", context),
            dates=self.dates,
            dem=self.dem,
            align=self.parameterAsBoolean(parameters, "ALIGN", context),
            sar_unit=self.parameterAsEnumString(parameters, "SAR_UNIT", context),
            min_area_m2=self.parameterAsDouble(parameters, "MIN_AREA", context),
        )

    def _with_model(self, parameters, context) -> dict[str, Any]:
        """The parameters with the model's name in place of `auto`.

        Raises:
            ModelError: No installed model sees the event.
        """
        given = text(self, "MODEL", parameters, context)
        if text(self, "MODEL_FILE", parameters, context) or given not in ("", AUTO):
            return parameters
        event = self.parameterAsEnumString(parameters, "EVENT", context)
        found = installed_models(self.TASKS, lambda card: suits_event(card, event))
        if not found:
            raise ModelError(
                "No installed model sees the event {event}. Train one with “Train a model”, from chips with a class "
                "of that name that “Make training chips” cuts of the images of both dates (SERIES), or give a network "
                "of your own as MODEL_FILE.",
                event=event,
            )
        return {**parameters, "MODEL": found[0].card.model_id}

    def _dem(self, parameters, context) -> QgsRasterLayer | None:
        """The layer of elevations, if it is given.

        Raises:
            InputError: It cannot be opened, or is no file.
        """
        if not parameters.get("DEM"):
            return None
        return raster_file_layer(self, "DEM", parameters, context)


def _dates(algorithm, layers: list[QgsRasterLayer], parameters, context) -> tuple[str, ...]:
    """The day of each layer as ISO text: what the user says, else its temporal properties, else its name."""
    given = tuple(entry for entry in map(str.strip, text(algorithm, "DATES", parameters, context).split(",")) if entry)
    return given or tuple(_date_of(layer) for layer in layers)


def _date_of(layer: QgsRasterLayer) -> str:
    """The day on which a layer begins to be shown over time, else that in the name of its file or its own."""
    shown = day_of(layer)
    if shown:
        return shown
    found = date_in_name(source_path(layer)) or date_in_name(layer.name())
    return found.isoformat() if found else ""
