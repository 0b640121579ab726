"""An account of ours at a network."""

from __future__ import annotations

import uuid
from datetime import datetime

from django.db import models
from django.urls import reverse
from django.utils.translation import gettext_lazy as _


class SocialAccount(models.Model):
    """Where posts stand under our name. `network` is a name of the socket social.networks.

    `kept_secret` is the token, closed with the installation's key; with it and a client we post by ourselves. Once `ended_at` stands,
    nothing is posted there and the secret is gone.
    """

    uuid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    network = models.CharField(_("network"), max_length=20)
    name = models.CharField(_("name"), max_length=120)
    address = models.CharField(_("public address"), max_length=300, blank=True)
    server = models.CharField(_("server"), max_length=200, blank=True)
    kept_secret = models.TextField(blank=True, editable=False)
    checked_at: models.DateTimeField[datetime | None, datetime | None] = models.DateTimeField(
        _("checked"), null=True, editable=False
    )
    ended_at: models.DateTimeField[datetime | None, datetime | None] = models.DateTimeField(
        _("ended"), null=True, editable=False
    )
    is_sample = models.BooleanField(default=False, editable=False)
    created_at: models.DateTimeField[datetime, datetime] = models.DateTimeField(editable=False)
    updated_at: models.DateTimeField[datetime, datetime] = models.DateTimeField(editable=False)

    class Meta:
        verbose_name = _("account at a network")
        verbose_name_plural = _("accounts at networks")
        indexes = [models.Index(fields=["updated_at", "id"], name="social_account_updated")]

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        """Its page."""
        return reverse("social:account", args=[self.uuid])

    @property
    def is_connected(self) -> bool:
        """We have its secret and may post by ourselves."""
        return bool(self.kept_secret) and self.ended_at is None
