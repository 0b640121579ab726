"""What is a new shape on a page, and what is only other words or more rows."""

from __future__ import annotations

import pytest

from .shapes import shapes, with_new_shapes

PAGE = "<html lang=en><body><main class=work>{}</main></body></html>"
FIELD = "<div class=field><label for=a>Name</label><input id=a type=text></div>"
ROW = "<tr><td data-label=Name><a href=/1>Oak Hill</a></td></tr>"


@pytest.mark.parametrize(
    ("first", "second", "is_new"),
    [
        pytest.param(ROW, ROW.replace("Oak Hill", "Larder").replace("/1", "/2") * 3, False, id="more rows"),
        pytest.param(
            FIELD, FIELD.replace("<input", "<input required maxlength=20"), False, id="a harder field"
        ),
        pytest.param(
            FIELD, FIELD.replace("<label for=a>Name</label>", ""), True, id="a field without a label"
        ),
        pytest.param(FIELD, FIELD.replace("for=a", ""), True, id="a label of no field"),
        pytest.param(ROW, ROW.replace("Oak Hill", ""), True, id="a link without words"),
        pytest.param(ROW, ROW.replace(" data-label=Name", ""), True, id="a cell without its word on phones"),
        pytest.param(ROW, ROW.replace("<a ", "<a class=quiet "), True, id="another style"),
        pytest.param(ROW, f"<div class=thread>{ROW}</div>", True, id="the same in another place"),
        pytest.param("<img src=a alt='A tree'>", "<img src=b alt=''>", True, id="a picture without words"),
        pytest.param(
            "<p>Yes<br>No</p>", "<p>No<br>Yes</p><p>Maybe<br></p>", False, id="elements that end themselves"
        ),
    ],
)
def test_what_is_new(first, second, is_new):
    assert bool(shapes(PAGE.format(second)) - shapes(PAGE.format(first))) is is_new


def test_pages_with_nothing_new_are_left_out():
    pages = [
        ("a", PAGE.format(ROW)),
        ("b", PAGE.format(ROW * 2)),
        ("c", PAGE.format(FIELD)),
        ("d", PAGE.format(FIELD * 2)),
    ]
    assert with_new_shapes(pages) == ["a", "c"]
