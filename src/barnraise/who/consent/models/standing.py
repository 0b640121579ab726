"""What stands now: the line of the record that counts."""

from __future__ import annotations

import uuid
from datetime import date, datetime

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from barnraise.who.people.models import Person

from .consent import Consent
from .purpose import Channel, Purpose


class Standing(models.Model):
    """The last word of a person on a purpose and a channel. Made from the record by the services, which can make it anew."""

    uuid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    person = models.ForeignKey(
        Person, models.PROTECT, related_name="+", db_index=False, verbose_name=_("person")
    )
    purpose = models.ForeignKey(
        Purpose, models.PROTECT, related_name="+", db_index=False, verbose_name=_("purpose")
    )
    channel = models.CharField(_("channel"), max_length=8, choices=Channel.choices)
    is_given = models.BooleanField(_("given"))
    since_at: models.DateTimeField[datetime, datetime] = models.DateTimeField(_("since"))
    expires_on: models.DateField[date | None, date | None] = models.DateField(
        _("counts until"), null=True, blank=True
    )
    last = models.ForeignKey(Consent, models.CASCADE, related_name="+", verbose_name=_("last said"))
    is_sample = models.BooleanField(default=False, editable=False)
    updated_at = models.DateTimeField(editable=False)

    class Meta:
        verbose_name = _("consent as it stands")
        verbose_name_plural = _("consents as they stand")
        constraints = [
            models.UniqueConstraint(fields=["person", "purpose", "channel"], name="consent_one_standing"),
        ]
        indexes = [
            models.Index(fields=["purpose", "channel", "is_given", "person"], name="consent_reach"),
            models.Index(fields=["since_at", "id"], name="consent_since"),
            models.Index(fields=["purpose", "since_at", "id"], name="consent_purpose_since"),
            models.Index(fields=["channel", "since_at", "id"], name="consent_channel_since"),
            models.Index(fields=["is_given", "since_at", "id"], name="consent_given_since"),
            models.Index(
                fields=["expires_on", "id"], name="consent_expiring", condition=Q(expires_on__isnull=False)
            ),
            models.Index(fields=["updated_at", "id"], name="consent_standing_updated"),
        ]

    def __str__(self) -> str:
        return f"{self.person_id} {self.purpose_id} {self.channel}"

    def counts(self, on: date) -> bool:
        """Given, and not expired on this day."""
        return self.is_given and (self.expires_on is None or self.expires_on >= on)
