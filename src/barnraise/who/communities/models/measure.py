"""A measure: what figures about communities measure, as its publisher defines it."""

from __future__ import annotations

import uuid

from django.db import models
from django.urls import reverse
from django.utils.translation import gettext_lazy as _


class Measure(models.Model):
    """One entry of the catalogue. `publisher` and `code` together tell measures apart."""

    class Direction(models.TextChoices):
        HIGHER = "higher", _("Higher is better")
        LOWER = "lower", _("Lower is better")
        NEUTRAL = "neutral", _("Neither is better")

    uuid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    publisher = models.CharField(
        _("publisher"), max_length=120, help_text=_("Who defines it: a register, an office, we ourselves.")
    )
    code = models.CharField(_("code"), max_length=80, help_text=_("What its publisher calls it for short."))
    name = models.CharField(_("name"), max_length=300)
    name_folded = models.CharField(max_length=300, editable=False)
    unit = models.CharField(
        _("unit"), max_length=60, blank=True, help_text=_("What the numbers count: %, USD, per 100,000.")
    )
    direction = models.CharField(
        _("direction"), max_length=10, choices=Direction.choices, default=Direction.NEUTRAL
    )
    category = models.CharField(_("category"), max_length=80, blank=True)
    description = models.TextField(_("description"), blank=True, max_length=4000)
    is_sample = models.BooleanField(default=False, editable=False)
    created_at = models.DateTimeField(editable=False)
    updated_at = models.DateTimeField(editable=False)

    class Meta:
        verbose_name = _("measure")
        verbose_name_plural = _("measures")
        constraints = [
            models.UniqueConstraint(
                fields=["publisher", "code"],
                name="communities_measure_once",
                violation_error_message=_("There is a measure with this code of this publisher already."),
            )
        ]
        indexes = [
            models.Index(fields=["name_folded", "id"], name="communities_measure_name"),
            models.Index(fields=["category", "name_folded", "id"], name="communities_measure_category"),
            models.Index(fields=["direction", "name_folded", "id"], name="communities_measure_direction"),
            models.Index(fields=["updated_at", "id"], name="communities_measure_updated"),
        ]

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        """Its page, where communities are compared."""
        return reverse("communities:measure", args=[self.uuid])
