"""What was said last counts, whenever it was noted; and who may be contacted follows from it."""

from __future__ import annotations

import random
from datetime import UTC, date, datetime, timedelta

import pytest
from django.core.exceptions import ValidationError
from django.utils import timezone

from barnraise.foundation.refs import Ref
from barnraise.plumbing.journal.selectors import timeline
from barnraise.plumbing.journal.services import undo
from barnraise.who.consent.faults import Said
from barnraise.who.consent.models import Consent, Standing
from barnraise.who.consent.selectors import may_contact, reachable, standings_of
from barnraise.who.consent.services import change_purpose, end_purpose, record_consent, settle, write
from barnraise.who.people.models import Person
from barnraise.who.people.services import change_person, erase_person, export_person, merge_people

pytestmark = pytest.mark.django_db
MAY, JUNE, JULY = (datetime(2025, month, 1, 12, tzinfo=UTC) for month in (5, 6, 7))
FAR = datetime(2999, 1, 1, tzinfo=UTC)


def said(person, purpose, by, at, *, is_given=True, channel="email", **more):
    return record_consent(
        person,
        by=by,
        purpose=purpose,
        channels=[channel],
        is_given=is_given,
        source="paper",
        happened_at=at,
        **more,
    )


def stands():
    return sorted(
        Standing.objects.values_list(
            "person_id", "purpose_id", "channel", "is_given", "since_at", "expires_on", "last_id"
        )
    )


def test_a_withdrawal_beats_an_older_grant_that_arrives_late(ana, newsletter, bob):
    said(ana, newsletter, bob, JULY, is_given=False)
    said(ana, newsletter, bob, JUNE)
    (row,) = standings_of(ana)
    assert (row.is_given, row.since_at) == (False, JULY)
    said(ana, newsletter, bob, JULY)
    assert standings_of(ana)[0].is_given is False, "of two at the same instant the withdrawal counts"
    said(ana, newsletter, bob, JULY + timedelta(seconds=1), expires_on=date(2030, 1, 1))
    (row,) = standings_of(ana)
    assert (row.is_given, row.expires_on) == (True, date(2030, 1, 1))
    assert [entry.plain for entry in timeline(Ref.to(ana), actor=bob).entries][:4] == [
        "Bob noted that Ana Ruiz agrees to Newsletter",
        "Bob noted that Ana Ruiz agrees to Newsletter",
        "Bob noted that Ana Ruiz agrees to Newsletter",
        "Bob noted that Ana Ruiz no longer agrees to Newsletter",
    ]


def test_playing_the_record_again_gives_the_same(ana, ben, newsletter, bob):
    dice = random.Random(7)
    lines = [
        Said(
            person=dice.choice([ana.pk, ben.pk]),
            purpose=newsletter.pk,
            channel=dice.choice(["email", "post"]),
            is_given=dice.random() < 0.5,
            source="paper",
            happened_at=MAY + timedelta(days=dice.randrange(20)),
        )
        for _ in range(200)
    ]
    for line in lines:
        write([line], at=timezone.now())
    once = stands()
    last = {}
    for row in Consent.objects.order_by("happened_at", "-is_given", "pk"):
        last[row.person_id, row.channel] = row.pk
    assert {(row[0], row[2]): row[6] for row in once} == last
    Standing.objects.all().delete()
    settle({(line.person, line.purpose, line.channel) for line in lines})
    assert stands() == once


def test_what_cannot_be_is_refused_and_nothing_is_written(ana, newsletter, bob):
    now = timezone.now()
    for more, field in [
        ({"channels": []}, "channels"),
        ({"channels": ["phone"]}, "channels"),
        ({"channels": ["pigeon"]}, "channels"),
        ({"source": "dream"}, "source"),
        ({"happened_at": now + timedelta(days=1)}, "happened_at"),
        ({"expires_on": date(2020, 1, 1)}, "expires_on"),
        ({"is_given": False, "expires_on": date(2030, 1, 1)}, "expires_on"),
        ({"proof": "x" * 301}, "proof"),
    ]:
        values = {"channels": ["email"], "is_given": True, "source": "paper", **more}
        with pytest.raises(ValidationError) as no:
            record_consent(ana, by=bob, purpose=newsletter, **values)
        assert list(no.value.error_dict) == [field], more
    ended = end_purpose(newsletter, by=bob)
    with pytest.raises(ValidationError):
        record_consent(ana, by=bob, purpose=ended, channels=["email"], is_given=True, source="paper")
    assert not Consent.objects.exists()
    assert not Standing.objects.exists()


