"""Turns lines of JSON that were kept into the tables of the README.

    python -m benchmarks.report build/figures

All that is between two marks is replaced, `<!-- tables -->` and `<!-- end of tables -->` for instance, `peers`
and `context gain` likewise; where no line of its kind was kept, it stays.
"""

from __future__ import annotations

import argparse
import json
import re
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

from . import context_report

README = Path(__file__).with_name("README.md")
Line = dict[str, Any]
Column = tuple[str, Callable[[Line], str]]

MEMORY: Column = ("MAX_MEMORY_MB", lambda line: str(line["memory_mb"] or "automatic"))
RASTER: tuple[Column, ...] = (
    ("Raster (px)", lambda line: f"{line['width']} x {line['height']}"),
    ("Bands", lambda line: f"{line['bands']} {line['dtype']}"),
    ("Network", lambda line: line["network"]),
)
SPEED: tuple[Column, ...] = (
    *RASTER,
    MEMORY,
    ("Tile", lambda line: " x ".join(map(str, line["tile_px_of_run"]))),
    ("Seconds", lambda line: f"{line['seconds']:.2f}"),
    ("Mpx/s", lambda line: f"{line['mpx_per_s']:.2f}"),
    ("Bare Mpx/s", lambda line: f"{line['bare_px_per_s'] / 1e6:.2f}"),
    ("Efficiency", lambda line: f"{line['efficiency']:.3f}"),
    ("By core time", lambda line: f"{line['cpu_efficiency']:.3f}"),
    ("Halo overhead", lambda line: f"{line['halo_overhead']:.3f}"),
    ("Efficiency / halos", lambda line: f"{line['efficiency_with_halos']:.3f}"),
    ("Peak MB", lambda line: f"{line['peak_mb']:.0f}"),
    ("Load", lambda line: f"{line['load']:.1f}"),
)
COPIES: tuple[Column, ...] = (
    *RASTER,
    ("Engine (s)", lambda line: f"{line['seconds']:.2f}"),
    ("Copy (s)", lambda line: f"{line['copy_s']:.2f}"),
    ("Engine / copy", lambda line: f"{line['copies']:.2f}"),
    ("Peak MB", lambda line: f"{line['peak_mb']:.0f}"),
)
STAGES = ("open", "read", "scale", "infer", "decode", "write", "shares", "finish")
BUSY: tuple[Column, ...] = (
    *RASTER,
    ("Seconds", lambda line: f"{line['seconds']:.2f}"),
    *((stage, lambda line, stage=stage: f"{line['stages_s'].get(stage, 0):.2f}") for stage in STAGES),
    ("Start (s)", lambda line: f"{line['start_s']:.2f}"),
)
LINEAR: tuple[Column, ...] = (
    ("Network", lambda line: line["network"]),
    ("Rasters (px)", lambda line: ", ".join(line["seconds"])),
    ("Runs of each", lambda line: str(line["repeats"])),
    ("a (s)", lambda line: f"{line['a_s']:.2f}"),
    ("b (s/Mpx)", lambda line: f"{line['b_s']:.3f}"),
    ("k", lambda line: f"{line['k']:.3f} ± {line['k_error']:.3f}"),
)
PEERS: tuple[Column, ...] = (
    ("Way", lambda line: line["way"]),
    ("Image", lambda line: line["image"]),
    *RASTER,
    ("Seconds", lambda line: f"{line['seconds']:.2f}"),
    ("Runs", lambda line: str(len(line["seconds_of_runs"]))),
    ("Peak MB", lambda line: f"{line['peak_mb']:.0f}"),
    ("Largest difference of a probability", lambda line: f"{line['largest_difference']:.2g}"),
    ("Other class", lambda line: f"{100 * line['other_class']:.3f} %"),
    ("Step at seams", lambda line: f"{line['seam_step']:.2f}"),
    ("Load", lambda line: f"{line['load']:.1f}"),
)
"""Headings and cells of each table."""


def main() -> None:
    """Fill the tables of the README."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folder", type=Path, help="where the .jsonl files are")
    parser.add_argument("--page", type=Path, default=README, help="the page with the marks")
    options = parser.parse_args()
    options.page.write_text(filled(options.page.read_text("utf-8"), _lines(options.folder)), "utf-8")


def tables(folder: Path) -> str:
    """All tables of the `.jsonl` files in a folder, in the order of their names."""
    lines = _lines(folder)
    return "\n\n".join(part for part in (_engine(lines), _peers(lines)) if part)


def filled(page: str, lines: Sequence[Line]) -> str:
    """The page with its tables of these lines."""
    for name, table in (
        ("tables", _engine(lines)),
        ("peers", _peers(lines)),
        ("context gain", context_report.table(lines)),
    ):
        page = _with(page, name, table) if table else page
    return page


def _with(page: str, name: str, table: str) -> str:
    """The page with what stands between the two marks of a name replaced."""
    between = re.compile(rf"(<!-- {name} -->\n).*?(<!-- end of {name} -->)", re.DOTALL)
    return between.sub(lambda found: f"{found[1]}\n{table}\n\n{found[2]}", page)


def _lines(folder: Path) -> list[Line]:
    """What was kept, in the order of the files' names."""
    files = sorted(folder.glob("*.jsonl"))
    return [json.loads(text) for file in files for text in file.read_text("utf-8").splitlines() if text.strip()]


def _engine(lines: Sequence[Line]) -> str:
    """The tables of the engine alone."""
    speeds = [line for line in lines if line["benchmark"] == "engine_speed"]
    return _titled(
        ("Speed", SPEED, [line for line in speeds if "copies" not in line]),
        ("Against a plain copy", COPIES, [line for line in speeds if "copies" in line]),
        ("Busy seconds of the stages", BUSY, speeds),
        ("Growth with the raster", LINEAR, [line for line in lines if line["benchmark"] == "linearity"]),
    )


def _peers(lines: Sequence[Line]) -> str:
    """The table of the engine beside other ways."""
    return _titled(("Ways on one image", PEERS, [line for line in lines if line["benchmark"] == "peers"]))


def _titled(*parts: tuple[str, Sequence[Column], Sequence[Line]]) -> str:
    """Tables under their titles, but those without lines."""
    return "\n\n".join(f"### {title}\n\n{_table(columns, rows)}" for title, columns, rows in parts if rows)


def _table(columns: Sequence[Column], lines: Sequence[Line]) -> str:
    """One table in Markdown."""
    rows = [[heading for heading, _ in columns], ["---"] * len(columns)]
    rows += [[cell(line) for _, cell in columns] for line in lines]
    return "\n".join("| " + " | ".join(row) + " |" for row in rows)


if __name__ == "__main__":
    main()
