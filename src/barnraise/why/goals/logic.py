"""The graph of a logic model: no loops, and what does not hang together.

METHODS 9.2: a directed graph of inputs, activities, outputs and outcomes; each arrow carries an assumption.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence


def loop(arrows: Iterable[tuple[int, int]], start: int, end: int) -> list[int]:
    """The loop that an arrow from `start` to `end` would close, from `start` back to `start`; empty when there is none."""
    following: dict[int, list[int]] = {}
    for one, other in arrows:
        following.setdefault(one, []).append(other)
    waiting, seen = [[end]], {end}
    while waiting:
        path = waiting.pop(0)
        if path[-1] == start:
            return [start, *path]
        for step in following.get(path[-1], ()):
            if step not in seen:
                seen.add(step)
                waiting.append([*path, step])
    return []


def without_way(
    steps: Mapping[int, str],
    arrows: Sequence[tuple[int, int]],
    *,
    start: str = "activity",
    end: str = "outcome",
) -> list[int]:
    """Steps of the stage `start` from which no arrows lead to a step of the stage `end`. `steps`: stage by key."""
    before: dict[int, list[int]] = {}
    for one, other in arrows:
        before.setdefault(other, []).append(one)
    reached = {key for key, stage in steps.items() if stage == end}
    waiting = list(reached)
    while waiting:
        for step in before.get(waiting.pop(), ()):
            if step not in reached:
                reached.add(step)
                waiting.append(step)
    return [key for key, stage in steps.items() if stage == start and key not in reached]
