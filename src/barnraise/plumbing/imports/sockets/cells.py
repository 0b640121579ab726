"""Cells of a spreadsheet as values of a document, and why a row is refused: what nouns of plain rows share."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from datetime import date
from decimal import Decimal, InvalidOperation
from typing import Any

from django.core.exceptions import ValidationError
from django.utils.translation import gettext_noop

from barnraise.foundation.text import squeeze

from . import Bad, Document, FieldRefused

TOO_LONG = gettext_noop("It is longer than %(most)d characters.")
NOT_A_NUMBER = gettext_noop("“%(said)s” is not a number.")


def built(
    values: Mapping[str, Any],
    *,
    texts: Mapping[str, int],
    lines: Mapping[str, int] | None = None,
    days: Sequence[str] = (),
    numbers: Sequence[str] = (),
    flags: Sequence[str] = (),
    choices: Sequence[str] = (),
) -> dict[str, Any]:
    """JSON values of mapped cells: `texts` by their most characters, `lines` the same of texts whose lines are kept, `days` as ISO,
    `numbers` as plain decimals, `flags` as yes or no (None: nothing is said), `choices` as they are. Raises FieldRefused."""
    out: dict[str, Any] = {}
    for name, most in {**texts, **(lines or {})}.items():
        said = str(values.get(name) or "").replace("\x00", "")
        out[name] = squeeze(said) if name in texts else "\n".join(said.splitlines()).strip()
        if len(out[name]) > most:
            raise FieldRefused(name, out[name][:80], TOO_LONG, most=most)
    for name in days:
        value = values.get(name)
        out[name] = value.isoformat() if isinstance(value, date) else value or None
    for name in numbers:
        out[name] = number(name, values.get(name))
    for name in flags:
        out[name] = {"yes": True, "no": False}.get(str(values.get(name) or ""))
    for name in choices:
        out[name] = values.get(name) or ""
    return out


def number(name: str, value: Any) -> str | None:
    """A number as a plain decimal, None for an empty cell. Raises FieldRefused."""
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


def plain(value: Any) -> Any:
    """A value of a row as `built` gives it: days as ISO, numbers as plain decimals."""
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, Decimal):
        # a whole number is written without an exponent
        return format(value.normalize(), "f")
    return value


def first_change(document: Document, row: Document) -> str | None:
    """The first field of which the document says something else than the row; blanks say nothing."""
    return next(
        (name for name, value in row.items() if document.get(name) not in (None, "", value)),
        None,
    )


def given(document: Document, *, days: Sequence[str] = (), numbers: Sequence[str] = ()) -> dict[str, Any]:
    """The fields of a document that say something, days and numbers as Python has them."""
    out = {name: value for name, value in document.items() if value not in (None, "")}
    out |= {name: date.fromisoformat(str(out[name])) for name in days if name in out}
    return out | {name: Decimal(str(out[name])) for name in numbers if name in out}


def refusal(
    document: Document, check: Callable[[], object], columns: Mapping[str, str] | None = None
) -> Bad | None:
    """Why `check` raises ValidationError, as the refusal of the first field it names, None when it does not.

    `columns`: fields that stand in the file under another name.
    """
    try:
        check()
    except ValidationError as no:
        field, reasons = next(iter(no.message_dict.items()))
        column = (columns or {}).get(field, field)
        return Bad(0, column, str(document.get(column) or ""), str(reasons[0]))
    return None
