"""The list of reports."""

from __future__ import annotations

from typing import Any

from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from barnraise.plumbing.ui.components import data, day, when
from barnraise.plumbing.ui.lists import BooleanFilter, ChoiceFilter, Column, DateFilter, Empty, ListPage
from barnraise.plumbing.ui.spans import period_words

from . import facing, policies, selectors
from .models import Report


def _organisation(row: Report) -> str:
    return str(row.organisation or "")


def _issued(row: Report) -> Any:
    return day(row.issued_on) if row.issued_on else ""


reports = ListPage(
    name="reports",
    kind=selectors.KIND,
    noun=_("report"),
    noun_plural=_("reports"),
    title=_("Reports"),
    intro=_("What was aimed at, what came of it and what it cost, for a board, a funder or a partner: as a page, a PDF and a spreadsheet."),
    policy=policies.may_see,
    rows=selectors.listed,
    default_sort="-ends_on",
    row_url=lambda row: row.get_absolute_url(),
    create_url_name="reports:write",
    create_policy=policies.may_edit,
    create_label=_("Write a report"),
    empty=Empty(
        _("No reports yet"),
        _(
            "Say for whom and about which days. The numbers come by themselves, and every line leads back to its rows. "
            "A draft moves with them; once it is issued it stays as it is."
        ),
        ((_("Write a report"), "reports:write", policies.may_edit),),
        icon="report-analytics",
    ),
    columns=(
        Column("name", _("Title"), lambda row: data(row.name), lambda row: row.name, sort="name_folded"),
        Column("audience", _("For"), lambda row: row.get_audience_display(), lambda row: row.audience),
        Column("organisation", _("Partner"), lambda row: data(_organisation(row)), _organisation),
        Column("period", _("Period"), lambda row: period_words(row.period), lambda row: str(row.period), sort="ends_on"),
        Column("state", _("State"), facing.state_badge, facing.state_word),
        Column("issued", _("Issued"), _issued, lambda row: row.issued_on, sort="issued_on"),
        Column("begins", _("From"), lambda row: day(row.begins_on), lambda row: row.begins_on, is_default=False),
        Column("until", _("Until"), lambda row: day(row.ends_on), lambda row: row.ends_on, is_default=False),
        Column("intro", _("Foreword"), lambda row: data(row.intro), lambda row: row.intro, is_default=False),
        Column("why", _("Why it was withdrawn"), lambda row: data(row.withdrawn_reason), lambda row: row.withdrawn_reason, is_default=False),
        Column("language", _("Language"), lambda row: data(row.language), lambda row: row.language, is_default=False),
        Column("updated", _("Changed"), lambda row: when(row.updated_at), lambda row: row.updated_at, sort="updated_at", is_default=False),
        Column("uuid", _("Id"), lambda row: data(str(row.uuid)), lambda row: str(row.uuid), is_default=False),
    ),
    filters=(
        ChoiceFilter("audience", _("For"), options=Report.Audience.choices),
        BooleanFilter("issued", _("State"), condition=Q(issued_on__isnull=False), yes=_("Issued"), no=_("Draft")),
        DateFilter("until", _("Until"), field="ends_on"),
    ),
)  # fmt: skip
"""Every report."""
