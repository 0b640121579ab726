"""An organisation serves a community."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _

from barnraise.who.communities.models import Community

from .organisation import Organisation


class Serves(models.Model):
    """A link between an organisation and a community it serves. It keeps the community from being removed."""

    organisation = models.ForeignKey(Organisation, models.CASCADE, related_name="serves", db_index=False)
    community = models.ForeignKey(Community, models.PROTECT, related_name="+", db_index=False)

    class Meta:
        verbose_name = _("community served")
        verbose_name_plural = _("communities served")
        constraints = [
            models.UniqueConstraint(fields=["organisation", "community"], name="organisations_serves_once")
        ]
        indexes = [models.Index(fields=["community", "organisation"], name="organisations_by_community")]

    def __str__(self) -> str:
        return f"{self.organisation_id} serves {self.community_id}"
