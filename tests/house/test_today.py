"""Today over the whole world.

Every line of Today that asks for something has its next action and a snooze, and no thing stands there twice.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import timedelta

import pytest
from django.apps import apps
from django.db import transaction
from django.template.loader import get_template
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from barnraise.nowwhat.stories.selectors import ending_soon
from barnraise.plumbing.accounts.models import Account
from barnraise.plumbing.journal.models import Entry
from barnraise.plumbing.snoozes.models import Snooze
from barnraise.plumbing.ui.sockets import cards
from barnraise.sowhat.feedback.services import gather
from barnraise.what.campaigns.models import Campaign
from barnraise.what.events.models import Event
from barnraise.what.events.services import plan_event
from barnraise.what.issues.services import raise_issue
from barnraise.who.consent.models import Standing
from barnraise.who.consent.models.purpose import Channel
from barnraise.who.consent.selectors import expiring
from barnraise.who.interactions.models import NextStep
from barnraise.who.partnerships.models import Partnership
from barnraise.why.goals.models import Indicator
from tests.today import whole_today

from . import world
from .tree import Element, grown

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
ON_ITS_PAGE = {
    # card: why the next action of its lines is the page of the thing itself
    "reports.drafts": "a report is read before it is issued, and it is issued on its page",
    "roi.unsourced": "sources are written in the register, which stands on the page of the valuation",
    "social.open": "a post is posted from its page, with the words beside the network's own form",
}
TWO_MATTERS = {
    # cards: why the same thing may stand on both
    frozenset(
        {"consent.expiring", "people.terms"}
    ): "what a person agreed to ends, and the term for which they lead",
}
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


def _lines(page: str) -> Iterator[tuple[str, Element]]:
    """(card, line) of every line of Today that can be snoozed."""
    for one in grown(page):
        if one.tag == "a" and (found := MOON.fullmatch(f'href="{one.get("href")}"')):
            yield (
                found.group(1).split("/")[3],
                [above for above in one.above() if above.tag == "li"][-1],
            )


def _actions(line: Element) -> list[str]:
    """Addresses of what a line offers to do: buttons and forms, without its snooze."""
    links = [one.get("href") for one in line if one.tag == "a" and "btn" in one.get("class").split()]
    return [
        *(link for link in links if not link.startswith("/today/snoozed/")),
        *(one.get("action") for one in line if one.tag == "form"),
    ]


def test_every_line_has_its_next_action_in_one_click(inside):
    alice = Account.objects.get(email="alice@example.org")
    _something_for_every_card(alice)
    browser = Client()
    browser.force_login(alice)
    told = set()
    for card, line in _lines(whole_today(browser)):
        title = next(one.get("href") for one in line if one.tag == "a")
        actions = [one for one in _actions(line) if card in ON_ITS_PAGE or one != title]
        assert actions, (card, line.text())
        told.add(card)
        address = actions[0].partition("#")[0]
        assert browser.get(address, follow=True).status_code in {200, 405}, (card, address)
    assert told == {name for name, _card in cards.items()} - set(TELLS_ONLY)


def test_nothing_stands_on_two_cards(inside):
    alice = Account.objects.get(email="alice@example.org")
    _something_for_every_card(alice)
    browser = Client()
    browser.force_login(alice)
    where: dict[str, set[str]] = {}
    for link in _moons(whole_today(browser)):
        _empty, _today, _snoozed, card, ref = link.rstrip("/").split("/")[:5]
        where.setdefault(ref, set()).add(card)
    twice = {ref: names for ref, names in where.items() if len(names) > 1}
    assert {frozenset(names) for names in twice.values()} <= set(TWO_MATTERS), twice


def test_a_consent_that_a_public_story_rests_on_is_told_with_the_story_alone(inside):
    alice = Account.objects.get(email="alice@example.org")
    _something_for_every_card(alice)
    today = timezone.localdate()
    endings = ending_soon(today, most=50)
    assert endings
    told = {(row.person_id, row.purpose_id) for row, _until in endings}
    alone = expiring(today, most=5000)
    assert alone
    assert not told & {
        (row.person_id, row.purpose_id) for row in alone if row.channel == Channel.PUBLIC.value
    }


def test_a_concern_stands_on_its_clock_and_not_among_the_comments(inside):
    alice = Account.objects.get(email="alice@example.org")
    _something_for_every_card(alice)
    raised = raise_issue(
        by=alice, origin="resident", what="The lamp is broken", severity="urgent", owner=alice
    )
    gather(now=timezone.now())
    browser = Client()
    browser.force_login(alice)
    said = [
        (card, line) for card, line in _lines(whole_today(browser)) if "The lamp is broken" in line.text()
    ]
    assert {card for card, _line in said} <= {"issues.clock"}
    assert raised.what in browser.get("/sowhat/feedback/?state=waiting").content.decode()
