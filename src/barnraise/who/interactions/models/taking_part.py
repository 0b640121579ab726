"""With whom an interaction was: people and organisations, each row with its time, so that a profile is walked in one index."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _

from barnraise.who.organisations.models import Organisation
from barnraise.who.people.models import Person

from .interaction import Interaction


class InteractionPerson(models.Model):
    """A person it was with. `happened_at` repeats the interaction's.

    It keeps the person from being removed: history is merged or erased, never lost. Its constraint and its index serve
    both keys, which have none of their own.
    """

    interaction = models.ForeignKey(Interaction, models.CASCADE, related_name="people", db_index=False)
    person = models.ForeignKey(Person, models.PROTECT, related_name="+", db_index=False)
    happened_at = models.DateTimeField()

    class Meta:
        verbose_name = _("person in an interaction")
        verbose_name_plural = _("people in interactions")
        constraints = [
            models.UniqueConstraint(fields=["interaction", "person"], name="interactions_person_once")
        ]
        indexes = [models.Index(fields=["person", "-happened_at", "-id"], name="interactions_of_person")]

    def __str__(self) -> str:
        return f"{self.interaction_id} with person {self.person_id}"


class InteractionOrganisation(models.Model):
    """An organisation it was with; see InteractionPerson."""

    interaction = models.ForeignKey(Interaction, models.CASCADE, related_name="organisations", db_index=False)
    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="+", db_index=False)
    happened_at = models.DateTimeField()

    class Meta:
        verbose_name = _("organisation in an interaction")
        verbose_name_plural = _("organisations in interactions")
        constraints = [
            models.UniqueConstraint(
                fields=["interaction", "organisation"], name="interactions_organisation_once"
            )
        ]
        indexes = [
            models.Index(fields=["organisation", "-happened_at", "-id"], name="interactions_of_organisation")
        ]

    def __str__(self) -> str:
        return f"{self.interaction_id} with organisation {self.organisation_id}"
