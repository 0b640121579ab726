"""Another name an organisation goes or went by."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _

from .organisation import Organisation


class OtherName(models.Model):
    """A name besides the one it is listed under. Names never tell two organisations to be one."""

    class Kind(models.TextChoices):
        LEGAL = "legal", _("Legal name")
        TRADING = "trading", _("Trading name")
        FORMER = "former", _("Former name")
        SHORT = "short", _("Short name")
        SORT = "sort", _("Sorting name")

    organisation = models.ForeignKey(Organisation, models.CASCADE, related_name="other_names", db_index=False)
    kind = models.CharField(_("kind"), max_length=8, choices=Kind.choices)
    name = models.CharField(_("name"), max_length=300)
    name_folded = models.CharField(max_length=300, editable=False)
    position = models.PositiveSmallIntegerField(default=0)

    class Meta:
        verbose_name = _("other name")
        verbose_name_plural = _("other names")
        constraints = [
            models.UniqueConstraint(
                fields=["organisation", "kind", "name"], name="organisations_other_name_once"
            )
        ]
        indexes = [models.Index(fields=["name_folded"], name="organisations_other_name")]

    def __str__(self) -> str:
        return self.name
