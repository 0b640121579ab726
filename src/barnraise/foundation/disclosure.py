"""Small numbers are hidden before they are published, so that nobody is recognised. Pure.

Source: CMS cell size suppression policy (resdac.org/articles/cms-cell-size-suppression-policy): no small cell is shown, a true
zero may be, and nothing from which a small cell can be derived.
"""

from __future__ import annotations

from collections.abc import Sequence

SMALLEST = 3
"""No smaller threshold is accepted."""


def hidden_cells(counts: Sequence[int], threshold: int) -> list[bool]:
    """True for each count that must be hidden when the counts and their total are published together.

    Counts of 1 to threshold - 1 are hidden. More are hidden, smallest first, until no hidden one can be found by subtraction
    from the total: the hidden ones, of which everybody knows that they are no zeros, leave each of them a range up to the
    threshold at least. When even that is not enough, everything is hidden. Raises ValueError for a threshold below 3 or a
    negative count.
    """
    if threshold < SMALLEST:
        raise ValueError("The threshold must be at least 3.")
    if any(count < 0 for count in counts):
        raise ValueError("A count cannot be negative.")
    hidden = [0 < count < threshold for count in counts]
    if not any(hidden):
        return hidden
    for at in sorted(range(len(counts)), key=lambda at: (counts[at], at)):
        if _is_safe(counts, hidden, threshold):
            return hidden
        if counts[at]:
            hidden[at] = True
    return hidden if _is_safe(counts, hidden, threshold) else [True] * len(counts)


def _is_safe(counts: Sequence[int], hidden: Sequence[bool], threshold: int) -> bool:
    """Each hidden count may lie anywhere from 1 to the threshold at least."""
    kept = [count for count, is_hidden in zip(counts, hidden, strict=True) if is_hidden]
    return len(kept) > 1 and sum(kept) - (len(kept) - 1) >= threshold


def is_small(count: int, total: int, threshold: int) -> bool:
    """True when a count, or what the total leaves beside it, is a small number: publishing it with the total shows both."""
    return bool(hidden_cells((count, total - count), threshold)[0])
