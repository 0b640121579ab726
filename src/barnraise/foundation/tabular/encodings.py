"""Which encoding a text has: certain where the bytes prove it, else candidates for a person to choose from.

Statistical guessing is wrong most of the time on short real files, so there is none that decides alone.
"""

from __future__ import annotations

import codecs
from collections.abc import Sequence
from dataclasses import dataclass
from typing import BinaryIO

from .refusals import UnreadableFile
from .shapes import EncodingCandidate

BLOCK = 1024 * 1024
_MOST_LINES = 200
# In this order when the evidence is equal.
CANDIDATES: tuple[tuple[str, str], ...] = (
    ("cp1252", "Western European (Windows)"),
    ("mac_roman", "Western European (old Mac)"),
    ("cp1250", "Central European (Windows)"),
    ("latin-1", "Western European (ISO 8859-1)"),
    ("shift_jis", "Japanese (Shift JIS)"),
    ("cp850", "Western European (DOS)"),
    ("cp1251", "Cyrillic (Windows)"),
    ("gb18030", "Chinese (GB 18030)"),
)
_BOMS: tuple[tuple[bytes, str], ...] = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_RARE = frozenset({"cp850", "cp1250"})
_TYPOGRAPHY = set("“”‘’–—…•€™©®°§·«»£¿¡´\u00a0")


@dataclass(slots=True)
class Scan:
    """What one pass over all bytes found. ``lines`` are raw lines with bytes above 127."""

    size: int = 0
    is_utf8: bool = True
    has_quotes: bool = False
    crlf: int = 0
    lf: int = 0
    cr: int = 0
    first_nul: int = -1
    lines: list[bytes] | None = None
    ends_with_break: bool = True


def wide_encoding(head: bytes) -> str | None:
    """Return the encoding that a byte order mark or the pattern of zero bytes proves, else None."""
    for mark, name in _BOMS:
        if head.startswith(mark):
            return name
    head = head[: len(head) // 2 * 2]
    if len(head) < 4:
        return None
    half = len(head) // 2
    even = head[0::2].count(0) / half
    odd = head[1::2].count(0) / half
    if even > 0.3 and odd < 0.05:
        return "utf-16-be"
    if odd > 0.3 and even < 0.05:
        return "utf-16-le"
    return None


def scan(stream: BinaryIO) -> Scan:
    """Read all bytes once, in blocks: is it strict UTF-8, which line ends, any zero byte, which lines to show."""
    found = Scan(lines=[])
    decoder = codecs.getincrementaldecoder("utf-8")("strict")
    tail = b""
    while block := stream.read(BLOCK):
        nul = block.find(b"\0")
        if nul >= 0 and found.first_nul < 0:
            found.first_nul = found.lf + found.cr + block[:nul].count(b"\n")
        if found.is_utf8:
            try:
                decoder.decode(block)
            except UnicodeDecodeError:
                found.is_utf8 = False
        found.size += len(block)
        found.has_quotes = found.has_quotes or b'"' in block
        found.crlf += block.count(b"\r\n") + (tail.endswith(b"\r") and block.startswith(b"\n"))
        found.lf += block.count(b"\n")
        found.cr += block.count(b"\r")
        if not block.isascii():
            _collect(found, tail[-500:] + block)
        tail = block
    found.ends_with_break = tail.endswith((b"\r", b"\n"))
    found.lf -= found.crlf
    found.cr -= found.crlf
    if found.is_utf8:
        try:
            decoder.decode(b"", True)
        except UnicodeDecodeError:
            found.is_utf8 = False
    return found


def _collect(found: Scan, block: bytes) -> None:
    lines = found.lines
    if lines is None or len(lines) >= _MOST_LINES:
        return
    for line in block.splitlines():
        if not line.isascii():
            lines.append(line[:20_000])
            if len(lines) >= _MOST_LINES:
                return


def candidates(lines: Sequence[bytes]) -> tuple[EncodingCandidate, ...]:
    """Return the readings of these lines, the likelier first; latin-1 always reads, so there is at least one."""
    joined = b"\n".join(lines)
    scored = []
    for place, (name, label) in enumerate(CANDIDATES):
        try:
            text = joined.decode(name)
        except UnicodeDecodeError:
            continue
        candidate = EncodingCandidate(name, label, _samples(text))
        scored.append((-round(_plausibility(text, name), 2), place, candidate))
    return tuple(candidate for _, _, candidate in sorted(scored, key=lambda s: s[:2]))


def _samples(text: str) -> tuple[str, ...]:
    shown: list[str] = []
    for line in text.splitlines():
        at = next((i for i, char in enumerate(line) if ord(char) > 127), None)
        if at is None:
            continue
        piece = line[max(0, at - 40) : at + 40].strip()
        if piece and piece not in shown:
            shown.append(piece)
        if len(shown) == 3:
            break
    return tuple(shown)


def _plausibility(text: str, encoding: str) -> float:
    """Mean worth of the characters above 127, from -3 (control) to 1 (a letter inside a word)."""
    worth = 0.0
    count = 0
    for at, char in enumerate(text):
        if char < "\x80":
            continue
        count += 1
        before = text[at - 1] if at else " "
        after = text[at + 1] if at + 1 < len(text) else " "
        worth += _worth(char, before, after, encoding)
    # "â€" is what a person never typed: proof of a text that was misread before, and read rightly now.
    worth += text.count("â€") * 3
    return worth / max(1, count)


def _worth(char: str, before: str, after: str, encoding: str) -> float:
    if "\x80" <= char < "\xa0" or char == "\ufffd" or "\ue000" <= char <= "\uf8ff":
        return -3.0
    if encoding in ("shift_jis", "gb18030"):
        return 0.9 if before > "\u3000" and after > "\u3000" and char > "\u3000" else -0.5
    if encoding == "cp1251":
        return 0.9 if before > "\u0400" and after > "\u0400" else -0.5
    if char in _TYPOGRAPHY:
        if char == "’" and before.isalpha() and after.isalpha():
            return 1.2
        return 0.3 if before.isalpha() and after.isalpha() else 1.0
    if not char.isalpha() or char in "ªºˆƒ":
        return -1.0 if before.isalpha() and after.isalpha() else 0.0
    if char.isupper() and before.islower():
        return -0.5
    return (0.5, 0.8, 1.0)[before.isalpha() + after.isalpha()] - (encoding in _RARE) * 0.15


def check_name(encoding: str) -> str:
    """Return the encoding as given. Raises UnreadableFile when Python has no text codec of that name."""
    try:
        if not codecs.lookup(encoding)._is_text_encoding:
            raise LookupError(encoding)
    except LookupError as unknown:
        raise UnreadableFile("unknown_encoding", encoding=encoding) from unknown
    return encoding
