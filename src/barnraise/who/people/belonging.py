"""What hangs on a person, for the socket of belongings: this room's own tables, and on behalf of the rooms of plumbing theirs."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any

from django.utils import timezone

from barnraise.foundation.belongings import Belonging
from barnraise.foundation.refs import Ref
from barnraise.plumbing.files import services as files
from barnraise.plumbing.files.models import File
from barnraise.plumbing.imports import services as imports
from barnraise.plumbing.imports.models import Listing
from barnraise.plumbing.jobs.models import Job
from barnraise.plumbing.journal import services as journal
from barnraise.plumbing.journal.models import Change
from barnraise.plumbing.journal.selectors import timeline
from barnraise.plumbing.search import services as search
from barnraise.plumbing.snoozes import services as snoozes
from barnraise.plumbing.snoozes.models import Snooze
from barnraise.who.communities import selectors as communities
from barnraise.who.organisations import selectors as organisations
from barnraise.who.organisations.services import person_source

from . import documents as shapes
from .documents import PersonDocument, Post
from .models import FormerAddress, Leadership, Person, Role
from .selectors import KIND, documents
from .services.remove import delete_rows
from .services.writing import Told, write

NOUN = "people"
ORGANISATION = "organisations.organisation"
TIMELINE = 100_000
"""More entries than anybody's timeline has."""


def nothing_to_merge(keep: Ref, absorb: Ref, *, by: Any, change_set: Any) -> None:
    """For tables that the merge of the records themselves brings in line."""


def nothing_to_tell(ref: Ref) -> Mapping[str, Any]:
    """For tables that say nothing which another does not say too."""
    return {}


def nothing_to_erase(ref: Ref, *, by: Any) -> None:
    """For tables whose rows go with the person's own."""


def _own_told(ref: Ref) -> Mapping[str, Any]:
    person = Person.objects.select_related("account", "owner", "source").get(pk=ref.id)
    said = shapes.to_json(documents([ref.id])[ref.id])
    named = organisations.titles(sorted({role["organisation"] for role in said["roles"]}))
    for role in said["roles"]:
        role["organisation"] = named.get(role["organisation"], "")
    places = communities.titles([key for key in (person.community_id,) if key])
    return {
        **said,
        "uuid": str(person.uuid),
        "community": places.get(person.community_id or 0),
        "account": person.account.email if person.account else None,
        "owner": str(person.owner) if person.owner else None,
        "photo": bool(person.photo_id),
        "source": person.source.name,
        "created_at": person.created_at.isoformat(),
        "updated_at": person.updated_at.isoformat(),
    }


def _own_erased(ref: Ref, *, by: Any) -> None:
    led_here = list(Person.objects.filter(pk=ref.id).values_list("uuid", flat=True))
    while led_here:
        former = FormerAddress.objects.filter(kept__in=led_here)
        led_here = list(former.values_list("uuid", flat=True))
        FormerAddress.objects.filter(uuid__in=led_here).delete()
    delete_rows([ref.id])


def _files_merged(keep: Ref, absorb: Ref, *, by: Any, change_set: Any) -> None:
    files.move(keep=keep, absorb=absorb, change_set=change_set)


def _files_told(ref: Ref) -> Mapping[str, Any]:
    rows = File.objects.filter(kind=ref.kind, key=ref.id).order_by("pk")
    told = [
        {
            "name": row.name,
            "media_type": row.media_type,
            "bytes": row.size,
            "description": row.alt_text,
            "added_at": row.created_at.isoformat(),
        }
        for row in rows
    ]
    return {"files": told} if told else {}


def _files_erased(ref: Ref, *, by: Any) -> None:
    files.forget(kind=ref.kind, keys=[ref.id])


def _absorbed_before(ref: Ref) -> list[Ref]:
    """Records that were merged into this one, whose last words the change sets of the merges still keep."""
    merges = Change.objects.filter(
        kind=ref.kind, key=ref.id, change_set__verb="people.merged", action=Change.Action.UPDATED
    ).values("change_set_id")
    rows = Change.objects.filter(kind=ref.kind, action=Change.Action.REMOVED, change_set_id__in=merges)
    return [Ref(ref.label, ref.model, key) for key in rows.values_list("key", flat=True)]


def _journal_merged(keep: Ref, absorb: Ref, *, by: Any, change_set: Any) -> None:
    journal.move_mentions(keep=keep, absorb=absorb, change_set=change_set)


def _journal_told(ref: Ref) -> Mapping[str, Any]:
    told = [
        {
            "at": one.at.isoformat(),
            "what": one.plain,
            "changes": [{"field": row.field, "before": row.before, "after": row.after} for row in one.rows],
        }
        for one in timeline(ref, actor=None, limit=TIMELINE).entries
    ]
    return {"journal": told} if told else {}


def _journal_erased(ref: Ref, *, by: Any) -> None:
    about = File.objects.filter(kind=ref.kind, key=ref.id).values_list("pk", flat=True)
    journal.forget_things([ref, *_absorbed_before(ref), *(Ref("files", "file", key) for key in about)])


def _imports_merged(keep: Ref, absorb: Ref, *, by: Any, change_set: Any) -> None:
    imports.move_listings(noun=NOUN, keep=keep.id, absorb=absorb.id, change_set=change_set)


