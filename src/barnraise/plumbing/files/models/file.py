"""A file that somebody uploaded."""

from __future__ import annotations

import uuid
from pathlib import Path
from typing import BinaryIO

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from barnraise.foundation.refs import Ref


class File(models.Model):
    """An upload: what it is by its content, how large, whose, and what it is about. Its content never changes."""

    class Visibility(models.TextChoices):
        PRIVATE = "private", _("Only whoever added it and those who lead")
        TEAM = "team", _("The team")

    uuid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    name = models.CharField(_("name"), max_length=200)
    media_type = models.CharField(max_length=120, help_text="decided by content, not by name")
    size = models.BigIntegerField(help_text="octets")
    sha256 = models.CharField(max_length=64, db_index=True)
    owner = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+")
    kind = models.CharField(
        max_length=80, blank=True, help_text='"label.model" of what it is about, or empty'
    )
    key = models.BigIntegerField(null=True)
    alt_text = models.CharField(
        _("description of the picture"),
        max_length=300,
        blank=True,
        help_text=_("For people who cannot see it: what does the picture show?"),
    )
    visibility = models.CharField(
        _("who may open it"), max_length=8, choices=Visibility.choices, default=Visibility.PRIVATE
    )
    created_at = models.DateTimeField(auto_now_add=True)
    updated_at = models.DateTimeField(auto_now=True, db_index=True)

    class Meta:
        verbose_name = _("file")
        verbose_name_plural = _("files")
        indexes = [models.Index(fields=["kind", "key", "-id"], name="files_file_about")]

    def __str__(self) -> str:
        return self.name

    @property
    def about(self) -> Ref | None:
        """The thing it is about, or None."""
        return Ref.parse(f"{self.kind}:{self.key}") if self.kind and self.key is not None else None

    @property
    def path(self) -> Path:
        """Where its content lies."""
        return path_of(self.uuid)

    @property
    def is_image(self) -> bool:
        """A picture that browsers may show."""
        return self.media_type in SHOWN_INLINE

    def open(self) -> BinaryIO:
        """Its content, to read. Raises FileNotFoundError when the data folder lacks it."""
        return self.path.open("rb")


SHOWN_INLINE = frozenset({"image/png", "image/jpeg", "image/gif", "image/webp"})
"""Media types a page may show; everything else is only ever downloaded."""


def path_of(name: uuid.UUID) -> Path:
    """DATA/files/<2 hex>/<uuid>."""
    return Path(settings.DATA) / "files" / name.hex[:2] / str(name)
