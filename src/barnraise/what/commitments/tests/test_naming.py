"""Rows that name a thing are found through the index of the rows that name one, on SQLite too."""

from __future__ import annotations

import pytest

from barnraise.foundation.naming import naming
from barnraise.foundation.refs import Ref
from barnraise.what.commitments.models import Commitment


@pytest.mark.parametrize(
    ("wanted", "indexes"),
    [
        (naming("cites", Ref("goals", "goal", 7)), {"commitments_cites"}),
        (naming("made_at", [Ref("meetings", "meeting", 7), "meetings.meeting:8"]), {"commitments_made_at"}),
        (naming("cites", "x") | naming("made_at", "x"), {"commitments_cites", "commitments_made_at"}),
    ],
)
@pytest.mark.django_db
def test_the_index_of_those_that_name_something_is_used(wanted, indexes):
    from django.db import connection

    if connection.vendor != "sqlite":
        pytest.skip("PostgreSQL sees by itself that a word is not empty")
    rows = Commitment.objects.filter(wanted).order_by("-due_on", "-pk")
    plan = rows.explain()
    assert {
        name for name in ("commitments_cites", "commitments_made_at", "commitments_due") if name in plan
    } == indexes


@pytest.mark.django_db
def test_nothing_is_named_by_an_empty_word():
    assert list(Commitment.objects.filter(naming("cites", ""))) == []
