"""What a person said once about being contacted."""

from __future__ import annotations

import uuid

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from barnraise.who.people.models import Person

from .purpose import Channel, Purpose, Wording


class Consent(models.Model):
    """One line of the record: a person gave or withdrew consent for a purpose by a channel. Lines are only added.

    `happened_at` is when the person said so, `created_at` when it was noted. `expires_on` is the last day on which a
    consent that was given counts. `proof` says where that can be looked up.
    """

    class Source(models.TextChoices):
        SPOKEN = "spoken", _("Said in person")
        PHONE = "phone", _("Said on the phone")
        PAPER = "paper", _("Signed on paper")
        WRITTEN = "written", _("Written by mail or message")
        FORM = "form", _("Online form")
        LINK = "link", _("Own page of preferences")
        UNSUBSCRIBE = "unsubscribe", _("Unsubscribed from a mail")
        IMPORT = "import", _("Taken in from a file")

    uuid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    person = models.ForeignKey(
        Person, models.PROTECT, related_name="+", db_index=False, verbose_name=_("person")
    )
    purpose = models.ForeignKey(Purpose, models.PROTECT, related_name="+", verbose_name=_("purpose"))
    channel = models.CharField(_("channel"), max_length=8, choices=Channel.choices)
    is_given = models.BooleanField(_("given"))
    wording = models.ForeignKey(
        Wording, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("wording")
    )
    source = models.CharField(_("how it was said"), max_length=12, choices=Source.choices)
    proof = models.CharField(_("where it can be looked up"), max_length=300, blank=True)
    happened_at = models.DateTimeField(_("said"))
    expires_on = models.DateField(_("counts until"), null=True, blank=True)
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.SET_NULL,
        null=True,
        related_name="+",
        db_index=False,
        verbose_name=_("noted by"),
    )
    is_sample = models.BooleanField(default=False, editable=False)
    created_at = models.DateTimeField(editable=False)
    updated_at = models.DateTimeField(
        editable=False, help_text="when it was noted, or followed its person in a merge"
    )

    class Meta:
        verbose_name = _("consent")
        verbose_name_plural = _("consents")
        constraints = [
            models.CheckConstraint(
                condition=Q(is_given=True) | Q(expires_on__isnull=True), name="consent_withdrawn_stays"
            ),
        ]
        indexes = [
            models.Index(
                F("person"),
                F("purpose"),
                F("channel"),
                F("happened_at").desc(),
                F("is_given"),
                F("id").desc(),
                name="consent_latest",
            ),
            models.Index(fields=["updated_at", "id"], name="consent_updated"),
            models.Index(fields=["id"], name="consent_sample", condition=Q(is_sample=True)),
        ]

    def __str__(self) -> str:
        return f"{self.purpose_id} {self.channel} {'given' if self.is_given else 'withdrawn'}"
