"""A community: a place or a population that is served."""

from __future__ import annotations

import uuid
from typing import Any

from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _


class Community(models.Model):
    """A place or population. The boundary is GeoJSON as `foundation.geo.read_boundary` gives it; box and centre are
    derived from it by the services and are all set or all null."""

    class Kind(models.TextChoices):
        NEIGHBOURHOOD = "neighbourhood", _("Neighbourhood")
        TOWN = "town", _("Town")
        COUNTY = "county", _("County")
        SCHOOL_DISTRICT = "school_district", _("School district")
        POPULATION = "population", _("Population group")

    uuid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    name = models.CharField(_("name"), max_length=200)
    name_folded = models.CharField(max_length=200, editable=False)
    kind = models.CharField(_("kind"), max_length=20, choices=Kind.choices, default=Kind.NEIGHBOURHOOD)
    parent = models.ForeignKey(
        "self", models.PROTECT, null=True, blank=True, related_name="children", verbose_name=_("part of")
    )
    description = models.TextField(_("description"), blank=True, max_length=4000)
    boundary = models.JSONField(_("boundary"), null=True, blank=True)
    boundary_source = models.CharField(_("source of the boundary"), max_length=200, blank=True)
    min_lat = models.FloatField(null=True, editable=False)
    max_lat = models.FloatField(null=True, editable=False)
    min_lon = models.FloatField(null=True, editable=False)
    max_lon = models.FloatField(null=True, editable=False)
    centre_lat = models.FloatField(null=True, editable=False)
    centre_lon = models.FloatField(null=True, editable=False)
    is_sample = models.BooleanField(default=False, editable=False)
    created_at = models.DateTimeField(editable=False)
    updated_at = models.DateTimeField(editable=False)

    class Meta:
        verbose_name = _("community")
        verbose_name_plural = _("communities")
        constraints = [
            models.CheckConstraint(
                condition=Q(parent__isnull=True) | ~Q(parent=F("id")), name="communities_not_own_parent"
            ),
            models.CheckConstraint(
                condition=Q(
                    min_lat__isnull=True, max_lat__isnull=True, min_lon__isnull=True, max_lon__isnull=True
                )
                | Q(min_lat__lte=F("max_lat"), min_lon__lte=F("max_lon")),
                name="communities_box_whole",
            ),
        ]
        indexes = [
            models.Index(fields=["name_folded", "id"], name="communities_name"),
            models.Index(fields=["kind", "name_folded", "id"], name="communities_kind"),
            models.Index(fields=["updated_at", "id"], name="communities_updated"),
            models.Index(fields=["min_lat", "max_lat", "min_lon", "max_lon"], name="communities_box"),
        ]

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        """Its page."""
        return reverse("communities:one", args=[self.uuid])

    @property
    def box(self) -> list[float] | None:
        """[south, west, north, east] in degrees, None without a boundary."""
        found: list[Any] = [self.min_lat, self.min_lon, self.max_lat, self.max_lon]
        return None if None in found else found
