"""A job: long work as a row, so that it survives whoever works on it."""

from __future__ import annotations

import uuid

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _


class Job(models.Model):
    """Long work with a cursor. Each step commits its rows and this cursor in one transaction, so work counts once.

    `lease_until` says how long its worker is believed alive; when it has passed, the sweep hands the job to another.
    `lease_token` fences: only the worker whose token stands in the row may write a step.
    """

    class State(models.TextChoices):
        WAITING = "waiting", _("Waiting")
        RUNNING = "running", _("Running")
        DONE = "done", _("Done")
        FAILED = "failed", _("Failed")
        CANCELLED = "cancelled", _("Cancelled")

    uuid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    handler = models.CharField(max_length=120, help_text="a name in the socket jobs.handlers")
    title = models.CharField(max_length=200)
    subject = models.CharField(
        max_length=120, blank=True, db_index=True, help_text="typed reference to what it works on"
    )
    arguments = models.JSONField(default=dict)
    state = models.CharField(max_length=10, choices=State.choices, default=State.WAITING)
    step = models.CharField(
        max_length=120, blank=True, help_text="what it is doing now, a key the page translates"
    )
    done = models.BigIntegerField(default=0)
    total = models.BigIntegerField(null=True)
    stage_done = models.BigIntegerField(default=0, help_text="`done` when the present stage began")
    stage_at = models.DateTimeField(null=True, help_text="when the present stage began on its present worker")
    cursor = models.JSONField(default=dict)
    result = models.JSONField(default=dict)
    error = models.TextField(blank=True, help_text="a plain sentence for people")
    trace = models.TextField(blank=True, help_text="the technical side of the error, for admins")
    attempts = models.IntegerField(default=0, help_text="failures since the last step that succeeded")
    interruptions = models.IntegerField(default=0, help_text="how often its worker was lost")
    lease_token = models.UUIDField(null=True)
    lease_until = models.DateTimeField(null=True)
    lease_holder = models.CharField(max_length=120, blank=True, help_text="machine and process at work on it")
    enqueued_at = models.DateTimeField(null=True, help_text="when it was last handed to the queue")
    not_before_at = models.DateTimeField(null=True)
    is_cancel_wanted = models.BooleanField(default=False)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+")
    created_at = models.DateTimeField(auto_now_add=True)
    updated_at = models.DateTimeField(auto_now=True, db_index=True)
    started_at = models.DateTimeField(null=True)
    finished_at = models.DateTimeField(null=True)

    class Meta:
        verbose_name = _("job")
        verbose_name_plural = _("jobs")
        indexes = [
            models.Index(fields=["state", "lease_until"], name="jobs_job_sweep"),
            models.Index(fields=["-id", "state"], name="jobs_job_list"),
            models.Index(fields=["by", "-id"], name="jobs_job_own"),
        ]

    def __str__(self) -> str:
        return self.title

    @property
    def is_over(self) -> bool:
        """Done, failed or cancelled: nothing more will happen."""
        return self.state in OVER


OVER = frozenset({Job.State.DONE, Job.State.FAILED, Job.State.CANCELLED})
"""The states after which nothing more happens by itself."""
