"""A report: for whom, about which days, with which sections; and, once issued, what it said."""

from __future__ import annotations

import uuid
from collections.abc import Mapping, Sequence
from datetime import date, datetime
from typing import Any

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from barnraise.foundation.periods import Period
from barnraise.who.organisations.models import Organisation


class Report(models.Model):
    """A draft reads its rows anew every time it is opened. When it is issued, `content` keeps what it said, with the reference of
    every line, and nothing in it changes any more; it may be withdrawn with a reason.

    `sections` are names of the socket reports.sections, in order.
    """

    class Audience(models.TextChoices):
        BOARD = "board", _("Board of directors")
        FUNDER = "funder", _("Funder")
        PARTNER = "partner", _("Partner")

    uuid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    name = models.CharField(_("title"), max_length=200)
    name_folded = models.CharField(max_length=200, unique=True, editable=False)
    audience = models.CharField(_("for"), max_length=7, choices=Audience.choices)
    organisation = models.ForeignKey(
        Organisation, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("for whom")
    )
    begins_on: models.DateField[date, date] = models.DateField(_("from"))
    ends_on: models.DateField[date, date] = models.DateField(_("until"))
    intro = models.TextField(_("foreword"), max_length=4000, blank=True)
    language = models.CharField(_("language"), max_length=10)
    sections: models.JSONField[Sequence[str], Sequence[str]] = models.JSONField(_("sections"), default=list)
    content: models.JSONField[Sequence[Mapping[str, Any]], Sequence[Mapping[str, Any]]] = models.JSONField(
        default=list, editable=False
    )
    issued_on: models.DateField[date | None, date | None] = models.DateField(
        _("issued"), null=True, editable=False
    )
    issued_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, editable=False, related_name="+", db_index=False
    )
    withdrawn_on: models.DateField[date | None, date | None] = models.DateField(
        _("withdrawn"), null=True, editable=False
    )
    withdrawn_reason = models.CharField(_("why it was withdrawn"), max_length=300, blank=True, editable=False)
    is_sample = models.BooleanField(default=False, editable=False)
    created_at: models.DateTimeField[datetime, datetime] = models.DateTimeField(editable=False)
    updated_at: models.DateTimeField[datetime, datetime] = models.DateTimeField(editable=False)

    class Meta:
        verbose_name = _("report")
        verbose_name_plural = _("reports")
        constraints = [
            models.CheckConstraint(condition=Q(ends_on__gte=F("begins_on")), name="reports_in_order"),
            models.CheckConstraint(
                condition=Q(withdrawn_on__isnull=True, withdrawn_reason="")
                | Q(withdrawn_on__isnull=False, issued_on__isnull=False) & ~Q(withdrawn_reason=""),
                name="reports_withdrawn_with_reason",
            ),
        ]
        indexes = [
            models.Index(fields=["updated_at", "id"], name="reports_updated"),
            models.Index(fields=["ends_on", "id"], name="reports_ends"),
            models.Index(fields=["issued_on", "id"], name="reports_issued"),
            models.Index(fields=["audience", "ends_on", "id"], name="reports_audience"),
        ]

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        """Its page."""
        return reverse("reports:one", args=[self.uuid])

    @property
    def period(self) -> Period:
        """The days it is about."""
        return Period(self.begins_on, self.ends_on)


class Cited(models.Model):
    """A line of an issued report walks back to this; kept when it is issued, so that the thread leads down to the report too."""

    report = models.ForeignKey(Report, models.CASCADE, related_name="cited", db_index=False)
    ref = models.CharField(max_length=120)

    class Meta:
        verbose_name = _("what a report cites")
        verbose_name_plural = _("what reports cite")
        constraints = [models.UniqueConstraint(fields=["report", "ref"], name="reports_cited_once")]
        indexes = [models.Index(fields=["ref", "report"], name="reports_citing")]

    def __str__(self) -> str:
        return f"{self.report_id} → {self.ref}"
