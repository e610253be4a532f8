"""The recipe of the bundled model `roads-aerial`: from aerial images with road masks to `model.onnx`, card and scores.

    python -m recipes.roads_aerial --data DATA --work DIR
    python -m recipes.roads_aerial --data DATA --work DIR --compare losses
    python -m recipes.roads_aerial --data DATA --work DIR --compare directions

The images of Massachusetts are held out in three groups, of which none adjoins another, and mapped by networks that
learnt from the others and from the roads of Dubai; then one network learns from all, and is shipped. `--compare losses`
tells instead what the terms of the loss are worth, without the first group and in fewer steps, and `--compare
directions` what directions are worth without each of the groups. A run that was stopped goes on from its checkpoints in
DIR; `--only NAME` trains one network and stops, so that several can be trained at a time. Prose in `card.json` and
`README.md` is written by hand; this script fills in the figures.
"""

from __future__ import annotations

import argparse
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from pathlib import Path

import torch
from terraloom.models.build import Network
from torch import Generator

from . import ROOT
from .bundle import TILE_PX as FAMILIAR_PX
from .bundle import TILES_PER_PLACE, coded, legend_of, put_between_marks, write_bundle
from .class_picture import write_class_picture
from .images import LabelledImage
from .road_scores import (
    ACROSS_GROUPS,
    DIRECTED,
    NETWORKS,
    WAYS,
    LineCounts,
    Said,
    count,
    line_table,
    road_logits,
    summed_up,
)
from .road_tiles import IGNORE, RoadImage, RoadTiles, folds_of, read_dubai, read_massroads
from .road_training import AUGMENTATION, SCALE, SPEC, train_roads
from .road_variants import Counts, count_variants, pooled, variant_table
from .scores import HeldOut, against_labels
from .training import Recipe

FOLDS = 3
SHIPPED, FINAL = "shipped", "final"
"""The variant that is shipped, and the name of the network that learns from all groups."""

TURNS = "rotations"
"""Turns over which a further row of the table is averaged."""

LOSSES, DIRECTIONS = "losses", "directions"
"""What can be compared."""

COMPARED_STEPS = 1000
"""Batches from which the networks learn whose losses are compared, for want of time."""

PAGE = ROOT / "models" / "bundled" / "roads-aerial" / "README.md"

RECIPE = Recipe(
    bundle=PAGE.parent,
    data="massroads",
    command="python -m recipes.roads_aerial --data DATA --work DIR",
    classes=("Background", "Road"),
    spec=SPEC,
    ignore=IGNORE,
    steps=4500,
    scale=SCALE,
    pictures={
        "17728720_15": "Labels left, map right. The road through the woods is found; of the small roads only pieces "
        "are, and the track at the upper left is lost.",
        "23279035_15": "Labels left, map right. Streets of a town are found and mostly connect; short ends and some "
        "parallel streets are missing, and a wide road at the middle is not in the labels.",
        "26129290_15": "Labels left, map right. Hardly any road, and what there is is found, the side road with a "
        "wrong end.",
    },
)


def main() -> None:
    """Read the images, train, score and write the model; or compare losses."""
    options = read_options()
    torch.set_num_threads(options.threads)
    options.work.mkdir(parents=True, exist_ok=True)
    roads, dubai = read_massroads(options.data / "massroads"), read_dubai(options.data / "dubai")
    if options.only == FINAL:
        train_roads(FINAL, SHIPPED, roads, dubai, options.steps, options.work)
    elif options.only:
        trained_without(options.only, roads, dubai, options)
    elif options.compare == LOSSES:
        compare_losses(roads, dubai, options)
    elif options.compare == DIRECTIONS:
        compare_directions(roads, dubai, options)
    else:
        make_model(roads, dubai, options)


def make_model(roads: Sequence[RoadImage], dubai: Sequence[RoadImage], options: argparse.Namespace) -> None:
    """Train without each group and with all, score, and write the model, its figures and pictures."""
    groups = {f"Group {number}": images for number, images in enumerate(folds_of(roads, FOLDS), start=1)}
    held_out: dict[str, HeldOut] = {}
    counted: dict[str, list[LineCounts]] = {}
    varied: dict[str, list[Counts]] = {}
    for number, (group, images) in enumerate(groups.items(), start=1):
        network = trained_without(f"{SHIPPED}-without-{number}", roads, dubai, options)
        said = [Said.of(network, each) for each in images]
        for way, counts in count_lines(WAYS, said).items():
            counted.setdefault(f"{group}: {way}", []).extend(counts)
            counted.setdefault(f"All groups: {way}", []).extend(counts)
        turned = count_lines([DIRECTED], [Said.of(network, each, TURNS) for each in images])[DIRECTED]
        counted.setdefault(f"{group}: {DIRECTED}, TEST_TIME_AUGMENTATION = {TURNS}", []).extend(turned)
        counted.setdefault(f"All groups: {DIRECTED}, TEST_TIME_AUGMENTATION = {TURNS}", []).extend(turned)
        logits = (road_logits(each.logit) for each in said)
        labels = [each.image.road for each in said]
        held_out[group] = against_labels(labels, logits, len(RECIPE.classes), IGNORE)
        print(f"{group}: mean IoU {held_out[group].agreement.mean_iou:.3f}", flush=True)
        draw_pictures(said)
        for light, found in count_variants(network, images).items():
            varied.setdefault(light, []).append(found)
    final = train_roads(FINAL, SHIPPED, roads, dubai, options.steps, options.work)
    lines = {way: summed_up(counts) for way, counts in counted.items()}
    recipe = replace(RECIPE, steps=options.steps)
    write_bundle(final, recipe, groups, held_out, None, lines, familiar_tiles({**groups, "Dubai": dubai}))
    put_between_marks(PAGE, "lines", line_table(lines))
    put_between_marks(PAGE, "variants", variant_table({name: pooled(each) for name, each in varied.items()}))


