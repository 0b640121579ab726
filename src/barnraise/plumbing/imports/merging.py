"""What a new edition of a record changes: pure, values in, values out.

A source changes only what it itself changed since it last spoke. What a person altered in the meantime stays,
and is reported as kept.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

EMPTY: tuple[Any, ...] = (None, "", [], {})
Item = Callable[[str, Any], str]
_encode = json.JSONEncoder(sort_keys=True, ensure_ascii=False, separators=(",", ":"), default=str).encode


def canonical(value: Any) -> str:
    """One text for equal JSON values."""
    return _encode(value)


def digest(text: str) -> bytes:
    """16 bytes that are equal exactly when two canonical texts are (up to chance)."""
    return hashlib.blake2b(text.encode("utf-8", "surrogatepass"), digest_size=16).digest()


def whole_item(name: str, item: Any) -> str:
    """The identity of a list's item when its noun knows none better: the item itself."""
    return canonical(item)


@dataclass(slots=True)
class Merged:
    """`document` holds the fields to write with their whole new values; `changes` and `kept` are field -> (before, after)."""

    document: dict[str, Any] = field(default_factory=dict)
    changes: dict[str, tuple[Any, Any]] = field(default_factory=dict)
    kept: dict[str, tuple[Any, Any]] = field(default_factory=dict)


def merge(
    current: Mapping[str, Any],
    last: Mapping[str, Any] | None,
    new: Mapping[str, Any],
    *,
    drops_blank: bool,
    same: Item = whole_item,
) -> Merged:
    """What to write so that `current` says what `new` says.

    `last` is what this source said before, None when it never did. A blank in `new` clears a value only when
    `drops_blank` (the source is the authority) and the value is the source's own. Lists are sets of items, told
    apart by `same(field, item)`: items the source dropped go, new ones come, items of others stay. Mappings are
    merged entry by entry.
    """
    out = Merged()
    for name, wanted in new.items():
        have = current.get(name)
        before = last.get(name) if last is not None else None
        if isinstance(wanted, Mapping):
            _merge_mapping(
                out, name, have or {}, (before or {}) if last is not None else None, wanted, drops_blank
            )
        elif isinstance(wanted, list):
            _merge_list(out, name, have or [], before or [], wanted, same, drops_blank)
        else:
            _merge_value(out, name, have, before, wanted, known=last is not None, drops_blank=drops_blank)
    return out


def _merge_value(
    out: Merged, name: str, have: Any, before: Any, wanted: Any, *, known: bool, drops_blank: bool
) -> None:
    if canonical(have) == canonical(wanted) or (known and canonical(before) == canonical(wanted)):
        return
    if wanted in EMPTY and not (drops_blank and known):
        return
    if known and have not in EMPTY and canonical(have) != canonical(before):
        out.kept[name] = (have, wanted)
        return
    out.document[name] = wanted
    out.changes[name] = (have, wanted)


def _merge_mapping(
    out: Merged,
    name: str,
    have: Mapping[str, Any],
    before: Mapping[str, Any] | None,
    wanted: Mapping[str, Any],
    drops_blank: bool,
) -> None:
    """Entry by entry, each like a value of its own named "field.entry". An entry cleared goes."""
    part = Merged()
    entries = [*wanted, *(entry for entry in (before or {}) if entry not in wanted)]
    for entry in entries:
        old = before.get(entry) if before is not None else None
        _merge_value(
            part,
            entry,
            have.get(entry),
            old,
            wanted.get(entry),
            known=before is not None,
            drops_blank=drops_blank,
        )
    out.changes.update({f"{name}.{entry}": pair for entry, pair in part.changes.items()})
    out.kept.update({f"{name}.{entry}": pair for entry, pair in part.kept.items()})
    if part.document:
        whole = {**have, **part.document}
        out.document[name] = {entry: value for entry, value in whole.items() if value not in EMPTY}


def _merge_list(
    out: Merged,
    name: str,
    have: list[Any],
    before: list[Any],
    wanted: list[Any],
    same: Item,
    drops_blank: bool,
) -> None:
    """Items are told apart by `same`; an item that is a mapping and stays is merged entry by entry."""
    theirs = {same(name, item): item for item in wanted}
    said = {same(name, item): item for item in before}
    result = []
    seen = set()
    for item in have:
        identity = same(name, item)
        is_dropped = drops_blank and identity in said and identity not in theirs
        if identity in seen or (is_dropped and canonical(item) == canonical(said[identity])):
            continue
        if is_dropped:
            out.kept[name] = (item, None)
        seen.add(identity)
        result.append(
            _merge_item(out, name, item, said.get(identity), theirs.get(identity, item), drops_blank)
        )
    result += [item for identity, item in theirs.items() if identity not in seen]
    if canonical(result) != canonical(have):
        out.document[name] = result
        out.changes[name] = (have, result)


def _merge_item(out: Merged, name: str, item: Any, said: Any, wanted: Any, drops_blank: bool) -> Any:
    if not isinstance(item, dict) or not isinstance(wanted, dict) or wanted is item:
        return wanted
    part = Merged()
    for entry, value in wanted.items():
        old = said.get(entry) if said is not None else None
        _merge_value(
            part, entry, item.get(entry), old, value, known=said is not None, drops_blank=drops_blank
        )
    if part.kept:
        out.kept[name] = (item, wanted)
    return {**item, **part.document}
