"""An entry: who did what, when; a mention: which thing it was about."""

from __future__ import annotations

from django.conf import settings
from django.db import models


class Entry(models.Model):
    """One sentence of the journal. Append-only; its words are made when it is read, in the reader's language."""

    at = models.DateTimeField(db_index=True)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+")
    via = models.CharField(max_length=20, default="desk")
    verb = models.CharField(max_length=80, help_text='"room.done", a name in the socket journal.sentences')
    room = models.CharField(max_length=40)
    data = models.JSONField(default=dict)
    change_set = models.ForeignKey("journal.ChangeSet", models.CASCADE, null=True, related_name="entries")

    class Meta:
        indexes = [
            models.Index(fields=["by", "-id"], name="journal_entry_by"),
            models.Index(fields=["room", "-id"], name="journal_entry_room"),
            models.Index(fields=["verb", "-id"], name="journal_entry_verb"),
        ]

    def __str__(self) -> str:
        return f"{self.verb} at {self.at:%Y-%m-%d %H:%M}"


class Mention(models.Model):
    """The entry is about this thing; an entry may be about several."""

    entry = models.ForeignKey(Entry, models.CASCADE, related_name="mentions")
    kind = models.CharField(max_length=80, help_text='"label.model"')
    key = models.BigIntegerField()
    title = models.CharField(
        max_length=120, blank=True, help_text="what it was called then; shown when it is gone"
    )

    class Meta:
        constraints = [models.UniqueConstraint(fields=["kind", "key", "entry"], name="journal_mention_once")]

    def __str__(self) -> str:
        return f"{self.kind}:{self.key}"
