"""What Today shows: its cards, the steps of a good start, the work under way."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.db import connection
from django.urls import NoReverseMatch, reverse
from django.utils.translation import gettext as _

from barnraise.foundation.policy import admins, writers
from barnraise.nowwhat.stories.models import Story
from barnraise.plumbing.accounts.models import Account
from barnraise.plumbing.jobs.models import Job
from barnraise.plumbing.jobs.selectors import visible_to
from barnraise.plumbing.journal.models import Entry
from barnraise.plumbing.profile.selectors import installation
from barnraise.plumbing.ui.sockets import kinds
from barnraise.what.events.models import Event
from barnraise.what.projects.models import Project
from barnraise.who.communities.models import Community
from barnraise.who.organisations.models import Organisation
from barnraise.why.decisions.models import Decision
from barnraise.why.goals.models import Goal, Indicator
from barnraise.why.needs.models import Need


@dataclass(frozen=True, slots=True)
class FirstThing:
    """One step of a good start; `url` is where it is done."""

    title: str
    url: str
    is_done: bool


def _address(url_name: str, *args: Any) -> str:
    try:
        return reverse(url_name, args=args)
    except NoReverseMatch:
        return ""


def first_things(actor: Any) -> list[FirstThing]:
    """What makes a good start, for those who may do it; done ones are ticked. At most five short queries."""
    asked: list[tuple[str, str, bool]] = []
    if admins(actor):
        facts = installation()
        asked.append((_("Name your partnership"), _address("desk:step", "name"), bool(facts.network_name)))
    if writers(actor):
        real = {"is_sample": False}
        asked += [
            (
                _("Say which communities you serve"),
                _address("communities:create"),
                Community.objects.filter(**real).exists(),
            ),
            (
                _("Bring in the organisations you know"),
                _address("imports:start") or _address("organisations:create"),
                Organisation.objects.filter(is_own=False, **real).exists(),
            ),
        ]
    if admins(actor):
        asked.append(
            (
                _("Invite a colleague"),
                _address("accounts:invite"),
                Account.objects.exclude(pk=actor.pk).exists(),
            )
        )
    return [FirstThing(title, url, is_done) for title, url, is_done in asked if url or is_done]


def start_here(actor: Any, now: datetime) -> Mapping[str, Any] | None:
    """The card "Start here"; None when all is done."""
    things = first_things(actor)
    done = sum(thing.is_done for thing in things)
    is_waiting = admins(actor) and installation().wizard_done_at is None
    if done == len(things) and not is_waiting:
        return None
    return {"things": things, "done": done, "total": len(things), "is_waiting": is_waiting}


@dataclass(frozen=True, slots=True)
class WorkLine:
    """One job on the card: its title, its page ("" when there is none), its state as word and tone."""

    title: str
    url: str
    word: str
    tone: str


def _job_url(job: Job) -> str:
    described = kinds.find("jobs.job")
    return described.url(job.pk) if described else ""


_TONES = {Job.State.RUNNING: "accent", Job.State.FAILED: "bad"}


def work_under_way(actor: Any, now: datetime) -> Mapping[str, Any] | None:
    """The card of jobs: those running or waiting, and those that failed in the last week; None when there are none."""
    jobs = visible_to(actor)
    running = jobs.filter(state__in=[Job.State.WAITING, Job.State.RUNNING])[:5]
    failed = jobs.filter(state=Job.State.FAILED, finished_at__gte=now - timedelta(days=7))[:5]
    lines = [
        WorkLine(
            job.title, _job_url(job), job.get_state_display(), _TONES.get(Job.State(job.state), "neutral")
        )
        for job in (*running, *failed)
    ]
    return {"lines": lines} if lines else None


@dataclass(frozen=True, slots=True)
class Town:
    """How it stands with the sample town: the newest job about it, and whether there is something of it to remove."""

    job: Job | None
    is_in: bool

    @property
    def is_busy(self) -> bool:
        """It is being loaded or removed now."""
        return self.job is not None and not self.job.is_over

    @property
    def has_failed(self) -> bool:
        """The last try went wrong."""
        return self.job is not None and self.job.state == Job.State.FAILED

    @property
    def job_url(self) -> str:
        """The page of the job, "" when there is none."""
        return _job_url(self.job) if self.job else ""


def sample_town() -> Town:
    """How it stands with the sample town."""
    job = Job.objects.filter(handler="desk.sample").order_by("-id").first()
    is_in = (
        Community.objects.filter(is_sample=True).exists()
        or Organisation.objects.filter(is_sample=True).exists()
    )
    return Town(job, is_in or _was_added_last())


def _was_added_last() -> bool:
    newest = (
        Entry.objects.filter(verb__in=["desk.sample_added", "desk.sample_removed"]).order_by("-id").first()
    )
    return newest is not None and newest.verb == "desk.sample_added"


def database_answers() -> bool:
    """True when the database answers a question."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT 1")
        return bool(cursor.fetchone() == (1,))


def has_threads() -> bool:
    """True once there is anything that a thread could lead to or from."""
    nouns = (Need, Goal, Indicator, Decision, Project, Event, Story)
    return any(noun._default_manager.exists() for noun in nouns)
