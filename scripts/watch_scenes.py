r"""Has an algorithm make a map of each new scene, unattended: of a folder that is watched, or of a STAC list.

    python3 scripts/watch_scenes.py --folder incoming --results maps --algorithm terraloom:fusesaroptical \
        --scene-parameter SAR --set SAR_BEFORE=before.tif --result OUTPUT=flood.tif --result AREAS=areas.csv

Each scene is mapped once, however often this is stopped and started; docs/near-real-time.md tells how.
Python 3.9 or later, Linux or macOS; no QGIS is imported, `qgis_process` is started for each scene.
"""

from __future__ import annotations

import argparse
import shutil
import signal
import sys
import time
import uuid
from pathlib import Path
from typing import Any

from watching import child
from watching.ledger import BEGUN, DONE, FAILED, HELD, LOST, PARDONED, STOPPED, Ledger, now, record_of
from watching.remote import local_stand_in
from watching.results import ACCOUNT, Results
from watching.scenes import Scene, is_remote, mark_of, scenes_in_folder, scenes_in_list

DATED = "terraloom:detectevents"
"""Reads one scene for each day; so does whatever is told the dates."""


class Stop:
    """Whether a signal asked the watcher to end."""

    def __init__(self) -> None:
        self.asked = False
        for number in (signal.SIGTERM, signal.SIGINT):
            signal.signal(number, self._ask)

    def _ask(self, *_: Any) -> None:
        self.asked = True

    def is_asked(self) -> bool:
        """Whether it did."""
        return self.asked

    def wait(self, seconds: float) -> None:
        """Sleep, but no longer once it is asked."""
        until = time.monotonic() + seconds
        while not self.asked and time.monotonic() < until:
            time.sleep(max(0.0, min(child.LOOK_S, until - time.monotonic())))


