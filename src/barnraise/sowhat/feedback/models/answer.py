"""What is answered to many at once: you said, we did."""

from __future__ import annotations

import uuid
from datetime import date, datetime

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _


class Answer(models.Model):
    """What people said, in the team's words, and what was done about it.

    Public while `published_on` is set and `withdrawn_on` is not. `cites` is the typed reference of what was done.
    """

    uuid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    you_said = models.CharField(_("you said"), max_length=300)
    you_said_folded = models.CharField(max_length=300, editable=False)
    we_did = models.TextField(_("we did"), max_length=2000)
    cites = models.CharField(_("what was done"), max_length=80, blank=True)
    published_on: models.DateField[date | None, date | None] = models.DateField(
        _("published"), null=True, editable=False
    )
    published_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, editable=False, related_name="+", db_index=False
    )
    withdrawn_on: models.DateField[date | None, date | None] = models.DateField(
        _("withdrawn"), null=True, editable=False
    )
    withdrawn_reason = models.CharField(_("why it was withdrawn"), max_length=300, blank=True, editable=False)
    is_sample = models.BooleanField(default=False, editable=False)
    created_at: models.DateTimeField[datetime, datetime] = models.DateTimeField(editable=False)
    updated_at: models.DateTimeField[datetime, datetime] = models.DateTimeField(editable=False)

    class Meta:
        verbose_name = _("answer to many")
        verbose_name_plural = _("answers to many")
        constraints = [
            models.CheckConstraint(
                condition=Q(withdrawn_on__isnull=True, withdrawn_reason="")
                | Q(withdrawn_on__isnull=False, published_on__isnull=False) & ~Q(withdrawn_reason=""),
                name="feedback_withdrawn_with_reason",
                violation_error_message=_("Say why."),
            ),
        ]
        indexes = [
            models.Index(fields=["updated_at", "id"], name="feedback_answer_updated"),
            models.Index(fields=["published_on", "id"], name="feedback_published"),
            models.Index(fields=["you_said_folded", "id"], name="feedback_you_said"),
            models.Index(fields=["cites"], name="feedback_answer_cites", condition=~Q(cites="")),
        ]

    def __str__(self) -> str:
        return self.you_said

    def get_absolute_url(self) -> str:
        """Its page."""
        return reverse("feedback:answer", args=[self.uuid])

    @property
    def is_public(self) -> bool:
        """Everybody may read it."""
        return self.published_on is not None and self.withdrawn_on is None
