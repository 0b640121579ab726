"""Meetings that come round: a coalition's monthly table, a steering group."""

from __future__ import annotations

import uuid
from datetime import date, datetime

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from barnraise.who.organisations.models import Organisation

from ..cadence import due_on


class Series(models.Model):
    """Meetings of one name. `next_due_on` is kept beside `last_held_on` and `cadence_days`, so that Today finds what is due."""

    uuid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    name = models.CharField(_("name"), max_length=200)
    name_folded = models.CharField(max_length=200, unique=True, editable=False)
    about = models.TextField(_("what it is for"), max_length=2000, blank=True)
    place = models.CharField(_("place"), max_length=300, blank=True)
    cadence_days = models.PositiveSmallIntegerField(_("cadence in days"), null=True, blank=True)
    starts_on: models.DateField[date, date] = models.DateField(_("first meeting due"))
    last_held_on: models.DateField[date | None, date | None] = models.DateField(
        _("last held"), null=True, editable=False
    )
    next_due_on: models.DateField[date | None, date | None] = models.DateField(
        _("due again"), null=True, editable=False
    )
    ended_on: models.DateField[date | None, date | None] = models.DateField(
        _("ended"), null=True, editable=False
    )
    owner = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("who sees to it"),
    )
    is_sample = models.BooleanField(default=False, editable=False)
    created_at: models.DateTimeField[datetime, datetime] = models.DateTimeField(editable=False)
    updated_at: models.DateTimeField[datetime, datetime] = models.DateTimeField(editable=False)

    class Meta:
        verbose_name = _("series of meetings")
        verbose_name_plural = _("series of meetings")
        constraints = [
            models.CheckConstraint(
                condition=Q(cadence_days__isnull=True) | Q(cadence_days__gte=1), name="meetings_cadence"
            ),
        ]
        indexes = [
            models.Index(fields=["updated_at", "id"], name="meetings_series_updated"),
            models.Index(
                fields=["next_due_on", "id"],
                name="meetings_series_due",
                condition=Q(ended_on__isnull=True),
            ),
        ]

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        """Its page."""
        return reverse("meetings:series", args=[self.uuid])

    def set_due(self) -> None:
        """Reckon `next_due_on` anew; the caller saves."""
        self.next_due_on = due_on(self.last_held_on, self.starts_on, self.cadence_days)


class Member(models.Model):
    """An organisation that is asked to every meeting of a series."""

    series = models.ForeignKey(Series, models.CASCADE, related_name="members", db_index=False)
    organisation = models.ForeignKey(
        Organisation, models.PROTECT, related_name="+", db_index=False, verbose_name=_("organisation")
    )

    class Meta:
        verbose_name = _("member of a series")
        verbose_name_plural = _("members of a series")
        constraints = [
            models.UniqueConstraint(fields=["series", "organisation"], name="meetings_member_once")
        ]
        indexes = [models.Index(fields=["organisation", "series"], name="meetings_member_of")]

    def __str__(self) -> str:
        return f"{self.organisation_id}"
