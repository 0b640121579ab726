"""A tag, and what it sticks to."""

from __future__ import annotations

import uuid

from django.db import models
from django.utils.translation import gettext_lazy as _

from barnraise.foundation.refs import Ref


class Tag(models.Model):
    """A free label. `folded` is its name without case and accents, and is what may exist only once."""

    uuid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    name = models.CharField(_("name"), max_length=60)
    folded = models.CharField(max_length=80, unique=True, editable=False)
    description = models.CharField(
        _("description"), max_length=300, blank=True, help_text=_("When to use it, for those who tag.")
    )
    created_at = models.DateTimeField(auto_now_add=True)
    updated_at = models.DateTimeField(auto_now=True, db_index=True)

    class Meta:
        verbose_name = _("tag")
        verbose_name_plural = _("tags")

    def __str__(self) -> str:
        return self.name


class Tagging(models.Model):
    """A tag sticks to a thing, once."""

    tag = models.ForeignKey(Tag, models.CASCADE, related_name="taggings", db_index=False)
    kind = models.CharField(max_length=80, help_text='"label.model"')
    key = models.BigIntegerField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["kind", "key", "tag"], name="tags_tagging_once")]
        indexes = [models.Index(fields=["tag", "kind", "key"], name="tags_tagging_things")]

    def __str__(self) -> str:
        return f"{self.kind}:{self.key}"

    @property
    def ref(self) -> Ref:
        """The thing."""
        return Ref.parse(f"{self.kind}:{self.key}")
