"""How the parts of projects are named and where they are shown: milestones, budget lines, amounts, openings."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from django.db.models import QuerySet
from django.urls import reverse
from django.utils.formats import date_format
from django.utils.translation import gettext_lazy as _

from barnraise.plumbing.search.sockets import Document
from barnraise.plumbing.ui.sockets import Described

from . import policies
from .models import Actual, BudgetLine, Milestone, Opening, Project

WORDS = {
    Milestone: (_("milestone"), "flag", "milestones"),
    BudgetLine: (_("budget line"), "coins", "budget"),
    Actual: (_("amount"), "coins", "amounts"),
    Opening: (_("opening"), "users-group", ""),
}
"""By model: the noun, its icon, and where on the project's page it stands; an opening has a page of its own."""


def _rows(model: Any, keys: Sequence[int]) -> QuerySet[Any]:
    rows: QuerySet[Any] = model._default_manager.filter(pk__in=list(keys)).select_related("project")
    return rows.select_related("line") if model is Actual else rows


def _title(row: Any) -> str:
    name = (
        f"{row.line.name}, {date_format(row.on, 'SHORT_DATE_FORMAT')}"
        if isinstance(row, Actual)
        else str(row)
    )
    return f"{name} · {row.project.name}"


def _described(model: Any) -> Described:
    noun, icon, place = WORDS[model]

    def titles(keys: Sequence[int]) -> Mapping[int, str]:
        return {row.pk: _title(row) for row in _rows(model, keys)}

    def addresses(keys: Sequence[int]) -> Mapping[int, str]:
        return {
            row.pk: f"{row.project.get_absolute_url()}#{place}" if place else row.get_absolute_url()
            for row in _rows(model, keys)
        }

    def address(key: int) -> str:
        return addresses([key]).get(key, reverse("projects:list"))

    return Described(noun, titles, address, policies.may_see, icon, addresses)


PARTS = {model._meta.label_lower: _described(model) for model in WORDS}
"""By kind."""


def project_documents(keys: Sequence[int]) -> Iterable[Document]:
    """Projects, found by what they are made of too: milestones and budget lines have no pages of their own."""
    named: dict[int, list[str]] = {key: [] for key in keys}
    for model in (Milestone, BudgetLine):
        rows = model._default_manager.filter(project__in=list(keys)).order_by("project_id", "pk")
        for project, name in rows.values_list("project_id", "name"):
            named[project].append(name)
    for row in Project.objects.filter(pk__in=list(keys)):
        yield Document(row.pk, row.name, "\n".join([row.about, *named[row.pk]]).strip())


def opening_documents(keys: Sequence[int]) -> Iterable[Document]:
    """Openings with their project."""
    for row in _rows(Opening, keys):
        yield Document(row.pk, row.name, f"{row.project.name}\n{row.about}".strip())
