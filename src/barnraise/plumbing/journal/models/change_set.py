"""A change set: all that one import or bulk action did, kept so that it can be undone."""

from __future__ import annotations

import uuid

from django.conf import settings
from django.db import models
from django.urls import reverse


class ChangeSet(models.Model):
    """One import or bulk action. Its changes are the undo store; they go when `undo_until` has passed."""

    class State(models.TextChoices):
        OPEN = "open"
        DONE = "done"
        UNDOING = "undoing"
        UNDONE = "undone"

    uuid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    verb = models.CharField(max_length=80, help_text="the verb of its journal entry")
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+")
    state = models.CharField(max_length=10, choices=State.choices, default=State.OPEN)
    created_at = models.DateTimeField()
    undo_until = models.DateTimeField(db_index=True)
    undone_at = models.DateTimeField(null=True)
    entry_floor = models.BigIntegerField(
        help_text="the newest journal entry when it began: later ones are 'since'"
    )
    count = models.BigIntegerField(default=0, help_text="rows changed")

    def __str__(self) -> str:
        return f"{self.verb} ({self.count})"

    @property
    def undo_url(self) -> str:
        """Where a POST takes it back."""
        return reverse("journal:undo", kwargs={"key": self.pk})


class Change(models.Model):
    """What a change set did to one thing. `before` is None for created, `after` is None for removed or when the row itself tells."""

    class Action(models.TextChoices):
        CREATED = "c"
        UPDATED = "u"
        REMOVED = "r"

    change_set = models.ForeignKey(ChangeSet, models.CASCADE, related_name="changes")
    kind = models.CharField(max_length=80, help_text='"label.model"')
    key = models.BigIntegerField()
    action = models.CharField(max_length=1, choices=Action.choices)
    before = models.JSONField(null=True)
    after = models.JSONField(null=True)
    kept = models.CharField(
        max_length=40,
        default="",
        help_text="why an undo left it as it is; empty when it was undone or not tried",
    )

    class Meta:
        indexes = [models.Index(fields=["kind", "key", "change_set"], name="journal_change_thing")]

    def __str__(self) -> str:
        return f"{self.action} {self.kind}:{self.key}"
