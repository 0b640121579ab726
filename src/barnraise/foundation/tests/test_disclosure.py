"""Hidden counts cannot be found again from what is published; shares get Wilson's interval."""

from __future__ import annotations

import random

import pytest

from barnraise.foundation.disclosure import hidden_cells, is_small
from barnraise.foundation.statistics import wilson


def test_the_smallest_neighbour_is_hidden_along_with_a_small_number():
    assert hidden_cells([12, 7, 30], 11) == [True, True, False]
    assert hidden_cells([12, 0, 30], 11) == [False, False, False]
    assert hidden_cells([0, 3, 40, 50], 5) == [False, True, True, False]
    assert hidden_cells([1, 1, 1, 1, 1], 5) == [True] * 5
    assert hidden_cells([1, 1, 0, 0], 5) == [True] * 4, "two of two: the zeros go too"
    assert hidden_cells([], 5) == []
    assert (is_small(3, 50, 5), is_small(48, 50, 5), is_small(0, 50, 5), is_small(25, 50, 5)) == (
        True,
        True,
        False,
        False,
    )
    for wrong in ([1, -1], [2]):
        with pytest.raises(ValueError, match="negative" if -1 in wrong else "at least 3"):
            hidden_cells(wrong, 5 if -1 in wrong else 2)


def _range(counts, hidden, at):
    """What a reader of the table and its total can tell of a hidden count: the lowest and highest it may be.

    While some zero is shown, all zeros are, so that a hidden count is 1 at least.
    """
    kept = [count for count, is_hidden in zip(counts, hidden, strict=True) if is_hidden]
    least = 0 if all(hidden) else 1
    others = least * (len(kept) - 1)
    return max(least, 0 if len(kept) > 1 else sum(kept)), sum(kept) - others


def test_no_hidden_number_can_be_found_by_subtraction():
    dice = random.Random(11)
    seen = 0
    for _ in range(3000):
        threshold = dice.choice([3, 5, 11])
        counts = [dice.choice([0, 0, 1, 2, 3, 5, 8, 14, 40]) for _ in range(dice.randint(2, 7))]
        hidden = hidden_cells(counts, threshold)
        assert all(hidden[at] for at, count in enumerate(counts) if 0 < count < threshold)
        if sum(counts) < threshold:
            assert not any(counts) or all(hidden), "of fewer answers than that nothing is shown"
            continue
        for at, is_hidden in enumerate(hidden):
            if is_hidden:
                seen += 1
                low, high = _range(counts, hidden, at)
                assert low <= min(1, counts[at]), (counts, hidden)
                assert high >= min(threshold, sum(counts)), (counts, hidden)
    assert seen > 3000


def test_wilsons_interval_is_that_of_published_examples():
    for count, total, low, high in (
        (81, 263, 0.2553, 0.3662),
        (15, 148, 0.0624, 0.1605),
        (0, 20, 0.0, 0.1611),
        (1, 29, 0.0061, 0.1718),
    ):
        assert wilson(count, total) == pytest.approx((low, high), abs=5e-5)
        mirrored = wilson(total - count, total)
        assert mirrored == pytest.approx((1 - wilson(count, total)[1], 1 - wilson(count, total)[0]))
    for wrong in ((-1, 5), (6, 5)):
        with pytest.raises(ValueError, match="between 0 and n"):
            wilson(*wrong)
    with pytest.raises(ValueError, match="No answers yet"):
        wilson(0, 0)


def _tables(total: int, cells: int) -> list[tuple[int, ...]]:
    """Every table of so many cells with this total."""
    if cells == 1:
        return [(total,)]
    return [(first, *rest) for first in range(total + 1) for rest in _tables(total - first, cells - 1)]


def test_every_table_that_fits_what_is_published_leaves_a_hidden_number_open():
    """Oracle by enumeration (METHODS 7.1): whoever knows the total, the shown counts and that no zero is hidden lists all tables
    that fit; a hidden number may lie anywhere from 1 to the threshold in them."""
    threshold, looked_at = 3, 0
    for total in range(threshold, 14):
        tables = _tables(total, 4)
        for table in tables:
            hidden = hidden_cells(table, threshold)
            if not any(hidden) or all(hidden):
                continue
            fitting = [
                other
                for other in tables
                if all(
                    (mine > 0) if no else (mine == count)
                    for mine, count, no in zip(other, table, hidden, strict=True)
                )
            ]
            for at, no in enumerate(hidden):
                if no:
                    looked_at += 1
                    assert {one[at] for one in fitting} >= set(range(1, threshold + 1)), (table, hidden)
    assert looked_at > 500
