"""What the page to write a mail needs: who it is for, what their placeholders say."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from barnraise.foundation.mail.placeholders import names_in, unknown_in
from barnraise.foundation.refs import Ref
from barnraise.plumbing.search.selectors import cited_title

from . import services
from .models import Message
from .selectors import CITED
from .services import Letter
from .sockets import Reader, placeholders, readers, values_for
from .transport import mails_are_files

__all__ = [
    "mails_are_files",
    "places_for",
    "queued",
    "reader_of",
    "reference",
    "tries_of",
]


def reference(text: str) -> Ref | None:
    """A typed reference, None for anything else."""
    try:
        return Ref.parse(text)
    except ValueError:
        return None


def is_cited(text: str) -> bool:
    """A typed reference of something that a single mail may serve, and that is here."""
    ref = reference(text)
    return ref is not None and ref.kind in CITED and bool(cited_title(text))


def reader_of(ref: Ref | None) -> Reader | None:
    """Who that is as a reader of mails."""
    return readers(ref.kind, [ref.id]).get(ref.id) if ref else None


def places_for(reader: Reader | None) -> list[tuple[str, Any]]:
    """(name, label) of the placeholders a text to this reader may hold."""
    return [(name, one.label) for name, one in placeholders.items()] if reader else []


def queued(
    given: Mapping[str, Any],
    ref: Ref | None,
    reader: Reader | None,
    *,
    by: Any,
    about: Any = "",
    is_sample: bool = False,
) -> Message:
    """Put what was written into the outbox. Raises ValidationError by field."""
    texts = (given["subject"], given["text"])
    known = [name for name, place in placeholders.items() if ref is not None and place.kind == ref.kind]
    if strange := unknown_in(known, *texts):
        raise ValidationError(
            {"text": _("Nobody knows what to put for {{%(name)s}} here.") % {"name": strange[0][:60]}}
        )
    is_theirs = reader is not None and reader.address.lower() == given["to_address"].lower()
    values = dict(values_for(ref.kind, [ref.id], names_in(*texts))[ref.id]) if ref and reader else {}
    letter = Letter(
        to_address=given["to_address"],
        to_name=reader.name if reader and is_theirs else "",
        recipient=str(ref) if ref and reader else "",
        language=reader.language if reader else "",
        values=values,
        is_sample=is_sample or bool(reader and reader.is_sample),
    )
    return services.queue(
        letter,
        subject=given["subject"],
        text=given["text"],
        by=by,
        about=about,
        reply_to=given.get("reply_to", ""),
        due_at=given.get("due_at"),
    )


def tries_of(message: Message) -> list[dict[str, Any]]:
    """What the server said each time, newest first."""
    return [{**one, "at": datetime.fromisoformat(one["at"])} for one in reversed(message.tries)]
