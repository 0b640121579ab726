"""The page of a list: what it shows, what it refuses, and what it costs."""

from __future__ import annotations

import re

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from barnraise.plumbing.accounts.models import Account

from .list_of_people import URL, fill, mounted, people

pytestmark = pytest.mark.django_db


@pytest.fixture
def shown(alice, logged_in):
    """A client of the coordinator's, with the list mounted."""
    with mounted(people()):
        yield logged_in(alice)


def names(response) -> list[str]:
    """The names in the table, in order."""
    return re.findall(
        r'<a href="/person/\d+/"><span translate="no">([^<]*)</span></a>', response.content.decode()
    )


def test_the_first_page_is_sorted_and_counted(shown):
    fill(60)
    page = shown.get(URL)
    assert names(page) == [f"name {at:05}" for at in range(50)]
    assert '<strong class="number"><span class="number">60</span></strong>' in page.content.decode()


def test_a_list_costs_the_same_queries_for_2_and_for_20_rows(shown):
    fill(2)
    shown.get(URL)
    with CaptureQueriesContext(
        connection,
    ) as few:
        assert len(names(shown.get(URL))) == 2
    Account.objects.filter(email__endswith="@people.test").delete()
    fill(20)
    with CaptureQueriesContext(connection) as many:
        assert len(names(shown.get(URL))) == 20
    assert len(few) == len(many)


def test_walking_by_links_reaches_the_end_and_comes_back(shown):
    fill(120)
    first = shown.get(URL)
    further = re.search(r'rel="next"[^>]* href="([^"]+)"', first.content.decode())[1].replace("&amp;", "&")
    second = shown.get(URL + further)
    further = re.search(r'rel="next"[^>]* href="([^"]+)"', second.content.decode())[1].replace("&amp;", "&")
    third = shown.get(URL + further)
    assert names(third) == [f"name {at:05}" for at in range(100, 120)]
    assert 'rel="next"' not in third.content.decode()
    back = re.search(r'rel="prev"[^>]* href="([^"]+)"', third.content.decode())[1].replace("&amp;", "&")
    assert names(shown.get(URL + back)) == names(second)


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ("?role=viewer", 6),
        ("?role=viewer&role=admin", 6),
        ("?role=admin", 0),
        ("?called=00003", 1),
        ("?active=1", 6),
        ("?active=0", 0),
        ("?seen_from=2026-01-02&seen_to=2026-01-04", 2),
        ("?seen_to=2026-01-01", 1),
        ("?near=b", 0),
        ("?called=00003&role=viewer", 1),
    ],
)
def test_filters_narrow(shown, query, expected):
    fill(6, role="viewer")
    assert len(names(shown.get(URL + query))) == expected


@pytest.mark.parametrize(
    ("query", "told"),
    [
        ("?role=king", "Role"),
        ("?active=maybe", "May log in"),
        ("?seen_from=yesterday", "Seen"),
        ("?key_from=many", "Key"),
        ("?key_from=NaN", "Key"),
        ("?near=z", "Near"),
    ],
)
def test_a_value_that_cannot_be_read_is_named_and_left_out(shown, query, told):
    fill(3)
    page = shown.get(URL + query)
    assert page.status_code == 200
    assert any(told in str(message) for message in page.context["messages"])
    assert len(names(page)) == 3


STRANGE = [
    "?cursor=x",
    "?cursor=WzAsMSwxXQ",
    "?at=%00",
    "?sort=password",
    "?view=9999999999999999999",
    "?export=pdf",
    "?called=%00",
]


@pytest.mark.parametrize("query", STRANGE)
def test_strange_addresses_show_the_list(shown, query):
    fill(3)
    page = shown.get(URL + query)
    assert page.status_code == 200
    assert len(names(page)) == 3


def test_filters_stay_until_they_are_cleared(shown):
    fill(3)
    shown.get(URL + "?called=00001")
    assert names(shown.get(URL, follow=True)) == ["name 00001"]
    assert len(names(shown.get(URL + "?clear=1", follow=True))) == 3
    assert len(names(shown.get(URL, follow=True))) == 3


def test_nobody_there_and_nobody_found_are_two_things(shown):
    assert "Nobody yet" in shown.get(URL).content.decode()
    fill(3)
    found = shown.get(URL + "?called=nobody").content.decode()
    assert "Nobody yet" not in found
    assert "Nothing matches" in found


@pytest.mark.parametrize(("sort", "state"), [("name", "ascending"), ("-name", "descending")])
def test_the_sorted_column_says_so(shown, sort, state):
    fill(2)
    page = shown.get(f"{URL}?sort={sort}").content.decode()
    assert page.count("aria-sort=") == 1
    assert f'aria-sort="{state}"' in page


def test_rows_never_seen_come_last_both_ways(shown):
    fill(5)
    assert names(shown.get(URL + "?sort=last_login")) == [f"name {at:05}" for at in (0, 1, 3, 4, 2)]
    assert names(shown.get(URL + "?sort=-last_login")) == [f"name {at:05}" for at in (4, 3, 1, 0, 2)]


def test_user_text_is_escaped(shown):
    Account.objects.create_user("x@people.test", name="<script>alert(1)</script>")
    page = shown.get(URL).content.decode()
    assert "<script>alert(1)" not in page
    assert "&lt;script&gt;alert(1)" in page


@pytest.mark.parametrize("who", ["petra", None])
def test_partners_and_strangers_see_nothing(who, request, logged_in):
    fill(3)
    account = request.getfixturevalue(who) if who else None
    with mounted(people()):
        for query in ("", "?export=csv", "?export=xlsx"):
            answer = logged_in(account).get(URL + query)
            assert answer.status_code == (403 if who else 302)
            assert b"name 0000" not in getattr(answer, "content", b"")


def test_a_filter_that_is_not_there_is_named(shown):
    fill(2)
    page = shown.get(URL + "?colour=green")
    assert "This list has no filter “colour”." in [str(message) for message in page.context["messages"]]
    assert len(names(page)) == 2
    assert len(names(shown.get(URL))) == 2
    assert not list(shown.get(URL).context["messages"])


@pytest.mark.parametrize(
    ("query", "first"),
    [
        ("?sort=name&at=name 00100", "name 00100"),
        ("?sort=-name&at=name 00100", "name 00100"),
        ("?sort=name&at=zzz", "name 00110"),
        ("?sort=-name&at=a", "name 00049"),
        ("?sort=last_login&at=2026-02-01", "name 00031"),
        ("?sort=-last_login&at=2026-02-01", "name 00031"),
        ("?sort=last_login&at=2999-01-01", "name 00002"),
        ("?sort=last_login&at=tomorrow", "name 00000"),
    ],
)
def test_jumping_goes_to_the_first_row_at_or_past_it(shown, query, first):
    fill(160)
    assert names(shown.get(URL + query))[0] == first


def test_figures_and_days_are_said_in_the_readers_way(shown):
    fill(1)
    page = shown.get(URL + "?key_from=1234567&seen_from=2026-03-01").content.decode()
    assert "from 1,234,567" in page
    assert "March 1, 2026" in page


def test_cards_show_the_same_rows(shown):
    fill(3)
    assert names(shown.get(URL + "?as=cards")) == names(shown.get(URL + "?sort=name"))
    assert "as-cards" in shown.get(URL + "?as=cards").content.decode()
