"""Marks on the way, and the milestones passed there."""

from __future__ import annotations

import uuid
from datetime import date, datetime
from decimal import Decimal

from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from barnraise.why.goals.models import Indicator

DIGITS, PLACES = 18, 4


class Mark(models.Model):
    """Each time an indicator has passed another `step`, a milestone is reached: every 1,000 volunteer hours.

    Sums and counts add up over all periods; of any other rule the largest value of a period counts.
    """

    uuid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    indicator = models.ForeignKey(
        Indicator, models.CASCADE, related_name="+", db_index=False, verbose_name=_("indicator")
    )
    step: models.DecimalField[Decimal, Decimal] = models.DecimalField(
        _("every"), max_digits=DIGITS, decimal_places=PLACES
    )
    words = models.CharField(_("what is counted, in words for everybody"), max_length=120)
    ended_at: models.DateTimeField[datetime | None, datetime | None] = models.DateTimeField(
        _("ended"), null=True, editable=False
    )
    is_sample = models.BooleanField(default=False, editable=False)
    created_at: models.DateTimeField[datetime, datetime] = models.DateTimeField(editable=False)
    updated_at: models.DateTimeField[datetime, datetime] = models.DateTimeField(editable=False)

    class Meta:
        verbose_name = _("mark")
        verbose_name_plural = _("marks")
        constraints = [
            models.UniqueConstraint(
                fields=["indicator", "step"], condition=Q(ended_at__isnull=True), name="recognition_mark_once"
            ),
            models.CheckConstraint(condition=Q(step__gt=0), name="recognition_step"),
        ]
        indexes = [models.Index(fields=["updated_at", "id"], name="recognition_mark_updated")]

    def __str__(self) -> str:
        return f"{self.words}: {self.step.normalize():f}"

    def get_absolute_url(self) -> str:
        """Its page."""
        return reverse("recognition:mark", args=[self.uuid])


class Milestone(models.Model):
    """A mark was passed: `value` on the way, on the last day of the period in which that happened."""

    class State(models.TextChoices):
        NEW = "new", _("Not told yet")
        TOLD = "told", _("Told")
        LEFT = "left", _("Let go")

    uuid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    mark = models.ForeignKey(Mark, models.CASCADE, related_name="milestones", db_index=False)
    value: models.DecimalField[Decimal, Decimal] = models.DecimalField(
        _("value"), max_digits=DIGITS, decimal_places=PLACES
    )
    reached_on: models.DateField[date, date] = models.DateField(_("reached"))
    state = models.CharField(_("state"), max_length=4, choices=State.choices, default=State.NEW)
    created_at: models.DateTimeField[datetime, datetime] = models.DateTimeField(editable=False)
    updated_at: models.DateTimeField[datetime, datetime] = models.DateTimeField(editable=False)

    class Meta:
        verbose_name = _("milestone")
        verbose_name_plural = _("milestones")
        constraints = [
            models.UniqueConstraint(fields=["mark", "value"], name="recognition_milestone_once"),
        ]
        indexes = [
            models.Index(fields=["updated_at", "id"], name="recognition_milestone_updated"),
            models.Index(fields=["reached_on", "id"], name="recognition_milestone_on"),
            models.Index(fields=["state", "reached_on", "id"], name="recognition_milestone_state"),
        ]

    def __str__(self) -> str:
        return f"{self.value.normalize():,f} {self.mark.words}"

    def get_absolute_url(self) -> str:
        """Its page."""
        return reverse("recognition:milestone", args=[self.uuid])
