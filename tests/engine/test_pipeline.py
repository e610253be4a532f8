"""Reading and writing go on beside the work: in order, one piece at a time, and no error is lost."""

import threading
import time
from contextlib import closing

import numpy as np
import pytest
import toys
from maps import apply
from terraloom.engine.tiles.pipeline import WriteBehind, read_ahead


def test_items_come_in_order_and_one_is_read_ahead():
    read = []

    def slowly(item):
        time.sleep(0.01 * (item % 3))
        read.append((item, threading.current_thread().name))
        return item * 10

    for item, found in read_ahead(range(8), slowly):
        assert found == item * 10
        assert len(read) <= item + 2
    assert [item for item, _ in read] == list(range(8))
    assert all(name.startswith("reader") for _, name in read)
    assert list(read_ahead([], slowly)) == []


def test_what_reading_raises_is_raised_where_it_is_used():
    def failing(item):
        if item == 2:
            raise OSError("gone")
        return item

    seen = []
    with pytest.raises(OSError, match="gone"), closing(read_ahead(range(5), failing)) as found:
        for item, _ in found:
            seen.append(item)
    assert seen == [0, 1]


def test_nothing_is_read_any_more_once_the_caller_stopped():
    begun, ended = [], []

    def read(item):
        begun.append(item)
        time.sleep(0.05)
        ended.append(item)

    with closing(read_ahead(range(100), read)) as found:
        next(found)
    stopped = list(begun)
    assert stopped == ended and len(stopped) <= 2
    time.sleep(0.2)
    assert begun == stopped


def test_work_is_done_in_order_and_waited_for():
    done = []

    def work(item):
        time.sleep(0.005)
        done.append(item)

    with WriteBehind() as writer:
        for item in range(6):
            writer.submit(lambda item=item: work(item))
            assert len(done) >= item - 1
    assert done == list(range(6))


def test_what_writing_raises_is_raised_by_the_next_work_or_at_the_end():
    def failing():
        raise OSError("full")

    with pytest.raises(OSError, match="full"), WriteBehind() as writer:
        writer.submit(failing)
        writer.submit(lambda: None)
    with pytest.raises(OSError, match="full"), WriteBehind() as writer:
        writer.submit(failing)
    with pytest.raises(ValueError, match="mine"), WriteBehind() as writer:  # the caller's own error comes first
        writer.submit(failing)
        raise ValueError("mine")


def test_numbers_are_kept_however_large_and_what_is_none_is_left_out(tmp_path):
    """Whether all are numbers is seen from their sum, which may overflow where they do not."""
    nodes = [toys.helper.make_node("Div", ["image", "small"], ["output"])]
    document = toys.card(task="regression", activation="none")
    model = toys.save(tmp_path / "m.onnx", nodes, {"small": np.float32(1e-10)}, 1, document)
    values = np.full((20, 30), 1e28, np.float32)
    made = apply(tmp_path, model, toys.raster(tmp_path / "in.tif", values))
    np.testing.assert_array_equal(toys.read(made["output"]).filled(0)[0], values / np.float32(1e-10))
    values[3, 4] = 1e29
    found = toys.read(apply(tmp_path, model, toys.raster(tmp_path / "in.tif", values))["output"])[0]
    assert np.ma.getmaskarray(found)[3, 4] and np.ma.getmaskarray(found).sum() == 1
