"""Says what tile size a run asks for: the user's, the only one that the network takes, or its card's."""

from __future__ import annotations

from ..errors import ModelError
from ..library.card import ModelCard
from ..progress import Progress
from .tiling import BLOCK_PX, Reach, core_of, steps

BLENDED_PX = 512
"""Side of the tiles of networks without exact seams, where neither the user nor the card says one."""


def asked_px(card: ModelCard, reach: Reach, wanted_px: int, blends: bool) -> int:
    """Side of a core, of a blended tile that of all of it; 0: any.

    Args:
        card: What the model says of itself.
        reach: What its network sees, and the sizes it takes.
        wanted_px: TILE_SIZE; 0: automatic.
        blends: Whether tiles overlap and are averaged.
    """
    fixed, stride = reach.fixed_px, reach.stride_px
    if blends:
        return max(fixed) if fixed else steps(wanted_px or card.tile_px or BLENDED_PX, stride) * stride
    return min(core_of(size, reach) for size in fixed) if fixed else wanted_px


def in_whole_blocks(core_px: int, card: ModelCard, reach: Reach, progress: Progress) -> int:
    """Side of a core in whole blocks of the results: what a kill tears was then not finished.

    Args:
        core_px: What is asked for: smaller where the network takes no larger tiles, else larger.
        card: What the model says of itself.
        reach: What its network sees, and the sizes it takes.
        progress: Is told where another size is taken than was asked for.

    Raises:
        ModelError: The only tiles that the network takes have no room for a block.
    """
    whole_px = (core_px // BLOCK_PX if reach.fixed_px else steps(core_px, BLOCK_PX)) * BLOCK_PX
    if not whole_px:
        raise ModelError(
            "With RESUME, blocks of {block} px are written as a whole; of the tiles that {model} takes, {core} px "
            "remain without their halo. Set RESUME to false.",
            block=BLOCK_PX,
            model=card.model_id,
            core=core_px,
        )
    if whole_px != core_px and not reach.fixed_px:
        progress.log(
            "TILE_SIZE is {asked} px; with RESUME it is {taken} px, since blocks of {block} px are written as a whole.",
            asked=core_px,
            taken=whole_px,
            block=BLOCK_PX,
        )
    return whole_px
