"""A one-time link that has done its work."""

from __future__ import annotations

from django.db import models


class UsedLink(models.Model):
    """Written when a one-time link acts, in the same transaction; the unique number is what makes it once."""

    number = models.CharField(max_length=32, unique=True, help_text="the link's own random number")
    purpose = models.CharField(max_length=80)
    used_at = models.DateTimeField(auto_now_add=True)
    forget_at = models.DateTimeField(
        db_index=True, help_text="when the link has expired, so that this row is needed no more"
    )

    def __str__(self) -> str:
        return f"{self.purpose} {self.number}"
