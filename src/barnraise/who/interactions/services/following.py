"""Interactions follow whom they are with: when two merge, when a merge is undone, when somebody is erased."""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping, Sequence
from typing import Any

from django.db import transaction
from django.db.models import Count
from django.utils import timezone

from barnraise.foundation.refs import Ref
from barnraise.plumbing.files import services as files
from barnraise.plumbing.files.models import File
from barnraise.plumbing.journal import services as journal
from barnraise.plumbing.journal.models import Change, ChangeSet
from barnraise.plumbing.journal.services import add_changes
from barnraise.plumbing.search import services as search
from barnraise.who.people.models import Person, PersonContact

from ..finding import found_as, step_found_as
from ..models import Interaction, InteractionOrganisation, InteractionPerson, MailProposal, NextStep
from ..selectors import KIND, STEP
from . import heard
from .remove import delete_rows
from .steps import delete_steps

LINKS: dict[str, Any] = {"person": InteractionPerson, "organisation": InteractionOrganisation}
"""By the model of a reference: the rows that link it to interactions."""

AT_ONCE = 500
GAP = "…"
"""What stands where a name stood."""


def _recount(model: str, keys: Collection[int]) -> None:
    heard.recount(**{"people" if model == "person" else "organisations": keys})


@transaction.atomic
def hand_on(keep: Ref, absorb: Ref, *, change_set: ChangeSet) -> int:
    """What was with `absorb` is with `keep`; kept in the change set for its undo. Returns how many interactions."""
    model, column = LINKS[keep.model], f"{keep.model}_id"
    rows = model.objects.filter(**{column: absorb.id})
    both = set(
        model.objects.filter(
            **{column: keep.id}, interaction_id__in=rows.values("interaction_id")
        ).values_list("interaction_id", flat=True)
    )
    doubled = list(rows.filter(interaction_id__in=both).values_list("interaction_id", flat=True))
    moved = list(rows.exclude(interaction_id__in=both).values_list("pk", flat=True))
    steps = list(NextStep.objects.filter(**{column: absorb.id}).values_list("pk", flat=True))
    proposals: list[int] = []
    if keep.model == "person":
        found = MailProposal.objects.filter(person_id=absorb.id)
        proposals = list(found.values_list("pk", flat=True))
        found.update(person_id=keep.id)
    rows.filter(interaction_id__in=both).delete()
    model.objects.filter(pk__in=moved).update(**{column: keep.id})
    NextStep.objects.filter(pk__in=steps).update(**{column: keep.id})
    stored = {"from": absorb.id, "moved": moved, "doubled": doubled, "steps": steps, "proposals": proposals}
    if moved or doubled or steps or proposals:
        change = Change(
            kind=model._meta.label_lower, key=keep.id, action=Change.Action.UPDATED, before=stored
        )
        add_changes(change_set=change_set, changes=[change])
        _recount(keep.model, [keep.id, absorb.id])
    return len(moved) + len(doubled)


def hand_back(changes: Sequence[Change], *, by: Any) -> Mapping[int, str]:
    """Undo `hand_on` for those interactions and next steps that are still there."""
    for change in changes:
        name = change.kind.removeprefix("interactions.interaction")
        model, column, stored = LINKS[name], f"{name}_id", change.before or {}
        came_from = stored["from"]
        model.objects.filter(pk__in=stored["moved"], **{column: change.key}).update(**{column: came_from})
        NextStep.objects.filter(pk__in=stored["steps"]).update(**{column: came_from})
        MailProposal.objects.filter(pk__in=stored["proposals"]).update(person_id=came_from)
        there = Interaction.objects.filter(pk__in=stored["doubled"])
        model.objects.bulk_create(
            [model(interaction=row, happened_at=row.happened_at, **{column: came_from}) for row in there],
            ignore_conflicts=True,
        )
        _recount(name, [change.key, came_from])
    return {}


@transaction.atomic
def let_go(ref: Ref, *, by: Any) -> None:
    """Forget whom it was with. Interactions and next steps that were with nobody else go, with their files and words in the journal.

    Of those that stay, names and addresses of an erased person are taken out of the words.
    """
    model, column = LINKS[ref.model], f"{ref.model}_id"
    words = words_of(ref.id) if ref.model == "person" else []
    keys = list(model.objects.filter(**{column: ref.id}).values_list("interaction_id", flat=True))
    for start in range(0, len(keys), AT_ONCE):
        _let_go_of_talks(keys[start : start + AT_ONCE], model, column, ref, words)
    _let_go_of_steps(column, ref, words)
    if ref.model == "person":
        addresses = [word.lower() for word in words if "@" in word]
        MailProposal.objects.filter(person_id=ref.id).delete()
        MailProposal.objects.filter(address__in=addresses).delete()
    _forget_kept(ref)
    _recount(ref.model, [ref.id])


