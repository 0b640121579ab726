"""A reminder of Today that waits."""

from __future__ import annotations

import uuid
from datetime import date
from typing import Any

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from barnraise.foundation.refs import Ref


class Snooze(models.Model):
    """One thing of one card waits until a day (included), for everybody, for a reason. `card` is the card's name in ui.cards."""

    uuid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    card = models.CharField(_("card"), max_length=60, editable=False)
    kind = models.CharField(max_length=80, editable=False, help_text='"label.model"')
    key = models.BigIntegerField(editable=False)
    until: models.DateField[date, date] = models.DateField(_("until"), db_index=True)
    reason = models.CharField(_("why it can wait"), max_length=200)
    by: models.ForeignKey[Any, Any] = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, editable=False, related_name="+"
    )
    created_at = models.DateTimeField(auto_now_add=True, db_index=True)
    updated_at = models.DateTimeField(auto_now=True)

    class Meta:
        verbose_name = _("snoozed reminder")
        verbose_name_plural = _("snoozed reminders")
        constraints = [
            models.UniqueConstraint(fields=["kind", "key", "card"], name="snoozes_snooze_once"),
        ]
        indexes = [models.Index(fields=["card", "until"], name="snoozes_snooze_card")]

    def __str__(self) -> str:
        return self.reason

    @property
    def ref(self) -> Ref:
        """The thing."""
        return Ref.parse(f"{self.kind}:{self.key}")
