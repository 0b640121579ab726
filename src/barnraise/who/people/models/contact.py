"""A way to reach a person: a phone, mailbox, page or profile."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _

from .person import Person


class PersonContact(models.Model):
    """`value` is in the normal form of `foundation.contacts`; `value_folded`, its lower case, is what is looked up.

    Two persons may have the same one: households share a mailbox.
    """

    class Kind(models.TextChoices):
        EMAIL = "email", _("E-mail")
        PHONE = "phone", _("Phone")
        WEBSITE = "website", _("Website")
        SOCIAL = "social", _("Social network")

    person = models.ForeignKey(Person, models.CASCADE, related_name="contacts")
    kind = models.CharField(_("kind"), max_length=8, choices=Kind.choices)
    value = models.CharField(_("value"), max_length=300)
    value_folded = models.CharField(max_length=300, editable=False)
    label = models.CharField(_("label"), max_length=40, blank=True)
    position = models.PositiveSmallIntegerField(default=0)

    class Meta:
        verbose_name = _("way to reach a person")
        verbose_name_plural = _("ways to reach people")
        constraints = [
            models.UniqueConstraint(fields=["person", "kind", "value"], name="people_contact_once")
        ]
        indexes = [models.Index(fields=["value_folded", "person"], name="people_contact")]

    def __str__(self) -> str:
        return self.value
