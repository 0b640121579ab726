"""Begin a valuation, change it, or write many."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from barnraise.foundation.refs import Ref
from barnraise.foundation.text import fold, squeeze
from barnraise.plumbing.journal.models import Change
from barnraise.plumbing.journal.services import amend, record
from barnraise.plumbing.profile.selectors import installation
from barnraise.plumbing.search import services as search
from barnraise.plumbing.ui.faults import refuse

from ..faults import valuation_faults
from ..models import Assumption, Valuation
from ..selectors import KIND, currency_of, one_by_key, thing_of

FIELDS = ("name", "about", "cites", "begins_on", "ends_on", "is_first_year_discounted", "owner")
ENDED = "ended"
RATE = Decimal("0.035")
RATE_SOURCE = "HM Treasury, The Green Book: 3.5 % a year for the first 30 years"
RATE_URL = "https://www.gov.uk/government/publications/green-book-supplementary-guidance-discounting"


@dataclass(frozen=True, slots=True)
class New:
    """A valuation to write, checked already; the owner is a key, `state` "open" or "ended"."""

    name: str
    cites: str
    begins_on: date
    ends_on: date
    about: str = ""
    owner_id: int | None = None
    state: str = "open"
    end_reason: str = ""


def _others(row: Valuation) -> set[str]:
    rows = Valuation.objects.filter(name_folded=row.name_folded).exclude(pk=row.pk)
    return set(rows.values_list("name_folded", flat=True))


def _currency(cites: str) -> str:
    ref = Ref.parse(cites)
    return currency_of(ref, installation().currency)


def begin_valuation(
    *,
    by: Any,
    name: str,
    cites: str,
    begins_on: date,
    ends_on: date,
    about: str = "",
    is_first_year_discounted: bool = True,
    owner: Any = None,
) -> Valuation:
    """A new valuation of the project or event `cites` (typed reference), with the Green Book's discount rate in its register.

    Raises ValidationError by field (name, cites, begins_on, ends_on, about); then nothing is written.
    """
    now = timezone.now()
    row = Valuation(
        name=squeeze(name),
        about=about.strip(),
        cites=cites,
        begins_on=begins_on,
        ends_on=ends_on,
        is_first_year_discounted=is_first_year_discounted,
        owner=owner,
        created_at=now,
        updated_at=now,
    )
    row.name_folded = fold(row.name)[:200]
    refuse(valuation_faults(row, others=_others(row)))
    row.currency = _currency(cites)
    with transaction.atomic():
        row.save(force_insert=True)
        _rates([row], now)
        record(by=by, verb="roi.begun", about=told(row))
        search.index(KIND, [row.pk])
    return one_by_key(row.pk)


def told(row: Valuation) -> list[Any]:
    """What a sentence about a valuation is about: itself first, then what it values."""
    ref = thing_of(row)
    return [row, ref] if ref is not None else [row]


def _rates(rows: Sequence[Valuation], at: datetime) -> None:
    Assumption.objects.bulk_create(
        Assumption(
            valuation=row,
            kind=Assumption.Kind.RATE,
            low=RATE,
            base=RATE,
            high=RATE,
            source=RATE_SOURCE,
            source_url=RATE_URL,
            created_at=at,
            updated_at=at,
        )
        for row in rows
    )


def live(valuation: Valuation) -> Valuation:
    """The row, locked for a change. Raises ValidationError once it has ended."""
    row = Valuation.objects.select_for_update().get(pk=valuation.pk)
    if row.ended_on is not None:
        raise ValidationError(_("It has ended. Open it again first."))
    return row


def change_valuation(valuation: Valuation, *, by: Any, **values: Any) -> Valuation:
    """Set the given fields (of FIELDS). Raises ValidationError by field, also once it has ended; then nothing is changed."""
    if unknown := set(values) - set(FIELDS):
        raise TypeError(f"A valuation has no field {', '.join(sorted(unknown))}.")
    with transaction.atomic():
        row = live(valuation)
        before = {name: getattr(row, name) for name in FIELDS}
        for name, value in values.items():
            setattr(row, name, value.strip() if isinstance(value, str) else value)
        row.name = squeeze(row.name)
        row.name_folded = fold(row.name)[:200]
        refuse(valuation_faults(row, others=_others(row)))
        differ = [name for name in FIELDS if before[name] != getattr(row, name)]
        if differ:
            row.currency, row.updated_at = _currency(row.cites), timezone.now()
            row.save(update_fields=[*differ, "name_folded", "currency", "updated_at"])
            changes = {name: (_told(before[name]), _told(getattr(row, name))) for name in differ}
            record(by=by, verb="roi.changed", about=told(row), changes=changes)
            search.index(KIND, [row.pk])
    return one_by_key(row.pk)


def _told(value: Any) -> Any:
    return value if value is None or isinstance(value, int) else str(value)


def amend_valuations(given: Sequence[tuple[int, Mapping[str, Any]]], *, at: datetime) -> list[Change]:
    """Set these fields, checked already, without a sentence, in the caller's transaction; the changes for an undo.

    "state" ends a valuation today, or opens it again.
    """

    def follow(row: Valuation) -> None:
        row.currency = _currency(row.cites)
        if row.ended_on is None:
            row.end_reason = ""

    ends = {ENDED: timezone.localdate(at), "open": None}
    fields = []
    for key, values in given:
        kept = {name: value for name, value in values.items() if name != "state"}
        fields.append((key, kept | ({"ended_on": ends[values["state"]]} if "state" in values else {})))
    found = amend(Valuation, fields, at=at, settle=follow)
    search.index(KIND, [change.key for change in found])
    return found


def write(given: Sequence[New], *, at: datetime, is_sample: bool = False) -> list[Valuation]:
    """Add these without a sentence, in the caller's transaction."""
    rows = Valuation.objects.bulk_create(
        Valuation(
            name=one.name,
            name_folded=fold(one.name)[:200],
            about=one.about,
            cites=one.cites,
            begins_on=one.begins_on,
            ends_on=one.ends_on,
            currency=_currency(one.cites),
            owner_id=one.owner_id,
            ended_on=timezone.localdate(at) if one.state == ENDED else None,
            end_reason=one.end_reason,
            is_sample=is_sample,
            created_at=at,
            updated_at=at,
        )
        for one in given
    )
    _rates(rows, at)
    search.index(KIND, [row.pk for row in rows])
    return rows
