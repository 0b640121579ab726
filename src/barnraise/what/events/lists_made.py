"""The lists of outputs, costs and hosts of all events."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Any

from babel.numbers import get_currency_precision
from django.db.models import QuerySet
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from barnraise.plumbing.ui.components import data, day, money, number
from barnraise.plumbing.ui.lists import Column, Empty, ListPage, PickFilter
from barnraise.who.organisations.models import Organisation

from . import policies
from .models import CoHost, Cost, Event, Output

EVENTS = ((_("Events"), "events:list", policies.may_see),)


def _title(row: Any) -> str:
    return str(row.event.title)


def _on(row: Any) -> date:
    return timezone.localdate(row.event.starts_at)


def _of_event() -> tuple[Column, Column]:
    return (
        Column("event", _("Event"), lambda row: data(_title(row)), _title),
        Column("on", _("On which day"), lambda row: day(_on(row)), _on),
    )


def _by_event() -> PickFilter:
    return PickFilter(
        "event", _("Event"), field="event_id", rows=Event.objects.all, title="title", folded="title_folded"
    )


def _outputs(actor: Any) -> QuerySet[Output]:
    return Output.objects.select_related("event")


def _costs(actor: Any) -> QuerySet[Cost]:
    return Cost.objects.select_related("event")


def _hosts(actor: Any) -> QuerySet[CoHost]:
    return CoHost.objects.select_related("event", "organisation")


def _address(row: Any) -> str:
    return str(row.event.get_absolute_url())


def _major(row: Cost) -> Decimal:
    return Decimal(row.amount).scaleb(-get_currency_precision(row.currency))


outputs = ListPage(
    name="event_outputs",
    kind=Output._meta.label_lower,
    noun=_("output of an event"),
    noun_plural=_("outputs of events"),
    title=_("Outputs of events"),
    intro=_("What came of events, so many of what: meals, bags of rubbish, blood pressures taken."),
    policy=policies.may_see,
    rows=_outputs,
    default_sort="-pk",
    row_url=_address,
    heading_links=EVENTS,
    empty=Empty(
        _("No outputs yet"),
        _("Open an event and say what came of it, or take a list in as a file."),
        EVENTS,
        icon="stack-2",
    ),
    columns=(
        Column("unit", _("Of what"), lambda row: data(row.unit), lambda row: row.unit),
        Column("quantity", _("How many"), lambda row: number(row.quantity), lambda row: row.quantity, is_numeric=True),
        *_of_event(),
    ),
    filters=(_by_event(),),
)  # fmt: skip
"""What came of events."""

costs = ListPage(
    name="event_costs",
    kind=Cost._meta.label_lower,
    noun=_("cost of an event"),
    noun_plural=_("costs of events"),
    title=_("Costs of events"),
    intro=_("What events cost, and what for."),
    policy=policies.may_see,
    rows=_costs,
    default_sort="-pk",
    row_url=_address,
    heading_links=EVENTS,
    empty=Empty(
        _("No costs yet"),
        _("Open an event and say what it cost, or take a list in as a file."),
        EVENTS,
        icon="coins",
    ),
    columns=(
        Column("what", _("What for"), lambda row: data(row.what), lambda row: row.what),
        Column("amount", _("Amount"), lambda row: money(row.amount, row.currency), _major, is_numeric=True),
        *_of_event(),
        Column("currency", _("Currency"), lambda row: data(row.currency), lambda row: row.currency, is_default=False),
    ),
    filters=(_by_event(),),
)  # fmt: skip
"""What events cost."""

hosts = ListPage(
    name="event_hosts",
    kind=CoHost._meta.label_lower,
    noun=_("host of an event"),
    noun_plural=_("hosts of events"),
    title=_("Hosts of events"),
    intro=_("Who hosted which event with us, and its share of the credit."),
    policy=policies.may_see,
    rows=_hosts,
    default_sort="-pk",
    row_url=_address,
    heading_links=EVENTS,
    empty=Empty(
        _("No hosts yet"),
        _("Open an event and say who hosted it with you, or take a list in as a file."),
        EVENTS,
        icon="users-group",
    ),
    columns=(
        Column("organisation", _("Organisation"), lambda row: data(row.organisation.name), lambda row: row.organisation.name),
        Column("share", _("Share of the credit in percent"), lambda row: number(row.share), lambda row: row.share, is_numeric=True),
        *_of_event(),
    ),
    filters=(
        _by_event(),
        PickFilter("organisation", _("Organisation"), field="organisation_id", rows=Organisation.objects.all),
    ),
)  # fmt: skip
"""Who hosted events with us."""
