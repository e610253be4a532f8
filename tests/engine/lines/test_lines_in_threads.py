"""Parts of a field are worked on in several threads: only one reads at a time, and whatever is raised ends them all."""

from __future__ import annotations

import threading
import time

import numpy as np
import pytest
from terraloom.engine.errors import CancelledError
from terraloom.engine.lines.centres import centre_pixels
from terraloom.engine.lines.extraction import ExtractionRules, extract
from terraloom.engine.lines.field import LineField

SIDE, PART = 400, 260
"""Of the field and its parts, of which there are 16."""


def speckled():
    """Any probability, and any direction, more or less sure."""
    draw = np.random.default_rng(1)
    angle, sure = draw.uniform(0, 2 * np.pi, (SIDE, SIDE)), draw.uniform(0, 1, (SIDE, SIDE))
    return np.stack([draw.uniform(0, 1, (SIDE, SIDE)), sure * np.cos(angle), sure * np.sin(angle)]).astype(np.float32)


def running():
    """The threads that make lines."""
    return [thread for thread in threading.enumerate() if thread.name.startswith("lines")]


def test_two_threads_smooth_and_thin_and_one_reads_at_a_time():
    values, inside, most, readers = speckled(), [], [], set()

    def read(place):
        inside.append(place)
        most.append(len(inside))
        readers.add(threading.current_thread().name)
        time.sleep(0.002)
        inside.remove(place)
        return values[:, place[0], place[1]]

    found = centre_pixels(LineField(read, SIDE, SIDE, side=PART), 0.5, smoothed_from=0.3, threads=2)
    assert max(most) == 1 and len(most) == 16 and len(readers) == 2
    whole = centre_pixels(LineField.of_arrays(values), 0.5, smoothed_from=0.3)
    for name in ("rows", "cols", "probability", "width_px"):
        assert np.array_equal(getattr(found, name), getattr(whole, name)), name
    assert not running()


@pytest.mark.parametrize("error", [CancelledError(), OSError("the disk is gone")])
def test_what_one_thread_raises_is_raised_in_the_job_and_ends_the_others(error):
    values, asked = speckled(), []

    def read(place):
        asked.append(place)
        if len(asked) == 3:
            raise error
        time.sleep(0.01)
        return values[:, place[0], place[1]]

    rules = ExtractionRules(0.5, 20, 40, directed=True, threads=2)
    with pytest.raises(type(error)) as raised:
        extract(LineField(read, SIDE, SIDE, side=PART), rules)
    assert raised.value is error
    assert len(asked) < 10 and not running()
