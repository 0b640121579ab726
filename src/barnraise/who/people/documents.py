"""A person as one plain value: what imports give, what snapshots keep, what is compared. No database here.

As JSON (`to_json`, what the noun "people" of imports takes) a document is a mapping of the fields below. Absent fields are
not touched by an update. Example:

    {"given_name": "Ana", "family_name": "Ruiz", "kind": "representative", "language": "es",
     "contacts": [{"kind": "email", "value": "ana@example.org", "label": "work"}],
     "addresses": [{"label": "home", "lines": "2 Mill Street", "city": "Riverbend", "region": "OH", "postcode": "43099",
                    "country": "US", "lat": null, "lon": null, "source": ""}],
     "identifiers": [{"scheme": "GOOGLE", "value": "people/c123"}],
     "roles": [{"organisation": 12, "title": "Director", "kind": "employee", "is_main_contact": true,
                "started_on": "2024-02-01", "ended_on": null, "note": "", "uuid": ""}],
     "tags": ["food"], "custom": {"shirt_size": "M"}, "facts": {"Nickname": "Anita"}}

Dates are ISO texts, keys are numbers. An import may name an organisation that has no key yet: see `intake`.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, fields, replace
from datetime import date
from typing import Any
from uuid import uuid4

from barnraise.foundation.text import fold, squeeze

Json = Any


@dataclass(frozen=True, slots=True)
class Reach:
    """A way to reach a person; `kind` is email, phone, website or social, `value` normal (`foundation.contacts`)."""

    kind: str
    value: str
    label: str = ""


@dataclass(frozen=True, slots=True)
class Place:
    """An address; `country` two capital letters or empty, coordinates both or none."""

    label: str = ""
    lines: str = ""
    city: str = ""
    region: str = ""
    postcode: str = ""
    country: str = ""
    lat: float | None = None
    lon: float | None = None
    source: str = ""


@dataclass(frozen=True, slots=True, order=True)
class Id:
    """An identifier, normalised by `identifiers.normalise`."""

    scheme: str
    value: str


@dataclass(frozen=True, slots=True)
class Post:
    """A role in an organisation (its key). `uuid` tells one from another; "" for one that is new."""

    organisation: int
    title: str = ""
    kind: str = "employee"
    is_main_contact: bool = False
    started_on: date | None = None
    ended_on: date | None = None
    note: str = ""
    uuid: str = ""


@dataclass(frozen=True, slots=True)
class Rating:
    """What somebody (the key of an account) thought of a leader's reach or influence, 1 to 5 or None."""

    aspect: str
    level: int | None
    note: str
    noted_on: date
    by: int | None = None
    uuid: str = ""


@dataclass(frozen=True, slots=True)
class Standing:
    """A leadership; `community` and `organisation` are keys."""

    kind: str
    constituency: str = ""
    community: int | None = None
    organisation: int | None = None
    term_started_on: date | None = None
    term_ends_on: date | None = None
    ended_reason: str = ""
    notes: tuple[Rating, ...] = ()
    uuid: str = ""


@dataclass(frozen=True, slots=True)
class PersonDocument:
    """Everything one person's record says. Equal documents mean that nothing has to be written.

    `key` is the person it is about, None for a new one. `community`, `account`, `owner` and `photo` are keys. `custom` and
    `facts` are (key, value) pairs sorted by key. Order matters for `contacts` and `addresses` (the first is shown first).
    An empty `display_name` stands for the given and the family name.
    """

    given_name: str = ""
    family_name: str = ""
    display_name: str = ""
    pronunciation: str = ""
    pronouns: str = ""
    kind: str = "other"
    status: str = "active"
    language: str = ""
    community: int | None = None
    account: int | None = None
    owner: int | None = None
    photo: int | None = None
    about: str = ""
    custom: tuple[tuple[str, Any], ...] = ()
    facts: tuple[tuple[str, str], ...] = ()
    contacts: tuple[Reach, ...] = ()
    addresses: tuple[Place, ...] = ()
    identifiers: tuple[Id, ...] = ()
    roles: tuple[Post, ...] = ()
    leaderships: tuple[Standing, ...] = ()
    tags: tuple[str, ...] = ()
    key: int | None = None


PARTS: dict[str, type[Any]] = {
    "contacts": Reach,
    "addresses": Place,
    "identifiers": Id,
    "roles": Post,
    "leaderships": Standing,
}
"""Fields that hold values of their own shape."""

MAPPINGS = ("custom", "facts")
SETS = ("custom", "facts", "identifiers", "tags")
"""Fields in which order says nothing."""

FIELDS = tuple(field.name for field in fields(PersonDocument) if field.name != "key")
COLUMNS = FIELDS[: FIELDS.index("contacts")]
"""Fields that are columns of the person's own row (keys as `..._id`)."""
KEYS = ("community", "account", "owner", "photo")

UNSUBSCRIBED, CLEANED = "unsubscribed", "cleaned"
"""Labels of mailboxes whose owner wants no more mail, or that do not exist any more: not a way to write to the person."""

_DAYS = ("started_on", "ended_on", "term_started_on", "term_ends_on", "noted_on")


def is_open(part: Reach) -> bool:
    """Whether this is a way to reach the person; False for a mailbox labelled as unsubscribed or cleaned."""
    return not (part.kind == "email" and part.label in {UNSUBSCRIBED, CLEANED})


