"""An address of a person."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _

from .person import Person


class PersonAddress(models.Model):
    """Coordinates are there only where somebody gave them; both or none. Two persons may live at one address."""

    person = models.ForeignKey(Person, models.CASCADE, related_name="addresses")
    label = models.CharField(_("label"), max_length=40, blank=True)
    lines = models.CharField(_("street"), max_length=400, blank=True)
    city = models.CharField(_("city"), max_length=120, blank=True)
    region = models.CharField(_("state or region"), max_length=80, blank=True)
    postcode = models.CharField(_("postcode"), max_length=20, blank=True)
    country = models.CharField(_("country"), max_length=2, blank=True)
    lat = models.FloatField(_("latitude"), null=True, blank=True)
    lon = models.FloatField(_("longitude"), null=True, blank=True)
    source = models.CharField(_("source"), max_length=60, blank=True)
    position = models.PositiveSmallIntegerField(default=0)

    class Meta:
        verbose_name = _("address of a person")
        verbose_name_plural = _("addresses of people")
        indexes = [models.Index(fields=["country", "postcode"], name="people_postcode")]

    def __str__(self) -> str:
        return ", ".join(part for part in (self.lines, self.city, self.region, self.postcode) if part)
