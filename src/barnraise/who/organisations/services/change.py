"""Register, change, close and reopen one organisation; each verb is one transaction with its sentence."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from barnraise.plumbing.journal.services import record

from ..documents import FIELDS, PARTS, OrganisationDocument
from ..faults import faults
from ..hours import plain, spans
from ..models import Organisation, Source
from ..selectors import documents
from .sources import person_source
from .writing import Told, write


def register_organisation(
    document: OrganisationDocument, *, by: Any, source: Source | None = None, is_sample: bool = False
) -> Organisation:
    """A new organisation that says what the document says (its key is ignored). Raises ValidationError by field."""
    _refuse_faults(document)
    told = Told(by=by, source=source or person_source(by), at=timezone.now(), is_sample=is_sample)
    with transaction.atomic():
        key = write([replace(document, key=None)], told).keys[0]
        row = Organisation.objects.get(pk=key)
        record(by=by, verb="organisations.registered", about=[row])
    return row


def change_organisation(
    organisation: Organisation, *, by: Any, source: Source | None = None, verb: str = "changed", **values: Any
) -> dict[str, tuple[Any, Any]]:
    """Set the given fields of its document; only what differs is written. Returns {field: (before, after)} as JSON values.

    Lists (names, identifiers, sectors, addresses, contacts, communities, tags) are given whole. Raises ValidationError
    by field, TypeError for a field there is not.
    """
    return _apply(organisation, values, by=by, source=source, verb=verb)


def _apply(
    organisation: Organisation,
    values: Mapping[str, Any],
    *,
    by: Any,
    source: Source | None = None,
    verb: str = "changed",
) -> dict[str, tuple[Any, Any]]:
    if unknown := set(values) - set(FIELDS):
        raise TypeError(f"An organisation has no field {', '.join(sorted(unknown))}.")
    with transaction.atomic():
        there = documents([organisation.pk]).get(organisation.pk)
        if there is None:
            raise Organisation.DoesNotExist("The organisation has been removed.")
        wanted = replace(there, **values)
        _refuse_faults(wanted, only=set(values))
        told = Told(by=by, source=source or person_source(by), at=timezone.now())
        changes = write([wanted], told).changes.get(organisation.pk, {})
        if changes:
            record(by=by, verb=f"organisations.{verb}", about=[organisation], changes=_told(changes))
    return changes


def _told(changes: Mapping[str, tuple[Any, Any]]) -> dict[str, tuple[Any, Any]]:
    """As the journal tells it: of services their names, of hours days and times."""
    found = dict(changes)
    if "services" in found:
        found["services"] = tuple([one["name"] for one in side] for side in found["services"])  # type: ignore[assignment]
    if "hours" in found:
        found["hours"] = tuple(plain(spans(side)) for side in found["hours"])  # type: ignore[assignment]
    return found


def close_organisation(organisation: Organisation, *, by: Any, on: date | None = None) -> None:
    """It has stopped working. It stays in the directory, marked, and keeps its history."""
    change_organisation(organisation, by=by, verb="closed", status=Organisation.Status.CLOSED, closed_on=on)


def reopen_organisation(organisation: Organisation, *, by: Any) -> None:
    """It works (again)."""
    change_organisation(
        organisation, by=by, verb="reopened", status=Organisation.Status.ACTIVE, closed_on=None
    )


def set_own(organisation: Organisation, *, by: Any) -> None:
    """Name this one as our own organisation; the one before it is no longer."""
    with transaction.atomic():
        before = Organisation.objects.select_for_update().filter(is_own=True).first()
        if before is not None and before.pk == organisation.pk:
            return
        now = timezone.now()
        if before is not None:
            Organisation.objects.filter(pk=before.pk).update(is_own=False, updated_at=now)
        Organisation.objects.filter(pk=organisation.pk).update(is_own=True, updated_at=now)
        organisation.is_own = True
        about = [organisation, before] if before is not None else [organisation]
        record(by=by, verb="organisations.own_set", about=about)


def add_part(organisation: Organisation, field: str, part: Any, *, by: Any) -> None:
    """Add a name, identifier, sector, address, contact (its document shape), a community's key or a tag's name."""
    there = _value(organisation, field)
    if part not in there:
        _apply(organisation, {field: (*there, part)}, by=by)


def remove_part(organisation: Organisation, field: str, part: Any, *, by: Any) -> None:
    """Take it away again. Raises ValidationError when it is not there."""
    there = _value(organisation, field)
    if part not in there:
        raise ValidationError({field: _("It is not there any more.")})
    _apply(organisation, {field: tuple(one for one in there if one != part)}, by=by)


def _value(organisation: Organisation, field: str) -> Sequence[Any]:
    if field not in {*PARTS, "communities", "tags"}:
        raise TypeError(f"{field} is not a list of an organisation.")
    there: Sequence[Any] = getattr(documents([organisation.pk])[organisation.pk], field)
    return there


def _refuse_faults(document: OrganisationDocument, *, only: set[str] | None = None) -> None:
    found: dict[str, list[str]] = {}
    for field, reason in faults(document):
        if only is None or field in only:
            found.setdefault(field, []).append(str(reason))
    if found:
        raise ValidationError(found)
