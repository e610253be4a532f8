"""Fills in what a page holds between the marks `<!-- NAME -->` and `<!-- end of NAME -->`."""

from __future__ import annotations

import re


def between_marks(page: str, name: str) -> str:
    """What stands between the marks of a name.

    Raises:
        SystemExit: There are none.
    """
    return _found(page, name)[2]


def with_between_marks(page: str, name: str, text: str) -> str:
    """The page with what stands between the marks of a name replaced; the first mark's line stays whole.

    Raises:
        SystemExit: There are none.
    """
    found = _found(page, name)
    return page[: found.start(2)] + text + page[found.end(2) :]


def _found(page: str, name: str) -> re.Match[str]:
    found = re.search(rf"(<!-- {re.escape(name)} -->\n)(.*?)<!-- end of {re.escape(name)} -->", page, re.DOTALL)
    if found is None:
        raise SystemExit(f"The page has no marks for the {name}.")
    return found
