"""A saved view: filters, order and columns of a list under a name."""

from __future__ import annotations

import uuid

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _


class SavedView(models.Model):
    """`query` is what stands behind the ? of the list's address; `columns` the names of the columns shown, [] for the usual ones."""

    uuid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    owner = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="+")
    list_name = models.CharField(max_length=80)
    title = models.CharField(_("name"), max_length=80)
    query = models.CharField(max_length=2000, blank=True)
    columns = models.JSONField(default=list)
    is_shared = models.BooleanField(_("shared with the team"), default=False)
    created_at = models.DateTimeField(auto_now_add=True)
    updated_at = models.DateTimeField(auto_now=True)

    class Meta:
        verbose_name = _("saved view")
        constraints = [
            models.UniqueConstraint(fields=["owner", "list_name", "title"], name="ui_saved_view_once")
        ]
        ordering = ["title", "id"]

    def __str__(self) -> str:
        return self.title
