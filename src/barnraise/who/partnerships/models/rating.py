"""What somebody thinks a partner's influence and interest are."""

from __future__ import annotations

import uuid
from datetime import date

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from .partnership import Partnership


class Rating(models.Model):
    """Influence on what we aim at and interest in it, each from 1 (little) to 5 (very much). Earlier ratings stay."""

    uuid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    partnership = models.ForeignKey(
        Partnership, models.CASCADE, related_name="ratings", db_index=False, verbose_name=_("partnership")
    )
    influence = models.PositiveSmallIntegerField(_("influence"))
    interest = models.PositiveSmallIntegerField(_("interest"))
    rated_on: models.DateField[date, date] = models.DateField(_("rated on"))
    note = models.CharField(_("note"), max_length=300, blank=True)
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.SET_NULL,
        null=True,
        related_name="+",
        db_index=False,
        verbose_name=_("rated by"),
    )
    created_at = models.DateTimeField(editable=False)
    updated_at = models.DateTimeField(editable=False)

    class Meta:
        verbose_name = _("rating")
        verbose_name_plural = _("ratings")
        constraints = [
            models.CheckConstraint(
                condition=Q(influence__gte=1, influence__lte=5, interest__gte=1, interest__lte=5),
                name="partnerships_rated_1_to_5",
                violation_error_message=_("Rate from 1 to 5."),
            ),
        ]
        indexes = [
            models.Index(fields=["partnership", "rated_on", "id"], name="partnerships_ratings_of"),
            models.Index(fields=["updated_at", "id"], name="partnerships_rating_updated"),
        ]

    def __str__(self) -> str:
        return f"{self.influence} × {self.interest} {self.rated_on}"
