"""Saved views: kept, renamed, shared and removed by those who may."""

from __future__ import annotations

import pytest

from barnraise.plumbing.ui.models import SavedView

from .list_of_people import URL, fill, mounted, people
from .test_lists_page import names

pytestmark = pytest.mark.django_db


@pytest.fixture
def page():
    """The list, mounted."""
    with mounted(people()) as one:
        yield one


def keep(client, **sent):
    """Keep a view."""
    return client.post(URL, {"keep": "view", "title": "Viewers", "query": "role=viewer&sort=-name", **sent})


def test_a_kept_view_brings_filters_and_order_back(page, alice, logged_in):
    fill(3, role="viewer")
    client = logged_in(alice)
    answer = keep(client)
    view = SavedView.objects.get()
    assert answer["Location"] == f"{URL}?view={view.pk}"
    assert (view.owner, view.list_name, view.title, view.is_shared) == (
        alice,
        "test-people",
        "Viewers",
        False,
    )
    assert names(client.get(answer["Location"])) == ["name 00002", "name 00001", "name 00000"]


def test_columns_chosen_are_kept_and_exported(page, alice, logged_in):
    fill(1)
    client = logged_in(alice)
    client.post(URL, {"keep": "columns", "column": ["key", "email"], "query": ""})
    head = client.get(URL + "?export=csv").getvalue().decode().splitlines()[0]
    assert head == "Name,Key,E-mail"


def test_only_leads_share(page, alice, bob, logged_in):
    keep(logged_in(bob), shared="1")
    assert SavedView.objects.get().is_shared is False
    keep(logged_in(alice), shared="1")
    assert SavedView.objects.get(owner=alice).is_shared is True


def test_a_shared_view_is_seen_and_a_private_one_is_not(page, alice, bob, logged_in):
    fill(3, role="viewer")
    keep(logged_in(alice), shared="1", title="Team")
    keep(logged_in(alice), title="Own", query="called=00001")
    client = logged_in(bob)
    tabs = client.get(URL).content.decode()
    assert "Team" in tabs
    assert ">Own<" not in tabs
    own = SavedView.objects.get(title="Own")
    assert len(names(client.get(f"{URL}?view={own.pk}"))) == 3


@pytest.mark.parametrize("what", ["view-away", "view-name"])
@pytest.mark.parametrize(("who", "shared"), [("bob", ""), ("bob", "1"), ("ada", "")])
def test_others_views_are_refused(page, alice, request, logged_in, what, who, shared):
    keep(logged_in(alice), shared=shared)
    view = SavedView.objects.get()
    logged_in(request.getfixturevalue(who)).post(URL, {"keep": what, "id": view.pk, "title": "Taken"})
    view.refresh_from_db()
    assert (view.title, view.is_shared) == ("Viewers", shared == "1")


def test_the_owner_renames_and_removes(page, alice, logged_in):
    client = logged_in(alice)
    keep(client)
    view = SavedView.objects.get()
    client.post(URL, {"keep": "view-name", "id": view.pk, "title": "Readers"})
    view.refresh_from_db()
    assert view.title == "Readers"
    client.post(URL, {"keep": "view-away", "id": view.pk})
    assert not SavedView.objects.exists()


@pytest.mark.parametrize("title", ["", "   "])
def test_a_view_needs_a_name(page, alice, logged_in, title):
    keep(logged_in(alice), title=title)
    assert not SavedView.objects.exists()


def test_one_name_is_used_once(page, alice, logged_in):
    client = logged_in(alice)
    keep(client)
    assert keep(client).status_code == 302
    assert SavedView.objects.count() == 1


def test_renaming_to_a_name_in_use_changes_nothing(page, alice, logged_in):
    client = logged_in(alice)
    keep(client)
    keep(client, title="Other")
    other = SavedView.objects.get(title="Other")
    answer = client.post(URL, {"keep": "view-name", "id": other.pk, "title": "Viewers"})
    assert answer.status_code == 302
    other.refresh_from_db()
    assert other.title == "Other"


def test_a_view_too_long_to_keep_is_refused_not_cut(page, alice, logged_in):
    keep(logged_in(alice), query="called=" + "x" * 1990 + "&role=viewer")
    assert not SavedView.objects.exists()


def test_columns_stand_in_the_order_of_their_places(page, alice, logged_in):
    fill(1)
    client = logged_in(alice)
    client.post(
        URL,
        {
            "keep": "columns",
            "column": ["email", "role", "key"],
            "place.email": "3",
            "place.role": "1",
            "place.key": "2",
        },
    )
    assert client.get(URL + "?export=csv").getvalue().decode().splitlines()[0] == "Name,Role,Key,E-mail"


@pytest.mark.parametrize("what", ["view-away", "view-name"])
def test_leads_tidy_what_is_shared(page, bob, alice, ada, logged_in, what):
    keep(logged_in(alice), shared="1")
    view = SavedView.objects.get()
    logged_in(ada).post(URL, {"keep": what, "id": view.pk, "title": "Tidy", "shared": "1"})
    assert list(SavedView.objects.values_list("title", flat=True)) == (
        [] if what == "view-away" else ["Tidy"]
    )
