"""`barnraise recount`: read all rows behind all numbers that count by themselves, and tell where a number was not what they say."""

from __future__ import annotations

import argparse

from .answering import answer, takes_json
from .opening import open_house

SUMMARY = "Count every number that counts by itself from all its rows, and put right what differs."


def add(parser: argparse.ArgumentParser) -> None:
    """Only --json."""
    takes_json(parser)


def run(arguments: argparse.Namespace) -> int:
    """0 when every number was what its rows say, 1 when one differed; then it is right now."""
    open_house()
    from barnraise.sowhat.indicators.services import count_whole

    many, differed = count_whole()
    lines = [f"{one.observation}: {one.before} before, {one.after} by its rows" for one in differed]
    found = [
        {
            "observation": one.observation.uuid,
            "indicator": one.observation.indicator.name,
            "begins_on": one.observation.begins_on,
            "before": one.before,
            "after": one.after,
        }
        for one in differed
    ]
    lines.append(f"{many} numbers counted, {len(differed)} of them differed.")
    answer({"counted": many, "differed": found}, as_json=arguments.json, lines=lines)
    return 1 if differed else 0
