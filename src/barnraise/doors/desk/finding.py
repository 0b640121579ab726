"""What the palette offers: things to do, pages, and records, best first."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.urls import NoReverseMatch, reverse
from django.utils.translation import gettext as _

from barnraise.foundation.text import fold, words
from barnraise.plumbing.search.selectors import Hit, find
from barnraise.plumbing.ui.sockets import actions, kinds, navigation, prompts

from .policies import may_search

SHORTEST_WORD = 3
"""Letters that call a prompt."""

PROMPTED = 5
"""Things that prompts offer at most."""


@dataclass(frozen=True, slots=True)
class Offer:
    """One line of the palette. `is_data` marks the title as user data; `noun` says what it is."""

    title: Any
    url: str
    icon: str
    noun: Any
    is_data: bool = False


def _address(url_name: str) -> str:
    try:
        return reverse(url_name)
    except NoReverseMatch:
        return ""


def _fits(asked: list[str], spoken: str) -> bool:
    """Every word asked begins a word that is spoken."""
    parts = words(spoken)
    return all(any(part.startswith(word) for part in parts) for word in asked)


def _pages(actor: Any) -> Iterable[tuple[Offer, str]]:
    for action in actions:
        if action.policy(actor, None) and (url := _address(action.url_name)):
            yield Offer(action.title, url, action.icon, _("do")), f"{action.title} {action.keywords}"
    for item in navigation:
        if item.policy(actor, None) and (url := _address(item.url_name)):
            yield Offer(item.title, url, item.icon, _("page")), str(item.title)


def record_offer(hit: Hit) -> Offer | None:
    """A found record as a line; None when its kind has no page."""
    described = kinds.find(hit.ref.kind)
    if described is None:
        return None
    return Offer(hit.title, described.url(hit.ref.id), described.icon, described.noun, is_data=True)


def _prompted(asked: str, actor: Any) -> list[Offer]:
    """What is offered to do with a named thing, when the first word asked begins one of a prompt's words ("note ana")."""
    first, _blank, name = asked.strip().partition(" ")
    if len(fold(first)) < SHORTEST_WORD or not name.strip() or not may_search(actor):
        return []
    found = []
    for prompt in prompts:
        if not prompt.policy(actor, None) or not _fits([fold(first)], str(prompt.words)):
            continue
        for hit in find(name, actor=actor, kinds=prompt.kinds, limit=PROMPTED):
            title = str(prompt.title) % {"name": hit.title}
            found.append(Offer(title, prompt.url(hit.ref), prompt.icon, _("do"), is_data=True))
    return found[:PROMPTED]


def offers(asked: str, *, actor: Any, limit: int = 12) -> list[Offer]:
    """At most `limit` lines: what fits of things to do and pages, those that begin so first, then records; without words the first things to do."""
    parts = fold(asked).split()
    fitting = [offer for offer, spoken in _pages(actor) if _fits(parts, spoken)]
    if not parts:
        return fitting[:limit]
    asked_for = " ".join(parts)
    fitting.sort(key=lambda offer: not fold(str(offer.title)).startswith(asked_for))
    records: list[Offer] = []
    if may_search(actor):
        hits = find(asked, actor=actor, limit=limit)
        records = [offer for hit in hits if (offer := record_offer(hit)) is not None]
    prompted = _prompted(asked, actor)
    room_for_pages = max(limit - len(records), 4)
    return [*prompted, *fitting[:room_for_pages], *records][:limit]
