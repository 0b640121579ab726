"""Where facts come from: a person who typed them, an import, a register, the sample town."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _


class Source(models.Model):
    """One origin of facts. `reference` tells sources of a kind apart: "accounts.account:3", "imports.import:12", a register's name."""

    class Kind(models.TextChoices):
        PERSON = "person", _("Typed by a person")
        IMPORT = "import", _("Import")
        REGISTER = "register", _("Register")
        PROGRAM = "program", _("Program")
        SAMPLE = "sample", _("Sample town")

    kind = models.CharField(max_length=10, choices=Kind.choices)
    reference = models.CharField(max_length=120)
    name = models.CharField(max_length=200)
    created_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        verbose_name = _("source")
        verbose_name_plural = _("sources")
        constraints = [
            models.UniqueConstraint(fields=["kind", "reference"], name="organisations_source_once")
        ]

    def __str__(self) -> str:
        return self.name


class FactSource(models.Model):
    """Says that one field's value came from another source than the record's own. Without a row, the record's source said it."""

    organisation = models.ForeignKey(
        "organisations.Organisation", models.CASCADE, related_name="fact_sources", db_index=False
    )
    field = models.CharField(max_length=40, help_text="a field of OrganisationDocument")
    source = models.ForeignKey(Source, models.PROTECT, related_name="+")
    at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["organisation", "field"], name="organisations_fact_source_once")
        ]

    def __str__(self) -> str:
        return f"{self.field}: {self.source_id}"
