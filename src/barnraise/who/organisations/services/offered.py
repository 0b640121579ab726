"""Add, change and remove one service of an organisation; each verb is one transaction with its sentence."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from barnraise.plumbing.journal.services import record

from .. import offering
from ..documents import Offered
from ..models import Organisation, Service
from ..selectors import documents
from .sources import person_source
from .writing import Told, write

Services = tuple[Offered, ...]
MOST = 200


def add_service(organisation: Organisation, said: Offered, *, by: Any) -> Service:
    """A service it offers; its `ref` is made when it is empty. Raises ValidationError by field of the service."""
    said = replace(said, ref=said.ref or offering.new_ref())
    with transaction.atomic():
        _write(organisation, by, lambda there: (*there, said), said)
        row = Service.objects.get(organisation=organisation, ref=said.ref)
        record(by=by, verb="organisations.service_added", about=[row, organisation])
    return row


def change_service(service: Service, said: Offered, *, by: Any) -> dict[str, tuple[Any, Any]]:
    """Make it say this; its `ref` stays. Returns {field: (before, after)} as the journal tells it, empty when nothing differs."""
    said = replace(said, ref=service.ref)
    with transaction.atomic():
        before = _one(service)
        old, new = offering.told(before), offering.told(said)
        changes = {name: (old[name], new[name]) for name in new if old[name] != new[name]}
        if changes:
            _write(
                service.organisation,
                by,
                lambda there: tuple(said if one.ref == said.ref else one for one in there),
                said,
            )
            row = Service.objects.get(pk=service.pk)
            record(
                by=by,
                verb="organisations.service_changed",
                about=[row, service.organisation],
                changes=changes,
            )
    return changes


def remove_service(service: Service, *, by: Any) -> None:
    """Take it away; one that is no longer offered is better marked so."""
    with transaction.atomic():
        _one(service)
        record(by=by, verb="organisations.service_removed", about=[service, service.organisation])
        _write(service.organisation, by, lambda there: tuple(one for one in there if one.ref != service.ref))


def _one(service: Service) -> Offered:
    there = documents([service.organisation_id]).get(service.organisation_id)
    found = next((one for one in there.services if one.ref == service.ref), None) if there else None
    if found is None:
        raise Service.DoesNotExist("The service has been removed.")
    return found


def _write(
    organisation: Organisation, by: Any, change: Callable[[Services], Services], said: Offered | None = None
) -> None:
    faults: dict[str, list[str]] = {}
    for field, reason in offering.faults(said) if said else ():
        faults.setdefault(field, []).append(str(reason))
    if faults:
        raise ValidationError(faults)
    there = documents([organisation.pk]).get(organisation.pk)
    if there is None:
        raise Organisation.DoesNotExist("The organisation has been removed.")
    wanted = replace(there, services=change(there.services))
    if len(wanted.services) > MOST:
        raise ValidationError(_("An organisation has at most %(most)d services.") % {"most": MOST})
    write([wanted], Told(by=by, source=person_source(by), at=timezone.now()))
