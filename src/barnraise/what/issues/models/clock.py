"""How long an answer may take, by how severe a concern is, where the house says so itself."""

from __future__ import annotations

from datetime import datetime

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from .issue import Issue


class ResponseClock(models.Model):
    """One for each severity that an admin set; without a row the usual one holds."""

    class Unit(models.TextChoices):
        HOURS = "hours", pgettext_lazy("clock", "Hours, on weekends too")
        DAYS = "days", pgettext_lazy("clock", "Working days")

    severity = models.CharField(_("severity"), max_length=6, choices=Issue.Severity.choices, unique=True)
    amount = models.PositiveSmallIntegerField(_("how many"))
    unit = models.CharField(_("of what"), max_length=5, choices=Unit.choices)
    updated_at: models.DateTimeField[datetime, datetime] = models.DateTimeField(editable=False)

    class Meta:
        verbose_name = _("clock of concerns")
        verbose_name_plural = _("clocks of concerns")
        constraints = [models.CheckConstraint(condition=Q(amount__gte=1), name="issues_clock_runs")]

    def __str__(self) -> str:
        return f"{self.severity}: {self.amount} {self.unit}"
