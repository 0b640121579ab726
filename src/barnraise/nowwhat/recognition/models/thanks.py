"""Thanks to a partner for what it gave in a period."""

from __future__ import annotations

import uuid
from datetime import date, datetime

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from barnraise.foundation.periods import Period
from barnraise.who.organisations.models import Organisation


class Thanks(models.Model):
    """A letter of thanks, and the words in which the partner is named in public, which it approves by a link.

    What it gave from `begins_on` to `ends_on` is counted anew at every reading (selectors.statement). `wish` is what the partner wants
    to be said instead.
    """

    class State(models.TextChoices):
        DRAFT = "draft", _("Draft")
        SENT = "sent", _("Sent, wording not answered")
        APPROVED = "approved", _("Wording approved")
        WISHED = "wished", _("Other wording wished")
        ENDED = "ended", _("Ended")

    uuid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    organisation = models.ForeignKey(
        Organisation, models.PROTECT, related_name="+", db_index=False, verbose_name=_("partner")
    )
    begins_on: models.DateField[date, date] = models.DateField(_("from"))
    ends_on: models.DateField[date, date] = models.DateField(_("until"))
    letter = models.TextField(_("letter"), max_length=5000)
    wording = models.CharField(_("how they are named in public"), max_length=600, blank=True)
    language = models.CharField(_("language"), max_length=10)
    state = models.CharField(_("state"), max_length=8, choices=State.choices, default=State.DRAFT)
    owner = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
        db_index=False,
        verbose_name=_("who sees to it"),
    )
    sent_at: models.DateTimeField[datetime | None, datetime | None] = models.DateTimeField(
        _("sent"), null=True, editable=False
    )
    answered_at: models.DateTimeField[datetime | None, datetime | None] = models.DateTimeField(
        _("answered"), null=True, editable=False
    )
    signed_by = models.CharField(_("answered by"), max_length=120, blank=True, editable=False)
    wish = models.CharField(_("wording they wish"), max_length=600, blank=True, editable=False)
    end_note = models.CharField(_("why it ended"), max_length=300, blank=True, editable=False)
    is_sample = models.BooleanField(default=False, editable=False)
    created_at: models.DateTimeField[datetime, datetime] = models.DateTimeField(editable=False)
    updated_at: models.DateTimeField[datetime, datetime] = models.DateTimeField(editable=False)

    class Meta:
        verbose_name = _("thanks")
        verbose_name_plural = _("thanks")
        constraints = [
            models.CheckConstraint(condition=Q(begins_on__lte=F("ends_on")), name="recognition_period"),
            models.CheckConstraint(
                condition=~Q(state__in=("approved", "wished")) | Q(answered_at__isnull=False),
                name="recognition_answered_some_day",
            ),
            models.CheckConstraint(
                condition=~Q(state="ended") | ~Q(end_note=""), name="recognition_ended_for_a_reason"
            ),
        ]
        indexes = [
            models.Index(fields=["updated_at", "id"], name="recognition_updated"),
            models.Index(fields=["ends_on", "id"], name="recognition_until"),
            models.Index(fields=["state", "ends_on", "id"], name="recognition_state"),
            models.Index(fields=["owner", "ends_on", "id"], name="recognition_owner"),
            models.Index(fields=["organisation", "ends_on", "id"], name="recognition_organisation"),
        ]

    def __str__(self) -> str:
        return str(self.organisation)

    def get_absolute_url(self) -> str:
        """Its page."""
        return reverse("recognition:one", args=[self.uuid])

    @property
    def period(self) -> Period:
        """The days it is about."""
        return Period(self.begins_on, self.ends_on)
