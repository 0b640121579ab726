"""The golden thread: walking from a thing to why it is and to what came of it.

What a reader may not open is counted and not named. A thing met once is not met again, so loops end; of a wide fan the
first are shown and the rest is counted.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Literal

from django.urls import NoReverseMatch, reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from barnraise.foundation.html import Safe, el
from barnraise.foundation.refs import Ref

from .icons import icon
from .sockets import Fan, Thread, kinds, starts, threads
from .values import data, number

Way = Literal["upstream", "downstream"]
SHOWN = 8
EXPANDED, FURTHER = 6, 3
"""From so many of the things one step away the walk goes on, and from so many of each later step."""
UP, DOWN, LINE = 4, 1, 3
"""How far the line on a page goes, and how many of one step it names."""


@dataclass(frozen=True, slots=True)
class Named:
    """A thing as this reader may see it. `walk` is the address from which its own threads are walked."""

    ref: Ref
    noun: Any
    title: str
    url: str
    icon: str
    walk: str


@dataclass(slots=True)
class Level:
    """What is one step further: those that may be named, how many may not, and how many more there are."""

    things: list[Named] = field(default_factory=list)
    hidden: int = 0
    more: int = 0

    def __bool__(self) -> bool:
        return bool(self.things or self.hidden or self.more)


def plugs_of(kind: str) -> list[Thread]:
    """All that rooms plugged for a kind."""
    return [plug for name, plug in threads.items() if name.partition("@")[0] == kind]


def named(refs: Iterable[Ref], *, actor: Any) -> tuple[dict[Ref, Named], int]:
    """Those of these things that this reader may open, in the order given, and how many they may not. One query for each kind.

    Things that are gone are in neither.
    """
    asked = list(dict.fromkeys(refs))
    by_kind: dict[str, list[int]] = defaultdict(list)
    for ref in asked:
        by_kind[ref.kind].append(ref.id)
    titles: dict[str, Mapping[int, str]] = {}
    urls: dict[str, Mapping[int, str]] = {}
    hidden = 0
    for kind, keys in by_kind.items():
        described = kinds.find(kind)
        if described is None:
            continue
        if not described.policy(actor, None):
            hidden += len(keys)
            continue
        titles[kind] = described.titles(keys)
        urls[kind] = described.addresses(list(titles[kind]))
    found = {}
    for ref in asked:
        title = titles.get(ref.kind, {}).get(ref.id)
        if title is not None:
            described = kinds.get(ref.kind)
            found[ref] = Named(
                ref, described.noun, str(title), urls[ref.kind].get(ref.id, ""), described.icon, _walk(ref)
            )
    return found, hidden


def _walk(ref: Ref) -> str:
    try:
        return reverse("desk:trace", kwargs={"ref": str(ref)})
    except NoReverseMatch:
        return ""


def steps(ref: Ref, way: Way, *, actor: Any, depth: int, shown: int = SHOWN) -> list[Level]:
    """The levels from one step away to `depth` steps, ending where nothing is further. At most `shown` things are named on each."""
    met, at = {ref}, [ref]
    levels: list[Level] = []
    for step in range(depth):
        refs, more = _further(at, way)
        new = [one for one in refs if one not in met]
        met.update(new)
        things, hidden, beyond = _first_named(new, shown, actor)
        level = Level(things, hidden, more + beyond)
        if not level:
            break
        levels.append(level)
        at = [one.ref for one in level.things[: FURTHER if step else EXPANDED]]
        if not at:
            break
    return levels


def _first_named(refs: Sequence[Ref], shown: int, actor: Any) -> tuple[list[Named], int, int]:
    """The first `shown` that are there, how many this reader may not open, and how many there are beyond them.

    Nobody reads the names of those beyond, so they are not asked for: a wide step is of a dozen kinds, each with a query.
    """
    may = {
        kind: described.policy(actor, None)
        for kind in {ref.kind for ref in refs}
        if (described := kinds.find(kind)) is not None
    }
    open_ones = [ref for ref in refs if may.get(ref.kind)]
    things: list[Named] = []
    at = 0
    while len(things) < shown and at < len(open_ones):
        chunk = open_ones[at : at + shown - len(things)]
        things += named(chunk, actor=actor)[0].values()
        at += len(chunk)
    hidden = sum(ref.kind in may and not may[ref.kind] for ref in refs)
    return things, hidden, len(open_ones) - at


def _further(refs: Sequence[Ref], way: Way) -> tuple[list[Ref], int]:
    """All references one step from these, and how many more there are that were not given."""
    found: dict[Ref, None] = {}
    more = 0
    for ref in refs:
        for plug in plugs_of(ref.kind):
            given = getattr(plug, way)(ref)
            if isinstance(given, Fan):
                more += max(0, given.total - len(given.refs))
                given = given.refs
            found.update(dict.fromkeys(given))
    return list(found), more


def panel(thing: Any, *, actor: Any) -> Safe:
    """The thread of a row as a thin line: upstream, here, downstream. Empty for kinds that have no threads."""
    if thing.pk is None:
        return Safe("")
    ref = Ref.to(thing)
    if not plugs_of(ref.kind):
        return Safe("")
    described = kinds.find(ref.kind)
    if described is None or not described.policy(actor, None):
        return Safe("")
    upstream = steps(ref, "upstream", actor=actor, depth=UP)
    downstream = steps(ref, "downstream", actor=actor, depth=DOWN, shown=LINE)
    begun = _starts(ref, actor)
    if not upstream and not downstream and not begun:
        return Safe("")
    here = el(
        "li",
        el(
            "a",
            icon("route"),
            el("span", described.noun),
            href=_walk(ref) or None,
            class_="chip",
            aria_current="true",
            title=_("Walk the thread"),
        ),
    )
    parts = [_level(level, ref) for level in reversed(upstream)]
    parts += [here, *(_level(level, ref) for level in downstream), *begun]
    return el("nav", el("ol", *parts, class_="thread"), aria_label=_("Thread"))


def _starts(ref: Ref, actor: Any) -> list[Safe]:
    """What this reader may begin from here, as the open end of the thread."""
    chips = [
        el("a", icon("plus"), el("span", plug.title), href=url, class_="chip is-start")
        for name, plug in starts.items()
        if name.partition("@")[0] == ref.kind and plug.policy(actor, None) and (url := plug.url(ref))
    ]
    return [el("li", *chips, class_="thread-level")] if chips else []


def _level(level: Level, here: Ref) -> Safe:
    chips = [
        el(
            "a",
            icon(one.icon),
            el("span", one.noun, ": ", class_="visually-hidden"),
            data(one.title),
            href=one.url,
            class_="chip",
        )
        for one in level.things[:LINE]
    ]
    more = level.more + max(0, len(level.things) - LINE)
    if more:
        words = ngettext("%(count)s more", "%(count)s more", more) % {"count": number(more)}
        chips.append(el("a", Safe(words), href=_walk(here), class_="chip"))
    if level.hidden:
        chips.append(el("span", icon("lock"), Safe(hidden_words(level.hidden)), class_="chip"))
    return el("li", *chips, class_="thread-level")


def hidden_words(many: int) -> str:
    """How many a reader may not open."""
    words = ngettext("%(count)s you may not open", "%(count)s you may not open", many)
    return words % {"count": number(many)}
