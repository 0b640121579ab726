"""A headcount: how many people of a group live in a community in a year, as a source says."""

from __future__ import annotations

import uuid

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from .community import Community


class Headcount(models.Model):
    """`group` is the population group in the source's words, empty for everyone. One count per group and year."""

    uuid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    community = models.ForeignKey(
        Community, models.CASCADE, related_name="headcounts", verbose_name=_("community")
    )
    group = models.CharField(
        _("group"), max_length=120, blank=True, help_text=_("As the source calls it. Empty: everyone.")
    )
    count = models.PositiveBigIntegerField(_("people"))
    year = models.PositiveSmallIntegerField(_("year"))
    source = models.CharField(_("source"), max_length=200, help_text=_("Who counted, in which publication."))
    created_at = models.DateTimeField(editable=False)
    updated_at = models.DateTimeField(editable=False)

    class Meta:
        verbose_name = _("headcount")
        verbose_name_plural = _("headcounts")
        constraints = [
            models.UniqueConstraint(
                fields=["community", "group", "year"],
                name="communities_headcount_once",
                violation_error_message=_("There is a headcount of this group for this year already."),
            ),
            models.CheckConstraint(
                condition=Q(year__gte=1800, year__lte=2200), name="communities_headcount_year"
            ),
        ]
        indexes = [models.Index(fields=["updated_at", "id"], name="communities_headcount_updated")]

    def __str__(self) -> str:
        return f"{self.group or '*'} {self.year}: {self.count}"
