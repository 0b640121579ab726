"""An identifier: what another system calls the person."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _

from .person import Person


class PersonIdentifier(models.Model):
    """A value within a scheme (see `identifiers.py`); no two persons share one."""

    person = models.ForeignKey(Person, models.CASCADE, related_name="identifiers")
    scheme = models.CharField(_("scheme"), max_length=40)
    value = models.CharField(_("value"), max_length=200)

    class Meta:
        verbose_name = _("identifier of a person")
        verbose_name_plural = _("identifiers of people")
        constraints = [
            models.UniqueConstraint(
                fields=["scheme", "value"],
                name="people_identifier_once",
                violation_error_message=_("Another person has this identifier."),
            )
        ]

    def __str__(self) -> str:
        return f"{self.scheme} {self.value}"
