"""One box over everything: exact and beginning first, then words, then what was probably meant."""

from __future__ import annotations

import threading
import time
from collections import Counter, defaultdict
from collections.abc import Collection, Iterable
from dataclasses import dataclass, replace
from typing import Any

from django.db import connection

from barnraise.foundation.policy import Policy, team
from barnraise.foundation.refs import Ref
from barnraise.plumbing.ui.sockets import kinds as described

from ..folding import MOST_QUERY_TEXT, kind_token, tokens
from ..policies import labels_for
from ..ranking import LIKELY, best, rarest, tries
from ..sockets import Documents, documents
from .asked import LARGE, SAMPLE, Asked, Engine, Row
from .postgresql import Postgresql
from .sqlite import Sqlite

FEW = 5
"""Below so many hits the query may be mistyped, and similar titles are added."""

_ENGINES: dict[str, Engine] = {"sqlite": Sqlite(), "postgresql": Postgresql()}
_RARITY_SECONDS = 600
_SMALL_SECONDS = 10
_rarity: dict[str, tuple[float, dict[str, int]]] = {}
_lock = threading.Lock()


@dataclass(frozen=True, slots=True)
class Hit:
    """A thing that was found. `score` is 0 to 100; above 60 every word asked is there, up to 60 it is a likeness."""

    ref: Ref
    title: str
    snippet: str
    score: float


def kinds_for(actor: Any, kinds: Collection[str] | None = None) -> list[str]:
    """The kinds this actor may look in, in the order they are plugged; only those of `kinds` when given."""
    return [
        kind
        for kind, plug in documents.items()
        if (kinds is None or kind in kinds) and _policy(kind, plug)(actor, None)
    ]


def find(text: str, *, actor: Any, kinds: Collection[str] | None = None, limit: int = 20) -> list[Hit]:
    """What this actor may see of what fits `text`, best first, at most `limit` (1 to 100).

    Accents, case and punctuation do not count, beginnings of words do, and typing errors are forgiven when little
    else is found. `text` is never read as a query language; only its first 200 characters and 10 words count.
    """
    limit = max(1, min(limit, 100))
    return _search(text, actor, kinds, limit)[:limit]


def find_by_kind(
    text: str, *, actor: Any, kinds: Collection[str] | None = None, each: int = 5
) -> list[tuple[str, list[Hit]]]:
    """The same by kind: (kind, at most `each` hits), the kind with the best hit first; kinds without hits are left out."""
    grouped: dict[str, list[Hit]] = defaultdict(list)
    for hit in _search(text, actor, kinds, max(1, min(each, 100))):
        if len(grouped[hit.ref.kind]) < each:
            grouped[hit.ref.kind].append(hit)
    return list(grouped.items())


def holding(text: str, *, kind: str, most: int) -> list[int] | None:
    """Keys of at most `most` things of one kind whose title may hold `text`; below `most`, none that holds it is left out.

    Only the first 60 letters of a word count. None when the index is no help: there is no word of three letters, and none
    of two that few titles hold. Asks no policy: whoever shows the things does.
    """
    engine = _ENGINES[connection.vendor]
    words, seen = tokens(text.replace("\0", "")), _rarity_of(engine)  # as titles are kept
    is_large = seen.get(kind_token(kind), 0) > LARGE
    pieces = _inner(engine, " ".join(words)) if words else set()
    rare, longest = SAMPLE // 20, max(map(len, words), default=0)
    least = min((seen.get(piece, 0) for piece in pieces), default=0)
    if least > max(rare, 2 * seen.get(kind_token(kind), 0)):
        return None  # far more titles of other kinds hold it than there are of this one
    if pieces and (longest > 2 or (longest == 2 and least < rare)):
        return engine.holding(rarest(sorted(pieces), seen), kind, most, is_large=is_large)
    for pair in (word for word in words if len(word) == 2 and word.isascii()):
        if sum(count for piece, count in seen.items() if piece.startswith(pair)) < rare:
            return engine.holding([pair], kind, most, is_large=is_large)
    return None


