"""Finding and mending text that was decoded wrongly before it reached us ("mojibake").

Offered, never silent: the callers show ``before`` and ``after`` and let a person decide.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Literal

Damage = Literal["utf8_as_cp1252", "mac_roman_double"]


@dataclass(frozen=True, slots=True)
class Repair:
    """A damage found in one text and the text without it."""

    damage: Damage
    before: str
    after: str


def _cp1252(byte: int) -> str:
    # The five bytes that cp1252 leaves undefined pass as C1 controls, as browsers and Excel do.
    try:
        return bytes([byte]).decode("cp1252")
    except UnicodeDecodeError:
        return chr(byte)


_BYTE_OF = {_cp1252(byte): byte for byte in range(0x80, 0x100)} | {chr(b): b for b in range(0x80, 0xA0)}
_TAIL = "[" + "".join(re.escape(char) for char, byte in _BYTE_OF.items() if byte < 0xC0) + "]"
_SOLID = (
    "[" + "".join(re.escape(char) for char, byte in _BYTE_OF.items() if byte < 0xC0 and byte != 0xA0) + "]"
)
# Two-byte sequences only of Latin, Greek and Cyrillic letters: "ß" before a no-break space is good German.
_SEQUENCE = re.compile(f"[ÂÃ]{_TAIL}|[ÄÅÎÏÐÑ]{_SOLID}|[\xe0-\xef]{_TAIL}{{2}}|[\xf0-\xf4]{_TAIL}{{3}}")
# A Mac wrote the misread text again: what cp1252 leaves undefined (0x9D) then reads as "ù".
_MAC_CLOSING_QUOTE = "â€ù"
_MAC_SIGN = "‰Û"


def _mend_sequence(match: re.Match[str]) -> str:
    raw = bytes(_BYTE_OF[char] for char in match.group())
    try:
        return raw.decode("utf-8")
    except UnicodeDecodeError:
        return match.group()


def _mend_cp1252(text: str) -> str:
    text = text.replace(_MAC_CLOSING_QUOTE, "”")
    # Once only: mended text may hold pairs that look damaged again ("é–").
    return _SEQUENCE.sub(_mend_sequence, text)


def _as_mac(text: str) -> str:
    """Read again as Mac Roman what was read as cp1252; text that cp1252 cannot have made comes back unchanged."""
    try:
        return bytes(_BYTE_OF.get(char, ord(char)) for char in text).decode("mac_roman")
    except ValueError:
        return text


def repair_text(text: str, damage: Damage) -> str:
    """Return the text without this damage; text without it comes back unchanged."""
    if damage == "utf8_as_cp1252":
        return _mend_cp1252(text)
    if _MAC_SIGN in text:
        text = _as_mac(text)
    return _mend_cp1252(text)


def find_damage(text: str) -> Repair | None:
    """Return the repair to offer for a text, or None when it looks whole."""
    if text.isascii():
        return None
    kind: Damage = "mac_roman_double" if _MAC_SIGN in text else "utf8_as_cp1252"
    after = repair_text(text, kind)
    return Repair(kind, text, after) if after != text else None
