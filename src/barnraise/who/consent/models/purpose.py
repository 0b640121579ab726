"""What people may be contacted for, and the words in which they are asked."""

from __future__ import annotations

import uuid
from collections.abc import Mapping
from typing import Any

from django.db import models
from django.urls import reverse
from django.utils.translation import gettext_lazy as _


class Channel(models.TextChoices):
    """How somebody is contacted; `PUBLIC` is no way to reach them: they may be named and shown in public."""

    EMAIL = "email", _("E-mail")
    TEXT = "text", _("Text message")
    PHONE = "phone", _("Phone call")
    POST = "post", _("Letter")
    PUBLIC = "public", _("Publication")


CONTACTS: tuple[tuple[str, Any], ...] = tuple(
    (one.value, one.label) for one in Channel if one is not Channel.PUBLIC
)
"""The channels by which somebody is reached, with their names."""


class Purpose(models.Model):
    """One thing that people agree to or not: the newsletter, invitations, a survey. `name_folded` is unique.

    `channels` are the codes of the channels that people are offered for it. Once `ended_at` stands, nobody is asked any
    more and nobody is reachable for it; what was said stays.
    """

    uuid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    name = models.CharField(_("name"), max_length=120)
    name_folded = models.CharField(max_length=120, unique=True, editable=False)
    about = models.TextField(_("what it is, for the team"), max_length=2000, blank=True)
    channels = models.JSONField(_("channels"), default=list)
    ended_at = models.DateTimeField(_("ended"), null=True, blank=True, editable=False)
    is_sample = models.BooleanField(default=False, editable=False)
    created_at = models.DateTimeField(editable=False)
    updated_at = models.DateTimeField(editable=False)

    class Meta:
        verbose_name = _("purpose")
        verbose_name_plural = _("purposes")
        indexes = [models.Index(fields=["updated_at", "id"], name="consent_purpose_updated")]

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        """Its page."""
        return reverse("consent:purpose", args=[self.uuid])

    @property
    def is_ended(self) -> bool:
        """Nobody is asked any more."""
        return self.ended_at is not None


class Wording(models.Model):
    """The words in which people are asked, as version `number` (1, 2, …) of a purpose. A version is never changed.

    `texts` maps languages to text: {"en": "…", "es": "…"}.
    """

    purpose = models.ForeignKey(Purpose, models.CASCADE, related_name="wordings")
    number = models.PositiveIntegerField(_("version"))
    texts = models.JSONField(_("texts"))
    created_at = models.DateTimeField(editable=False)

    class Meta:
        verbose_name = _("wording")
        verbose_name_plural = _("wordings")
        constraints = [models.UniqueConstraint(fields=["purpose", "number"], name="consent_wording_once")]

    def __str__(self) -> str:
        return f"{self.purpose_id}/{self.number}"

    def text(self, language: str, fallback: str) -> str:
        """The words in this language, else in the fallback, else in any."""
        texts: Mapping[str, str] = self.texts
        return texts.get(language) or texts.get(fallback) or next(iter(texts.values()), "")
