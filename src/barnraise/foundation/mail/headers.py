"""Headers of mails, also of broken ones: nothing here raises."""

from __future__ import annotations

import codecs
import re
from collections.abc import Iterable
from datetime import UTC, datetime
from email.errors import HeaderParseError
from email.header import decode_header
from email.message import Message
from email.utils import getaddresses, parsedate_to_datetime

from .shapes import Address

_ID = re.compile(r"<\s*([^<>\s]+)\s*>")
_FOLD = re.compile(r"\r?\n[ \t]*")
_SPACE = re.compile(r"\s+")
_CONTROL = re.compile(r"[\x00-\x08\x0b-\x1f\x7f\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff]")
_ADDRESS = re.compile(r"[^\s<>\"'(),:;\[\]@]+@[^\s<>\"'(),:;\[\]@]+\.?[^\s<>\"'(),:;\[\]@.]+")
_ENCODED = re.compile(r"=\?[\w*-]+\?[bBqQ]\?[^?]*\?=")
_QUOTED_ENCODED = re.compile(r'"((?:\s*=\?[\w*-]+\?[bBqQ]\?[^?"]*\?=)+\s*)"')
_SUPERSETS = {
    "gb2312": "gb18030",
    "gbk": "gb18030",
    "ks_c_5601-1987": "cp949",
    "euc-kr": "cp949",
    "ascii": "utf-8",
}
_SAME = {
    "us-ascii": "utf-8",
    "iso-8859-1": "cp1252",
    "latin-1": "cp1252",
    "latin1": "cp1252",
    "x-sjis": "cp932",
}
_BARE_WORDS = {"unknown-8bit", "unknown", "x-unknown", "default", "8bit", "binary", ""}


def decode(content: bytes, charset: str = "") -> str:
    """Bytes as text: in the charset they claim when that fits, else UTF-8, else Windows-1252; never an error.

    Latin-1 is read as Windows-1252 and GB2312 as GB18030, as every browser does: senders say the small one and mean the
    large one.
    """
    name = charset.strip().strip("\"'").lower()
    name = _SUPERSETS.get(name, _SAME.get(name, name))
    tried = ([] if name in _BARE_WORDS else [name]) + ["utf-8"]
    for one in tried:
        try:
            return content.decode(codecs.lookup(one).name)
        except (LookupError, UnicodeError, ValueError):
            continue
    return content.decode("cp1252", "replace")


def written(message: Message, name: str) -> list[str]:
    """Every header of that name, unfolded, undecoded, in order."""
    wanted = name.lower()
    found = []
    for key, value in message.raw_items():
        if key.lower() == wanted:
            text = str(value)
            if not text.isascii():
                text = decode(text.encode("utf-8", "surrogateescape"))
            found.append(_FOLD.sub(" ", text).strip())
    return found


def first(message: Message, name: str) -> str:
    """The first header of that name, undecoded; "" when there is none."""
    return next(iter(written(message, name)), "")


def decoded(value: str) -> str:
    """A header's value for people: encoded words read, white space squeezed, invisible characters gone."""
    if "=?" in value:
        # Some senders leave out the blank between an encoded word and its neighbour; the standard reader then passes it over.
        spaced = _ENCODED.sub(lambda found: f" {found[0].replace(' ', '_')} ", value)
        try:
            parts = decode_header(spaced)
        except (HeaderParseError, ValueError):
            parts = []
        read = [part if isinstance(part, str) else decode(part, charset or "") for part, charset in parts]
        value = "".join(read) or value
    return _SPACE.sub(" ", _CONTROL.sub("", value)).strip()


def ids(values: Iterable[str]) -> tuple[str, ...]:
    """Message identifiers without angle brackets, each once, in order. A bare one with an @ counts too."""
    found: list[str] = []
    for value in values:
        inside = _ID.findall(value)
        found += inside or [word for word in value.split() if "@" in word]
    return tuple(dict.fromkeys(one[:500] for one in found))


def addresses(values: Iterable[str]) -> tuple[Address, ...]:
    """The mailboxes of address headers, each once, in order. What is no address is passed over."""
    found: dict[str, Address] = {}
    for value in values:
        for one in _pairs(value):
            kept = found.get(one.folded)
            if kept is None or (not kept.name and one.name):
                found[one.folded] = one
    return tuple(found.values())


def _pairs(value: str) -> Iterable[Address]:
    # Outlook parts addresses by semicolons; encoded words in quotes are not allowed, and common.
    value = _QUOTED_ENCODED.sub(r"\1", value)
    parted = getaddresses([value.replace(";", ",") if ";" in value and ":" not in value else value])
    good = [(name, email) for name, email in parted if _ADDRESS.fullmatch(email.strip())]
    if not good:
        return [address(email) for email in _ADDRESS.findall(value)]
    return [address(email, _name(name, email)) for name, email in good]


def _name(name: str, email: str) -> str:
    shown = decoded(name).strip("'\" ")
    return "" if shown.lower() == email.lower() else shown[:200]


def address(email: str, name: str = "") -> Address:
    """One mailbox with its domain in lower case."""
    local, _at, domain = email.strip().rpartition("@")
    return Address(f"{local}@{domain.lower()}"[:254], name)


def moment(value: str) -> datetime | None:
    """A header's date as an aware moment; None when it says none. Without an offset it is taken as UTC."""
    try:
        found = parsedate_to_datetime(value)
    except (TypeError, ValueError, IndexError, OverflowError):
        return None
    aware = found if found.tzinfo else found.replace(tzinfo=UTC)
    try:
        return aware.astimezone(UTC)
    except (OverflowError, ValueError):
        return None


def sent_at(message: Message) -> datetime | None:
    """When it was sent: Date, else the oldest Received that tells."""
    found = moment(first(message, "Date"))
    if found is not None:
        return found
    stamps = (value.rpartition(";")[2].strip() for value in reversed(written(message, "Received")))
    return next((stamp for stamp in map(moment, stamps) if stamp is not None), None)
