"""Set up environment: makes the Python environment in which Terraloom's networks run."""

from __future__ import annotations

from typing import Any

from qgis.core import (
    QgsProcessingParameterBoolean,
    QgsProcessingParameterEnum,
    QgsProcessingParameterFile,
    QgsSettings,
)

from ...engine.environment.create import check_wheels, create
from ...engine.environment.lock import EXTRAS, TIERS
from ..algorithm import TerraloomAlgorithm
from ..feedback import FeedbackProgress
from ..parameters import explained, full_path, one_of, report, text
from ..proxies import proxies
from ..reports import show
from ..texts import tr


class SetupEnvironmentAlgorithm(TerraloomAlgorithm):
    """Runs the installer in QGIS's own process; nothing enters QGIS's Python."""

    GROUP = "setup"
    TIER = ""

    def name(self):
        return "setupenvironment"

    def displayName(self):
        return tr("Set up environment")

    def tags(self):
        return tr("environment,python,install,installation,onnxruntime,torch,pip,offline,repair").split(",")

    def shortDescription(self):
        return tr("Makes the Python environment in which Terraloom's networks run. Needed once.")

    def help_text(self):
        return tr(
            "Makes the Python environment in which Terraloom's networks run. It is needed once, before the "
            "first map, and again when a new version of Terraloom says so.\n\n"
            "The environment is a folder of its own outside QGIS and outside the plugin: QGIS's Python is "
            "not touched, and an update of the plugin keeps it. Packages come from the Python package "
            "index, through the proxy of QGIS's settings, in fixed versions.\n\n"
            "“run” is enough to make maps (about 640 MB). “learn” adds what training needs. "
            "On Linux that wants 10 GB of free disk: the torch of the package index brings along what graphics "
            "cards need. The extra “openvino” (some 180 MB more) runs many networks faster on the processor.\n\n"
            "On a machine without a network, give a folder of wheels. If you keep an environment of your "
            "own, for example of conda, give its interpreter: where it has all packages it is used as it "
            "is, and nothing is installed into it."
        )

    def initAlgorithm(self, configuration=None):
        self.addParameter(
            explained(
                one_of("TIER", tr("Packages"), TIERS),
                tr("run: applying models. learn: that, and training them; what learns already goes on learning."),
            )
        )
        self.addParameter(
            explained(
                QgsProcessingParameterEnum(
                    "EXTRAS",
                    tr("Extras"),
                    options=list(EXTRAS),
                    allowMultiple=True,
                    optional=True,
                    usesStaticStrings=True,
                ),
                tr(
                    "openvino: runs many networks faster on the processor, and makes PRECISION = bf16 possible. "
                    "What was installed once is kept."
                ),
            )
        )
        self.addParameter(
            explained(
                QgsProcessingParameterFile(
                    "INTERPRETER",
                    tr("Python interpreter"),
                    defaultValue=QgsSettings().value("terraloom/interpreter", "") or None,
                    optional=True,
                    fileFilter=tr("All files (*)"),  # QGIS's own filter refuses names without a dot
                ),
                tr(
                    "A Python 3.11 to 3.13 to use, or one that has the packages already. "
                    "Empty: one is looked for on this machine."
                ),
            )
        )
        self.addParameter(
            explained(
                QgsProcessingParameterFile(
                    "WHEELS",
                    tr("Folder of wheels"),
                    QgsProcessingParameterFile.Behavior.Folder,
                    optional=True,
                ),
                tr("A folder with the wheel files of all packages, for machines without a network."),
            )
        )
        self.addParameter(
            explained(
                QgsProcessingParameterBoolean("REPAIR", tr("Repair: make it anew"), defaultValue=False),
                tr("Makes the environment anew even where nothing seems wrong with it."),
            )
        )
        self.addParameter(report(tr("Report on the environment")))

    def check(self, parameters, context) -> None:
        super().check(parameters, context)
        check_wheels(text(self, "WHEELS", parameters, context))

    def process(self, parameters, context, feedback) -> dict[str, Any]:
        from ...engine.worker import pool

        pool.shut_down()  # Windows does not replace files in use, and the next job must start in the new environment
        wheels = text(self, "WHEELS", parameters, context)
        made = create(
            self.parameterAsEnumString(parameters, "TIER", context),
            list(filter(None, self.parameterAsEnumStrings(parameters, "EXTRAS", context))),  # [""] stands for none
            full_path(self, "INTERPRETER", parameters, context),
            wheels,
            self.parameterAsBoolean(parameters, "REPAIR", context),
            {} if wheels else proxies(QgsSettings()),
            FeedbackProgress(feedback),
            feedback.isCanceled,
        )
        page = self.wanted_files(parameters, context).get("report", "")
        show(made, page, feedback)
        return {"REPORT": page}
