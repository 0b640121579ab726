"""What one record of two says: pure, values in, values out."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass, replace
from typing import Any

from barnraise.foundation.text import fold

from .documents import PersonDocument, Post, Standing, tidy

SINGLE = (
    "given_name",
    "family_name",
    "display_name",
    "pronunciation",
    "pronouns",
    "kind",
    "status",
    "language",
    "community",
    "account",
    "owner",
    "photo",
)
"""Fields with one value: where both have one, a person chooses."""
_UNSAID = {"kind": "other", "status": "active"}
"""Values that say nothing, so that the other's is taken."""


@dataclass(frozen=True, slots=True)
class Choice:
    """A field in which both say something different: `ours` is what the kept record says, `theirs` the absorbed one."""

    field: str
    ours: Any
    theirs: Any


def choices(keep: PersonDocument, absorb: PersonDocument) -> list[Choice]:
    """The fields in which a person has to choose; the first value is kept when nobody does."""
    return [
        Choice(name, getattr(keep, name), getattr(absorb, name))
        for name in SINGLE
        if _is_said(name, keep) and _is_said(name, absorb) and getattr(keep, name) != getattr(absorb, name)
    ]


def _is_said(name: str, document: PersonDocument) -> bool:
    return getattr(document, name) not in (None, "", _UNSAID.get(name))


def merged(keep: PersonDocument, absorb: PersonDocument, take: Collection[str] = ()) -> PersonDocument:
    """What the kept record says afterwards, with the fields `take` from the absorbed one.

    Gaps are filled. Contacts, addresses, identifiers, roles, leaderships and tags of both are kept, equal ones once; two
    different texts about the person stand below each other; of custom fields and facts the kept record's value wins.
    """
    values: dict[str, Any] = {}
    for name in SINGLE:
        if name in take or (not _is_said(name, keep) and _is_said(name, absorb)):
            values[name] = getattr(absorb, name)
    about = [text for text in dict.fromkeys((keep.about.strip(), absorb.about.strip())) if text]
    return tidy(
        replace(
            keep,
            **values,
            about="\n\n".join(about),
            custom=tuple(sorted({**dict(absorb.custom), **dict(keep.custom)}.items())),
            facts=tuple(sorted({**dict(absorb.facts), **dict(keep.facts)}.items())),
            contacts=_contacts(keep, absorb),
            addresses=(*keep.addresses, *(at for at in absorb.addresses if at not in keep.addresses)),
            identifiers=tuple(sorted({*keep.identifiers, *absorb.identifiers})),
            roles=_roles([*keep.roles, *absorb.roles]),
            leaderships=_leaderships([*keep.leaderships, *absorb.leaderships]),
            tags=_tags(keep, absorb),
        )
    )


def _contacts(keep: PersonDocument, absorb: PersonDocument) -> tuple[Any, ...]:
    there = {(part.kind, part.value.casefold()) for part in keep.contacts}
    new = (part for part in absorb.contacts if (part.kind, part.value.casefold()) not in there)
    return (*keep.contacts, *new)


def _roles(posts: list[Post]) -> tuple[Post, ...]:
    """Roles of the same title in the same organisation that overlap, or of which one has no dates, are one."""
    found: list[Post] = []
    for post in posts:
        for at, there in enumerate(found):
            if _is_one(there, post):
                found[at] = replace(
                    there,
                    is_main_contact=there.is_main_contact or post.is_main_contact,
                    started_on=min((d for d in (there.started_on, post.started_on) if d), default=None),
                    ended_on=there.ended_on if there.started_on or there.ended_on else post.ended_on,
                    note=there.note or post.note,
                )
                break
        else:
            found.append(post)
    return tuple(found)


def _is_one(one: Post, other: Post) -> bool:
    if (one.organisation, fold(one.title), one.kind) != (other.organisation, fold(other.title), other.kind):
        return False
    same_dates = (one.started_on, one.ended_on) == (other.started_on, other.ended_on)
    undated = any(not post.started_on and not post.ended_on for post in (one, other))
    return same_dates or undated


def _leaderships(standings: list[Standing]) -> tuple[Standing, ...]:
    found: list[Standing] = []
    for one in standings:
        for at, there in enumerate(found):
            if replace(one, notes=(), uuid="") == replace(there, notes=(), uuid=""):
                found[at] = replace(there, notes=(*there.notes, *one.notes))
                break
        else:
            found.append(one)
    return tuple(found)


def _tags(keep: PersonDocument, absorb: PersonDocument) -> tuple[str, ...]:
    there = {fold(name) for name in keep.tags}
    return tuple(sorted((*keep.tags, *(name for name in absorb.tags if fold(name) not in there))))


def emptied(document: PersonDocument) -> PersonDocument:
    """The absorbed record while its identifiers, account and roles pass on."""
    return replace(document, identifiers=(), account=None, roles=(), leaderships=(), tags=())