def _inner(engine: Engine, words: str) -> set[str]:
    """The pieces that a longer text around these words has too: those without its outer edges."""
    other = next(letter for letter in "qxz" if letter not in {words[0], words[-1]})
    bare, within = engine.pieces([words, f"{other}{words}{other}"])
    return set(bare) & set(within)


def _policy(kind: str, plug: Documents) -> Policy:
    if plug.policy is not None:
        return plug.policy
    known = described.find(kind)
    return known.policy if known is not None else team


def _search(text: str, actor: Any, kinds: Collection[str] | None, most: int) -> list[Hit]:
    """All hits of every step, best first, `most` of each kind and step."""
    engine = _ENGINES[connection.vendor]
    asked = Asked.of(
        text[:MOST_QUERY_TEXT],
        kinds=kinds_for(actor, kinds),
        labels=labels_for(actor),
        most=most,
        seen=_rarity_of(engine),
    )
    if not asked.words or not asked.kinds or not asked.labels:
        return []
    found: dict[int, tuple[float, Row]] = {}
    if asked.identifier:
        _add(found, ((100.0, row) for row in engine.by_identifier(asked)))
    begun = engine.by_title(asked)
    _add(found, ((_title_score(asked, row), row) for row in begun))
    # Titles that begin so come before all others: of a kind with enough of them no more are looked for.
    counts = Counter(row.kind for row in begun)
    left = tuple(kind for kind in asked.kinds if counts[kind] < most)
    if left:
        rest = replace(asked, kinds=left)
        _add(found, ((_title_score(asked, row), row) for row in engine.by_words(rest)))
    if len(found) < min(most, FEW) and len(asked.folded) >= 4:
        _add(found, _meant(engine, asked))
    ordered = sorted(found.values(), key=lambda item: (-item[0], item[1].title_folded, item[1].id))
    return [
        Hit(Ref.parse(f"{row.kind}:{row.key}"), row.title, row.excerpt, round(score, 1))
        for score, row in ordered
    ]


def _add(found: dict[int, tuple[float, Row]], more: Iterable[tuple[float, Row]]) -> None:
    for score, row in more:
        found.setdefault(row.id, (score, row))


def _title_score(asked: Asked, row: Row) -> float:
    """100 the same, 90 and more the title begins so, 75 and more all words in the title, 65 somewhere else."""
    title = row.title_folded
    if title == asked.folded:
        return 100.0
    longer = min(len(title) - len(asked.folded), 90) / 10
    if title.startswith(asked.folded):
        return (99.5 if title[len(asked.folded)] == " " else 94.5) - longer / 2
    parts = title.split()
    if all(any(part.startswith(word) for part in parts) for word in asked.words):
        whole = sum(word in parts for word in asked.words) / len(asked.words)
        return 80.0 + 5 * whole - max(longer, 0.0) / 2
    return 65.0


def _meant(engine: Engine, asked: Asked) -> list[tuple[float, Row]]:
    """Titles like the query, scored 0 to 60."""
    rows = candidates(engine, asked)
    likest = best(asked.words, [row.title_folded for row in rows], most=asked.most)
    return [(score * 0.6, rows[place]) for place, score in likest]


def candidates(engine: Engine, asked: Asked) -> list[Row]:
    """Titles to compare with the query: of each try in turn, until one of them is as good as meant."""
    found: dict[int, Row] = {}
    for wanted in tries(engine.pieces(asked.words), _rarity_of(engine)):
        rows = engine.by_pieces(asked, wanted) if wanted else []
        found.update((row.id, row) for row in rows)
        likest = best(asked.words, [row.title_folded for row in rows], most=1)
        if likest and likest[0][1] >= LIKELY:
            break
    return list(found.values())


def _rarity_of(engine: Engine) -> dict[str, int]:
    """The engine's rarity, looked up anew every ten minutes (a small one sooner); it only steers speed, so its age does no harm."""
    name = str(connection.settings_dict["NAME"])
    now = time.monotonic()
    with _lock:
        kept = _rarity.get(name)
    if kept is not None and kept[0] > now:
        return kept[1]
    fresh = engine.rarity()
    stays = _RARITY_SECONDS if len(fresh) > 2000 else _SMALL_SECONDS
    with _lock:
        _rarity[name] = (now + stays, fresh)
    return fresh
