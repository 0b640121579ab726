"""Trust index, value index, and the shape of a network. Pure: ties in, numbers out.

Indexes: own formula (METHODS 4.1): mean of answered items 1..4 of a tie, mean over ties, 100 (mean - 1) / 3. Shape: Freeman,
*Social Networks* 1, 1979, DOI 10.1016/0378-8733(78)90021-7; betweenness (paths.py) normalised, undirected, one side of a tie suffices.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from .paths import paths, scaled

LOWEST, HIGHEST = 1, 4
DRAWN = 40
"""Up to so many members stand as springs would hold them; finding that takes a second for hundreds."""
RATERS = 3
"""A member's index needs so many raters; else nobody could be sure not to be recognised."""


def tie_mean(answers: Iterable[int | None]) -> float | None:
    """Mean of what was answered; None where nothing was. Raises ValueError for an answer outside 1..4."""
    given = [one for one in answers if one is not None]
    for one in given:
        if not LOWEST <= one <= HIGHEST:
            raise ValueError(f"Answers run from 1 to 4 (got {one}); leave a skipped item empty.")
    return sum(given) / len(given) if given else None


def index(mean: float) -> float:
    """100 (mean - 1) / 3: all 1 gives 0, all 4 gives 100."""
    return 100 * (mean - LOWEST) / (HIGHEST - LOWEST)


def index_of(means: Sequence[float | None]) -> float | None:
    """The index of several ties; None where none was answered."""
    given = [one for one in means if one is not None]
    return index(sum(given) / len(given)) if given else None


@dataclass(frozen=True, slots=True)
class Shape:
    """A network of `members` and the pairs that work together, as one of the two said. `reason`: why a number is undefined."""

    members: int
    pairs: int
    density: float | None
    centralisation: float | None
    degree: Mapping[int, int] = field(default_factory=dict)
    betweenness: Mapping[int, float] = field(default_factory=dict)
    isolates: Sequence[int] = ()
    pieces: int = 0


def density(members: int, pairs: int) -> float | None:
    """2 m / (n (n - 1)); None for fewer than two members."""
    return 2 * pairs / (members * (members - 1)) if members > 1 else None


def degree_centralisation(degrees: Sequence[int]) -> float | None:
    """sum(max - d) / ((n - 1)(n - 2)); None for fewer than three members."""
    n = len(degrees)
    return sum(max(degrees) - one for one in degrees) / ((n - 1) * (n - 2)) if n > 2 else None


def betweenness_centralisation(values: Sequence[float]) -> float | None:
    """sum(max - b) / (n - 1) of normalised values; None for fewer than three members."""
    return sum(max(values) - one for one in values) / (len(values) - 1) if len(values) > 2 else None


def pairs_of(ties: Iterable[tuple[int, int]]) -> set[tuple[int, int]]:
    """Pairs that work together where one side says so, the smaller first; no member with itself."""
    return {(min(one, other), max(one, other)) for one, other in ties if one != other}


def shape(members: Sequence[int], ties: Iterable[tuple[int, int]], *, with_betweenness: bool = True) -> Shape:
    """Everything that is said of a network of these members."""
    known = set(members)
    pairs = {pair for pair in pairs_of(ties) if set(pair) <= known}
    beside: dict[int, set[int]] = {key: set() for key in members}
    for one, other in pairs:
        beside[one].add(other)
        beside[other].add(one)
    degrees = {key: len(found) for key, found in beside.items()}
    return Shape(
        members=len(members),
        pairs=len(pairs),
        density=density(len(members), len(pairs)),
        centralisation=degree_centralisation(list(degrees.values())),
        degree=degrees,
        betweenness=paths(members, pairs).betweenness if with_betweenness else {},
        isolates=[one for one in members if not degrees[one]],
        pieces=_pieces(beside),
    )


def _pieces(beside: Mapping[int, set[int]]) -> int:
    """How many parts hang together."""
    left, count = set(beside), 0
    while left:
        count += 1
        waiting = [left.pop()]
        while waiting:
            found = beside[waiting.pop()] & left
            left -= found
            waiting += found
    return count


def shown_indexes(
    means: Mapping[int, Sequence[float | None]],
) -> tuple[dict[int, float | None], float | None]:
    """The index of each member that RATERS rated (None: hidden), and that of the network.

    The network's is hidden where a hidden member's could be told from it: where ties of hidden members are there, but of one
    member only or fewer than RATERS together.
    """
    shown: dict[int, float | None] = {}
    hidden: list[int] = []
    everything: list[float | None] = []
    for member, given in means.items():
        answered = [one for one in given if one is not None]
        everything += answered
        if len(answered) >= RATERS:
            shown[member] = index_of(answered)
        else:
            shown[member] = None
            if answered:
                hidden.append(len(answered))
    is_safe = not hidden or (len(hidden) > 1 and sum(hidden) >= RATERS)
    return shown, index_of(everything) if is_safe else None


def places(members: Sequence[int], ties: Iterable[tuple[int, int]]) -> dict[int, tuple[float, float]]:
    """Where each member stands on a map, 0 to 1 each way, the same for the same network (fixed start)."""
    if not members:
        return {}
    keys, known = sorted(members), set(members)
    pairs = sorted(pair for pair in pairs_of(ties) if set(pair) <= known)
    is_many = len(keys) > DRAWN and bool(pairs)
    found: Mapping[int, Sequence[float]] = (
        scaled(keys, paths(keys, pairs).distances) if is_many else _held(keys, pairs)
    )
    xs, ys = [float(one[0]) for one in found.values()], [float(one[1]) for one in found.values()]
    wide, high = (max(xs) - min(xs)) or 1, (max(ys) - min(ys)) or 1
    return {
        int(key): ((float(one[0]) - min(xs)) / wide, (float(one[1]) - min(ys)) / high)
        for key, one in found.items()
    }


def _held(keys: Sequence[int], pairs: Sequence[tuple[int, int]]) -> Mapping[int, Sequence[float]]:
    """On a ring; as springs would hold them where all hang together."""
    import networkx

    graph = networkx.Graph()
    graph.add_nodes_from(keys)
    graph.add_edges_from(pairs)
    found: Mapping[int, Sequence[float]] = networkx.circular_layout(graph)
    if len(keys) > 2 and pairs and networkx.is_connected(graph):
        found = networkx.kamada_kawai_layout(graph, pos=found)
    return found
