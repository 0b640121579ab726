"""Who runs bulk actions: without a plug they run at once in one transaction, without undo."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Protocol

from barnraise.foundation.registry import Socket

if TYPE_CHECKING:
    from .declaration import BulkAction, ListPage
    from .selection import Selection

lists: Socket[ListPage] = Socket(
    "ui.lists", doc="Every declared list by its name; ListPage plugs itself, jobs find it again here."
)


@dataclass(frozen=True, slots=True)
class Done:
    """What came of a bulk action: a sentence, and where it can be undone or watched."""

    message: str
    undo_url: str = ""
    job_url: str = ""


class BulkRunner(Protocol):
    """Runs a bulk action on a selection: at once when it is small, as a job when it is large."""

    def __call__(
        self, *, page: ListPage, action: BulkAction, selection: Selection, values: Mapping[str, Any], by: Any
    ) -> Done: ...


bulk_runner: Socket[BulkRunner] = Socket(
    "ui.bulk_runner", doc="Runs bulk actions with a change set, undo and jobs; the first plug is used."
)
