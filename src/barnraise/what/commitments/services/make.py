"""Note a promise, or many at once."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.db import transaction
from django.utils import timezone

from barnraise.foundation.text import fold, squeeze
from barnraise.plumbing.journal.services import record
from barnraise.plumbing.search import services as search
from barnraise.plumbing.ui.faults import refuse
from barnraise.who.organisations.models import Organisation

from ..faults import commitment_faults
from ..models import Commitment
from ..selectors import KIND, one_by_key


@dataclass(frozen=True, slots=True)
class New:
    """A promise to write, checked already; parties and owner are keys."""

    direction: str
    what: str
    promised_on: date
    due_on: date
    kind: str = "promise"
    organisation: int | None = None
    person: int | None = None
    to_organisation: int | None = None
    detail: str = ""
    owner: int | None = None
    cites: str = ""
    made_at: str = ""
    gives: int | None = None
    seeks: int | None = None
    settled: str = ""
    settled_on: date | None = None
    settled_note: str = ""


def make_commitment(
    *,
    by: Any,
    direction: str,
    what: str,
    due_on: date,
    partner: Any = None,
    to: Any = None,
    kind: str = "promise",
    detail: str = "",
    promised_on: date | None = None,
    owner: Any = None,
    cites: str = "",
    made_at: str = "",
    gives: Any = None,
    seeks: Any = None,
) -> Commitment:
    """A new promise. `partner` is a row of an organisation or a person, `to` an organisation for a promise between partners.

    `cites` and `made_at` are typed references, `gives` and `seeks` the exchanges of a match. Raises ValidationError by field
    (direction, partner, to, what, due_on, ...); then nothing is written.
    """
    now = timezone.now()
    today = timezone.localdate(now)
    is_body = isinstance(partner, Organisation)
    row = Commitment(
        direction=direction,
        kind=kind,
        organisation=partner if is_body else None,
        person=None if is_body else partner,
        to_organisation=to,
        what=squeeze(what),
        detail=detail.strip(),
        promised_on=promised_on or min(today, due_on),
        due_on=due_on,
        first_due_on=due_on,
        owner=owner,
        cites=cites,
        made_at=made_at,
        gives=gives,
        seeks=seeks,
        created_at=now,
        updated_at=now,
    )
    refuse(commitment_faults(row, today))
    row.what_folded = fold(row.what)[:300]
    with transaction.atomic():
        row.save(force_insert=True)
        record(by=by, verb=f"commitments.made_{direction}", about=told(row))
        search.index(KIND, [row.pk])
    return one_by_key(row.pk)


def told(row: Commitment) -> list[Any]:
    """What a sentence about a promise is about: the promise itself first, then who is in it."""
    return [row, *(one for one in (row.organisation, row.person, row.to_organisation) if one is not None)]


def write(given: Sequence[New], *, by: Any, at: datetime, is_sample: bool = False) -> list[Commitment]:
    """Add these without a sentence, in the caller's transaction."""
    rows = Commitment.objects.bulk_create([_row(one, at, is_sample) for one in given])
    search.index(KIND, [row.pk for row in rows])
    return rows


def _row(one: New, at: datetime, is_sample: bool) -> Commitment:
    return Commitment(
        direction=one.direction,
        kind=one.kind,
        organisation_id=one.organisation,
        person_id=one.person,
        to_organisation_id=one.to_organisation,
        what=one.what,
        what_folded=fold(one.what)[:300],
        detail=one.detail,
        promised_on=one.promised_on,
        due_on=one.due_on,
        first_due_on=one.due_on,
        owner_id=one.owner,
        cites=one.cites,
        made_at=one.made_at,
        gives_id=one.gives,
        seeks_id=one.seeks,
        settled=one.settled,
        settled_on=one.settled_on,
        settled_note=one.settled_note,
        is_sample=is_sample,
        created_at=at,
        updated_at=at,
    )
