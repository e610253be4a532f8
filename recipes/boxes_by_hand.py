"""Boxes of one kind of ground each, drawn by hand in aerial images of Massachusetts: to learn from, and to judge by.

The images (Mnih 2013) come with labels of roads only. What lies outside the boxes is not known.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path

import numpy as np
import torch
from PIL import Image

from .images import LabelledImage

Box = tuple[str, int, int, int, int]
"""Class, and left, top, right and bottom in pixels."""

WATER, BARE, PLANTS = "Water", "Bare land", "Vegetation"

LEARNT: Mapping[str, Sequence[Box]] = {
    "10978945_15": [(PLANTS, 830, 1080, 1200, 1310)],
    "17428750_15": [
        (PLANTS, 775, 685, 925, 825),
        (PLANTS, 1310, 830, 1390, 1280),
        (BARE, 940, 1050, 1180, 1130),
        (BARE, 1005, 1230, 1190, 1320),
        (BARE, 1210, 760, 1275, 1000),
    ],
    "17578720_15": [(PLANTS, 270, 300, 370, 400)],
    "17728720_15": [(WATER, 380, 160, 780, 540), (WATER, 860, 650, 1020, 960)],
    "19228750_15": [(PLANTS, 0, 1140, 480, 1500)],
    "21329035_15": [(PLANTS, 1320, 330, 1440, 560), (PLANTS, 1100, 0, 1220, 210)],
    "21628930_15": [(WATER, 60, 560, 360, 880), (WATER, 380, 560, 560, 760)],
    "23129125_15": [
        (PLANTS, 880, 170, 980, 330),
        (PLANTS, 760, 680, 850, 790),
        (WATER, 870, 560, 1040, 690),
        (WATER, 1030, 1330, 1230, 1480),
    ],
    "25979230_15": [(WATER, 500, 330, 1400, 640)],
    "26429275_15": [(PLANTS, 590, 620, 950, 820)],
}
"""Dark woods, meadows, ploughed fields, lakes and the sea, by name of the image."""

JUDGED: Mapping[str, Sequence[Box]] = {
    "15628870_15": [(PLANTS, 900, 1060, 1100, 1280), (PLANTS, 1220, 310, 1470, 560), (WATER, 1118, 430, 1160, 580)],
    "18628795_15": [(PLANTS, 560, 860, 800, 970), (PLANTS, 1260, 760, 1480, 960)],
    "18778720_15": [
        (WATER, 400, 290, 500, 450),
        (PLANTS, 310, 800, 540, 1000),
        (PLANTS, 40, 240, 230, 380),
    ],
    "19678630_15": [(WATER, 100, 420, 190, 620)],
    "20729005_15": [(PLANTS, 220, 850, 620, 1120)],
    "25229185_15": [(WATER, 50, 330, 560, 720)],
    "26278705_15": [(PLANTS, 700, 220, 1060, 420), (PLANTS, 230, 420, 460, 640)],
    "26578795_15": [(WATER, 1120, 680, 1480, 1240)],
}
"""Woods, with and without leaves, a golf course, ponds, lakes and the sea in other images. The boxes were drawn before
any network was held against them; of the first of these images the map of a trial had been seen, of others its classes'
shares."""

AROUND_PX = 128
"""What is cut out around a box."""


def whole(images: Path, name: str, boxes: Sequence[Box], classes: Sequence[str], unlabelled: int) -> LabelledImage:
    """One image, labelled within its boxes.

    Args:
        images: Folder with the images as `NAME.webp`.
        name: Which.
        boxes: Its boxes.
        classes: In the order of labels.
        unlabelled: The label outside boxes.
    """
    image = np.asarray(Image.open(images / f"{name}.webp").convert("RGB")).transpose(2, 0, 1)
    labels = np.full(image.shape[1:], unlabelled, np.uint8)
    for kind, left, top, right, bottom in boxes:
        labels[top:bottom, left:right] = classes.index(kind)
    return LabelledImage(name, torch.from_numpy(image.copy()), torch.from_numpy(labels))


def cuts(
    images: Path, boxes: Mapping[str, Sequence[Box]], classes: Sequence[str], unlabelled: int
) -> Iterator[LabelledImage]:
    """A cut around each box; others that reach into it count there as well. See `whole`."""
    for name, drawn in boxes.items():
        image = whole(images, name, drawn, classes, unlabelled)
        for _, left, top, right, bottom in drawn:
            rows = slice(max(top - AROUND_PX, 0), bottom + AROUND_PX)
            columns = slice(max(left - AROUND_PX, 0), right + AROUND_PX)
            yield LabelledImage(name, image.image[:, rows, columns].clone(), image.labels[rows, columns].clone())
