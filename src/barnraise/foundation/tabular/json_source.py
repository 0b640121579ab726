"""Records out of JSON: one object, a list, a page with "contents", named lists, or one object per line."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import BinaryIO

from .encodings import wide_encoding
from .limits import DEFAULT_LIMITS, Limits
from .refusals import UnreadableFile
from .shapes import Resource

JsonRecord = dict[str, object]
_LISTS = ("contents", "features", "data", "results", "items", "records")


def looks_like_json(head: bytes) -> bool:
    """True when the first bytes can only be JSON records, or a file of them."""
    start = head.removeprefix(b"\xef\xbb\xbf").lstrip()[:4096]
    if start.startswith(b"{"):
        return start[1:].lstrip()[:1] in (b'"', b"}", b"")
    return start.startswith(b"[") and start[1:].lstrip()[:1] in (b"{", b"[", b"]", b"")


def load(stream: BinaryIO, limits: Limits) -> object:
    """Parse a stream. Raises UnreadableFile when it is too big, not well formed, or nested too deeply."""
    raw = stream.read(limits.max_json_bytes + 1)
    if len(raw) > limits.max_json_bytes:
        raise UnreadableFile("too_big", size=len(raw), limit=limits.max_json_bytes)
    encoding = wide_encoding(raw[:4096]) or "utf-8"
    try:
        text = raw.decode(encoding).removeprefix("\ufeff")
    except UnicodeDecodeError as bad:
        line = raw[: bad.start].count(b"\n") + 1
        raise UnreadableFile("wrong_encoding", encoding=encoding, row=line, line=line) from bad
    try:
        return json.loads(text)
    except RecursionError as deep:
        raise UnreadableFile("json_shape") from deep
    except json.JSONDecodeError as bad:
        if bad.msg == "Extra data" and bad.lineno > 1:
            return _by_line(text)
        raise UnreadableFile("bad_json", line=bad.lineno, column=bad.colno) from bad
    except ValueError as bad:
        raise UnreadableFile("bad_json", line=1, column=1) from bad


def _by_line(text: str) -> list[object]:
    found = []
    for number, line in enumerate(text.split("\n"), 1):
        if line.strip():
            try:
                found.append(json.loads(line))
            except json.JSONDecodeError as bad:
                raise UnreadableFile("bad_json", line=number, column=bad.colno) from bad
    return found


def _objects(value: object) -> list[JsonRecord] | None:
    if isinstance(value, list) and value and all(isinstance(item, dict) for item in value):
        return value
    return None


def lists(document: object) -> dict[str, list[JsonRecord]]:
    """Return the record lists of a document by name; "" is the name of the only one.

    Raises UnreadableFile when there is no list of objects and no object with a field.
    """
    if (records := _objects(document)) is not None:
        return {"": records}
    if not isinstance(document, dict) or not document:
        raise UnreadableFile("json_shape")
    for name in _LISTS:
        if (records := _objects(document.get(name))) is not None:
            return {"": records}
    named = {name: records for name, value in document.items() if (records := _objects(value)) is not None}
    if named and len(named) == len(document):
        return named
    if len(named) == 1 and "id" not in document and "name" not in document:
        return {"": next(iter(named.values()))}
    if document.get("contents") == [] or document.get("features") == []:
        return {"": []}
    return {"": [document]}


def resources(document: object) -> tuple[Resource, ...]:
    """Return the files that a data package descriptor names; empty for any other document."""
    if not isinstance(document, dict):
        return ()
    listed = _objects(document.get("resources"))
    found = []
    for item in listed or []:
        path = item.get("path")
        path = path[0] if isinstance(path, list) and path else path
        if isinstance(path, str):
            found.append(Resource(str(item.get("name") or Path(path).stem), path))
    return tuple(found)


def json_records(source: Path, *, name: str = "", limits: Limits = DEFAULT_LIMITS) -> tuple[JsonRecord, ...]:
    """Return the records of a JSON file as they are, nested; ``name`` chooses among several lists.

    Raises UnreadableFile when it is too big, not well formed, holds no records or no list of that name.
    """
    with source.open("rb") as stream:
        found = lists(load(stream, limits))
    return tuple(choose(found, name))


def choose(found: Mapping[str, list[JsonRecord]], name: str) -> list[JsonRecord]:
    """Return the list of that name. Raises UnreadableFile when there is none."""
    if name not in found:
        raise UnreadableFile("no_such_table", table=name)
    return found[name]


def field_names(records: list[JsonRecord]) -> list[str]:
    """Return the names of all fields, in the order in which they first occur."""
    return list(dict.fromkeys(key for record in records for key in record))


def text_rows(records: list[JsonRecord], names: list[str]) -> Iterator[tuple[int, list[str]]]:
    """Yield (record number, one text per field): nothing as "", true as TRUE, nested values as compact JSON."""
    for number, record in enumerate(records, 1):
        yield number, [_text(record.get(name)) for name in names]


def _text(value: object) -> str:
    if value is None:
        return ""
    if isinstance(value, str):
        return value
    if isinstance(value, bool):
        return "TRUE" if value else "FALSE"
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"))
