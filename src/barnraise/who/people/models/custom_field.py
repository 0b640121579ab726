"""A custom field: something this partnership wants to know about people that no other field says."""

from __future__ import annotations

import uuid

from django.db import models
from django.utils.translation import gettext_lazy as _


class CustomField(models.Model):
    """`key` names its value in `Person.custom` and never changes. A retired one is shown where it has a value, and asked for no more."""

    class Type(models.TextChoices):
        TEXT = "text", _("Text")
        NUMBER = "number", _("Number")
        DATE = "date", _("Date")
        CHOICE = "choice", _("One of a list")
        YES_NO = "yes_no", _("Yes or no")

    uuid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    key = models.SlugField(_("key"), max_length=40, unique=True)
    label = models.CharField(_("label"), max_length=80)
    help_text = models.CharField(_("help"), max_length=200, blank=True)
    type = models.CharField(_("kind of value"), max_length=8, choices=Type.choices, default=Type.TEXT)
    options = models.JSONField(_("options"), default=list, blank=True, help_text="texts, for a choice")
    kinds = models.JSONField(
        _("asked of"), default=list, blank=True, help_text="kinds of person; empty means all"
    )
    position = models.PositiveSmallIntegerField(_("position"), default=0)
    is_retired = models.BooleanField(_("asked no more"), default=False)
    created_at = models.DateTimeField(editable=False)
    updated_at = models.DateTimeField(editable=False, db_index=True)

    class Meta:
        verbose_name = _("custom field")
        verbose_name_plural = _("custom fields")

    def __str__(self) -> str:
        return self.label

    def is_for(self, kind: str) -> bool:
        """People of this kind are asked for it."""
        return not self.is_retired and (not self.kinds or kind in self.kinds)
