"""A finding: what a dry run or a run has to say about one row."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _


class Finding(models.Model):
    """All refusals, changes, likely duplicates and gone records; of new ones the first few hundred."""

    class Phase(models.TextChoices):
        DRY = "d", _("dry run")
        RUN = "r", _("run")

    class Kind(models.TextChoices):
        NEW = "new", _("New")
        CHANGED = "changed", _("Changed")
        REFUSED = "refused", _("Refused")
        MATCH = "match", _("Likely duplicate")
        KEPT = "kept", _("Kept as a person changed it")
        GONE = "gone", _("No longer listed")
        ABSENT = "absent", _("Not here")

    batch = models.ForeignKey("imports.Import", models.CASCADE, related_name="findings")
    phase = models.CharField(max_length=1, choices=Phase.choices)
    kind = models.CharField(max_length=8, choices=Kind.choices)
    row = models.BigIntegerField(default=0)
    table = models.CharField(max_length=120, blank=True)
    column = models.CharField(max_length=200, blank=True)
    value = models.CharField(max_length=300, blank=True)
    reason = models.CharField(max_length=300, blank=True, help_text="a source string of the catalogue")
    details = models.JSONField(default=dict)
    title = models.CharField(max_length=300, blank=True)
    key = models.BigIntegerField(null=True, help_text="the record it is about")
    many = models.BigIntegerField(default=1, help_text="how many rows it stands for")
    changes = models.JSONField(default=dict, help_text="field -> [before, after]")

    class Meta:
        indexes = [models.Index(fields=["batch", "phase", "kind", "id"], name="imports_finding_list")]

    def __str__(self) -> str:
        return f"{self.kind} row {self.row}"
