"""Every noun of the loop over the whole world: it stands in its thread, both ways; it is found; its page tells what happened to it.

The page of broken threads finds what hangs on nothing.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any
from urllib.parse import quote

import pytest
from django.apps import apps
from django.db import transaction
from django.test import Client
from django.utils import timezone

from barnraise.foundation.refs import Ref
from barnraise.nowwhat.adaptation.services import add_review
from barnraise.nowwhat.stories.services import make_story
from barnraise.plumbing.accounts.models import Account
from barnraise.plumbing.journal.services import record
from barnraise.plumbing.search.sockets import documents
from barnraise.plumbing.ui.sockets import Fan, kinds, loose_ends
from barnraise.plumbing.ui.threads import Way, plugs_of, steps
from barnraise.what.projects.services import add_part, add_project
from barnraise.why.decisions.services import add_decision, open_proposals, settle
from barnraise.why.goals.models import Objective
from barnraise.why.goals.services import add_goal, add_indicator, add_objective

from . import world
from .loop import AROUND, CHECKS, IN_WORDS, NO_TIMELINE, NOT_FOUND, ONE_WAY, OWN_PAGE, THREADS, WHOSE

pytestmark = pytest.mark.xdist_group("loop")
"""What is built for the whole file is built in one process."""


@pytest.fixture(scope="module")
def whole(django_db_setup: None, django_db_blocker: Any) -> Iterator[None]:
    """The world, built once for this file and gone after it."""
    with django_db_blocker.unblock(), transaction.atomic():
        world.build()
        yield
        transaction.set_rollback(True)


@pytest.fixture
def alice(whole: None, db: None) -> Account:
    """Who looks. What a test does to the world is taken back."""
    return Account.objects.get(email="alice@example.org")


@pytest.fixture
def browser(alice: Account) -> Client:
    """Alice's."""
    client = Client()
    client.force_login(alice)
    return client


MAIL = "mail.message"
"""Few of a campaign's mails, which are alike, before all that were written to one reader."""


def _rows(kind: str, most: int = 200) -> list[Ref]:
    label, _dot, model = kind.partition(".")
    rows = apps.get_model(kind)._default_manager.order_by("pk")
    parts = [rows.filter(is_bulk=True)[:20], rows.filter(is_bulk=False)] if kind == MAIL else [rows]
    return [Ref(label, model, key) for part in parts for key in part.values_list("pk", flat=True)[:most]]


def _address(ref: Ref) -> str:
    return kinds.get(ref.kind).addresses([ref.id])[ref.id]


WAYS: tuple[Way, Way] = ("upstream", "downstream")


def _one_step(ref: Ref, way: Any) -> tuple[list[Ref], bool]:
    """All that rooms say is one step away, and whether they say that there is more."""
    found: list[Ref] = []
    is_cut = False
    for plug in plugs_of(ref.kind):
        given = getattr(plug, way)(ref)
        if isinstance(given, Fan):
            is_cut = is_cut or given.total > len(given.refs)
            given = given.refs
        found += given
    return found, is_cut


@pytest.mark.parametrize("kind", [kind for kind in THREADS if kind in kinds])
def test_every_noun_of_the_loop_stands_in_its_thread(alice: Account, browser: Client, kind: str) -> None:
    for way, others in zip(WAYS, THREADS[kind], strict=True):
        for other in filter(kinds.__contains__, others):
            for ref in _rows(kind):
                there = [one for one in _one_step(ref, way)[0] if one.kind == other]
                if there:
                    break
            else:
                pytest.fail(f"no {kind} of the world has a {other} {way}")
            walk = browser.get(f"/trace/{ref}/")
            assert walk.status_code == 200, ref
            levels = steps(ref, way, actor=alice, depth=1)
            assert levels, (ref, way)
            assert f"/trace/{levels[0].things[0].ref}/" in walk.content.decode(), (ref, way)


@pytest.mark.parametrize("kind", sorted(OWN_PAGE))
def test_every_page_of_the_loop_shows_its_thread(alice: Account, browser: Client, kind: str) -> None:
    for ref in _rows(kind):
        levels = [level for way in WAYS for level in steps(ref, way, actor=alice, depth=1)]
        if levels and levels[0].things:
            break
    page = browser.get(_address(ref), follow=True).content.decode()
    line = page[page.index('class="thread"') :]
    assert f'href="{levels[0].things[0].url}"' in line, ref


