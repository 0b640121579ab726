"""Selections that are worded once give what Django gives, for whatever keys they are asked."""

from __future__ import annotations

import uuid
from datetime import date

import pytest
from django.contrib.auth import get_user_model
from django.db import connection
from django.db.models import Prefetch, Q
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from barnraise.plumbing.journal.models import Entry, Mention
from barnraise.plumbing.tags.models import Tag
from barnraise.plumbing.ui.hung import hang
from barnraise.plumbing.ui.prepared import prepared

pytestmark = pytest.mark.django_db
Account = get_user_model()


@pytest.fixture
def told(ada, bob):
    made = []
    for by in (ada, bob, ada):
        entry = Entry.objects.create(
            at=timezone.now(), by=by, via="desk", verb="tags.created", room="tags", data={"what": str(by)}
        )
        made.append(entry)
        for key in (entry.pk, entry.pk + 1):
            Mention.objects.create(entry=entry, kind="tags.tag", key=key, title="A tag")
    return made


def test_rows_joined_rows_and_what_hangs_on_them(told, ada, bob):
    @prepared
    def of(by: int, *, verb: str) -> object:
        rows = Entry.objects.filter(by_id=by, verb=verb).select_related("by").only("verb", "data", "by__name")
        return rows.order_by("-id").prefetch_related(Prefetch("mentions", Mention.objects.order_by("id")))

    for _time in range(2):
        for account in (ada, bob):
            plain = list(of.make(account.pk, verb="tags.created"))
            with CaptureQueriesContext(connection) as asked:
                found = of(account.pk, verb="tags.created")
                shown = [
                    (row.pk, row.data, row.by.name, [m.key for m in row.mentions.all()]) for row in found
                ]
            assert len(asked) == 2, "the rows, and what hangs on them"
            assert shown == [
                (row.pk, row.data, row.by.name, [m.key for m in row.mentions.all()]) for row in plain
            ]
    assert len(of(ada.pk, verb="tags.created")) == 2
    assert list(of(ada.pk, verb="nothing")) == []


def test_what_hangs_on_a_row_is_read_once_and_asked_for_more(told, ada):
    with CaptureQueriesContext(connection) as asked:
        hang(told[0], mentions=Mention.objects.filter(entry=told[0]).order_by("-id"))
        rows = told[0].mentions.all()
        assert ([row.entry for row in rows], told[0].mentions.count()) == ([told[0]] * 2, 2)
    assert len(asked) == 1
    assert [row.key for row in told[0].mentions.filter(key=told[0].pk)] == [told[0].pk]
    assert told[0].mentions.exclude(key=told[0].pk).exists()


def test_several_keys_values_texts_and_uuids(told, ada):
    several = prepared(lambda *keys: Mention.objects.filter(entry_id__in=keys).order_by("id"))
    assert [row.entry_id for row in several(told[0].pk)] == [told[0].pk] * 2
    assert {row.entry_id for row in several(told[0].pk, told[2].pk)} == {told[0].pk, told[2].pk}
    keys = prepared(
        lambda key, *, most: Mention.objects.filter(key=key).values_list("entry_id", flat=True)[:most]
    )
    assert set(keys(told[0].pk, most=5)) == set(
        Mention.objects.filter(key=told[0].pk).values_list("entry_id", flat=True)
    )
    name = prepared(lambda folded: Tag.objects.filter(folded=folded))
    row = Tag.objects.create(name="Baker's", folded="baker's")
    assert (name.first("baker's"), name.first("% ' or 1=1 --")) == (row, None)
    by_uuid = prepared(lambda uuid: Tag.objects.filter(uuid=uuid))
    assert (by_uuid.first(row.uuid), by_uuid.first(uuid.uuid4())) == (row, None)


def test_one_key_at_two_places_and_a_day_as_shape(told, ada, bob):
    either = prepared(
        lambda a, b, *, day: Entry.objects.filter(Q(by_id=a) | Q(by_id=b), at__date__gt=day).filter(by_id=a)
    )
    assert [row.by_id for row in either(bob.pk, ada.pk, day=date(2020, 1, 1))] == [bob.pk]
    assert list(either(bob.pk, ada.pk, day=date(2999, 1, 1))) == []


def test_a_key_that_is_no_value_is_worded_each_time(told, ada, bob):
    looked_into = prepared(
        lambda key: Entry.objects.filter(by_id=key) if key == ada.pk else Entry.objects.none()
    )
    assert (len(looked_into(ada.pk)), len(looked_into(bob.pk))) == (2, 0)
