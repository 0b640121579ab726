"""An identifier: what a register or another system calls the organisation."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _

from .organisation import Organisation


class Identifier(models.Model):
    """A value within a scheme (see `identifiers.py`), normalised; no two organisations share one."""

    organisation = models.ForeignKey(Organisation, models.CASCADE, related_name="identifiers")
    scheme = models.CharField(_("scheme"), max_length=40)
    value = models.CharField(_("value"), max_length=200)

    class Meta:
        verbose_name = _("identifier")
        verbose_name_plural = _("identifiers")
        constraints = [
            models.UniqueConstraint(
                fields=["scheme", "value"],
                name="organisations_identifier_once",
                violation_error_message=_("Another organisation has this identifier."),
            )
        ]
        indexes = [models.Index(fields=["scheme", "organisation"], name="organisations_by_scheme")]

    def __str__(self) -> str:
        return f"{self.scheme} {self.value}"
