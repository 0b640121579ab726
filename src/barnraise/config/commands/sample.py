"""`barnraise sample add|remove`: the fictional town."""

from __future__ import annotations

import argparse

from .answering import answer, takes_json
from .opening import open_house

SUMMARY = "Put the fictional sample town in, or take it out again."


def add(parser: argparse.ArgumentParser) -> None:
    """`add` or `remove`."""
    parser.add_argument("what", choices=["add", "remove"])
    takes_json(parser)


def run(arguments: argparse.Namespace) -> int:
    """All or nothing."""
    open_house()
    from ..sample_town import change_whole_town

    counts = change_whole_town(arguments.what)
    verb = "added" if arguments.what == "add" else "removed"
    lines = [f"{number} {noun} {verb}" for noun, number in counts.items() if number]
    answer({verb: counts}, as_json=arguments.json, lines=lines or [f"Nothing to be {verb}."])
    return 0
