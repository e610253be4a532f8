"""A job that misbehaves on demand, and the request to ask it with."""

import ctypes
import logging
import os
import re
import sys
import tempfile
import time
from dataclasses import dataclass
from pathlib import Path

from terraloom.engine.errors import InputError
from terraloom.engine.outcome import Outcome
from terraloom.engine.phrases import Phrase
from terraloom.engine.results.workspace import partial_folder


@dataclass(frozen=True)
class Misbehave:
    """Asks for one of the functions below by its name."""

    act: str
    output: str = ""
    text: str = ""

    @property
    def outputs(self):
        return (self.output,) if self.output else ()


def run(request, progress):
    """Begin the output, act, finish the output; clear nothing away when the act fails: others have to."""
    target = Path(request.output)
    if request.output:
        partial_folder(target).mkdir()
        (partial_folder(target) / target.name).write_text("half")
    metrics = globals()[request.act](request, progress)
    if request.output:
        (partial_folder(target) / target.name).rename(target)
        partial_folder(target).rmdir()
    return Outcome(dict.fromkeys(("OUTPUT",), request.output), {"pid": os.getpid(), **(metrics or {})})


def behave(request, progress):
    progress.log("{count} tiles", count=3)
    progress.warn("careful")
    progress.update(0.5, 1.25)


def read_a_damaged_image(request, progress):
    logging.getLogger("rasterio._err").warning("CPLE_AppDefined:JPEGLib:Premature end of JPEG file")
    logging.getLogger("rasterio._err").warning("CPLE_AppDefined:TIFFReadDirectory:Unknown field with tag 42")


def cooperate(request, progress):
    progress.log("begun")
    while True:
        progress.update(0.5)
        time.sleep(0.01)


def finish_anyway(request, progress):
    progress.log("begun")
    time.sleep(0.5)


def sleep(request, progress):
    progress.log("begun")
    time.sleep(3600)


def fill_a_temporary_folder(request, progress):
    """Make a file that nobody wants to keep, and tell where; then hang, die or end, as the text says."""
    with tempfile.TemporaryDirectory() as folder:
        Path(folder, "large").write_text("much")
        progress.log("{folder}", folder=folder)
        time.sleep(3600 if request.text == "hang" else 0)
        if request.text == "die":
            os.kill(os.getpid(), 9)


def hold_the_interpreter(request, progress):
    """Never lets another thread of this process run."""
    progress.log("begun")
    re.match(r"(a+)+$", "a" * 60 + "b")


def print_a_lot(request, progress):
    sys.stdout.write('{"message": "Result", "outputs": {}, "metrics": {"false": true}}\n')
    sys.stdout.flush()
    ctypes.CDLL(None).puts(b"native print") if os.name == "posix" else None
    os.write(1, b"raw print\n")


def look_around(request, progress):
    return {
        "variables": dict(os.environ),
        "stdin is nothing": os.fstat(0).st_rdev == os.stat(os.devnull).st_rdev,
        "flags": sys.flags.isolated,
    }


def leave_a_child(request, progress):
    """Start a long-lived grandchild that inherits whatever is inheritable."""
    import subprocess

    child = subprocess.Popen([sys.executable, "-c", "import time; time.sleep(60)"], close_fds=False)
    progress.log("{pid}", pid=child.pid)
    time.sleep(3600)


def die(request, progress):
    sys.stdout.write("printed\n")
    sys.stderr.write("last words\n")
    os.kill(os.getpid(), int(request.text))


def leave(request, progress):
    os._exit(7)


def crash(request, progress):
    ctypes.string_at(0)


def want_a_module(request, progress):
    import no_such_module_of_terraloom  # noqa: F401


def lose_a_library(request, progress):
    sys.stderr.write("ImportError: libnative.so: cannot open shared object file\n")
    os._exit(1)


def refuse(request, progress):
    raise InputError("The layer has {found} bands.", found=3)


def tell_a_login(request, progress):
    progress.warn("{caution}", caution=Phrase("{path} is small.", path=request.text))
    logging.getLogger("rasterio._err").warning(f"CPLE_AppDefined:{request.text}:Premature end of JPEG file")
    raise InputError("{path} cannot be read.", path=request.text) from ValueError(f"no such file: {request.text}")


def fail(request, progress):
    raise {
        "memory": MemoryError(),
        "native memory": RuntimeError("[ONNXRuntimeError] : 6 : Failed to allocate memory for buffer"),
        "unexpected": ZeroDivisionError("division by zero"),
    }[request.text]


def return_no_json(request, progress):
    return {"value": object()}


def fill_the_disk(request, progress):
    for _ in range(64):
        with open(request.text, "ab") as file:
            file.write(bytes(2**20))
