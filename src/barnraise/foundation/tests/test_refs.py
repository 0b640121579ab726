"""A reference names a row that a database can hold; nothing else is one."""

from __future__ import annotations

import pytest

from barnraise.foundation.refs import LARGEST, Ref


def test_a_reference_is_read_as_it_is_written():
    for text in ("needs.need:1", f"projects.project:{LARGEST}"):
        assert str(Ref.parse(text)) == text


@pytest.mark.parametrize(
    "text", ["", "needs.need", "needs.need:-1", f"needs.need:{LARGEST + 1}", "needs.need:1\n", "Needs.need:1"]
)  # fmt: skip
def test_anything_else_is_refused(text):
    with pytest.raises(ValueError, match="Not a reference"):
        Ref.parse(text)
