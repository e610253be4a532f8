"""Small networks that together use every part, by a readable name: the contract test runs over all of them."""

from terraloom.models.spec import InputSpec, NetworkSpec, PartSpec

BANDS = (1, 7)

UNET = PartSpec("unet", {"widths": (4, 6, 8), "depths": (1, 2, 1)})
DECODER = PartSpec("unet", {"widths": (4, 6)})
CLASSES = PartSpec("segmentation", {"classes": 3})
RESNET = PartSpec("resnet", {"widths": (4, 6, 8), "depths": (1, 1, 1)})
FPN = PartSpec("fpn", {"width": 4})

COMPOSITIONS = {
    # name: (encoder, necks, head)
    "unet": (UNET, (DECODER,), CLASSES),
    "regression": (UNET, (DECODER,), PartSpec("regression", {"variables": 2})),
    "residual": (RESNET, (DECODER,), PartSpec("line", {"bins": 4})),
    "residual, squeezed and dilated": (
        PartSpec(
            "resnet",
            {
                "widths": (4, 6, 8),
                "depths": (1, 1, 2),
                "stem_stride": 2,
                "dilations": (1, 1, 2),
                "squeeze_box": 4,
            },
        ),
        (FPN,),
        CLASSES,
    ),
    "atrous": (RESNET, (PartSpec("aspp", {"width": 4, "rates": (1, 2), "box": 4}), FPN), CLASSES),
    "efficient": (PartSpec("efficient", {"stages": 3}), (FPN,), PartSpec("reconstruction", {"bands": 2})),
    "efficient at full size": (PartSpec("efficient", {"stages": 3, "stem_stride": 1}), (FPN,), CLASSES),
    "attention": (UNET, (PartSpec("attention", {"heads": 2}), DECODER), CLASSES),
    "windowed attention": (UNET, (PartSpec("attention", {"heads": 2, "depth": 2, "window": 4}), DECODER), CLASSES),
    "transformer": (
        PartSpec("vit", {"patch": 4, "width": 8, "depth": 2, "heads": 2, "positions": "waves"}),
        (PartSpec("tokens_to_pyramid", {"widths": (4, 6, 8), "coarser": 1}), DECODER),
        CLASSES,
    ),
    "windowed transformer": (
        PartSpec("vit", {"patch": 4, "width": 8, "depth": 2, "heads": 2, "window": 3}),
        (PartSpec("tokens_to_pyramid", {"widths": (6,)}),),
        PartSpec("reconstruction", {"bands": 3}),
    ),
    "image classes": (RESNET, (PartSpec("pooled"),), PartSpec("classification", {"classes": 3})),
    "image classes from tokens": (
        PartSpec("vit", {"patch": 4, "width": 8, "depth": 1, "heads": 2}),
        (PartSpec("pooled"),),
        PartSpec("classification", {"classes": 3}),
    ),
    "graph over regions": (
        UNET,
        (DECODER, PartSpec("region_graph", {"regions": 12, "width": 4, "layers": 2})),
        CLASSES,
    ),
}
"""Networks of a single image."""

SERIES = {
    **{
        f"over time, {method}": (UNET, (PartSpec("over_time", {"method": method}), DECODER), CLASSES)
        for method in ("attention", "convlstm", "convgru", "convlstm_attention", "phycell", "mean", "max", "last")
    },
    "u-tae": (
        PartSpec("utae", {"widths": (4, 4, 8)}),
        (PartSpec("over_time", {"method": "attention"}), PartSpec("utae", {"widths": (4, 4)})),
        CLASSES,
    ),
    "aligned": (UNET, (PartSpec("align", {"width": 4}), PartSpec("over_time", {"method": "mean"}), DECODER), CLASSES),
    **{
        f"pixel series, {method}": (PartSpec("pixel_series", {"method": method, "width": 6}), (), CLASSES)
        for method in ("gru", "lstm", "attention", "convolution")
    },
    "phydnet": (
        PartSpec("phydnet", {"steps": 2, "width": 4, "memories": (5,), "kernel": 3}),
        (),
        PartSpec("regression", {"variables": 2}),
    ),
}
"""Networks of a series of images: the same, over `DAYS`."""

DAYS = (0, 10, 40)

FUSIONS = {
    "early": PartSpec("early"),
    "middle": PartSpec("middle"),
    "available": PartSpec("available", {"box": 2}),
    "shallow": PartSpec("shallow", {"width": 4, "box": 4}),
    "cross": PartSpec("cross", {"window": 2}),
    "late": PartSpec("late"),
}


def networks():
    """All of them: single images with each number of bands, series, two inputs, and an image beside a series."""
    found = {}
    for name, (encoder, necks, head) in COMPOSITIONS.items():
        for bands in BANDS:
            found[f"{name}-{bands}"] = NetworkSpec.for_image(bands, encoder, necks, head)
    for name, (encoder, necks, head) in SERIES.items():
        for bands in (1, 3, 7):
            found[f"{name}-{bands}"] = NetworkSpec((InputSpec(bands, "series", DAYS),), encoder, necks, head)
    for name, fusion in FUSIONS.items():
        inputs = InputSpec(4, "optical"), InputSpec(2, "sar")
        necks = () if name == "late" else (DECODER,)
        found[f"{name} fusion"] = NetworkSpec(inputs, UNET, necks, CLASSES, fusion)
    inputs = InputSpec(3, "optical", DAYS), InputSpec(2, "terrain")
    found["image beside a series"] = NetworkSpec(inputs, *SERIES["over time, attention"])
    return found