def name_of(given: str, family: str) -> str:
    """Given and family name as one: "Ana Ruiz"."""
    return squeeze(f"{given} {family}")[:200]


def tidy(document: PersonDocument) -> PersonDocument:
    """The same document with its sets sorted, doubles gone, its name shown and its roles numbered, so that equal content is equal."""
    changed: dict[str, Any] = {}
    if not document.display_name:
        changed["display_name"] = name_of(document.given_name, document.family_name)
    for name in (*SETS, "contacts", "addresses"):
        value = getattr(document, name)
        if len(value) < 2:
            continue
        once = tuple(dict.fromkeys(value)) if name not in MAPPINGS else tuple(dict(value).items())
        once = tuple(sorted(once)) if name in SETS else once
        if name == "contacts":
            once = tuple({(c.kind, c.value): c for c in reversed(once)}.values())[::-1]
        if once != value:
            changed[name] = once
    changed["roles"] = tuple(_numbered(post) for post in document.roles)
    changed["leaderships"] = tuple(
        _numbered(replace(one, notes=tuple(_numbered(note) for note in one.notes)))
        for one in document.leaderships
    )
    return replace(document, **changed)


def _numbered(part: Any) -> Any:
    return part if part.uuid else replace(part, uuid=str(uuid4()))


def recognised(before: PersonDocument, after: PersonDocument) -> PersonDocument:
    """`after` with the numbers of those of its roles that `before` has already: same organisation and title, same beginning if both say one.

    When a name changed and what was shown before was only the two names put together, so is what is shown after.
    """
    free = [post for post in before.roles if all(post.uuid != one.uuid for one in after.roles)]
    roles = []
    for post in after.roles:
        same = None if post.uuid else next((one for one in free if _is_same(one, post)), None)
        if same is not None:
            free.remove(same)
            post = replace(post, uuid=same.uuid)
        roles.append(post)
    made = replace(after, roles=tuple(roles))
    was_made_up = before.display_name == name_of(before.given_name, before.family_name)
    if was_made_up and after.display_name == before.display_name:
        made = replace(made, display_name=name_of(after.given_name, after.family_name) or after.display_name)
    return made


def _is_same(one: Post, other: Post) -> bool:
    if one.organisation != other.organisation or fold(one.title) != fold(other.title):
        return False
    return None in (one.started_on, other.started_on) or one.started_on == other.started_on


def changes_between(before: PersonDocument, after: PersonDocument) -> dict[str, tuple[Json, Json]]:
    """By field that differs: (before, after) as JSON values. Empty when nothing has to be written."""
    return {
        name: (field_json(name, getattr(before, name)), field_json(name, getattr(after, name)))
        for name in FIELDS
        if getattr(before, name) != getattr(after, name)
    }


def field_json(name: str, value: Any) -> Json:
    """One field's value as JSON has it."""
    if name in PARTS:
        return [part_json(part) for part in value]
    if name in MAPPINGS:
        return dict(value)
    return list(value) if isinstance(value, tuple) else value


def part_json(part: Any) -> dict[str, Any]:
    """A part of a document as a mapping."""
    found: dict[str, Any] = {}
    for name in part.__slots__:
        value = getattr(part, name)
        if name == "notes":
            value = [part_json(note) for note in value]
        found[name] = value.isoformat() if isinstance(value, date) else value
    return found


def part_of(shape: type[Any], stored: Mapping[str, Json]) -> Any:
    """What `part_json` was made of; dates may be dates already."""
    given: dict[str, Any] = {}
    for name, value in stored.items():
        if name in _DAYS and isinstance(value, str):
            value = date.fromisoformat(value) if value else None
        elif name == "notes" and shape is Standing:
            value = tuple(part_of(Rating, note) for note in value)
        given[name] = value
    return shape(**given)


def field_value(name: str, value: Json) -> Any:
    """What `field_json` was made of."""
    if name in PARTS:
        return tuple(part_of(PARTS[name], part) for part in value)
    if name in MAPPINGS:
        return tuple(sorted(value.items()))
    return tuple(value) if name in SETS else value


def to_json(document: PersonDocument) -> dict[str, Json]:
    """The whole document as JSON, without its key."""
    return {name: field_json(name, getattr(document, name)) for name in FIELDS}


def with_fields(document: PersonDocument, stored: Mapping[str, Json]) -> PersonDocument:
    """The document with the fields of a partial `to_json` put in."""
    return replace(document, **{name: field_value(name, stored[name]) for name in FIELDS if name in stored})


def from_json(stored: Mapping[str, Json], *, key: int | None = None) -> PersonDocument:
    """The document that `to_json` wrote. Unknown fields are left out, missing ones get their default."""
    return with_fields(PersonDocument(key=key), stored)


def shown_place(document: PersonDocument) -> Place:
    """The address shown in lists: one with coordinates before one without, else the first."""
    ordered = sorted(document.addresses, key=lambda at: at.lat is None)
    return ordered[0] if ordered else Place()


def sorted_name(document: PersonDocument) -> str:
    """What sorts it by family name: "ruiz ana"; the shown name where there is no family name."""
    if not document.family_name.strip():
        return fold(document.display_name)[:200]
    return fold(f"{document.family_name} {document.given_name}")[:200]
