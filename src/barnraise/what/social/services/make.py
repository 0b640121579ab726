"""Write a message, with a variant for each network."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from barnraise.foundation.refs import Ref
from barnraise.foundation.text import fold, squeeze
from barnraise.plumbing.journal.services import record
from barnraise.plumbing.search import services as search
from barnraise.plumbing.ui.faults import refuse

from ..faults import message_faults
from ..models import Message, Variant
from ..selectors import KIND, accounts_for, one_by_key
from ..sockets import networks, origins


@dataclass(frozen=True, slots=True)
class New:
    """A message to write, checked already; the owner is a key."""

    name: str
    text: str
    language: str
    link: str = ""
    owner: int | None = None
    cites: str = ""
    networks: tuple[str, ...] = ()


def first_text(text: str, link: str) -> str:
    """What a variant begins with: the words, and the link below them unless they hold it."""
    return text if not link or link in text else f"{text}\n\n{link}"


def make_message(
    *,
    by: Any,
    name: str,
    text: str,
    language: str,
    link: str = "",
    cites: str = "",
    owner: Any = None,
    networks_wanted: Sequence[str] | None = None,
    drawn_from: str = "",
) -> Message:
    """A new message and the drafts of its variants, for all networks unless `networks_wanted` names some.

    Raises ValidationError by field; then nothing is written.
    """
    now = timezone.now()
    row = Message(
        name=squeeze(name),
        text=text.strip(),
        link=link.strip(),
        language=language,
        cites=cites,
        owner=owner,
        drawn_from=drawn_from,
        created_at=now,
        updated_at=now,
    )
    found = message_faults(row)
    chosen = _chosen(networks_wanted)
    if not chosen:
        found.append(("networks", _("Choose one network at least.")))
    refuse(found)
    row.name_folded = fold(row.name)[:120]
    with transaction.atomic():
        row.save(force_insert=True)
        Variant.objects.bulk_create(_variants(row, chosen, now))
        record(by=by, verb="social.made", about=told(row))
        search.index(KIND, [row.pk])
    return one_by_key(row.pk)


def _chosen(wanted: Sequence[str] | None) -> list[str]:
    return [name for name, _network in networks.items() if wanted is None or name in wanted]


def _variants(row: Message, chosen: Sequence[str], now: datetime) -> list[Variant]:
    found = []
    for name in chosen:
        accounts = accounts_for(name)
        account = accounts[0] if len(accounts) == 1 else None
        text = first_text(row.text, row.link)
        found.append(
            Variant(message=row, network=name, account=account, text=text, created_at=now, updated_at=now)
        )
    return found


def told(row: Message) -> list[Any]:
    """What a sentence about a message is about: the message, what it was drafted from, what it serves."""
    return [row, *(Ref.parse(text) for text in (row.drawn_from, row.cites) if text)]


def draft_from(ref: Ref, *, by: Any, language: str, owner: Any = None) -> Message:
    """A message with variants, drafted from a thing that can be told. Raises ValidationError when it is gone or may not be told."""
    origin = origins.find(ref.kind)
    said = origin.drafted(ref.id, language) if origin is not None else None
    if origin is None or said is None:
        raise ValidationError(_("There is nothing to tell about it."))
    hindrance = origin.hindrances([ref]).get(ref)
    if hindrance:
        raise ValidationError(hindrance)
    return make_message(
        by=by,
        name=said.name[:120],
        text=said.text,
        link=said.link,
        language=said.language,
        owner=owner,
        drawn_from=str(ref),
    )


def write(given: Sequence[New], *, by: Any, at: datetime, is_sample: bool = False) -> list[Message]:
    """Add these with drafts for all networks, or those named, without a sentence, in the caller's transaction."""
    rows = Message.objects.bulk_create(
        [
            Message(
                name=one.name,
                name_folded=fold(one.name)[:120],
                text=one.text,
                link=one.link,
                language=one.language,
                cites=one.cites,
                owner_id=one.owner,
                is_sample=is_sample,
                created_at=at,
                updated_at=at,
            )
            for one in given
        ]
    )
    variants: list[Variant] = []
    for one, row in zip(given, rows, strict=True):
        variants += _variants(row, _chosen(one.networks or None), at)
    Variant.objects.bulk_create(variants)
    search.index(KIND, [row.pk for row in rows])
    return rows
