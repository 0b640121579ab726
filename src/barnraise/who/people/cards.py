"""A person's document as an address card. Pure."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from barnraise.foundation import contacts
from barnraise.foundation.vcards import Address, Card, Marked, Name

from .documents import PersonDocument, Post, Reach, is_open

_MARKS = {"home", "work", "cell", "mobile", "fax", "pager", "main"}


def card_of(document: PersonDocument, *, uid: str, names: Mapping[int, str], today: date) -> Card:
    """The card. `names` are those of the organisations of its roles; of several current ones the main contact's counts, else the first.

    Mailboxes that must not be written to are left out, so that no phone offers them.
    """
    reached = [part for part in document.contacts if is_open(part)]
    post = _main(document, today)
    return Card(
        version="3.0",
        uid=uid,
        shown_name=document.display_name,
        name=Name(document.family_name, document.given_name),
        organisation=(names.get(post.organisation, ""),) if post else (),
        title=post.title if post else "",
        emails=_marked(reached, "email"),
        phones=_marked(reached, "phone"),
        pages=_marked(reached, "website"),
        profiles=_marked(reached, "social"),
        addresses=tuple(
            Address(at.lines, at.city, at.region, at.postcode, at.country, _marks(at.label))
            for at in document.addresses
        ),
        categories=document.tags,
    )


def _main(document: PersonDocument, today: date) -> Post | None:
    current = [
        post
        for post in document.roles
        if (post.ended_on is None or post.ended_on >= today)
        and (post.started_on is None or post.started_on <= today)
    ]
    return min(current, key=lambda post: not post.is_main_contact, default=None)


def _marks(label: str) -> tuple[str, ...]:
    return tuple(word for word in label.lower().split() if word in _MARKS)


def _marked(found: list[Reach], kind: str) -> tuple[Marked, ...]:
    return tuple(
        Marked(contacts.readable(kind, part.value) if kind == "phone" else part.value, _marks(part.label))
        for part in found
        if part.kind == kind
    )
