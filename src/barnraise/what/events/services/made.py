"""Say what came of an event, what it cost, and who hosted it with us."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from barnraise.foundation.text import squeeze
from barnraise.plumbing.journal.services import record
from barnraise.plumbing.profile.selectors import installation
from barnraise.plumbing.ui.faults import Fault, refuse
from barnraise.who.organisations.models import Organisation
from barnraise.why.goals.sockets import rows_changed

from ..faults import output_faults, share_faults
from ..models import CoHost, Cost, Event, Output


def set_made(
    event: Event,
    *,
    by: Any,
    outputs: Sequence[tuple[Decimal, str]] | None = None,
    costs: Sequence[tuple[str, int]] | None = None,
    hosts: Sequence[tuple[Organisation, int]] | None = None,
) -> Event:
    """These stand instead of those that stood; None leaves them. Outputs are (how many, of what), costs (what for, minor units of
    the house's currency), hosts (organisation, share in percent; 100 together).

    Raises ValidationError by field; then nothing is changed.
    """
    tidy = None if outputs is None else [(number, squeeze(unit)) for number, unit in outputs]
    spent = None if costs is None else [(squeeze(what), amount) for what, amount in costs]
    found: list[Fault] = output_faults(tidy) if tidy is not None else []
    found += _cost_faults(spent or [])
    if hosts is not None:
        found += share_faults(share for _body, share in hosts)
        if len({body.pk for body, _share in hosts}) < len(hosts):
            found.append(("hosts", _("Each organisation stands there once.")))
    refuse(found)
    with transaction.atomic():
        row = Event.objects.select_for_update().get(pk=event.pk)
        if tidy is not None:
            Output.objects.filter(event=row).delete()
            Output.objects.bulk_create([Output(event=row, quantity=one, unit=unit) for one, unit in tidy])
        if spent is not None:
            currency = installation().currency
            Cost.objects.filter(event=row).delete()
            Cost.objects.bulk_create(
                [Cost(event=row, what=what, amount=amount, currency=currency) for what, amount in spent]
            )
        if hosts is not None:
            CoHost.objects.filter(event=row).delete()
            CoHost.objects.bulk_create(
                [CoHost(event=row, organisation=body, share=share) for body, share in hosts]
            )
        row.updated_at = timezone.now()
        row.save(update_fields=["updated_at"])
        record(by=by, verb="events.counted", about=[row, *(body for body, _share in hosts or ())])
        rows_changed("events.outputs")
    return row


def _cost_faults(costs: Sequence[tuple[str, int]]) -> list[Fault]:
    if any(not what or len(what) > 120 or "\x00" in what for what, _amount in costs):
        return [("costs", _("Say what it was for, in at most 120 characters."))]
    if any(not 0 <= amount < 10**15 for _what, amount in costs):
        return [("costs", _("Write an amount from 0."))]
    return []
