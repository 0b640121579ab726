"""Bulk actions: on the ticked rows or on all that match, by those who may, and never on more than was meant."""

from __future__ import annotations

import pytest

from barnraise.plumbing.accounts.models import Account
from barnraise.plumbing.ui.lists import bulk_runner
from barnraise.plumbing.ui.lists.bulk import run_at_once

from .list_of_people import URL, fill, mounted, people

pytestmark = pytest.mark.django_db


@pytest.fixture
def page():
    """The list, mounted; bulk actions run at once, in ui's own way."""
    plugs, bulk_runner._plugs = bulk_runner._plugs, {}
    try:
        with mounted(people()) as one:
            yield one
    finally:
        bulk_runner._plugs = plugs


def called(name: str) -> int:
    """How many bear this name."""
    return Account.objects.filter(name=name).count()


def test_only_the_ticked_rows_change(page, alice, logged_in):
    made = fill(5)
    keys = [made[1].pk, made[3].pk]
    answer = logged_in(alice).post(URL, {"action": "same", "key": keys, "query": ""})
    assert answer.status_code == 302
    assert set(Account.objects.filter(name="renamed").values_list("pk", flat=True)) == set(keys)


def test_all_that_match_change_and_no_others(page, alice, logged_in):
    fill(60, role="viewer")
    other = Account.objects.create_user("x@people.test", name="other", role="contributor")
    logged_in(alice).post(URL, {"action": "same", "all": "1", "query": "role=viewer&sort=-name"})
    assert called("renamed") == 60
    other.refresh_from_db()
    assert other.name == "other"


def test_a_form_is_asked_first_and_its_errors_change_nothing(page, alice, logged_in):
    made = fill(2)
    client = logged_in(alice)
    asked = client.post(URL, {"action": "rename", "key": made[0].pk})
    assert asked.status_code == 200
    wrong = client.post(URL, {"action": "rename", "key": made[0].pk, "answered": "1", "name": ""})
    assert wrong.status_code == 422
    assert called("name 00000") == 1
    client.post(URL, {"action": "rename", "key": made[0].pk, "answered": "1", "name": "Nina"})
    assert called("Nina") == 1


def test_rows_outside_the_list_cannot_be_ticked(page, alice, bob, logged_in):
    fill(1)
    logged_in(alice).post(URL, {"action": "same", "key": [bob.pk]})
    bob.refresh_from_db()
    assert bob.name == "Bob"


@pytest.mark.parametrize("who", ["bob", "vera", "petra", None])
def test_those_who_may_not_change_nothing(page, who, request, logged_in):
    fill(3)
    account = request.getfixturevalue(who) if who else None
    answer = logged_in(account).post(URL, {"action": "same", "all": "1", "query": ""})
    assert answer.status_code == (403 if who else 302)
    assert called("renamed") == 0


@pytest.mark.parametrize(
    "sent", [{"action": "nothing"}, {}, {"action": "same"}, {"action": "same", "key": "x"}]
)
def test_an_unclear_wish_changes_nothing(page, alice, logged_in, sent):
    fill(3)
    answer = logged_in(alice).post(URL, sent)
    assert answer.status_code == 302
    assert called("renamed") == 0


def test_a_runner_that_fails_changes_nothing(page, alice):
    from barnraise.plumbing.ui.lists import BulkAction, Selection

    def half(rows, *, by, values, change_set):
        rows.update(name="renamed")
        raise ArithmeticError

    fill(3)
    action = BulkAction("half", "Half", page.policy, half)
    with pytest.raises(ArithmeticError):
        run_at_once(page=page, action=action, selection=Selection(page.name, None), values={}, by=alice)
    assert called("renamed") == 0


@pytest.mark.parametrize(
    "query", ["role=king", "seen_from=yesterday", "role=viewer&key_from=x", "rôle=viewer"]
)
def test_all_that_match_is_refused_when_the_filter_cannot_be_read(page, alice, logged_in, query):
    fill(3, role="contributor")
    logged_in(alice).post(URL, {"action": "same", "all": "1", "query": query})
    assert called("renamed") == 0
