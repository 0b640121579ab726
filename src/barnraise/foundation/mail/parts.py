"""The parts of a mail: which are its text, which its attachments."""

from __future__ import annotations

import binascii
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from email.message import Message

from . import headers, markup
from .shapes import Attachment

_DEEP = 20
_MOST_PARTS = 300
_BAD_NAME = re.compile(r"[\x00-\x1f\x7f/\\:*?\"<>|]+")
_SIGNATURES = frozenset(
    {"application/pgp-signature", "application/pkcs7-signature", "application/x-pkcs7-signature"}
)
_REPORTS = frozenset(
    {"message/delivery-status", "message/feedback-report", "message/disposition-notification"}
)


@dataclass(slots=True)
class Parts:
    """What walking through a mail found. `is_markup` when the text was HTML only; `inside` are whole mails that came with it."""

    texts: list[str] = field(default_factory=list)
    attachments: list[Attachment] = field(default_factory=list)
    inside: list[Message] = field(default_factory=list)
    is_markup: bool = False
    seen: int = 0

    @property
    def text(self) -> str:
        """All readable parts one below the other."""
        return "\n\n".join(one for one in (text.strip("\n") for text in self.texts) if one.strip()).strip()


def collect(message: Message) -> Parts:
    """Walk through a mail. Never raises for what a mail may hold."""
    parts = Parts()
    _take(message, parts, depth=0, is_related=False)
    return parts


def _take(part: Message, parts: Parts, *, depth: int, is_related: bool) -> None:
    parts.seen += 1
    if depth > _DEEP or parts.seen > _MOST_PARTS:
        return
    kind = part.get_content_type()
    if kind == "message/rfc822" and part.is_multipart():
        _take_whole(part, parts)
    elif part.is_multipart() and kind not in _REPORTS:
        _take_many(part, kind, parts, depth)
    elif kind in {"text/plain", "text/html"} and not _is_file(part):
        parts.texts.append(_readable(part, kind))
        parts.is_markup = parts.is_markup or kind == "text/html"
    elif kind not in _SIGNATURES:
        parts.attachments.append(_attachment(part, kind, is_related, len(parts.attachments) + 1))


def _take_many(part: Message, kind: str, parts: Parts, depth: int) -> None:
    below = [one for one in part.get_payload() if isinstance(one, Message)]
    if kind != "multipart/alternative":
        for at, one in enumerate(below):
            _take(one, parts, depth=depth + 1, is_related=kind == "multipart/related" and at > 0)
        return
    choices = []
    for one in below:
        found = Parts(seen=parts.seen)
        _take(one, found, depth=depth + 1, is_related=False)
        parts.seen = found.seen
        choices.append(found)
    plain = next((one for one in choices if one.text and not one.is_markup), None)
    best = plain or next((one for one in reversed(choices) if one.text), None)
    for choice in choices:
        if choice is best:
            parts.texts += choice.texts
            parts.is_markup = parts.is_markup or choice.is_markup
        parts.attachments += choice.attachments
        parts.inside += choice.inside


def _take_whole(part: Message, parts: Parts) -> None:
    inside = part.get_payload()
    if not isinstance(inside, list) or not inside or not isinstance(inside[0], Message):
        return
    whole = inside[0]
    parts.inside.append(whole)
    subject = headers.decoded(headers.first(whole, "Subject"))
    name = (
        clean_name(headers.decoded(_name_of(part)))
        or clean_name(f"{subject[:80]}.eml" if subject else "")
        or "mail.eml"
    )
    parts.attachments.append(Attachment(name, "message/rfc822", _octets(whole)))


def _octets(message: Message) -> bytes:
    try:
        return message.as_bytes()
    except (UnicodeError, KeyError, AttributeError, ValueError):
        return str(message).encode("utf-8", "replace")


def _is_file(part: Message) -> bool:
    told = headers.first(part, "Content-Disposition").partition(";")[0].strip().lower()
    return told == "attachment" or (bool(_name_of(part)) and told != "inline")


def _name_of(part: Message) -> str:
    try:
        return part.get_filename() or ""
    except (UnicodeError, ValueError, TypeError):
        return ""


def clean_name(name: str) -> str:
    """A file name without folders and signs that systems refuse, at most 150 characters with its ending."""
    name = _BAD_NAME.sub("_", name.replace("\\", "/").rpartition("/")[2]).strip(" .")
    stem, dot, ending = name.rpartition(".")
    if dot and len(ending) <= 10:
        return f"{stem[: 149 - len(ending)]}.{ending}"
    return name[:150]


def _attachment(part: Message, kind: str, is_related: bool, number: int) -> Attachment:
    name = clean_name(headers.decoded(_name_of(part)))
    told = headers.first(part, "Content-Disposition").partition(";")[0].strip().lower()
    is_picture = kind.startswith("image/")
    inline = is_picture and told != "attachment" and (is_related or bool(headers.first(part, "Content-ID")))
    return Attachment(name or _nameless(kind, number), kind, content_of(part), inline)


def _nameless(kind: str, number: int) -> str:
    ending = {
        "text/calendar": "ics",
        "text/vcard": "vcf",
        "text/plain": "txt",
        "text/html": "html",
        "image/jpeg": "jpg",
    }
    last = re.sub(r"\W", "", kind.rpartition("/")[2])[:8]
    return f"attachment-{number}.{ending.get(kind) or last or 'bin'}"


def content_of(part: Message) -> bytes:
    """The decoded bytes of a part; what cannot be decoded stays as it came."""
    try:
        content = part.get_payload(decode=True)
    except (binascii.Error, ValueError, UnicodeError, LookupError):
        content = None
    if isinstance(content, bytes):
        return content
    raw = part.get_payload()
    return str(raw).encode("utf-8", "surrogateescape") if isinstance(raw, str) else b""


def _readable(part: Message, kind: str) -> str:
    charset = (
        str(part.get_param("charset", "") or "")
        if not isinstance(part.get_param("charset", ""), tuple)
        else ""
    )
    text = (
        headers.decode(content_of(part), charset)
        .replace("\r\n", "\n")
        .replace("\r", "\n")
        .replace("\x00", "")
    )
    if kind == "text/html":
        return markup.text_of(text)
    if str(part.get_param("format", "")).lower() == "flowed":
        text = unflowed(text, joins=str(part.get_param("delsp", "")).lower() == "yes")
    return text.replace("\xa0", " ").replace("\u200b", "").replace("\ufeff", "")


def unflowed(text: str, *, joins: bool = False) -> str:
    """format=flowed (RFC 3676) as lines of whole paragraphs. `joins` is DelSp=yes: the blank at a break is no blank."""
    return "\n".join(_paragraphs(text.split("\n"), joins))


def _paragraphs(lines: list[str], joins: bool) -> Iterator[str]:
    depth_open, line_open = 0, ""
    is_open = False
    for line in lines:
        depth = len(line) - len(line.lstrip(">"))
        rest = line[depth:].removeprefix(" ")
        mark = ">" * depth + (" " if depth and rest else "")
        if is_open and (depth != depth_open or rest == "-- "):
            yield line_open.rstrip(" ") if depth_open else line_open
            is_open = False
        line_open = line_open + rest if is_open else mark + rest
        depth_open = depth
        is_open = rest.endswith(" ") and rest != "-- "
        if is_open and joins:
            line_open = line_open[:-1]
        if not is_open:
            yield line_open
    if is_open:
        yield line_open.rstrip(" ")
