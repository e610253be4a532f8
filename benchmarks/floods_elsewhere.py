"""Scores `flood-s1s2` on radar images of elsewhere, in decibels: one date, through all of “Fuse SAR and optical”.

    python -m benchmarks.floods_elsewhere --data DATA [--maps DIR] [--write]     (DATA: the set `sen1floods11`)

Prints a Markdown table, which `--write` brings into the model's README; `--maps` keeps the maps to be looked at.
"""

from __future__ import annotations

import argparse
import tempfile
from pathlib import Path

import rasterio
from terraloom.engine.jobs import fuse_sar_optical
from terraloom.engine.progress import Silent
from terraloom.engine.requests.assignments import BandChoice
from terraloom.engine.requests.class_map import ClassTargets
from terraloom.engine.requests.fuse_sar_optical import FuseSarOptical
from terraloom.engine.requests.network_run import NetworkRun
from terraloom.engine.verification.accuracy import Confusion

from recipes.bundle import put_between_marks
from recipes.flood_s1s2 import BUNDLE
from recipes.set_files import files_of


def main() -> None:
    """Map each chip and compare."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--data", type=Path, required=True, help="folder with NAME_S1Hand.tif and NAME_LabelHand.tif")
    parser.add_argument("--maps", type=Path, help="folder for the maps")
    parser.add_argument("--write", action="store_true", help="bring the table into the model's README")
    options = parser.parse_args()
    lines = ["| Chip | Water, share | Accuracy | Water IoU |", "|---|---:|---:|---:|"]
    with tempfile.TemporaryDirectory() as folder:
        maps = options.maps or Path(folder)
        maps.mkdir(parents=True, exist_ok=True)
        found = {path.stem.removesuffix("_S1Hand"): compare(path, maps) for path in radar_images(options.data)}
    pooled = Confusion(sum(each.counts for each in found.values()))
    for name, agreement in {**found, "All, pixels pooled": pooled}.items():
        share = float(agreement.true[1] / agreement.total)
        iou = f"{agreement.iou[1]:.3f}" if share else "–"  # there is no water to be found
        lines.append(f"| {name} | {share:.3f} | {agreement.overall_accuracy:.3f} | {iou} |")
    table = "\n".join(lines) + "\n"
    print(table)
    if options.write:
        put_between_marks(BUNDLE / "README.md", "elsewhere", table)


def radar_images(data: Path) -> list[Path]:
    """The chips, by their names."""
    return files_of(data, "*_S1Hand.tif")


def compare(radar: Path, maps: Path) -> Confusion:
    """Map one chip of two polarisations, VV first, and hold it against its hand-made labels."""
    with rasterio.open(radar.with_name(radar.name.replace("S1Hand", "LabelHand"))) as dataset:
        labels = dataset.read(1)
    target = maps / f"{radar.stem}_flood.tif"
    run = NetworkRun(
        (),
        str(BUNDLE / "model.onnx"),
        ((str(radar),), (), ()),
        bands=(BandChoice(2, "vv", 1),),
    )
    fuse_sar_optical.run(FuseSarOptical(run, ClassTargets(output=str(target))), Silent())
    with rasterio.open(target) as dataset:
        classes = dataset.read(1)
    known = (labels >= 0) & (classes <= 1)
    return Confusion.measure(labels[known], classes[known], 2)


if __name__ == "__main__":
    main()
