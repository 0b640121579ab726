"""The sample town tells every room of the loop over two years, and in Spanish all of its texts are Spanish."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date, datetime
from typing import Any

import pytest
from django.apps import apps
from django.db import models
from django.utils import timezone

from barnraise.config.sample_town import change_whole_town
from barnraise.plumbing.profile.models import Installation
from barnraise.plumbing.ui.sockets import sample

RUNS = {
    # what a room has all the time: the day of each, from how long ago it is told, how many there are at least
    "commitments": ("commitments.Commitment", "due_on", 600, 100),
    "consent": ("consent.Consent", "happened_at", 600, 500),
    "events": ("events.Event", "starts_at", 600, 30),
    "feedback": ("feedback.Comment", "said_on", 600, 60),
    "indicators": ("indicators.Observation", "begins_on", 600, 60),
    "interactions": ("interactions.Interaction", "happened_at", 600, 1000),
    "issues": ("issues.Issue", "raised_at", 600, 40),
    "meetings": ("meetings.Meeting", "starts_at", 600, 40),
    "partnerships": ("partnerships.StageChange", "since_on", 600, 60),
    "social": ("social.Reach", "on", 600, 60),
    "recognition": ("recognition.Thanks", "begins_on", 600, 10),
    "adaptation": ("adaptation.Experiment", "starts_on", 365, 4),
    "campaigns": ("campaigns.Campaign", "started_at", 600, 6),
    "stories": ("stories.Story", "published_at", 400, 3),
    "mail": ("mail.Message", "due_at", 600, 100),
    "needs": ("needs.Evidence", "dated_on", 690, 11),
    "network": ("network.Wave", "begins_on", 700, 3),
    "projects": ("projects.Actual", "on", 200, 9),
    "reports": ("reports.Report", "begins_on", 700, 3),
    "roi": ("roi.Valuation", "begins_on", 700, 3),
}
ONCE = {
    # what stands, whenever it was begun: the noun, and how many there are at least
    "audiences": ("audiences.Audience", 3),
    "decisions": ("decisions.Decision", 2),
    "discovery": ("discovery.Candidate", 9),
    "goals": ("goals.Indicator", 7),
    "playbooks": ("playbooks.Playbook", 3),
    "questionnaires": ("questionnaires.Response", 150),
    "site": ("site.NewsPage", 6),
}
WHO = {"organisations", "people", "communities", "profile", "links", "tags", "files", "accounts"}
"""Rooms whose part is who and where; others tell the loop."""


def _day(at: date | datetime) -> date:
    return timezone.localtime(at).date() if isinstance(at, datetime) else at


def test_every_room_has_its_part_in_the_town() -> None:
    assert {name for name, _part in sample.items()} - WHO == (set(RUNS) | set(ONCE)) & {
        name for name, _part in sample.items()
    }


@pytest.mark.parametrize("room", RUNS)
def test_the_town_tells_what_runs_from_long_ago_until_now(sample_town: Any, room: str) -> None:
    model, field, days, least = RUNS[room]
    told = [_day(at) for at in apps.get_model(model)._default_manager.values_list(field, flat=True) if at]
    assert len(told) >= least
    assert (timezone.localdate() - min(told)).days >= days


@pytest.mark.parametrize("room", [room for room in ONCE if room in sample])
def test_the_town_tells_what_stands(sample_town: Any, room: str) -> None:
    model, least = ONCE[room]
    assert apps.get_model(model)._default_manager.count() >= least


ALIKE = {
    # field: why it is the same in both languages
    "consent.Wording.texts": "the words in each language stand beside each other",
    "events.Registration.name": "names of people",
    "interactions.MailProposal.name": "names of senders",
    "issues.Issue.asker_name": "names of people",
    "mail.Message.to_name": "names of people",
    "organisations.Address.city": "names of places",
    "organisations.Organisation.city": "names of places",
    "organisations.Organisation.name": "one that is called in Spanish by everybody",
    "organisations.OtherName.name": "names in a register",
    "people.Person.city": "names of places",
    "people.Person.display_name": "names of people",
    "people.Person.given_name": "names of people",
    "people.PersonAddress.city": "names of places",
    "questionnaires.Answer.text": "people answer in their own language",
    "questionnaires.Version.questions": "the words in each language stand beside each other",
    "questionnaires.Version.texts": "the words in each language stand beside each other",
    "recognition.Thanks.signed_by": "names of people",
    "reports.Report.content": "one that is called in Spanish by everybody",
}
NOT_OURS = {"account", "accounts", "auth", "contenttypes", "jobs", "journal", "mfa", "search", "sessions"}
"""What is no text of the town. The website has a page in each language: see test_door.py."""


def _texts(value: Any) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict):
        for one in value.values():
            yield from _texts(one)
    elif isinstance(value, list):
        for one in value:
            yield from _texts(one)


def _sentence(text: str) -> bool:
    """Words that somebody wrote, not a code, an address or a reference."""
    return " " in text and not re.search(r"[:@/]|^\d", text) and bool(re.search("[a-z]{3}", text))


def _told() -> dict[str, set[str]]:
    """By field: every text of the town."""
    found: dict[str, set[str]] = {}
    for model in apps.get_models():
        if model._meta.app_label in NOT_OURS or model._meta.app_label.startswith(("wagtail", "site")):
            continue
        for field in model._meta.concrete_fields:
            if (
                isinstance(field, models.CharField | models.TextField | models.JSONField)
                and not field.choices
                and not field.name.endswith("_folded")
            ):
                values = model._default_manager.values_list(field.name, flat=True)
                said = {text for value in values for text in _texts(value) if _sentence(text)}
                found[f"{model._meta.label}.{field.name}"] = said
    return found


@pytest.mark.slow(seconds=20)
def test_no_text_of_the_spanish_town_is_that_of_the_english_one(sample_town: Any) -> None:
    english = _told()
    change_whole_town("remove")
    Installation.objects.update_or_create(pk=1, defaults={"default_language": "es", "languages": ["es"]})
    change_whole_town("add")
    spanish = _told()
    same = {name: sorted(texts & english[name]) for name, texts in spanish.items() if texts & english[name]}
    assert {name: texts for name, texts in same.items() if name not in ALIKE} == {}
    assert set(ALIKE) <= set(same), "what is left out is there"
    assert sum(map(len, spanish.values())) > 2000
