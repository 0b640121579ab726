"""The list of services offered: columns and filters."""

from __future__ import annotations

from typing import Any

from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from barnraise.foundation.html import el
from barnraise.plumbing.search.selectors import WordsFilter
from barnraise.plumbing.ui.components import data, day
from barnraise.plumbing.ui.lists import (
    ChoiceFilter,
    Column,
    DateFilter,
    Empty,
    ListPage,
    SubqueryFilter,
)
from barnraise.who.communities import selectors as communities

from . import policies, selectors, service_words
from .models import Serves, Service
from .selectors import SERVICE_KIND


def _organisation(row: Service) -> Any:
    return el("a", row.organisation.name, href=row.organisation.get_absolute_url(), translate="no")


def _serving(choice: str) -> QuerySet[Any, Any]:
    key = int(choice)
    wanted = {key, *communities.descendant_keys(key)}
    serving = Serves.objects.filter(community_id__in=wanted).values("organisation_id")
    return Service.objects.filter(organisation_id__in=serving).values("pk")


def _hours(row: Service) -> str:
    return service_words.hours_line(row.hours)


listed_services = ListPage(
    name="services",
    kind=SERVICE_KIND,
    noun=_("service"),
    noun_plural=_("services"),
    title=_("Services"),
    intro=_("What people can come for: who may come, when, in which languages, and what it costs."),
    policy=policies.may_see,
    rows=selectors.services_listed,
    default_sort="name_folded",
    row_url=lambda row: row.get_absolute_url(),
    empty=Empty(
        _("No services yet"),
        _("Take in a directory of services (HSDS), or open an organisation and add what it offers."),
        (
            (_("Take in a file"), "imports:start", policies.may_write),
            (_("Choose an organisation"), "organisations:list", policies.may_write),
        ),
        icon="heart",
    ),
    columns=(
        Column("name", _("Service"), lambda row: data(row.name), lambda row: row.name, sort="name_folded"),
        Column("organisation", _("Organisation"), _organisation, lambda row: row.organisation.name),
        Column("cost", _("Cost"), service_words.cost, lambda row: row.fees),
        Column("hours", pgettext_lazy("opening", "Hours"), _hours, _hours),
        Column("languages", _("Languages"), service_words.languages, service_words.languages),
        Column("eligibility", _("For whom"), lambda row: data(row.eligibility[:200]), lambda row: row.eligibility, is_default=False),
        Column("ages", _("Ages"), service_words.ages, service_words.ages, is_default=False),
        Column("areas", _("Area"), lambda row: data("; ".join(row.areas)), lambda row: "; ".join(row.areas), is_default=False),
        Column("status", _("Status"), service_words.state, lambda row: row.get_status_display(), sort="status"),
        Column(
            "assured", _("Checked on"), lambda row: day(row.assured_on) if row.assured_on else "",
            lambda row: row.assured_on.isoformat() if row.assured_on else "", sort="assured_on", is_default=False,
        ),
    ),
    filters=(
        WordsFilter("words", _("Words"), kind=SERVICE_KIND, told_in="name_folded"),
        ChoiceFilter("free", _("Cost"), options=(("True", _("Free")), ("False", _("Costs something"))), field="is_free"),
        SubqueryFilter("community", _("Organisation serves"), options=communities.choices, subquery=_serving),
        ChoiceFilter("status", _("Status"), options=Service.Status.choices),
        DateFilter("checked", _("Checked on"), field="assured_on"),
    ),
)  # fmt: skip
"""What is offered."""
