"""A number that everybody may see, by decision of the team."""

from __future__ import annotations

import uuid

from django.conf import settings
from django.db import models
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from barnraise.why.goals.models import Indicator


class PublicNumber(models.Model):
    """An indicator whose values stand on the website, with a page that says how they are made.

    It is there or not: whoever ends it takes it off every page at once. `about` says in plain words what is counted.
    """

    uuid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    indicator = models.OneToOneField(Indicator, models.CASCADE, related_name="+", verbose_name=_("indicator"))
    about = models.TextField(_("what it says, in plain words"), max_length=1000, blank=True)
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.SET_NULL,
        null=True,
        related_name="+",
        db_index=False,
        verbose_name=_("made public by"),
    )
    is_sample = models.BooleanField(default=False, editable=False)
    created_at = models.DateTimeField(_("made public"), editable=False)

    class Meta:
        verbose_name = _("public number")
        verbose_name_plural = _("public numbers")

    def __str__(self) -> str:
        return self.indicator.name

    def get_absolute_url(self) -> str:
        """Its public page, in the language that is active."""
        return reverse("site:number", args=[self.uuid])
