"""A line of the history of stages."""

from __future__ import annotations

import uuid
from datetime import date

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from .partnership import Partnership, Stage


class StageChange(models.Model):
    """Since `since_on` the partnership stood in this stage, until the next line. Whoever ends it says why (`reason`)."""

    uuid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    partnership = models.ForeignKey(
        Partnership, models.CASCADE, related_name="stages", db_index=False, verbose_name=_("partnership")
    )
    stage = models.CharField(_("stage"), max_length=8, choices=Stage.choices)
    since_on: models.DateField[date, date] = models.DateField(_("since"))
    reason = models.CharField(_("reason"), max_length=300, blank=True)
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.SET_NULL,
        null=True,
        related_name="+",
        db_index=False,
        verbose_name=_("noted by"),
    )
    created_at = models.DateTimeField(editable=False)
    updated_at = models.DateTimeField(editable=False)

    class Meta:
        verbose_name = _("change of stage")
        verbose_name_plural = _("changes of stage")
        constraints = [
            models.CheckConstraint(
                condition=~Q(stage="ended") | ~Q(reason=""),
                name="partnerships_ended_with_reason",
                violation_error_message=_("Say why it ended."),
            ),
        ]
        indexes = [
            models.Index(fields=["partnership", "since_on", "id"], name="partnerships_stages_of"),
            models.Index(fields=["updated_at", "id"], name="partnerships_stage_updated"),
        ]

    def __str__(self) -> str:
        return f"{self.get_stage_display()} {self.since_on}"
