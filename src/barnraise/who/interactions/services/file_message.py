"""File a mail on the people and organisations it is with."""

from __future__ import annotations

import hashlib
import io
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.conf import settings
from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from barnraise.foundation.mail import Mail
from barnraise.foundation.refs import Ref
from barnraise.foundation.text import fold, shorten
from barnraise.plumbing.accounts.models import Account
from barnraise.plumbing.files import services as files
from barnraise.plumbing.journal.services import record
from barnraise.who.organisations import selectors as organisations
from barnraise.who.organisations.models import Organisation
from barnraise.who.people import selectors as people
from barnraise.who.people.models import Person

from ..faults import LONGEST
from ..models import Interaction
from ..parties import FREE, Party, Said, said
from .log import log_interaction
from .proposals import propose

NOT_FILED = ("bounce", "complaint", "notice", "reply")
"""Mails of machines that tell nothing about a relation: non-delivery, abuse reports, notices, absence notes."""


@dataclass(frozen=True, slots=True)
class Filed:
    """What came of a mail. `interaction` is None when it was not filed and `reason` says why, in words.

    `is_new` is False when the same mail had been filed before. `proposed` addresses wait for somebody to say who they are;
    `refused` are attachments that were not kept, with the reason.
    """

    interaction: Interaction | None
    is_new: bool = False
    reason: str = ""
    proposed: int = 0
    refused: tuple[tuple[str, str], ...] = ()


def file_message(
    message: Mail,
    *,
    by: Any,
    visibility: str = Interaction.Visibility.TEAM,
    own: Collection[str] = (),
    now: datetime | None = None,
) -> Filed:
    """Keep a mail as an interaction with everybody it names who is in the directory; the same mail once.

    `by` is the account whose filing address it came to, `own` further addresses that are ours (the filing address itself).
    The quoted text and the signature are cut off; attachments are kept as files of the interaction. Unknown addresses
    become proposals. An account's mailbox is never a party. A mail of a mailing list is filed when it names somebody of
    the directory; nobody is asked who its strangers are.
    """
    if message.automatic in NOT_FILED:
        return Filed(None, reason=_("It was written by a machine: an absence note, a report or a notice."))
    identity = identity_of(message)
    before = Interaction.objects.filter(message_id=identity).first()
    if before is not None:
        return Filed(before)
    what = said(message, own=[*own, *_team(message)])
    try:
        return _filed(what, message, identity, by=by, visibility=visibility, now=now or timezone.now())
    except IntegrityError:
        there = Interaction.objects.filter(message_id=identity).first()
        if there is None:
            raise
        return Filed(there)


def identity_of(message: Mail) -> str:
    """The mail's own identity; where it has none, a digest of who wrote what when."""
    if message.message_id.strip():
        return message.message_id.strip()[:255]
    parts = [one.folded for one in message.authors]
    parts += [message.sent_at.isoformat() if message.sent_at else "", message.subject, message.text]
    return "sha256:" + hashlib.sha256("\x00".join(parts).encode()).hexdigest()


def _team(message: Mail) -> list[str]:
    """The mailboxes of accounts among all that the mail names, and the address this installation writes from."""
    named = [*message.authors, *message.to, *message.cc, *message.bcc]
    if message.forwarded:
        named += [
            *message.forwarded.readers,
            *([message.forwarded.author] if message.forwarded.author else []),
        ]
    rows = Account.objects.filter(email__in={one.folded for one in named})
    sender = str(settings.DEFAULT_FROM_EMAIL).rpartition("<")[2].rstrip(">").lower()
    return [*rows.values_list("email", flat=True), sender]


@transaction.atomic
def _filed(what: Said, message: Mail, identity: str, *, by: Any, visibility: str, now: datetime) -> Filed:
    known, bodies, unknown = _matched(what.parties)
    if message.automatic == "list" and not known and not bodies:
        return Filed(None, reason=_("It came by a mailing list, and it names nobody of the directory."))
    at = min(what.sent_at or now, now)
    row = log_interaction(
        by=by,
        kind=Interaction.Kind.MAIL,
        text=(what.text.replace("\x00", "")[: LONGEST - 1] or shorten(what.subject or _("(no text)"), 200)),
        subject=shorten(what.subject.replace("\x00", "") or _("(no subject)"), 200),
        happened_at=at if at.year >= 1900 else now,
        people=known,
        organisations=bodies,
        direction=what.direction,
        visibility=visibility,
        message_id=identity,
        now=now,
    )
    refused = _keep_files(row, message, by=by, is_team=visibility == Interaction.Visibility.TEAM)
    proposed = propose(row, unknown=unknown, by=by) if unknown and not message.is_automatic else 0
    return Filed(row, is_new=True, proposed=proposed, refused=tuple(refused))


def _matched(
    parties: Sequence[Party],
) -> tuple[list[Person], list[Organisation], list[tuple[str, str, str]]]:
    """Whom of the directory the parties are, and those that nobody is."""
    addresses = [party.address.folded for party in parties]
    by_person = people.by_addresses(addresses)
    by_body = organisations.by_mailboxes(addresses)
    domains = {party.address.domain for party in parties} - FREE
    by_site = organisations.by_domains(domains)
    persons = {
        row.pk: row
        for row in Person.objects.filter(pk__in={key for keys in by_person.values() for key in keys})
    }
    found: dict[int, Person] = {}
    bodies: dict[int, None] = {}
    unknown: list[tuple[str, str, str]] = []
    for party in parties:
        address = party.address.folded
        chosen = _namesake([persons[key] for key in by_person[address] if key in persons], party.address.name)
        found |= {row.pk: row for row in chosen}
        keys = list(by_body[address])
        if party.address.domain in by_site:
            keys.append(by_site[party.address.domain])
        bodies |= dict.fromkeys(keys)
        if not chosen and not by_body[address]:
            unknown.append((address, party.address.name, party.place))
    posts = people.roles_by_person(list(found))
    for roles in posts.values():
        if len({role.organisation_id for role in roles}) == 1:
            bodies[roles[0].organisation_id] = None
    rows = {row.pk: row for row in Organisation.objects.filter(pk__in=list(bodies))}
    return list(found.values()), [rows[key] for key in bodies if key in rows], unknown


def _namesake(rows: list[Person], name: str) -> list[Person]:
    """Of a household's shared mailbox the one whom the mail names; all of them when it names none."""
    wanted = fold(name)
    same = [
        row
        for row in rows
        if wanted and wanted in {row.name_folded, fold(f"{row.family_name}, {row.given_name}")}
    ]
    return same if len(same) == 1 else rows


def _keep_files(row: Interaction, message: Mail, *, by: Any, is_team: bool) -> list[tuple[str, str]]:
    refused = []
    for one in message.attachments:
        content = io.BytesIO(one.content)
        try:
            files.keep(
                content,
                by=by,
                about=Ref.to(row),
                name=one.name or _("attachment"),
                alt_text=_("Attachment of a mail: %(name)s") % {"name": one.name},
                visibility="team" if is_team else "private",
            )
        except files.FileRefused as no:
            refused.append((one.name, no.reason))
    if refused:
        record(
            by=by,
            verb="interactions.attachments_refused",
            about=[Ref.to(row)],
            details={"count": len(refused)},
        )
    return refused