def _imports_told(ref: Ref) -> Mapping[str, Any]:
    rows = Listing.objects.filter(series__noun=NOUN, key=ref.id).select_related("series").order_by("pk")
    told = [{"source": row.series.source, "row": row.row, "said": row.document} for row in rows]
    return {"imports": told} if told else {}


def _imports_erased(ref: Ref, *, by: Any) -> None:
    for one in (ref, *_absorbed_before(ref)):
        imports.forget_record(noun=NOUN, kind=one.kind, key=one.id, by=by)


def _snoozes_merged(keep: Ref, absorb: Ref, *, by: Any, change_set: Any) -> None:
    snoozes.follow(keep=keep, absorb=absorb)


def _snoozes_told(ref: Ref) -> Mapping[str, Any]:
    rows = Snooze.objects.filter(kind=ref.kind, key=ref.id).order_by("pk")
    told = [{"card": row.card, "until": row.until.isoformat(), "reason": row.reason} for row in rows]
    return {"snoozed_reminders": told} if told else {}


def _snoozes_erased(ref: Ref, *, by: Any) -> None:
    snoozes.forget(kind=ref.kind, keys=[ref.id])


def _search_erased(ref: Ref, *, by: Any) -> None:
    search.remove(ref.kind, [ref.id])


def _jobs_erased(ref: Ref, *, by: Any) -> None:
    Job.objects.filter(subject=str(ref)).delete()


OWN = Belonging(
    models=(
        "people.PersonContact",
        "people.PersonAddress",
        "people.PersonIdentifier",
        "people.Role",
        "people.Leadership",
        "people.Apart",
        "tags.Tagging",
    ),
    kinds=(KIND,),
    merge=nothing_to_merge,
    export=_own_told,
    erase=_own_erased,
)
FILES = Belonging(("files.File",), (KIND,), _files_merged, _files_told, _files_erased)
JOURNAL = Belonging(
    ("journal.Mention", "journal.Change"), (KIND,), _journal_merged, _journal_told, _journal_erased
)
IMPORTS = Belonging(
    ("imports.Listing", "imports.Finding"), (KIND,), _imports_merged, _imports_told, _imports_erased
)
SNOOZES = Belonging(
    ("snoozes.Snooze",), (KIND, ORGANISATION), _snoozes_merged, _snoozes_told, _snoozes_erased
)
SEARCH = Belonging(("search.SearchDocument",), (KIND,), nothing_to_merge, nothing_to_tell, _search_erased)
JOBS = Belonging(("jobs.Job",), (KIND,), nothing_to_merge, nothing_to_tell, _jobs_erased)


def _with_roles(keys: Sequence[int]) -> dict[int, PersonDocument]:
    """People who have a role in one of these organisations, or lead for it."""
    found = set(Role.objects.filter(organisation_id__in=keys).values_list("person_id", flat=True))
    found |= set(Leadership.objects.filter(organisation_id__in=keys).values_list("person_id", flat=True))
    return documents(found)


def _roles_handed_on(keys: set[int], to: int | None, by: Any, change_set: Any) -> None:
    wanted = []
    for said in _with_roles(sorted(keys)).values():
        roles: list[Post] = []
        for post in said.roles:
            if post.organisation not in keys:
                roles.append(post)
            elif to is not None:
                roles.append(replace(post, organisation=to))
        leading = tuple(
            replace(one, organisation=to) if one.organisation in keys else one for one in said.leaderships
        )
        wanted.append(replace(said, roles=tuple(roles), leaderships=leading))
    if wanted:
        write(wanted, Told(by=by, source=person_source(by), at=timezone.now(), change_set=change_set))


def _roles_merged(keep: Ref, absorb: Ref, *, by: Any, change_set: Any) -> None:
    _roles_handed_on({absorb.id}, keep.id, by, change_set)


def _roles_told(ref: Ref) -> Mapping[str, Any]:
    rows = Role.objects.filter(organisation_id=ref.id).select_related("person").order_by("pk")
    told = [
        {
            "person": row.person.display_name,
            "title": row.title,
            "kind": row.kind,
            "since": row.started_on.isoformat() if row.started_on else None,
            "until": row.ended_on.isoformat() if row.ended_on else None,
        }
        for row in rows
    ]
    return {"roles": told} if told else {}


def _roles_erased(ref: Ref, *, by: Any) -> None:
    _roles_handed_on({ref.id}, None, by, None)


def _roles_parted(refs: Sequence[Ref], *, change_set: Any) -> None:
    by = change_set.by if change_set is not None else None
    _roles_handed_on({ref.id for ref in refs}, None, by, change_set)


def _roles_held(refs: Sequence[Ref]) -> set[int]:
    rows = Role.objects.filter(organisation_id__in=[ref.id for ref in refs])
    return set(rows.values_list("organisation_id", flat=True))


ROLES = Belonging(
    models=("people.Role", "people.Leadership"),
    kinds=(ORGANISATION,),
    merge=_roles_merged,
    export=_roles_told,
    erase=_roles_erased,
    part=_roles_parted,
    holds=_roles_held,
)
