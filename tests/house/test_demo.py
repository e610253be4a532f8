"""The demo writes where it was started from, and takes no sample for whole that it was stopped in writing."""

import re
import subprocess
import sys
import zipfile

import conftest
import pytest

DEMO = conftest.ROOT / "scripts" / "demo.sh"

NAMES = ("road_mask_input.tif", "preproc_tutorial/ms1.tif", "preproc_tutorial/ms2.tif", "preproc_tutorial/ms3.tif")

KILLED = """
import os
def write(path, data, calls=[]):
    with open(path, "wb") as file:
        calls.append(path)
        file.write(data if len(calls) < 4 else data[:1])
    if len(calls) == 4:
        os._exit(9)
import pathlib
pathlib.Path.write_bytes = write
"""


def test_a_sample_that_was_not_written_to_its_end_is_none(tmp_path):
    with zipfile.ZipFile(tmp_path / "solaris-0.whl", "w") as wheel:
        for name in NAMES:
            wheel.writestr(f"solaris/data/{name}", "whole")
    program = re.search(r"<<'PYTHON'\n(.*?)\nPYTHON\n", DEMO.read_text(), re.DOTALL)[1]
    killed = subprocess.run([sys.executable, "-c", KILLED + program, tmp_path], check=False)
    assert killed.returncode == 9
    assert not (tmp_path / "ms3.tif").exists()
    subprocess.run([sys.executable, "-c", program, tmp_path], check=True)
    assert [path.read_text() for path in sorted(tmp_path.glob("*.tif"))] == ["whole"] * 4


@pytest.mark.skipif(sys.platform == "win32", reason="a shell script for Debian")
def test_the_folder_that_is_named_is_the_one_from_where_it_was_started(tmp_path):
    for name in ("scripts", "here"):
        (tmp_path / name).mkdir()
    (tmp_path / "scripts" / "demo.sh").write_text(DEMO.read_text())
    (tmp_path / "scripts" / "setup.sh").write_text(
        f'ROOT={tmp_path} PRIVATE={tmp_path}\ninstall_packages() {{ echo "$OUT"; exit; }}\n'
    )
    command = ["bash", tmp_path / "scripts" / "demo.sh"]
    for given, folder in (["maps"], "here/maps"), ([tmp_path / "maps"], "maps"), ([], "demo-output"):
        told = subprocess.run([*command, *given], cwd=tmp_path / "here", check=True, capture_output=True, text=True)
        assert told.stdout.strip() == str(tmp_path / folder)
