"""Check physical plausibility: where a map contradicts a law of nature, and by how much."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from qgis.core import (
    QgsProcessingParameterRasterLayer,
    QgsProcessingParameterString,
)

from ...engine.requests.check_physics import RULES, CheckPhysics
from ..algorithm import TerraloomAlgorithm, run_in_worker
from ..card_fields import read_number
from ..class_styles import shown_classes
from ..figures import Figure
from ..layers import given_raster_layers, raster_file, source_path
from ..outputs import by_field, check_no_input_is_overwritten, targets
from ..parameters import explained, map_output, metrics, number, one_of, text
from ..texts import tr

RASTERS = ("PREDICTION", "DEM", "VECTOR_FIELD")

MAY_BE_UNSET = ("MINIMUM", "MAXIMUM", "STEP_MINUTES")
"""Numbers for which nothing and 0 are not the same."""


class CheckPhysicsAlgorithm(TerraloomAlgorithm):
    """Has the worker hold a map against a law of nature."""

    GROUP = "verify"

    def __init__(self) -> None:
        super().__init__()
        self.sources: dict[str, Any] = {}

    def name(self):
        return "checkphysics"

    def displayName(self):
        return tr("Check physical plausibility")

    def tags(self):
        return tr(
            "physics,plausibility,flood,water,elevation,dem,range,advection,nowcast,residual,consistency,validation"
        ).split(",")

    def shortDescription(self):
        return tr("Tells where a map contradicts a law of nature, and by how much.")

    def help_text(self):
        return tr(
            "Needs no reference: it asks whether a map can be true at all. The result is a raster of residuals, 0 "
            "where the rule holds, on the pixels of the map.\n\n"
            "waterlevel: water does not stand above dry ground beside it, since it would run down there. The residual "
            "of a pixel of water is the sum of its heights, in metres, above those of its four neighbours that are dry "
            "and lower. Only water beside dry ground counts in the figures; dry pixels hold no data. On a map of "
            "floods alone, rivers and lakes count as dry ground: a true flood beside one that lies lower in DEM "
            "violates the rule. DEM on other pixels or in another coordinate reference system is brought to the map's "
            "(bilinear).\n\n"
            "range: values lie between MINIMUM and MAXIMUM. The residual is the distance outside, band by band.\n\n"
            "advection: the bands of the map are successive times of something that only moves, such as rain. The "
            "residual is |∂u/∂t + v · ∇u| in the map's unit per second, one band for each step, with differences "
            "central in space and time; the outermost pixels have none. v is the velocity towards true east and "
            "north.\n\n"
            "Water level and advection are the terms that networks can be trained with. In a training they add "
            "α · L_physics to the loss; for the map as a whole, physics_term in the figures is L_physics and "
            "weighted_term is ALPHA times it. L_physics is the mean over neighbouring pixels (waterlevel), the mean "
            "distance (range), or the mean square of the residual (advection).\n\n"
            "Elevations are never exact, and fields never flow without change. Residuals up to TOLERANCE do not count "
            "as violating; the raster shows them all the same. For water levels, give the vertical error of DEM."
        )

    def figures(self) -> Sequence[Figure]:
        return (
            Figure("VIOLATING_SHARE", tr("Share of judged pixels that violate (0–1)")),
            Figure("MEAN_RESIDUAL", tr("Mean residual of judged pixels")),
            Figure("WEIGHTED_TERM", tr("ALPHA times the physical term")),
        )

    def made_for_figures(self, parameters, context) -> str:
        return "METRICS"

    def initAlgorithm(self, configuration=None):
        for parameter in (
            explained(
                QgsProcessingParameterRasterLayer("PREDICTION", tr("Map to check")),
                tr("Classes (waterlevel), any values (range), or one band for each time in order (advection)."),
            ),
            explained(
                one_of("RULE", tr("Rule"), RULES),
                tr("waterlevel: no water above dry ground. range: no value outside. advection: only flow."),
            ),
            explained(
                QgsProcessingParameterRasterLayer("DEM", tr("Elevation (m; waterlevel)"), optional=True),
                tr("For waterlevel: a raster of one band, best of the ground without trees and buildings."),
            ),
            explained(
                QgsProcessingParameterString("WATER_CLASSES", tr("Classes that are water (waterlevel)"), optional=True),
                tr(
                    "For waterlevel: their names or values, separated by semicolons. Empty: those with the word "
                    "water or flood in their name, but not those such as “Not flooded”."
                ),
            ),
            explained(
                number("MINIMUM", tr("Least value (range)")), tr("For range. Empty: values may be as small as any.")
            ),
            explained(
                number("MAXIMUM", tr("Largest value (range)")), tr("For range. Empty: values may be as large as any.")
            ),
            explained(
                QgsProcessingParameterRasterLayer("VECTOR_FIELD", tr("Velocity (m/s; advection)"), optional=True),
                tr("For advection: a raster of two bands, velocity to the east and to the north in metres per second."),
            ),
            explained(
                number("STEP_MINUTES", tr("Minutes between two bands (advection)")),
                tr("For advection: the time from one band of the map to the next."),
            ),
            explained(
                number("TOLERANCE", tr("Tolerance (m; map’s unit; unit per second)"), 0.0),
                tr("Residuals up to this are no violation; in metres, in the map's unit, or in it per second."),
            ),
            explained(
                number("ALPHA", tr("Weight of the physical term (α)"), 1.0),
                tr(
                    "Multiplies L_physics of the map, to see what such a weight would add to the loss of a training, "
                    "L = L_data + α · L_physics. The residuals do not change with it."
                ),
                advanced=True,
            ),
            map_output(tr("Residuals")),
            explained(
                metrics(False),
                tr("Pixels judged and violating, area, mean, 95th percentile and largest residual, L_physics."),
            ),
        ):
            self.addParameter(parameter)
        self.declare_figures()

    def check(self, parameters, context) -> None:
        super().check(parameters, context)
        layers = given_raster_layers(self, RASTERS, parameters, context)
        read = {name: source_path(layer) for name, layer in layers.items()}
        self._request(parameters, context, {**read, **by_field(targets(self, parameters, context))})
        check_no_input_is_overwritten(self, parameters, context, list(read.values()))

    def prepare(self, parameters, context, feedback) -> None:
        layers = given_raster_layers(self, RASTERS, parameters, context)
        self.subject = layers["prediction"].name()
        self.sources = {
            **{name: raster_file(layer) for name, layer in layers.items()},
            "class_names": shown_classes(layers["prediction"]),
        }

    def process(self, parameters, context, feedback) -> dict[str, Any]:
        files = self.wanted_files(parameters, context)
        request = self._request(parameters, context, {**self.sources, **files})
        outcome = run_in_worker("check_physics", request, feedback)
        return self.results_of(outcome)

    def _request(self, parameters, context, files: dict[str, Any]) -> CheckPhysics:
        """The request, which checks itself."""
        numbers = {name.lower(): read_number(self, name, parameters, context) for name in MAY_BE_UNSET}
        return CheckPhysics(
            rule=self.parameterAsEnumString(parameters, "RULE", context),
            water=text(self, "WATER_CLASSES", parameters, context),
            tolerance=self.parameterAsDouble(parameters, "TOLERANCE", context),
            alpha=self.parameterAsDouble(parameters, "ALPHA", context),
            **numbers,
            **files,
        )
