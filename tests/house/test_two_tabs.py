"""A form that changes a row carries when the row was changed last, so that it does not write over what somebody else wrote since."""

from __future__ import annotations

import pytest
from django.test import Client
from django.urls import reverse

from barnraise.plumbing.accounts.models import Account
from barnraise.why.goals.models import Goal
from barnraise.why.goals.services import add_goal

from .addresses import pages

pytestmark = pytest.mark.django_db
FLOORS = ("/why/", "/what/", "/sowhat/", "/nowwhat/")
UNSTAMPED = {
    # "page": why its row does not say when it was changed
    "adaptation:change_move": "a move is fixed once its revision is approved, by one person",
    "goals:change_step": "a step of a logic model is one line of text",
    "projects:change_part": "milestones, lines, openings and partners are one line each on the page of their project",
}


def test_every_form_that_changes_a_row_says_when_it_was_seen() -> None:
    found = [
        one
        for one in pages()
        if one["name"].partition(":")[2].startswith("change") and one["path"].startswith(FLOORS)
    ]
    client = Client()
    client.force_login(Account.objects.get(email="ada@example.org"))
    assert len(found) > 30
    answers = {one["name"]: client.get(one["path"]) for one in found}
    shown = {name: answer.content.decode() for name, answer in answers.items() if answer.status_code == 200}
    bare = {name for name, page in shown.items() if 'name="seen"' not in page}
    assert bare == set(UNSTAMPED)


def test_the_later_of_two_tabs_is_told_and_keeps_what_it_typed(ada: Account) -> None:
    goal: Goal = add_goal(name="Oak", about="", owner=None, starts_on=None, ends_on=None, by=ada)
    client, path = Client(), reverse("goals:change", args=[goal.uuid])
    client.force_login(ada)
    seen = goal.updated_at.isoformat()
    assert client.post(path, {"name": "Ash", "seen": seen}).status_code == 302
    late = client.post(path, {"name": "Elm", "about": "Kept", "seen": seen})
    assert late.status_code == 422
    assert "Somebody changed this while you had it open" in late.content.decode()
    assert "Kept" in late.content.decode()
    goal.refresh_from_db()
    assert goal.name == "Ash"
