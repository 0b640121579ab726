"""What rooms plug into the journal: the words of their verbs, and how to undo changes to their nouns."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Protocol

from barnraise.foundation.registry import Socket

if TYPE_CHECKING:
    from .models import Change


@dataclass(frozen=True, slots=True)
class Sentence:
    """`text` is a lazy translation with {who}, {what} (the first thing it is about), {others} (the rest of them)
    and any key of the entry's data. A plural is written with `ngettext_lazy(one, many, "count")`.
    `words`: by key of the data what its codes are called ({"kind": {"proxy": _("Proxy")}}), or what says so of a value.
    """

    text: Any
    icon: str = "point"
    words: Mapping[str, Mapping[str, Any] | Callable[[str], str]] = field(default_factory=dict)


sentences: Socket[Sentence] = Socket(
    "journal.sentences",
    doc='By verb ("organisations.registered"): the sentence of a journal entry, translated when it is read.',
)


class Undoer(Protocol):
    """Takes back changes to one kind of thing."""

    def __call__(self, changes: Sequence[Change], *, by: Any) -> Mapping[int, str]:
        """Undo these changes inside the caller's transaction. Returns, by key, why a thing was kept (a short code)."""
        ...


undoers: Socket[Undoer] = Socket(
    "journal.undoers", doc='By kind ("label.model"): takes back the changes of a change set, batch by batch.'
)

Details = Callable[[Sequence["Change"]], Mapping[int, Sequence[tuple[str, str, str]]]]
"""By key of the change: (field, before, after), in the reader's language."""

details: Socket[Details] = Socket(
    "journal.details",
    doc='By kind ("label.model"): what changes of a change set did, field by field; without it fields of the row are told.',
)

labels: Socket[Mapping[str, Any]] = Socket(
    "journal.labels",
    doc='By kind ("label.model"): what told fields are called that are none of its row, by a lazy text or a field of another model.',
)

kept_words: Socket[Any] = Socket(
    "journal.kept_words",
    doc="By the short code an undoer gives: why an undo left a thing as it is, in words.",
)
