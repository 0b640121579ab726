"""`barnraise export NOUN --format csv|json -o FILE`."""

from __future__ import annotations

import argparse
import csv
import json
import os
import sys
from collections.abc import Callable, Iterator
from importlib import import_module
from pathlib import Path
from typing import IO, Any

from .answering import Refusal, answer, takes_json
from .opening import open_house

SUMMARY = "Write everything of one kind into a file."
NOUNS = {
    "organisations": "barnraise.who.organisations.exporting",
    "people": "barnraise.who.people.exporting",
    "communities": "barnraise.who.communities.exporting",
    "exchanges": "barnraise.who.organisations.exchange_exporting",
    "figures": "barnraise.who.communities.figure_exporting",
}
"""Noun -> module with COLUMNS, flat() and whole()."""


def add(parser: argparse.ArgumentParser) -> None:
    """What, as which format, and where to."""
    parser.add_argument("noun", choices=list(NOUNS))
    parser.add_argument("--format", choices=["csv", "json"], default="csv", dest="shape")
    parser.add_argument("-o", "--output", metavar="FILE", help="the file to write; otherwise standard output")
    takes_json(parser)


def run(arguments: argparse.Namespace) -> int:
    """The whole file, or none: it gets its name when it is complete."""
    open_house()
    module = import_module(NOUNS[arguments.noun])
    write: Callable[[Any, IO[str]], int] = _csv if arguments.shape == "csv" else _json
    if arguments.output is None:
        write(module, sys.stdout)
        return 0
    target = Path(arguments.output)
    part = target.with_name(f"{target.name}.part")
    try:
        with part.open("w", encoding="utf-8", newline="") as out:
            many = write(module, out)
            out.flush()
            os.fsync(out.fileno())
        part.replace(target)
    except OSError as problem:
        part.unlink(missing_ok=True)
        raise Refusal(
            f"{target} cannot be written: {problem.strerror}.", mend="Choose another place with -o."
        ) from None
    found = {"noun": arguments.noun, "format": arguments.shape, "file": str(target), "rows": many}
    answer(found, as_json=arguments.json, lines=[f"{many} {arguments.noun} written to {target}."])
    return 0


def _csv(module: Any, out: IO[str]) -> int:
    sheet = csv.writer(out, lineterminator="\r\n")
    sheet.writerow(module.COLUMNS)
    many = 0
    for row in module.flat():
        sheet.writerow([_harmless(cell) for cell in row])
        many += 1
    return many


def _harmless(cell: Any) -> Any:
    """A text that a spreadsheet program would run as a formula gets an apostrophe, as such programs show text."""
    if (isinstance(cell, str) and cell[:1] in "=@\t\r") or (
        isinstance(cell, str) and cell[:1] in "+-" and not cell[1:2].isdigit()
    ):
        return f"'{cell}" if cell else cell
    return cell


def _json(module: Any, out: IO[str]) -> int:
    """A list, one record on each line."""
    rows: Iterator[Any] = module.whole()
    many = 0
    out.write("[")
    for row in rows:
        out.write(",\n" if many else "\n")
        out.write(json.dumps(row, ensure_ascii=False, default=str))
        many += 1
    out.write("\n]\n" if many else "]\n")
    return many
