"""Keeps the network busy: the next tiles are read and the last ones written while it computes.

Two threads, each with one piece of work at a time, so what is held in memory is known beforehand. Whatever one of them
raises is raised again where the work was given, and nothing is lost or reordered.
"""

from __future__ import annotations

from collections.abc import Callable, Generator, Iterable
from concurrent.futures import Future, ThreadPoolExecutor
from types import TracebackType
from typing import TypeVar

T = TypeVar("T")
R = TypeVar("R")


def read_ahead(items: Iterable[T], read: Callable[[T], R]) -> Generator[tuple[T, R], None, None]:
    """Go through items with what was read for each, one ahead of the caller, in their order.

    Close the generator where it may end early (`contextlib.closing`): only then is nothing read any more.

    Args:
        items: What to read.
        read: Reads one; runs in a thread of its own, one call at a time.
    """
    with ThreadPoolExecutor(1, "reader") as reader:
        before: tuple[T, Future[R]] | None = None
        for item in items:
            coming = item, reader.submit(read, item)
            if before is not None:
                yield before[0], before[1].result()
            before = coming
        if before is not None:
            yield before[0], before[1].result()


class WriteBehind:
    """Does one piece of work in a thread of its own while the caller prepares the next."""

    def __init__(self) -> None:
        self._writer = ThreadPoolExecutor(1, "writer")
        self._under_way: Future[None] | None = None

    def __enter__(self) -> WriteBehind:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, _: TracebackType | None) -> None:
        """Wait for what is under way; what it raises counts unless the caller failed before."""
        try:
            if error is None:
                self.settle()
        finally:
            self._writer.shutdown(wait=True)

    def submit(self, work: Callable[[], None]) -> None:
        """Have work done, after what was given before is done.

        Raises:
            Exception: What the earlier work raised.
        """
        self.settle()
        self._under_way = self._writer.submit(work)

    def settle(self) -> None:
        """Wait until all is done.

        Raises:
            Exception: What the work raised.
        """
        if self._under_way is not None:
            self._under_way.result()
            self._under_way = None
