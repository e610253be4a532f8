"""Makes the worker's environment: finds an interpreter, makes a private one, installs the locked packages."""

from __future__ import annotations

import os
import shutil
import sys
import time
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from pathlib import Path

from ..errors import SetupError
from ..progress import Progress
from ..results.occupancy import leave, occupy
from . import lock, managed, state
from .commands import TEMPORARY, Cancelled, CommandFailed, run
from .in_use import unused
from .installing import install
from .interpreters import Interpreter, find
from .locations import downloads, environment_folder, home
from .packages import Holdings, differing, inquire, require_all
from .replacing import recover, replaced
from .report import NOTE, WARNING, Report, Row


def create(
    tier: str,
    extras: Sequence[str],
    interpreter: str,
    wheels: str,
    repair: bool,
    proxies: Mapping[str, str],
    progress: Progress,
    is_cancelled: Cancelled,
) -> Report:
    """Make the environment hold `tier` and `extras`, doing nothing where it already does.

    Args:
        tier: `run` or `learn`. What learns already goes on learning, unless another Python is given.
        extras: Of `lock.EXTRAS`. Those that are there already are kept.
        interpreter: A Python of the user's own: used as it is where it has the tier's packages, else the base
            of the private environment; empty: one is found.
        wheels: Folder of wheels to install from without a network; empty: pip's configured index.
        repair: Make it anew even where nothing seems wrong.
        proxies: Environment variables for the installer, such as `HTTPS_PROXY`.
        progress: Told how far it is and what is done.
        is_cancelled: Asked several times a second.

    Returns:
        What was found and done.

    Raises:
        SetupError: It cannot be made; the old one, if any, is still there.
        CancelledError: The user asked to stop; the old one, if any, is still there.
    """
    check_wheels(wheels)
    with _alone():
        if state.read() is None:
            with unused(environment_folder()):
                recover(environment_folder())  # of a set-up that was killed, the one before counts
        held = state.read()
        interpreter = _meant(interpreter, held, repair)
        if held and interpreter in ("", held.python, held.base):
            tier = max(tier, held.tier, key=lock.TIERS.index)
        lacking = [name for name in extras if held is None or name not in held.extras]
        if held and not (repair or lacking or state.problem(tier)) and interpreter in ("", held.python, held.base):
            return Report((_ready(held), Row("There was nothing to do.")))
        begun_s = time.monotonic()
        rows: list[Row] = []
        if interpreter:
            try:
                return _adopt(Path(interpreter), tier, extras, is_cancelled)
            except SetupError as error:
                rows.append(Row.from_error(error, NOTE))
                rows.append(Row("It is not used as it is, but to make a private environment from.", status=NOTE))
        variables = {**os.environ, **proxies, **_beside_home()}
        extras = [name for name in lock.EXTRAS if name in extras or (held and name in held.extras)]
        if held and not repair and held.base and interpreter in ("", held.base) and state.problem("run") is None:
            made = _furnish(held.base, tier, extras, wheels, variables, progress, is_cancelled)
        else:
            base, passed_over = _find_base(interpreter, variables, progress, is_cancelled)
            rows += [Row.from_error(error, NOTE) for error in passed_over]
            with unused(environment_folder()), replaced(environment_folder()):
                progress.log("Making an environment with Python {version}.", version=base.version_text)
                _make_bare(base, variables, is_cancelled)
                made = _furnish(interpreter or str(base.path), tier, extras, wheels, variables, progress, is_cancelled)
        spent = Row(
            "{count} packages were installed in {seconds} seconds.",
            {"count": len(lock.versions(tier, extras)), "seconds": round(time.monotonic() - begun_s)},
        )
        return Report((*rows, _ready(made), spent))


def check_wheels(folder: str) -> None:
    """Refuse what is no folder of wheels; none need be given.

    Raises:
        SetupError: It is no folder at all.
    """
    if folder and not Path(folder).is_dir():
        raise SetupError("WHEELS is {folder}, which is not a folder. Choose the folder of wheels.", folder=folder)


@contextmanager
def _alone() -> Iterator[None]:
    """Keep other set-ups of the same home out: two at a time would take each other's packages away.

    What was downloaded goes at the end, and that of a set-up that was killed before this one begins.

    Raises:
        SetupError: One is under way.
    """
    with suppress(OSError):  # whoever makes the environment says why the folder cannot be made
        home().mkdir(parents=True, exist_ok=True)
    if os.path.isdir(home()) and not occupy(home()):
        raise SetupError(
            "Another set-up of the environment in {folder} is under way. Wait until it is done, or stop it.",
            folder=str(home()),
        )
    shutil.rmtree(downloads(), ignore_errors=True)
    try:
        yield
    finally:
        shutil.rmtree(downloads(), ignore_errors=True)
        leave(home())


