"""Adds up pytest's reports in JUnit's form and prints one line: `N passed, N failed, N skipped`."""

import sys
from xml.etree import ElementTree as Xml


def main(paths: list[str]) -> int:
    """Print the sum. A report without tests counts as a failure: nothing was shown by it."""
    total = failed = skipped = 0
    for path in paths:
        suite = Xml.parse(path).getroot().find("testsuite")  # noqa: S314 - written by pytest a moment ago
        if suite is None or not int(suite.attrib["tests"]):
            failed += 1
            continue
        total += int(suite.attrib["tests"])
        failed += int(suite.attrib["failures"]) + int(suite.attrib["errors"])
        skipped += int(suite.attrib["skipped"])
    print(f"{total - failed - skipped} passed, {failed} failed, {skipped} skipped")
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
