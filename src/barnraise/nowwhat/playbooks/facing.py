"""How playbooks look: their state, and what is in their files."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.utils.translation import gettext_lazy as _

from barnraise.foundation.html import Safe
from barnraise.plumbing.ui.components import badge, number

from .models import Playbook

STATES: tuple[tuple[str, Any], ...] = (("open", _("In use")), ("retired", _("Retired")))
PARTS: tuple[tuple[str, Any], ...] = (
    ("objectives", _("Objectives")),
    ("indicators", _("Indicators")),
    ("questionnaires", _("Questionnaires")),
    ("projects", _("Projects")),
    ("events", _("Kinds of events")),
    ("lessons", _("Lessons")),
)
KINDS: Mapping[str, Any] = {
    "goals.goal": _("Goal"),
    "goals.objective": _("Objectives"),
    "goals.indicator": _("Indicators"),
    "questionnaires.questionnaire": _("Questionnaires"),
    "projects.project": _("Projects"),
    "events.event": _("Events"),
    "adaptation.review": _("Review with the lessons"),
}


def state(row: Playbook) -> str:
    """ "open" or "retired"."""
    return "open" if row.retired_on is None else "retired"


def state_word(row: Playbook) -> str:
    """The state in words."""
    return str(dict(STATES)[state(row)])


def state_badge(row: Playbook) -> Safe:
    """The state as word, icon and colour."""
    if row.retired_on is None:
        return badge(state_word(row), tone="good", icon="check")
    return badge(state_word(row), tone="neutral", icon="ban")


def contents(document: Mapping[str, Any]) -> list[dict[str, Any]]:
    """The parts of a document that hold something: title, and each row as a line with what belongs to it."""
    found = []
    for name, title in PARTS:
        rows = [_line(name, row) for row in document[name]]
        if rows:
            found.append({"name": name, "title": title, "rows": rows})
    return found


def _line(name: str, row: Any) -> dict[str, Any]:
    if isinstance(row, str):
        return {"title": row, "about": "", "budget": [], "milestones": [], "openings": []}
    about = str(row.get("about") or row.get("definition") or "")
    said = {
        "title": row.get("name") or row.get("title"),
        "about": about,
        "budget": [],
        "milestones": [],
        "openings": [],
    }
    if name == "projects":
        said["budget"] = [
            (line["name"], number(line["share"] / 100), line["is_income"]) for line in row["budget"]
        ]
        said["milestones"] = [one["name"] for one in row["milestones"]]
        said["openings"] = [one["name"] for one in row["openings"]]
    return said
