"""How the outputs of some networks become what they stand for, and how some inputs are made: parts of a model card."""

from __future__ import annotations

from dataclasses import dataclass

from ..errors import ModelError

SLIC = "slic"

REGIONS, ADJACENCY = GRAPH_INPUTS = ("regions", "adjacency")
"""Names of the ONNX inputs of networks over regions, behind the images; `models.export` writes them."""


@dataclass(frozen=True)
class DetectionRules:
    """How a detector's rows of numbers become objects.

    Args:
        kind: Which family's output it is, by Deepness's names: `YOLO_v5_or_v7_default`, `YOLO_v6`, `YOLO_v9`,
            `YOLO_Ultralytics`, `YOLO_Ultralytics_segmentation`, `YOLO_Ultralytics_obb`.
        confidence: Lowest score of an object, 0–1.
        iou: Of two objects of a class that overlap more than this, the surer one stays, 0–1.

    Where nobody says otherwise, both are those of Deepness.
    """

    kind: str = "YOLO_v5_or_v7_default"
    confidence: float = 0.5
    iou: float = 0.5

    def __post_init__(self) -> None:
        if not (0 <= self.confidence <= 1 and 0 <= self.iou <= 1):
            raise ModelError("The detection thresholds of the model card must lie between 0 and 1.")


@dataclass(frozen=True)
class RegionRules:
    """How a tile is cut into the regions that a network over regions reads.

    Args:
        most: How many regions a tile has at most: the size of the network's `adjacency`.
        compactness: What a step of one region's width weighs, in standard deviations of the bands: the larger, the
            more regions look like squares.
        method: `slic`.
    """

    most: int
    compactness: float = 1.0
    method: str = SLIC

    def __post_init__(self) -> None:
        if self.method != SLIC or self.most < 1 or not self.compactness > 0:
            raise ModelError(
                "The model card asks for {most} regions by {method} of compactness {compactness}; known is slic, "
                "with at least 1 region and a compactness above 0.",
                most=self.most,
                method=self.method,
                compactness=self.compactness,
            )


@dataclass(frozen=True)
class LineRules:
    """How a network of lines tells directions: in bins over 180°, behind the logit that tells whether a line is there.

    Args:
        bins: Number of bins.
        first_deg: Where the first begins; angles grow from the direction of the columns towards that of the rows'
            beginning (anticlockwise from the east on a north-up map).
    """

    bins: int
    first_deg: float = 0.0

    def __post_init__(self) -> None:
        if self.bins < 2:
            raise ModelError(
                "The model card tells directions of lines in {bins} bins; there must be at least 2.", bins=self.bins
            )
