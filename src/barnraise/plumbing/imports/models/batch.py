"""An import: files given, what they were recognised as, what was decided, and what came of it."""

from __future__ import annotations

import uuid

from django.conf import settings
from django.db import models
from django.urls import reverse
from django.utils.translation import gettext_lazy as _


class Import(models.Model):
    """One import from upload to result. Its change set is what an undo takes back."""

    class State(models.TextChoices):
        GIVEN = "given", _("Files given")
        MAPPED = "mapped", _("Ready for the dry run")
        CHECKING = "checking", _("Dry run going on")
        CHECKED = "checked", _("Dry run done")
        QUEUED = "queued", _("Waiting for another import")
        RUNNING = "running", _("Running")
        DONE = "done", _("Done")
        FAILED = "failed", _("Failed")
        CANCELLED = "cancelled", _("Cancelled")
        UNDONE = "undone", _("Undone")

    uuid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    state = models.CharField(max_length=10, choices=State.choices, default=State.GIVEN)
    noun = models.CharField(max_length=60, help_text="a name in the socket imports.nouns")
    format = models.CharField(
        max_length=60, blank=True, help_text="a name in imports.formats; empty: by mapping"
    )
    source = models.CharField(max_length=120, blank=True, help_text="what the facts are credited to")
    signature = models.CharField(max_length=64, blank=True, db_index=True)
    mapping = models.JSONField(default=dict)
    decisions = models.JSONField(default=dict, help_text='row -> key of the record it is, or "new"')
    series = models.ForeignKey("imports.Series", models.SET_NULL, null=True, related_name="imports")
    wants_new_series = models.BooleanField(
        default=False, help_text="a person said that this is not an edition of anything taken in before"
    )
    after = models.ForeignKey(
        "self",
        models.SET_NULL,
        null=True,
        related_name="followed_by",
        help_text="the import of the same files that this one takes the rest of",
    )
    change_set = models.OneToOneField("journal.ChangeSet", models.SET_NULL, null=True, related_name="+")
    checking_job = models.UUIDField(null=True)
    running_job = models.UUIDField(null=True)
    rows = models.BigIntegerField(default=0)
    created = models.BigIntegerField(default=0)
    updated = models.BigIntegerField(default=0)
    unchanged = models.BigIntegerField(default=0)
    refused = models.BigIntegerField(default=0)
    proposed_matches = models.BigIntegerField(default=0)
    gone = models.BigIntegerField(default=0)
    absent = models.BigIntegerField(default=0, help_text="rows about something that is not here")
    brought = models.JSONField(
        default=dict, help_text="records of other nouns that were made along with these: noun -> how many"
    )
    expected = models.JSONField(default=dict, help_text="the same counts as the dry run found them")
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+")
    created_at = models.DateTimeField(auto_now_add=True)
    updated_at = models.DateTimeField(auto_now=True)
    finished_at = models.DateTimeField(null=True)
    error = models.CharField(
        max_length=80, blank=True, help_text="a code of tabular.REFUSALS, when reading failed"
    )
    error_facts = models.JSONField(default=dict)

    class Meta:
        verbose_name = _("import")
        verbose_name_plural = _("imports")
        indexes = [models.Index(fields=["updated_at", "id"], name="imports_updated")]

    def __str__(self) -> str:
        return self.source or self.format or str(self.uuid)

    def get_absolute_url(self) -> str:
        """Its page."""
        return reverse("imports:one", args=[self.uuid])


class ImportFile(models.Model):
    """A file of an import, in the order given, with what was chosen about reading it."""

    batch = models.ForeignKey(Import, models.CASCADE, related_name="files")
    file = models.ForeignKey("files.File", models.PROTECT, related_name="+")
    position = models.PositiveSmallIntegerField(default=0)
    choices = models.JSONField(
        default=dict, help_text="encoding, delimiter, sheet, header_row as a person chose"
    )
    recognition = models.JSONField(
        default=dict, help_text="what the file was recognised as with these choices"
    )

    class Meta:
        ordering = ["position"]

    def __str__(self) -> str:
        return f"{self.batch_id}/{self.position}"
