"""From the bytes of a file to cards as lists of lines, whatever wrote them; a damaged card never takes another along."""

from __future__ import annotations

import codecs
import io
import quopri
import re
from collections.abc import Iterator
from pathlib import Path
from typing import IO

from .shapes import Line

_HEAD = re.compile(r"^\s*(?:(?P<group>[\w-]+)\.)?(?P<name>[A-Za-z][\w-]*)\s*(?P<rest>[;:].*)$", re.DOTALL)
_PARAM = re.compile(r';\s*([^=:;"]*)(?:=((?:"[^"]*"|[^:;"])*))?')
_BEGIN = "begin:vcard"
_END = "end:vcard"
_SPACES = str.maketrans("", "", " \t")
_LONGEST = 24_000_000
"""Characters of one card; photos are the large part."""
_BARE_ENCODINGS = {"quoted-printable", "base64", "8bit", "7bit", "b"}
_BARE_PLACES = {"inline", "url", "content-id"}


class TooLong(ValueError):
    """A card that does not end."""


def looks_like_cards(head: bytes) -> bool:
    """Whether a file that begins so holds cards; a few lines may stand before the first one."""
    text = head[:4096].replace(b"\0", b"").decode("latin-1").lstrip("\xff\xfe\xef\xbb\xbf \t\r\n").lower()
    lines = [line.translate(_SPACES) for line in re.split(r"[\r\n]+", text)[:6]]
    return any(line == _BEGIN for line in lines)


def texts(path: Path) -> Iterator[str]:
    """The text of each card of a file, in order, from its BEGIN to its END or to where the next one begins."""
    with path.open("rb") as stream:
        encoding = _encoding(stream.read(4096))
        stream.seek(0)
        if encoding:
            yield from _cards(io.TextIOWrapper(stream, encoding=encoding, errors="replace", newline=None), "")
        else:
            # Latin-1 keeps every byte; each card is decoded by itself, for one file may hold several character sets.
            yield from _cards(io.TextIOWrapper(stream, encoding="latin-1", newline=None), "latin-1")


def _encoding(head: bytes) -> str:
    """The encoding that the beginning tells; "" when every card has to be asked."""
    if head.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        return "utf-16"
    if head.startswith(codecs.BOM_UTF8):
        return "utf-8-sig"
    start = head.lstrip(b"\r\n\0 ")[:12]
    if start[1:2] == b"\0":
        return "utf-16-le" if head[:1] != b"\0" else "utf-16-be"
    return "utf-16-be" if head[:1] == b"\0" else ""


def _cards(lines: IO[str], held: str) -> Iterator[str]:
    open_lines: list[str] = []
    depth = size = 0
    for line in lines:
        mark = line[:40].translate(_SPACES).strip().lower() if len(line) < 40 else ""
        if mark == _BEGIN:
            if depth and not _is_agent(open_lines):
                # The card before has no end.
                yield _decoded(open_lines, held)
                open_lines, depth, size = [], 0, 0
            depth += 1
        if not depth:
            continue
        open_lines.append(line)
        size += len(line)
        if size > _LONGEST:
            raise TooLong
        if mark == _END:
            depth -= 1
            if not depth:
                yield _decoded(open_lines, held)
                open_lines, size = [], 0
    if open_lines:
        yield _decoded(open_lines, held)


def _is_agent(lines: list[str]) -> bool:
    """A card inside a card, as version 2.1 writes an assistant."""
    return bool(lines) and lines[-1].strip().upper().startswith("AGENT")


def _decoded(lines: list[str], held: str) -> str:
    text = "".join(lines)
    if not held or text.isascii():
        return text
    raw = text.encode(held)
    for charset in ("utf-8", _declared(text), "cp1252"):
        if charset:
            try:
                return raw.decode(charset)
            except (UnicodeDecodeError, LookupError):
                continue
    return raw.decode("cp1252", "replace")


def _declared(text: str) -> str:
    found = re.search(r"CHARSET=\"?([\w-]+)", text, re.IGNORECASE)
    return found[1] if found and not found[1].lower().startswith("utf") else ""


def parsed(text: str) -> tuple[list[Line], list[str]]:
    """The lines of one card without BEGIN, END and cards inside it; and those that are no lines, shortened."""
    lines: list[Line] = []
    bad: list[str] = []
    depth = 0
    for logical in _logical(text):
        mark = logical[:40].translate(_SPACES).lower()
        if mark == _BEGIN:
            depth += 1
        elif mark == _END:
            depth -= 1
        elif depth <= 1 and logical.strip():
            line = _line(logical)
            if line is not None:
                lines.append(line)
            else:
                bad.append(logical.strip()[:60])
    return lines, bad


def _logical(text: str) -> Iterator[str]:
    """Folded lines put together: a blank goes on (3.0, 4.0), after a "=" of quoted-printable the next line does (2.1)."""
    held: list[str] = []
    is_soft = is_quoted = False
    for line in text.split("\n"):
        if held and is_soft:
            held.append("\n" + line)
        elif held and line[:1] in {" ", "\t"}:
            held.append(line[1:])
        else:
            if held:
                yield "".join(held)
            held = [line]
            is_quoted = "quoted-printable" in line.partition(":")[0].lower()
        is_soft = is_quoted and line.rstrip().endswith("=")
    if held:
        yield "".join(held)


def _line(logical: str) -> Line | None:
    found = _HEAD.match(logical)
    if found is None:
        return None
    rest = found["rest"]
    params: list[tuple[str, str]] = []
    at = 0
    while at < len(rest) and rest[at] == ";":
        one = _PARAM.match(rest, at)
        if one is None:
            return None
        params.append(_param(one[1].strip(), one[2]))
        at = one.end()
    if at >= len(rest) or rest[at] != ":":
        return None
    line = Line(
        found["name"].upper().replace("_", "-"), rest[at + 1 :], tuple(params), (found["group"] or "").lower()
    )
    return _unquoted(line)


def _param(name: str, value: str | None) -> tuple[str, str]:
    if value is not None:
        return name.upper(), value.replace('"', "").strip()
    # Version 2.1 writes values without their names.
    if name.lower() in _BARE_ENCODINGS:
        return "ENCODING", name
    return ("VALUE", name) if name.lower() in _BARE_PLACES else ("TYPE", name)


def _unquoted(line: Line) -> Line:
    if line.one("ENCODING").lower() != "quoted-printable":
        return line
    raw = quopri.decodestring(line.value.encode("utf-8", "surrogateescape"))
    text = ""
    for charset in (line.one("CHARSET") or "utf-8", "utf-8", "cp1252"):
        try:
            text = raw.decode(charset)
            break
        except (UnicodeDecodeError, LookupError):
            continue
    kept = tuple(pair for pair in line.params if pair[0] not in {"ENCODING", "CHARSET"})
    return Line(line.name, text.replace("\r\n", "\n").replace("\r", "\n"), kept, line.group)
