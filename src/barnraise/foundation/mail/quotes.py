"""Lines at which a quotation begins: "On ... wrote:", blocks of headers, "-----Original Message-----", forwards.

Every pattern is tried on one line or on at most four joined ones of bounded length, so that no mail can make it slow.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from . import words

Kind = Literal["wrote", "headers", "original", "forwarded"]
_MOST_LINES = 4
_LONGEST = 420
_LONGEST_MARK = 160

_EMAIL = re.compile(r"[^\s<>()\[\]\"',;:]+@[^\s<>()\[\]\"',;:]+\.\w+")
_TIME = re.compile(r"\b\d{1,2}[:.hH]\s?\d{2}\b|\b\d{1,2}\s?h\b|\d{1,2}시|\d{1,2}时|\d{1,2}時")
_DATE = re.compile(
    rf"\b(19|20)\d\d\b|\b\d{{1,4}}[./-]\d{{1,2}}[./-]\d{{1,4}}\b|\b\d{{1,2}}(st|nd|rd|th|\.|º"
    rf"|er)?[ -]?(de |of )?({words.MONTHS})\w*"
    rf"|\b({words.MONTHS})\w*\.? \d{{1,2}}\b|\d{{1,2}}月|\d{{1,2}}월",
    re.IGNORECASE,
)
_WROTE = re.compile(rf"(^|[\s>\])}}\"',(、，,0-9])({words.WROTE})($|[\s:：,;.\-–—_(<\[\"])", re.IGNORECASE)
_ENDS = re.compile(r"[:：]\s*[\-–—_*]*$")
_WRAP = " \t-–—_*=>|"
_LAST = frozenset(":：>)-–—_*=")
_FIRST = re.compile(r"^\W*([^\W\d_]+)")
_OPENERS = words.OPENERS
_MARKED = re.compile(
    rf"^[\s>]*[-_=*–—]{{2,}}\s*.{{0,30}}?({words.ORIGINAL}).{{0,30}}?({words.MESSAGE})?.{{0,30}}?\s*[-_=*–—]*\s*:?\s*$",
    re.IGNORECASE,
)
_PASSED = re.compile(
    rf"^[\s>]*([-_=*–—]{{2,}}\s*.{{0,40}}?({words.FORWARDED}).{{0,40}}?\s*[-_=*–—]{{2,}}"
    rf"|(begin )?forwarded message\s?:"
    r"|inicio del mensaje reenviado\s?:|début du message (réexpédié|transféré)\s?:"
    r"|anfang der weitergeleiteten (nachricht|e-mail)\s?:"
    r"|inizio messaggio inoltrato\s?:|início da mensagem (re)?encaminhada\s?:"
    r"|begin doorgestuurd bericht\s?:"
    r"|vidarebefordrat brev\s?:|videresendt (besked|melding)\s?:"
    r"|начало переадресованного сообщения\s?:)\s*$",
    re.IGNORECASE,
)
_SAME_LINE = re.compile(
    rf"\s*(-{{2,}}\s*)?(?<![\w.])((?:On|El|Le|Am|Il|Op|Em|Den)\s(?=.{{0,60}}?(\b\d{{4}}\b"
    rf"|\d{{1,2}}[:/.-]\d{{1,2}}|\b({words.MONTHS})\w*\.? \d))"
    rf".{{6,250}}?\b({words.WROTE})\s*:\s*)$",
)


@dataclass(frozen=True, slots=True)
class Splitter:
    """Lines `start` up to but not `end` say that something older follows. `headers` are those of a "
    "block, by field."""

    start: int
    end: int
    kind: Kind
    headers: tuple[tuple[str, str], ...] = ()

    def header(self, field: str) -> str:
        """The value of from, sent, to, subject or cc; "" when the block has none."""
        return next((value for name, value in self.headers if name == field), "")


