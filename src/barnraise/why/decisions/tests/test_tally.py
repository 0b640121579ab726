"""Votes are counted as the nominal group technique counts them, and a ballot that says two things is refused."""

from __future__ import annotations

import itertools
import random

from barnraise.why.decisions.tally import faults, tally

A, B, C = 1, 2, 3


def told(lines):
    return [(line.proposal, line.points, line.voters, line.rank) for line in lines]


def test_ranks_earn_points_as_in_the_guide():
    ballots = ((A, B, C), (B, A, C), (A, C, B))
    votes = [(one, rank) for ballot in ballots for rank, one in enumerate(ballot, start=1)]
    assert told(tally([A, B, C], votes, "rank", 3)) == [(A, 8, 3, 1), (B, 6, 3, 2), (C, 4, 3, 3)]
    assert told(tally([A, B, C], [(A, 1), (C, 1), (C, 1)], "approval", 3)) == [
        (C, 2, 2, 1),
        (A, 1, 1, 2),
        (B, 0, 0, 3),
    ]
    assert [line.rank for line in tally([A, B, C], [(B, 1), (A, 1)], "one", 3)] == [1, 1, 3], (
        "ties share a rank"
    )


def test_whole_ballots_earn_k_times_k_plus_one_halves():
    dice = random.Random(2)
    for most in (2, 3, 5):
        offered = list(range(1, most + 3))
        ballots = [dice.sample(offered, most) for _ in range(40)]
        votes = [(one, rank) for ballot in ballots for rank, one in enumerate(ballot, start=1)]
        lines = tally(offered, votes, "rank", most)
        assert sum(line.points for line in lines) == 40 * most * (most + 1) / 2
        dice.shuffle(votes)
        assert tally(offered, votes, "rank", most) == lines


def test_ballots_that_cannot_be():
    assert faults({}, [A, B], "approval", 3) == ["Choose one proposal at least."]
    assert faults({A: 1, B: 1}, [A, B], "one", 3) == ["Choose one proposal only."]
    assert faults({9: 1}, [A, B], "approval", 3) == ["One of the proposals is not up for the vote."]
    assert faults({A: 1, B: 1}, [A, B], "rank", 3) == ["Two proposals have the same rank."]
    assert faults({A: 0}, [A, B], "rank", 3) == ["Ranks run from 1 to 3."]
    assert faults({A: 1, B: 3}, [A, B], "rank", 3) == ["Begin with rank 1 and leave none out."]
    for ranks in itertools.permutations((1, 2, 3)):
        assert faults(dict(zip((A, B, C), ranks, strict=True)), [A, B, C], "rank", 3) == []
