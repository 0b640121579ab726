"""The link by which the very first admin comes."""

from __future__ import annotations

from django.db import models
from django.utils import timezone


class FirstAdminLink(models.Model):
    """A secret of which only the hash is kept. At most one unused row exists; it is worth nothing once an admin exists."""

    digest = models.CharField(max_length=64, unique=True, editable=False)
    created_at = models.DateTimeField(default=timezone.now, editable=False)
    expires_at = models.DateTimeField()
    used_at = models.DateTimeField(null=True)

    def __str__(self) -> str:
        return f"first admin link of {self.created_at:%Y-%m-%d %H:%M}"
