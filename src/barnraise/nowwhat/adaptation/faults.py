"""What revisions, experiments, reviews and lessons may not say, in words for people."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.utils.translation import gettext_lazy as _

from barnraise.foundation.refs import Ref
from barnraise.plumbing.ui.faults import Fault, text_faults

from .models import Experiment, Lesson, Move, Review, Revision

PLANS = ("projects.project", "goals.objective", "goals.goal")
"""Kinds of things whose plan is revised."""
DONE = ("events.event", *PLANS)
"""Kinds of things that are tried in, and looked back at."""
EVIDENCE = (
    "goals.indicator", "needs.need", "decisions.decision", "events.event", "adaptation.experiment", "adaptation.review",
    "indicators.observation", "questionnaires.questionnaire", *PLANS,
)  # fmt: skip
MOST_EVIDENCE = 20


def is_about(text: str, kinds: tuple[str, ...]) -> bool:
    """A typed reference of one of these kinds."""
    try:
        return Ref.parse(text).kind in kinds
    except ValueError:
        return False


def revision_faults(row: Revision) -> list[Fault]:
    """What is wrong with a revision."""
    most = {"title": 200, "why": 4000, "before": 4000, "after": 4000}
    found = text_faults(most, title=row.title, why=row.why, before=row.before, after=row.after)
    if not row.title:
        found.append(("title", _("Say what changes.")))
    if not row.why:
        found.append(("why", _("Say why: a plan that changes without a reason is a plan forgotten.")))
    if not is_about(row.about, PLANS):
        found.append(("about", _("A revision is of a project, an objective or a goal.")))
    if row.before and row.before == row.after:
        found.append(("after", _("This is the plan as it was before.")))
    if len(row.evidence) > MOST_EVIDENCE:
        found.append(("evidence", _("At most %(most)s things are cited.") % {"most": MOST_EVIDENCE}))
    if any(not is_about(str(one), EVIDENCE) for one in row.evidence):
        found.append(("evidence", _("Cite indicators, observations, needs, decisions, events, experiments or reviews.")))  # fmt: skip
    return found


def move_faults(row: Move) -> list[Fault]:
    """What is wrong with a budget move."""
    found: list[Fault] = []
    if not 0 < row.amount < 10**15:
        found.append(("amount", _("Write an amount above zero.")))
    if row.taken_from.project_id != row.project_id:
        found.append(("taken_from", _("This line belongs to another project.")))
    if row.given_to.project_id != row.project_id:
        found.append(("given_to", _("This line belongs to another project.")))
    if row.taken_from.pk == row.given_to.pk:
        found.append(("given_to", _("This is the line it is taken from.")))
    if row.taken_from.is_income != row.given_to.is_income:
        found.append(("given_to", _("Money moves between costs, or between lines that come in; else the total would change.")))  # fmt: skip
    return found


def experiment_faults(row: Experiment) -> list[Fault]:
    """What is wrong with an experiment."""
    most = {"title": 200, "hypothesis": 2000, "measure": 2000, "stop_rule": 2000}
    found = text_faults(most, **{name: getattr(row, name) for name in most})
    for name, reason in (
        ("title", _("Say what is tried.")),
        ("hypothesis", _("Say what you expect, so that it can turn out wrong.")),
        ("measure", _("Say how you will tell.")),
        ("stop_rule", _("Say when you would stop early.")),
    ):
        if not getattr(row, name):
            found.append((name, reason))
    if row.about and not is_about(row.about, DONE):
        found.append(("about", _("It is tried in an event, a project, an objective or a goal.")))
    for name in ("starts_on", "judge_on"):
        if not 1900 <= getattr(row, name).year <= 9000:
            found.append((name, _("Write a day after 1900.")))
    if row.judge_on < row.starts_on:
        found.append(("judge_on", _("It would be judged before it begins.")))
    return found


def verdict_faults(row: Experiment, verdict: str, on: date, note: str, today: date) -> list[Fault]:
    """What is wrong with a verdict."""
    found = text_faults({"note": 2000}, note=note)
    if verdict not in Experiment.Verdict.values:
        found.append(("verdict", _("Choose what came of it.")))
    if not note:
        found.append(("note", _("Say what you saw, and what follows: the next team will read it.")))
    if on > today:
        found.append(("verdict_on", _("This day has not come yet.")))
    if on < row.starts_on:
        found.append(("verdict_on", _("This is before it began.")))
    return found


def review_faults(row: Review, today: date) -> list[Fault]:
    """What is wrong with a review."""
    most = {"title": 200, "expected": 4000, "happened": 4000, "difference": 4000}
    found = text_faults(most, **{name: getattr(row, name) for name in most})
    if not row.title:
        found.append(("title", _("Give it a title.")))
    if not row.happened:
        found.append(("happened", _("Say what happened.")))
    if not is_about(row.about, DONE):
        found.append(("about", _("You look back at an event, a project, an objective or a goal.")))
    if row.held_on > today:
        found.append(("held_on", _("This day has not come yet.")))
    if row.held_on.year < 1900:
        found.append(("held_on", _("Write a day after 1900.")))
    return found


def lesson_faults(row: Lesson) -> list[Fault]:
    """What is wrong with a lesson."""
    found = text_faults({"text": 500}, text=row.text)
    if not row.text:
        found.append(("text", _("Say what was learnt.")))
    return found


def reason_faults(note: str) -> list[Fault]:
    """What is wrong with the reason of an end."""
    found = text_faults({"note": 300}, note=note)
    if not note:
        found.append(("note", _("Say why.")))
    return found


def settled_on_faults(on: date | None, today: date) -> list[Fault]:
    """What is wrong with the day on which something was settled."""
    if on is not None and on > today:
        return [("settled_on", _("This day has not come yet."))]
    if on is not None and on.year < 1900:
        return [("settled_on", _("Write a day after 1900."))]
    return []


def day_of(said: Any) -> date | None:
    """A day from its ISO text, None from nothing."""
    return date.fromisoformat(str(said)) if said else None
