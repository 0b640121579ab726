"""What holds of partnerships whatever door is used: one each, histories, merge and its undo, export, erasure, the sample town."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.utils import timezone

from barnraise.config.commands import main
from barnraise.foundation.refs import Ref
from barnraise.plumbing.journal.services import undo
from barnraise.plumbing.profile.services import change_installation
from barnraise.plumbing.snoozes.services import snooze
from barnraise.plumbing.ui.sockets import threads
from barnraise.who.interactions.selectors import gone_quiet
from barnraise.who.interactions.services import (
    add_next_step,
    change_interaction,
    log_interaction,
    remove_interaction,
)
from barnraise.who.organisations.services import remove_organisation
from barnraise.who.partnerships import selectors
from barnraise.who.partnerships.facing import silence_of
from barnraise.who.partnerships.models import Partnership, Rating, StageChange
from barnraise.who.partnerships.services import (
    begin_partnership,
    change_partnership,
    move_stage,
    rate,
    remove_partnership,
)
from barnraise.who.partnerships.silence import Silence, silence
from barnraise.who.people.documents import PersonDocument
from barnraise.who.people.services import erase_person, export_person, merge_people, register_person

pytestmark = pytest.mark.django_db


def ago(days):
    return timezone.localdate() - timedelta(days=days)


def test_the_database_itself_refuses_both_neither_and_a_second(pantry, pastor, alice):
    made = begin_partnership(pantry, by=alice)
    values = {"stage": "active", "stage_since_on": ago(0), "begun_on": ago(0)}
    values |= {"created_at": timezone.now(), "updated_at": timezone.now()}
    for wrong in ({}, {"organisation": pantry, "person": pastor}, {"organisation": pantry}):
        with pytest.raises(IntegrityError), transaction.atomic():
            Partnership.objects.bulk_create([Partnership(**values, **wrong)])
    line = {
        "partnership": made,
        "since_on": ago(0),
        "created_at": timezone.now(),
        "updated_at": timezone.now(),
    }
    with pytest.raises(IntegrityError), transaction.atomic():
        StageChange.objects.bulk_create([StageChange(stage="ended", **line)])
    assert Partnership.objects.get() == made


@pytest.mark.parametrize(
    ("last", "cadence", "snoozed", "expected"),
    [
        (None, None, None, Silence("")),
        (None, 30, None, Silence("over", date(2026, 1, 31), 10)),
        (datetime(2026, 1, 20, 23, 0, tzinfo=UTC), 30, None, Silence("fine", date(2026, 2, 19))),
        (datetime(2026, 1, 13, tzinfo=UTC), 30, None, Silence("soon", date(2026, 2, 12))),
        (datetime(2026, 1, 11, tzinfo=UTC), 30, None, Silence("soon", date(2026, 2, 10))),
        (datetime(2026, 1, 10, tzinfo=UTC), 30, None, Silence("over", date(2026, 2, 9), 1)),
        (datetime(2026, 1, 10, tzinfo=UTC), 30, date(2026, 2, 10), Silence("snoozed", date(2026, 2, 9), 1)),
        (datetime(2026, 1, 10, tzinfo=UTC), 30, date(2026, 2, 9), Silence("over", date(2026, 2, 9), 1)),
    ],
)
def test_days_of_silence(last, cadence, snoozed, expected):
    found = silence(
        is_live=True,
        cadence_days=cadence,
        begun_on=date(2026, 1, 1),
        last_at=last,
        snoozed_until=snoozed,
        today=date(2026, 2, 10),
        zone=UTC,
    )
    assert found == expected


@pytest.mark.parametrize(
    ("zone", "at", "day"),
    [
        ("America/New_York", datetime(2026, 1, 10, 4, 59, tzinfo=UTC), 9),
        ("America/New_York", datetime(2026, 1, 10, 5, 0, tzinfo=UTC), 10),
        ("America/New_York", datetime(2025, 7, 10, 3, 59, 59, 5, tzinfo=UTC), 9),
        ("America/New_York", datetime(2025, 7, 10, 4, 0, tzinfo=UTC), 10),
        ("Pacific/Auckland", datetime(2026, 1, 9, 11, 0, tzinfo=UTC), 10),
    ],
)
def test_a_contact_counts_on_the_day_it_was_where_we_are(zone, at, day, pantry, alice):
    begin_partnership(pantry, by=alice, cadence_days=1, since_on=date(2025, 1, 1), stage="active")
    log_interaction(by=alice, text="Met.", organisations=[pantry], happened_at=at)
    change_installation(by=None, time_zone=zone)
    with timezone.override(zone):
        (row,) = selectors.with_due(selectors.listed(), alice)
        assert row.due_on == silence_of(row, timezone.localdate()).due_on == at.date().replace(day=day + 1)


def test_the_database_counts_the_same_days(pantry, library, pastor, alice, bob):
    begin_partnership(pantry, by=alice, cadence_days=30, since_on=ago(400), stage="active", owner=bob)
    begin_partnership(library, by=alice, cadence_days=90, since_on=ago(91), stage="active", owner=bob)
    kept = begin_partnership(pastor, by=alice, cadence_days=7, since_on=ago(50), stage="active", owner=bob)
    log_interaction(
        by=bob, text="Met.", organisations=[pantry], happened_at=timezone.now() - timedelta(days=27)
    )
    log_interaction(by=bob, text="Met.", people=[pastor], happened_at=timezone.now() - timedelta(days=9))
    today = timezone.localdate()
    rows = list(selectors.with_due(selectors.listed(), alice).order_by("pk"))
    assert [row.due_on for row in rows] == [silence_of(row, today).due_on for row in rows]
    for state in ("", "over", "snoozed", "soon", "fine"):
        found = set(selectors.with_due(selectors.listed(), alice).filter(selectors.in_silence(state, today)))
        assert found == {row for row in rows if silence_of(row, today).state == state}, state
    assert [row.pk for row in selectors.silences_for(bob, today=today, most=9)] == [kept.pk, rows[1].pk]
    snooze(selectors.CARD, Ref.to(kept), by=bob, until=ago(-3), reason="Holidays")
    assert [row.pk for row in selectors.silences_for(bob, today=today, most=9)] == [rows[1].pk]
    move_stage(rows[1], by=bob, stage="dormant")
    assert selectors.silences_for(bob, today=today, most=9) == []


def dues():
    """Until when contacts are due as it is kept, and as it would be worked out now, by the key of the partnership."""
    rows = Partnership.objects.annotate(
        all_on=selectors.due(knows_all=True), team_on=selectors.due(knows_all=False)
    )
    kept = {row.pk: (row.due_all_on, row.due_team_on) for row in rows}
    assert kept == {row.pk: (row.all_on, row.team_on) for row in rows}
    return kept


def test_until_when_a_contact_is_due_follows_whatever_changes(pantry, pastor, alice, bob):
    today = timezone.localdate()
    row = begin_partnership(pantry, by=alice, cadence_days=30, since_on=ago(100), stage="active")
    quiet = begin_partnership(pastor, by=alice, since_on=ago(100), stage="active")
    assert dues() == {row.pk: (ago(70), ago(70)), quiet.pk: (None, None)}
    met = log_interaction(
        by=alice, text="Met.", organisations=[pantry], happened_at=timezone.now() - timedelta(days=20)
    )
    assert dues()[row.pk] == (ago(-10), ago(-10))
    secret = log_interaction(by=alice, text="Alone.", organisations=[pantry], visibility="coordinators")
    assert dues()[row.pk] == (ago(-30), ago(-10))
    change_interaction(secret, by=alice, visibility="team")
    assert dues()[row.pk] == (ago(-30), ago(-30))
    remove_interaction(secret, by=alice)
    change_partnership(row, by=alice, cadence_days=7)
    assert dues()[row.pk] == (ago(13), ago(13))
    assert [one.due_on for one in selectors.silences_for(alice, today=today, most=9)] == [ago(13)]
    done = move_stage(row, by=alice, stage="dormant")
    assert dues()[row.pk] == (None, None)
    undo(change_set=done, by=alice)
    assert dues()[row.pk] == (ago(13), ago(13))
    gone = remove_partnership(row, by=alice)
    remove_interaction(met, by=alice)
    undo(change_set=gone, by=alice)
    assert dues() == {row.pk: (ago(93), ago(93)), quiet.pk: (None, None)}


def test_a_merge_lays_histories_together_and_its_undo_parts_them(pastor, alice, bob):
    other = register_person(PersonDocument(given_name="Soledad", family_name="Ruiz"), by=alice)
    first = begin_partnership(pastor, by=alice, stage="active", since_on=ago(100))
    second = begin_partnership(other, by=alice, stage="contact", since_on=ago(200), about="Choir")
    move_stage(second, by=alice, stage="dormant", since_on=ago(10))
    rate(second, by=bob, influence=3, interest=4, rated_on=ago(5))
    done = merge_people(keep=pastor, absorb=other, by=alice)
    kept = Partnership.objects.get()
    assert (kept.pk, kept.stage, kept.begun_on, kept.influence) == (first.pk, "dormant", ago(200), 3)
    assert [line.stage for line in selectors.stages_of(kept)] == ["dormant", "active", "contact"]
    undo(change_set=done, by=alice)
    back = Partnership.objects.get(person_id=other.pk)
    assert (back.stage, back.begun_on, back.influence, back.about, back.uuid) == (
        "dormant", ago(200), 3, "Choir", second.uuid,
    )  # fmt: skip
    kept.refresh_from_db()
    assert (kept.stage, kept.begun_on, kept.influence) == ("active", ago(100), None)
    assert StageChange.objects.count() == 3


def test_a_merge_of_one_that_has_none_takes_the_relation_over(pastor, alice):
    other = register_person(PersonDocument(given_name="Soledad", family_name="Ruiz"), by=alice)
    made = begin_partnership(other, by=alice)
    done = merge_people(keep=pastor, absorb=other, by=alice)
    assert Partnership.objects.get(pk=made.pk).person == pastor
    undo(change_set=done, by=alice)
    assert Partnership.objects.get(pk=made.pk).person_id == other.pk


def test_exported_erased_and_not_removed_from_under_it(pantry, pastor, alice):
    made = begin_partnership(pastor, by=alice, about="Speaks for Elm Street")
    rate(made, by=alice, influence=4, interest=4, note="Everybody listens")
    told = export_person(pastor, by=alice)
    assert "Speaks for Elm Street" in str(told)
    assert "Everybody listens" in str(told)
    erase_person(pastor, by=alice)
    assert (Partnership.objects.count(), Rating.objects.count(), StageChange.objects.count()) == (0, 0, 0)
    kept = begin_partnership(pantry, by=alice)
    with pytest.raises(ValidationError, match="a partnership"):
        remove_organisation(pantry, by=alice)
    assert Partnership.objects.get() == kept


def test_the_thread_leads_to_the_partner(pantry, pastor, alice):
    thread = threads.get("partnerships.partnership")
    for partner in (pantry, pastor):
        made = begin_partnership(partner, by=alice)
        assert list(thread.upstream(Ref.to(made))) == [Ref.to(partner)]


def test_the_town_has_partners_and_loses_them(sample_town, ada):
    rows = list(Partnership.objects.all())
    assert len(rows) > 20
    assert {row.stage for row in rows} == {"prospect", "contact", "forming", "active", "dormant", "ended"}
    assert any(row.person_id for row in rows)
    for row in rows:
        last = selectors.stages_of(row)[0]
        assert (row.stage, row.stage_since_on) == (last.stage, last.since_on)
    assert main(["sample", "remove"]) == 0
    assert (Partnership.objects.count(), StageChange.objects.count(), Rating.objects.count()) == (0, 0, 0)


def test_whose_silence_is_measured_is_not_called_quiet_besides(pantry, alice, bob):
    log_interaction(
        by=bob, text="Met.", organisations=[pantry], happened_at=timezone.now() - timedelta(days=99)
    )
    add_next_step(by=bob, text="Call them", organisation=pantry)
    now = timezone.now()
    assert [one.ref for one in gone_quiet(bob, now=now, most=9)] == [Ref.to(pantry)]
    made = begin_partnership(pantry, by=alice, owner=bob, cadence_days=30, since_on=ago(200), stage="active")
    assert gone_quiet(bob, now=now, most=9) == []
    assert selectors.silences_for(bob, today=timezone.localdate(), most=9) == [made]
    move_stage(made, by=bob, stage="dormant")
    assert [one.ref for one in gone_quiet(bob, now=now, most=9)] == [Ref.to(pantry)]
