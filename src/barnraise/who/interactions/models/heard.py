"""When we last had to do with somebody: one narrow row for each person and organisation with a history."""

from __future__ import annotations

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from barnraise.who.organisations.models import Organisation
from barnraise.who.people.models import Person


class Heard(models.Model):
    """Follows the interactions in the same transaction. `team_*` leaves those out that only coordinators read."""

    person = models.OneToOneField(Person, models.CASCADE, null=True, related_name="+")
    organisation = models.OneToOneField(Organisation, models.CASCADE, null=True, related_name="+")
    last_at = models.DateTimeField()
    count = models.PositiveIntegerField(default=0)
    team_last_at = models.DateTimeField(null=True)
    team_count = models.PositiveIntegerField(default=0)

    class Meta:
        verbose_name = _("last interaction")
        verbose_name_plural = _("last interactions")
        constraints = [
            models.CheckConstraint(
                condition=Q(person__isnull=False, organisation__isnull=True)
                | Q(person__isnull=True, organisation__isnull=False),
                name="interactions_heard_of_one",
            )
        ]
        indexes = [models.Index(fields=["last_at", "id"], name="interactions_heard_last")]

    def __str__(self) -> str:
        return f"{self.count} until {self.last_at:%Y-%m-%d}"
