"""The shapes of the elements of a page: what rules of accessibility, styles and widths depend on, without the words.

A page whose every element has a shape that was seen on pages before has nothing new to ask a browser about.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from html.parser import HTMLParser

VOID = {"area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "source", "track", "wbr"}
TOLD = {"type", "role", "rel", "scope", "lang", "dir", "tabindex", "aria-live", "aria-hidden"}
"""Attributes whose value matters; of others it matters that they are there and whether they are empty."""
LEFT_OUT = set(
    [
        "checked",
        "max",
        "maxlength",
        "min",
        "minlength",
        "name",
        "novalidate",
        "open",
        "required",
        "rows",
        "selected",
        "step",
        "translate",
        "value",
    ]
)
STYLED = {
    "data-fits",
    "data-label",
    "data-needed",
    "data-no-print",
    "data-over",
    "data-rail",
    "data-bs-theme",
}
"""Attributes on which no rule of accessibility and no style depends; and those for programs on which a style does."""
FILES = {"script", "link", "iframe"}


@dataclass(eq=False)
class _Element:
    tag: str
    label: str
    above: _Element | None = None
    inside: list[_Element] = field(default_factory=list)
    has_words: bool = False

    @property
    def own(self) -> str:
        return f"{self.label}{'…' if self.has_words else ''}"


def _label(tag: str, attributes: list[tuple[str, str | None]]) -> str:
    told = []
    for name, value in sorted(attributes):
        if name in LEFT_OUT or (name.startswith(("data-", "hx-")) and name not in STYLED):
            continue
        if name == "class":
            told.append("." + ".".join(sorted((value or "").split())))
        elif name in TOLD or (tag in FILES and name in {"src", "href"}):
            told.append(f"{name}={value}")
        else:
            told.append(name if value else f"{name}=")
    return f"{tag}[{' '.join(told)}]"


class _Tree(HTMLParser):
    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.root = self.here = _Element("", "")

    def handle_starttag(self, tag: str, attributes: list[tuple[str, str | None]]) -> None:
        made = _Element(tag, _label(tag, attributes), self.here)
        self.here.inside.append(made)
        if tag not in VOID:
            self.here = made

    def handle_startendtag(self, tag: str, attributes: list[tuple[str, str | None]]) -> None:
        self.here.inside.append(_Element(tag, _label(tag, attributes), self.here))

    def handle_endtag(self, tag: str) -> None:
        at: _Element | None = self.here
        while at is not None and at.tag != tag:
            at = at.above
        if at is not None and at.above is not None:
            self.here = at.above

    def handle_data(self, words: str) -> None:
        if words.strip():
            self.here.has_words = True


def _shapes(one: _Element, path: str) -> Iterator[str]:
    for child in one.inside:
        within = sorted({grandchild.own for grandchild in child.inside})
        yield f"{path}>{child.own}:{within}"
        yield from _shapes(child, f"{path}>{child.label}")


def shapes(html: str) -> set[int]:
    """One number for each way in which an element stands in the page: itself, all that it stands in, and what it holds."""
    tree = _Tree()
    tree.feed(html)
    tree.close()
    return {hash(shape) for shape in _shapes(tree.root, "")}


def with_new_shapes(pages: Iterable[tuple[str, str]]) -> list[str]:
    """Of pages (name, HTML) the names of those that hold a shape which none before them holds."""
    seen: set[int] = set()
    found = []
    for name, html in pages:
        held = shapes(html)
        if held - seen:
            found.append(name)
            seen |= held
    return found
