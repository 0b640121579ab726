"""Shortest paths between all members at once: betweenness, and where members stand on a map of many.

Betweenness after Brandes, *Journal of Mathematical Sociology* 25, 2001, DOI 10.1080/0022250X.2001.9990249, with whole layers of
paths as matrices; places by classical scaling of the distances (Torgerson, *Psychometrika* 17, 1952, DOI 10.1007/BF02288916).
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

TOGETHER = 256
"""Members from which paths are followed at once: memory grows with it."""


@dataclass(frozen=True, slots=True)
class Paths:
    """By member: betweenness, normalised and undirected; steps from each to each, -1 where no path leads."""

    betweenness: Mapping[int, float]
    distances: Any


def paths(members: Sequence[int], pairs: Collection[tuple[int, int]]) -> Paths:
    """Of an undirected network without loops; pairs name members only."""
    import numpy

    n = len(members)
    place = {key: at for at, key in enumerate(members)}
    beside = numpy.zeros((n, n))
    for one, other in pairs:
        beside[place[one], place[other]] = beside[place[other], place[one]] = 1
    between, distances = numpy.zeros(n), numpy.full((n, n), -1, dtype=numpy.int32)
    for start in range(0, n, TOGETHER):
        found, steps = _from(numpy, beside, start, min(start + TOGETHER, n))
        between += found
        distances[start : start + TOGETHER] = steps
    if n > 2:
        between /= (n - 1) * (n - 2)
    return Paths({key: float(between[at]) for key, at in place.items()}, distances)


def _from(numpy: Any, beside: Any, start: int, end: int) -> tuple[Any, Any]:
    """(what the paths from these members add to each, steps from them to each)"""
    own = numpy.zeros((end - start, len(beside)), dtype=bool)
    own[numpy.arange(end - start), numpy.arange(start, end)] = True
    steps, many = numpy.where(own, 0, -1), own.astype(float)
    layers, last = [own], many
    while True:
        last = numpy.where(steps < 0, last @ beside, 0)
        reached = last > 0
        if not reached.any():
            break
        steps[reached] = len(layers)
        many = many + last
        layers.append(reached)
    hang = numpy.zeros_like(many)
    for at in range(len(layers) - 1, 0, -1):
        share = numpy.divide(1 + hang, many, out=numpy.zeros_like(many), where=layers[at])
        hang += numpy.where(layers[at - 1], (share @ beside) * many, 0)
    hang[own] = 0
    return hang.sum(axis=0), steps


def scaled(members: Sequence[int], distances: Any) -> dict[int, tuple[float, float]]:
    """Two coordinates for each member, so that near ones of the network stand near each other. The same for the same network."""
    import numpy

    apart = numpy.where(distances < 0, distances.max() + 1, distances).astype(float) ** 2
    centred = apart - apart.mean(axis=0) - apart.mean(axis=1)[:, None] + apart.mean()
    values, vectors = numpy.linalg.eigh(-centred / 2)
    found = vectors[:, -2:] * numpy.sqrt(numpy.maximum(values[-2:], 0))
    signs = numpy.where(found[numpy.abs(found).argmax(axis=0), (0, 1)] < 0, -1, 1)
    return {key: (float(x), float(y)) for key, (y, x) in zip(members, found * signs, strict=True)}
