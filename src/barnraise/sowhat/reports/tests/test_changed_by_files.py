"""A second file changes drafts, issues and withdraws reports, says what it may not, and its undo puts them back."""

from __future__ import annotations

from datetime import date

import pytest
from django.utils import timezone

from barnraise.foundation.refs import Ref
from barnraise.plumbing.journal.models import Entry
from barnraise.sowhat.reports import lists
from barnraise.sowhat.reports.models import Report
from barnraise.sowhat.reports.selectors import content_of, refs_of
from barnraise.sowhat.reports.services import amend_reports, issue, withdraw, write_report
from barnraise.who.organisations.documents import OrganisationDocument
from barnraise.who.organisations.services import register_organisation

pytestmark = pytest.mark.django_db
PAGE = "/sowhat/reports/"


def test_drafts_change_are_issued_and_withdrawn(year, pantry, alice, takes, exports, logged_in):
    browser = logged_in(alice)
    days = {"begins_on": date(2025, 1, 1), "ends_on": date(2025, 12, 31)}
    made = write_report(by=alice, name="Report 2025", audience="board", intro="One.\n\nTwo.", **days)
    (row,) = exports(PAGE, lists.reports)
    assert takes("reports", [row])["counts"] == (0, 0), "an export left alone changes nothing"
    changed = takes(
        "reports", [{**row, "For": "partner", "Partner": "Oak Hill Pantry", "Until": "2025-06-30"}]
    )
    assert (changed["counts"], changed["why"]) == ((0, 1), [])
    made.refresh_from_db()
    told = (made.organisation, made.ends_on, made.intro, made.sections)
    assert told == (pantry, date(2025, 6, 30), "One.\n\nTwo.", ["money", "promises", "feedback"])
    (row,) = exports(PAGE, lists.reports)
    issued = takes("reports", [{**row, "State": "Issued"}])
    made.refresh_from_db()
    assert (issued["counts"], made.issued_on is not None) == ((0, 1), True)
    assert {one["name"] for one in content_of(made)} == {"money", "promises"}
    cited = refs_of(content_of(made))
    walks = [f"/trace/{ref}/" for ref in cited]
    assert cited
    assert all(f"/trace/{Ref.to(made)}/" in browser.get(walk).content.decode() for walk in walks)
    page = exports(PAGE, lists.reports)[0]
    assert takes("reports", [{**page, "Foreword": "Other"}])["why"] == [(2, "intro")]
    withdrawn = takes(
        "reports", [{**page, "State": "Withdrawn", "Why it was withdrawn": "A number was wrong"}]
    )
    made.refresh_from_db()
    assert (withdrawn["counts"], made.withdrawn_reason) == ((0, 1), "A number was wrong")
    assert takes("reports", [{**page, "State": "Draft"}])["why"] == [(2, "state")]
    assert takes.undo(withdrawn) == 1
    made.refresh_from_db()
    assert (made.withdrawn_on, made.issued_on is not None) == (None, True)
    assert takes.undo(issued) == 1
    made.refresh_from_db()
    assert (made.issued_on, made.content, made.organisation) == (None, [], pantry)
    assert not any(f"/trace/{Ref.to(made)}/" in browser.get(walk).content.decode() for walk in walks)
    assert takes.undo(changed) == 1
    made.refresh_from_db()
    assert (made.organisation, made.audience, made.ends_on) == (None, "board", date(2025, 12, 31))


def test_what_may_not_become_of_a_report_is_refused_by_row_and_field(year, alice, takes):
    head = "title,for,partner,from,until,state,why it was withdrawn,language\n"
    done = takes(
        "reports",
        f"{head}Good,board,,2025-01-01,2025-12-31,issued,,es\nEmpty,partner,Oak Hill Pantry,2001-01-01,2001-01-02,issued,,\n"
        "Early,board,,2025-01-01,2025-12-31,withdrawn,Why,\nReason,board,,2025-01-01,2025-12-31,,Why,\n"
        "For whom,partner,,2025-01-01,2025-12-31,,,\nLess,,,2025-01-01,2025-12-31,,,\n"
        "Word,board,,2025-01-01,2025-12-31,,,xx\n",
    )
    fields = [(3, "state"), (4, "state"), (5, "state"), (6, "organisation"), (7, "audience"), (8, "language")]
    assert (done["counts"], done["why"]) == ((1, 0), fields)
    made = Report.objects.get()
    assert (made.name, made.language, made.content[0]["title"]) == ("Good", "es", "Lo que buscamos")
    assert takes("reports", f"{head}GOOD,,,,,withdrawn,,\n")["why"] == [(2, "why")]
    assert takes.undo(done) == 1
    assert not Report.objects.exists()


def test_whom_a_report_is_for_already_is_that_one_whoever_else_is_called_so(pantry, alice, takes, exports):
    days = {"begins_on": date(2025, 1, 1), "ends_on": date(2025, 12, 31)}
    made = write_report(by=alice, name="Report 2025", audience="partner", organisation=pantry, **days)
    register_organisation(OrganisationDocument(name=pantry.name), by=alice)
    (row,) = exports(PAGE, lists.reports)
    same = takes("reports", [row])
    assert (same["counts"], same["why"]) == ((0, 0), [])
    done = takes("reports", [{**row, "Partner": "OAK HILL PANTRY", "Until": "2025-06-30"}])
    assert (done["counts"], done["why"]) == ((0, 1), [])
    made.refresh_from_db()
    assert (made.organisation, made.ends_on) == (pantry, date(2025, 6, 30))
    assert takes("reports", [{**row, "Title": "Another"}])["why"] == [(2, "organisation")]


def test_a_report_that_was_issued_or_withdrawn_meanwhile_is_left_as_it_is(year, alice):
    at, days = timezone.now(), {"begins_on": date(2025, 1, 1), "ends_on": date(2025, 12, 31)}
    made = write_report(by=alice, name="Report 2025", audience="board", **days)

    def amended(**values):
        return len(amend_reports([(made.pk, values)], by=alice, at=at, change_set=None))

    assert amended(state="withdrawn", withdrawn_reason="Early") == 0
    issue(made, by=alice)
    assert (amended(intro="Other"), amended(state="issued")) == (0, 0)
    withdraw(made, by=alice, reason="Wrong")
    assert amended(state="withdrawn", withdrawn_reason="Again") == 0
    made.refresh_from_db()
    assert (made.intro, made.withdrawn_reason) == ("", "Wrong")
    verbs = Entry.objects.filter(verb__in=("reports.issued", "reports.withdrawn"))
    assert verbs.count() == 2
