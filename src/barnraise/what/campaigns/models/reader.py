"""One reader of a campaign."""

from __future__ import annotations

import uuid
from datetime import datetime

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from barnraise.plumbing.mail.models import Message
from barnraise.who.people.models import Person

from .campaign import Campaign


class CampaignReader(models.Model):
    """Somebody to whom a campaign went, once: the constraint says so. What became of the mail stands at the mail.

    `answer` is what they said to an invitation; `person` is None after an erasure, then nobody is told by it.
    """

    class Answer(models.TextChoices):
        YES = "yes", _("Comes")
        NO = "no", _("Does not come")

    uuid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    campaign = models.ForeignKey(Campaign, models.CASCADE, related_name="readers", db_index=False)
    person = models.ForeignKey(Person, models.PROTECT, null=True, related_name="+", verbose_name=_("person"))
    message = models.ForeignKey(Message, models.SET_NULL, null=True, related_name="+", verbose_name=_("mail"))
    answer = models.CharField(_("answer"), max_length=3, choices=Answer.choices, blank=True)
    answered_at: models.DateTimeField[datetime | None, datetime | None] = models.DateTimeField(
        _("answered"), null=True
    )
    unsubscribed_at: models.DateTimeField[datetime | None, datetime | None] = models.DateTimeField(
        _("unsubscribed"), null=True
    )
    created_at = models.DateTimeField(editable=False)
    updated_at = models.DateTimeField(editable=False)

    class Meta:
        verbose_name = _("reader of a campaign")
        verbose_name_plural = _("readers of a campaign")
        constraints = [models.UniqueConstraint(fields=["campaign", "person"], name="campaigns_never_twice")]
        indexes = [
            models.Index(fields=["campaign", "answer", "id"], name="campaigns_answers"),
            models.Index(fields=["answer", "id"], name="campaigns_answer"),
            models.Index(fields=["created_at", "id"], name="campaigns_reader_newest"),
            models.Index(fields=["updated_at", "id"], name="campaigns_reader_updated"),
            models.Index(
                fields=["unsubscribed_at"],
                name="campaigns_unsubscribed",
                condition=Q(unsubscribed_at__isnull=False),
            ),
            models.Index(
                fields=["campaign"],
                name="campaigns_unsubscribed_from",
                condition=Q(unsubscribed_at__isnull=False),
            ),
        ]

    def __str__(self) -> str:
        return str(self.person or _("somebody who was erased"))
