"""Small networks that together use every part, by a readable name: the contract test runs over all of them."""

from terraloom.models.spec import InputSpec, NetworkSpec, PartSpec

BANDS = (1, 3, 7)

UNET = PartSpec("unet", {"widths": (4, 6, 8), "depths": (1, 2, 1)})
DECODER = PartSpec("unet", {"widths": (4, 6)})
CLASSES = PartSpec("segmentation", {"classes": 3})

COMPOSITIONS = {
    # name: (encoder, necks, head)
    "unet": (UNET, (DECODER,), CLASSES),
    "regression": (UNET, (DECODER,), PartSpec("regression", {"variables": 2})),
}
"""Networks of a single image."""

SERIES = {}
"""Networks of a series of images: the same, over `DAYS`."""

DAYS = (0, 10, 40)

FUSIONS = {
    "early": PartSpec("early"),
    "middle": PartSpec("middle"),
}


def networks():
    """All of them: single images with each number of bands, series, and two inputs."""
    found = {}
    for name, (encoder, necks, head) in COMPOSITIONS.items():
        for bands in BANDS:
            found[f"{name}-{bands}"] = NetworkSpec.for_image(bands, encoder, necks, head)
    for name, (encoder, necks, head) in SERIES.items():
        for bands in (1, 3):
            found[f"{name}-{bands}"] = NetworkSpec((InputSpec(bands, "series", DAYS),), encoder, necks, head)
    for name, fusion in FUSIONS.items():
        inputs = InputSpec(4, "optical"), InputSpec(2, "sar")
        found[f"{name} fusion"] = NetworkSpec(inputs, UNET, (DECODER,), CLASSES, fusion)
    return found
