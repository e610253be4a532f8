"""Puts the pictures of reports of evidence into one for the documentation, a report a row.

Runs in the worker's Python.
"""

from __future__ import annotations

import argparse
import base64
import io
import re
from html import unescape
from pathlib import Path

import numpy as np
from explanation_pictures import SIDE_PX, Picture, grid, save, titled
from PIL import Image

PICTURE = re.compile(r'<img src="data:image/png;base64,([^"]+)"[^>]*alt="([^":,]+)')


def main() -> None:
    """Read the reports and draw."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("reports", type=Path, nargs="+")
    parser.add_argument("--picture", type=Path, required=True)
    options = parser.parse_args()
    rows = [panels(each.read_text("utf-8")) for each in reversed(options.reports)]
    most = max(map(len, rows))
    blank = np.full_like(rows[0][0], 255)
    save(grid([[*row, *[blank] * (most - len(row))] for row in rows]), options.picture)


def panels(report: str) -> list[Picture]:
    """The pictures of a report, each under its name."""
    found = []
    for data, name in PICTURE.findall(report):
        image = Image.open(io.BytesIO(base64.b64decode(data))).convert("RGB")
        image = image.resize((SIDE_PX, SIDE_PX), Image.Resampling.BILINEAR)
        found.append(titled(np.asarray(image), unescape(name)))
    return found


if __name__ == "__main__":
    main()
