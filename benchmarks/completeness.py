"""Measures how far integrated gradients miss adding up to the score's difference, by the number of steps.

    python -m benchmarks.completeness --data IMAGE [IMAGE …]     (in the worker's environment)

Places are pixels drawn at random, as in `benchmarks.explanation_quality`; what is explained is the class that the model
predicts there. One line of JSON for each place and number of steps as they come: the score's difference between image
and baseline, what the attributions miss it by, and that as a share. Then a table of the shares over places.
"""

from __future__ import annotations

import argparse
import json
import statistics
import tempfile
import time
from pathlib import Path

import numpy as np
from terraloom.engine.errors import InputError
from terraloom.engine.jobs import explain_prediction
from terraloom.engine.progress import Silent
from terraloom.engine.requests.assignments import parse_bands
from terraloom.engine.requests.explain_prediction import (
    INTEGRATED,
    ExplainPrediction,
    ExplanationTargets,
    Method,
    Place,
    Question,
)
from terraloom.engine.requests.network_run import NetworkRun

from . import ROOT
from .explanation_quality import random_place

FAIR = 0.05
"""What may be missed before the algorithm warns."""


def main() -> None:
    """Print lines and table."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--data", nargs="+", type=Path, required=True, help="images that the model suits")
    parser.add_argument("--model", type=Path, default=ROOT / "models" / "bundled" / "landuse-vhr" / "model.onnx")
    parser.add_argument("--bands", default="", help="as BANDS of the algorithm")
    parser.add_argument("--steps", nargs="+", type=int, default=[16, 20, 24, 32, 64], help="as SAMPLES")
    parser.add_argument("--places", type=int, default=10, help="of all images together")
    parser.add_argument("--where", type=Path, help="raster on the image: places lie where it is not 0")
    parser.add_argument("--seed", type=int, default=0)
    options = parser.parse_args()
    rng = np.random.default_rng(options.seed)
    missed: dict[int, list[float]] = {steps: [] for steps in options.steps}
    for number in range(options.places):
        image = options.data[number % len(options.data)]
        place = random_place(image, rng, options.where)
        try:
            for steps in options.steps:
                line = explained(options, image, place, steps)
                missed[steps].append(line["missed_share"])
                print(json.dumps({"place": number + 1, "steps": steps, **line}), flush=True)
        except InputError as error:  # no data there
            print(json.dumps({"image": image.name, "left_out": str(error)}), flush=True)
    print(table(missed))


def explained(options: argparse.Namespace, image: Path, place: Place, steps: int) -> dict[str, float]:
    """What is missed at a place."""
    with tempfile.TemporaryDirectory() as folder:
        request = ExplainPrediction(
            NetworkRun((str(image),), str(options.model), bands=parse_bands(options.bands), device="cpu"),
            ExplanationTargets(str(Path(folder) / "why.tif")),
            Question(place=place),
            Method(INTEGRATED, samples=steps),
        )
        begun = time.perf_counter()
        found = explain_prediction.run(request, Silent()).metrics
    difference, delta = found["explained_score"] - found["baseline_score"], found["delta"]
    return {
        "difference": difference,
        "delta": delta,
        "missed_share": abs(delta / difference),
        "seconds": round(time.perf_counter() - begun, 1),
    }


def table(missed: dict[int, list[float]]) -> str:
    """Median, upper quartile and worst of what is missed, as shares, and at how many places it is fair."""
    lines = ["| Steps | Median | Upper quartile | Worst | 5 % or less at |", "|---|---|---|---|---|"]
    for steps, shares in missed.items():
        if shares:
            middle, upper = statistics.median(shares), float(np.percentile(shares, 75))
            fair = sum(share <= FAIR for share in shares)
            lines.append(f"| {steps} | {middle:.1%} | {upper:.1%} | {max(shares):.1%} | {fair} of {len(shares)} |")
    return "\n".join(lines)


if __name__ == "__main__":
    main()
