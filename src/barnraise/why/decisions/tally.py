"""Counting votes. Pure.

Ranked votes by the nominal group technique: each voter ranks k proposals, which earn k, k - 1, … 1 points; the points are added up
(NACCHO, Guide to Prioritization Techniques).
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from django.utils.translation import gettext as _

MOST = 10
"""More are not ranked by one voter."""


@dataclass(frozen=True, slots=True)
class Line:
    """A proposal's result: its points, how many voters named it, and its rank (ties share one)."""

    proposal: int
    points: int
    voters: int
    rank: int


def points_of(rank: int, most: int) -> int:
    """What a rank earns: `most` for the first, 1 for the last."""
    return max(most + 1 - rank, 0)


def tally(proposals: Sequence[int], votes: Iterable[tuple[int, int]], method: str, most: int) -> list[Line]:
    """The lines of all proposals, the first first. `votes` are (proposal, rank); each counts one point unless ranked."""
    return tally_counted(proposals, ((one, rank, 1) for one, rank in votes), method, most)


def tally_counted(
    proposals: Sequence[int], votes: Iterable[tuple[int, int, int]], method: str, most: int
) -> list[Line]:
    """The same of votes that are counted already: (proposal, rank, how many gave it)."""
    points = dict.fromkeys(proposals, 0)
    voters = dict.fromkeys(proposals, 0)
    for proposal, rank, many in votes:
        if proposal in points:
            points[proposal] += many * (points_of(rank, most) if method == "rank" else 1)
            voters[proposal] += many
    ordered = sorted(proposals, key=lambda one: (-points[one], one))
    return [
        Line(one, points[one], voters[one], 1 + sum(other > points[one] for other in points.values()))
        for one in ordered
    ]


def faults(ranks: Mapping[int, int], offered: Iterable[int], method: str, most: int) -> list[str]:
    """What is wrong with the votes of one voice: `ranks` maps the chosen proposals to 1 or to their rank."""
    if set(ranks) - set(offered):
        return [_("One of the proposals is not up for the vote.")]
    if not ranks:
        return [_("Choose one proposal at least.")]
    if method == "one" and len(ranks) > 1:
        return [_("Choose one proposal only.")]
    if method == "rank":
        given = sorted(ranks.values())
        if len(set(given)) < len(given):
            return [_("Two proposals have the same rank.")]
        if given[0] < 1 or given[-1] > most:
            return [_("Ranks run from 1 to %(most)d.") % {"most": most}]
        if given != list(range(1, len(given) + 1)):
            return [_("Begin with rank 1 and leave none out.")]
    return []
