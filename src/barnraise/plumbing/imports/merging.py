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


def canonical(value: Any) -> str:
    """One text for equal JSON values."""
    return json.dumps(value, sort_keys=True, ensure_ascii=False, separators=(",", ":"), default=str)


def digest(document: Mapping[str, Any]) -> bytes:
    """16 bytes that are equal exactly when two documents are (up to chance)."""
    return hashlib.blake2b(canonical(document).encode(), digest_size=16).digest()


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
    apart by `same(field, item)`: items the source dropped go, new ones come, items of others stay.
    """
    out = Merged()
    for name, wanted in new.items():
        have = current.get(name)
        before = last.get(name) if last is not None else None
        if isinstance(wanted, list):
            _merge_list(out, name, have or [], (before or []) if drops_blank else [], wanted, same)
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


def _merge_list(
    out: Merged, name: str, have: list[Any], before: list[Any], wanted: list[Any], same: Item
) -> None:
    theirs = {same(name, item): item for item in wanted}
    dropped = {same(name, item) for item in before} - theirs.keys()
    result = []
    seen = set()
    for item in have:
        identity = same(name, item)
        if identity in dropped or identity in seen:
            continue
        seen.add(identity)
        fresh = theirs.get(identity, item)
        result.append({**item, **fresh} if isinstance(item, dict) and isinstance(fresh, dict) else fresh)
    result += [item for identity, item in theirs.items() if identity not in seen]
    if canonical(result) != canonical(have):
        out.document[name] = result
        out.changes[name] = (have, result)