def test_who_may_be_contacted_and_why_not_the_others(ana, ben, newsletter, bob, alice):
    now = timezone.now()
    everybody = Person.objects.all()

    def why(person, channel="email", at=FAR):
        found = may_contact(person, channel=channel, purpose=newsletter, at=at)
        reach = reachable(everybody, channel=channel, purpose=newsletter, at=at)
        assert dict(reach.everybody.values_list("pk", "why"))[person.pk] == found
        assert reach.people.filter(pk=person.pk).exists() is (found == "")
        return found

    assert (why(ana), why(ben), why(ben, "post"), why(ana, "post")) == (
        "never_asked",
        "no_address",
        "never_asked",
        "no_address",
    )
    said(ana, newsletter, bob, MAY, expires_on=date(2998, 12, 31))
    said(ben, newsletter, bob, MAY, channel="post")
    soon = now + timedelta(days=1)
    assert (why(ana, at=soon), why(ana, at=FAR), why(ben, "post")) == ("", "expired", "")
    assert (why(ana, at=MAY - timedelta(days=1)), why(ana, at=JUNE)) == ("never_asked", "")
    said(ana, newsletter, bob, JULY, is_given=False)
    assert (why(ana, at=soon), why(ana, at=JUNE), why(ana, at=JULY)) == ("withdrawn", "", "withdrawn")
    change_person(ben, by=alice, status="deceased")
    assert why(ben, "post") == "deceased"
    reach = reachable(everybody, channel="email", purpose=newsletter, at=soon)
    assert reach.counts() == {"withdrawn": 1, "deceased": 1}
    assert reach.words("withdrawn") == "Consent for “Newsletter” by E-mail was withdrawn."
    ended = end_purpose(newsletter, by=alice)
    assert reachable(everybody, channel="email", purpose=ended, at=soon).counts() == {"ended": 2}


def test_words_are_kept_by_version(ana, newsletter, bob, alice):
    said(ana, newsletter, bob, MAY)
    made = change_purpose(newsletter, by=alice, texts={"en": "We write every week.", "es": ""})
    assert (made.number, made.texts) == (2, {"en": "We write every week."})
    assert change_purpose(newsletter, by=alice, texts={"en": " We write every week. "}) is None
    said(ana, newsletter, bob, JUNE)
    assert list(Consent.objects.order_by("happened_at").values_list("wording__number", flat=True)) == [1, 2]


def test_a_line_noted_by_mistake_is_taken_back(ana, newsletter, bob, alice):
    said(ana, newsletter, bob, MAY)
    wrong = said(ana, newsletter, bob, JUNE, is_given=False)
    undo(change_set=wrong, by=alice)
    (row,) = standings_of(ana)
    assert (row.is_given, Consent.objects.count()) == (True, 1)


def test_what_was_said_follows_a_merge_and_goes_with_an_erasure(ana, ben, newsletter, bob, alice):
    said(ana, newsletter, bob, MAY)
    said(ben, newsletter, bob, JUNE, is_given=False)
    before = stands()
    merge = merge_people(keep=ana, absorb=ben, by=alice)
    assert [(row.person_id, row.is_given) for row in Standing.objects.all()] == [(ana.pk, False)]
    undo(change_set=merge, by=alice)
    assert [row[:6] for row in stands()] == [row[:6] for row in before]
    told = export_person(ana, by=alice)
    assert [(one["purpose"], one["given"], one["how"]) for one in told["consent"]["consents"]] == [
        ("Newsletter", True, "paper")
    ]
    erase_person(ana, by=alice)
    assert list(Consent.objects.values_list("person_id", flat=True)) == [ben.pk]
    assert list(Standing.objects.values_list("person_id", flat=True)) == [ben.pk]
