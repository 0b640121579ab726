"""What the journal tells of contributions is read in the reader's language."""

from __future__ import annotations

import re
from datetime import date
from decimal import Decimal

import pytest

from barnraise.plumbing.accounts.services import change_own
from barnraise.plumbing.journal.models import Entry
from barnraise.what.projects.services import add_contribution, change_contribution

pytestmark = pytest.mark.django_db


def text(answer):
    return " ".join(re.sub(r"<[^>]+>", " ", answer.content.decode()).split())


def test_what_a_contribution_is_called_is_read_in_the_readers_language(kitchens, mill, alice, bob, logged_in):
    gift = add_contribution(
        kitchens, by=alice, organisation=mill, kind="hours", on=date(2026, 5, 4), hours=Decimal(2), what="Sorting <b>"
    )  # fmt: skip
    entry = Entry.objects.get(verb="projects.given")
    assert entry.data["name"] == "hours: Sorting <b>"
    Entry.objects.create(at=entry.at, verb="projects.gift_changed", data={"name": "Money: Old words"})
    change_contribution(gift, by=alice, what="")
    change_own(account=bob, name="Bob", language="es", theme="auto", by=bob)
    told = text(logged_in(bob).get("/journal/"))
    assert "Horas de voluntariado: Sorting &lt;b&gt;" in told
    assert re.search(r"cambió un aporte al proyecto Kitchens : Horas de voluntariado\b", told)
    assert "Money: Old words" in told
    assert "Volunteer hours" not in told
