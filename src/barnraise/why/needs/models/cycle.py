"""An assessment of needs, which comes round again."""

from __future__ import annotations

import uuid

from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from barnraise.who.communities.models import Community

from ..hanlon import VARIANTS


class Cycle(models.Model):
    """One assessment: from when to when, of which community, and when the next one is due.

    `variant` is the formula by which its needs are put in order (see hanlon.py); it stays once somebody has scored.
    """

    uuid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    name = models.CharField(_("name"), max_length=120)
    name_folded = models.CharField(max_length=120, editable=False, db_index=True)
    community = models.ForeignKey(
        Community, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("community")
    )
    starts_on = models.DateField(_("begins on"), db_index=True)
    ends_on = models.DateField(_("ends on"), null=True, blank=True)
    next_due_on = models.DateField(_("next one due on"), null=True, blank=True, db_index=True)
    about = models.TextField(_("about"), max_length=4000, blank=True)
    variant = models.CharField(
        _("formula"), max_length=20, choices=[(one, one) for one in VARIANTS], default="uic"
    )
    ended_at = models.DateTimeField(_("closed"), null=True, blank=True, editable=False)
    is_sample = models.BooleanField(default=False, editable=False)
    created_at = models.DateTimeField(editable=False)
    updated_at = models.DateTimeField(editable=False, db_index=True)

    class Meta:
        verbose_name = _("assessment")
        verbose_name_plural = _("assessments")
        constraints = [
            models.CheckConstraint(
                condition=Q(ends_on__isnull=True) | Q(ends_on__gte=F("starts_on")), name="needs_cycle_period"
            )
        ]

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        """Its page."""
        return reverse("needs:cycle", args=[self.uuid])