def _beside_home() -> dict[str, str]:
    """Variables by which installers put their temporary files below Terraloom's home; the system's, where none can."""
    try:
        downloads().mkdir(parents=True, exist_ok=True)
    except OSError:
        return {}
    return dict.fromkeys(TEMPORARY, str(downloads()))


def _meant(interpreter: str, held: state.State | None, repair: bool) -> str:
    """Which Python is meant: ours cannot be made from itself, and an adopted one stays so until a repair."""
    if any(_is_ours(folder) for folder in Path(interpreter).parents):
        return ""
    return held.python if held and held.adopted and not interpreter and not repair else interpreter


def _is_ours(folder: Path) -> bool:
    """Whether it is the environment's folder, be it reached by a link."""
    try:
        return folder == environment_folder() or folder.samefile(environment_folder())
    except OSError:
        return False


def _adopt(python: Path, tier: str, extras: Sequence[str], is_cancelled: Cancelled) -> Report:
    """Use a Python of the user's own as it is; nothing is installed into it."""
    holdings = inquire(python, tier, extras, is_cancelled)
    require_all(holdings)
    with unused(environment_folder()), replaced(environment_folder()):
        adopted = _record(python, "", tier, extras, holdings)
    others = ", ".join(f"{package} {version}" for package, version in differing(holdings).items())
    untested = Row("Terraloom was tested with other versions of: {packages}.", {"packages": others}, WARNING)
    return Report((_ready(adopted), untested) if others else (_ready(adopted),))


def _find_base(
    interpreter: str, variables: Mapping[str, str], progress: Progress, is_cancelled: Cancelled
) -> tuple[Interpreter, tuple[SetupError, ...]]:
    """The Python to make the environment from, and why each that was looked at before will not do."""
    search = find(interpreter, is_cancelled)
    if search.found:
        return search.found, search.rejected
    if interpreter:
        raise search.rejected[0]
    for error in search.rejected:
        progress.log(error.template, **error.values)
    return managed.obtain(search.running, variables, progress, is_cancelled), search.rejected


def _make_bare(base: Interpreter, variables: Mapping[str, str], is_cancelled: Cancelled) -> None:
    try:
        run([base.path, "-I", "-m", "venv", environment_folder()], variables, is_cancelled)
    except CommandFailed as error:
        raise SetupError(
            "{python} cannot make an environment in {folder}: {reason}",
            python=str(base.path),
            folder=str(environment_folder()),
            reason="\n".join(error.lines[-5:]),
        ) from error


def _furnish(
    base: str,
    tier: str,
    extras: Sequence[str],
    wheels: str,
    variables: Mapping[str, str],
    progress: Progress,
    is_cancelled: Cancelled,
) -> state.State:
    """Install tier and extras into the private environment, see that all of it imports, and only then record it."""
    folder = environment_folder()
    python = folder / "Scripts" / "python.exe" if sys.platform == "win32" else folder / "bin" / "python"
    install(python, tier, extras, wheels, variables, progress, is_cancelled)
    progress.update(0.95)
    holdings = inquire(python, tier, extras, is_cancelled)
    require_all(holdings)
    return _record(python, base, tier, extras, holdings)


def _record(python: Path, base: str, tier: str, extras: Sequence[str], holdings: Holdings) -> state.State:
    made = state.State(
        python=str(python),
        python_version=holdings.python,
        tier=tier,
        lock=lock.digest(tier, extras),
        base=base,
        packages=holdings.versions,
        extras=list(extras),
    )
    try:
        state.write(made)
    except OSError as error:
        raise SetupError(
            "{folder} cannot be written to: {reason}. Free some space there, or set TERRALOOM_HOME to a folder on "
            "another disk, which you may write to.",
            folder=str(environment_folder()),
            reason=error.strerror or str(error),
        ) from error
    return made


def _ready(held: state.State) -> Row:
    return Row(
        "The environment for {tier} is ready: Python {version}, {python}.",
        {"tier": " + ".join((held.tier, *held.extras)), "version": held.python_version, "python": held.python},
    )
