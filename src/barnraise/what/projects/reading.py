"""Cells of spreadsheets about projects: texts, days, numbers and money, and which project they are about."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from datetime import date
from decimal import Decimal, InvalidOperation
from typing import Any

from babel.numbers import get_currency_precision
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_noop

from barnraise.foundation.text import fold, squeeze
from barnraise.plumbing.imports.sockets import Bad, Document, FieldRefused

from .models import Project

TOO_LONG = gettext_noop("It is longer than %(most)d characters.")
NOT_A_NUMBER = gettext_noop("“%(said)s” is not a number.")
NOT_CENTS = gettext_noop("“%(said)s” has more decimals than the currency of the project.")
NO_PROJECT = gettext_noop("There is no project “%(said)s”. Add it first.")
ENDED = gettext_noop("The project “%(said)s” has ended. Take it up again first.")
NO_LINE = gettext_noop("The project has no budget line “%(said)s”. Add it first.")


def built(
    values: Mapping[str, Any],
    *,
    texts: Mapping[str, int],
    days: Sequence[str] = (),
    numbers: Sequence[str] = (),
    flags: Sequence[str] = (),
) -> dict[str, Any]:
    """JSON values of mapped cells: `texts` by their most characters, `days` as ISO, `numbers` as written. Raises FieldRefused."""
    out: dict[str, Any] = {}
    for name, most in texts.items():
        out[name] = squeeze(str(values.get(name) or "")).replace("\x00", "")
        if len(out[name]) > most:
            raise FieldRefused(name, out[name], TOO_LONG, most=most)
    for name in days:
        value = values.get(name)
        out[name] = value.isoformat() if isinstance(value, date) else value or None
    for name in numbers:
        out[name] = _number(name, values.get(name))
    for name in flags:
        out[name] = values.get(name) == "yes"
    return out


def _number(name: str, value: Any) -> str | None:
    said = "" if value is None else str(value).strip()
    if not said:
        return None
    try:
        found = Decimal(said)
    except InvalidOperation:
        found = Decimal("NaN")
    if not found.is_finite() or abs(found) >= 10**13:
        raise FieldRefused(name, said, NOT_A_NUMBER, said=said[:40])
    return format(found.normalize(), "f")


def minor(one: Document, name: str, project: Project) -> int | None | Bad:
    """The money of this field in minor units of the project's currency, None where there is none."""
    said = one.get(name)
    if said is None:
        return None
    found = Decimal(str(said)).scaleb(get_currency_precision(project.currency))
    if found != found.to_integral_value():
        return Bad(0, name, str(said), NOT_CENTS, {"said": str(said)[:40]})
    return int(found)


def projects_of(documents: Sequence[Document]) -> dict[str, Project]:
    """The projects that these rows are about, by folded name. One query."""
    folded = {fold(str(one["project"]))[:200] for one in documents if one["project"]}
    return {row.name_folded: row for row in Project.objects.filter(name_folded__in=folded)}


def no_project(one: Document) -> Bad:
    """The refusal of a row about a project that is not here."""
    said = str(one["project"])
    return Bad(0, "project", said, NO_PROJECT, {"said": said[:80]})


def bad(one: Document, check: Callable[[], None], columns: Mapping[str, str]) -> Bad | None:
    """Why `check` raises ValidationError, as the refusal of a row; `columns`: where a field stands in the file under another name."""
    try:
        check()
    except ValidationError as no:
        field, reasons = next(iter(no.message_dict.items()))
        column = columns.get(field, field)
        return Bad(0, column, str(one.get(column) or ""), str(reasons[0]))
    return None
