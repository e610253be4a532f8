"""Says where Terraloom keeps what outlives an update of the plugin: its environment, the user's models."""

from __future__ import annotations

import os
import sys
from pathlib import Path


def home() -> Path:
    """Terraloom's own folder for this user: `TERRALOOM_HOME`, or the platform's place for such data."""
    override = os.environ.get("TERRALOOM_HOME")
    if override:
        return Path(override)
    if sys.platform == "win32":
        return Path(os.environ.get("LOCALAPPDATA", Path.home() / "AppData" / "Local")) / "Terraloom"
    if sys.platform == "darwin":
        return Path.home() / "Library" / "Application Support" / "Terraloom"
    return Path(os.environ.get("XDG_DATA_HOME") or Path.home() / ".local" / "share") / "terraloom"


def own_models() -> Path:
    """The user's own library: a folder for each model."""
    return home() / "models"


def environment_folder() -> Path:
    """The worker's private virtual environment."""
    return home() / "environment"
