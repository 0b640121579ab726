"""A short link for flyers, posts and mails, and how often it was followed."""

from __future__ import annotations

import uuid

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _


class ShortLink(models.Model):
    """`/l/CODE` leads to `target`. The code is stored in lower case and never used again, also after its end.

    `cites` is the typed reference of what it serves (a project, a goal, an event), or empty.
    """

    uuid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    code = models.CharField(
        _("code"),
        max_length=40,
        unique=True,
        help_text=_("3 to 40 small letters, digits and hyphens. It cannot be changed once it is printed."),
    )
    title = models.CharField(_("title"), max_length=120, help_text=_("What the link is for, for the team."))
    target = models.CharField(
        _("target"),
        max_length=1000,
        help_text=_(
            "A page of this site, like /who/organisations/, or an address that begins with https://."
        ),
    )
    channels = models.JSONField(
        default=list, help_text="labels of where it is handed out; anything else is not told apart"
    )
    cites = models.CharField(_("serves"), max_length=80, blank=True)
    is_sample = models.BooleanField(default=False, editable=False)
    created_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+")
    created_at = models.DateTimeField(auto_now_add=True)
    updated_at = models.DateTimeField(auto_now=True, db_index=True)
    ended_at = models.DateTimeField(null=True)

    class Meta:
        verbose_name = _("short link")
        verbose_name_plural = _("short links")
        indexes = [models.Index(fields=["cites"], name="links_citing", condition=~Q(cites=""))]

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        """Its page."""
        return reverse("links:show", args=[self.uuid])

    @property
    def is_ended(self) -> bool:
        """It no longer leads anywhere."""
        return self.ended_at is not None


class Visits(models.Model):
    """How often a link was followed on one day by one channel. No visitor is told from another."""

    link = models.ForeignKey(ShortLink, models.CASCADE, related_name="visits")
    on = models.DateField(help_text="in the installation's time zone")
    channel = models.CharField(max_length=40, blank=True)
    count = models.IntegerField(default=0)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["link", "on", "channel"], name="links_visits_once")]

    def __str__(self) -> str:
        return f"{self.link_id} {self.on} {self.channel}: {self.count}"
