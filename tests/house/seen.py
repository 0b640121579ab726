"""What a reader sees or hears of a page: its texts, told apart into the interface's own and the users' data."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from html.parser import HTMLParser
from typing import Any

VOID = frozenset(
    [
        "area",
        "base",
        "br",
        "col",
        "embed",
        "hr",
        "img",
        "input",
        "link",
        "meta",
        "param",
        "source",
        "track",
        "wbr",
    ]
)
NOT_READ = frozenset({"style", "code", "pre", "kbd", "textarea"})
SPOKEN = ("title", "aria-label", "aria-description", "placeholder", "alt", "label")
LETTERS = re.compile(r"[^\W\d_]{2}")
"""Two letters on end: what has none is a number, a sign or a key."""


@dataclass
class Seen:
    """Texts of one page, each with the way to its element."""

    texts: list[tuple[str, str]] = field(default_factory=list)
    """Text nodes outside translate="no", and attributes that are shown or read aloud."""
    data: set[str] = field(default_factory=set)
    """Texts inside translate="no"."""
    carried: list[tuple[str, str]] = field(default_factory=list)
    """data-* attributes and strings of JSON, from which scripts take the words they show."""


def _plain(text: str) -> str:
    return " ".join(text.split())


def _strings(value: Any) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict):
        for one in value.values():
            yield from _strings(one)
    elif isinstance(value, list):
        for one in value:
            yield from _strings(one)


class _Reader(HTMLParser):
    def __init__(self, language: str) -> None:
        super().__init__(convert_charrefs=True)
        self.language = language
        self.seen = Seen()
        self.open: list[tuple[str, bool, str]] = []  # tag, whether it holds data, what it is for people

    def _way(self) -> str:
        return " > ".join(name for _, _, name in self.open[-4:])

    def _holds_data(self) -> bool:
        return bool(self.open) and self.open[-1][1]

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Note the element's spoken attributes, and whether what is inside is data."""
        told = {name: value or "" for name, value in attrs}
        foreign = told.get("lang", self.language) != self.language
        is_data = foreign or told.get("translate", "") == "no" or self._holds_data()
        if told.get("translate") == "yes":
            is_data = False
        words = told.get("id") or told.get("class", "").split(" ")[0]
        self.open.append((tag, is_data, f"{tag}#{words}" if words else tag))
        if not is_data:
            self._attributes(tag, told)
        if tag in VOID:
            self.open.pop()

    def _attributes(self, tag: str, told: dict[str, str]) -> None:
        names = [*SPOKEN]
        if tag == "input" and told.get("type") in {"submit", "button", "reset"}:
            names.append("value")
        for name in names:
            if LETTERS.search(told.get(name, "")):
                self.seen.texts.append((_plain(told[name]), f"{self._way()} @{name}"))
        for name, value in told.items():
            if name.startswith("data-") and LETTERS.search(value):
                self.seen.carried.append((_plain(value), f"{self._way()} @{name}"))

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """An element that closes itself, as in SVG."""
        self.handle_starttag(tag, attrs)
        if tag not in VOID:
            self.handle_endtag(tag)

    def handle_endtag(self, tag: str) -> None:
        """Close the element, and what was left open inside."""
        for place in range(len(self.open) - 1, -1, -1):
            if self.open[place][0] == tag:
                del self.open[place:]
                return

    def handle_data(self, data: str) -> None:
        """A text node."""
        text = _plain(data)
        tags = {tag for tag, _, _ in self.open}
        if "script" in tags:
            self._json(data)
        elif LETTERS.search(text) and not tags & NOT_READ:
            if self._holds_data():
                self.seen.data.add(text)
            else:
                self.seen.texts.append((text, self._way()))

    def _json(self, data: str) -> None:
        try:
            value = json.loads(data)
        except ValueError:
            return
        self.seen.carried += [(_plain(one), self._way()) for one in _strings(value)]


def read(html: str, *, language: str) -> Seen:
    """What stands on a page in `language`; an element in another language counts as data."""
    reader = _Reader(language)
    reader.feed(html)
    reader.close()
    return reader.seen
