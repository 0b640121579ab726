"""Today and the thread over the whole world.

Every line of Today that asks for something has its next action and a snooze, and no thing stands there twice; every noun of the
loop stands in its thread, and the page of broken threads finds what hangs on nothing.
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

from barnraise.foundation.refs import Ref
from barnraise.plumbing.accounts.models import Account
from barnraise.plumbing.journal.models import Entry
from barnraise.plumbing.snoozes.models import Snooze
from barnraise.plumbing.ui.sockets import cards, kinds, loose_ends
from barnraise.plumbing.ui.threads import steps
from barnraise.what.campaigns.models import Campaign
from barnraise.what.events.models import Event
from barnraise.what.events.services import plan_event
from barnraise.what.projects.services import add_project
from barnraise.who.consent.models import Standing
from barnraise.who.interactions.models import NextStep
from barnraise.who.partnerships.models import Partnership
from barnraise.why.goals.models import Indicator
from barnraise.why.goals.services import add_goal, add_indicator, add_objective

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
    before = browser.get("/").content.decode()
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
    after = browser.get("/").content.decode()
    assert _moons(after) & links == set()
    assert f"{len(links)} reminders are snoozed" in " ".join(after.split())
    listed = browser.get(reverse("snoozes:list")).content.decode()
    assert "Wait 0." in listed
    assert "Alice" in listed
    for row in Snooze.objects.all():
        assert browser.post(reverse("snoozes:wake", args=[row.uuid])).status_code == 302
    assert _moons(browser.get("/").content.decode()) == links


CORES = {
    # kind of a noun of the loop: the ways in which something of the world hangs on it
    "needs.need": ("downstream",),
    "decisions.decision": ("downstream",),
    "goals.goal": ("upstream", "downstream"),
    "goals.objective": ("upstream", "downstream"),
    "goals.indicator": ("upstream", "downstream"),
    "indicators.observation": ("upstream", "downstream"),
    "projects.project": ("upstream", "downstream"),
    "events.event": ("upstream",),
    "campaigns.campaign": ("upstream",),
}


@pytest.mark.parametrize(("kind", "way"), [(kind, way) for kind, ways in CORES.items() for way in ways])
def test_every_noun_of_the_loop_stands_in_its_thread(inside, kind, way):
    vera = Account.objects.get(email="vera@example.org")
    browser = Client()
    browser.force_login(vera)
    label, _dot, model = kind.partition(".")
    for key in apps.get_model(kind)._default_manager.order_by("pk").values_list("pk", flat=True)[:200]:
        ref = Ref(label, model, key)
        levels = steps(ref, way, actor=vera, depth=1)
        if levels and levels[0].things:
            break
    else:
        pytest.fail(f"no {kind} of the world has anything {way}")
    there = levels[0].things[0]
    page = browser.get(kinds.get(kind).url(key), follow=True)
    assert page.status_code == 200
    assert f"/trace/{there.ref}/" in page.content.decode() or there.url in page.content.decode()
    walk = browser.get(f"/trace/{ref}/").content.decode()
    assert f"/trace/{there.ref}/" in walk


def test_the_page_of_broken_threads_finds_all_four(inside):
    alice = Account.objects.get(email="alice@example.org")
    browser = Client()
    browser.force_login(alice)
    checks = {
        "goals.without_need": "Goals without a need",
        "goals.without_indicator": "Objectives without an indicator",
        "projects.without_objective": "Projects without an objective",
        "indicators.without_observation": "Indicators without an observation",
    }
    before = {name: loose_ends.get(name).find(0)[0] for name in checks}
    goal = add_goal(name="Goal on nothing", by=alice)
    objective = add_objective(goal, name="Objective on nothing", by=alice)
    add_project(name="Project on nothing", by=alice)
    assert {name: loose_ends.get(name).find(0)[0] for name in checks} == {
        **before,
        "goals.without_need": before["goals.without_need"] + 1,
        "goals.without_indicator": before["goals.without_indicator"] + 1,
        "projects.without_objective": before["projects.without_objective"] + 1,
    }
    add_indicator(name="Indicator on nothing", objective=objective, by=alice)
    after = {name: loose_ends.get(name).find(0)[0] for name in checks}
    assert after["goals.without_indicator"] == before["goals.without_indicator"]
    assert after["indicators.without_observation"] == before["indicators.without_observation"] + 1
    page = " ".join(re.sub(r"<[^>]+>", " ", browser.get("/broken-threads/").content.decode()).split())
    for name, title in checks.items():
        if after[name]:
            assert f"{title} {after[name]}" in page
