"""Somebody who wants to come to an event, or came."""

from __future__ import annotations

import uuid
from datetime import datetime

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from barnraise.who.people.models import Person

from .event import Event


class Registration(models.Model):
    """One person's place at an event, or their place on the waitlist, in the order of `id`.

    `name` and `email` stand as they were given. `person` is known when somebody of the directory has both, or since check-in.
    `came_at` is when they were checked in; `minutes` how long they stayed, where that is known. `confirmed_at`: they said again that they come.
    """

    class State(models.TextChoices):
        PLACE = "place", _("Has a place")
        WAITING = "waiting", _("On the waitlist")
        CANCELLED = "cancelled", _("Cancelled")

    class Way(models.TextChoices):
        PAGE = "page", _("On the event's page")
        TEAM = "team", _("By the team")
        DOOR = "door", _("At the door")
        FILE = "file", _("Taken in from a file")

    uuid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    event = models.ForeignKey(
        Event, models.CASCADE, related_name="registrations", db_index=False, verbose_name=_("event")
    )
    person = models.ForeignKey(
        Person,
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
        db_index=False,
        verbose_name=_("person"),
    )
    name = models.CharField(_("name"), max_length=200)
    name_folded = models.CharField(max_length=200, editable=False)
    email = models.CharField(_("e-mail"), max_length=254, blank=True)
    language = models.CharField(_("language"), max_length=10, blank=True)
    state = models.CharField(_("state"), max_length=9, choices=State.choices)
    way = models.CharField(_("how"), max_length=4, choices=Way.choices)
    note = models.CharField(_("note"), max_length=300, blank=True)
    confirmed_at: models.DateTimeField[datetime | None, datetime | None] = models.DateTimeField(
        _("confirmed"), null=True, editable=False
    )
    cancelled_at = models.DateTimeField(_("cancelled"), null=True, editable=False)
    came_at: models.DateTimeField[datetime | None, datetime | None] = models.DateTimeField(
        _("checked in"), null=True, editable=False
    )
    checked_in_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.SET_NULL,
        null=True,
        related_name="+",
        db_index=False,
        editable=False,
    )
    minutes = models.PositiveIntegerField(_("minutes"), null=True, blank=True)
    is_sample = models.BooleanField(default=False, editable=False)
    created_at = models.DateTimeField(_("registered"), editable=False)
    updated_at = models.DateTimeField(editable=False)

    class Meta:
        verbose_name = _("registration")
        verbose_name_plural = _("registrations")
        constraints = [
            models.UniqueConstraint(
                fields=["event", "person"],
                name="events_once_each",
                condition=Q(person__isnull=False) & ~Q(state="cancelled"),
                violation_error_message=_("They are registered already."),
            ),
            models.UniqueConstraint(
                fields=["event", "name_folded", "email"],
                name="events_once_named",
                condition=~Q(state="cancelled") & ~Q(email=""),
                violation_error_message=_("They are registered already."),
            ),
            models.CheckConstraint(
                condition=Q(came_at__isnull=True) | Q(state="place"), name="events_came_with_a_place"
            ),
            models.CheckConstraint(
                condition=Q(minutes__isnull=True) | Q(came_at__isnull=False), name="events_hours_of_who_came"
            ),
        ]
        indexes = [
            models.Index(fields=["event", "state", "id"], name="events_places"),
            models.Index(fields=["event", "name_folded", "id"], name="events_at_the_door"),
            models.Index(fields=["event", "updated_at", "id"], name="events_lately"),
            models.Index(fields=["created_at", "id"], name="events_registered"),
            models.Index(fields=["name_folded", "id"], name="events_registered_name"),
            models.Index(fields=["updated_at", "id"], name="events_registration_updated"),
            models.Index(
                fields=["person", "came_at"], name="events_of_person", condition=Q(person__isnull=False)
            ),
            models.Index(
                fields=["event", "person"], name="events_who_came", condition=Q(came_at__isnull=False)
            ),
            models.Index(fields=["came_at", "id"], name="events_came"),
            models.Index(
                fields=["created_at", "id"],
                name="events_of_those_who_came",
                condition=Q(came_at__isnull=False),
            ),
        ]

    def __str__(self) -> str:
        return self.name
