"""The sections that this room plugs for rooms below: goals, money, promises, cost and value, the network, what people said."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from decimal import Decimal
from typing import Any
from urllib.parse import urlencode

from django.db.models import Q, QuerySet, Sum
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from barnraise.foundation.refs import Ref
from barnraise.plumbing.ui.values import major
from barnraise.sowhat.feedback.models import Answer
from barnraise.sowhat.indicators.models import Observation
from barnraise.sowhat.network.models import Wave
from barnraise.sowhat.network.selectors import measured
from barnraise.sowhat.roi.models import Valuation
from barnraise.sowhat.roi.selectors import reckon
from barnraise.what.commitments.models import Commitment
from barnraise.what.commitments.selectors import WERE_DUE, tally_of
from barnraise.what.projects.models import Actual, BudgetLine, Contribution, Project
from barnraise.why.goals.models import Indicator

from .sockets import Part, ReportLine, Scope

MOST = 500
TOLD = ("kept", "kept_late", "broken", "late", "released", "open")
"""States of promises, in the order in which a report counts them."""

WALK_BACK_TO = (
    "commitments.commitment",
    "feedback.answer",
    "goals.indicator",
    "indicators.observation",
    "network.wave",
    "projects.contribution",
    "projects.project",
    "roi.valuation",
)
"""What the lines of these sections walk back to."""


def _plain(value: Decimal | None) -> float | None:
    return None if value is None else float(value)


def goals(scope: Scope) -> Sequence[Part]:
    """Indicators by objective: where from, where to, and the latest value of the period; without one, why."""
    rows = Indicator.objects.filter(ended_on__isnull=True).select_related("objective")
    rows = rows.order_by("objective__name_folded", "name_folded")[:MOST]
    told = Observation.objects.filter(
        indicator__in=list(rows), begins_on__lte=scope.period.ends, ends_on__gte=scope.period.begins
    )
    latest = {row.indicator_id: row for row in told.order_by("begins_on")}
    lines = [_indicator(row, latest.get(row.pk)) for row in rows]
    columns = (
        _("Objective"),
        _("Indicator"),
        _("Unit"),
        _("Baseline"),
        _("Target"),
        _("Latest value"),
        _("Until"),
    )
    return [Part(_("Indicators"), columns, lines, (3, 4, 5))] if lines else []


def _indicator(row: Indicator, seen: Observation | None) -> ReportLine:
    value: Any = None
    if seen is not None:
        value = _plain(seen.value) if seen.value is not None else str(seen.get_reason_display())
    cells = (
        row.objective.name if row.objective else "",
        row.name,
        row.unit,
        _plain(row.baseline_value),
        _plain(row.target_value),
        value,
        seen.ends_on.isoformat() if seen is not None else "",
    )
    ref = Ref("indicators", "observation", seen.pk) if seen is not None else Ref("goals", "indicator", row.pk)
    return ReportLine(cells, ref)


def money(scope: Scope) -> Sequence[Part]:
    """Projects: what is planned to be spent, what was spent and came in during the period, what was given. For a partner its gifts."""
    if scope.organisation is not None:
        return _gifts(scope, scope.organisation)
    within = {"on__gte": scope.period.begins, "on__lte": scope.period.ends}
    spent, income, planned, given = (
        dict(rows.values_list("project").annotate(total=Sum(column)))
        for rows, column in (
            (Actual.objects.filter(line__is_income=False, **within), "amount"),
            (Actual.objects.filter(line__is_income=True, **within), "amount"),
            (BudgetLine.objects.filter(is_income=False), "planned"),
            (Contribution.objects.filter(**within), "value"),
        )
    )
    known = set(spent) | set(income) | set(planned) | set(given)
    rows = Project.objects.filter(pk__in=known).order_by("name_folded")[:MOST]
    lines = [
        ReportLine(
            (row.name, row.currency, *(float(major(one.get(row.pk) or 0, row.currency)) for one in (planned, spent, income, given))),
            Ref("projects", "project", row.pk),
        )
        for row in rows
    ]  # fmt: skip
    columns = (_("Project"), _("Currency"), _("Planned to spend"), _("Spent"), _("Came in"), _("Given"))
    return [Part(_("Projects"), columns, lines, (2, 3, 4, 5), money=(2, 3, 4, 5))] if lines else []


def _gifts(scope: Scope, organisation: int) -> Sequence[Part]:
    rows = Contribution.objects.filter(
        organisation_id=organisation, on__gte=scope.period.begins, on__lte=scope.period.ends
    ).select_related("project")
    lines = [
        ReportLine(
            (
                row.on.isoformat(),
                row.project.name,
                str(row),
                float(major(row.value, row.project.currency)) if row.value else None,
                row.project.currency if row.value else "",
                _plain(row.hours),
            ),
            Ref("projects", "contribution", row.pk),
        )
        for row in rows.order_by("on", "pk")[:MOST]
    ]
    columns = (_("Day"), _("Project"), _("What"), _("Value"), _("Currency"), _("Hours"))
    return [Part(_("What you gave"), columns, lines, (3, 5), money=(3,))] if lines else []


def promises(scope: Scope) -> Sequence[Part]:
    """Promises that were due in the period: how many of them were kept, then those that are still open; for a partner each of its own and of
    ours to it."""
    rows = Commitment.objects.filter(due_on__gte=scope.period.begins, due_on__lte=scope.period.ends)
    if scope.organisation is not None:
        of_partner = Q(organisation_id=scope.organisation) | Q(to_organisation_id=scope.organisation)
        return _each(rows.filter(of_partner), _("Promises due"))
    return [*_kept(rows, scope), *_each(rows.filter(settled=""), _("Open and late promises"))]


def _kept(rows: QuerySet[Commitment], scope: Scope) -> Sequence[Part]:
    """How many stand in each state, by who promised; every number opens its promises."""
    today = timezone.localdate()
    lines = []
    for direction in Commitment.Direction:
        found = tally_of(rows.filter(direction=direction), today)
        if found.total:
            states = {"due": list(WERE_DUE), **{name: [name] for name in TOLD}}
            opens = {at: _promised(scope, direction, states[name]) for at, name in enumerate(states, 1)}
            counts = [getattr(found, name) for name in states]
            rate = None if found.rate is None else round(found.rate * 100)
            lines.append(ReportLine((str(direction.label), *counts, rate), opens=opens))
    columns = (
        _("Who promised"), _("Were due"), _("Kept in time"), _("Kept late"), _("Not kept"), _("Late"), _("Released"), _("Open"),
        _("Kept-rate in %"),
    )  # fmt: skip
    note = _(
        "The kept-rate is the share of those kept in time among all that were due. What is not due yet, and what was released by whoever "
        "it was promised to, counts neither way."
    )
    return [Part(_("Promises kept"), columns, lines, tuple(range(1, 9)), note)] if lines else []


def _promised(scope: Scope, direction: str, states: Sequence[str]) -> str:
    """The list of these promises."""
    days = [("due_from", scope.period.begins.isoformat()), ("due_to", scope.period.ends.isoformat())]
    chosen = [("direction", str(direction)), *(("state", one) for one in states), *days]
    return f"{reverse('commitments:list')}?{urlencode(chosen)}"


def _each(rows: QuerySet[Commitment], title: str) -> Sequence[Part]:
    """One line for each promise."""
    today = timezone.localdate()
    lines = [
        ReportLine(
            (
                row.due_on.isoformat(),
                str(row.get_direction_display()),
                str(row.organisation or row.person or ""),
                row.what,
                _outcome(row, today),
            ),
            Ref("commitments", "commitment", row.pk),
        )
        for row in rows.select_related("organisation", "person").order_by("due_on", "pk")[:MOST]
    ]
    columns = (_("Due on"), _("Who promised"), _("Partner"), _("What was promised"), _("Outcome"))
    return [Part(title, columns, lines)] if lines else []


def _outcome(row: Commitment, today: date) -> str:
    if row.settled:
        return str(row.get_settled_display())
    return _("late") if row.due_on < today else _("open")


def value(scope: Scope) -> Sequence[Part]:
    """Valuations whose days touch the period: inputs, and the ratio from low to high, or that none is shown."""
    rows = Valuation.objects.filter(
        ended_on__isnull=True, begins_on__lte=scope.period.ends, ends_on__gte=scope.period.begins
    )
    lines = []
    for row in rows.order_by("name_folded")[:MOST]:
        found = reckon(row)
        ratios = (
            [_("not shown")] * 3
            if found.why_hidden
            else [round(float(found.gross(case)), 1) for case in ("low", "base", "high")]
        )
        cells: Sequence[Any] = (row.name, row.currency, round(float(found.inputs["base"]), 2), *ratios)
        lines.append(ReportLine(cells, Ref("roi", "valuation", row.pk)))
    columns = (_("Valuation"), _("Currency"), _("Inputs"), _("Low"), _("Base"), _("High"))
    note = _("Gross ratio of value to inputs, a range. None is shown where too much of it rests on assumptions without a source.")  # fmt: skip
    return [Part(_("Cost and value"), columns, lines, (2, 3, 4, 5), note, money=(2,))] if lines else []


def network(scope: Scope) -> Sequence[Part]:
    """Waves that began in the period."""
    rows = Wave.objects.filter(begins_on__gte=scope.period.begins, begins_on__lte=scope.period.ends)
    lines = []
    for row in rows.order_by("begins_on", "pk")[:50]:
        found = measured(row, is_whole=False)
        cells = (
            row.name,
            found.shape.members,
            found.answered,
            found.shape.pairs,
            None if found.shape.density is None else round(found.shape.density, 2),
            None if found.trust is None else round(found.trust),
            None if found.value is None else round(found.value),
        )
        lines.append(ReportLine(cells, Ref("network", "wave", row.pk)))
    columns = (
        _("Wave"),
        _("Partners asked"),
        _("Answered"),
        _("Pairs that work together"),
        _("Density"),
        _("Trust index"),
        _("Value index"),
    )
    note = _("Own wording, not a validated instrument. Empty: hidden, or not enough partners.")
    return [Part(_("How partners work together"), columns, lines, (1, 2, 3, 4, 5, 6), note)] if lines else []


def said(scope: Scope) -> Sequence[Part]:
    """What people said and what was done, as far as it is public."""
    rows = Answer.objects.filter(
        withdrawn_on__isnull=True, published_on__gte=scope.period.begins, published_on__lte=scope.period.ends
    )
    lines = [
        ReportLine((row.you_said, row.we_did), Ref("feedback", "answer", row.pk))
        for row in rows.order_by("published_on", "pk")[:MOST]
    ]
    return [Part(_("You said, we did"), (_("You said"), _("We did")), lines)] if lines else []
