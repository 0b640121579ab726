"""What a change set changed of people, field by field, as timelines and the journal show it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence, Set
from typing import Any

from django.conf import settings
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from barnraise.foundation import contacts
from barnraise.plumbing.accounts.models import Account
from barnraise.plumbing.journal.models import Change
from barnraise.who.communities import selectors as communities
from barnraise.who.organisations import selectors as organisations

from .documents import FIELDS
from .models import CustomField, Leadership, Person, Role

Row = tuple[str, str, str]
_MOST = 300
_LABELS = {
    "contacts": gettext_lazy("How to reach them"),
    "addresses": gettext_lazy("Addresses"),
    "identifiers": gettext_lazy("Identifiers"),
    "roles": gettext_lazy("Roles"),
    "leaderships": gettext_lazy("Speaks for"),
    "tags": gettext_lazy("Tags"),
    "facts": gettext_lazy("Facts of the source"),
}


LABELS: dict[str, Any] = {
    **_LABELS,
    **{
        name: Role._meta.get_field(name)
        for name in ("organisation", "title", "is_main_contact", "started_on", "ended_on", "note")
    },
    "role_kind": Role._meta.get_field("kind"),
    **{
        name: Leadership._meta.get_field(name)
        for name in ("constituency", "term_started_on", "term_ends_on", "ended_reason")
    },
    "leading_kind": Leadership._meta.get_field("kind"),
}
"""What entries about a person tell that is no field of the person's own row."""


def field_label(field: str) -> Any:
    """A document field as people call it."""
    return _LABELS.get(field) or Person._meta.get_field(field).verbose_name  # type: ignore[union-attr]


def told(changes: Sequence[Change]) -> Mapping[int, list[Row]]:
    """By key of the change: (field, before, after). Of lists only what went and what came. Four queries at most."""
    pairs = {change.pk: _documents(change) for change in changes}
    names = _Names([side for pair in pairs.values() for side in pair])
    return {key: list(_rows(before, after, names)) for key, (before, after) in pairs.items()}


def _documents(change: Change) -> tuple[dict[str, Any], dict[str, Any]]:
    if change.action != Change.Action.UPDATED:
        return {}, {}
    before, after = ((side or {}).get("document") or {} for side in (change.before, change.after))
    return before, after


class _Names:
    """Names of what documents refer to by key."""

    def __init__(self, said: Sequence[Mapping[str, Any]]) -> None:
        posts = [part for side in said for part in side.get("roles") or ()]
        places = {side["community"] for side in said if side.get("community")}
        people = {side[name] for side in said for name in ("account", "owner") if side.get(name)}
        employers = sorted({part["organisation"] for part in posts})
        self.organisations = organisations.titles(employers) if employers else {}
        self.communities = communities.titles(sorted(places)) if places else {}
        self.accounts = (
            {key: str(row) for key, row in Account.objects.in_bulk(sorted(people)).items()} if people else {}
        )
        asked = any(side.get("custom") for side in said)
        self.custom = dict(CustomField.objects.values_list("key", "label")) if asked else {}


def _rows(before: Mapping[str, Any], after: Mapping[str, Any], names: _Names) -> Iterator[Row]:
    for field in _in_order({*after, *before}):
        had, has = before.get(field), after.get(field)
        if had == has:
            continue
        if field in ("custom", "facts"):
            yield from _mapping(field, had or {}, has or {}, names)
        elif isinstance(had, list) or isinstance(has, list):
            gone, come = _apart(field, had or (), names), _apart(field, has or (), names)
            row = (
                "; ".join(one for one in gone if one not in come)[:_MOST],
                "; ".join(one for one in come if one not in gone)[:_MOST],
            )
            if any(row):
                yield str(field_label(field)), *row
        else:
            yield str(field_label(field)), _value(field, had, names), _value(field, has, names)


def _in_order(said: Set[str]) -> list[str]:
    """Fields as documents have them: a database may keep the keys of JSON in an order of its own."""
    places = {name: place for place, name in enumerate(FIELDS)}
    return sorted(said & set(places), key=lambda name: places[name])


def _mapping(field: str, had: Mapping[str, Any], has: Mapping[str, Any], names: _Names) -> Iterator[Row]:
    for code in sorted({*had, *has}):
        if had.get(code) != has.get(code):
            label = names.custom.get(code, code) if field == "custom" else f"{field_label(field)}: {code}"
            yield label, _plain(had.get(code)), _plain(has.get(code))


def _plain(value: Any) -> str:
    if isinstance(value, bool):
        return _("yes") if value else _("no")
    return "" if value is None else str(value)[:_MOST]


def _apart(field: str, items: Iterable[Any], names: _Names) -> list[str]:
    return [word for item in items if (word := _item(field, item, names))]


def _item(field: str, item: Any, names: _Names) -> str:
    if field == "contacts":
        return " ".join(
            word for word in (str(contacts.readable(item["kind"], item["value"])), item["label"]) if word
        )
    if field == "identifiers":
        return f"{item['scheme']} {item['value']}"
    if field == "addresses":
        parts = (item.get(name) for name in ("label", "lines", "city", "region", "postcode", "country"))
        return ", ".join(str(part) for part in parts if part)
    if field == "roles":
        kind = "" if item["title"] else _chosen(Role, "kind", item["kind"])
        where = names.organisations.get(item["organisation"], "")
        return _listed(item["title"] or kind, where, _span(item["started_on"], item["ended_on"]))
    if field == "leaderships":
        kind = _chosen(Leadership, "kind", item["kind"])
        return _listed(item["constituency"] or kind, _span(item["term_started_on"], item["term_ends_on"]))
    return str(item)


def _listed(*words: str) -> str:
    return ", ".join(word for word in words if word)


def _span(start: str | None, end: str | None) -> str:
    return f"{start or ''}–{end or ''}" if start or end else ""


def _chosen(model: Any, field: str, value: Any) -> str:
    choices = dict(getattr(model._meta.get_field(field), "flatchoices", ()) or ())
    return str(choices.get(value, value))


def _value(field: str, value: Any, names: _Names) -> str:
    if value in (None, ""):
        return ""
    if field == "photo":
        return _("yes")
    if field == "language":
        return str(dict(settings.LANGUAGES).get(value, value))
    named = {"community": names.communities, "account": names.accounts, "owner": names.accounts}.get(field)
    if named is not None:
        return str(named.get(value, ""))
    return _chosen(Person, field, value)[:_MOST]
