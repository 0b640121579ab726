"""An erasure: that somebody was erased, and when. It says not who."""

from __future__ import annotations

import uuid

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _


class Erasure(models.Model):
    """Kept for ever, also in DATA/erasures.jsonl. `person` and `addresses` are keyed hashes (hexadecimal, see `erasing.py`)."""

    uuid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    person = models.CharField(max_length=64, db_index=True, help_text="keyed hash of the person's uuid")
    erased_on = models.DateField(_("erased on"))
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+")

    class Meta:
        verbose_name = _("erasure")
        verbose_name_plural = _("erasures")

    def __str__(self) -> str:
        return str(self.erased_on)


class ErasedAddress(models.Model):
    """The keyed hash of an e-mail address or phone number that an erased person had."""

    erasure = models.ForeignKey(Erasure, models.CASCADE, related_name="addresses")
    digest = models.CharField(max_length=64, db_index=True)

    def __str__(self) -> str:
        return self.digest[:8]
