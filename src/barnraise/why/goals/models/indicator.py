"""The number that tells whether an objective is being met."""

from __future__ import annotations

import uuid
from datetime import date
from decimal import Decimal

from django.conf import settings
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from .objective import Objective

DIGITS, PLACES = 18, 4


class Indicator(models.Model):
    """What is counted, in which unit, which way is better, and how rows become the value of a period.

    `source` is the name of a plug of goals.sources, "" where values are written by hand or by partners; `source_options`
    is what that plug's form asked. `green_from` and `amber_from` are shares of the path to the target, ours to set.
    """

    class Direction(models.TextChoices):
        UP = "up", _("Higher is better")
        DOWN = "down", _("Lower is better")

    class Rule(models.TextChoices):
        SUM = "sum", _("Sum of the values")
        MEAN = "mean", _("Mean of the values")
        LAST = "last", _("Last value")
        MAXIMUM = "maximum", _("Largest value")
        MINIMUM = "minimum", _("Smallest value")
        COUNT = "count", _("Number of rows")
        DISTINCT = "distinct", _("Number of different people or things")

    class Frequency(models.TextChoices):
        MONTH = "month", _("Every month")
        QUARTER = "quarter", _("Every quarter")
        YEAR = "year", _("Every year")

    uuid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    objective = models.ForeignKey(
        Objective,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="indicators",
        verbose_name=_("objective"),
    )
    name = models.CharField(_("measure"), max_length=200)
    name_folded = models.CharField(max_length=200, unique=True, editable=False)
    definition = models.TextField(_("what counts and what does not"), max_length=4000, blank=True)
    unit = models.CharField(_("unit"), max_length=40, blank=True)
    direction = models.CharField(
        _("direction"), max_length=4, choices=Direction.choices, default=Direction.UP
    )
    rule = models.CharField(
        _("how rows become the value"), max_length=8, choices=Rule.choices, default=Rule.SUM
    )
    frequency = models.CharField(
        _("how often"), max_length=8, choices=Frequency.choices, default=Frequency.QUARTER
    )
    baseline_value: models.DecimalField[Decimal | None, Decimal | None] = models.DecimalField(
        _("baseline"), max_digits=DIGITS, decimal_places=PLACES, null=True, blank=True
    )
    baseline_on: models.DateField[date | None, date | None] = models.DateField(
        _("day of the baseline"), null=True, blank=True
    )
    target_value: models.DecimalField[Decimal | None, Decimal | None] = models.DecimalField(
        _("target"), max_digits=DIGITS, decimal_places=PLACES, null=True, blank=True
    )
    target_on: models.DateField[date | None, date | None] = models.DateField(
        _("day of the target"), null=True, blank=True
    )
    source = models.CharField(_("source"), max_length=80, blank=True)
    source_options = models.JSONField(default=dict, blank=True, editable=False)
    source_note = models.CharField(_("where the numbers come from"), max_length=300, blank=True)
    owner = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("owner"),
    )
    green_from = models.DecimalField(
        _("green from this share of the path"),
        max_digits=4,
        decimal_places=2,
        default=Decimal("0.95"),
        validators=[MinValueValidator(Decimal(0)), MaxValueValidator(Decimal(2))],
    )
    amber_from = models.DecimalField(
        _("amber from this share of the path"),
        max_digits=4,
        decimal_places=2,
        default=Decimal("0.80"),
        validators=[MinValueValidator(Decimal(0)), MaxValueValidator(Decimal(2))],
    )
    ended_on = models.DateField(_("ended"), null=True, blank=True, editable=False)
    end_reason = models.TextField(_("why it ended"), max_length=1000, blank=True, editable=False)
    is_sample = models.BooleanField(default=False, editable=False)
    created_at = models.DateTimeField(editable=False)
    updated_at = models.DateTimeField(editable=False)

    class Meta:
        verbose_name = _("indicator")
        verbose_name_plural = _("indicators")
        constraints = [
            models.CheckConstraint(
                condition=Q(amber_from__lte=models.F("green_from")), name="goals_amber_below_green"
            ),
        ]
        indexes = [
            models.Index(fields=["updated_at", "id"], name="goals_indicator_updated"),
            models.Index(fields=["source", "id"], name="goals_indicator_source"),
            models.Index(fields=["ended_on", "id"], name="goals_indicator_ended"),
            models.Index(fields=["target_on", "id"], name="goals_indicator_target"),
        ]

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        """Its page."""
        return reverse("goals:indicator", args=[self.uuid])

    @property
    def is_ended(self) -> bool:
        """No value is asked of it any more."""
        return self.ended_on is not None
