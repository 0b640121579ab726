"""What was said to whoever raised a concern."""

from __future__ import annotations

from datetime import date, datetime

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from barnraise.plumbing.mail.models import Message

from .issue import Issue


class Answer(models.Model):
    """One answer. The first one of a round has `stops_clock`; it keeps from when to when that clock ran."""

    class Way(models.TextChoices):
        MAIL = "mail", _("By e-mail")
        SAID = "said", _("Said to them, by phone or in person")

    issue = models.ForeignKey(Issue, models.CASCADE, related_name="answers", db_index=False)
    text = models.TextField(_("the answer"), max_length=4000)
    way = models.CharField(_("how they are told"), max_length=4, choices=Way.choices)
    at: models.DateTimeField[datetime, datetime] = models.DateTimeField(_("answered"))
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.SET_NULL,
        null=True,
        related_name="+",
        db_index=False,
        verbose_name=_("answered by"),
    )
    message = models.ForeignKey(
        Message, models.SET_NULL, null=True, related_name="+", verbose_name=_("the mail")
    )
    stops_clock = models.BooleanField(default=False)
    clock_from: models.DateTimeField[datetime, datetime] = models.DateTimeField()
    answer_by: models.DateTimeField[datetime, datetime] = models.DateTimeField()
    updated_at: models.DateTimeField[datetime, datetime] = models.DateTimeField(editable=False)

    class Meta:
        verbose_name = _("answer to a concern")
        verbose_name_plural = _("answers to concerns")
        indexes = [
            models.Index(fields=["issue", "at"], name="issues_answers"),
            models.Index(fields=["at", "id"], name="issues_answered_at", condition=Q(stops_clock=True)),
            models.Index(
                fields=["answer_by", "id"], name="issues_answer_owed", condition=Q(stops_clock=True)
            ),
        ]

    def __str__(self) -> str:
        return self.text[:80]

    @property
    def on(self) -> date:
        """Its day, by the clocks of the house."""
        return timezone.localdate(self.at)
