"""A contact point: a phone, mailbox or page of the organisation itself, not of a person."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _

from .organisation import Organisation


class ContactPoint(models.Model):
    """`value` is normalised: +13075550100, hello@example.org, https://example.org/."""

    class Kind(models.TextChoices):
        PHONE = "phone", _("Phone")
        EMAIL = "email", _("E-mail")
        WEBSITE = "website", _("Website")
        SOCIAL = "social", _("Social network")

    organisation = models.ForeignKey(
        Organisation, models.CASCADE, related_name="contact_points", db_index=False
    )
    kind = models.CharField(_("kind"), max_length=8, choices=Kind.choices)
    value = models.CharField(_("value"), max_length=300)
    label = models.CharField(_("label"), max_length=80, blank=True)
    position = models.PositiveSmallIntegerField(default=0)

    class Meta:
        verbose_name = _("contact point")
        verbose_name_plural = _("contact points")
        constraints = [
            models.UniqueConstraint(
                fields=["organisation", "kind", "value"], name="organisations_contact_once"
            )
        ]
        indexes = [models.Index(fields=["kind", "value"], name="organisations_contact")]

    def __str__(self) -> str:
        return self.value
