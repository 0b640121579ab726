"""Who wrote a mail to whom, as seen from the team. Pure: a mail in, a value out."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime

from barnraise.foundation.mail import Address, Mail, quotes, take_apart

FREE = frozenset(
    {
        "aol.com", "comcast.net", "gmail.com", "gmx.com", "gmx.de", "googlemail.com", "hotmail.com", "icloud.com",
        "live.com", "mac.com", "me.com", "msn.com", "outlook.com", "proton.me", "protonmail.com", "verizon.net", "web.de",
        "yahoo.com", "yahoo.es", "ymail.com",
    }
)  # fmt: skip
"""Domains where everybody may have a mailbox: they say nothing about an organisation."""


@dataclass(frozen=True, slots=True)
class Party:
    """Somebody outside the team whom a mail names; `place` is "from", "to" or "cc"."""

    address: Address
    place: str


@dataclass(frozen=True, slots=True)
class Said:
    """What of a mail is filed: the mail itself, or the one that somebody of the team passed on."""

    parties: tuple[Party, ...]
    direction: str
    subject: str
    text: str
    sent_at: datetime | None


def said(mail: Mail, *, own: Collection[str]) -> Said:
    """`own` are the addresses of the team and those that mail is filed by, in lower case.

    A mail that somebody of the team passes on to the filing address alone is about the mail inside it; what was written
    above it stands first.
    """
    ours = {one.lower() for one in own}
    readers = [*((one, "to") for one in mail.to), *((one, "cc") for one in (*mail.cc, *mail.bcc))]
    outside = [Party(one, place) for one, place in readers if one.folded not in ours]
    is_ours = mail.author is not None and mail.author.folded in ours
    inside = mail.forwarded
    if is_ours and not outside and inside is not None and (inside.author or inside.text):
        return _passed_on(mail, ours)
    authors = [] if is_ours else [Party(one, "from") for one in mail.authors if one.folded not in ours]
    text = mail.reply.said or mail.reply.new_text or mail.text
    if inside is not None and inside.text and inside.text not in text:
        text = f"{text}\n\n{inside.text}".strip()
    return Said(_once([*authors, *outside]), "out" if is_ours else "in", mail.subject, text, mail.sent_at)


def _passed_on(mail: Mail, ours: Collection[str]) -> Said:
    inside = mail.forwarded
    assert inside is not None  # noqa: S101 - for the type checker; the caller has looked
    above = _above(mail.text)
    author = inside.author
    is_ours = author is not None and author.folded in ours
    parties = [Party(author, "from")] if author is not None and not is_ours else []
    parties += [Party(one, "to") for one in inside.readers if one.folded not in ours]
    text = f"{above}\n\n{inside.text}".strip() if above else inside.text
    subject = inside.subject or mail.subject
    return Said(_once(parties), "out" if is_ours else "in", subject, text, inside.sent_at or mail.sent_at)


def _above(text: str) -> str:
    """What stands before the mail that was passed on, without a signature."""
    lines = text.replace("\r\n", "\n").split("\n")
    for at in range(min(len(lines), 5000)):
        if quotes.splitter(lines, at) is not None:
            return take_apart("\n".join(lines[:at])).said.strip()
    return ""


def _once(parties: list[Party]) -> tuple[Party, ...]:
    found: dict[str, Party] = {}
    for party in parties:
        found.setdefault(party.address.folded, party)
    return tuple(found.values())
