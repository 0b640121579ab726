"""A postcode and where about it is: a table an operator may load."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _


class Postcode(models.Model):
    """The middle of a postcode. What is placed by it is marked as approximate."""

    country = models.CharField(_("country"), max_length=2, help_text="ISO 3166-1, two capital letters")
    postcode = models.CharField(_("postcode"), max_length=16, help_text="capital letters and digits only")
    lat = models.FloatField()
    lon = models.FloatField()

    class Meta:
        verbose_name = _("postcode")
        verbose_name_plural = _("postcodes")
        constraints = [
            models.UniqueConstraint(fields=["country", "postcode"], name="communities_postcode_once")
        ]

    def __str__(self) -> str:
        return f"{self.country} {self.postcode}"
