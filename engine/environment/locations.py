"""Says where Terraloom keeps what outlives an update of the plugin: its environment, the user's models."""

from __future__ import annotations

import os
import sys
from pathlib import Path


def home() -> Path:
    """Terraloom's own folder for this user, in full: `TERRALOOM_HOME`, or the platform's place for such data."""
    override = os.environ.get("TERRALOOM_HOME")
    if override:
        return Path(os.path.abspath(os.path.expanduser(override)))
    if sys.platform == "win32":
        return Path(os.environ.get("LOCALAPPDATA") or users_own() / "AppData" / "Local") / "Terraloom"
    if sys.platform == "darwin":
        return users_own() / "Library" / "Application Support" / "Terraloom"
    return Path(os.environ.get("XDG_DATA_HOME") or users_own() / ".local" / "share") / "terraloom"


def users_own() -> Path:
    """The user's folder; where the system knows none, as in containers, a name under which nothing can be."""
    try:
        return Path.home()
    except RuntimeError:
        return Path("/nonexistent")


def own_models() -> Path:
    """The user's own library: a folder for each model."""
    return home() / "models"


def environment_folder() -> Path:
    """The worker's private virtual environment."""
    return home() / "environment"


def downloads() -> Path:
    """What installers fetch and throw away: gigabytes, for which the system's folder may be too small.

    Its name is plainly the environment's: the user may have chosen a home where other folders lie.
    """
    return home() / "environ.tmp"
