"""Every list costs the same number of queries for few rows and for many, and its orders and filters rest on indexes."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import replace
from typing import Any

import pytest
from django.conf import settings
from django.db import connection, models
from django.test import Client, RequestFactory
from django.test.utils import CaptureQueriesContext
from django.urls import get_resolver

from barnraise.plumbing.ui import threads
from barnraise.plumbing.ui.lists import ListPage
from barnraise.plumbing.ui.lists.filters import Filter
from barnraise.plumbing.ui.lists.keyset import Order, skipped
from barnraise.plumbing.ui.lists.sockets import lists
from barnraise.plumbing.ui.lists.views import answer

from . import hanging, world

get_resolver().url_patterns  # noqa: B018 - lists plug themselves in when the addresses are read

FEW, MANY = 2, 20

NOT_WALKED = {
    # "list.field": why this order or filter has no index of its own
    "assessments.closed": "a partnership has a handful of assessments, not millions",
    "assessments.name": "a partnership has a handful of assessments, not millions",
    "audience_members.audience": "rules of many rooms; those that common audiences are made of have indexes",
    "audience_members.reach": "purpose, channel and what was said have an index of the standing consents",
    "budget_lines.income": "half of all lines are costs; a project has dozens of lines",
    "milestones.done": "open ones have an index by day; done ones are most of them",
    "openings.closed": "a partnership has hundreds of openings, not millions",
    "openings.kind": "a partnership has hundreds of openings, not millions",
    "short_links.ended": "a partnership has hundreds of short links, not millions",
    "short_links.serving": "a partnership has hundreds of short links, not millions",
    "audiences.ended": "a partnership has dozens of audiences, not millions",
    "candidates.state": "each decision has an index; to look at again compares its day with today, and decisions are hundreds",
    "commitments.partner": "a name is looked up first; what it means is three short searches in indexes",
    "issues.clock": "in time and late compare two instants of a row; those that wait have an index",
    "issues.partner": "a name is looked up first; what it means is three short searches in indexes",
    "meeting_series.ended": "a partnership has tens of series, not millions",
    "meeting_series.name": "a partnership has tens of series, not millions",
    "meeting_attendances.state": "one meeting or organisation at a time: its rows come from the indexes by these",
    "meetings.partner": "a name is looked up first; what it means is a search in the index by organisation",
    "meetings.state": "planned and open minutes are told by the clock; those that are open have an index",
    "commitments.state": "late and kept late compare two days of a row; open ones are few and have an index",
    "answers_to_many.public": "a partnership writes hundreds of answers, not millions",
    "assumptions.sourced": "those without a source have an index of their own; nearly all others pass",
    "assumptions.what": "a partnership has hundreds of valuations with a dozen assumptions each, not millions",
    "audiences.name": "a partnership has dozens of audiences, not millions",
    "communities.drawn": "a partnership has hundreds of communities, not millions",
    "communities.name": "a partnership has hundreds of communities, not millions",
    "consent_purposes.ended": "a partnership has a handful of purposes, not millions",
    "consent_purposes.name": "a partnership has a handful of purposes, not millions",
    "consents.state": "given or withdrawn has an index; expired is a part of given",
    "event_registrations.came": "when they came has an index; who did not is found by walking the order",
    "event_registrations.state": "one event at a time: its rows come from the index by event",
    "logic_steps.stage": "goals have hundreds of steps, not millions",
    "evidence.cited": "a partnership has thousands of pieces of evidence, not millions",
    "evidence.dated": "a partnership has thousands of pieces of evidence, not millions",
    "events.state": "a partnership has thousands of events; those that are not over have an index",
    "events.title": "a partnership has thousands of events, not millions",
    "experiments.state": "verdicts have an index; planned, running and to be judged compare days with today among those without one",
    "exchanges.now": "state, days and months together: the order's own index is walked and stopped early",
    "exchanges.ours": "one organisation: its rows come from the index by organisation",
    "figures.known": "those that are not known have an index of their own, all others are met at once",
    "figures.wider": "a partnership has figures of a few wider areas beside those of its communities",
    "goals.name": "a partnership has tens of goals, not millions",
    "indicators.ended": "a partnership has hundreds of indicators, not millions",
    "indicators.name": "a partnership has hundreds of indicators, not millions",
    "observations.locked": "both ways have an index by the day on which they were locked",
    "observations.restated": "both ways have an index by the day on which they were restated",
    "objectives.name": "a partnership has hundreds of objectives, not millions",
    "project_partners.role": "projects have hundreds of partners, not millions",
    "projects.name": "a partnership has hundreds of projects, not millions",
    "social_accounts.ended": "a partnership has tens of accounts, not millions",
    "social_accounts.network": "a partnership has tens of accounts, not millions",
    "messages.name": "a partnership has thousands of messages, not millions",
    "thanks.partner": "a name is looked up first; what it means is a short search in an index",
    "stories.title": "a partnership has hundreds of stories, not millions",
    "marks.ended": "a partnership has dozens of marks, not millions",
    "measures.name": "a catalogue has hundreds of measures, not millions",
    "imports.created": "a partnership has thousands of imports, not millions",
    "imports.created_at": "a partnership has thousands of imports, not millions",
    "imports.given": "a partnership has thousands of imports, not millions",
    "imports.refused": "a partnership has thousands of imports, not millions",
    "imports.state": "a partnership has thousands of imports, not millions",
    "imports.unchanged": "a partnership has thousands of imports, not millions",
    "imports.updated": "a partnership has thousands of imports, not millions",
    "questionnaires.name": "a partnership asks hundreds of questionnaires, not millions",
    "questionnaires.state": "a partnership asks hundreds of questionnaires, not millions",
    "campaign_readers.complained": "complaints are few and have an index in the outbox; nearly all others pass",
    "campaign_readers.unsubscribed": "who unsubscribed has an index of its own; nearly all others pass",
    "campaigns.kind": "a partnership has thousands of campaigns, not millions",
    "campaigns.name": "a partnership has thousands of campaigns, not millions",
    "campaigns.started": "a partnership has thousands of campaigns, not millions",
    "decisions.title": "a partnership settles hundreds of questions, not millions",
    "playbooks.state": "a partnership has dozens of playbooks, not millions",
    "mail_notices.ours": "both answers are found by the index of the key of the mail",
    "mails.bulk": "both answers are found by the index of the field is_bulk",
    "mails.complaint": "complaints have an index of their own; nearly all others pass",
    "needs.open": "a partnership has thousands of needs, not millions",
    "needs.title": "a partnership has thousands of needs, not millions",
    "organisations.name": "words anywhere in a name: the search index tells who holds them",
    "organisations.placed": "both ways have an index of their own, over the rows that pass",
    "partnerships.partner": "the partners of a name, found by the names of organisations and people",
    "partnerships.rated": "a partnership has thousands of partners, not millions",
    "partnerships.silence": "the days on which contacts are due have indexes, one for coordinators and one for the team",
    "partnerships.with": "a partnership has thousands of partners, not millions",
    "people.email": "both answers are found by the index of the field has_email",
    "people.name": "words anywhere in a name: the search index tells who holds them",
    "reports.issued": "a partnership writes hundreds of reports, not millions",
    "scores.refused": "a partnership has thousands of scores, not millions",
    "sessions.title": "a partnership holds hundreds of sessions, not millions",
    "themes.ended": "a partnership has dozens of themes, not millions",
    "outcomes.counted": "a partnership has hundreds of valuations with a few outcomes each, not millions",
    "outcomes.name": "a partnership has hundreds of valuations with a few outcomes each, not millions",
    "valuations.ended": "a partnership has hundreds of valuations, not millions",
    "waves.closed": "a partnership has a handful of waves, not millions",
    "suppressions.lifted": "both answers are found by the index of the field lifted_at",
}

if settings.ENVIRONMENT.site:
    NOT_WALKED |= {
        "public_numbers.name": "a website shows dozens of numbers, not millions",
        "website_pages.live": "a website has hundreds of pages, not millions",
        "website_pages.title": "a website has hundreds of pages, not millions",
    }


@pytest.fixture
def town(db: None) -> None:
    """One row of every noun, and the sample town."""
    world.build()


def _names() -> list[str]:
    return sorted(name for name, _page in lists.items())


def _queries(page: ListPage, size: int, reader: Any) -> tuple[int, int]:
    """(queries, rows shown) of the list's page with that many rows."""
    sized = replace(page, page_size=size)
    request = RequestFactory().get("/", {"sort": page.default_sort})
    request.user = reader
    request.session = {}  # type: ignore[assignment]
    request.resolver_match = None
    with CaptureQueriesContext(connection) as seen:
        response = answer(sized, request)
    assert response.status_code == 200
    return len(seen), bytes(response.content).count(b'id="row-')  # type: ignore[attr-defined]


