"""What the law of water levels is worth in training: made-up floods on made-up terrain, with and without it.

    OMP_WAIT_POLICY=PASSIVE python -m benchmarks.water_level

Terrain is fractal; water fills what lies below a level that differs from valley to valley. The image is one band, as a
radar sees it: water is dark, speckle lies over all of it, wind roughens patches of the water, and patches of dry slopes
are dark as well. A small network sees the image alone and learns from few tiles; the elevation only enters the loss,
L = L_data + α L_physics with α rising over the first 30 % of the steps. Held-out terrains are judged without it. One
JSON line for each weight and seed, then a table.
"""

from __future__ import annotations

import argparse
import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

import numpy as np
import torch
from numpy.typing import NDArray
from scipy import ndimage
from terraloom.engine.verification.accuracy import Confusion
from terraloom.models.build import Network, build
from terraloom.models.losses.water_level import water_level_residual
from terraloom.models.objectives.build import ObjectiveSetting, build_objective
from terraloom.models.objectives.objective import Batch
from terraloom.models.spec import NetworkSpec, PartSpec
from terraloom.models.training import TrainingSettings, train
from torch import Generator, Tensor

SIDE_PX = 96
LEARNT, JUDGED = 6, 24
"""Tiles to learn from, and to judge on."""

SPEC = NetworkSpec.for_image(
    1,
    PartSpec("unet", {"widths": (8, 16, 32), "depths": (2, 2, 2)}),
    [PartSpec("unet", {"widths": (8, 16)})],
    PartSpec("segmentation", {"classes": 2}),
)


@dataclass(frozen=True)
class Flood:
    """One made-up flood.

    Attributes:
        image: What radar sees, standardised, `(1, rows, cols)`.
        wet: 1 where flooded, `(rows, cols)`.
        elevation_m: `(1, rows, cols)`.
    """

    image: Tensor
    wet: Tensor
    elevation_m: Tensor


def main() -> None:
    """Train with each weight from each seed, and compare."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--alphas", type=float, nargs="+", default=(0.0, 0.1, 1.0, 10.0))
    parser.add_argument("--seeds", type=int, default=4)
    parser.add_argument("--steps", type=int, default=150)
    options = parser.parse_args()
    torch.set_num_threads(1)
    judged = [make_flood(1000 + number) for number in range(JUDGED)]
    rows = []
    for seed in range(options.seeds):
        learnt = [make_flood(100 * seed + number) for number in range(LEARNT)]
        for alpha in options.alphas:
            line = {"alpha": alpha, "seed": seed, **judge(train_network(learnt, alpha, seed, options.steps), judged)}
            rows.append(line)
            print(json.dumps(line), flush=True)
    print(table(rows, options.alphas))


def make_flood(seed: int) -> Flood:
    """One terrain, its water and its image; the same for a seed."""
    rng = np.random.default_rng(seed)
    elevation = fractal(rng, 2.2) * 8
    level = np.quantile(elevation, 0.35) + ndimage.gaussian_filter(rng.normal(size=elevation.shape), 40) * 20
    wet = elevation < level
    dark = wet.astype(float)
    dark[wet & (fractal(rng, 2.0) > 1.0)] = 0.25  # wind
    dark[~wet & (fractal(rng, 2.0) > 1.3)] = 0.8  # dry sand, asphalt, shadow
    image = 1 - 1.6 * ndimage.gaussian_filter(dark, 0.7) + rng.normal(0, 0.55, elevation.shape)
    return Flood(
        torch.from_numpy(image[np.newaxis].astype(np.float32)),
        torch.from_numpy(wet.astype(np.int64)),
        torch.from_numpy(elevation[np.newaxis].astype(np.float32)),
    )


def fractal(rng: np.random.Generator, exponent: float, side_px: int = SIDE_PX) -> NDArray[np.float64]:
    """Noise whose amplitude falls with frequency to the power of -exponent / 2, mean 0 and deviation 1."""
    rows, columns = np.fft.fftfreq(side_px)[:, np.newaxis], np.fft.fftfreq(side_px)
    frequency = np.hypot(rows, columns)
    frequency[0, 0] = np.inf
    waves = np.fft.fft2(rng.normal(size=(side_px, side_px))) * frequency**-exponent
    made = np.fft.ifft2(waves).real
    return (made - made.mean()) / made.std()


def train_network(floods: Sequence[Flood], alpha: float, seed: int, steps: int) -> Network:
    """Train on some floods, with the law weighed by α."""
    torch.manual_seed(seed)
    network = build(SPEC)
    setting = replace(ObjectiveSetting.of(network, steps), extras=frozenset({"elevation_m"}), wet_classes=(1,))
    weights = {"cross_entropy": 1.0} | ({"waterlevel": alpha} if alpha else {})

    def draw(generator: Generator) -> Batch:
        chosen = [floods[int(place)] for place in torch.randint(len(floods), (4,), generator=generator)]
        turns = torch.randint(4, (4,), generator=generator).tolist()
        return Batch(
            (torch.stack([each.image.rot90(turn, (1, 2)) for each, turn in zip(chosen, turns, strict=True)]),),
            torch.stack([each.wet.rot90(turn) for each, turn in zip(chosen, turns, strict=True)]),
            {
                "elevation_m": torch.stack(
                    [each.elevation_m.rot90(turn, (1, 2)) for each, turn in zip(chosen, turns, strict=True)]
                )
            },
        )

    settings = TrainingSettings(steps=steps, learning_rate=3e-3, warmup_steps=10, seed=seed, averaging=0.95)
    train(network, build_objective(weights, setting), draw, settings, lambda step: None)
    return network.eval()


@torch.no_grad()
def judge(network: Network, floods: Sequence[Flood]) -> dict[str, float]:
    """IoU of water over all pixels, and the mean height of mapped water above dry neighbours, in metres."""
    logits = network(torch.stack([each.image for each in floods]))
    wet = torch.stack([each.wet for each in floods])
    found = logits.argmax(1)
    elevation_m = torch.stack([each.elevation_m for each in floods])
    return {
        "iou": round(float(Confusion.measure(wet.numpy(), found.numpy(), 2).iou[1]), 4),
        "residual_mm": round(1000 * float(water_level_residual(found[:, None].float(), elevation_m)), 2),
        "residual_of_truth_mm": round(1000 * float(water_level_residual(wet[:, None].float(), elevation_m)), 2),
    }


def table(rows: Sequence[dict[str, float]], alphas: Sequence[float]) -> str:
    """Means and deviations over the seeds, as a Markdown table."""
    lines = ["| α | Water IoU | Residual of the map (mm) | Gain over α = 0, seed by seed |", "|---:|---:|---:|---:|"]
    plain = [row["iou"] for row in rows if row["alpha"] == alphas[0]]
    for alpha in alphas:
        of_alpha = [row for row in rows if row["alpha"] == alpha]
        iou, residual = ([row[key] for row in of_alpha] for key in ("iou", "residual_mm"))
        gain = [one - other for one, other in zip(iou, plain, strict=True)]
        cells = [f"{alpha:g}", *(f"{mean:.3f} ± {spread:.3f}" for mean, spread in spreads(iou, residual, gain))]
        lines.append("| " + " | ".join(cells) + " |")
    return "\n".join(lines)


def spreads(*columns: Sequence[float]) -> Iterator[tuple[float, float]]:
    """Mean and standard deviation of each column."""
    for column in columns:
        yield float(np.mean(column)), float(np.std(column))


if __name__ == "__main__":
    main()
