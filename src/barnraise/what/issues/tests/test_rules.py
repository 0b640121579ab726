"""What holds of concerns whatever door is used: the clock, files, merge and its undo, export, erasure, the sample town."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from decimal import Decimal
from zoneinfo import ZoneInfo

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.utils import timezone

from barnraise.config.commands import main
from barnraise.foundation.periods import Period
from barnraise.foundation.refs import Ref
from barnraise.plumbing.journal.services import open_change_set, undo
from barnraise.plumbing.mail.models import Message
from barnraise.what.issues import selectors
from barnraise.what.issues.clock import STANDINGS, answer_by, near_until, standing
from barnraise.what.issues.models import Answer, Issue
from barnraise.what.issues.services import answer_issue, hand_back, hand_on, raise_issue, reopen
from barnraise.what.issues.sourcing import SOURCES
from barnraise.who.organisations.services import remove_organisation
from barnraise.who.people.documents import PersonDocument
from barnraise.who.people.services import erase_person, export_person, merge_people, register_person
from barnraise.who.people.tests.importing import command, write

HEAD = "concern,raised by,raised,severity,organisation,about,name,email,language,owner,answer,answered on,state,outcome,ended on\n"
COLUMBUS = ZoneInfo("America/New_York")


def ago(**span):
    return timezone.now() - timedelta(**span)


def at(text):
    return datetime.fromisoformat(text).replace(tzinfo=COLUMBUS)


@pytest.mark.parametrize(
    ("severity", "raised", "owed"),
    [
        ("urgent", "2026-03-06T22:00", "2026-03-07T22:00"),  # Friday night: weekends do not wait
        ("high", "2026-03-05T09:00", "2026-03-09T18:00"),  # Thursday: Friday, Monday; clocks went forward on Sunday
        ("medium", "2026-03-06T23:59", "2026-03-13T18:00"),  # Friday just before midnight is still Friday
        ("medium", "2026-03-07T00:01", "2026-03-13T18:00"),  # Saturday: Monday is the first working day
        ("low", "2026-03-02T00:00", "2026-03-16T18:00"),
    ],
)  # fmt: skip
def test_until_when_an_answer_is_owed(severity, raised, owed):
    assert answer_by(severity, at(raised), COLUMBUS) == at(owed)
    assert answer_by(severity, at(raised).astimezone(UTC), COLUMBUS) == at(owed)


def test_how_a_clock_stands():
    owed, friday = at("2026-03-09T18:00"), at("2026-03-06T10:00")
    assert near_until(friday, COLUMBUS) == owed
    assert standing(owed, None, friday, COLUMBUS) == "near"
    assert standing(owed, None, friday - timedelta(days=1), COLUMBUS) == "waiting"
    assert standing(owed, None, owed + timedelta(seconds=1), COLUMBUS) == "over"
    assert standing(owed, owed, owed, COLUMBUS) == "in_time"
    assert standing(owed, owed + timedelta(seconds=1), owed, COLUMBUS) == "late"


@pytest.mark.django_db
def test_the_database_counts_the_same_standings_and_refuses_what_cannot_be(pantry, alice):
    now = timezone.now()
    for days, severity in ((0, "low"), (0, "urgent"), (20, "medium"), (30, "high")):
        raise_issue(by=alice, origin="team", what="x", severity=severity, raised_at=ago(days=days))
    answer_issue(Issue.objects.order_by("pk")[3], by=alice, text="Late", way="said")
    answer_issue(Issue.objects.order_by("pk")[1], by=alice, text="Soon", way="said")
    rows = list(selectors.listed())
    told = [selectors.standing_of(row, now) for row in rows]
    assert sorted(told) == ["in_time", "late", "over", "waiting"]
    for name in STANDINGS:
        found = set(selectors.listed().filter(selectors.by_standing(name, now)))
        assert found == {row for row, one in zip(rows, told, strict=True) if one == name}, name
    row = rows[0]
    for wrong in (
        {"state": "answered"}, {"state": "resolved", "answered_at": now, "ended_at": now},
        {"state": "open", "ended_at": now}, {"clock_from": ago(days=99)},
        {"organisation": pantry, "about": pantry},
    ):  # fmt: skip
        with pytest.raises(IntegrityError), transaction.atomic():
            Issue.objects.filter(pk=row.pk).update(**{"answered_at": None, **wrong})
    assert Issue.objects.get(pk=row.pk).updated_at == row.updated_at


@pytest.mark.django_db
def test_what_indicators_count(pantry, alice):
    period = Period(timezone.localdate() - timedelta(days=60), timezone.localdate() + timedelta(days=40))
    first = raise_issue(by=alice, origin="partner", organisation=pantry, what="First")
    answer_issue(first, by=alice, text="Yes", way="said")
    answer_issue(first, by=alice, text="Yes, once more", way="said")
    reopen(first, by=alice, reason="No")
    answer_issue(first, by=alice, text="Now", way="said")
    missed = raise_issue(by=alice, origin="resident", what="Missed", raised_at=ago(days=20))
    raise_issue(by=alice, origin="resident", what="Waiting")
    assert len(list(SOURCES["issues.raised"].rows({}, period))) == 3
    assert len(list(SOURCES["issues.raised"].rows({"origins": ["resident"]}, period))) == 2
    rows = list(SOURCES["issues.in_time"].rows({}, period))
    assert [(row.ref.model, int(row.value)) for row in rows] == [
        ("answer", 100), ("answer", 100), ("issue", 0),
    ]  # fmt: skip
    Answer.objects.filter(stops_clock=True).update(clock_from=ago(hours=3), at=timezone.now())
    hours = [row.value for row in SOURCES["issues.hours"].rows({}, period)]
    assert [round(one, 1) for one in hours] == [Decimal("3.0"), Decimal("3.0")]
    before = SOURCES["issues.in_time"].stamp({}, period)
    answer_issue(missed, by=alice, text="Sorry", way="said")
    assert SOURCES["issues.in_time"].stamp({}, period) != before
    assert [int(row.value) for row in SOURCES["issues.in_time"].rows({}, period)] == [100, 100, 0]


@pytest.mark.django_db
def test_nothing_is_answered_by_mail_where_no_address_is_known(pantry, alice, ana):
    made = raise_issue(by=alice, origin="partner", organisation=pantry, what="x")
    with pytest.raises(ValidationError, match="No e-mail address"):
        answer_issue(made, by=alice, text="Yes", way="mail")
    assert (Issue.objects.get().state, Message.objects.count()) == ("open", 0)
    mine = raise_issue(by=alice, origin="resident", what="y", person=ana, asker_email="Else@example.net")
    assert selectors.asker_of(mine).address == "else@example.net"
    mine.asker_email = ""
    assert (selectors.asker_of(mine).address, selectors.asker_of(mine).language) == ("ana@example.net", "es")


@pytest.mark.django_db
def test_a_list_comes_in_once_and_says_what_it_cannot_take(pantry, library, alice, bob, tmp_path, capsys):
    lines = (
        "The lamp is out,resident,2025-03-03,high,,,Rosa,ROSA@example.net,es,bob@example.org,,,,,\n"
        "Nobody asked us,,2025-03-04,,Oak Hill Pantry,Riverbend Library,,,,,We talked,2025-03-06,resolved,Turns,2025-03-09\n"
        "the LAMP is out,,2025-03-03,,,,,rosa@example.net,,,,,,,\n"
        "Theirs,partner,2025-03-03,,Nobody Known,,,,,,,,,,\n"
        "Theirs,partner,2025-03-03,,,,,,,,,,,,\n"
        "Itself,,2025-03-03,,Oak Hill Pantry,Oak Hill Pantry,,,,,,,,,\n"
        "Over,,2025-03-03,,,,,,,,,,resolved,Done,\n"
        "Over too,,2025-03-03,,,,,,,,Yes,2025-03-04,resolved,,\n"
        "Early,,2025-03-03,,,,,,,,Yes,2025-03-01,,,\n"
        "Hers,,2025-03-03,,,,,,,eve@example.org,,,,,\n"
    )
    file = write(tmp_path / "concerns.csv", HEAD + lines)
    done = command(capsys, "import", file, "--kind", "issues", "--date-order", "ymd")
    assert (done["rows"], done["created"]) == (10, {"issues": 2})
    refused = sorted(done["refused"], key=lambda one: one["row"])
    assert [(one["row"], one["column"]) for one in refused] == [
        (4, ""), (5, "organisation"), (6, "organisation"), (7, "about"), (8, "answer"), (9, "outcome"),
        (10, "answered on"), (11, "owner"),
    ]  # fmt: skip
    lamp = Issue.objects.get(what="The lamp is out")
    assert (lamp.asker_email, lamp.owner, lamp.state, lamp.severity) == (
        "rosa@example.net", bob, "open", "high",
    )  # fmt: skip
    turns = Issue.objects.get(what="Nobody asked us")
    assert (turns.origin, turns.about, turns.state, turns.outcome) == (
        "partner", library, "resolved", "Turns",
    )  # fmt: skip
    assert turns.answers.get().text == "We talked"
    assert Message.objects.count() == 0
    again = command(capsys, "import", file, "--kind", "issues", "--date-order", "ymd")
    assert again["created"] == {"issues": 0}
    answer_issue(lamp, by=bob, text="Mended", way="said")
    undone = command(capsys, "imports", "undo", done["import"])
    assert undone["undone"] == 1
    assert Issue.objects.get() == lamp


@pytest.mark.django_db
def test_follows_a_merge_and_goes_with_an_erasure(pantry, library, ana, alice):
    other = register_person(PersonDocument(given_name="Anita", family_name="Lopez"), by=alice)
    made = raise_issue(by=alice, origin="resident", what="x", person=other, detail="As she said at the door")
    typed = raise_issue(
        by=alice, origin="resident", what="y", asker_email="ana@example.net", asker_name="Ana"
    )
    done = merge_people(keep=ana, absorb=other, by=alice)
    assert Issue.objects.get(pk=made.pk).person == ana
    assert "As she said at the door" in str(export_person(ana, by=alice))
    undo(change_set=done, by=alice)
    assert Issue.objects.get(pk=made.pk).person_id == other.pk
    kept = raise_issue(by=alice, origin="partner", organisation=pantry, about=library, what="z")
    with pytest.raises(ValidationError, match="concerns"):
        remove_organisation(pantry, by=alice)
    joined = open_change_set(by=alice, verb="issues.changed")
    hand_on(Ref.to(library), Ref.to(pantry), change_set=joined)
    kept.refresh_from_db()
    assert (kept.organisation_id, kept.about_id) == (library.pk, None)
    hand_back(list(joined.changes.all()), by=alice)
    kept.refresh_from_db()
    assert (kept.organisation_id, kept.about_id) == (pantry.pk, library.pk)
    erase_person(ana, by=alice)
    assert not Issue.objects.filter(pk=typed.pk).exists()
    erase_person(Issue.objects.get(pk=made.pk).person, by=alice)
    assert Issue.objects.get() == kept


@pytest.mark.django_db
def test_the_town_has_concerns_and_loses_them(sample_town, capsys, alice, pantry):
    kept = raise_issue(by=alice, origin="partner", organisation=pantry, what="Kept")
    rows, now = Issue.objects.filter(is_sample=True), timezone.now()
    found = selectors.tally_of(rows, now)
    assert (rows.count(), rows.filter(is_confidential=True).count()) == (49, 1)
    for name in ("in_time", "late"):
        assert sum(count for (_severity, one), count in found.items() if one == name) >= 1, name
    assert set(rows.values_list("state", flat=True)) == {"open", "answered", "resolved", "declined"}
    assert rows.filter(about__isnull=False).exists()
    assert rows.exclude(cites="").exists()
    assert not rows.filter(ended_at__gt=now).exists()
    assert main(["sample", "remove", "--json"]) == 0
    assert Issue.objects.get() == kept
