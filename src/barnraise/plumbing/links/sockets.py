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


@dataclass(frozen=True, slots=True)
class Purpose:
    """What one kind of signed link does.

    `title` heads the page that opens on GET and `text` says there what will happen; `template` (included below, may be
    empty) gets the context `select(ref, data)`, which raises ObjectDoesNotExist when the thing is gone. `button` is the
    verb whose POST calls `act`. `is_once`: the link works one time; using it up and acting are one transaction.
    """

    title: Any
    text: Any
    button: Any
    act: Act
    done: Any
    template: str = ""
    select: Callable[[Ref, Mapping[str, Any]], Mapping[str, Any]] = _nothing
    is_once: bool = True


purposes: Socket[Purpose] = Socket(
    "links.purposes",
    doc="By name: what a signed link is for, the words of its page, and what its button does.",
)
