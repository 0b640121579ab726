"""`barnraise export NOUN --format csv|json -o FILE`: everything, or with --as what that account may read."""

from __future__ import annotations

import argparse
import csv
import json
import os
import sys
from collections.abc import Callable, Iterable, Sequence
from contextlib import suppress
from dataclasses import dataclass
from functools import partial
from importlib import import_module
from pathlib import Path
from typing import IO, Any

from .answering import Refusal, answer, takes_json
from .opening import account_of, open_house

SUMMARY = "Write everything of one kind into a file."
NOUNS = {
    "organisations": "barnraise.who.organisations.exporting",
    "people": "barnraise.who.people.exporting",
    "communities": "barnraise.who.communities.exporting",
    "services": "barnraise.who.organisations.service_exporting",
    "exchanges": "barnraise.who.organisations.exchange_exporting",
    "figures": "barnraise.who.communities.figure_exporting",
    "interactions": "barnraise.who.interactions.exporting",
    "next_steps": "barnraise.who.interactions.step_exporting",
}
"""Noun -> module with COLUMNS, number(), flat() and whole()."""
BY_READER = {"interactions", "next_steps"}
"""Nouns of which not everybody in the team reads everything: their functions take the account as `actor`."""


def add(parser: argparse.ArgumentParser) -> None:
    """What, as which format, and where to."""
    parser.add_argument("noun", choices=list(NOUNS))
    parser.add_argument("--format", choices=["csv", "json"], dest="shape", help="csv unless said")
    parser.add_argument("-o", "--output", metavar="FILE", help="the file to write; otherwise standard output")
    parser.add_argument(
        "--as", dest="account", metavar="EMAIL", help="only what this account may read; otherwise everything"
    )
    takes_json(parser)


def run(arguments: argparse.Namespace) -> int:
    """The whole file, or none: it gets its name when it is complete."""
    shape = arguments.shape or ("json" if arguments.json and arguments.output is None else "csv")
    open_house()
    source = _source(arguments.noun, arguments.account)
    write: Callable[[Source, IO[str]], int] = _csv if shape == "csv" else _json
    if arguments.output is None:
        if arguments.json and shape == "csv":
            print("CSV is no JSON: leave --json away, or give a file with -o.", file=sys.stderr)
            return 2
        write(source, sys.stdout)
        return 0
    target = Path(arguments.output)
    part = target.with_name(f"{target.name}.part")
    try:
        with part.open("w", encoding="utf-8", newline="") as out:
            many = write(source, out)
            out.flush()
            os.fsync(out.fileno())
        part.replace(target)
    except OSError as problem:
        raise Refusal(
            f"{target} cannot be written: {problem.strerror}.", mend="Choose another place with -o."
        ) from None
    finally:
        with suppress(OSError):
            part.unlink(missing_ok=True)
    found = {"noun": arguments.noun, "format": shape, "file": str(target), "rows": many}
    answer(
        found,
        as_json=arguments.json,
        lines=[f"{many} {arguments.noun.replace('_', ' ')} written to {target}."],
    )
    return 0


@dataclass(frozen=True)
class Source:
    """The rows of one noun, as whoever asks may read them."""

    columns: Sequence[str]
    number: Callable[[], int]
    flat: Callable[[], Iterable[Any]]
    whole: Callable[[], Iterable[Any]]


def _source(noun: str, email: str | None) -> Source:
    """Raises Refusal when there is no such account, or it reads nothing of the kind."""
    module = import_module(NOUNS[noun])
    seen: dict[str, Any] = {}
    if email:
        from barnraise.foundation.policy import team

        account = account_of(email)
        if not team(account):
            raise Refusal(f"{account.email} may not read {noun}.", mend="Only the team reads them.")
        seen = {"actor": account} if noun in BY_READER else {}
    return Source(
        module.COLUMNS,
        partial(module.number, **seen),
        partial(module.flat, **seen),
        partial(module.whole, **seen),
    )


def _shown(rows: Iterable[Any], source: Source, out: IO[str]) -> Iterable[Any]:
    """The rows, with a bar on a terminal, unless they are written to one."""
    from tqdm import tqdm

    if out.isatty() or not sys.stderr.isatty():
        return rows
    return tqdm(rows, total=source.number(), unit="row", leave=False)


def _csv(source: Source, out: IO[str]) -> int:
    sheet = csv.writer(out, lineterminator="\r\n")
    sheet.writerow(source.columns)
    many = 0
    for row in _shown(source.flat(), source, out):
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


def _json(source: Source, out: IO[str]) -> int:
    """A list, one record on each line."""
    many = 0
    out.write("[")
    for row in _shown(source.whole(), source, out):
        out.write(",\n" if many else "\n")
        out.write(json.dumps(row, ensure_ascii=False, default=str))
        many += 1
    out.write("\n]\n" if many else "]\n")
    return many
