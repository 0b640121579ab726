"""What an indicator was in a period, and the rows that it came from."""

from __future__ import annotations

import uuid
from datetime import date, datetime
from decimal import Decimal

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from barnraise.foundation.periods import Period
from barnraise.foundation.refs import Ref
from barnraise.why.goals.models import Indicator

DIGITS, PLACES = 18, 4


class Reason(models.TextChoices):
    """Why there is no value: a code, never text."""

    NOTHING = "nothing", _("Nothing happened in this period")
    NOT_COLLECTED = "not_collected", _("It was not collected")
    NOT_APPLICABLE = "not_applicable", _("It does not apply")
    NOT_SHARED = "not_shared", _("The partner does not share it")


class Observation(models.Model):
    """A value, or the reason why there is none, of an indicator for a period; equal to the indicator's rule over its rows.

    `stamp` says in which state rule and source were when it was counted; "" asks to count it anew. Once locked, a change
    leaves a restatement.
    """

    class Origin(models.TextChoices):
        SOURCE = "source", _("Counted by itself")
        REPORTED = "reported", _("Written by hand or by partners")

    uuid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    indicator = models.ForeignKey(
        Indicator, models.PROTECT, related_name="observations", verbose_name=_("indicator")
    )
    begins_on: models.DateField[date, date] = models.DateField(_("from"))
    ends_on: models.DateField[date, date] = models.DateField(_("until"))
    value: models.DecimalField[Decimal | None, Decimal | None] = models.DecimalField(
        _("value"), max_digits=DIGITS, decimal_places=PLACES, null=True, blank=True
    )
    reason = models.CharField(_("why there is none"), max_length=16, choices=Reason.choices, blank=True)
    origin = models.CharField(_("how it came"), max_length=8, choices=Origin.choices)
    row_count = models.IntegerField(_("rows"), default=0)
    stamp = models.CharField(max_length=64, blank=True, editable=False)
    computed_at = models.DateTimeField(_("counted"), editable=False)
    locked_at: models.DateTimeField[datetime | None, datetime | None] = models.DateTimeField(
        _("locked"), null=True, blank=True, editable=False
    )
    locked_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+")
    restated_at: models.DateTimeField[datetime | None, datetime | None] = models.DateTimeField(
        _("restated"), null=True, blank=True, editable=False
    )
    is_sample = models.BooleanField(default=False, editable=False)
    created_at = models.DateTimeField(editable=False)
    updated_at = models.DateTimeField(editable=False)

    class Meta:
        verbose_name = _("observation")
        verbose_name_plural = _("observations")
        constraints = [
            models.UniqueConstraint(fields=["indicator", "begins_on"], name="indicators_one_a_period"),
            models.CheckConstraint(
                condition=Q(value__isnull=True) ^ Q(reason=""), name="indicators_value_or_reason"
            ),
            models.CheckConstraint(condition=Q(ends_on__gte=models.F("begins_on")), name="indicators_period"),
        ]
        indexes = [
            models.Index(fields=["begins_on", "id"], name="indicators_begins"),
            models.Index(fields=["updated_at", "id"], name="indicators_updated"),
            models.Index(fields=["origin", "begins_on", "id"], name="indicators_origin"),
            models.Index(fields=["reason", "begins_on", "id"], name="indicators_reason"),
            models.Index(fields=["restated_at", "id"], name="indicators_restated"),
            models.Index(fields=["locked_at", "id"], name="indicators_locked"),
        ]

    def __str__(self) -> str:
        return f"{self.indicator.name}, {self.period}"

    def get_absolute_url(self) -> str:
        """Its page."""
        return reverse("indicators:observation", args=[self.uuid])

    @property
    def period(self) -> Period:
        """The days it is about."""
        return Period(self.begins_on, self.ends_on)

    @property
    def is_locked(self) -> bool:
        """A change leaves a restatement."""
        return self.locked_at is not None


class ObservationRow(models.Model):
    """One row behind an observation, by typed reference. `counts_kind` and `counts_key` are what a distinct count tells apart.

    Of an erased person the row stays counted and says no more who it was. `part` is the part of its source that it stands in.
    """

    observation = models.ForeignKey(Observation, models.CASCADE, related_name="rows", db_index=False)
    kind = models.CharField(max_length=60)
    key = models.BigIntegerField()
    counts_kind = models.CharField(max_length=60)
    counts_key = models.BigIntegerField()
    part: models.BigIntegerField[int | None, int | None] = models.BigIntegerField(null=True, editable=False)
    on: models.DateField[date, date] = models.DateField()
    value: models.DecimalField[Decimal, Decimal] = models.DecimalField(
        max_digits=DIGITS, decimal_places=PLACES
    )

    class Meta:
        verbose_name = _("row behind an observation")
        verbose_name_plural = _("rows behind observations")
        constraints = [
            models.UniqueConstraint(
                fields=["observation", "kind", "key", "counts_kind", "counts_key"], name="indicators_row_once"
            ),
        ]
        indexes = [
            models.Index(fields=["kind", "key"], name="indicators_row_of"),
            models.Index(fields=["counts_kind", "counts_key"], name="indicators_row_counts"),
            models.Index(
                fields=["observation", "part"], name="indicators_row_part", condition=Q(part__isnull=False)
            ),
        ]

    def __str__(self) -> str:
        return f"{self.observation_id} ← {self.kind}:{self.key}"

    @property
    def ref(self) -> Ref:
        """What it is."""
        label, _dot, model = self.kind.partition(".")
        return Ref(label, model, self.key)

    @property
    def counts(self) -> Ref:
        """What a distinct count tells apart."""
        label, _dot, model = self.counts_kind.partition(".")
        return Ref(label, model, self.counts_key)


class ObservationPart(models.Model):
    """In which state a part of an observation's source was when its rows were read; "" asks to read them anew."""

    observation = models.ForeignKey(Observation, models.CASCADE, related_name="parts", db_index=False)
    part = models.BigIntegerField()
    stamp = models.CharField(max_length=64, blank=True)

    class Meta:
        verbose_name = _("part of an observation")
        verbose_name_plural = _("parts of observations")
        constraints = [models.UniqueConstraint(fields=["observation", "part"], name="indicators_part_once")]

    def __str__(self) -> str:
        return f"{self.observation_id} {self.part}"


class Restatement(models.Model):
    """A locked observation was changed: what it said before, what it says since, and why."""

    observation = models.ForeignKey(Observation, models.CASCADE, related_name="restatements")
    old_value: models.DecimalField[Decimal | None, Decimal | None] = models.DecimalField(
        max_digits=DIGITS, decimal_places=PLACES, null=True
    )
    old_reason = models.CharField(max_length=16, choices=Reason.choices, blank=True)
    new_value: models.DecimalField[Decimal | None, Decimal | None] = models.DecimalField(
        max_digits=DIGITS, decimal_places=PLACES, null=True
    )
    new_reason = models.CharField(max_length=16, choices=Reason.choices, blank=True)
    added_count = models.IntegerField(default=0)
    removed_count = models.IntegerField(default=0)
    note = models.CharField(_("why"), max_length=300, blank=True)
    at = models.DateTimeField()
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+")

    class Meta:
        verbose_name = _("restatement")
        verbose_name_plural = _("restatements")

    def __str__(self) -> str:
        return f"{self.observation_id}: {self.old_value} → {self.new_value}"