class Watcher:
    """Takes scenes as they come and has each of them mapped.

    Args:
        options: What the user asked for.
        results: Where the maps go.
        stop: Tells when to end.
    """

    def __init__(self, options: argparse.Namespace, results: Results, stop: Stop) -> None:
        self._options = options
        self._results = results
        self._stop = stop
        self._ledger = Ledger(results.ledger)
        self._is_checked = False
        self._told: set[str] = set()
        self._is_upset = False
        self._unshown = ""
        self._is_dated = options.algorithm == DATED or any("{dates}" in value for _, value in options.set)

    def take_over(self) -> None:
        """Clear up after a watcher that was killed: what it had finished counts, the rest is made again."""
        for record in self._ledger.unended():
            child.end_orphan(record["pid"], record["run"])
            account = self._results.account(record["folder"])
            if account.get("run") == record["run"]:
                self._ledger.add(account)
            else:
                self._ledger.add({**record, "event": LOST, "at": now()})
                _complain(f"{record['name']}: its run was lost, as the watcher was killed.")
        self._results.clear()
        self._show_latest()

    def pardon(self) -> None:
        """Forget earlier failures, so that scenes that were given up are tried again."""
        for scene in self._look():
            if not self._ledger.is_settled(scene) and self._ledger.failures(scene):
                self._ledger.append(PARDONED, scene)

    def round(self) -> bool:
        """Have each new scene mapped; tells whether all went well.

        Where not even the ledger can be written, as on a full disk, the next round begins as after a kill.
        """
        try:
            if self._is_upset:
                self.take_over()
            self._is_upset = False
            return self._round()
        except BrokenPipeError:
            raise  # nobody listens any more
        except OSError as problem:
            self._is_upset = True
            _complain(f"The folder of results cannot be used now: {problem}.")
            return False

    def _round(self) -> bool:
        went_well = True
        if self._unshown:
            self._show_latest()
        new, known = self._new_scenes()
        for scene in new:
            self._check_parameters()
            if self._stop.is_asked():
                break
            series = self._series(scene, known)
            if len(series) < self._options.at_least:
                self._ledger.append(HELD, scene)
                _say(f"{scene.name}: waits in its series until there are {self._options.at_least} scenes.")
                continue
            went_well = self._map(scene, series) and went_well
        return went_well

    def _look(self) -> list[Scene]:
        """The scenes that there are at this moment, in the order of time."""
        options = self._options
        scenes: list[Scene] = []
        problems = []
        try:
            if options.stac:
                scenes, problems = scenes_in_list(options.stac, options.asset)
            else:
                scenes, problems = scenes_in_folder(options.folder, options.pattern, self._is_dated)
        except (OSError, ValueError, RecursionError) as problem:
            problems = [f"{options.stac or options.folder} cannot be read now: {problem}."]
        for problem in problems:
            if problem not in self._told:
                _complain(problem)
        self._told = set(problems)
        return scenes

    def _new_scenes(self) -> tuple[list[Scene], list[Scene]]:
        """Scenes to be mapped, and all there are. One that changes between two looks is still being copied and waits.

        A look that fails finds none, which ends the round; a later look could cost a scene its series for good.
        """
        first = {(scene.shown, scene.mark) for scene in self._look() if self._is_new(scene)}
        if not first:
            return [], []
        self._stop.wait(self._options.settle)
        known = self._look()
        return [scene for scene in known if (scene.shown, scene.mark) in first], known

    def _is_new(self, scene: Scene) -> bool:
        return not self._ledger.is_settled(scene) and self._ledger.failures(scene) < self._options.tries

    def _series(self, scene: Scene, known: list[Scene]) -> list[Scene]:
        """The scene and those before it, as many as are asked for; one that failed would spoil its successors."""
        if self._options.series == 1:
            return [scene]
        before = [earlier for earlier in known if earlier < scene and self._ledger.is_settled(earlier)]
        series = [*before, scene]
        if self._is_dated:
            series = list({one.when[:10]: one for one in series}.values())  # of a day the last one
        return series[-self._options.series :]

    def _check_parameters(self) -> None:
        """Refuse names that the algorithm does not know, before they fail scene after scene."""
        options = self._options
        if self._is_checked:
            return
        with self._results.unfinished("help") as said:
            try:
                with child.started(options.program, ["help", options.algorithm], said) as process:
                    known = child.finish(process, said, options.limit, self._stop.is_asked).get("parameters", {})
            except child.StoppedError:
                return
            except child.RunError as failure:
                sys.exit(f"{options.algorithm} cannot be run. {failure}")
        for name in (options.scene_parameter, *(name for name, _ in options.set), *options.result):
            if name not in known:
                sys.exit(f"{options.algorithm} has no parameter {name}. It has {', '.join(sorted(known))}.")
            if known[name].get("is_destination", name in options.result) != (name in options.result):
                kind, option = ("an input", "--set") if name in options.result else ("a result", "--result")
                sys.exit(f"{name} of {options.algorithm} is {kind}: give it with {option}.")
        self._is_checked = True

    def _map(self, scene: Scene, series: list[Scene]) -> bool:
        """Have a scene mapped and write down what became of it; tells whether it did not fail."""
        run = uuid.uuid4().hex[:12]
        _say(f"{scene.name}: begins" + (f", in a series of {len(series)}." if len(series) > 1 else "."))
        try:
            with self._results.unfinished(run) as place:
                account = self._run(run, scene, series, place)
                self._results.publish(place / "results", account)
        except child.StoppedError:
            self._ledger.append(STOPPED, scene, run=run)
            _say(f"{scene.name}: stopped on the way; the next start takes it up.")
            return True
        except (child.RunError, OSError) as problem:
            failure = child.RunError(str(problem))
            self._ledger.append(FAILED, scene, run=run, message=str(failure))
            failures = self._ledger.failures(scene)
            _complain(f"{scene.name}: failed, try {failures} of {self._options.tries}. {failure}")
            return False
        self._ledger.add(account)
        self._show_latest()
        _say(f"{scene.name}: done in {account['seconds']:g} s. {' '.join(account['log'].get('info', ()))}")
        return True

    def _run(self, run: str, scene: Scene, series: list[Scene], place: Path) -> dict[str, Any]:
        """Run the algorithm into a folder and return what is to be said of it.

        Raises:
            child.RunError: It failed, did not make what it should, or the scene changed meanwhile.
            child.StoppedError: The watcher was asked to end.
        """
        made = place / "results"
        of_run = {"run": run, "folder": self._results.free_name(scene.name), "series": [one.shown for one in series]}
        began = time.monotonic()
        sources = [
            local_stand_in(one.source, place / "remote" / str(number)) if is_remote(one.source) else one.source
            for number, one in enumerate(series)
        ]
        dates = ",".join(one.when[:10] for one in series)
        with child.started(self._options.program, self._arguments(sources, dates, made), place) as process:
            self._ledger.append(BEGUN, scene, **of_run, pid=process.pid)
            told = child.finish(process, place, self._options.limit, self._stop.is_asked)
        for name, file in self._options.result.items():
            if not (made / file).exists():
                raise child.RunError(f"It ended well, but {name} ({file}) was not made.")
        if not is_remote(scene.source) and mark_of(scene.source) != scene.mark:
            raise child.RunError("The file changed while it was read. It counts as a new scene when it is at rest.")
        figures = {name: value for name, value in told.get("results", {}).items() if name not in self._options.result}
        seconds = round(time.monotonic() - began, 1)
        return record_of(DONE, scene, **of_run, seconds=seconds, figures=figures, log=told.get("log", {}))

    def _arguments(self, sources: list[str], dates: str, made: Path) -> list[str]:
        """What qgis_process is asked to do."""
        options = self._options
        return [
            *("run", options.algorithm, "--"),
            *(f"{options.scene_parameter}={source}" for source in sources),
            *(f"{name}={value.replace('{dates}', dates)}" for name, value in options.set),
            *(f"{name}={made / file}" for name, file in options.result.items()),
        ]

    def _show_latest(self) -> None:
        """Show the latest results; where that fails, each round tries again."""
        try:
            self._results.show_latest(self._ledger.done(), list(self._options.result.values()))
            self._unshown = ""
        except OSError as problem:
            if str(problem) != self._unshown:
                _complain(f"The latest results cannot be shown now, which is tried again: {problem}.")
            self._unshown = str(problem)


