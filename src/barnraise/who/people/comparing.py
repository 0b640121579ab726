"""Two records side by side, as the pages of duplicates and of merging show them."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.utils.text import capfirst
from django.utils.translation import gettext as _

from barnraise.foundation import contacts
from barnraise.plumbing.accounts.models import Account
from barnraise.who.communities import selectors as communities
from barnraise.who.organisations import selectors as organisations

from .documents import PersonDocument
from .duplicates import Pair
from .merging import SINGLE, choices, merged
from .models import Person
from .selectors import contacts_by_person, custom_fields, documents, roles_by_person

CHOSEN = SINGLE
_KINDS: dict[str, dict[str, Any]] = {
    "kind": dict(Person.Kind.choices),
    "status": dict(Person.Status.choices),
}


def pairs(found: Sequence[Pair], *, seen_from: int | None = None) -> list[dict[str, Any]]:
    """Each pair with both people, their roles and contacts, the score and its terms. Four queries."""
    keys = {key for pair in found for key in (pair.first, pair.second)}
    people = Person.objects.in_bulk(keys)
    roles, reached = roles_by_person(keys), contacts_by_person(keys)

    def side(key: int) -> dict[str, Any]:
        return {
            "person": people[key],
            "roles": roles[key][:2],
            "contacts": [contacts.readable(one.kind, one.value) for one in reached[key][:3]],
        }

    shown = []
    for pair in found:
        if pair.first in people and pair.second in people:
            first, second = (
                (pair.second, pair.first) if seen_from == pair.second else (pair.first, pair.second)
            )
            one, other = side(first), side(second)
            shown.append(
                {"one": one, "other": other, "sides": (one, other), "score": pair.score, "terms": pair.terms}
            )
    return shown


def side_by_side(keep: Person, absorb: Person) -> list[dict[str, Any]]:
    """By field: its label, what each record says, what the kept one will say, and whether a person may choose."""
    said = documents([keep.pk, absorb.pk])
    ours, theirs = said[keep.pk], said[absorb.pk]
    both = merged(ours, theirs)
    asked = {one.field for one in choices(ours, theirs)}
    words = _Words(ours, theirs)
    rows = []
    for field, label in _labels().items():
        left, right, kept = (words.of(field, one) for one in (ours, theirs, both))
        if left or right:
            rows.append(
                {
                    "field": field,
                    "label": capfirst(label),
                    "ours": left,
                    "theirs": right,
                    "kept": kept,
                    "asked": field in asked,
                }
            )
    return rows


def _labels() -> dict[str, Any]:
    plain = {name: Person._meta.get_field(name).verbose_name for name in (*SINGLE, "about", "custom")}  # type: ignore[union-attr]
    order = ("display_name", "given_name", "family_name")
    return {
        **{name: plain[name] for name in order},
        **{name: label for name, label in plain.items() if name not in order},
        "contacts": _("Phones, e-mails, web pages"),
        "addresses": _("Addresses"),
        "roles": _("Roles"),
        "leaderships": _("Leaderships"),
        "identifiers": _("Identifiers"),
        "tags": _("Tags"),
    }


class _Words:
    """Values of documents as people read them: keys become names, asked once for all."""

    def __init__(self, *given: PersonDocument) -> None:
        self.places = communities.titles([one.community for one in given if one.community])
        accounts = {key for one in given for key in (one.account, one.owner) if key}
        self.accounts = {row.pk: str(row) for row in Account.objects.filter(pk__in=accounts)}
        self.employers = organisations.titles(
            sorted({post.organisation for one in given for post in one.roles})
        )
        self.fields = {field.key: field.label for field in custom_fields()}

    def of(self, field: str, said: PersonDocument) -> list[str]:
        """The lines of one field; none when it says nothing."""
        value = getattr(said, field)
        if value in (None, "", ()):
            return []
        if field in _KINDS:
            return [str(_KINDS[field].get(value, value))]
        if field == "community":
            return [self.places.get(value, "")]
        if field in {"account", "owner"}:
            return [self.accounts.get(value, "")]
        if field == "photo":
            return [_("yes")]
        if field == "custom":
            return [f"{self.fields.get(key, key)}: {found}" for key, found in value]
        if isinstance(value, tuple):
            return [self._part(field, part) for part in value]
        return [str(value)]

    def _part(self, field: str, part: Any) -> str:
        if field == "contacts":
            return contacts.readable(part.kind, part.value) + (f" ({part.label})" if part.label else "")
        if field == "roles":
            return ", ".join(word for word in (part.title, self.employers.get(part.organisation, "")) if word)
        if field == "leaderships":
            return str(part.constituency or part.kind)
        if field == "identifiers":
            return f"{part.scheme} {part.value}"
        if field == "addresses":
            return ", ".join(word for word in (part.lines, part.postcode, part.city, part.region) if word)
        return str(part)
