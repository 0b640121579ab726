"""Remove interactions, so that it can be taken back."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from typing import Any

from django.db import transaction

from barnraise.foundation.refs import Ref
from barnraise.plumbing.journal.models import Change, ChangeSet
from barnraise.plumbing.journal.services import add_changes, close_change_set, open_change_set, record
from barnraise.plumbing.search import services as search
from barnraise.plumbing.tags import services as tags

from ..models import Interaction, InteractionOrganisation, InteractionPerson, MailProposal, NextStep
from ..selectors import KIND, STEP, snapshot
from . import heard

AT_ONCE = 500


def remove_interaction(interaction: Interaction, *, by: Any) -> ChangeSet:
    """Remove it with its next steps. Returns the change set that brings it back for thirty days."""
    with transaction.atomic():
        change_set = open_change_set(by=by, verb="interactions.removed")
        record(by=by, verb="interactions.removed", about=[Ref.to(interaction)], change_set=change_set)
        remove_many([interaction.pk], change_set=change_set)
        close_change_set(change_set=change_set)
    return change_set


def take_back(interaction: Interaction, *, by: Any) -> None:
    """A slip just made: remove what was logged a moment ago with its next steps. What it said can be noted again."""
    with transaction.atomic():
        record(by=by, verb="interactions.taken_back", about=[Ref.to(interaction)])
        delete_rows([interaction.pk])


def remove_many(keys: Collection[int], *, change_set: ChangeSet) -> int:
    """Remove these, keeping their snapshots in the change set; how many went. Whoever closes it leaves the sentence."""
    ordered = sorted(set(keys))
    gone = 0
    for start in range(0, len(ordered), AT_ONCE):
        stored = snapshot(ordered[start : start + AT_ONCE])
        add_changes(
            change_set=change_set,
            changes=[
                Change(kind=KIND, key=key, action=Change.Action.REMOVED, before=before)
                for key, before in stored.items()
            ],
        )
        delete_rows(list(stored))
        gone += len(stored)
    return gone


def delete_rows(keys: Sequence[int], *, with_tags: bool = True) -> None:
    """Delete interactions with all that hangs on them, without a sentence. Files about them stay until nobody can undo it."""
    people = set(
        InteractionPerson.objects.filter(interaction_id__in=keys).values_list("person_id", flat=True)
    )
    bodies = set(
        InteractionOrganisation.objects.filter(interaction_id__in=keys).values_list(
            "organisation_id", flat=True
        )
    )
    steps = list(NextStep.objects.filter(interaction_id__in=keys).values_list("pk", flat=True))
    NextStep.objects.filter(pk__in=steps).delete()
    MailProposal.objects.filter(interaction_id__in=keys).delete()
    InteractionPerson.objects.filter(interaction_id__in=keys).delete()
    InteractionOrganisation.objects.filter(interaction_id__in=keys).delete()
    Interaction.objects.filter(pk__in=keys).delete()
    heard.recount(people=people, organisations=bodies)
    if with_tags:
        tags.forget(kind=KIND, keys=keys)
    search.remove(STEP, steps)
    search.remove(KIND, keys)