def plain(line: str) -> str:
    """The line without the marks of a quotation and the stars of bold text."""
    return line.lstrip("> \t").replace("*", "").replace("\xa0", " ").strip()


def splitter(lines: Sequence[str], at: int) -> Splitter | None:
    """What begins at line `at`, or None."""
    line = lines[at]
    if not line.strip() or len(line) > 2000:
        return None
    if len(line) <= _LONGEST_MARK and _PASSED.match(line):
        return _with_block(lines, at, "forwarded")
    if len(line) <= _LONGEST_MARK and _MARKED.match(line):
        return _with_block(lines, at, "original")
    if _is_rule(line):
        return _with_block(lines, at, "original", must=True)
    return block(lines, at) or _wrote(lines, at)


def _is_rule(line: str) -> bool:
    bare = line.strip()
    return len(bare) >= 5 and set(bare) <= set("_-=*–—")


def _with_block(lines: Sequence[str], at: int, kind: Kind, *, must: bool = False) -> Splitter | None:
    """A marker line with the block of headers below it, when there is one."""
    below = at + 1
    while below < len(lines) and below <= at + 3 and not plain(lines[below]):
        below += 1
    found = block(lines, below) if below < len(lines) else None
    if found is not None:
        return Splitter(at, found.end, kind, found.headers)
    return None if must else Splitter(at, at + 1, kind)


# Blocks of headers.

_FIELDS: dict[str, str] = {}
for _name, _alternatives in (
    ("rest", words.REST),
    ("cc", words.COPY),
    ("to", words.TO),
    ("subject", words.SUBJECT),
    ("sent", words.SENT),
    ("from", words.FROM),
):
    for _word in _alternatives.split("|"):
        _FIELDS[_word.casefold()] = _name
_KEY = re.compile(r"^([^\W\d_][\w'’ -]{0,24}?)\s?[:：]\s*(.*)$")
_TABBED = re.compile(r"^([^\W\d_][\w'’ -]{0,24}?)[:：]?\t+\s*(.*)$")


def field_of(line: str) -> tuple[str, str] | None:
    """The field (from, sent, to, subject, cc, rest) and value of a line of headers in any known "
    "language."""
    bare = plain(line)
    found = _KEY.match(bare) or _TABBED.match(bare)
    if found is None:
        return None
    name = _FIELDS.get(found[1].strip().casefold())
    return (name, found[2].strip()) if name else None


def block(lines: Sequence[str], at: int) -> Splitter | None:
    """Headers of a quoted mail from line `at`: an author or a date with one more field, or an author's address alone.

    A line of no field continues the one above it (long lists of readers, wrapped subjects), at most three times.
    """
    first = field_of(lines[at])
    if first is None or first[0] in {"rest", "cc"}:
        return None
    found: list[tuple[str, str]] = [first]
    end, loose, blanks = at + 1, 0, 0
    while end < len(lines) and len(found) < 12:
        field = field_of(lines[end])
        if field is not None:
            found.append(field)
            loose = blanks = 0
        elif not plain(lines[end]):
            if blanks or not _goes_on(lines, end + 1):
                break
            blanks += 1
        elif loose < 3 and _continues(lines, end, found):
            found[-1] = (found[-1][0], f"{found[-1][1]} {plain(lines[end])}".strip())
            loose += 1
        else:
            break
        end += 1
    is_above_free = at == 0 or not lines[at - 1].strip() or _is_rule(lines[at - 1])
    return Splitter(at, end, "headers", tuple(found)) if _is_block(found, is_above_free) else None


def _goes_on(lines: Sequence[str], at: int) -> bool:
    return at < len(lines) and field_of(lines[at]) is not None


def _continues(lines: Sequence[str], at: int, found: Sequence[tuple[str, str]]) -> bool:
    """A line without a field goes on with the one above when another field or a blank line of the "
    "block comes after it."""
    if found[-1][0] in {"to", "cc"} and _EMAIL.search(lines[at]):
        return True
    if not found[-1][1] and found[-1][0] != "rest":
        return True
    after = at + 1
    while after < len(lines) and after <= at + 2:
        if field_of(lines[after]) is not None:
            return True
        after += 1
    return found[-1][0] == "from" and bool(_EMAIL.search(lines[at]))


