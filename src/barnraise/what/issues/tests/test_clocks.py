"""How long answers may take is set by an admin, in the browser and by API; what waits already keeps its promise."""

from __future__ import annotations

import re
from datetime import UTC, datetime, timedelta
from itertools import product
from zoneinfo import ZoneInfo

import pytest
from django.utils import timezone

from barnraise.plumbing.accounts.models import Account
from barnraise.plumbing.journal.models import Entry
from barnraise.what.issues.clock import TERMS, Term, answer_by
from barnraise.what.issues.faults import clock_faults
from barnraise.what.issues.models import Issue, ResponseClock
from barnraise.what.issues.selectors import terms
from barnraise.what.issues.services import change_issue, raise_issue
from barnraise.who.people.tests.importing import command, write

pytestmark = pytest.mark.django_db
PAGE = "/what/concerns/clocks/"
GIVEN = {
    "urgent_amount": "4", "urgent_unit": "hours", "high_amount": "1", "high_unit": "days", "medium_amount": "96", "medium_unit": "hours",
    "low_amount": "20", "low_unit": "days",
}  # fmt: skip


@pytest.fixture
def ada(db):
    """An admin."""
    return Account.objects.create_user("ada@example.org", "adas long password", name="Ada", role="admin")


def text(answer):
    return " ".join(re.sub(r"<[^>]+>", " ", answer.content.decode()).split())


def test_an_admin_sets_them_in_the_browser_and_they_hold_from_then_on(
    ada, alice, logged_in, tmp_path, capsys
):
    waiting = raise_issue(by=alice, origin="team", what="Waiting", severity="urgent")
    assert logged_in(alice).get(PAGE).status_code == 403
    assert logged_in(alice).post(PAGE, GIVEN).status_code == 403
    browser = logged_in(ada)
    shown = browser.get(PAGE)
    assert [shown.context["form"].initial[f"{one}_amount"] for one in TERMS] == [24, 2, 5, 10]
    assert "Clocks of concerns" in text(browser.get("/settings/"))
    for wrong, reason in (
        ({"urgent_amount": "0"}, "greater than or equal to 1"), ({"low_amount": "61"}, "a whole number from 1 to 60"),
        ({"medium_unit": "weeks"}, "weeks"), ({"urgent_amount": "30"}, "What is less severe is not answered sooner."),
        ({"medium_amount": "48"}, "What is less severe is not answered sooner."),
    ):  # fmt: skip
        answer = browser.post(PAGE, {**GIVEN, **wrong})
        assert (answer.status_code, reason in text(answer)) == (422, True), wrong
    assert (ResponseClock.objects.count(), Entry.objects.filter(verb="issues.clocks_set").count()) == (0, 0)
    assert browser.post(PAGE, GIVEN).status_code == 302
    assert terms() == {"urgent": Term(4, "hours"), "high": Term(1, "days"), "medium": Term(96, "hours"), "low": Term(20, "days")}  # fmt: skip
    told = Entry.objects.get(verb="issues.clocks_set")
    assert "24 hours" in str(told.data)
    assert "Ada set the clocks of concerns" in text(browser.get("/journal/"))
    browser.post(PAGE, GIVEN)
    assert Entry.objects.filter(verb="issues.clocks_set").count() == 1
    waiting.refresh_from_db()
    assert waiting.answer_by - waiting.raised_at == timedelta(hours=24)
    fresh = raise_issue(by=alice, origin="team", what="Fresh", severity="urgent")
    assert fresh.answer_by - fresh.raised_at == timedelta(hours=4)
    graded = change_issue(waiting, by=alice, severity="medium")
    assert graded.answer_by - graded.raised_at == timedelta(hours=96)
    day = (timezone.localdate() - timedelta(days=1)).isoformat()
    file = write(tmp_path / "concerns.csv", f"concern,raised,severity\nFrom a file,{day},medium\n")
    command(capsys, "import", file, "--kind", "issues", "--date-order", "ymd")
    taken = Issue.objects.get(what="From a file")
    assert taken.answer_by - taken.raised_at == timedelta(hours=96)
    assert "Urgent: 4 hours; High: 1 working day" in text(browser.get("/what/concerns/?as=clocks"))
    assert "answers within 96 hours" in text(browser.get("/concern/"))
    assert "Medium: 96 hours" in text(browser.get("/what/concerns/note/"))


def test_they_are_read_by_the_team_and_set_by_admins_by_api(ada, alice, asks):
    given = {name: {"amount": term.amount, "unit": term.unit} for name, term in TERMS.items()}
    assert asks(alice)("GET", "/concern-clocks") == (200, given)
    assert asks(alice)("PUT", "/concern-clocks", given)[0] == 403
    send = asks(ada)
    status, problem = send("PUT", "/concern-clocks", {**given, "low": {"amount": 1, "unit": "hours"}})
    assert (status, problem["errors"][0]["field"]) == (422, "low_amount")
    assert not ResponseClock.objects.exists()
    wanted = {**given, "low": {"amount": 30, "unit": "days"}}
    assert send("PUT", "/concern-clocks", wanted) == (200, wanted)
    assert terms()["low"] == Term(30, "days")


def test_what_is_less_severe_is_never_owed_sooner_at_whatever_hour_it_was_raised():
    zone = ZoneInfo("America/New_York")
    begins = [
        datetime(2026, month, day, hour, 30, tzinfo=zone).astimezone(UTC)
        for month, days in (
            (3, range(2, 12)),
            (10, range(26, 32)),
            (11, range(1, 4)),
        )  # the clocks change in both
        for day, hour in product(days, (0, 10, 17, 23))
    ]

    def owed_sooner(pair):
        return any(answer_by("low", at, zone, pair) < answer_by("high", at, zone, pair) for at in begins)

    amounts = [
        *((one, "days") for one in range(1, 8)),
        *((one, "hours") for one in (*range(12, 300, 12), 17, 18)),
    ]
    refused = set()
    for worse, less in product(amounts, amounts):
        pair = {"high": Term(*worse), "low": Term(*less)}
        if clock_faults(pair):
            refused.add((worse, less))
        else:
            assert not owed_sooner(pair), (worse, less)
    assert {((2, "days"), (48, "hours")), ((24, "hours"), (1, "days")), ((2, "days"), (1, "days"))} <= refused
    assert owed_sooner({"high": Term(2, "days"), "low": Term(48, "hours")}), "on a Friday"
    assert (
        not {((24, "hours"), (2, "days")), ((1, "days"), (96, "hours")), ((5, "days"), (5, "days"))} & refused
    )
