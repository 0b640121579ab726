"""What hangs on a person or an organisation in every room: how it is merged, exported and erased along with them.

A room that keeps a key of a person, or a reference that can name one, plugs in and says which of its tables it speaks for;
a house test finds tables that nobody speaks for. The owner of the noun asks all plugs, in the socket's order.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Protocol

from .refs import Ref
from .registry import Socket


class Merging(Protocol):
    """Let what hung on `absorb` hang on `keep`, in the caller's transaction.

    What it changes is kept in the change set, under kinds that have an undoer, so that the merge can be undone.
    """

    def __call__(self, keep: Ref, absorb: Ref, *, by: Any, change_set: Any) -> None: ...


class Erasing(Protocol):
    """Remove what hangs on the thing, or take out of it what tells who it was, in the caller's transaction. Not undoable."""

    def __call__(self, ref: Ref, *, by: Any) -> None: ...


class Parting(Protocol):
    """Things of one kind are about to be removed: keep in the change set what goes with them, so that an undo brings it back."""

    def __call__(self, refs: Sequence[Ref], *, change_set: Any) -> None: ...


@dataclass(frozen=True, slots=True)
class Belonging:
    """`models` are the tables it speaks for ("people.Role"); `kinds` the kinds of thing they hang on ("people.person").

    `export(ref)` gives all there is about the thing as JSON values, empty when there is nothing. `part` is None where a
    removal of the thing loses nothing of these tables, or the database refuses it. `holds(refs)` gives the keys of those
    that rows of these tables hang on, so that the undo of an import leaves them; None where such rows may go with it.
    """

    models: Sequence[str]
    kinds: Sequence[str]
    merge: Merging
    export: Callable[[Ref], Mapping[str, Any]]
    erase: Erasing
    part: Parting | None = None
    holds: Callable[[Sequence[Ref]], Collection[int]] | None = None
    hinders: Callable[[Ref], str] | None = None


belongings: Socket[Belonging] = Socket(
    "foundation.belongings",
    doc="Tables whose rows hang on persons or organisations: how they are merged, exported, erased, and kept for an undo.",
)


def part_with(refs: Sequence[Ref], *, change_set: Any) -> None:
    """Ask every plug to keep what goes with these things of one kind, before they are removed."""
    if refs:
        for _name, plug in belonging_to(refs[0].kind):
            if plug.part is not None:
                plug.part(refs, change_set=change_set)


def held(refs: Sequence[Ref]) -> set[int]:
    """The keys of those of these things, all of one kind, that something hangs on which an undo must not take along."""
    found: set[int] = set()
    if refs:
        for _name, plug in belonging_to(refs[0].kind):
            if plug.holds is not None:
                found.update(plug.holds(refs))
    return found


def hindering(ref: Ref) -> list[str]:
    """In words, room by room, what keeps this thing from being removed; empty when nothing does."""
    asked = (plug.hinders(ref) for _name, plug in belonging_to(ref.kind) if plug.hinders is not None)
    return [words for words in asked if words]


def belonging_to(kind: str) -> list[tuple[str, Belonging]]:
    """(name, plug) of all that speak for things of this kind, in order."""
    return [(name, plug) for name, plug in belongings.items() if kind in plug.kinds]
