"""How much of the bare network's speed the methods reach that ask it about changed images: one line of JSON for each.

    python -m benchmarks.explanations

For each method a window of the bundled land-use model is explained. Evaluations of the method and of the bare network,
as many of the same window at once, are timed in turns, so that both meet the same load; what counts is the median of
the rounds' ratios. `cpu_share` is the same by processor time, which hardly depends on what else the machine does.
"""

from __future__ import annotations

import json
import statistics
import time
from collections.abc import Callable
from pathlib import Path

import numpy as np
from terraloom.engine.explanation.band_ablation import band_ablation
from terraloom.engine.explanation.class_scores import ClassScores
from terraloom.engine.explanation.evaluations import BATCH_PX, NetworkScores
from terraloom.engine.explanation.feature_ablation import feature_ablation
from terraloom.engine.explanation.features import Features, all_together, blocks, one_by_one
from terraloom.engine.explanation.kernel_shap import kernel_shap
from terraloom.engine.explanation.lime import lime
from terraloom.engine.explanation.occlusion import occlusion
from terraloom.engine.explanation.target import Target
from terraloom.engine.network import Network
from terraloom.engine.progress import Silent
from terraloom.engine.requests.card_fields import CardFields

MODEL = Path(__file__).resolve().parents[1] / "models" / "bundled" / "landuse-vhr" / "model.onnx"
SIDE_PX = 448
ROUNDS = 5
THREADS = 1


class Counting:
    """Scores that count how often they are asked."""

    def __init__(self, scores: NetworkScores) -> None:
        self._scores = scores
        self.count = 0

    def __call__(self, batch: np.ndarray) -> np.ndarray:
        """Ask, and count."""
        self.count += len(batch)
        return self._scores(batch)


def main() -> None:
    """Measure each method."""
    network = Network(MODEL, CardFields(), "cpu", "fp32", THREADS, Silent())
    rng = np.random.default_rng(0)
    image = rng.normal(size=(3, SIDE_PX, SIDE_PX)).astype(np.float32)
    baseline = np.zeros_like(image) + np.float32(0.1)
    region = np.zeros((SIDE_PX, SIDE_PX), bool)
    region[220:228, 220:228] = True
    target = Target.of(region, np.full(region.shape, 3))
    features = Features(blocks(SIDE_PX, SIDE_PX, 112), all_together(3))
    scores = Counting(NetworkScores(network, ClassScores(network.card, "probability"), target, [3]))
    methods: dict[str, Callable[[], object]] = {
        "occlusion": lambda: occlusion(scores, image, baseline, 112, 112, all_together(3), _nothing),
        "featureablation": lambda: feature_ablation(scores, image, baseline, features, _nothing),
        "bands": lambda: band_ablation(scores, image, baseline, one_by_one(3), _nothing),
        "lime": lambda: lime(scores, image, baseline, features, 24, 0, _nothing),
        "shap": lambda: kernel_shap(scores, image, baseline, features, 34, 0, _nothing),
    }
    at_once = max(1, BATCH_PX // SIDE_PX**2)
    batch = np.repeat(image[np.newaxis], at_once, axis=0)
    network.several([batch])
    for name, method in methods.items():
        method()
        print(json.dumps({"method": name, **_compared(method, scores, network, batch)}), flush=True)


def _compared(method: Callable[[], object], scores: Counting, network: Network, batch: np.ndarray) -> dict[str, float]:
    """The method's speed over that of the bare network, in turns."""
    shares, cpu_shares, evaluations = [], [], 0
    for _ in range(ROUNDS):
        scores.count = 0
        own_s, own_cpu_s = _timed(method)
        evaluations = scores.count
        runs = max(1, round(evaluations / len(batch)))

        def bare(runs: int = runs) -> None:
            for _ in range(runs):
                network.several([batch])

        bare_s, bare_cpu_s = _timed(bare)
        each = evaluations / (runs * len(batch))
        shares.append(bare_s * each / own_s)
        cpu_shares.append(bare_cpu_s * each / own_cpu_s)
    return {
        "evaluations": evaluations,
        "share": round(statistics.median(shares), 3),
        "cpu_share": round(statistics.median(cpu_shares), 3),
    }


def _timed(work: Callable[[], object]) -> tuple[float, float]:
    """Seconds and processor seconds that something takes."""
    begun, begun_cpu = time.perf_counter(), time.process_time()
    work()
    return time.perf_counter() - begun, time.process_time() - begun_cpu


def _nothing(_: float) -> None:
    """Nobody listens."""


if __name__ == "__main__":
    main()
