"""A remembered mapping: what was decided about columns with this signature the last time."""

from __future__ import annotations

from django.conf import settings
from django.db import models


class RememberedMapping(models.Model):
    """Column -> field and how to read it, by header signature and noun."""

    signature = models.CharField(max_length=64)
    noun = models.CharField(max_length=60)
    mapping = models.JSONField(default=dict)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+")
    used_at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["signature", "noun"], name="imports_mapping_once")]

    def __str__(self) -> str:
        return self.signature[:12]