def compare_losses(roads: Sequence[RoadImage], dubai: Sequence[RoadImage], options: argparse.Namespace) -> None:
    """Train without the first group by fewer terms of the loss, and write what the lines of each are worth."""
    images = folds_of(roads, FOLDS)[0]
    counted: dict[str, list[LineCounts]] = {}
    for variant, compared in NETWORKS.items():
        network = trained_without(f"{variant}-without-1", roads, dubai, options)
        found = count_lines(compared.ways, [Said.of(network, each) for each in images])
        counted |= {f"{compared.title}, {way}": counts for way, counts in found.items()}
    put_between_marks(PAGE, "compared", line_table({way: summed_up(counts) for way, counts in counted.items()}))


def compare_directions(roads: Sequence[RoadImage], dubai: Sequence[RoadImage], options: argparse.Namespace) -> None:
    """Train without each group, with and without directions, and write what the lines of each are worth."""
    counted: dict[str, list[LineCounts]] = {}
    for number, images in enumerate(folds_of(roads, FOLDS), start=1):
        for variant in ACROSS_GROUPS:
            compared = NETWORKS[variant]
            network = trained_without(f"{variant}-without-{number}", roads, dubai, options)
            for way, counts in count_lines(compared.ways, [Said.of(network, each) for each in images]).items():
                counted[f"Group {number}: {compared.title}, {way}"] = counts
                counted.setdefault(f"All groups: {compared.title}, {way}", []).extend(counts)
    rows = sorted(counted.items(), key=lambda row: row[0].startswith("All"))
    put_between_marks(PAGE, "directions", line_table({way: summed_up(counts) for way, counts in rows}))


def trained_without(
    name: str, roads: Sequence[RoadImage], dubai: Sequence[RoadImage], options: argparse.Namespace
) -> Network:
    """Train the network of a name, `VARIANT-without-GROUP`, or go on with it."""
    variant, group = name.rsplit("-without-", 1)
    folds = folds_of(roads, FOLDS)
    seen = [image for number, fold in enumerate(folds, start=1) if number != int(group) for image in fold]
    steps = options.steps if variant == SHIPPED else COMPARED_STEPS
    return train_roads(name, variant, seen, dubai, steps, options.work)


def read_options() -> argparse.Namespace:
    """Read the command line."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--data", type=Path, required=True, help="folder with massroads/ and dubai/")
    parser.add_argument("--work", type=Path, required=True, help="folder for checkpoints")
    names = [f"{SHIPPED}-without-{number}" for number in range(1, FOLDS + 1)]
    names += [f"{variant}-without-1" for variant in NETWORKS]
    names += [f"{variant}-without-{number}" for variant in ACROSS_GROUPS for number in range(2, FOLDS + 1)]
    parser.add_argument("--only", default="", choices=["", *names, FINAL], help="train this network alone")
    compared = "compare losses, or with and without directions; the model is left as it is"
    parser.add_argument("--compare", choices=[LOSSES, DIRECTIONS], help=compared)
    parser.add_argument("--steps", type=int, default=RECIPE.steps, help="of the networks that are not compared")
    parser.add_argument("--threads", type=int, default=2)
    return parser.parse_args()


def count_lines(ways: Iterable[str], said: Sequence[Said]) -> dict[str, list[LineCounts]]:
    """Make lines of images in each of some ways, and count."""
    found: dict[str, list[LineCounts]] = {}
    for way in ways:
        found[way] = [count(each, WAYS[way]) for each in said]
        print(way, summed_up(found[way]), flush=True)
    return found


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
        source = RoadTiles([(1.0, images)], FAMILIAR_PX, SCALE, AUGMENTATION, 1)
        tiles = [source.cut(images, generator) for _ in range(TILES_PER_PLACE)]
        found[name] = [
            LabelledImage(f"{name} {number}", (image * 255).round().to(torch.uint8), labels[0])
            for number, (image, labels) in enumerate(tiles)
        ]
    return found


if __name__ == "__main__":
    main()