@pytest.mark.parametrize("way", WAYS)
def test_what_a_thread_leads_to_leads_back(alice: Account, way: str) -> None:
    lost = set()
    for kind in filter(kinds.__contains__, THREADS):
        for ref in _rows(kind, 40):
            for there in _one_step(ref, way)[0][:8]:
                if there.kind in WHOSE or (kind, there.kind) in ONE_WAY:
                    continue
                back = [_one_step(there, one) for one in WAYS]
                if not any(ref in found or is_cut for found, is_cut in back):
                    lost.add((kind, there.kind))
    assert lost == set()


def _of_loop() -> list[str]:
    """Kinds of the loop's rooms."""
    return sorted(kind for kind, _plug in kinds.items() if kind.partition(".")[0] not in AROUND)


def test_what_is_not_found_is_named() -> None:
    asked = set(_of_loop()) - {"interactions.mailproposal"}
    found = {kind for kind, _plug in documents.items()}
    assert asked - found == set(filter(kinds.__contains__, NOT_FOUND))


@pytest.mark.parametrize("kind", [kind for kind in _of_loop() if kind in documents and kind not in IN_WORDS])
def test_every_noun_is_found_by_its_title(browser: Client, kind: str) -> None:
    ref = _rows(kind)[-1]
    (document,) = documents.get(kind).read([ref.id])
    page = browser.get(f"/search?q={quote(document.title[:100])}&kind={kind}").content.decode()
    assert f'href="{_address(ref)}"' in page.replace("&#x27;", "'"), (document.title, ref)


@pytest.mark.parametrize(
    ("part", "named"),
    [("projects.milestone", "name"), ("projects.budgetline", "name"), ("decisions.proposal", "title")],
)
def test_a_part_without_a_page_of_its_own_leads_to_what_it_is_a_part_of(
    browser: Client, part: str, named: str
) -> None:
    row: Any = apps.get_model(part)._default_manager.order_by("-pk")[0]
    whole = row.project if part.startswith("projects.") else row.decision
    page = browser.get(f"/search?q={quote(getattr(row, named))}").content.decode()
    assert str(whole) in page
    assert _address(Ref.to(whole)) in page


@pytest.mark.parametrize("kind", [kind for kind in _of_loop() if kind not in NO_TIMELINE])
def test_every_page_tells_what_happened(alice: Account, browser: Client, kind: str) -> None:
    ref = _rows(kind)[-1]
    record(by=alice, verb="files.added", about=[ref], details={"name": "A picture of it"})
    page = browser.get(_address(ref), follow=True).content.decode()
    assert "A picture of it" in page, ref


def _lose(alice: Account) -> None:
    """One more of everything that hangs on nothing, but for an indicator."""
    today = timezone.localdate()
    objective = add_objective(
        add_goal(name="Goal on nothing", by=alice), name="Objective on nothing", by=alice
    )
    assert objective.pk
    project = add_project(name="Project on nothing", by=alice)
    line = add_part(project, "budget", name="Rope", is_income=False, planned=500, by=alice)
    add_part(project, "amounts", line=line, on=today, amount=300, by=alice)
    decision = open_proposals(add_decision(title="Decided for nobody", rules="Be kind.", by=alice), by=alice)
    settle(decision, by=alice, outcome="We do it.", decided_on=today)
    review = add_review(
        by=alice,
        about=str(Ref.to(project)),
        title="Looking back",
        happened="It tore.",
        held_on=today,
        lessons=["Tie it twice."],
    )
    assert review.pk
    make_story(by=alice, title="Story without a figure", language="en", text="It was fine.")


def test_the_page_of_broken_threads_finds_them_all(alice: Account, browser: Client) -> None:
    assert set(CHECKS) == {name for name, _check in loose_ends.items()}
    before = {name: loose_ends.get(name).find(0)[0] for name in CHECKS}
    _lose(alice)
    after = {name: loose_ends.get(name).find(0)[0] for name in CHECKS}
    more = {name: after[name] - before[name] for name in CHECKS}
    assert more == {**dict.fromkeys(CHECKS, 1), "indicators.without_observation": 0}
    objective = Objective.objects.get(name="Objective on nothing")
    add_indicator(name="Indicator on nothing", objective=objective, by=alice)
    assert loose_ends.get("goals.without_indicator").find(0)[0] == before["goals.without_indicator"]
    page = browser.get("/broken-threads/").content.decode()
    sections = {found[0]: found[1] for found in re.findall(r"<h2[^>]*>(.*?)</h2>(.*?)</section>", page, re.S)}
    told = {" ".join(re.sub(r"<[^>]+>", " ", title).split()): text for title, text in sections.items()}
    for name, (title, _lost) in CHECKS.items():
        many = loose_ends.get(name).find(0)[0]
        assert (f"{title} {many}" in told) == bool(many), (name, list(told))
