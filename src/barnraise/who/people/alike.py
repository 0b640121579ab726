"""Which people may be the same as those of a file. Neither a name nor an address alone says so: a person decides."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence

from django.utils.translation import gettext_noop as _
from rapidfuzz.fuzz import token_set_ratio

from barnraise.foundation.text import fold
from barnraise.plumbing.imports.sockets import Document, Proposal

from .documents import name_of
from .models import Person, PersonContact, PersonIdentifier

SAME_PLACE = _("The same name in %(city)s.")
SAME_EMAIL = _("A similar name, and the same e-mail address %(value)s.")
SAME_PHONE = _("A similar name, and the same phone number %(value)s.")
SAME_MAILBOX = _("The same e-mail address %(value)s; the file gives no name.")
SIMILAR = 80.0
"""How alike two names must be (0 to 100) when a mailbox or phone is the same: those of a household are not."""
MOST = 5
_SHARED_BY_MANY = 8
"""An address of more people than that says nothing: an office's mailbox, a switchboard."""

Row = tuple[int, str, str]


def proposals(given: Sequence[Document]) -> list[list[Proposal]]:
    """For each document at most MOST that look alike, in at most three queries."""
    by_name = _with_names({_folded(one) for one in given} - {""})
    by_contact = _with_contacts(
        {c["value"].casefold() for one in given for c in one.get("contacts", ()) if c["kind"] in _WHY}
    )
    if not by_name and not by_contact:
        return [[] for _one in given]
    keys = {row[0] for rows in (*by_name.values(), *by_contact.values()) for row in rows}
    schemes = _identifiers(keys)
    return [_alike(one, by_name, by_contact, schemes)[:MOST] for one in given]


_WHY = {"email": SAME_EMAIL, "phone": SAME_PHONE}


def _folded(one: Document) -> str:
    shown = one.get("display_name") or name_of(one.get("given_name") or "", one.get("family_name") or "")
    return fold(shown)[:200]


def _with_names(names: set[str]) -> dict[str, list[Row]]:
    found: dict[str, list[Row]] = defaultdict(list)
    rows = Person.objects.filter(name_folded__in=names)
    for folded, key, name, city in rows.values_list("name_folded", "pk", "display_name", "city"):
        found[folded].append((key, name, city))
    return found


def _with_contacts(values: set[str]) -> dict[str, list[Row]]:
    found: dict[str, list[Row]] = defaultdict(list)
    if values:
        rows = PersonContact.objects.filter(value_folded__in=values).values_list(
            "value_folded", "person_id", "person__display_name", "person__city"
        )
        for value, key, name, city in rows:
            found[value].append((key, name, city))
    return {value: rows for value, rows in found.items() if len(rows) <= _SHARED_BY_MANY}


def _identifiers(keys: set[int]) -> Mapping[int, dict[str, set[str]]]:
    found: dict[int, dict[str, set[str]]] = defaultdict(lambda: defaultdict(set))
    rows = PersonIdentifier.objects.filter(person_id__in=keys)
    for key, scheme, value in rows.values_list("person_id", "scheme", "value"):
        found[key][scheme].add(value)
    return found


def _alike(
    one: Document,
    by_name: Mapping[str, list[Row]],
    by_contact: Mapping[str, list[Row]],
    schemes: Mapping[int, dict[str, set[str]]],
) -> list[Proposal]:
    name = _folded(one)
    found: dict[int, Proposal] = {}
    for contact in one.get("contacts", ()):
        for key, title, _city in by_contact.get(contact["value"].casefold(), ()):
            is_nameless = name == fold(contact["value"])
            if contact["kind"] in _WHY and (is_nameless or token_set_ratio(name, fold(title)) >= SIMILAR):
                why = SAME_MAILBOX if is_nameless else _WHY[contact["kind"]]
                found.setdefault(key, Proposal(key, title, why, {"value": contact["value"]}))
    cities = {fold(at.get("city", "")) for at in one.get("addresses", ())} - {""}
    for key, title, city in by_name.get(name, ()):
        if fold(city) in cities:
            found.setdefault(key, Proposal(key, title, SAME_PLACE, {"city": city}))
    own = {part["scheme"]: part["value"] for part in one.get("identifiers", ())}
    return [proposal for key, proposal in found.items() if not _are_two(own, schemes.get(key, {}))]


def _are_two(own: Mapping[str, str], theirs: Mapping[str, set[str]]) -> bool:
    """Different numbers of the same system: surely two people there."""
    return any(scheme in theirs and value not in theirs[scheme] for scheme, value in own.items())
