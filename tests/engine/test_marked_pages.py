"""What stands between the marks of a page is replaced, and a page without them is refused, not added to."""

import pytest
from terraloom.recipes.marked_pages import between_marks, with_between_marks

PAGE = "a\n<!-- runs -->\nold\n<!-- end of runs -->\n<!-- runs (long) -->\n<!-- end of runs (long) -->\nb\n"


def test_the_text_between_marks_is_replaced():
    assert between_marks(PAGE, "runs") == "old\n" and between_marks(PAGE, "runs (long)") == ""
    assert with_between_marks(PAGE, "runs", "\\1 new\n") == PAGE.replace("old", "\\1 new")
    assert with_between_marks(PAGE, "runs (long)", "x\n") == PAGE.replace("(long) -->\n<", "(long) -->\nx\n<")


@pytest.mark.parametrize("page", ["", PAGE.replace("end of runs -->", ""), PAGE.replace("<!-- runs -->", "")])
def test_a_page_without_its_marks_is_refused(page):
    with pytest.raises(SystemExit, match="no marks for the runs"):
        with_between_marks(page, "runs", "new")