def _is_block(found: Sequence[tuple[str, str]], is_above_free: bool) -> bool:
    named = {name for name, _value in found}
    values: dict[str, str] = {}
    for name, value in found:
        values.setdefault(name, value)
    dated = "sent" in named and bool(_DATE.search(values["sent"]) or _TIME.search(values["sent"]))
    if "from" in named and len(named - {"rest"}) >= 2:
        return dated or bool(_EMAIL.search(values["from"])) or len(named) >= 3
    if "from" in named and found[0][0] == "from":
        return is_above_free and bool(_EMAIL.search(values["from"])) and len(values["from"]) < 120
    return dated and "to" in named and bool(_EMAIL.search(values["to"]) or "subject" in named)


# Lines that say who wrote.


def _wrote(lines: Sequence[str], at: int) -> Splitter | None:
    joined = ""
    for end in range(at, min(at + _MOST_LINES, len(lines))):
        line = lines[end].strip()
        if not line or (end > at and line.startswith(">")):
            break
        joined = f"{joined} {line}".strip()
        if len(joined) > _LONGEST:
            return None
        if end == at and not _may_open(joined):
            return None
        if _says_who(joined) and _is_followed(lines, end + 1, joined, end > at):
            return Splitter(at, end + 1, "wrote")
    return None


def _may_open(line: str) -> bool:
    bare = line.strip(_WRAP)
    if not bare:
        return False
    word = _FIRST.match(bare)
    return (
        bare[0].isdigit()
        or (word is not None and word[1].casefold() in _OPENERS)
        or bool(_WROTE.search(bare))
        or bool(_EMAIL.search(bare))
        or bool(_DATE.search(bare[:40]))
        or bare.startswith("在")
    )


def _says_who(joined: str) -> bool:
    """Enough of: verb, colon, date or time, address."""
    if joined[-1:] not in _LAST:
        return False
    bare = joined.strip(_WRAP)
    dated = bool(_DATE.search(bare))
    timed = bool(_TIME.search(bare))
    mailed = bool(_EMAIL.search(bare))
    wrapped = joined != bare and joined[:2] in {"--", "__", "**", "=="} and joined[-1:] in "-_*="
    closed = bool(_ENDS.search(joined.rstrip("> "))) or wrapped
    if _WROTE.search(bare):
        return closed and (dated or timed or mailed or len(bare) < 90)
    return mailed and dated and ((timed and closed) or bare.endswith((">", ">:", "):")))


def _is_followed(lines: Sequence[str], at: int, joined: str, is_wrapped: bool) -> bool:
    """Without a date and an address it counts only right above a quotation."""
    bare = joined.strip(_WRAP)
    word = _FIRST.match(bare)
    opens = (
        bare[:1].isdigit() or (word is not None and word[1].casefold() in _OPENERS) or bare.startswith("在")
    )
    dated = bool(_DATE.search(bare))
    mailed = bool(_EMAIL.search(bare))
    sure = dated and (mailed or (opens and bool(_WROTE.search(bare))))
    sure = sure or (mailed and bool(_WROTE.search(bare)) and bool(_ENDS.search(joined)))
    if sure and bool(_ENDS.search(joined) or joined[-1:] in "-_*="):
        return True
    for line in lines[at : at + 3]:
        if line.strip():
            return line.lstrip().startswith(">")
    return False


def shared_line(line: str) -> int:
    """Where on a line of the reply's own text "On ... wrote:" begins; -1 when it does not."""
    if len(line) > 1000 or not line.rstrip().endswith(":"):
        return -1
    found = _SAME_LINE.search(line)
    return found.start() if found and found.start() > 0 else -1
