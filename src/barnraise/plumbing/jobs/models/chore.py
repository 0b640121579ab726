"""A chore: work that comes round, and when it last did."""

from __future__ import annotations

from django.db import models


class Chore(models.Model):
    """The diary of one chore plugged into jobs.chores; its name is the plug's name."""

    name = models.CharField(max_length=120, unique=True)
    due_at = models.DateTimeField(db_index=True)
    lease_until = models.DateTimeField(null=True)
    started_at = models.DateTimeField(null=True)
    finished_at = models.DateTimeField(null=True)
    error = models.TextField(blank=True)
    failures = models.IntegerField(default=0, help_text="since it last went well")

    def __str__(self) -> str:
        return self.name
