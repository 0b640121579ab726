"""Cells of spreadsheets about projects: money, and which project they are about."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal

from babel.numbers import get_currency_precision
from django.utils.translation import gettext_noop

from barnraise.foundation.text import fold
from barnraise.plumbing.imports.sockets import Bad, Document
from barnraise.plumbing.imports.sockets.cells import plain

from .models import Project

NOT_CENTS = gettext_noop("“%(said)s” has more decimals than the currency of the project.")
NO_PROJECT = gettext_noop("There is no project “%(said)s”. Add it first.")
ENDED = gettext_noop("The project “%(said)s” has ended. Take it up again first.")
NO_LINE = gettext_noop("The project has no budget line “%(said)s”. Add it first.")


def minor(one: Document, name: str, project: Project) -> int | None | Bad:
    """The money of this field in minor units of the project's currency, None where there is none."""
    said = one.get(name)
    if said is None:
        return None
    found = Decimal(str(said)).scaleb(get_currency_precision(project.currency))
    if found != found.to_integral_value():
        return Bad(0, name, str(said), NOT_CENTS, {"said": str(said)[:40]})
    return int(found)


def whole(amount: int | None, project: Project) -> str | None:
    """Money in minor units as a file says it: in whole units of the project's currency."""
    if amount is None:
        return None
    said: str = plain(Decimal(amount).scaleb(-get_currency_precision(project.currency)))
    return said


def projects_of(documents: Sequence[Document]) -> dict[str, Project]:
    """The projects that these rows are about, by folded name. One query."""
    folded = {fold(str(one["project"]))[:200] for one in documents if one["project"]}
    return {row.name_folded: row for row in Project.objects.filter(name_folded__in=folded)}


def no_project(one: Document) -> Bad:
    """The refusal of a row about a project that is not here."""
    said = str(one["project"])
    return Bad(0, "project", said, NO_PROJECT, {"said": said[:80]})
