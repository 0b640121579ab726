"""A number that somebody reports: one of the team, or a partner by their own link."""

from __future__ import annotations

import uuid
from datetime import date, datetime
from decimal import Decimal

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from barnraise.foundation.periods import Period
from barnraise.who.organisations.models import Organisation
from barnraise.why.goals.models import Indicator

from .observation import DIGITS, PLACES, Reason


class Report(models.Model):
    """What one partner, or the team where there is none, says of an indicator for a period.

    Asked until it is answered with a value or a reason. Reports are the rows of observations without a source.
    """

    class Way(models.TextChoices):
        LINK = "link", _("By their own link")
        HAND = "hand", _("Written by the team")
        IMPORT = "import", _("Taken in from a file")

    uuid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    indicator = models.ForeignKey(
        Indicator, models.PROTECT, related_name="reports", db_index=False, verbose_name=_("indicator")
    )
    organisation = models.ForeignKey(
        Organisation, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("organisation")
    )
    begins_on: models.DateField[date, date] = models.DateField(_("from"))
    ends_on: models.DateField[date, date] = models.DateField(_("until"))
    due_on: models.DateField[date | None, date | None] = models.DateField(_("due"), null=True, blank=True)
    value: models.DecimalField[Decimal | None, Decimal | None] = models.DecimalField(
        _("value"), max_digits=DIGITS, decimal_places=PLACES, null=True, blank=True
    )
    reason = models.CharField(_("why there is none"), max_length=16, choices=Reason.choices, blank=True)
    note = models.CharField(_("note"), max_length=500, blank=True)
    signed_by = models.CharField(_("who reports"), max_length=200, blank=True)
    way = models.CharField(_("how"), max_length=6, choices=Way.choices, blank=True)
    asked_at = models.DateTimeField(editable=False)
    answered_at: models.DateTimeField[datetime | None, datetime | None] = models.DateTimeField(
        null=True, editable=False
    )
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+")
    is_sample = models.BooleanField(default=False, editable=False)
    created_at = models.DateTimeField(editable=False)
    updated_at = models.DateTimeField(editable=False)

    class Meta:
        verbose_name = _("report of a number")
        verbose_name_plural = _("reports of numbers")
        constraints = [
            models.UniqueConstraint(
                fields=["indicator", "begins_on", "organisation"], name="indicators_report_once"
            ),
            models.UniqueConstraint(
                fields=["indicator", "begins_on"],
                condition=Q(organisation__isnull=True),
                name="indicators_own_once",
            ),
            models.CheckConstraint(
                condition=Q(answered_at__isnull=True, value__isnull=True, reason="")
                | Q(answered_at__isnull=False) & (Q(value__isnull=True) ^ Q(reason="")),
                name="indicators_report_answer",
            ),
        ]
        indexes = [
            models.Index(
                fields=["due_on", "id"], name="indicators_report_due", condition=Q(answered_at=None)
            ),
            models.Index(fields=["updated_at", "id"], name="indicators_report_updated"),
        ]

    def __str__(self) -> str:
        return f"{self.indicator.name}, {self.period}"

    @property
    def period(self) -> Period:
        """The days it is about."""
        return Period(self.begins_on, self.ends_on)

    @property
    def is_answered(self) -> bool:
        """It has a value or a reason."""
        return self.answered_at is not None
