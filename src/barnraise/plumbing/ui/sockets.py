"""What upper rooms plug into every page: navigation, actions, cards on Today, threads, the sample town."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from barnraise.foundation.policy import Policy
from barnraise.foundation.refs import Ref
from barnraise.foundation.registry import Socket

FLOORS = ("today", "who", "why", "what", "sowhat", "nowwhat", "settings")
"""The places of the left rail, top to bottom."""


@dataclass(frozen=True, slots=True)
class NavigationItem:
    """A page of the left rail. `floor` is one of FLOORS; `icon` a name of the icon sprite.

    `covers`: names of pages beside its own address that belong to it, where a room has several in the rail.
    """

    title: Any
    url_name: str
    floor: str
    policy: Policy
    icon: str = "point"
    covers: tuple[str, ...] = ()


navigation: Socket[NavigationItem] = Socket(
    "ui.navigation", doc="A page of the left rail, shown to whom its policy lets in."
)


@dataclass(frozen=True, slots=True)
class Action:
    """Something the command palette offers to do: opens the page `url_name`."""

    title: Any
    url_name: str
    policy: Policy
    icon: str = "bolt"
    keywords: Any = ""


actions: Socket[Action] = Socket(
    "ui.actions", doc="An entry of the command palette that opens a page where something is done."
)


@dataclass(frozen=True, slots=True)
class Prompt:
    """Something the palette offers to do with a named thing: "note ana" finds Ana and opens `url(ref)`.

    `words` (one blank between them) begin what is typed; `title` has %(name)s; `kinds` are those looked for.
    """

    title: Any
    words: Any
    kinds: Sequence[str]
    url: Callable[[Ref], str]
    policy: Policy
    icon: str = "bolt"


prompts: Socket[Prompt] = Socket(
    "ui.prompts",
    doc="A word of the command palette that is followed by a name: what is done with the thing that is found.",
)


def lines_of_lists(context: Mapping[str, Any]) -> int:
    """How many lines a card draws that has one for each item of the lists in its context."""
    return sum(len(value) for value in context.values() if isinstance(value, list | tuple))


@dataclass(frozen=True, slots=True)
class Card:
    """A part of the page Today. `select(actor, now)` gives the template's context, or None when there is nothing to show.

    `lines(context)` says how many lines are drawn of it, where these are not the items of its lists.
    """

    title: Any
    policy: Policy
    template: str
    select: Callable[[Any, datetime], Mapping[str, Any] | None]
    lines: Callable[[Mapping[str, Any]], int] = lines_of_lists


cards: Socket[Card] = Socket(
    "ui.cards",
    doc="A card on the page Today: title, policy, template and a selector (actor, now) -> context or None.",
)


@dataclass(frozen=True, slots=True)
class Panel:
    """A part of one object's page. `select(actor, thing)` gives the template's context, or None to stay away.

    `place` "top" stands before everything else and brings its own headings. `has_timeline`: it shows what happened to
    the thing, so the page needs no timeline beside it.

    `is_later`: the page only says that it is there, and fetches it when it comes into view. It is there where one of the
    foreign keys `held_by` (("projects.Placement", "person"), …) points to the thing, which is asked for all panels in one
    question, and where `applies(actor, thing)` says so; without either, always.
    """

    title: Any
    policy: Policy
    template: str
    select: Callable[[Any, Any], Mapping[str, Any] | None]
    place: str = ""
    has_timeline: bool = False
    is_later: bool = False
    held_by: tuple[tuple[str, str], ...] = ()
    applies: Callable[[Any, Any], bool] | None = None


@dataclass(frozen=True, slots=True)
class Fan:
    """Many references of which only the first are given; `total` is how many there are."""

    refs: Sequence[Ref]
    total: int


Step = Callable[[Ref], Sequence[Ref] | Fan]
"""The references one step away; where there may be more than a few dozen, a Fan of the first fifty."""


@dataclass(frozen=True, slots=True)
class Thread:
    """Where a thing stands in the loop: references one step upstream (why it is) and downstream (what came of it)."""

    upstream: Step = field(default=lambda ref: ())
    downstream: Step = field(default=lambda ref: ())


threads: Socket[Thread] = Socket(
    "ui.threads",
    doc='By kind ("label.model", from other rooms "label.model@room"): the references upstream and downstream of a thing.',
)


@dataclass(frozen=True, slots=True)
class Start:
    """What may be begun from a thing that the loop goes on with: a goal from a need. `url(ref)` opens the form with the thing in it; "" where
    this one is nothing to begin from."""

    title: Any
    url: Callable[[Ref], str]
    policy: Policy


starts: Socket[Start] = Socket(
    "ui.starts",
    doc='By kind and room ("label.model@room"): what is begun from a thing, with the thing filled in; the end of its thread.',
)


@dataclass(frozen=True, slots=True)
class LooseEnd:
    """A place where the thread is broken: things that lack what they should hang on.

    `find(most)` gives how many there are and the first of them; `mend` says what to do about one.
    """

    title: Any
    mend: Any
    policy: Policy
    find: Callable[[int], tuple[int, Sequence[Ref]]]


loose_ends: Socket[LooseEnd] = Socket(
    "ui.loose_ends",
    doc="A check of the page Broken threads: title, mend, policy, and what it finds: how many, and the first of them.",
)


@dataclass(frozen=True, slots=True)
class SamplePart:
    """A part of the fictional sample town.

    `load(by=...)` writes through services and gives counts by noun; `remove(by=...)` takes exactly its own away.
    """

    load: Callable[..., Mapping[str, int]]
    remove: Callable[..., Mapping[str, int]]


sample: Socket[SamplePart] = Socket(
    "ui.sample", doc="A room's part of the sample town; loaded by order, removed in reverse."
)


@dataclass(frozen=True, slots=True)
class Described:
    """How a kind of thing is named and reached: its noun, and for many keys at once their titles and the address of one.

    `urls` gives the addresses of many where `url` has to ask the database.
    """

    noun: Any
    titles: Callable[[Sequence[int]], Mapping[int, str]]
    url: Callable[[int], str]
    policy: Policy
    icon: str = "point"
    urls: Callable[[Sequence[int]], Mapping[int, str]] | None = None

    def addresses(self, keys: Sequence[int]) -> Mapping[int, str]:
        """Where each of these is shown."""
        return self.urls(keys) if self.urls is not None else {key: self.url(key) for key in keys}


kinds: Socket[Described] = Socket(
    "ui.kinds",
    doc='By kind ("label.model"): noun, titles by key, address of one and who may open it; read by timelines, search and Trace.',
)


robots: Socket[Callable[[], Sequence[str]]] = Socket(
    "ui.robots", doc="Lines of robots.txt for what search engines may read; everything else they may not."
)


@dataclass(frozen=True, slots=True)
class Surroundings:
    """What stands around a page that everybody may open: its head and foot as HTML, a stylesheet (a static path), whose it is."""

    above: str
    below: str
    style: str
    house: str


surroundings: Socket[Callable[[Any], Surroundings | None]] = Socket(
    "ui.surroundings",
    doc="What stands around pages that everybody may open, for readers without an account: request -> Surroundings or None.",
)
