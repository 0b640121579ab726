"""One message that is posted to several networks."""

from __future__ import annotations

import uuid
from datetime import datetime

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _


class Message(models.Model):
    """What is to be said, once; each network gets a variant of it. `link` is where it leads.

    `cites` is the typed reference of what it serves, `drawn_from` of what it was drafted from (a story); both may be empty.
    """

    uuid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    name = models.CharField(_("name, for the team"), max_length=120)
    name_folded = models.CharField(max_length=120, editable=False)
    text = models.TextField(_("what to say"), max_length=5000)
    link = models.CharField(_("leads to"), max_length=500, blank=True)
    language = models.CharField(_("language"), max_length=10)
    cites = models.CharField(_("serves"), max_length=80, blank=True)
    drawn_from = models.CharField(_("drafted from"), max_length=80, blank=True, editable=False)
    owner = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
        db_index=False,
        verbose_name=_("who sees to it"),
    )
    is_sample = models.BooleanField(default=False, editable=False)
    created_at: models.DateTimeField[datetime, datetime] = models.DateTimeField(editable=False)
    updated_at: models.DateTimeField[datetime, datetime] = models.DateTimeField(editable=False)

    class Meta:
        verbose_name = _("message")
        verbose_name_plural = _("messages")
        indexes = [
            models.Index(fields=["updated_at", "id"], name="social_message_updated"),
            models.Index(fields=["name_folded", "id"], name="social_message_name"),
            models.Index(fields=["owner", "updated_at", "id"], name="social_message_owner"),
            models.Index(fields=["cites"], name="social_message_cites", condition=~Q(cites="")),
            models.Index(fields=["drawn_from"], name="social_message_drawn", condition=~Q(drawn_from="")),
        ]

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        """Its page."""
        return reverse("social:one", args=[self.uuid])
