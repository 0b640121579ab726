"""Today over the whole world.

Every line of Today that asks for something has its next action and a snooze, and no thing stands there twice.
"""

from __future__ import annotations

import re
from datetime import timedelta

import pytest
from django.apps import apps
from django.db import transaction
from django.template.loader import get_template
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from barnraise.plumbing.accounts.models import Account
from barnraise.plumbing.journal.models import Entry
from barnraise.plumbing.snoozes.models import Snooze
from barnraise.plumbing.ui.sockets import cards
from barnraise.what.campaigns.models import Campaign
from barnraise.what.events.models import Event
from barnraise.what.events.services import plan_event
from barnraise.who.consent.models import Standing
from barnraise.who.interactions.models import NextStep
from barnraise.who.partnerships.models import Partnership
from barnraise.why.goals.models import Indicator
from tests.today import whole_today

from . import world

pytestmark = pytest.mark.xdist_group("today")
"""What is built for the whole file is built in one process."""
TELLS_ONLY = {
    # card: why none of its lines waits for somebody
    "desk.start": "the first steps of a new partnership, done once",
    "desk.work": "jobs under way",
    "imports": "what was imported lately",
    "interactions.proposals": "one line with a count",
    "journal.latest": "what happened last",
    "mail.trouble": "counts of mails, which go by themselves",
    "organisations.here": "counts, and who was added last",
    "portal": "the way of somebody of a partner to their organisation",
}
LINE = re.compile(r'<li>\s*<div><a href="([^"]+)".*?</li>', re.S)
MOON = re.compile(r'href="(/today/snoozed/[^"]+)"')


def test_every_card_that_asks_for_something_can_be_snoozed():
    assert set(TELLS_ONLY) <= {name for name, _card in cards.items()}
    bad = []
    for name, card in cards.items():
        if name not in TELLS_ONLY:
            source = get_template(card.template).template.source
            has_moon = f'{{% snooze "{name}"' in source or "step|reference" in source
            if not has_moon:
                bad.append(name)
    assert bad == []


def _something_for_every_card(alice: Account) -> None:
    """What the world has, moved to days on which it waits for somebody."""
    now, today = timezone.now(), timezone.localdate()
    Snooze.objects.all().delete()
    supper = Event.objects.get(title="World supper")
    past = {"starts_at": now - timedelta(hours=9), "ends_at": now - timedelta(hours=8)}
    plan_event(by=alice, title="World breakfast", kind="gathering", **past)
    assert supper.starts_at < now + timedelta(days=7)
    for model, days, field in (
        ("people.Leadership", 10, "term_ends_on"),
        ("questionnaires.Questionnaire", 2, "closes_on"),
        ("projects.Milestone", 1, "due_on"),
        ("goals.Objective", 3, "due_on"),
    ):
        apps.get_model(model)._default_manager.update(**{field: today + timedelta(days=days)})
    Standing.objects.filter(is_given=True).update(expires_on=today + timedelta(days=5))
    Campaign.objects.filter(name="Bread news").update(state=Campaign.State.REVIEW)
    NextStep.objects.update(owner=alice)
    Partnership.objects.update(owner=alice)
    apps.get_model("roi.Valuation")._default_manager.update(owner=alice)
    Indicator.objects.filter(target_value__isnull=False, direction="up").update(target_value=10**6)


@pytest.fixture(scope="module")
def whole(django_db_setup, django_db_blocker):
    """The world, built once for this file and gone after it."""
    with django_db_blocker.unblock(), transaction.atomic():
        world.build()
        yield
        transaction.set_rollback(True)


@pytest.fixture
def inside(whole, db):
    """What a test does to the world is taken back."""


def _moons(page: str) -> set[str]:
    return {found for found in MOON.findall(page) if found.count(":")}


def test_what_is_snoozed_goes_from_today_and_comes_back_when_it_is_woken(inside):
    alice = Account.objects.get(email="alice@example.org")
    _something_for_every_card(alice)
    browser = Client()
    browser.force_login(alice)
    before = whole_today(browser)
    links = _moons(before)
    shown = {link.split("/")[3] for link in links}
    assert sorted(MOON.findall(before)) == sorted(set(MOON.findall(before))), (
        "no thing stands twice on a card"
    )
    for line in LINE.finditer(before):
        assert line.group(0).count("<a ") + line.group(0).count("<form ") >= 2, line.group(0)
    assert shown == {name for name, _card in cards.items()} - set(TELLS_ONLY)
    until = (timezone.localdate() + timedelta(days=3)).isoformat()
    for link in sorted(links):
        assert browser.post(link, {"until": until, "reason": ""}).status_code == 422
    assert Snooze.objects.count() == 0
    for number, link in enumerate(sorted(links)):
        assert browser.post(link, {"until": until, "reason": f"Wait {number}."}).status_code == 302, link
    assert Snooze.objects.count() == len(links)
    assert Entry.objects.filter(verb="snoozes.snoozed").count() == len(links) + 1
    after = whole_today(browser)
    assert _moons(after) & links == set()
    assert f"{len(links)} reminders are snoozed" in " ".join(after.split())
    listed = browser.get(reverse("snoozes:list")).content.decode()
    assert "Wait 0." in listed
    assert "Alice" in listed
    for row in Snooze.objects.all():
        assert browser.post(reverse("snoozes:wake", args=[row.uuid])).status_code == 302
    assert _moons(whole_today(browser)) == links
