"""What rooms above tell about readers, and what they do when something comes back."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING, Any, Literal

from barnraise.foundation.registry import Socket

if TYPE_CHECKING:
    from .models import Message


@dataclass(frozen=True, slots=True)
class Reader:
    """Who a mail is for: `address` is empty when there is none; `language` "" when nobody knows."""

    key: int
    name: str
    address: str
    language: str = ""
    is_sample: bool = False


recipients: Socket[Callable[[Sequence[int]], Mapping[int, Reader]]] = Socket(
    "mail.recipients",
    doc='By kind ("label.model"): name, address and language of these keys as readers of mails, in a fixed number of queries.',
)


@dataclass(frozen=True, slots=True)
class Placeholder:
    """Something of the reader that a text may name as {{name}}. `values(keys)` gives the text by key, "" for nothing."""

    label: Any
    kind: str
    values: Callable[[Sequence[int]], Mapping[int, str]]
    example: Any = ""


placeholders: Socket[Placeholder] = Socket(
    "mail.placeholders",
    doc="By name as texts write it ({{given_name}}): label, kind of reader, and the value of each of these keys.",
)


@dataclass(frozen=True, slots=True)
class Permission:
    """Asked by the kind of a mail's purpose just before it goes out.

    `refusal(purpose, recipient, at)` gives a sentence why this reader is not written to for that purpose, "" when they are.
    `title(key)` is what the purpose is called; `unsubscribe` is told by `returns`.
    """

    refusal: Callable[[str, str, datetime], str]
    title: Callable[[int], str]


@dataclass(frozen=True, slots=True)
class Addressee:
    """Somebody who may be asked: `recipient` is a typed reference or empty; `what` says in our words whose address it is, `said` in theirs."""

    name: str
    address: str
    what: Any = ""
    said: str = ""
    recipient: str = ""
    language: str = ""


@dataclass(frozen=True, slots=True)
class Request:
    """A mail that asks one thing by a signed link, by the kind of what it is about.

    `select(key)` gives the thing or raises DoesNotExist; `may(actor, thing)` says who sends it, `is_open(thing)` whether there
    is still something to ask. `words(thing, name, actor)` gives subject and text, with the link in it, in the active
    language. `page(thing)` is where one comes back to; `nobody(thing)` says where an address is added when there is none.
    """

    title: Any
    select: Callable[[int], Any]
    may: Callable[[Any, Any], bool]
    is_open: Callable[[Any], bool]
    addressees: Callable[[Any], Sequence[Addressee]]
    words: Callable[[Any, str, Any], tuple[str, str]]
    page: Callable[[Any], str]
    nobody: Callable[[Any], str]
    is_sample: Callable[[Any], bool]


requests: Socket[Request] = Socket(
    "mail.requests",
    doc='By kind ("label.model"): a mail that asks a partner one thing by a signed link: who is asked, in which words.',
)

permissions: Socket[Permission] = Socket(
    "mail.permissions",
    doc="By kind of purpose: whether a reader may be written to for it, asked again just before the mail goes out.",
)


@dataclass(frozen=True, slots=True)
class Return:
    """Something that came back about a mail. `text` is what was said, if anything."""

    what: Literal["bounce", "complaint", "reply", "unsubscribe"]
    message: Message
    at: datetime
    text: str = ""


returns: Socket[Callable[[Return], None]] = Socket(
    "mail.returns",
    doc="Told in the same transaction when a mail bounces, is complained about, is answered by a machine, or is unsubscribed from.",
)


def readers(kind: str, keys: Sequence[int]) -> Mapping[int, Reader]:
    """The readers of these keys; none when no room speaks for that kind."""
    read: Any = recipients.find(kind)
    return read(keys) if read is not None and keys else {}


def values_for(kind: str, keys: Sequence[int], names: Sequence[str]) -> Mapping[int, dict[str, str]]:
    """What stands for these placeholders, by key. A fixed number of queries for each placeholder."""
    found: dict[int, dict[str, str]] = {key: {} for key in keys}
    for name in names:
        place = placeholders.find(name)
        if place is not None and place.kind == kind:
            for key, value in place.values(keys).items():
                found[key][name] = value
    return found
