"""What a change set changed of organisations, field by field, as timelines and the journal show it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence, Set
from dataclasses import fields
from decimal import Decimal
from typing import Any

from babel.numbers import get_currency_precision
from django.utils import formats

from barnraise.foundation import contacts
from barnraise.plumbing.journal.models import Change
from barnraise.who.communities.models import Community

from . import sectors
from .documents import OrganisationDocument
from .models import Organisation
from .selectors import field_label, titles

Row = tuple[str, str, str]
_MOST = 300


def told(changes: Sequence[Change]) -> Mapping[int, list[Row]]:
    """By key of the change: (field, before, after). Of lists only what went and what came. Two queries at most."""
    pairs = {change.pk: _documents(change) for change in changes}
    names = _Names(pairs.values())
    return {key: list(_rows(before, after, names)) for key, (before, after) in pairs.items()}


def _documents(change: Change) -> tuple[dict[str, Any], dict[str, Any]]:
    if change.action != Change.Action.UPDATED:
        return {}, {}
    before, after = ((side or {}).get("document") or {} for side in (change.before, change.after))
    return before, after


class _Names:
    """Names of the communities and organisations that documents refer to by key."""

    def __init__(self, pairs: Any) -> None:
        said = [side for pair in pairs for side in pair]
        places = {key for side in said for key in side.get("communities") or ()}
        parents = {side["parent"] for side in said if side.get("parent")}
        rows = Community.objects.filter(pk__in=places).values_list("pk", "name") if places else ()
        self.communities = dict(rows)
        self.parents = titles(sorted(parents)) if parents else {}


def _rows(before: Mapping[str, Any], after: Mapping[str, Any], names: _Names) -> Iterator[Row]:
    for field in _in_order({*after, *before}):
        had, has = before.get(field), after.get(field)
        if had == has:
            continue
        label = str(field_label(field))
        if field == "facts":
            yield from _facts(label, had or {}, has or {})
        elif isinstance(had, list) or isinstance(has, list):
            gone = [item for item in had or () if item not in (has or ())]
            come = [item for item in has or () if item not in (had or ())]
            yield label, _listed(field, gone, names), _listed(field, come, names)
        else:
            currency = after.get("income_currency") or before.get("income_currency") or ""
            yield label, _value(field, had, currency, names), _value(field, has, currency, names)


def _in_order(said: Set[str]) -> list[str]:
    """Fields as documents have them: a database may keep the keys of JSON in an order of its own."""
    places = {field.name: place for place, field in enumerate(fields(OrganisationDocument))}
    return sorted(said, key=lambda name: (places.get(name, len(places)), name))


def _facts(label: str, had: Mapping[str, str], has: Mapping[str, str]) -> Iterator[Row]:
    for code in sorted({*had, *has}):
        if had.get(code) != has.get(code):
            yield f"{label}: {code}", had.get(code, ""), has.get(code, "")


def _listed(field: str, items: Sequence[Any], names: _Names) -> str:
    return "; ".join(word for item in items if (word := _item(field, item, names)))[:_MOST]


def _item(field: str, item: Any, names: _Names) -> str:
    if field == "communities":
        return names.communities.get(item, "")
    if field == "contacts":
        return str(contacts.readable(item["kind"], item["value"]))
    if field == "sectors":
        return str(sectors.label(item["scheme"], item["code"]))
    if field == "identifiers":
        return f"{item['scheme']} {item['value']}"
    if field == "names":
        return str(item["name"])
    if field == "addresses":
        parts = (item.get(name) for name in ("lines", "city", "region", "postcode", "country", "lat", "lon"))
        return ", ".join(str(part) for part in parts if part not in (None, ""))
    return str(item)


def _value(field: str, value: Any, currency: str, names: _Names) -> str:
    if value in (None, ""):
        return ""
    if field == "parent":
        return names.parents.get(value, "")
    if field == "income_amount":
        places = get_currency_precision(currency) if currency else 2
        shown = formats.number_format(
            Decimal(value).scaleb(-places), places, use_l10n=True, force_grouping=True
        )
        return f"{shown} {currency}".strip()
    choices = dict(getattr(Organisation._meta.get_field(field), "flatchoices", ()) or ())
    return str(choices.get(value, value))[:_MOST]
