"""The secret address by which an account files its mails."""

from __future__ import annotations

import uuid

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _


class FilingAddress(models.Model):
    """Derived from the installation's secret key, `uuid` and `epoch`; counting the epoch up ends the old address."""

    account = models.OneToOneField(settings.AUTH_USER_MODEL, models.CASCADE, related_name="+")
    uuid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    epoch = models.PositiveIntegerField(default=1)
    renewed_at = models.DateTimeField()

    class Meta:
        verbose_name = _("filing address")
        verbose_name_plural = _("filing addresses")

    def __str__(self) -> str:
        return f"filing address of {self.account_id}"
