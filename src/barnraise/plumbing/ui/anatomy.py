"""The anatomy of an object's page: header, tabs, the thread of linked chips, facts."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _

from barnraise.foundation.html import Safe, el, join

from .icons import icon as draw
from .values import data, nothing, number


@dataclass(frozen=True, slots=True)
class Header:
    """The head of an object's page: its name (user data), kind, state (a badge), owner and the one main action (a button).

    `icon` draws the kind; `more` are further buttons or a menu.
    """

    title: Any
    kind: Any = ""
    state: Any = ""
    owner: Any = ""
    action: Any = ""
    icon: str = ""
    more: tuple[Any, ...] = ()

    def __str__(self) -> str:
        return Safe(self.__html__())

    def __html__(self) -> str:
        line = [
            el("span", draw(self.icon) if self.icon else "", self.kind, class_="object-kind")
            if self.kind
            else "",
            self.state,
            join([el("span", _("Owner"), class_="object-owner-word"), " ", data(self.owner)])
            if self.owner
            else "",
        ]
        words = el(
            "div",
            el("h1", self.title, translate="no", class_="object-title"),
            el(
                "div",
                *(el("span", part, class_="object-part") for part in line if part),
                class_="object-line",
            ),
            class_="object-words",
        )
        offered = [part for part in (*self.more, self.action) if part]
        return el(
            "header", words, el("div", *offered, class_="actions") if offered else "", class_="object-header"
        )


@dataclass(frozen=True, slots=True)
class Tab:
    """One of at most five tabs of an object's page. `count` stands behind the title when it is known."""

    title: Any
    url: str
    is_current: bool = False
    count: int | None = None


@dataclass(frozen=True, slots=True)
class Link:
    """A linked record, or a breadcrumb. `is_data` marks the label as user data."""

    label: Any
    url: str = ""
    icon: str = ""
    is_data: bool = True


def tabs(items: Iterable[Tab], *, label: Any = "") -> Safe:
    """The tabs as links; none when there is only one."""
    shown = list(items)
    if len(shown) < 2:
        return Safe("")
    links = (
        el(
            "a",
            el("span", tab.title),
            el("span", number(tab.count), class_="tab-count") if tab.count is not None else "",
            href=tab.url,
            class_="tab",
            aria_current="page" if tab.is_current else None,
        )
        for tab in shown
    )
    return el("nav", *links, class_="tabs", aria_label=str(label or _("Parts of this page")))


def thread(items: Iterable[Link]) -> Safe:
    """The golden thread as a thin line of linked chips: need, goal, …, story; the one without address is here."""
    parts = [
        el(
            "li",
            el(
                "a" if item.url else "span",
                draw(item.icon) if item.icon else "",
                data(item.label) if item.is_data else item.label,
                class_="chip",
                href=item.url or None,
                aria_current=None if item.url else "true",
            ),
        )
        for item in items
    ]
    return el("ol", *parts, class_="thread", aria_label=_("Thread")) if parts else Safe("")


def facts(pairs: Iterable[tuple[Any, Any]]) -> Safe:
    """Labelled values; an empty value is a dash. Wrap user data in `data(...)`."""
    rows = (
        el(
            "div",
            el("dt", label),
            el("dd", nothing() if value is None or value == "" else value),
            class_="fact",
        )
        for label, value in pairs
    )
    return el("dl", *rows, class_="facts")
