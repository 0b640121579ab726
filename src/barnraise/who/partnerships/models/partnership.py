"""The standing relation with an organisation, or with a leader who has none."""

from __future__ import annotations

import uuid
from datetime import date, datetime
from typing import Any

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from barnraise.who.organisations.models import Organisation
from barnraise.who.people.models import Person


class Stage(models.TextChoices):
    """How far a relation has come, from the first idea to its end."""

    PROSPECT = "prospect", _("Prospect")
    CONTACT = "contact", _("In contact")
    FORMING = "forming", _("Agreeing what to do")
    ACTIVE = "active", _("Active")
    DORMANT = "dormant", _("Dormant")
    ENDED = "ended", _("Ended")


LIVE = (Stage.PROSPECT.value, Stage.CONTACT.value, Stage.FORMING.value, Stage.ACTIVE.value)
"""Stages in which silence counts: who is dormant or has ended is not expected to be heard of."""


class Partnership(models.Model):
    """One relation. It is with an organisation or with a person, never with both, and each has one at most.

    `stage`, `stage_since_on`, `influence`, `interest` and `rated_on` repeat the latest line of their histories; the services
    derive them. `begun_on` is the day of the first stage. `cadence_days`: at most so many days between two contacts were
    agreed; `due_all_on` and `due_team_on` are the last days on which a contact keeps that, as far as coordinators and as far
    as the whole team know of contacts (None where nobody expects one), reckoned by the services. A snooze of the card of
    Today (plumbing/snoozes) lets a silence be until a day, for a reason.
    """

    uuid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    organisation = models.OneToOneField(
        Organisation,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("organisation"),
    )
    person = models.OneToOneField(
        Person, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("person")
    )
    about = models.TextField(_("what it is about"), max_length=2000, blank=True)
    owner = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
        db_index=False,
        verbose_name=_("who keeps the relation"),
    )
    stage = models.CharField(_("stage"), max_length=8, choices=Stage.choices, editable=False)
    stage_since_on: models.DateField[date, date] = models.DateField(_("in this stage since"), editable=False)
    begun_on: models.DateField[date, date] = models.DateField(_("begun"), editable=False)
    cadence_days = models.PositiveSmallIntegerField(_("days between two contacts"), null=True, blank=True)
    agreement = models.TextField(_("what was agreed"), max_length=5000, blank=True)
    agreed_on: models.DateField[date | None, date | None] = models.DateField(
        _("agreed on"), null=True, blank=True
    )
    agreement_ends_on: models.DateField[date | None, date | None] = models.DateField(
        _("agreement ends on"), null=True, blank=True
    )
    influence = models.PositiveSmallIntegerField(_("influence"), null=True, editable=False)
    interest = models.PositiveSmallIntegerField(_("interest"), null=True, editable=False)
    rated_on: models.DateField[date | None, date | None] = models.DateField(
        _("rated on"), null=True, editable=False
    )
    due_all_on: models.DateField[date | None, date | None] = models.DateField(
        _("next contact until"), null=True, editable=False
    )
    due_team_on: models.DateField[date | None, date | None] = models.DateField(
        _("next contact until, of what the team reads"), null=True, editable=False
    )
    is_sample = models.BooleanField(default=False, editable=False)
    created_at: models.DateTimeField[datetime, datetime] = models.DateTimeField(editable=False)
    updated_at: models.DateTimeField[datetime, datetime] = models.DateTimeField(editable=False)

    class Meta:
        verbose_name = _("partnership")
        verbose_name_plural = _("partnerships")
        constraints = [
            models.CheckConstraint(
                condition=Q(organisation__isnull=False, person__isnull=True)
                | Q(organisation__isnull=True, person__isnull=False),
                name="partnerships_with_one",
                violation_error_message=_("A partnership is with an organisation or with a person."),
            ),
            models.CheckConstraint(
                condition=Q(cadence_days__isnull=True) | Q(cadence_days__gte=1, cadence_days__lte=1000),
                name="partnerships_cadence",
                violation_error_message=_("Write a number of days from 1 to 1,000."),
            ),
            models.CheckConstraint(
                condition=Q(influence__isnull=True, interest__isnull=True, rated_on__isnull=True)
                | Q(
                    influence__gte=1,
                    influence__lte=5,
                    interest__gte=1,
                    interest__lte=5,
                    rated_on__isnull=False,
                ),
                name="partnerships_rated_whole",
            ),
            models.CheckConstraint(
                condition=Q(agreed_on__isnull=True)
                | Q(agreement_ends_on__isnull=True)
                | Q(agreed_on__lte=models.F("agreement_ends_on")),
                name="partnerships_agreement_in_order",
                violation_error_message=_("The agreement would end before it was made."),
            ),
        ]
        indexes = [
            models.Index(fields=["updated_at", "id"], name="partnerships_updated"),
            models.Index(fields=["stage_since_on", "id"], name="partnerships_since"),
            models.Index(fields=["stage", "updated_at", "id"], name="partnerships_stage"),
            models.Index(fields=["owner", "updated_at", "id"], name="partnerships_owner"),
            models.Index(fields=["influence", "interest", "id"], name="partnerships_map"),
            models.Index(fields=["interest", "id"], name="partnerships_interest"),
            models.Index(
                fields=["agreement_ends_on", "id"],
                name="partnerships_agreement_ends",
                condition=Q(agreement_ends_on__isnull=False),
            ),
            models.Index(fields=["due_all_on", "id"], name="partnerships_due_all"),
            models.Index(fields=["due_team_on", "id"], name="partnerships_due_team"),
            models.Index(
                fields=["cadence_days", "id"],
                name="partnerships_with_cadence",
                condition=Q(cadence_days__isnull=False),
            ),
        ]

    def __str__(self) -> str:
        return str(self.partner)

    def get_absolute_url(self) -> str:
        """Its page."""
        return reverse("partnerships:one", args=[self.uuid])

    @property
    def partner(self) -> Any:
        """The organisation or the person it is with."""
        return self.organisation or self.person

    @property
    def is_live(self) -> bool:
        """Neither dormant nor ended."""
        return self.stage in LIVE
