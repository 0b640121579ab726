"""What projects give to indicators: hours, value given, placements."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from decimal import Decimal
from typing import Any

from babel.numbers import get_currency_precision
from django import forms
from django.db.models import QuerySet
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from barnraise.foundation.periods import Period
from barnraise.foundation.refs import Ref
from barnraise.plumbing.ui.forms import Form
from barnraise.plumbing.ui.picking import offer
from barnraise.why.goals.sockets import Row, Source, stamp_of

from . import reaching
from .models import Contribution, Placement, Project

AT_ONCE = 2000


class ProjectChoice(Form):
    """Of which project."""

    project = forms.ModelChoiceField(
        Project.objects.none(),
        label=_("Project"),
        required=False,
        help_text=_("None: all of them."),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        offer(self, "project", Project.objects.order_by("name_folded"), folded="name_folded")

    def clean(self) -> dict[str, Any]:
        """The key of the project."""
        cleaned = super().clean() or self.cleaned_data
        chosen = cleaned.get("project")
        cleaned["project"] = chosen.pk if isinstance(chosen, Project) else None
        return cleaned


def _words(options: Mapping[str, Any]) -> str:
    name = Project.objects.filter(pk=int(options.get("project") or 0)).values_list("name", flat=True).first()
    return _now("Of the project “%(name)s”") % {"name": name} if name else _now("Of all projects")


def _gifts(options: Mapping[str, Any], period: Period) -> QuerySet[Contribution]:
    rows = Contribution.objects.filter(on__gte=period.begins, on__lte=period.ends)
    return rows.filter(project_id=options["project"]) if options.get("project") else rows


def _gift_stamp(options: Mapping[str, Any], period: Period) -> str:
    return stamp_of(_gifts(options, period), "updated_at")


def _hours(options: Mapping[str, Any], period: Period) -> Iterator[Row]:
    rows = _gifts(options, period).filter(hours__isnull=False).order_by("pk").values_list("pk", "on", "hours")
    for key, on, hours in rows.iterator(chunk_size=AT_ONCE):
        yield Row(Ref("projects", "contribution", key), on, hours or Decimal(0))


def _value(options: Mapping[str, Any], period: Period) -> Iterator[Row]:
    rows = _gifts(options, period).filter(value__gt=0).order_by("pk")
    for key, on, value, currency in rows.values_list("pk", "on", "value", "project__currency").iterator(
        chunk_size=AT_ONCE
    ):
        yield Row(
            Ref("projects", "contribution", key), on, Decimal(value).scaleb(-get_currency_precision(currency))
        )


def _placements(options: Mapping[str, Any], period: Period) -> QuerySet[Placement]:
    rows = Placement.objects.filter(started_on__gte=period.begins, started_on__lte=period.ends)
    return rows.filter(opening__project_id=options["project"]) if options.get("project") else rows


def _placement_stamp(options: Mapping[str, Any], period: Period) -> str:
    return stamp_of(_placements(options, period), "updated_at")


def _started(options: Mapping[str, Any], period: Period) -> Iterator[Row]:
    rows = _placements(options, period).order_by("pk").values_list("pk", "started_on", "person_id")
    for key, on, person in rows.iterator(chunk_size=AT_ONCE):
        if on is not None:
            counts = Ref("people", "person", person) if person else None
            yield Row(Ref("projects", "placement", key), on, counts=counts)


class OneProject(ProjectChoice):
    """Of which project: one has to be chosen."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["project"].required = True
        self.fields["project"].help_text = ""


SOURCES: Mapping[str, Source] = {
    "projects.reach": Source(
        label=_("Reach of a project"),
        about=_(
            "Everybody whom its campaigns, single mails, events, coded links and posts reached in the period, whatever the channel."
        ),
        unit=_("people and visits"),
        rules=("sum",),
        rows=reaching.rows,
        form=OneProject,
        words=_words,
        stamp=reaching.stamp,
    ),
    "projects.reached_people": Source(
        label=_("Different people whom a project reached"),
        about=_(
            "Everybody of its campaigns, single mails and events of the period once. Visits are left out: nobody is told from another."
        ),
        unit=_("people"),
        rules=("distinct",),
        rows=reaching.people,
        form=OneProject,
        words=_words,
        stamp=reaching.stamp,
    ),
    "projects.hours": Source(
        label=_("Hours given to projects"),
        about=_("Hours of contributions of the period."),
        unit=_("hours"),
        rules=("sum",),
        rows=_hours,
        form=ProjectChoice,
        words=_words,
        stamp=_gift_stamp,
    ),
    "projects.value": Source(
        label=_("Value given to projects"),
        about=_("What contributions of the period count as money: money, goods, recognised services."),
        unit=_("money"),
        rules=("sum",),
        rows=_value,
        form=ProjectChoice,
        words=_words,
        stamp=_gift_stamp,
    ),
    "projects.started": Source(
        label=_("People who started in an opening"),
        about=_("Placements of the period: volunteers, trainees, mentor pairs, scholarships."),
        unit=_("people"),
        rules=("count", "distinct"),
        rows=_started,
        form=ProjectChoice,
        words=_words,
        stamp=_placement_stamp,
    ),
}
