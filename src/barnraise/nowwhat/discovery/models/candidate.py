"""A possible partner somebody looked at, and what was decided."""

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


class Candidate(models.Model):
    """An organisation that is, or was, no partner, and the decision about it; each has one at most.

    Once a day the best of the ranking are proposed; those nobody decides about make room for better ones.
    "Not now" says why and until when; on the day after, the organisation is proposed again. `cites` is the typed reference of
    the need, goal, objective or project it was looked at for. `score` and `terms` are those it was shown with when it was
    decided, as [name, weight, value in percent, reason]; None and empty when it was not shown in the ranking.
    """

    class Verdict(models.TextChoices):
        PROPOSED = "proposed", _("Proposed")
        WATCH = "watch", _("Kept in view")
        NOT_NOW = "not_now", _("Not now")
        APPROACHED = "approached", _("Approached")

    uuid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    organisation = models.OneToOneField(
        Organisation, models.PROTECT, related_name="+", verbose_name=_("organisation")
    )
    verdict = models.CharField(_("decision"), max_length=10, choices=Verdict.choices)
    reason = models.CharField(_("why"), max_length=300, blank=True)
    until: models.DateField[date | None, date | None] = models.DateField(_("until"), null=True, blank=True)
    cites = models.CharField(_("looked at for"), max_length=80, blank=True)
    score = models.PositiveSmallIntegerField(_("score then"), null=True, editable=False)
    terms: models.JSONField[Any, Any] = models.JSONField(default=list, editable=False)
    judged_on: models.DateField[date, date] = models.DateField(_("decided on"), editable=False)
    judged_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.SET_NULL,
        null=True,
        related_name="+",
        db_index=False,
        editable=False,
        verbose_name=_("decided by"),
    )
    is_sample = models.BooleanField(default=False, editable=False)
    created_at: models.DateTimeField[datetime, datetime] = models.DateTimeField(editable=False)
    updated_at: models.DateTimeField[datetime, datetime] = models.DateTimeField(editable=False)

    class Meta:
        verbose_name = _("candidate")
        verbose_name_plural = _("candidates")
        constraints = [
            models.CheckConstraint(
                condition=~Q(verdict="not_now") | (~Q(reason="") & Q(until__isnull=False)),
                name="discovery_not_now_with_reason",
                violation_error_message=_("Say why not now, and until when."),
            ),
            models.CheckConstraint(
                condition=Q(verdict="not_now") | Q(until__isnull=True), name="discovery_only_not_now_ends"
            ),
        ]
        indexes = [
            models.Index(fields=["updated_at", "id"], name="discovery_updated"),
            models.Index(fields=["judged_on", "id"], name="discovery_judged"),
            models.Index(fields=["verdict", "judged_on", "id"], name="discovery_verdict"),
            models.Index(fields=["until", "id"], name="discovery_until", condition=Q(until__isnull=False)),
            models.Index(fields=["judged_by", "judged_on", "id"], name="discovery_judged_by"),
            models.Index(fields=["score", "id"], name="discovery_score"),
            models.Index(fields=["cites"], name="discovery_cites", condition=~Q(cites="")),
        ]

    def __str__(self) -> str:
        return str(self.organisation)

    def get_absolute_url(self) -> str:
        """Its page."""
        return reverse("discovery:one", args=[self.uuid])
