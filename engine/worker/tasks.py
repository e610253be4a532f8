"""Says which request each task takes and which module does it, imported only when it is asked for."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from ..requests.apply_model import ApplyModel
from ..requests.assess_accuracy import AssessAccuracy
from ..requests.benchmark_model import BenchmarkModel
from ..requests.calibrate_model import CalibrateModel
from ..requests.check_environment import CheckEnvironment
from ..requests.check_physics import CheckPhysics
from ..requests.classify_time_series import ClassifyTimeSeries
from ..requests.compare_networks import CompareNetworks
from ..requests.compose_network import ComposeNetwork
from ..requests.detect_events import DetectEvents
from ..requests.estimate_uncertainty import EstimateUncertainty
from ..requests.explain_prediction import ExplainPrediction
from ..requests.explanation_quality import ExplanationQuality
from ..requests.extract_roads import ExtractRoads
from ..requests.fuse_sar_optical import FuseSarOptical
from ..requests.import_model import ImportModel
from ..requests.make_training_chips import MakeTrainingChips
from ..requests.model_info import ModelInfo
from ..requests.optimise_model import OptimiseModel
from ..requests.pretrain_encoder import PretrainEncoder
from ..requests.report_evidence import ReportEvidence
from ..requests.segment_land_use import SegmentLandUse
from ..requests.train_model import TrainModel


@dataclass(frozen=True)
class Task:
    """How a task is asked for and where it is done.

    Args:
        request: The class of its requests.
        job: Module whose `run(request, progress) -> Outcome` does it.
    """

    request: type[Any]
    job: str


TASKS = {
    "apply_model": Task(ApplyModel, "terraloom.engine.jobs.apply_model"),
    "segment_land_use": Task(SegmentLandUse, "terraloom.engine.jobs.segment_land_use"),
    "extract_roads": Task(ExtractRoads, "terraloom.engine.jobs.extract_roads"),
    "classify_time_series": Task(ClassifyTimeSeries, "terraloom.engine.jobs.classify_time_series"),
    "detect_events": Task(DetectEvents, "terraloom.engine.jobs.detect_events"),
    "fuse_sar_optical": Task(FuseSarOptical, "terraloom.engine.jobs.fuse_sar_optical"),
    "import_model": Task(ImportModel, "terraloom.engine.jobs.import_model"),
    "model_info": Task(ModelInfo, "terraloom.engine.jobs.model_info"),
    "optimise_model": Task(OptimiseModel, "terraloom.engine.jobs.optimise_model"),
    "benchmark_model": Task(BenchmarkModel, "terraloom.engine.jobs.benchmark_model"),
    "make_training_chips": Task(MakeTrainingChips, "terraloom.engine.jobs.make_training_chips"),
    "compose_network": Task(ComposeNetwork, "terraloom.engine.jobs.compose_network"),
    "calibrate_model": Task(CalibrateModel, "terraloom.engine.jobs.calibrate_model"),
    "assess_accuracy": Task(AssessAccuracy, "terraloom.engine.jobs.assess_accuracy"),
    "compare_networks": Task(CompareNetworks, "terraloom.engine.jobs.compare_networks"),
    "check_physics": Task(CheckPhysics, "terraloom.engine.jobs.check_physics"),
    "explain_prediction": Task(ExplainPrediction, "terraloom.engine.jobs.explain_prediction"),
    "explanation_quality": Task(ExplanationQuality, "terraloom.engine.jobs.explanation_quality"),
    "estimate_uncertainty": Task(EstimateUncertainty, "terraloom.engine.jobs.estimate_uncertainty"),
    "report_evidence": Task(ReportEvidence, "terraloom.engine.jobs.report_evidence"),
    "check_environment": Task(CheckEnvironment, "terraloom.engine.jobs.check_environment"),
    "pretrain_encoder": Task(PretrainEncoder, "terraloom.engine.jobs.pretrain_encoder"),
    "train_model": Task(TrainModel, "terraloom.engine.jobs.train_model"),
}
