"""A sector: the field an organisation works in, by the code of a scheme."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _

from .organisation import Organisation


class Sector(models.Model):
    """A code of a scheme in `sectors.py`; its label is looked up there in the reader's language."""

    organisation = models.ForeignKey(Organisation, models.CASCADE, related_name="sectors", db_index=False)
    scheme = models.CharField(_("scheme"), max_length=20)
    code = models.CharField(_("code"), max_length=60)

    class Meta:
        verbose_name = _("sector")
        verbose_name_plural = _("sectors")
        constraints = [
            models.UniqueConstraint(
                fields=["organisation", "scheme", "code"], name="organisations_sector_once"
            )
        ]
        indexes = [models.Index(fields=["scheme", "code", "organisation"], name="organisations_by_sector")]

    def __str__(self) -> str:
        return f"{self.scheme} {self.code}"
