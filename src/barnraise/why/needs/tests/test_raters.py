"""Whoever scores a need is a person: exported and erased with them, and with nobody else."""

from __future__ import annotations

from decimal import Decimal

import pytest

from barnraise.plumbing.journal.models import Entry
from barnraise.who.people.documents import PersonDocument
from barnraise.who.people.services import erase_person, export_person, register_person
from barnraise.why.needs.hanlon import PEARL
from barnraise.why.needs.models import Score
from barnraise.why.needs.services import add_need, score_need

pytestmark = pytest.mark.django_db


def test_scores_are_exported_and_lose_the_name_at_erasure_but_not_those_of_a_namesake(alice, logged_in):
    rosa, ben = (
        register_person(PersonDocument(given_name=given, family_name=family), by=alice)
        for given, family in (("Rosa", "Vega"), ("Ben", "Oak"))
    )
    register_person(PersonDocument(given_name="Ben", family_name="Oak"), by=alice)
    need = add_need(title="Evening buses", by=alice)
    values = dict.fromkeys(("size", "seriousness", "effectiveness"), Decimal(5))
    for rater in ("rosa  VEGA", "Ben Oak", "Hospital"):
        score_need(need, rater=rater, by=alice, values=values, pearl=dict.fromkeys(PEARL, True))
    (told,) = export_person(rosa, by=alice)["needs"]["scored"]
    assert (told["need"], told["size"]) == ("Evening buses", 5.0)
    assert "needs" not in export_person(ben, by=alice)
    erase_person(rosa, by=alice)
    erase_person(ben, by=alice)
    first, *others = Score.objects.order_by("pk")
    assert (first.rater, first.size) == (f"#{first.pk}", 5), "what was given stays and counts"
    assert [row.rater for row in others] == ["Ben Oak", "Hospital"], "there is another Ben Oak"
    said = Entry.objects.filter(verb="needs.scored").order_by("pk")
    assert [entry.data.get("rater") for entry in said] == [None, "Ben Oak", "Hospital"]
    page = logged_in(alice).get(need.get_absolute_url())
    assert (page.status_code, "VEGA" in page.content.decode()) == (200, False)
