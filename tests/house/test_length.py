"""No file is longer than a reader takes in at once."""

from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
ROOMS = ("plugin", "processing_provider", "engine", "models", "recipes", "benchmarks", "scripts", "tests")
MOST_LINES = 400


def too_long(root):
    """Files with more lines than that, and how many they have."""
    files = (path for room in ROOMS for path in sorted((root / room).rglob("*.py")))
    lengths = {path.relative_to(root).as_posix(): len(path.read_text("utf-8").splitlines()) for path in files}
    return {name: lines for name, lines in lengths.items() if lines > MOST_LINES}


def test_files_are_short_enough_to_be_read_in_one_go():
    assert too_long(ROOT) == {}, "split them by what they are about"


def test_a_file_that_is_too_long_is_noticed(tmp_path):
    (tmp_path / "engine" / "jobs").mkdir(parents=True)
    (tmp_path / "engine" / "short.py").write_text("x = 1\n" * MOST_LINES)
    (tmp_path / "engine" / "jobs" / "long.py").write_text("x = 1\n" * (MOST_LINES + 1))
    assert too_long(tmp_path) == {"engine/jobs/long.py": MOST_LINES + 1}
