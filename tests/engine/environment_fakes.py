"""What the tests of the environment share: tiny wheels, a tiny lock, Pythons that are none, a home of their own."""

import json
import sys
import zipfile
from pathlib import Path

PYTHON = Path(sys.executable)


def never():
    return False


class Recorder:
    """Progress that keeps what it is told."""

    def __init__(self):
        self.fractions, self.logs = [], []

    def update(self, fraction, mpx_per_s=None):
        self.fractions.append(fraction)

    def log(self, template, **values):
        self.logs.append(template.format(**values))

    warn = log


def make_wheel(folder, package, version, code=""):
    """A wheel with one module of the package's name."""
    info = f"{package}-{version}.dist-info"
    files = {
        f"{package}.py": code,
        f"{info}/METADATA": f"Metadata-Version: 2.1\nName: {package}\nVersion: {version}\n",
        f"{info}/WHEEL": "Wheel-Version: 1.0\nRoot-Is-Purelib: true\nTag: py3-none-any\n",
    }
    record = "".join(f"{name},,\n" for name in files) + f"{info}/RECORD,,\n"
    with zipfile.ZipFile(folder / f"{package}-{version}-py3-none-any.whl", "w") as wheel:
        for name, text in {**files, f"{info}/RECORD": record}.items():
            wheel.writestr(name, text)


def fake_program(path, *lines):
    """A shell script in place of a program."""
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text("\n".join(("#!/bin/sh", *lines)) + "\n")
    path.chmod(0o755)
    return path


def fake_python(path, version, build="cpython of 64 bits", missing=()):
    """A program that answers the probe like a Python of that kind."""
    answer = {"path": str(path), "version": version, "build": build, "missing": missing}
    return fake_program(path, f"echo '{json.dumps(answer)}'")
