"""The one timeline of a person or an organisation, laid together from its strands."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from barnraise.foundation.html import Safe, join
from barnraise.foundation.refs import Ref

from .merging import OVER, merged, pack, unpack
from .sockets import Moment, strands

FIRST, MORE = 6, 25
"""Moments on a profile, and those that "Show older" adds."""


@dataclass(frozen=True, slots=True)
class Page:
    """A page of a timeline: its items as HTML, where the older ones begin ("" when there are none), and how many."""

    items: Safe
    following: str
    count: int


def choices(actor: Any) -> list[tuple[str, Any]]:
    """What a reader may narrow a timeline to: (value, label)."""
    return [choice for strand in strands if strand.policy(actor, None) for choice in strand.choices]


def read(ref: Ref, *, actor: Any, after: str = "", most: int = FIRST, show: str = "") -> Page:
    """At most `most` moments behind `after`. `show` is a value of `choices`, "" for everything. A fixed number of queries."""
    places = unpack(after) if after else {}
    asked: dict[str, Sequence[Moment]] = {}
    for name, strand in strands.items():
        values = {value for value, _label in strand.choices}
        is_left_out = bool(show) and show not in values
        if not strand.policy(actor, ref) or is_left_out or places.get(name) == OVER:
            continue
        only = show if show and len(values) > 1 else ""
        asked[name] = strand.read(ref, actor=actor, after=places.get(name, ""), most=most + 1, only=only)
    found, going = merged(asked, places, most)
    over = {name: OVER for name, place in places.items() if place == OVER}
    following = pack({**over, **going}) if going is not None else ""
    return Page(join(moment.draw() for moment in found), following, len(found))
