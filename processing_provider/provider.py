"""The provider `terraloom`: what Terraloom adds to the Processing toolbox."""

from qgis.core import QgsApplication, QgsProcessingProvider

from ..engine import VERSION
from .algorithm import ROOT, icon, icon_path
from .algorithms.apply_model import ApplyModelAlgorithm
from .algorithms.assess_accuracy import AssessAccuracyAlgorithm
from .algorithms.benchmark_model import BenchmarkModelAlgorithm
from .algorithms.calibrate_model import CalibrateModelAlgorithm
from .algorithms.check_environment import CheckEnvironmentAlgorithm
from .algorithms.check_physics import CheckPhysicsAlgorithm
from .algorithms.classify_time_series import ClassifyTimeSeriesAlgorithm
from .algorithms.compare_networks import CompareNetworksAlgorithm
from .algorithms.compose_network import ComposeNetworkAlgorithm
from .algorithms.detect_events import DetectEventsAlgorithm
from .algorithms.estimate_uncertainty import EstimateUncertaintyAlgorithm
from .algorithms.explain_prediction import ExplainPredictionAlgorithm
from .algorithms.explanation_quality import ExplanationQualityAlgorithm
from .algorithms.extract_roads import ExtractRoadsAlgorithm
from .algorithms.fuse_sar_optical import FuseSarOpticalAlgorithm
from .algorithms.import_model import ImportModelAlgorithm
from .algorithms.make_training_chips import MakeTrainingChipsAlgorithm
from .algorithms.model_info import ModelInfoAlgorithm
from .algorithms.optimise_model import OptimiseModelAlgorithm
from .algorithms.pretrain_encoder import PretrainEncoderAlgorithm
from .algorithms.report_evidence import ReportEvidenceAlgorithm
from .algorithms.segment_land_use import SegmentLandUseAlgorithm
from .algorithms.setup_environment import SetupEnvironmentAlgorithm
from .algorithms.train_model import TrainModelAlgorithm
from .chain import Chain
from .outputs import RASTER_EXTENSIONS, TABLE_EXTENSIONS, VECTOR_EXTENSIONS

ALGORITHMS = (
    SetupEnvironmentAlgorithm,
    CheckEnvironmentAlgorithm,
    SegmentLandUseAlgorithm,
    ExtractRoadsAlgorithm,
    FuseSarOpticalAlgorithm,
    ApplyModelAlgorithm,
    ClassifyTimeSeriesAlgorithm,
    DetectEventsAlgorithm,
    ComposeNetworkAlgorithm,
    CalibrateModelAlgorithm,
    AssessAccuracyAlgorithm,
    CompareNetworksAlgorithm,
    CheckPhysicsAlgorithm,
    ExplainPredictionAlgorithm,
    ExplanationQualityAlgorithm,
    EstimateUncertaintyAlgorithm,
    ReportEvidenceAlgorithm,
    MakeTrainingChipsAlgorithm,
    TrainModelAlgorithm,
    PretrainEncoderAlgorithm,
    ImportModelAlgorithm,
    ModelInfoAlgorithm,
    OptimiseModelAlgorithm,
    BenchmarkModelAlgorithm,
)

MODELER = ROOT / "resources" / "modeler"
"""Where the models of the graphical modeler lie that come along: chains of our algorithms."""


class TerraloomProvider(QgsProcessingProvider):
    """Lists the algorithms and says which files they write."""

    def id(self):  # noqa: A003 - QGIS's name
        return "terraloom"

    def name(self):
        return "Terraloom"

    def icon(self):
        return icon("terraloom")

    def svgIconPath(self):
        return icon_path("terraloom")

    def versionInfo(self):
        return VERSION

    def supportsNonFileBasedOutput(self):
        return False

    def loadAlgorithms(self):
        for algorithm in ALGORITHMS:
            self.addAlgorithm(algorithm())
        if QgsApplication.processingRegistry().providerById(self.id()):
            self._add_chains()

    def offer_chains(self):
        """Add our chains once the provider is in the registry, and tell the toolbox."""
        self._add_chains()
        self.algorithmsLoaded.emit()

    def _add_chains(self):
        """Offer our chains too. They look for their steps in the registry, so the provider must be there already."""
        for path in sorted(MODELER.glob("*.model3")):
            chain = Chain(path)
            if chain.is_read:
                self.addAlgorithm(chain)

    def supportedOutputRasterLayerExtensions(self):
        return list(RASTER_EXTENSIONS)

    def defaultRasterFileExtension(self):
        return RASTER_EXTENSIONS[0]

    def supportedOutputVectorLayerExtensions(self):
        return list(VECTOR_EXTENSIONS)

    def supportedOutputTableExtensions(self):
        return list(TABLE_EXTENSIONS)

    def defaultVectorFileExtension(self, hasGeometry=True):  # noqa: N803 - QGIS's name
        return VECTOR_EXTENSIONS[0]

    def unload(self):
        from ..engine.worker import pool

        pool.shut_down()
