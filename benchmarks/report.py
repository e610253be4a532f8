"""Turns lines of JSON that were kept into the tables of the README.

    python -m benchmarks.report build/figures

Rows between two marks, `<!-- tables -->` and `<!-- end of tables -->` for instance, or `peers`, are replaced where a
line of their case was kept, and stay otherwise; new cases come last. The table of `context gain` is written anew from
all lines, where there are any.
"""

from __future__ import annotations

import argparse
import json
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any, NamedTuple

from recipes.marked_pages import between_marks, with_between_marks

from . import context_report

README = Path(__file__).with_name("README.md")
Line = dict[str, Any]
Column = tuple[str, Callable[[Line], str]]


def figure(name: str, form: str, unit: float = 1) -> Callable[[Line], str]:
    """What writes a figure of a line in this form, in this unit; a dash where it was not measured."""

    def cell(line: Line) -> str:
        value = line.get(name)
        return "–" if value is None else format(value / unit, form)

    return cell


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
    ("Seconds", figure("seconds", ".2f")),
    ("Mpx/s", figure("mpx_per_s", ".2f")),
    ("Bare Mpx/s", figure("bare_px_per_s", ".2f", 1e6)),
    ("Efficiency", figure("efficiency", ".3f")),
    ("By core time", figure("cpu_efficiency", ".3f")),
    ("Halo overhead", figure("halo_overhead", ".3f")),
    ("Efficiency / halos", figure("efficiency_with_halos", ".3f")),
    ("Peak MB", figure("peak_mb", ".0f")),
    ("Load", figure("load", ".1f")),
)
COPIES: tuple[Column, ...] = (
    *RASTER,
    MEMORY,
    ("Engine (s)", figure("seconds", ".2f")),
    ("Copy (s)", figure("copy_s", ".2f")),
    ("Engine / copy", figure("copies", ".2f")),
    ("Peak MB", figure("peak_mb", ".0f")),
)
STAGES = ("open", "read", "scale", "infer", "decode", "write", "shares", "finish")
BUSY: tuple[Column, ...] = (
    *RASTER,
    MEMORY,
    ("Seconds", figure("seconds", ".2f")),
    *((stage, lambda line, stage=stage: f"{line['stages_s'].get(stage, 0):.2f}") for stage in STAGES),
    ("Start (s)", figure("start_s", ".2f")),
)
LINEAR: tuple[Column, ...] = (
    ("Network", lambda line: line["network"]),
    ("Rasters (px)", lambda line: ", ".join(line["seconds"])),
    ("Runs of each", lambda line: str(line["repeats"])),
    ("a (s)", figure("a_s", ".2f")),
    ("b (s/Mpx)", figure("b_s", ".3f")),
    ("k", lambda line: f"{line['k']:.3f} ± {line['k_error']:.3f}"),
)
PEERS: tuple[Column, ...] = (
    ("Way", lambda line: line["way"]),
    ("Image", lambda line: line["image"]),
    *RASTER,
    ("Seconds", figure("seconds", ".2f")),
    ("Runs", lambda line: str(len(line["seconds_of_runs"]))),
    ("Peak MB", figure("peak_mb", ".0f")),
    ("Largest difference of a probability", figure("largest_difference", ".2g")),
    ("Other class", lambda line: f"{100 * line['other_class']:.3f} %"),
    ("Step at seams", figure("seam_step", ".2f")),
    ("Load", figure("load", ".1f")),
)
"""Headings and cells of each table."""


class Table(NamedTuple):
    """A table under its title.

    Args:
        title: What stands above it.
        columns: Its headings and cells.
        of_case: So many columns, the first ones, say what was measured: the case.
        lines: What is new.
    """

    title: str
    columns: Sequence[Column]
    of_case: int
    lines: Sequence[Line]

    def rows(self, page: str) -> list[list[str]]:
        """The rows that stand in a page, those of a case that was measured anew replaced; then further cases."""
        new: dict[tuple[str, ...], list[list[str]]] = {}
        for line in self.lines:
            cells = [cell(line) for _, cell in self.columns]
            new.setdefault(tuple(cells[: self.of_case]), []).append(cells)
        replaced, rows = set(new), []
        for row in self._standing(page):
            case = tuple(row[: self.of_case])
            rows += new.pop(case, []) if case in replaced else [row]
        return [*rows, *(row for further in new.values() for row in further)]

    def _standing(self, page: str) -> list[list[str]]:
        """The rows under this title in a page; none where the table there has other columns."""
        _, _, below = page.partition(f"### {self.title}\n\n")
        written = [text[2:-2].split(" | ") for text in below.split("\n\n")[0].splitlines() if text.startswith("| ")]
        return written[2:] if written and written[0] == [heading for heading, _ in self.columns] else []

    def text(self, page: str) -> str:
        """Title and rows in Markdown; nothing where there are no rows."""
        rows = self.rows(page)
        if not rows:
            return ""
        head = [[heading for heading, _ in self.columns], ["---"] * len(self.columns)]
        return f"### {self.title}\n\n" + "\n".join("| " + " | ".join(row) + " |" for row in [*head, *rows])


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
    return _written("", [*_engine(lines), *_peers(lines)])


def filled(page: str, lines: Sequence[Line]) -> str:
    """The page with the rows of these lines in its tables."""
    for name, wanted in (("tables", _engine(lines)), ("peers", _peers(lines))):
        if any(table.lines for table in wanted):
            page = with_between_marks(page, name, f"\n{_written(between_marks(page, name), wanted)}\n\n")
    gain = context_report.table(lines)
    return with_between_marks(page, "context gain", f"\n{gain}\n\n") if gain else page


def _lines(folder: Path) -> list[Line]:
    """What was kept, in the order of the files' names."""
    files = sorted(folder.glob("*.jsonl"))
    return [json.loads(text) for file in files for text in file.read_text("utf-8").splitlines() if text.strip()]


def _engine(lines: Sequence[Line]) -> Sequence[Table]:
    """The tables of the engine alone."""
    speeds = [line for line in lines if line["benchmark"] == "engine_speed"]
    growth = [line for line in lines if line["benchmark"] == "linearity"]
    return (
        Table("Speed", SPEED, len(RASTER) + 1, [line for line in speeds if "copies" not in line]),
        Table("Against a plain copy", COPIES, len(RASTER) + 1, [line for line in speeds if "copies" in line]),
        Table("Busy seconds of the stages", BUSY, len(RASTER) + 1, speeds),
        Table("Growth with the raster", LINEAR, 2, growth),
    )


def _peers(lines: Sequence[Line]) -> Sequence[Table]:
    """The table of the engine beside other ways."""
    of_peers = [line for line in lines if line["benchmark"] == "peers"]
    return (Table("Ways on one image", PEERS, len(RASTER) + 2, of_peers),)


def _written(page: str, wanted: Sequence[Table]) -> str:
    """Tables one below the other."""
    return "\n\n".join(text for text in (table.text(page) for table in wanted) if text)


if __name__ == "__main__":
    main()
