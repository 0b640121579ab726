"""A listening session: a focus group, an interview, a walk."""

from __future__ import annotations

import uuid

from django.db import models
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from barnraise.who.communities.models import Community

from .cycle import Cycle


class Session(models.Model):
    """Who was in the room is kept by group, never by name.

    `groups` is [{"group": "Seniors", "count": 8}], `themes` a list of texts, `quotes` [{"text": "…", "may_repeat": true}]:
    only those with consent may be repeated.
    """

    class Kind(models.TextChoices):
        FOCUS_GROUP = "focus_group", _("Focus group")
        INTERVIEW = "interview", _("Interview")
        MEETING = "meeting", _("Open meeting")
        WALK = "walk", _("Walk through the place")

    uuid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    title = models.CharField(_("title"), max_length=160)
    title_folded = models.CharField(max_length=160, editable=False, db_index=True)
    kind = models.CharField(_("kind"), max_length=12, choices=Kind.choices, db_index=True)
    held_on = models.DateField(_("held on"), db_index=True)
    place = models.CharField(_("place"), max_length=200, blank=True)
    cycle = models.ForeignKey(
        Cycle, models.SET_NULL, null=True, blank=True, related_name="sessions", verbose_name=_("assessment")
    )
    community = models.ForeignKey(
        Community, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("community")
    )
    groups = models.JSONField(_("who was in the room"), default=list, blank=True)
    themes = models.JSONField(_("themes"), default=list, blank=True)
    quotes = models.JSONField(_("quotes"), default=list, blank=True)
    notes = models.TextField(_("notes"), max_length=10_000, blank=True)
    is_sample = models.BooleanField(default=False, editable=False)
    created_at = models.DateTimeField(editable=False)
    updated_at = models.DateTimeField(editable=False, db_index=True)

    class Meta:
        verbose_name = _("listening session")
        verbose_name_plural = _("listening sessions")

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        """Its page."""
        return reverse("needs:session", args=[self.uuid])

    @property
    def present(self) -> int:
        """How many were in the room."""
        return sum(int(one["count"]) for one in self.groups)
