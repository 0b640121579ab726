"""A page as a tree of elements: what a figure says of itself, and the rows at its address."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from html.parser import HTMLParser

from .seen import VOID

UNREAD = frozenset({"script", "style", "svg", "template"})


@dataclass(slots=True)
class Element:
    """One element; `parts` are its children and texts in order."""

    tag: str
    attributes: dict[str, str]
    parent: Element | None = None
    parts: list[Element | str] = field(default_factory=list)

    def __iter__(self) -> Iterator[Element]:
        """This element and all below it, in order."""
        waiting = [self]
        while waiting:
            one = waiting.pop()
            yield one
            waiting += [part for part in reversed(one.parts) if not isinstance(part, str)]

    def get(self, name: str) -> str:
        """An attribute, or empty."""
        return self.attributes.get(name, "")

    def text(self) -> str:
        """What it says, blanks put together."""
        return " ".join("".join(self._texts()).split())

    def _texts(self) -> Iterator[str]:
        for part in self.parts:
            if isinstance(part, str):
                yield part
            elif part.tag not in UNREAD:
                yield from part._texts()

    def above(self) -> Iterator[Element]:
        """Its parents, nearest first."""
        one = self.parent
        while one is not None:
            yield one
            one = one.parent

    def texts(self) -> Iterator[tuple[Element, str]]:
        """(element, text) of every text below it."""
        for part in self.parts:
            if isinstance(part, str):
                yield self, part
            elif part.tag not in UNREAD:
                yield from part.texts()


class _Grower(HTMLParser):
    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.root = Element("", {})
        self.here = self.root

    def updatepos(self, i: int, j: int) -> int:
        """Nobody asks in which line it stands."""
        return j

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Open it, unless nothing can be in it."""
        new = Element(tag, {name: value or "" for name, value in attrs}, self.here)
        self.here.parts.append(new)
        if tag not in VOID:
            self.here = new

    def handle_endtag(self, tag: str) -> None:
        """Close it, and what was left open inside."""
        one: Element | None = self.here
        while one is not None and one.tag != tag:
            one = one.parent
        if one is not None and one.parent is not None:
            self.here = one.parent

    def handle_data(self, data: str) -> None:
        """A text."""
        self.here.parts.append(data)


def grown(html: str) -> Element:
    """The tree of a page."""
    grower = _Grower()
    grower.feed(html)
    grower.close()
    return grower.root


def by_id(root: Element, name: str) -> Element | None:
    """The element of this id."""
    return next((one for one in root if one.get("id") == name), None)
