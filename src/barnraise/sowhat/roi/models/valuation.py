"""A valuation: what a project or an event cost, what came of it, and every assumption that turns outcomes into money."""

from __future__ import annotations

import uuid
from datetime import date, datetime
from decimal import Decimal

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from barnraise.foundation.periods import Period
from barnraise.why.goals.models import Indicator


class Valuation(models.Model):
    """The costs of a period beside the value of its outcomes, in one currency and the prices of one year.

    `cites` is the typed reference of the project or event it values: its costs are read, never typed again. Once it has ended
    nothing in it changes; `end_reason` says why it is no longer used.
    """

    uuid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    name = models.CharField(_("name"), max_length=200)
    name_folded = models.CharField(max_length=200, unique=True, editable=False)
    about = models.TextField(_("what it values, and for whom"), max_length=2000, blank=True)
    cites = models.CharField(_("values"), max_length=80, db_index=True)
    begins_on: models.DateField[date, date] = models.DateField(_("from"))
    ends_on: models.DateField[date, date] = models.DateField(_("until"))
    currency = models.CharField(_("currency"), max_length=3, editable=False)
    is_first_year_discounted = models.BooleanField(_("discount the first year too"), default=True)
    owner = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("who sees to it"),
    )
    ended_on: models.DateField[date | None, date | None] = models.DateField(
        _("ended"), null=True, editable=False
    )
    end_reason = models.CharField(_("why it ended"), max_length=300, blank=True, editable=False)
    is_sample = models.BooleanField(default=False, editable=False)
    created_at: models.DateTimeField[datetime, datetime] = models.DateTimeField(editable=False)
    updated_at: models.DateTimeField[datetime, datetime] = models.DateTimeField(editable=False)

    class Meta:
        verbose_name = _("valuation")
        verbose_name_plural = _("valuations")
        constraints = [
            models.CheckConstraint(
                condition=Q(ends_on__gte=F("begins_on")),
                name="roi_in_order",
                violation_error_message=_("It ends before it begins."),
            ),
            models.CheckConstraint(
                condition=Q(ended_on__isnull=True, end_reason="")
                | Q(ended_on__isnull=False) & ~Q(end_reason=""),
                name="roi_ended_with_reason",
                violation_error_message=_("Say why."),
            ),
        ]
        indexes = [
            models.Index(fields=["updated_at", "id"], name="roi_updated"),
            models.Index(fields=["ends_on", "id"], name="roi_ends"),
        ]

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        """Its page."""
        return reverse("roi:one", args=[self.uuid])

    @property
    def period(self) -> Period:
        """The days whose costs and outcomes count."""
        return Period(self.begins_on, self.ends_on)


class Outcome(models.Model):
    """A change for people that is valued. How many comes from an indicator's observations, else from an assumption."""

    uuid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    valuation = models.ForeignKey(Valuation, models.CASCADE, related_name="outcomes")
    name = models.CharField(_("what changed"), max_length=200)
    name_folded = models.CharField(max_length=200, editable=False)
    about = models.TextField(_("for whom, and how it is known"), max_length=1000, blank=True)
    indicator = models.ForeignKey(
        Indicator,
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("indicator that says how many"),
    )
    created_at: models.DateTimeField[datetime, datetime] = models.DateTimeField(editable=False)
    updated_at: models.DateTimeField[datetime, datetime] = models.DateTimeField(editable=False)

    class Meta:
        verbose_name = _("valued outcome")
        verbose_name_plural = _("valued outcomes")
        constraints = [
            models.UniqueConstraint(fields=["valuation", "name_folded"], name="roi_outcome_once"),
        ]

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        """Its page."""
        return reverse("roi:outcome", args=[self.uuid])


class Assumption(models.Model):
    """One line of the register: a number that is not counted but assumed, from low to high, and where it comes from.

    Amounts (`proxy`, `hour_value`) are in whole units of the valuation's currency, shares and rates from 0 to 1. Of an outcome,
    or (`rate`, `hour_value`) of the valuation as a whole.
    """

    class Kind(models.TextChoices):
        QUANTITY = "quantity", _("How many")
        PROXY = "proxy", _("Value of one")
        DEADWEIGHT = "deadweight", _("Deadweight")
        DISPLACEMENT = "displacement", _("Displacement")
        ATTRIBUTION = "attribution", _("Attribution to others")
        DROPOFF = "dropoff", _("Drop-off a year")
        DURATION = "duration", _("Years it lasts")
        RATE = "rate", _("Discount rate")
        HOUR_VALUE = "hour_value", _("Value of a volunteer hour")

    uuid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    valuation = models.ForeignKey(Valuation, models.CASCADE, related_name="assumptions", db_index=False)
    outcome = models.ForeignKey(
        Outcome, models.CASCADE, null=True, related_name="assumptions", db_index=False
    )
    kind = models.CharField(_("assumption"), max_length=12, choices=Kind.choices)
    low: models.DecimalField[Decimal, Decimal] = models.DecimalField(
        _("low"), max_digits=18, decimal_places=6
    )
    base: models.DecimalField[Decimal, Decimal] = models.DecimalField(
        _("base"), max_digits=18, decimal_places=6
    )
    high: models.DecimalField[Decimal, Decimal] = models.DecimalField(
        _("high"), max_digits=18, decimal_places=6
    )
    source = models.CharField(_("source"), max_length=300, blank=True)
    source_url = models.URLField(_("address of the source"), max_length=500, blank=True)
    seen_on: models.DateField[date | None, date | None] = models.DateField(
        _("seen on"), null=True, blank=True
    )
    created_at: models.DateTimeField[datetime, datetime] = models.DateTimeField(editable=False)
    updated_at: models.DateTimeField[datetime, datetime] = models.DateTimeField(editable=False)

    class Meta:
        verbose_name = _("assumption")
        verbose_name_plural = _("assumptions")
        constraints = [
            models.UniqueConstraint(
                fields=["outcome", "kind"], condition=Q(outcome__isnull=False), name="roi_assumed_once"
            ),
            models.UniqueConstraint(
                fields=["valuation", "kind"],
                condition=Q(outcome__isnull=True),
                name="roi_assumed_once_for_all",
            ),
            models.CheckConstraint(
                condition=Q(low__lte=F("base")) & Q(base__lte=F("high")),
                name="roi_low_to_high",
                violation_error_message=_("Write them from low over base to high."),
            ),
            models.CheckConstraint(
                condition=Q(kind__in=("rate", "hour_value"), outcome__isnull=True)
                | ~Q(kind__in=("rate", "hour_value")) & Q(outcome__isnull=False),
                name="roi_of_outcome_or_whole",
            ),
        ]
        indexes = [
            models.Index(fields=["valuation", "outcome", "id"], name="roi_register"),
            models.Index(fields=["updated_at", "id"], name="roi_assumed"),
            models.Index(fields=["valuation"], name="roi_unsourced", condition=Q(source="")),
        ]

    def __str__(self) -> str:
        return f"{self.get_kind_display()}: {self.base.normalize():f}"


KINDS_OF_OUTCOME = ("quantity", "proxy", "deadweight", "displacement", "attribution", "dropoff", "duration")
"""What is assumed of an outcome, in the order of the reckoning."""
KINDS_OF_WHOLE = ("rate", "hour_value")
"""What is assumed for the valuation as a whole."""
SHARES = ("deadweight", "displacement", "attribution", "dropoff")
"""From 0 to 1."""