@pytest.mark.django_db
def test_the_number_of_queries_does_not_depend_on_the_number_of_rows(
    town: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    from barnraise.plumbing.accounts.models import Account

    ada = Account.objects.get(email="ada@example.org")
    grown = {}
    for name in _names():
        page = lists.get(name)
        _queries(page, FEW, ada)
        few, many = _queries(page, FEW, ada), _queries(page, MANY, ada)
        if many[0] > few[0]:  # fewer is well: a list that fits on one page needs no count
            grown[name] = (few, many)
    assert grown == {}
    assert _queries(lists.get("organisations"), MANY, ada)[1] == MANY
    _no_page_asks_more_when_more_hangs_on_it(ada, monkeypatch)


VALUES = re.compile(r"'[^']*'|\b[0-9a-f]{32}\b|\b\d+\b|\((?:[NX], )+[NX]\)")


def _asked(browser: Client, path: str) -> tuple[int, Counter[str]]:
    """(status, how often each question is asked, without its values)"""
    with CaptureQueriesContext(connection) as seen:
        status = browser.get(path).status_code
    return status, Counter(VALUES.sub("N", VALUES.sub("N", query["sql"])) for query in seen.captured_queries)


def _no_page_asks_more_when_more_hangs_on_it(reader: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    """In the same world, for it takes long to make: every page that shows one thing."""
    browser = Client()
    browser.force_login(reader)
    monkeypatch.setattr(threads, "plugs_of", lambda kind: [])  # walked six wide and four deep at most
    pages = hanging.shown()
    for _name, path, row in pages:
        hanging.hang_more(row)
        browser.get(path)  # what the process remembers is remembered now
    before = {name: _asked(browser, path) for name, path, _row in pages}
    assert {name for name, (status, _questions) in before.items() if status != 200} == set()
    came = {name: hanging.hang_more(row) for name, _path, row in pages}
    more = {}
    for name, path, _row in pages:
        questions, then = _asked(browser, path)[1], before[name][1]
        if questions.total() > then.total():
            more[name] = (then.total(), questions.total(), [sql[-300:] for sql in questions - then])
    assert more == {}
    assert len(pages) > 40
    assert came["meetings:one"] > 3


def _model(page: ListPage) -> type[models.Model]:
    found: type[models.Model] = page.rows(None).model
    return found


def _has_index(model: type[models.Model], field: str) -> bool:
    """Whether some index begins with the field (or it is the key)."""
    if field in {"pk", "id"}:
        return True
    found: Any = model._meta.get_field(field)
    firsts = {index.fields[0].lstrip("-") for index in model._meta.indexes if index.fields}
    firsts |= {
        one.fields[0]
        for one in model._meta.constraints
        if isinstance(one, models.UniqueConstraint) and one.fields
    }
    return bool(found.db_index or found.unique or firsts & {found.name, found.attname})


def _field(filter_: Filter) -> str | None:
    """The column a filter compares; None where it asks another table by key."""
    if hasattr(filter_, "subquery"):
        return None
    return str(getattr(filter_, "field", "") or filter_.name)


def _unindexed(page: ListPage) -> list[str]:
    model = _model(page)
    names = {field.name for field in model._meta.get_fields()} | {
        getattr(field, "attname", "") for field in model._meta.get_fields()
    }
    found = []
    for order in {page.default_sort, *(column.sort for column in page.columns if column.sort)}:
        field = order.lstrip("-")
        if "__" not in field and not _has_index(model, field):
            found.append(f"{page.name}.{field}")
    for filter_ in page.filters:
        field = _field(filter_) or ""
        plain = field.partition("__")[0]
        contains = hasattr(filter_, "starts") and not filter_.starts
        if field and (contains or plain not in names or not _has_index(model, plain)):
            found.append(f"{page.name}.{filter_.name}")
    return found


@pytest.mark.django_db
def test_every_list_can_be_walked_in_each_of_its_orders(db: None) -> None:
    """Lists of few rows are sorted, so that only large ones would tell."""
    for name in _names():
        page = lists.get(name)
        for sort in {page.default_sort, *(column.sort for column in page.columns if column.sort)}:
            assert skipped(page.rows(None), Order.parse(sort), None, 10**6) is None, (name, sort)


def test_every_order_and_filter_rests_on_an_index_or_says_why_not() -> None:
    missing = sorted({one for name in _names() for one in _unindexed(lists.get(name))})
    assert [one for one in missing if one not in NOT_WALKED] == []
    assert sorted(set(NOT_WALKED) - set(missing)) == [], "these have an index now"
