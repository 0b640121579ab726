"""An identifier: what a register of places calls the community."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _

from .community import Community


class Identifier(models.Model):
    """A value within a scheme (see `identifiers.py`), normalised; no two communities share one."""

    community = models.ForeignKey(Community, models.CASCADE, related_name="identifiers")
    scheme = models.CharField(_("scheme"), max_length=30)
    value = models.CharField(_("value"), max_length=100)

    class Meta:
        verbose_name = _("identifier")
        verbose_name_plural = _("identifiers")
        constraints = [
            models.UniqueConstraint(
                fields=["scheme", "value"],
                name="communities_identifier_once",
                violation_error_message=_("Another community has this identifier."),
            )
        ]

    def __str__(self) -> str:
        return f"{self.scheme} {self.value}"
