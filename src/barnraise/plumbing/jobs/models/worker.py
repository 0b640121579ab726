"""A worker: a process that does background work, as long as it reports."""

from __future__ import annotations

from django.db import models


class Worker(models.Model):
    """One worker process. It writes `seen_at` every few seconds and removes its row when it stops in peace."""

    name = models.CharField(max_length=120, unique=True, help_text="machine and process")
    host = models.CharField(max_length=120)
    pid = models.IntegerField()
    started_at = models.DateTimeField()
    seen_at = models.DateTimeField()

    def __str__(self) -> str:
        return f"{self.host}:{self.pid}"
