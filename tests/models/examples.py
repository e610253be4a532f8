"""One small example of every part, and every network they make."""

from itertools import product

from terraloom.models.spec import NetworkSpec, PartSpec

ENCODERS = {"unet": PartSpec("unet", {"widths": (4, 6, 8), "depths": (1, 2, 1)})}
NECKS = {"unet": PartSpec("unet", {"widths": (4, 6)})}
HEADS = {
    "segmentation": PartSpec("segmentation", {"classes": 3}),
    "regression": PartSpec("regression", {"variables": 2}),
}
BANDS = (1, 3, 7)


def networks():
    """Every encoder with every neck and head, for every number of bands, by a readable name."""
    return {
        f"{encoder.name}-{neck.name}-{head.name}-{bands}": NetworkSpec(bands, encoder, neck, head)
        for encoder, neck, head, bands in product(ENCODERS.values(), NECKS.values(), HEADS.values(), BANDS)
    }
