"""A partner stands behind a goal."""

from __future__ import annotations

import uuid

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from barnraise.who.organisations.models import Organisation

from .goal import Goal


class Endorsement(models.Model):
    """What one organisation says to one goal; there is one row for the two of them.

    `answered_at` is when they answered last, `by` who of the team asked or noted it.
    """

    class State(models.TextChoices):
        ASKED = "asked", _("Asked")
        ENDORSED = "endorsed", _("Endorsed")
        DECLINED = "declined", _("Declined")
        WITHDRAWN = "withdrawn", _("Withdrawn")

    class Way(models.TextChoices):
        LINK = "link", _("By their own link")
        NOTED = "noted", _("Noted by the team")

    uuid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    goal = models.ForeignKey(Goal, models.PROTECT, related_name="endorsements", verbose_name=_("goal"))
    organisation = models.ForeignKey(
        Organisation, models.PROTECT, related_name="+", db_index=False, verbose_name=_("organisation")
    )
    state = models.CharField(_("state"), max_length=9, choices=State.choices, default=State.ASKED)
    words = models.TextField(_("what they say"), max_length=1000, blank=True)
    signed_by = models.CharField(_("who signs"), max_length=200, blank=True)
    way = models.CharField(_("how"), max_length=5, choices=Way.choices, blank=True)
    asked_at = models.DateTimeField(_("asked"), editable=False)
    answered_at = models.DateTimeField(_("answered"), null=True, editable=False)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+")
    is_sample = models.BooleanField(default=False, editable=False)
    created_at = models.DateTimeField(editable=False)
    updated_at = models.DateTimeField(editable=False)

    class Meta:
        verbose_name = _("endorsement")
        verbose_name_plural = _("endorsements")
        constraints = [models.UniqueConstraint(fields=["goal", "organisation"], name="goals_endorsed_once")]
        indexes = [
            models.Index(fields=["organisation", "state"], name="goals_endorsement_body"),
            models.Index(fields=["state", "asked_at"], name="goals_endorsement_waiting"),
            models.Index(fields=["updated_at", "id"], name="goals_endorsement_updated"),
        ]

    def __str__(self) -> str:
        return f"{self.goal_id} {self.organisation_id} {self.state}"
