"""`barnraise postcodes FILE`: load a table of postcodes, so that addresses without coordinates come onto the map."""

from __future__ import annotations

import argparse
from pathlib import Path
from typing import Any

from .answering import Refusal, answer, takes_json
from .opening import open_house

SUMMARY = "Load a table of postcodes and place the records that have one and no coordinates."


def add(parser: argparse.ArgumentParser) -> None:
    """The file and its country."""
    parser.add_argument(
        "file",
        metavar="FILE",
        help="a table with postcode, latitude and longitude (CSV, TSV, a zip of them, XLSX), or a file of GeoNames",
    )
    parser.add_argument(
        "--country", metavar="CC", default="", help="two letters, when the file does not name it"
    )
    takes_json(parser)


def run(arguments: argparse.Namespace) -> int:
    """Load all of it, then place what it places."""
    open_house()
    job = _started(Path(arguments.file), arguments.country)
    from .watching import watch

    job = watch(job)
    if job.state != job.State.DONE:
        raise Refusal(job.error or "It was stopped before its end.", mend="Give the file again.")
    result = job.result
    placed = [f"{count} {name} placed by their postcode" for name, count in result["placed"].items()]
    left = [f"{result['left_out']} rows left out: they have no place on earth"] if result["left_out"] else []
    answer(result, as_json=arguments.json, lines=[f"{result['loaded']} postcodes loaded", *left, *placed])
    return 0


def _started(path: Path, country: str) -> Any:
    from barnraise.foundation.policy import Refused
    from barnraise.plumbing.files.services import FileRefused
    from barnraise.plumbing.imports.services import Unreadable
    from barnraise.plumbing.journal.services import arriving_by
    from barnraise.who.communities.services import start_postcodes

    try:
        with path.open("rb") as upload, arriving_by("command"):
            return start_postcodes(upload=upload, country=country, by=None)
    except OSError as problem:
        raise Refusal(
            f"{path} cannot be opened: {problem.strerror}.", mend="Check its name and who may read it."
        ) from None
    except Unreadable as no:
        raise Refusal(no.what, mend=no.mend) from None
    except (FileRefused, Refused) as no:
        raise Refusal(no.reason, mend="See docs/operate/postcodes.md for tables that are read.") from None
