"""What rooms plug into search: how their things read as documents."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from barnraise.foundation.policy import Policy
from barnraise.foundation.registry import Socket


@dataclass(frozen=True, slots=True)
class Document:
    """One thing as search sees it.

    `text` is whatever else it should be found by; its beginning is shown below the title. `identifiers` are found
    exactly, with or without their punctuation. `visibility` is a label of search.policies.VISIBILITIES.
    """

    key: int
    title: str
    text: str = ""
    visibility: str = "team"
    identifiers: Sequence[str] = ()


@dataclass(frozen=True, slots=True)
class Documents:
    """A kind of thing that can be found.

    `read(keys)` gives the documents of these keys; keys it leaves out are taken from the index. `policy` is asked
    with (actor, None) before anything of this kind is looked for; without one, the policy the kind has in ui.kinds.
    `after(key, most)` gives the next keys in ascending order, and `count()` how many there are, when the plug's
    name is not "label.model" of a table whose every row is a document.
    """

    noun: Any
    read: Callable[[Sequence[int]], Iterable[Document]]
    policy: Policy | None = None
    after: Callable[[int, int], Sequence[int]] | None = None
    count: Callable[[], int] | None = None


documents: Socket[Documents] = Socket(
    "search.documents",
    doc='By kind ("label.model"): noun, how its keys read as documents, and who may find it.',
)
