"""Change what an interaction says, with whom it was and who reads it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils import timezone

from barnraise.foundation.refs import Ref
from barnraise.foundation.text import squeeze
from barnraise.plumbing.files import services as files
from barnraise.plumbing.journal.services import record
from barnraise.plumbing.search import services as search
from barnraise.plumbing.ui.faults import refuse

from ..documents import InteractionDocument
from ..faults import faults
from ..finding import found_as, step_found_as
from ..models import Interaction, InteractionOrganisation, InteractionPerson, NextStep
from ..selectors import KIND, STEP, documents
from . import heard
from .log import tidy

FIELDS = ("kind", "direction", "subject", "text", "happened_at", "visibility", "community")
TOLD = ("kind", "direction", "happened_at", "visibility")
"""Fields whose values the journal keeps; texts and names are the interaction's own, so that an erasure finds them in one place."""

_COLUMNS = {"community": "community_id"}


def change_interaction(
    interaction: Interaction,
    *,
    by: Any,
    people: Sequence[int] | None = None,
    organisations: Sequence[int] | None = None,
    now: datetime | None = None,
    **values: Any,
) -> set[str]:
    """Set the given fields (those of FIELDS; `community` is a key), and whole lists of keys of people and organisations.

    Returns the names of what differs now; nothing else is written. Raises ValidationError by field, TypeError for a
    field there is not.
    """
    if unknown := set(values) - set(FIELDS):
        raise TypeError(f"An interaction has no field {', '.join(sorted(unknown))}.")
    at = now or timezone.now()
    if "text" in values:
        values["text"] = tidy(values["text"])
    if "subject" in values:
        values["subject"] = squeeze(values["subject"])
    with transaction.atomic():
        before = documents([interaction.pk]).get(interaction.pk)
        if before is None:
            raise Interaction.DoesNotExist("The interaction has been removed.")
        wanted = _wanted(before, values, people, organisations)
        refuse([pair for pair in faults(wanted, now=at) if pair[0] in values or pair[0] == "text"])
        changed = apply(interaction, before, wanted, at=at)
        if changed:
            told = {
                name: (_json(getattr(before, name)), _json(getattr(wanted, name)))
                for name in TOLD
                if name in changed
            }
            record(by=by, verb="interactions.changed", about=[Ref.to(interaction)], changes=told, at=at)
    return changed


def _wanted(
    before: InteractionDocument,
    values: dict[str, Any],
    people: Sequence[int] | None,
    organisations: Sequence[int] | None,
) -> InteractionDocument:
    said = dict(values)
    if people is not None:
        said["people"] = tuple(sorted(set(people)))
    if organisations is not None:
        said["organisations"] = tuple(sorted(set(organisations)))
    return replace(before, **said)


def _json(value: Any) -> Any:
    return value.isoformat() if isinstance(value, datetime) else value


def apply(
    interaction: Interaction, before: InteractionDocument, wanted: InteractionDocument, *, at: datetime
) -> set[str]:
    """Write what differs between two documents of one interaction, without a sentence. Returns the names of it."""
    changed = {
        name
        for name in (*FIELDS, "people", "organisations")
        if getattr(before, name) != getattr(wanted, name)
    }
    if not changed:
        return changed
    columns = [_COLUMNS.get(name, name) for name in FIELDS if name in changed]
    for name in FIELDS:
        if name in changed:
            setattr(interaction, _COLUMNS.get(name, name), getattr(wanted, name))
    interaction.updated_at = at
    interaction.save(update_fields=[*columns, "updated_at"])
    _links(InteractionPerson, "person_id", interaction, wanted.people, changed, "people")
    _links(
        InteractionOrganisation,
        "organisation_id",
        interaction,
        wanted.organisations,
        changed,
        "organisations",
    )
    if changed & {"people", "organisations", "happened_at", "visibility"}:
        heard.recount(
            people={*before.people, *wanted.people},
            organisations={*before.organisations, *wanted.organisations},
        )
    if "visibility" in changed:
        follow_visibility([interaction.pk], wanted.visibility, at=at)
    search.index(KIND, [interaction.pk], known={interaction.pk: found_as(interaction)})
    return changed


def _links(
    model: Any, column: str, interaction: Interaction, keys: tuple[int, ...], changed: set[str], name: str
) -> None:
    rows = model.objects.filter(interaction=interaction)
    if name in changed:
        rows.exclude(**{f"{column}__in": keys}).delete()
        there = set(rows.values_list(column, flat=True))
        model.objects.bulk_create(
            model(interaction=interaction, happened_at=interaction.happened_at, **{column: key})
            for key in keys
            if key not in there
        )
    if "happened_at" in changed:
        rows.update(happened_at=interaction.happened_at)


def follow_visibility(keys: Sequence[int], visibility: str, *, at: datetime) -> None:
    """Next steps and files of these interactions are read by whom the interactions are read by."""
    steps = NextStep.objects.filter(interaction_id__in=keys)
    steps.update(visibility=visibility, updated_at=at)
    found = {row.pk: step_found_as(row) for row in steps}
    if found:
        search.index(STEP, list(found), known=found)
    files.open_to(kind=KIND, keys=keys, is_team=visibility == Interaction.Visibility.TEAM)
