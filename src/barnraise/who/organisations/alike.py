"""Which organisations may be the same as those of a file. A name never decides it: a person does."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from typing import Any

from django.utils.translation import gettext_noop as _
from rapidfuzz.fuzz import token_set_ratio

from barnraise.foundation.text import fold
from barnraise.plumbing.imports.sockets import Document, Proposal

from .models import ContactPoint, Identifier, Organisation

SAME_PLACE = _("The same name in %(city)s.")
SAME_NAME = _("The same name, and no city that tells them apart.")
SAME_CONTACT = _("A similar name, and the same %(what)s %(value)s.")
SIMILAR = 80.0
"""How alike two names must be (0 to 100) when a mailbox, phone or page is the same."""
MOST = 5
_SHARED_BY_MANY = 5
"""A contact point of more organisations than that says nothing: a directory's mailbox, a council's switchboard."""


def proposals(given: Sequence[Document]) -> list[list[Proposal]]:
    """For each document at most MOST that look alike, in at most four queries."""
    by_name = _with_names({fold(one.get("name", ""))[:300] for one in given})
    by_contact = _with_contacts({c["value"] for one in given for c in one.get("contacts", ())})
    if not by_name and not by_contact:
        return [[] for _one in given]
    keys = {row[0] for rows in (*by_name.values(), *by_contact.values()) for row in rows}
    schemes = _identifiers(keys)
    return [_alike(one, by_name, by_contact, schemes)[:MOST] for one in given]


Row = tuple[int, str, str]


def _with_names(names: set[str]) -> dict[str, list[Row]]:
    found: dict[str, list[Row]] = defaultdict(list)
    rows = Organisation.objects.filter(name_folded__in=names)
    for folded, key, name, city in rows.values_list("name_folded", "pk", "name", "city"):
        found[folded].append((key, name, city))
    return found


def _with_contacts(values: set[str]) -> dict[str, list[Row]]:
    if not values:
        return {}
    found: dict[str, list[Row]] = defaultdict(list)
    rows = ContactPoint.objects.filter(kind__in=ContactPoint.Kind.values, value__in=values)
    for value, key, name, city in rows.values_list(
        "value", "organisation_id", "organisation__name", "organisation__city"
    ):
        found[value].append((key, name, city))
    return {value: rows for value, rows in found.items() if len(rows) <= _SHARED_BY_MANY}


def _identifiers(keys: set[int]) -> Mapping[int, dict[str, set[str]]]:
    found: dict[int, dict[str, set[str]]] = defaultdict(lambda: defaultdict(set))
    rows = Identifier.objects.filter(organisation_id__in=keys)
    for key, scheme, value in rows.values_list("organisation_id", "scheme", "value"):
        found[key][scheme].add(value)
    return found


def _alike(
    one: Document,
    by_name: Mapping[str, list[Row]],
    by_contact: Mapping[str, list[Row]],
    schemes: Mapping[int, dict[str, set[str]]],
) -> list[Proposal]:
    name = fold(one.get("name", ""))[:300]
    cities = {fold(at.get("city", "")) for at in one.get("addresses", ())} - {""}
    found: dict[int, Proposal] = {}
    for key, title, city in by_name.get(name, ()):
        if fold(city) in cities:
            found[key] = Proposal(key, title, SAME_PLACE, {"city": city})
        elif not city or not cities:
            found[key] = Proposal(key, title, SAME_NAME, {})
    for contact in one.get("contacts", ()):
        for key, title, _city in by_contact.get(contact["value"], ()):
            if token_set_ratio(name, fold(title)) >= SIMILAR:
                details = {"what": _WHAT.get(contact["kind"], ""), "value": contact["value"]}
                found.setdefault(key, Proposal(key, title, SAME_CONTACT, details))
    own: dict[str, Any] = {part["scheme"]: part["value"] for part in one.get("identifiers", ())}
    return [proposal for key, proposal in found.items() if not _are_two(own, schemes.get(key, {}))]


_WHAT = {"phone": _("phone"), "email": _("e-mail"), "website": _("website"), "social": _("social network")}


def _are_two(own: Mapping[str, str], theirs: Mapping[str, set[str]]) -> bool:
    """Different numbers of the same register: surely two organisations."""
    return any(scheme in theirs and value not in theirs[scheme] for scheme, value in own.items())
