"""Apart: two persons that look alike and are not the same."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import F, Q

from .person import Person


class Apart(models.Model):
    """Somebody looked at both and said so; they are not proposed as duplicates again. `first` has the lower key."""

    first = models.ForeignKey(Person, models.CASCADE, related_name="+")
    second = models.ForeignKey(Person, models.CASCADE, related_name="+")
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+")
    at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["first", "second"], name="people_apart_once"),
            models.CheckConstraint(condition=Q(first__lt=F("second")), name="people_apart_ordered"),
        ]

    def __str__(self) -> str:
        return f"{self.first_id} is not {self.second_id}"
