"""Install a playbook: make its goal, objectives, indicators, questionnaires, projects, events and lessons, all or nothing."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from typing import Any

from django.apps import apps
from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from barnraise.foundation.refs import Ref
from barnraise.nowwhat.adaptation import services as adaptation
from barnraise.plumbing.journal.models import Change, ChangeSet
from barnraise.plumbing.journal.services import add_changes, close_change_set, open_change_set, record
from barnraise.plumbing.questionnaires import services as questionnaires
from barnraise.plumbing.questionnaires.models import Questionnaire
from barnraise.plumbing.questionnaires.services import read_all
from barnraise.plumbing.ui.faults import refuse
from barnraise.what.events import services as events
from barnraise.what.projects import services as projects
from barnraise.why.goals import services as goals
from barnraise.why.goals.models import Goal, Objective

from ..models import Installation, Playbook
from ..selectors import INSTALLATION

STEP = 10_000
"""Costs are whole hundreds of the currency, so that every share of them is exact."""


@dataclass(slots=True)
class _Making:
    """What an installation has made so far."""

    by: Any
    starts_on: date
    total: int
    change_set: ChangeSet
    made: list[str] = field(default_factory=list)
    named: dict[str, Any] = field(default_factory=dict)

    def keep(self, row: Any) -> Any:
        """Note a row that was made."""
        self.made.append(str(Ref.to(row)))
        return row

    def day(self, after: int | None) -> date | None:
        """The day so many days after the first; None for unknown."""
        return self.starts_on + timedelta(days=after) if after is not None else None


class _Rehearsed(Exception):
    """Ends a rehearsal: nothing of it stays."""


def install_faults(playbook: Playbook, starts_on: date, total: int) -> list[tuple[str, Any]]:
    """What stands in the way before anything is made."""
    found: list[tuple[str, Any]] = []
    if playbook.retired_on is not None:
        found.append(("", _("It is retired: %(why)s") % {"why": playbook.retired_note}))
    if not 1900 <= starts_on.year <= 8000:
        found.append(("starts_on", _("Write a day after 1900.")))
    if total < STEP or total % STEP or total > 10**14:
        found.append(("total", _("Write whole hundreds, like 10,000: so every share is exact.")))
    return found


def rehearse(playbook: Playbook, *, by: Any, starts_on: date, total: int) -> dict[str, int]:
    """What an installation would make, by kind, without leaving anything. Raises ValidationError as `install` would."""
    counts: dict[str, int] = {}
    try:
        with transaction.atomic():
            done = install(playbook, by=by, starts_on=starts_on, total=total)
            for text in done[0].made:
                kind = Ref.parse(text).kind
                counts[kind] = counts.get(kind, 0) + 1
            raise _Rehearsed
    except _Rehearsed:
        return counts


def install(
    playbook: Playbook, *, by: Any, starts_on: date, total: int = 100 * STEP, is_sample: bool = False
) -> tuple[Installation, ChangeSet]:
    """Make what the playbook says: its first day is `starts_on`, the costs of each project are `total` (minor units of the installation's
    currency). Everything begins as a draft or planned; events are not public; lessons stand in a review, set aside as learnt elsewhere.

    Returns the installation and the change set that takes all of it back, as long as nobody worked on it. Raises ValidationError naming the
    row of the playbook; then nothing is written.
    """
    refuse(install_faults(playbook, starts_on, total))
    document: dict[str, Any] = playbook.document
    with transaction.atomic():
        change_set = open_change_set(by=by, verb="playbooks.installed")
        making = _Making(by, starts_on, total, change_set)
        goal = _goal(document, making)
        _objectives(document, goal, making)
        _questionnaires(document, making)
        _indicators(document, making)
        _projects(document, making)
        _events(document, goal, making)
        _lessons(document, playbook, goal, making)
        row = Installation.objects.create(
            playbook=playbook, starts_on=starts_on, total=total, made=making.made,
            by=by if getattr(by, "pk", None) else None, created_at=timezone.now(),
        )  # fmt: skip
        change = Change(
            kind=INSTALLATION, key=row.pk, action=Change.Action.CREATED, after={"stamps": stamps(making.made)}
        )
        add_changes(change_set=change_set, changes=[change])
        about = [
            playbook,
            *(
                Ref.parse(text)
                for text in making.made
                if text.startswith(("goals.goal:", "projects.project:"))
            ),
        ]
        record(by=by, verb="playbooks.installed", about=about, change_set=change_set)
        close_change_set(change_set=change_set)
    return row, change_set


def stamps(made: Sequence[str]) -> dict[str, str]:
    """When each of these rows changed last, as far as it says so; what is gone is left out."""
    found = {}
    for text in made:
        ref = Ref.parse(text)
        model: Any = apps.get_model(ref.kind)
        row = model._default_manager.filter(pk=ref.id).first()
        if row is not None:
            found[text] = row.updated_at.isoformat()
    return found


@contextmanager
def _at(where: str) -> Iterator[None]:
    """Refusals inside name the row of the playbook."""
    try:
        yield
    except ValidationError as no:
        raise ValidationError([f"{where}: {message}" for message in no.messages]) from None


def _goal(document: dict[str, Any], making: _Making) -> Goal | None:
    said = document["goal"]
    if not said["name"].strip():
        return None
    with _at("goal"):
        goal: Goal = making.keep(
            goals.add_goal(
                name=said["name"], about=said["about"], by=making.by,
                starts_on=making.day(said["begins_after"]), ends_on=making.day(said["ends_after"]),
            )
        )  # fmt: skip
    making.named[f"goal:{said['name']}"] = goal
    return goal


def _objectives(document: dict[str, Any], goal: Goal | None, making: _Making) -> None:
    for number, said in enumerate(document["objectives"]):
        assert goal is not None  # noqa: S101 - a document with objectives names its goal
        with _at(f"objectives[{number}]"):
            row = goals.add_objective(
                goal,
                name=said["name"],
                about=said["about"],
                due_on=making.day(said["due_after"]),
                by=making.by,
            )
        making.named[f"objective:{said['name']}"] = making.keep(row)


def _questionnaires(document: dict[str, Any], making: _Making) -> None:
    for number, said in enumerate(document["questionnaires"]):
        with _at(f"questionnaires[{number}]"):
            try:
                questions = read_all(said["questions"])
            except ValueError as no:
                raise ValidationError(str(no)) from None
            row = questionnaires.add_questionnaire(
                name=said["name"], texts=said["texts"], questions=questions, by=making.by,
                is_public=said["is_public"], is_anonymous=said["is_anonymous"], is_sensitive=said["is_sensitive"],
            )  # fmt: skip
        making.named[f"questionnaire:{said['name']}"] = making.keep(row)


def _indicators(document: dict[str, Any], making: _Making) -> None:
    for number, said in enumerate(document["indicators"]):
        asked: Questionnaire | None = making.named.get(f"questionnaire:{said['questionnaire']}")
        options: dict[str, Any] = {}
        if asked is not None:
            is_number = said["source"] == "questionnaires.numbers"
            options = (
                {"question": f"{asked.pk}:{said['question']}"} if is_number else {"questionnaire": asked.pk}
            )
        names = ("name", "definition", "unit", "direction", "rule", "frequency", "source", "source_note")
        objective: Objective | None = making.named.get(f"objective:{said['objective']}")
        with _at(f"indicators[{number}]"):
            making.keep(
                goals.add_indicator(
                    by=making.by, objective=objective, source_options=options, **{name: said[name] for name in names}
                )
            )  # fmt: skip


def _projects(document: dict[str, Any], making: _Making) -> None:
    for number, said in enumerate(document["projects"]):
        where = f"projects[{number}]"
        with _at(where):
            project = projects.add_project(
                name=said["name"], about=said["about"], kind=said["kind"], by=making.by,
                objective=making.named.get(f"objective:{said['objective']}"),
                starts_on=making.day(said["begins_after"]), ends_on=making.day(said["ends_after"]),
            )  # fmt: skip
        making.named[f"project:{said['name']}"] = making.keep(project)
        for at, one in enumerate(said["milestones"]):
            with _at(f"{where}.milestones[{at}]"):
                values = {"name": one["name"], "due_on": making.day(one["due_after"]), "note": one["note"]}
                projects.add_part(project, "milestones", by=making.by, **values)
        for at, one in enumerate(said["budget"]):
            planned = one["share"] * (making.total // STEP)
            with _at(f"{where}.budget[{at}]"):
                values = {"name": one["name"], "is_income": one["is_income"], "planned": planned}
                projects.add_part(project, "budget", by=making.by, **values)
        for at, one in enumerate(said["openings"]):
            with _at(f"{where}.openings[{at}]"):
                names = ("kind", "name", "about", "places")
                projects.add_part(project, "openings", by=making.by, **{name: one[name] for name in names})


def _events(document: dict[str, Any], goal: Goal | None, making: _Making) -> None:
    for number, said in enumerate(document["events"]):
        serves = next(
            (
                making.named[key]
                for kind in ("project", "objective", "goal")
                if (key := f"{kind}:{said['serves']}") in making.named
            ),
            None,
        )
        hours, minutes = said["begins_at"].split(":")
        on = making.starts_on + timedelta(days=said["begins_after"])
        begins = timezone.make_aware(datetime.combine(on, time(int(hours), int(minutes))))
        with _at(f"events[{number}]"):
            making.keep(
                events.plan_event(
                    by=making.by, title=said["title"], kind=said["kind"], about=said["about"], capacity=said["capacity"],
                    starts_at=begins, ends_at=begins + timedelta(minutes=said["minutes"]),
                    cites=str(Ref.to(serves)) if serves is not None else "",
                )
            )  # fmt: skip


def _lessons(document: dict[str, Any], playbook: Playbook, goal: Goal | None, making: _Making) -> None:
    rows = [text for text in making.made if text.startswith("projects.project:")]
    about = rows[0] if rows else (str(Ref.to(goal)) if goal is not None else "")
    if not document["lessons"] or not about:
        return
    with _at("lessons"):
        review = adaptation.add_review(
            by=making.by,
            about=about,
            title=(_("Learnt elsewhere: %(title)s") % {"title": playbook.title})[:200],
            held_on=timezone.localdate(),
            happened=_("These lessons came with the playbook."),
            lessons=document["lessons"],
        )
        making.keep(review)
        for lesson in review.lessons.order_by("pk"):
            adaptation.set_aside(lesson, by=making.by, note=_("Learnt elsewhere; it came with a playbook."))
