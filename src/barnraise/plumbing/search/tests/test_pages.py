"""The desk's page of results shows what one may see, and answers any text."""

from __future__ import annotations

import pytest

from barnraise.foundation.policy import team
from barnraise.plumbing.ui.sockets import Described, kinds

from .test_find import SHOPS, TOWN, fair


@pytest.fixture
def town(db):
    shown = Described(noun="shop", titles=lambda keys: {}, url=lambda key: f"/shop/{key}", policy=team)
    with kinds.plugged(SHOPS, shown), fair(TOWN):
        yield


def test_the_page_shows_what_one_may_see(town, vera, petra, logged_in):
    page = logged_in(vera).get("/search", {"q": "fod bank"}).text
    assert 'href="/shop/1"' in page
    assert "Riverbend Food Bank" in page
    assert "Riverbend" not in logged_in(petra).get("/search", {"q": "food bank"}).text
    assert logged_in(None).get("/search", {"q": "food"}).status_code == 302


@pytest.mark.parametrize(
    "text", ["", "x" * 10_000, '"* OR NOT (', "\0", "😀", "<script>alert(1)</script>", "%_'"]
)
def test_any_text_is_answered(town, vera, logged_in, text):
    answer = logged_in(vera).get("/search", {"q": text})
    assert answer.status_code == 200
    assert "<script>alert" not in answer.text
