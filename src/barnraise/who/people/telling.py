"""Changes of a person's document in words for the journal: keys become names, roles become lines."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from barnraise.plumbing.accounts.models import Account
from barnraise.who.communities import selectors as communities
from barnraise.who.organisations import selectors as organisations

Pair = tuple[Any, Any]


def told_changes(changes: Mapping[str, Pair]) -> dict[str, Pair]:
    """{field: (before, after)} as the journal keeps it. Leader notes are not repeated there."""
    found: dict[str, Pair] = {}
    for field, (before, after) in changes.items():
        if field in _WORDS:
            before, after = _WORDS[field](before), _WORDS[field](after)
        if before != after:
            found[field] = (before, after)
    return found


def _community(key: int | None) -> Any:
    return communities.titles([key]).get(key) if key else None


def _account(key: int | None) -> Any:
    return str(Account.objects.get(pk=key)) if key and Account.objects.filter(pk=key).exists() else None


def _photo(key: int | None) -> Any:
    return bool(key)


def _posts(parts: list[dict[str, Any]]) -> list[str]:
    named = organisations.titles([part["organisation"] for part in parts])
    return [
        ", ".join(
            word
            for word in (
                part["title"],
                named.get(part["organisation"], ""),
                _span(part["started_on"], part["ended_on"]),
            )
            if word
        )
        for part in parts
    ]


def _standings(parts: list[dict[str, Any]]) -> list[str]:
    return [
        ", ".join(
            word
            for word in (
                part["constituency"] or part["kind"],
                _span(part["term_started_on"], part["term_ends_on"]),
            )
            if word
        )
        for part in parts
    ]


def _span(start: str | None, end: str | None) -> str:
    return f"{start or ''}–{end or ''}" if start or end else ""


def _values(parts: list[dict[str, Any]]) -> list[str]:
    return [" ".join(str(part[name]) for name in ("scheme", "value") if part.get(name)) for part in parts]


def _places(parts: list[dict[str, Any]]) -> list[str]:
    names = ("lines", "postcode", "city", "region", "country")
    return [", ".join(str(part[name]) for name in names if part.get(name)) for part in parts]


_WORDS: dict[str, Any] = {
    "community": _community,
    "account": _account,
    "owner": _account,
    "photo": _photo,
    "roles": _posts,
    "leaderships": _standings,
    "contacts": _values,
    "identifiers": _values,
    "addresses": _places,
}
