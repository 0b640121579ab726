"""What rooms plug into links: what a signed link is for."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any, Protocol

from django.http import HttpRequest, HttpResponse

from barnraise.foundation.refs import Ref
from barnraise.foundation.registry import Socket


class Act(Protocol):
    """Does what the link is for, inside a transaction. Returns a response, or None for the page that says it is done."""

    def __call__(self, ref: Ref, data: Mapping[str, Any], request: HttpRequest) -> HttpResponse | None: ...


def _nothing(ref: Ref, data: Mapping[str, Any]) -> Mapping[str, Any]:
    return {}


class Mend(Exception):
    """Raised by `act`: what was sent needs mending. Nothing is kept and the link is not used up; the page opens once more (422)
    with `context` added to what `select` gives."""

    def __init__(self, context: Mapping[str, Any]) -> None:
        super().__init__()
        self.context = dict(context)


class NotNow(Exception):
    """Raised by `select` or `act`: the link can do nothing at the moment, as the page then says (410). It is not used up."""

    def __init__(self, title: Any, text: Any) -> None:
        super().__init__(title)
        self.title, self.text = title, text


@dataclass(frozen=True, slots=True)
class Purpose:
    """What one kind of signed link does.

    `title` heads the page that opens on GET and `text` says there what will happen; `template` (included below, may be
    empty) gets the context `select(ref, data)`, which raises ObjectDoesNotExist when the thing is gone. `button` is the
    verb whose POST calls `act`; "title", "text" and "button" of the context stand in place of its own. `is_once`: the
    link works one time; using it up and acting are one transaction.
    `has_one_click`: the reader's mail program may act for them by a POST of `List-Unsubscribe=One-Click` without opening the
    page first (RFC 8058): it gets a plain answer, no redirect, as often as it asks.
    """

    title: Any
    text: Any
    button: Any
    act: Act
    done: Any
    template: str = ""
    select: Callable[[Ref, Mapping[str, Any]], Mapping[str, Any]] = _nothing
    is_once: bool = True
    has_one_click: bool = False


purposes: Socket[Purpose] = Socket(
    "links.purposes",
    doc="By name: what a signed link is for, the words of its page, and what its button does.",
)
