"""Who wrote what somebody passed on."""

from __future__ import annotations

import re
from datetime import UTC, datetime

from . import headers, quotes, words
from .quotes import Splitter
from .replies import take_apart
from .shapes import Forwarded

_PASSED_ON = re.compile(words.PASSED_ON, re.IGNORECASE)
_STAMP = re.compile(
    r"\b(?P<d>\d{1,2})(?:st|nd|rd|th|\.|º|er)?[\s-]+(?:de "
    r"|of )?(?P<m>[^\W\d_]{3,})\.?,?[\s-]+(?:de )?(?P<y>(?:19|20)\d\d)"
    r"|\b(?P<m2>[^\W\d_]{3,})\.?\s+(?P<d2>\d{1,2})(?:st|nd|rd|th)?,?\s+(?P<y2>(?:19|20)\d\d)"
    r"|\b(?P<y3>(?:19|20)\d\d)-(?P<mo3>\d{2})-(?P<d3>\d{2})",
)
_CLOCK = re.compile(r"\b(\d{1,2}):(\d{2})(?::\d{2})?\s*([ap])?\.?m?\.?", re.IGNORECASE)
_MONTHS = {
    name: number
    for number, names in enumerate(
        (
            "jan ene gen janv",
            "feb fév fev febr",
            "mar mär mrt mars marzo març",
            "apr abr avr",
            "may mai mei maj mag",
            "jun juin giu",
            "jul juil lug",
            "aug ago aoû août",
            "sep set sept",
            "oct okt ott out",
            "nov",
            "dec dez déc dic",
        ),
        start=1,
    )
    for name in names.split()
}


def in_text(text: str, subject: str) -> Forwarded | None:
    """The mail passed on inside a text: below a forwarding line, or below a block of headers when "
    "the subject says FW."""
    lines = text.replace("\r\n", "\n").split("\n")
    found = _begins(lines, bool(_PASSED_ON.match(subject)))
    if found is None:
        return None
    return Forwarded(
        author=next(iter(headers.addresses([_addressed(found.header("from"))])), None),
        readers=headers.addresses([_addressed(found.header("to")), _addressed(found.header("cc"))]),
        subject=headers.decoded(found.header("subject"))[:500],
        sent_at=stamp(found.header("sent")),
        text=take_apart(_unmarked(lines[found.end :])).new_text,
    )


def _begins(lines: list[str], is_told: bool) -> Splitter | None:
    for at in range(min(len(lines), 5000)):
        found = quotes.splitter(lines, at)
        if found is None:
            continue
        if found.kind == "forwarded":
            return found if found.headers else None
        # The first quotation decides: a forward deeper down was somebody else's.
        return found if is_told and found.headers else None
    return None


def _addressed(value: str) -> str:
    """Outlook writes "Name [mailto:a@b]" and "a@b<mailto:a@b>"."""
    return re.sub(
        r"\s*[\[<]mailto:([^\]>]+)[\]>]",
        lambda found: "" if found[1] in value[: found.start()] else f" <{found[1]}>",
        value,
    )


def _unmarked(lines: list[str]) -> str:
    filled = [line for line in lines if line.strip()]
    if filled and all(line.lstrip().startswith(">") for line in filled):
        lines = [re.sub(r"^\s*>\s?", "", line) for line in lines]
    return "\n".join(lines).strip()


def stamp(value: str) -> datetime | None:
    """The moment a block of headers tells in words, as UTC when it names no offset; None when it is "
    "not understood."""
    told = headers.moment(value)
    if told is not None:
        return told
    found = _STAMP.search(value)
    if found is None:
        return None
    month = _month(found)
    year = int(found["y"] or found["y2"] or found["y3"])
    day = int(found["d"] or found["d2"] or found["d3"])
    clock = _CLOCK.search(value)
    hour, minute = (int(clock[1]), int(clock[2])) if clock else (0, 0)
    if clock and clock[3]:
        hour = hour % 12 + (12 if clock[3].lower() == "p" else 0)
    try:
        return datetime(year, month, day, hour, minute, tzinfo=UTC)
    except ValueError:
        return None


def _month(found: re.Match[str]) -> int:
    if found["mo3"]:
        return int(found["mo3"])
    name = (found["m"] or found["m2"]).casefold()
    return next((_MONTHS[name[:size]] for size in (4, 3) if name[:size] in _MONTHS), 0)