def main(words: list[str]) -> int:
    """Watch until a signal comes, or look once."""
    options = read_options(words)
    stop = Stop()
    results = Results(options.results)
    with results.locked():
        watcher = Watcher(options, results, stop)
        watcher.take_over()
        if options.retry_failed:
            watcher.pardon()
        while True:
            went_well = watcher.round()
            if options.once or stop.is_asked():
                return 0 if went_well else 1
            stop.wait(options.every)


def read_options(words: list[str]) -> argparse.Namespace:
    """What the user asks for; ends with a sentence where it cannot be done."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    source = parser.add_mutually_exclusive_group(required=True)
    source.add_argument("--folder", type=Path, help="the folder in which scenes arrive")
    source.add_argument("--stac", type=Path, help="a STAC ItemCollection, or a list of items, as a JSON file")
    parser.add_argument("--pattern", default="*.tif", help="which files of the folder are scenes (*.tif; **/*.tif)")
    parser.add_argument("--asset", default="data", help="which asset of an item is the scene (data)")
    parser.add_argument("--results", type=Path, required=True, help="where maps and ledger go")
    parser.add_argument("--algorithm", required=True, help="as in terraloom:fusesaroptical")
    parser.add_argument("--scene-parameter", default="INPUT", help="the parameter that is given the scene (INPUT)")
    parser.add_argument("--set", action="append", default=[], metavar="NAME=VALUE", help="any other parameter")
    parser.add_argument("--result", action="append", required=True, metavar="NAME=FILE", help="a result, by file name")
    parser.add_argument("--series", type=int, default=1, help="give the scene and those before it, so many in all (1)")
    parser.add_argument("--at-least", type=int, default=1, help="scenes that a series needs (1)")
    parser.add_argument("--once", action="store_true", help="look once and end, for cron")
    parser.add_argument("--every", type=float, default=60, help="seconds between looks (60)")
    parser.add_argument("--settle", type=float, default=30, help="seconds in which a new scene may not change (30)")
    parser.add_argument("--limit", type=float, default=14400, help="seconds that one run may take (14400)")
    parser.add_argument("--tries", type=int, default=3, help="how often a scene is tried (3)")
    parser.add_argument("--retry-failed", action="store_true", help="try scenes again that were given up")
    parser.add_argument("--qgis-process", dest="program", default="qgis_process", help="the program (qgis_process)")
    options = parser.parse_args(words)
    options.set, options.result = _pairs(parser, options.set), _pairs(parser, options.result)
    options.results = options.results.resolve()
    _refuse_unusable(parser, options)
    options.result = dict(options.result)
    return options


def _pairs(parser: argparse.ArgumentParser, given: list[str]) -> list[tuple[str, str]]:
    """NAME=VALUE taken apart; a name may come twice where an algorithm takes several values."""
    pairs = [word.partition("=") for word in given]
    for name, _, value in pairs:
        if not name or not value:
            parser.error(f"{name or value} is not of the form NAME=VALUE.")
    return [(name, value) for name, _, value in pairs]


def _refuse_unusable(parser: argparse.ArgumentParser, options: argparse.Namespace) -> None:
    """End with a sentence where options do not suit each other or what is there."""
    if options.folder and not options.folder.is_dir():
        parser.error(f"There is no folder {options.folder}.")
    if options.stac and not options.stac.is_file():
        parser.error(f"There is no file {options.stac}.")
    if options.folder and options.folder.resolve() in (options.results, *options.results.parents):
        parser.error("The results lie in the folder that is watched, so maps would be taken for scenes. Move them.")
    if not shutil.which(options.program):
        parser.error(f"There is no program {options.program}. Install QGIS, or say where it is with --qgis-process.")
    if not 1 <= options.at_least <= options.series:
        parser.error(f"--at-least {options.at_least} must lie between 1 and --series {options.series}.")
    if options.tries < 1 or min(options.every, options.settle) < 0 or options.limit <= 0:
        parser.error("--tries and --limit must be above 0; --every and --settle may not be below.")
    kinds = ({options.scene_parameter}, {name for name, _ in options.set}, {name for name, _ in options.result})
    if sum(map(len, kinds)) > len(set.union(*kinds)):
        parser.error("A parameter is given in two ways. Use one of --scene-parameter, --set and --result for each.")
    files = [file for _, file in options.result]
    if len(kinds[2]) < len(files) or any(Path(file).name != file for file in files) or len(set(files)) < len(files):
        parser.error("Each --result is given once, a file name of its own without a folder, as in OUTPUT=flood.tif.")
    if ACCOUNT in (file.casefold() for file in files):
        parser.error(f"{ACCOUNT} is what the ledger says of each run. Choose another name for the result.")


def _say(text: str) -> None:
    print(f"{now()} {text}", flush=True)


def _complain(text: str) -> None:
    print(f"{now()} {text}", file=sys.stderr, flush=True)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
