"""A wave in which partners say how they work with each other."""

from __future__ import annotations

import uuid
from datetime import date, datetime

from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from barnraise.who.organisations.models import Organisation


def _step(name: str) -> models.PositiveSmallIntegerField[int | None, int | None]:
    return models.PositiveSmallIntegerField(null=True, blank=True, verbose_name=name)


class Wave(models.Model):
    """One round of asking. Answers come in while it is open: from the day it begins until it is closed.

    `ended_on` closes it: nothing in it changes any more, and it can be compared with the next one.
    """

    uuid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    name = models.CharField(_("name"), max_length=200)
    name_folded = models.CharField(max_length=200, unique=True, editable=False)
    about = models.TextField(_("what for"), max_length=2000, blank=True)
    begins_on: models.DateField[date, date] = models.DateField(_("from"))
    due_on: models.DateField[date, date] = models.DateField(_("answer until"))
    ended_on: models.DateField[date | None, date | None] = models.DateField(
        _("closed"), null=True, editable=False
    )
    is_sample = models.BooleanField(default=False, editable=False)
    created_at: models.DateTimeField[datetime, datetime] = models.DateTimeField(editable=False)
    updated_at: models.DateTimeField[datetime, datetime] = models.DateTimeField(editable=False)

    class Meta:
        verbose_name = _("wave")
        verbose_name_plural = _("waves")
        constraints = [
            models.CheckConstraint(
                condition=Q(due_on__gte=F("begins_on")),
                name="network_in_order",
                violation_error_message=_("It ends before it begins."),
            ),
        ]
        indexes = [
            models.Index(fields=["begins_on", "id"], name="network_begins"),
            models.Index(fields=["updated_at", "id"], name="network_updated"),
        ]

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        """Its page."""
        return reverse("network:one", args=[self.uuid])


class Member(models.Model):
    """A partner that is asked in a wave, when it was asked by mail, and when it answered."""

    uuid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    wave = models.ForeignKey(Wave, models.CASCADE, related_name="members", db_index=False)
    organisation = models.ForeignKey(
        Organisation, models.PROTECT, related_name="+", verbose_name=_("organisation")
    )
    asked_at: models.DateTimeField[datetime | None, datetime | None] = models.DateTimeField(
        _("asked"), null=True, editable=False
    )
    answered_at: models.DateTimeField[datetime | None, datetime | None] = models.DateTimeField(
        _("answered"), null=True, editable=False
    )
    signed_by = models.CharField(_("who answered"), max_length=200, blank=True, editable=False)
    created_at: models.DateTimeField[datetime, datetime] = models.DateTimeField(editable=False)
    updated_at: models.DateTimeField[datetime, datetime] = models.DateTimeField(editable=False)

    class Meta:
        verbose_name = _("partner in a wave")
        verbose_name_plural = _("partners in waves")
        constraints = [
            models.UniqueConstraint(fields=["wave", "organisation"], name="network_member_once"),
        ]

    def __str__(self) -> str:
        return self.organisation.name


class Tie(models.Model):
    """One partner says that it works with another, and what it thinks of it: from 1 to 4, empty where it said nothing."""

    giver = models.ForeignKey(Member, models.CASCADE, related_name="ties_out", db_index=False)
    taker = models.ForeignKey(Member, models.CASCADE, related_name="ties_in")
    t1 = _step("t1")
    t2 = _step("t2")
    t3 = _step("t3")
    v1 = _step("v1")
    v2 = _step("v2")
    v3 = _step("v3")
    created_at: models.DateTimeField[datetime, datetime] = models.DateTimeField(editable=False)
    updated_at: models.DateTimeField[datetime, datetime] = models.DateTimeField(editable=False)

    class Meta:
        verbose_name = _("tie")
        verbose_name_plural = _("ties")
        constraints = [
            models.UniqueConstraint(fields=["giver", "taker"], name="network_tie_once"),
            models.CheckConstraint(condition=~Q(giver=F("taker")), name="network_no_tie_to_oneself"),
            *(
                models.CheckConstraint(
                    condition=Q(**{f"{name}__isnull": True}) | Q(**{f"{name}__range": (1, 4)}),
                    name=f"network_{name}_1_to_4",
                )
                for name in ("t1", "t2", "t3", "v1", "v2", "v3")
            ),
        ]

    def __str__(self) -> str:
        return f"{self.giver_id} → {self.taker_id}"
