"""Where the record went that an old address names."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _


class FormerAddress(models.Model):
    """The uuid of a record that was merged into another, and the uuid of that one, which may have been merged in its turn.

    No key of a person: where nobody has the last uuid any more, the old address leads nowhere.
    """

    uuid = models.UUIDField(unique=True, editable=False)
    kept = models.UUIDField(db_index=True, editable=False)

    class Meta:
        verbose_name = _("former address")
        verbose_name_plural = _("former addresses")

    def __str__(self) -> str:
        return str(self.uuid)
