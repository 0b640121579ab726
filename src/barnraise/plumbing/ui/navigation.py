"""The left rail: Today, the five questions, the settings, as one reader may open them."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.http import HttpRequest
from django.urls import NoReverseMatch, get_script_prefix, get_urlconf, reverse
from django.utils.translation import gettext_lazy as _

from .sockets import FLOORS, NavigationItem, navigation


@dataclass(frozen=True, slots=True)
class Place:
    """How a floor stands in the rail: its word, its icon, the letter after `g` that goes there."""

    word: Any
    icon: str
    key: str


PLACES: dict[str, Place] = {
    "today": Place(_("Today"), "home", "t"),
    "who": Place(_("Who"), "users-group", "w"),
    "why": Place(_("Why"), "target-arrow", "y"),
    "what": Place(_("What"), "calendar-event", "a"),
    "sowhat": Place(_("So what"), "chart-dots", "o"),
    "nowwhat": Place(_("Now what"), "route", "n"),
    "settings": Place(_("Settings"), "settings", "s"),
}


@dataclass(frozen=True, slots=True)
class Stop:
    """One page in the rail."""

    title: Any
    url: str
    icon: str
    is_current: bool


@dataclass(frozen=True, slots=True)
class Part:
    """A floor with the pages this reader may open."""

    floor: str
    place: Place
    stops: Sequence[Stop]

    @property
    def is_current(self) -> bool:
        """The reader is on one of its pages."""
        return any(stop.is_current for stop in self.stops)

    @property
    def url(self) -> str:
        """Its first page."""
        return self.stops[0].url


class Rail(list[Part]):
    """The floors of one reader, top to bottom: the same one for all who get the same pages and stand on the same one.

    `drawn` keeps the parts of the frame that depend on nothing but the rail, by name and language.
    """

    def __init__(self, items: Sequence[NavigationItem]) -> None:
        super().__init__()
        self.items = items
        self.drawn: dict[tuple[str, str], str] = {}


_RAILS: dict[tuple[Any, ...], Rail] = {}
"""Rails that were laid out before. There are few: one for each role and page of the rail. Each holds the items its key names."""
MOST_RAILS = 2_000


def rail(request: HttpRequest) -> Rail:
    """The floors that have pages for this reader, top to bottom."""
    match = request.resolver_match
    here = match.view_name if match else ""
    items = [item for item in navigation if item.policy(request.user, None)]
    current = _current(items, here, request.path)
    urlconf = get_urlconf() or settings.ROOT_URLCONF
    key = (get_script_prefix(), urlconf, id(current), *(id(item) for item in items))
    found = _RAILS.get(key)
    if found is None:
        if len(_RAILS) >= MOST_RAILS:
            _RAILS.clear()
        found = _RAILS[key] = _laid_out(items, current)
    return found


def _laid_out(items: Sequence[NavigationItem], current: NavigationItem | None) -> Rail:
    parts = Rail(items)
    for floor in FLOORS:
        stops = [_stop(item, item is current) for item in items if item.floor == floor]
        known = [stop for stop in stops if stop is not None]
        if known:
            parts.append(Part(floor, PLACES[floor], known))
    return parts


def _stop(item: NavigationItem, is_current: bool) -> Stop | None:
    """The page of an item; None when it names no address, so that one wrong plug does not take every page down."""
    try:
        return Stop(item.title, reverse(item.url_name), item.icon, is_current)
    except NoReverseMatch:
        return None


def _current(items: Sequence[NavigationItem], here: str, path: str) -> NavigationItem | None:
    """The item of this very page, else of its room the one that covers it, the one above it, the first."""
    exact = next((item for item in items if item.url_name == here), None)
    if exact is not None or ":" not in here:
        return exact
    room = here.partition(":")[0]
    own = [item for item in items if item.url_name.partition(":")[0] == room]
    if len(own) < 2:
        return own[0] if own else None
    covering = next((item for item in own if here in item.covers), None)
    if covering is not None:
        return covering
    above = [(len(url), item) for item in own if (url := _address(item)) and path.startswith(url)]
    return max(above, key=lambda one: one[0])[1] if above else own[0]


def _address(item: NavigationItem) -> str:
    try:
        return reverse(item.url_name)
    except NoReverseMatch:
        return ""


def home_of(parts: Iterable[Part]) -> Part | None:
    """The part Today, or None."""
    return next((part for part in parts if part.floor == "today"), None)