def _let_go_of_talks(keys: Sequence[int], model: Any, column: str, ref: Ref, words: Sequence[str]) -> None:
    counted = Interaction.objects.filter(pk__in=keys).annotate(
        n=Count("people", distinct=True) + Count("organisations", distinct=True)
    )
    alone = [row.pk for row in counted if row.n < 2]
    model.objects.filter(interaction_id__in=keys, **{column: ref.id}).delete()
    papers = File.objects.filter(kind=KIND, key__in=alone).values_list("pk", flat=True)
    gone = [Ref.parse(f"{KIND}:{key}") for key in alone]
    journal.forget_things([*gone, *(Ref("files", "file", key) for key in papers)])
    files.forget(kind=KIND, keys=alone)
    delete_rows(alone)
    at = timezone.now()
    stays = [row for row in Interaction.objects.filter(pk__in=set(keys) - set(alone))]
    for row in stays:
        row.text, row.subject, row.updated_at = without(row.text, words), without(row.subject, words), at
    Interaction.objects.bulk_update(stays, ["text", "subject", "updated_at"])
    if ref.model == "person":
        _let_go_of_files([row.pk for row in stays], words)
    search.index(KIND, [row.pk for row in stays], known={row.pk: found_as(row) for row in stays})


def _let_go_of_files(keys: Sequence[int], words: Sequence[str]) -> None:
    """Files of notes that were with no other person came from, or went to, the erased one: they go. Of others names and
    descriptions lose the words; what stands inside a file is for people to look at."""
    shared = set(
        InteractionPerson.objects.filter(interaction_id__in=keys).values_list("interaction_id", flat=True)
    )
    theirs = [key for key in keys if key not in shared]
    papers = File.objects.filter(kind=KIND, key__in=theirs).values_list("pk", flat=True)
    journal.forget_things([Ref("files", "file", key) for key in papers])
    files.forget(kind=KIND, keys=theirs)
    changed = files.reword(kind=KIND, keys=sorted(shared), words=lambda text: without(text, words))
    journal.forget_things([Ref("files", "file", key) for key in changed])


def _let_go_of_steps(column: str, ref: Ref, words: Sequence[str]) -> None:
    other = "organisation_id" if column == "person_id" else "person_id"
    rows = list(NextStep.objects.filter(**{column: ref.id}))
    alone = [row.pk for row in rows if getattr(row, other) is None and row.interaction_id is None]
    journal.forget_things([Ref.parse(f"{STEP}:{key}") for key in alone])
    delete_steps(alone)
    stays = [row for row in rows if row.pk not in alone]
    at = timezone.now()
    for row in stays:
        setattr(row, column, None)
        row.text, row.updated_at = without(row.text, words), at
    NextStep.objects.bulk_update(stays, [column, "text", "updated_at"])
    search.index(STEP, [row.pk for row in stays], known={row.pk: step_found_as(row) for row in stays})


def _forget_kept(ref: Ref) -> None:
    """What change sets keep of removed interactions and next steps that were with it cannot be brought back any more."""
    lists = "people" if ref.model == "person" else "organisations"
    removed = Change.objects.filter(kind__in=[KIND, STEP], before__isnull=False)
    gone = []
    for change in removed.only("pk", "before").iterator(chunk_size=AT_ONCE):
        said = (change.before or {}).get("document") or {}
        steps = [said, *said.get("steps", ())]
        if ref.id in said.get(lists, ()) or any(step.get(ref.model) == ref.id for step in steps):
            gone.append(change.pk)
    for start in range(0, len(gone), AT_ONCE):
        Change.objects.filter(pk__in=gone[start : start + AT_ONCE]).delete()


def words_of(key: int) -> list[str]:
    """What tells who a person is: addresses, and names of three letters and more, the longest first."""
    person = Person.objects.filter(pk=key).first()
    if person is None:
        return []
    names = [
        person.display_name,
        f"{person.given_name} {person.family_name}",
        person.given_name,
        person.family_name,
    ]
    reached = PersonContact.objects.filter(person_id=key).values_list("value", flat=True)
    found = {word.strip() for word in (*names, *reached) if len(word.strip()) > 2}
    return sorted(found, key=len, reverse=True)


def without(text: str, words: Sequence[str]) -> str:
    """The text with a gap for each of these words, where they stand by themselves; case does not count."""
    if not words:
        return text
    either = "|".join(re.escape(word) for word in words)
    return re.sub(rf"(?<![^\W_])(?:{either})(?![^\W_])", GAP, text, flags=re.IGNORECASE)[: max(len(text), 1)]
