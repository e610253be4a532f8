"""Adds up pytest's reports in JUnit's form and prints one line: `N passed, N failed, N skipped`."""

import sys
from pathlib import Path
from xml.etree import ElementTree as Xml


def main(paths: list[str]) -> int:
    """Print the sum. A report that is missing or without tests counts as a failure: nothing was shown by it."""
    passed = failed = skipped = 0
    for path in paths:
        if not Path(path).is_file():
            print(f"There is no report {path}: its tests did not come to an end.")
            failed += 1
            continue
        suite = Xml.parse(path).getroot().find("testsuite")  # noqa: S314 - written by pytest a moment ago
        if suite is None or not int(suite.attrib["tests"]):
            failed += 1
            continue
        wrong = int(suite.attrib["failures"]) + int(suite.attrib["errors"])
        passed += int(suite.attrib["tests"]) - wrong - int(suite.attrib["skipped"])
        failed += wrong
        skipped += int(suite.attrib["skipped"])
    print(f"{passed} passed, {failed} failed, {skipped} skipped")
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
