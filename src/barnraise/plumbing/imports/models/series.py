"""A series: editions of one source, and which records the newest edition lists."""

from __future__ import annotations

from django.db import models


class Series(models.Model):
    """Editions of one register or spreadsheet; a later edition of a series finds its records again through the listings."""

    noun = models.CharField(max_length=60)
    source = models.CharField(max_length=120)
    signature = models.CharField(max_length=64, blank=True)
    created_at = models.DateTimeField(auto_now_add=True)

    def __str__(self) -> str:
        return self.source


class Listing(models.Model):
    """A record that an edition listed, and what it said: a new edition changes only what its source changed."""

    series = models.ForeignKey(Series, models.CASCADE, related_name="listings", db_index=False)
    source_key = models.CharField(max_length=200, help_text="what tells the record apart within its source")
    key = models.BigIntegerField(help_text="the record's key in its noun's table")
    batch = models.ForeignKey(
        "imports.Import", models.CASCADE, related_name="+", help_text="the edition that listed it last"
    )
    row = models.BigIntegerField(default=0)
    digest = models.BinaryField(max_length=16, help_text="of the document as it was last given")
    document = models.JSONField(default=dict)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["series", "source_key"], name="imports_listing_once")]
        indexes = [
            models.Index(fields=["series", "batch"], name="imports_listing_gone"),
            models.Index(fields=["key", "series"], name="imports_listing_record"),
        ]

    def __str__(self) -> str:
        return self.source_key
