"""Tiles are as large as there is room for, and never larger."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from rasterio.windows import Window
from terraloom.engine.errors import InputError
from terraloom.engine.memory_plan import LARGEST_TILE_PX, Load, budget_mb, plan_memory
from terraloom.engine.tiling import BLOCK_PX, UNIT_PX, Reach


@settings(max_examples=200, deadline=None, derandomize=True)
@given(
    width=st.integers(1, 60_000),
    height=st.integers(1, 60_000),
    halo=st.integers(0, 300),
    network=st.floats(0, 5000),
    bands=st.integers(1, 12),
    channels=st.integers(1, 30),
    room_mb=st.floats(200, 20_000),
)
def test_what_is_planned_fits(width, height, halo, network, bands, channels, room_mb):
    load = Load(network, 4 * bands, 4 * channels, 4 * channels + 8, 3 * bands)
    try:
        plan = plan_memory(Window(0, 0, width, height), Reach(16, halo), load, room_mb, 0)
    except InputError:
        assert (64 + 2 * halo + 16) ** 2 * load.per_tile_px > (room_mb * 0.8 - 60) * 1e6
        return
    rows, columns = plan.tile_px
    tile = (rows + 2 * halo) * (columns + 2 * halo) * load.per_tile_px
    assert tile + plan.cache_bytes <= room_mb * 1e6
    assert max(plan.tile_px) <= LARGEST_TILE_PX
    assert rows % UNIT_PX == 0 and (rows % BLOCK_PX == 0 or rows < 4 * BLOCK_PX)
    assert plan.block_tiles >= 1


def test_the_size_that_is_asked_for_is_taken():
    plan = plan_memory(Window(0, 0, 5000, 5000), Reach(16, 96), Load(500, 12, 20, 28, 6), 2000, 700)
    assert plan.tile_px == (700, 700)


def test_too_little_memory_is_said_with_how_much_is_missing():
    with pytest.raises(InputError, match="MAX_MEMORY_MB leaves no room.*about [0-9]+ MB more"):
        plan_memory(Window(0, 0, 5000, 5000), Reach(16, 96), Load(500, 12, 20, 28, 6), 60, 0)


def test_the_users_word_counts():
    assert budget_mb(768) == 768
    assert 1024 <= budget_mb(0) <= 4096
