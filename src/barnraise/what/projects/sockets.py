"""What rooms plug into projects."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from barnraise.foundation.periods import Period
from barnraise.foundation.refs import Ref
from barnraise.foundation.registry import Socket
from barnraise.plumbing.ui.sockets import Panel
from barnraise.why.goals.sockets import Row

panels: Socket[Panel] = Socket(
    "projects.panels", doc="A panel on a project's page: title, policy, template, select(actor, project)."
)


@dataclass(frozen=True, slots=True)
class Reached:
    """One mail, event, link or post that serves a project, and how many it reached.

    `rows_url` is where the people or visits are that `many` counts, by `rule` over the column `of`.
    """

    title: str
    url: str
    many: int
    rows_url: str
    rule: str = "count"
    of: Any = ""


@dataclass(frozen=True, slots=True)
class Channel:
    """A way in which a project reaches people.

    `things(ref, most)` gives what serves the project, newest first, with what each reached; `rows(ref, period)` every person or
    visit reached in the period, each once; `stamp(ref, period)` a short text that changes whenever those rows do. `is_of_people`:
    its rows are people, not visits of whom nobody is told from another.
    """

    label: Any
    things: Callable[[Ref, int], Sequence[Reached]]
    rows: Callable[[Ref, Period], Iterable[Row]]
    stamp: Callable[[Ref, Period], str]
    is_of_people: bool = True


channels: Socket[Channel] = Socket(
    "projects.channels",
    doc="A way in which a project reaches people: mails, events, coded links, posts; all of them make its one reach.",
)
