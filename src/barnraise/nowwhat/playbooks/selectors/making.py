"""What a goal or a project says as a playbook: no people, no organisations, no amounts, no days of the calendar."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from typing import Any

from django.utils import timezone

from barnraise.foundation.naming import naming
from barnraise.foundation.refs import Ref
from barnraise.nowwhat.adaptation.models import Lesson
from barnraise.plumbing.questionnaires.models import Questionnaire, Version
from barnraise.what.events.models import Event
from barnraise.what.projects.models import BudgetLine, Milestone, Opening, Project
from barnraise.why.goals.models import Goal, Indicator, Objective

from ..contacts import all_without_contacts, without_contacts
from ..document import FORMAT, MOST_ROWS, VERSION, share_of, shares

SOURCES = ("goals.goal", "projects.project")
"""Kinds of things that playbooks are made from."""


@dataclass(slots=True)
class _Gathered:
    """The rows that a playbook is made of, each in the order in which it was made."""

    goal: Goal | None = None
    objectives: list[Objective] = field(default_factory=list)
    indicators: list[Indicator] = field(default_factory=list)
    projects: list[Project] = field(default_factory=list)
    milestones: dict[int, list[Milestone]] = field(default_factory=dict)
    events: list[Event] = field(default_factory=list)
    first: date | None = None

    def after(self, day: date | None) -> int | None:
        """Days from the first day."""
        return (day - self.first).days if day is not None and self.first is not None else None

    def serves(self, cites: str) -> str:
        """The name of what an event serves."""
        ref = Ref.parse(cites)
        served: dict[str, list[Any]] = {
            "project": [*self.projects],
            "objective": [*self.objectives],
            "goal": [self.goal] if self.goal else [],
        }
        return next((str(row.name) for row in served[ref.model] if row.pk == ref.id), "")


def source_row(text: str) -> Any:
    """The goal or project of a typed reference. None where there is none."""
    try:
        ref = Ref.parse(text)
    except ValueError:
        return None
    model: Any = {"goals.goal": Goal, "projects.project": Project}.get(ref.kind)
    return model.objects.filter(pk=ref.id).first() if model is not None else None


def document_of(row: Goal | Project, *, title: str, about: str) -> dict[str, Any]:
    """The document of a goal with all that serves it, or of a project with the objective it serves. Some twenty queries."""
    found = _gathered(row)
    goal = found.goal
    asked = _asked(found)
    said: dict[str, Any] = {
        "format": FORMAT,
        "version": VERSION,
        "title": title,
        "about": about,
        "goal": {
            "name": goal.name if goal else "",
            "about": goal.about if goal else "",
            "begins_after": found.after(goal.starts_on if goal else None),
            "ends_after": found.after(goal.ends_on if goal else None),
        },
        "objectives": [
            {"name": one.name, "about": one.about, "due_after": found.after(one.due_on)} for one in found.objectives
        ],
        "indicators": [_indicator(one, asked, found) for one in found.indicators],
        "questionnaires": [_questionnaire(one) for one in asked.values()],
        "projects": [_project(one, found) for one in found.projects],
        "events": _events(found),
        "lessons": _lessons(found),
    }  # fmt: skip
    cleaned: dict[str, Any] = all_without_contacts(said)
    return {**cleaned, "format": FORMAT, "version": VERSION}


def _gathered(row: Goal | Project) -> _Gathered:
    found = _Gathered()
    if isinstance(row, Goal):
        found.goal = row
        found.objectives = list(Objective.objects.filter(goal=row).order_by("pk")[:MOST_ROWS])
        found.projects = list(Project.objects.filter(objective__goal=row).order_by("pk")[:MOST_ROWS])
    else:
        found.projects = [row]
        served = Objective.objects.select_related("goal").filter(pk=row.objective_id or 0).first()
        if served is not None:
            found.goal, found.objectives = served.goal, [served]
    found.indicators = list(
        Indicator.objects.filter(objective__in=[one.pk for one in found.objectives]).order_by("pk")[
            :MOST_ROWS
        ]
    )
    for one in Milestone.objects.filter(project__in=[row.pk for row in found.projects]).order_by("pk"):
        found.milestones.setdefault(one.project_id, []).append(one)
    found.events = list(
        Event.objects.filter(naming("cites", _plans(found)), cancelled_at__isnull=True)
        .order_by("starts_at", "pk")[:5_000]
    )  # fmt: skip
    found.first = _first_day(found)
    return found


def _plans(found: _Gathered) -> list[Ref]:
    rows = [*([found.goal] if found.goal else []), *found.objectives, *found.projects]
    return [Ref.to(row) for row in rows]


def _first_day(found: _Gathered) -> date | None:
    """The day the goal begins, else the first of its projects, else the first day anything has."""
    if found.goal is not None and found.goal.starts_on is not None:
        return found.goal.starts_on
    begun = [one.starts_on for one in found.projects if one.starts_on is not None]
    if begun:
        return min(begun)
    days = [
        *(one.due_on for one in found.objectives if one.due_on is not None),
        *(one.due_on for some in found.milestones.values() for one in some),
        *(timezone.localdate(one.starts_at) for one in found.events[:1]),
        *(
            one.ends_on
            for one in (found.goal, *found.projects)
            if one is not None and one.ends_on is not None
        ),
    ]
    return min(days) if days else None


def _asked(found: _Gathered) -> dict[int, Questionnaire]:
    """The questionnaires whose answers the indicators count, by key."""
    keys = {_source(one)[0] for one in found.indicators} - {0}
    rows = Questionnaire.objects.filter(pk__in=keys).order_by("pk")
    return {row.pk: row for row in rows}


def _source(row: Indicator) -> tuple[int, str]:
    """(key of the questionnaire, code of its question) that an indicator counts; (0, "") for any other source."""
    options = row.source_options or {}
    if row.source == "questionnaires.responses":
        said = str(options.get("questionnaire") or "0")
        return (int(said) if said.isdecimal() else 0), ""
    if row.source == "questionnaires.numbers":
        key, _colon, code = str(options.get("question") or "0:").partition(":")
        return (int(key), code) if key.isdecimal() else (0, "")
    return 0, ""


_REPORTED = {str(Indicator.Rule.COUNT): "sum", str(Indicator.Rule.DISTINCT): "last"}


def _indicator(row: Indicator, asked: dict[int, Questionnaire], found: _Gathered) -> dict[str, Any]:
    """A source that counts something of this house alone (a community, another event) is left out.

    Where it counted rows, the number is one that somebody reports from then on: a count is added up, of different ones the last holds.
    """
    key, code = _source(row)
    is_whole = key in asked or (row.source and not any((row.source_options or {}).values()))
    objective = next(one for one in found.objectives if one.pk == row.objective_id)
    return {
        "name": row.name,
        "objective": objective.name,
        "definition": row.definition,
        "unit": row.unit,
        "direction": row.direction,
        "rule": row.rule if is_whole else _REPORTED.get(row.rule, row.rule),
        "frequency": row.frequency,
        "source": row.source if is_whole else "",
        "questionnaire": asked[key].name if key in asked else "",
        "question": code if key in asked else "",
        "source_note": row.source_note,
    }


def _questionnaire(row: Questionnaire) -> dict[str, Any]:
    versions = Version.objects.filter(questionnaire=row).order_by("-number")
    version = versions.filter(published_at__isnull=False).first() or versions.first()
    return {
        "name": row.name,
        "is_public": row.is_public,
        "is_anonymous": row.is_anonymous,
        "is_sensitive": row.is_sensitive,
        "texts": version.texts if version else {},
        "questions": version.questions if version else [],
    }


def _project(row: Project, found: _Gathered) -> dict[str, Any]:
    openings = Opening.objects.filter(project=row).order_by("pk")[:MOST_ROWS]
    objective = next((one.name for one in found.objectives if one.pk == row.objective_id), "")
    return {
        "name": row.name,
        "objective": objective,
        "kind": row.kind,
        "about": row.about,
        "begins_after": found.after(row.starts_on),
        "ends_after": found.after(row.ends_on),
        "milestones": [
            {"name": one.name, "due_after": found.after(one.due_on), "note": one.note}
            for one in found.milestones.get(row.pk, [])[:MOST_ROWS]
        ],
        "budget": _budget(list(BudgetLine.objects.filter(project=row).order_by("pk")[:MOST_ROWS])),
        "openings": [
            {"kind": one.kind, "name": one.name, "about": one.about, "places": one.places} for one in openings
        ],
    }


def _budget(lines: list[BudgetLine]) -> list[dict[str, Any]]:
    """Its shape: what share of the costs each line is; where there are no costs, of what comes in."""
    has_costs = any(one.planned for one in lines if not one.is_income)
    measured = [one for one in lines if one.is_income != has_costs]
    whole = sum(one.planned for one in measured)
    parts = dict(zip([one.pk for one in measured], shares([one.planned for one in measured]), strict=True))
    return [
        {
            "name": one.name,
            "is_income": one.is_income,
            "share": parts[one.pk] if one.pk in parts else share_of(one.planned, whole),
        }
        for one in lines
    ]


def _events(found: _Gathered) -> list[dict[str, Any]]:
    """Each kind of event once: of those alike in title, kind and what they serve the first."""
    seen: set[Any] = set()
    said: list[dict[str, Any]] = []
    for one in found.events:
        serves = found.serves(one.cites)
        if (one.title_folded, one.kind, serves) in seen or len(said) == MOST_ROWS:
            continue
        seen.add((one.title_folded, one.kind, serves))
        begins = timezone.localtime(one.starts_at)
        said.append(
            {
                "title": one.title,
                "serves": serves,
                "kind": one.kind,
                "about": one.about,
                "begins_after": found.after(begins.date()),
                "begins_at": begins.strftime("%H:%M"),
                "minutes": max(1, round((one.ends_at - one.starts_at).total_seconds() / 60)),
                "capacity": one.capacity,
            }
        )
    return said


def _lessons(found: _Gathered) -> list[str]:
    """What was learnt in reviews of these plans and events, each once."""
    about = [str(ref) for ref in _plans(found)] + [str(Ref.to(one)) for one in found.events]
    texts = Lesson.objects.filter(review__about__in=about).order_by("pk").values_list("text", flat=True)
    return list(dict.fromkeys(without_contacts(text) for text in texts))[:MOST_ROWS]
