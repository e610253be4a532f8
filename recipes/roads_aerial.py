"""The recipe of the bundled model `roads-aerial`: from aerial images with road masks to `model.onnx`, card and scores.

    python -m recipes.roads_aerial --data DATA --work DIR     (DATA: in the project, ../shared/data)

The images of Massachusetts are held out in three groups, of which none adjoins another, and mapped by networks that
learnt from the others and from the roads of Dubai; then one network learns from all, and is shipped. What the terms of
the loss are worth is compared without the first group, in half as many steps. A run that was stopped goes on from its
checkpoints in DIR; `--only NAME` trains one network and stops, so that several can be trained at a time. Prose in
`card.json` and `README.md` is written by hand; this script fills in the figures.
"""

from __future__ import annotations

import argparse
from collections.abc import Mapping, Sequence
from pathlib import Path

import torch
from terraloom.engine.pages.class_picture import write_class_picture
from torch import Generator

from . import ROOT
from .bundle import TILE_PX as FAMILIAR_PX
from .bundle import TILES_PER_PLACE, coded, legend_of, put_between_marks, write_bundle
from .images import LabelledImage
from .road_scores import NETWORKS, WAYS, LineCounts, Said, count, line_table, road_logits, summed_up
from .road_tiles import IGNORE, RoadImage, RoadTiles, folds_of, read_dubai, read_massroads
from .road_training import AUGMENTATION, SPEC, train_roads
from .road_variants import Counts, count_variants, pooled, variant_table
from .scores import HeldOut, against_labels
from .training import Recipe

FOLDS = 3
SHIPPED = "shipped"

COMPARED, COMPARED_STEPS = ("Group 1",), 1000
"""Groups on which losses are compared, and batches from which they learn, for want of time."""

RECIPE = Recipe(
    bundle=ROOT / "models" / "bundled" / "roads-aerial",
    data="massroads",
    command="python -m recipes.roads_aerial --data DATA --work DIR",
    classes=("Background", "Road"),
    spec=SPEC,
    ignore=IGNORE,
    steps=4500,
    scale=(1.0, 1.0),
    pictures={
        "17728720_15": "Labels left, map right. The road through the woods is found; of the small roads only pieces "
        "are, and the track at the upper left is lost.",
        "23279035_15": "Labels left, map right. Streets of a town are found and mostly connect; short ends and some "
        "parallel streets are missing, and a wide road at the middle is not in the labels.",
        "26129290_15": "Labels left, map right. Hardly any road, and what there is is found, the side road in pieces.",
    },
)


def main() -> None:
    """Read the images, train, score and write the model."""
    options = read_options()
    torch.set_num_threads(options.threads)
    options.work.mkdir(parents=True, exist_ok=True)
    roads, dubai = read_massroads(options.data / "massroads"), read_dubai(options.data / "dubai")
    groups = {f"Group {number}": images for number, images in enumerate(folds_of(roads, FOLDS), start=1)}
    held_out: dict[str, HeldOut] = {}
    counted: dict[str, list[LineCounts]] = {}
    varied: dict[str, list[Counts]] = {}
    for variant in NETWORKS:
        for number, (group, images) in enumerate(groups.items(), start=1):
            if variant != SHIPPED and group not in COMPARED:
                continue
            name = f"{variant}-without-{number}"
            if options.only in ("", name):
                seen = [each for other, others in groups.items() if other != group for each in others]
                steps = options.steps if variant == SHIPPED else COMPARED_STEPS
                network = train_roads(name, variant, seen, dubai, steps, options.work)
            if not options.only:
                said = [Said.of(network, each) for each in images]
                count_lines(counted, variant, group, said)
                if variant == SHIPPED:
                    logits = (road_logits(each.logit) for each in said)
                    labels = [each.image.road for each in said]
                    held_out[group] = against_labels(labels, logits, len(RECIPE.classes), IGNORE)
                    print(f"{group}: mean IoU {held_out[group].agreement.mean_iou:.3f}", flush=True)
                    draw_pictures(said)
                    for light, counts in count_variants(network, images).items():
                        varied.setdefault(light, []).append(counts)
    if options.only in ("", "final"):
        final = train_roads("final", SHIPPED, roads, dubai, options.steps, options.work)
    if not options.only:
        lines = {way: summed_up(counts) for way, counts in counted.items()}
        ground = familiar_tiles({**groups, "Dubai": dubai})
        write_bundle(final, RECIPE, groups, held_out, None, lines, ground)
        page = RECIPE.bundle / "README.md"
        put_between_marks(page, "lines", line_table(lines))
        put_between_marks(page, "variants", variant_table({name: pooled(each) for name, each in varied.items()}))


def read_options() -> argparse.Namespace:
    """Read the command line."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--data", type=Path, required=True, help="folder with massroads/ and dubai/")
    parser.add_argument("--work", type=Path, required=True, help="folder for checkpoints")
    names = [f"{variant}-without-{number}" for variant in NETWORKS for number in range(1, FOLDS + 1)]
    parser.add_argument("--only", default="", choices=["", *names, "final"], help="train this network alone")
    parser.add_argument("--steps", type=int, default=RECIPE.steps, help="of the networks that are not compared")
    parser.add_argument("--threads", type=int, default=2)
    return parser.parse_args()


def count_lines(counted: dict[str, list[LineCounts]], variant: str, group: str, said: Sequence[Said]) -> None:
    """Make lines of a group's images in each of the ways that are compared for a network, and count."""
    for way in NETWORKS[variant].ways:
        title = f"{NETWORKS[variant].title}, {way}"
        counts = [count(each, WAYS[way]) for each in said]
        print(group, title, summed_up(counts), flush=True)
        if group in COMPARED:
            counted.setdefault(f"{group}: {title}", []).extend(counts)
        if variant == SHIPPED:
            counted.setdefault(f"All groups: {title}", []).extend(counts)


def draw_pictures(said: Sequence[Said]) -> None:
    """Draw the masks of the images that the card shows, labels on the left."""
    legend = legend_of(RECIPE)
    for each in said:
        if each.image.name in RECIPE.pictures:
            found = (each.logit > 0).to(torch.uint8)
            found[each.image.road == IGNORE] = IGNORE
            maps = [coded(values, IGNORE, legend) for values in (each.image.road, found)]
            write_class_picture(RECIPE.bundle / f"{each.image.name}.png", maps, legend)


def familiar_tiles(groups: Mapping[str, Sequence[RoadImage]]) -> dict[str, list[LabelledImage]]:
    """Tiles of each group, in their own light and size, that are known for the most part."""
    found: dict[str, list[LabelledImage]] = {}
    for name, images in groups.items():
        generator = Generator().manual_seed(0)
        source = RoadTiles([(1.0, images)], FAMILIAR_PX, (0.8, 1.25), AUGMENTATION, 1)
        tiles = [source.cut(images, generator) for _ in range(TILES_PER_PLACE)]
        found[name] = [
            LabelledImage(f"{name} {number}", (image * 255).round().to(torch.uint8), labels[0])
            for number, (image, labels) in enumerate(tiles)
        ]
    return found


if __name__ == "__main__":
    main()
