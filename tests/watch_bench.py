"""A folder of scenes, a stub of qgis_process that maps them, and the watcher that is tested on both."""

import json
import os
import subprocess
import sys
import time
from pathlib import Path

SCRIPT = Path(__file__).resolve().parents[1] / "scripts" / "watch_scenes.py"
PATIENCE_S = 60
STUB = """#!{python}
import json, os, pathlib, sys, time
folder = pathlib.Path(__file__).resolve().parent
words = sys.argv[1:]
KNOWN = "terraloom:stub", "terraloom:detectevents"
assert words[0] == "--json"
if words[1] == "help":
    if words[2] not in KNOWN:
        sys.exit("Algorithm " + words[2] + " not found!")
    inputs, results = ("SCENE", "BEFORE", "DATES"), ("OUTPUT", "AREAS")
    known = {{name: {{"is_destination": name in results}} for name in inputs + results}}
    print(json.dumps({{"parameters": known}}))
    sys.exit()
assert words[1] == "run" and words[2] in KNOWN and words[3] == "--"
given = {{}}
for word in words[4:]:
    name, _, value = word.partition("=")
    given.setdefault(name, []).append(value)
with open(folder / "calls", "a") as calls:
    calls.write(json.dumps({{"pid": os.getpid(), **given}}) + "\\n")
(scene,) = given["SCENE"][-1:]
output = pathlib.Path(given["OUTPUT"][0])
output.write_text("half")
while (folder / "hang").exists():
    time.sleep(0.02)
text = pathlib.Path(scene).read_text()
if text == "bad":
    print("QGIS grumbles", file=sys.stderr)
    sys.exit("ERROR:\\tAn error was encountered\\n\\tthe scene is bad")
if text == "grumbled at":
    grumble = "Problem with GRASS installation: GRASS was not found"
    sys.exit("\\n".join(("the scene is odd", grumble, "the scene is odd", "Choose another.", grumble)))
if "broken" in text:
    sys.exit("ERROR:\\tAn error was encountered\\n\\t'" + text + "' is broken")
if text == "grows":
    pathlib.Path(scene).write_text("grown")
if text == "makes nothing":
    output.unlink()
else:
    output.write_text("map of " + text)
if text == "makes a folder":
    output.unlink()
    output.mkdir()
if text == "with overviews":
    pathlib.Path(str(output) + ".ovr").write_text("overviews")
for path in given.get("AREAS", ()):
    pathlib.Path(path).write_text("areas")
    pathlib.Path(path + "-wal").unlink(missing_ok=True)
print("another plugin prints")
log = {{"info": ["Flooded: 3 ha."], "warning": ["Dates are far apart."]}}
if text.startswith("/vsi"):
    log["info"].append("Read: " + text)
print(json.dumps({{"log": log, "results": {{"OUTPUT": str(output), "FLOODED_HA": 3}}}}, indent=2))
"""
TRANSLATE = """#!/bin/sh
case $4 in *gone*) echo "ERROR 11: HTTP response code: 404" >&2; exit 1;; esac
printf %s "$4" > "$5"
"""


class Bench:
    """A folder of scenes, one of results, and a stub of qgis_process on the path."""

    def __init__(self, folder):
        self.folder = folder
        self.scenes, self.results, self.program = folder / "scenes", folder / "maps", folder / "bin"
        self.scenes.mkdir()
        self.program.mkdir()
        for name, text in (("qgis_process", STUB.format(python=sys.executable)), ("gdal_translate", TRANSLATE)):
            (self.program / name).write_text(text)
            (self.program / name).chmod(0o755)

    def start(self, *options, source=None):
        common = {"--results": self.results, "--algorithm": "terraloom:stub", "--scene-parameter": "SCENE"}
        common.update({"--result": "OUTPUT=map.tif", "--settle": "0.05", "--every": "0.1"})
        source = source or ("--folder", self.scenes)
        given = [word for pair in common.items() if pair[0] not in options for word in pair]
        return subprocess.Popen(
            [sys.executable, SCRIPT, *source, *given, *options],
            env={**os.environ, "PATH": f"{self.program}{os.pathsep}{os.environ['PATH']}"},
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
        )

    def once(self, *options, **more):
        """Run to the end and return code and what was said."""
        process = self.start("--once", *options, **more)
        said, complained = process.communicate(timeout=PATIENCE_S)
        return process.returncode, said + complained

    def add(self, name, text="water"):
        path = self.scenes / name
        path.write_text(text)
        return path

    @property
    def calls(self):
        path = self.program / "calls"
        return [json.loads(line) for line in path.read_text().splitlines()] if path.exists() else []

    @property
    def mapped(self):
        """Names of the scenes that the algorithm was given, in order."""
        return [Path(call["SCENE"][-1]).name for call in self.calls]

    @property
    def ledger(self):
        path = self.results / "ledger.jsonl"
        return [json.loads(line) for line in path.read_text().splitlines()] if path.exists() else []

    def events(self, name):
        return [record["event"] for record in self.ledger if record["name"] == name]

    def hang(self, hanging=True):
        path = self.program / "hang"
        path.touch() if hanging else path.unlink()


def until(condition):
    deadline = time.monotonic() + PATIENCE_S
    while not condition():
        assert time.monotonic() < deadline, "it did not happen"
        time.sleep(0.02)


def lives(pid):
    """Whether a process runs; what has ended and waits to be asked after does not."""
    state = subprocess.run(["ps", "-o", "stat=", "-p", str(pid)], capture_output=True, text=True).stdout
    return bool(state.strip()) and not state.startswith("Z")
