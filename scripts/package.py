"""Packs the plugin, as committed, into build/terraloom-<version>.zip: what QGIS needs and nothing else."""

import argparse
import configparser
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
SHIPPED = (
    "__init__.py",
    "metadata.txt",
    "LICENSE",
    "README.md",
    "CHANGELOG.md",
    "CONTRIBUTING.md",
    "docs",
    "benchmarks/README.md",
    "plugin",
    "processing_provider",
    "engine",
    "models",
    "resources",
    "i18n",
    "scripts/watch_scenes.py",
    "scripts/watching",
)
LIMIT_BYTES = 25_000_000
REFUSED = (".pyc", ".so", ".dll", ".exe", ".sh", ".bat")


def main() -> None:
    """Write the zip, or fail with the reason why the plugin repository would refuse it."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--folder", type=Path, default=ROOT / "build")
    folder = parser.parse_args().folder
    folder.mkdir(parents=True, exist_ok=True)
    print(pack(folder / f"terraloom-{version()}.zip"))


def pack(target: Path) -> Path:
    """Pack the committed files under one folder, `terraloom`."""
    listed = _git("ls-tree", "-r", "-z", "--name-only", "HEAD", *SHIPPED)
    names = [name for name in listed.split("\0") if name]
    refused = [name for name in names if name.endswith(REFUSED)]
    if refused:
        sys.exit(f"The plugin repository refuses {', '.join(refused)}.")
    _git("archive", "-9", "--format=zip", "--prefix=terraloom/", f"--output={target.resolve()}", "HEAD", *SHIPPED)
    if target.stat().st_size > LIMIT_BYTES:
        sys.exit(f"{target} has {target.stat().st_size} bytes; the plugin repository takes {LIMIT_BYTES}.")
    return target


def _git(*words: str) -> str:
    """What git answers."""
    command = ["git", "-c", "safe.directory=*", "-C", str(ROOT), *words]
    return subprocess.run(command, check=True, capture_output=True, text=True).stdout


def version() -> str:
    """The version in metadata.txt."""
    metadata = configparser.ConfigParser(interpolation=None)
    metadata.read(ROOT / "metadata.txt", encoding="utf-8")
    return metadata["general"]["version"]


if __name__ == "__main__":
    main()
