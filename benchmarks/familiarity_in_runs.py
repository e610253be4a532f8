"""Counts how often a map algorithm warns that an image is unlike what a bundled model was trained on, as it is shipped.

    python -m benchmarks.familiarity_in_runs --data FOLDER     (in the worker's environment, with pillow)

FOLDER holds the sets `dubai`, `amazon`, `massroads` and `ombria`. Images are written as GeoTIFFs with their own pixel
size and opened as a run opens them: brought to the model's pixels, stretched where its card says so, held against the
card at up to twelve tiles. One line of JSON for each model and kind of image: images, those warned of, those of which
it is told that parts may be wrong, those refused, and those that show too little. Kinds that a model learnt from are
named in `learnt`: there a warning would be a false alarm, and none proves little, since these very images were seen.
What a model learnt from in part (land use from forest of the Amazon, and from boxes in Massachusetts) is not named:
cards do not count it as familiar.
`--write` brings the figures into benchmarks/README.md.
"""

from __future__ import annotations

import argparse
import json
import tempfile
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import Any

import numpy as np
import rasterio
from PIL import Image
from rasterio.crs import CRS
from rasterio.transform import from_origin
from terraloom.engine.errors import InputError, ModelError
from terraloom.engine.familiarity.plausibility import MOST_LIKELY_WRONG, PARTLY_WRONG, unfamiliar_share
from terraloom.engine.library.card import LINES, REGRESSION, SEGMENTATION
from terraloom.engine.progress import Silent
from terraloom.engine.requests.network_run import NetworkRun
from terraloom.engine.scene import Scene

from recipes.marked_pages import with_between_marks
from recipes.set_files import files_of

from . import ROOT
from .familiarity import SPOILT, Pixels, read

MODELS = {"landuse-vhr": ("Dubai",), "forest-s2": ("Amazon",), "roads-aerial": ("Massachusetts", "Dubai")}
"""Bundled models whose cards tell what they are used to, with the kinds of image that they learnt from."""

DARK, HAZY, REVERSED = "brightness x 0.3", "haze 50 %", "bands reversed"
PIXEL_M = {"Dubai": 0.45, "Massachusetts": 1.0, "Amazon": 10.0, "OMBRIA": 10.0}
WARNED, PARTLY, REFUSED, TOO_SMALL = "warned", "partly", "refused", "too_small"
HEAD = "| Model | Image | Images | Warned of | Partly | Refused | Too small |\n|---|---|---:|---:|---:|---:|---:|"
PAGE = ROOT / "benchmarks" / "README.md"


def main() -> None:
    """Print the lines, and bring them into the page where that is asked for."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--data", type=Path, required=True, help="folder with the sets")
    parser.add_argument("--threads", type=int, default=1)
    parser.add_argument("--write", action="store_true", help="bring the table into benchmarks/README.md")
    options = parser.parse_args()
    lines = []
    for model in MODELS:
        counts: dict[str, dict[str, int]] = {}
        with tempfile.TemporaryDirectory() as scratch:
            for kind, pixels, pixel_m in images(options.data):
                path = written(Path(scratch) / "image.tif", pixels, pixel_m)
                count = counts.setdefault(kind, dict.fromkeys(("images", WARNED, PARTLY, REFUSED, TOO_SMALL), 0))
                count["images"] += 1
                said = verdict(path, model, options.threads)
                if said:
                    count[said] += 1
        lines += [{"model": model, "kind": kind, "learnt": MODELS[model], **count} for kind, count in counts.items()]
    for line in lines:
        print(json.dumps(line))
    if options.write:
        write_table(lines)


def images(data: Path) -> Iterator[tuple[str, Pixels, float]]:
    """Every third image of the sets, Dubai's spoilt as well: its kind, the image, and the side of a pixel in metres."""
    for path in files_of(data / "dubai" / "images", "tile*_*.jpg")[::3]:
        pixels = read(path)
        yield "Dubai", pixels, PIXEL_M["Dubai"]
        for name in (DARK, HAZY, REVERSED):
            yield f"Dubai, {name}", SPOILT[name](pixels), PIXEL_M["Dubai"]
    others: Sequence[tuple[str, str, str, Callable[[Path], Pixels]]] = (
        ("Massachusetts, aerial", "massroads/images", "*.webp", read),
        ("Amazon, Sentinel-2", "amazon/images", "*.tiff", read),
        ("OMBRIA, Sentinel-2, false colours", "ombria/test/s2_after", "*.webp", read),
        ("OMBRIA, radar", "ombria/test/s1_after", "*.webp", grey),
    )
    for kind, folder, pattern, reading in others:
        for path in files_of(data / folder, pattern)[:: 6 if "OMBRIA" in kind else 3]:
            yield kind, reading(path), PIXEL_M[kind.split(",")[0]]


def grey(path: Path) -> Pixels:
    """An image as one band."""
    return np.asarray(Image.open(path).convert("L"))[np.newaxis]


def written(path: Path, pixels: Pixels, pixel_m: float) -> Path:
    """The image as a GeoTIFF in metres."""
    bands, rows, cols = pixels.shape
    place = {"crs": CRS.from_epsg(32631), "transform": from_origin(500_000, 5_000_000, pixel_m, pixel_m)}
    with rasterio.open(
        path, "w", driver="GTiff", count=bands, height=rows, width=cols, dtype="uint8", **place
    ) as target:
        target.write(pixels)
    return path


def verdict(image: Path, model: str, threads: int) -> str:
    """What a run says of an image; empty: nothing."""
    file = ROOT / "models" / "bundled" / model / "model.onnx"
    run = NetworkRun((str(image),), str(file), device="cpu", precision="fp32", threads=threads)
    try:
        with Scene(run, (SEGMENTATION, LINES, REGRESSION), Silent()) as scene:
            share = unfamiliar_share(scene, Silent())
    except (InputError, ModelError):
        return REFUSED
    if share is None:
        return TOO_SMALL
    return WARNED if share > MOST_LIKELY_WRONG else PARTLY if share > PARTLY_WRONG else ""


def write_table(lines: Sequence[dict[str, Any]]) -> None:
    """Bring the figures into the page, between its marks."""
    rows = []
    for line in lines:
        learnt = " (learnt)" if any(line["kind"].startswith(each) for each in line["learnt"]) else ""
        figures = " | ".join(str(line[key]) for key in ("images", WARNED, PARTLY, REFUSED, TOO_SMALL))
        rows.append(f"| {line['model']} | {line['kind']}{learnt} | {figures} |")
    table = "\n".join([HEAD, *rows]) + "\n"
    PAGE.write_text(with_between_marks(PAGE.read_text("utf-8"), "familiarity in runs", table), "utf-8")


if __name__ == "__main__":
    main()
