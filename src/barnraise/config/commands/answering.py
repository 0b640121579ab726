"""How a subcommand answers: plain lines for people, one JSON document for programs, refusals on stderr."""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Mapping, Sequence
from typing import Any


class Refusal(Exception):
    """The command was understood and is refused or failed; nothing was changed. `mend` says what to do."""

    def __init__(self, sentence: str, *, mend: str = "", errors: Sequence[Mapping[str, str]] = ()) -> None:
        super().__init__(sentence)
        self.sentence = sentence
        self.mend = mend
        self.errors = list(errors)


def takes_json(parser: argparse.ArgumentParser) -> None:
    """Give this parser the option --json."""
    parser.add_argument("--json", action="store_true", help="answer as one JSON document")


def takes_data(parser: argparse.ArgumentParser) -> None:
    """Give this parser the option --data. It leaves nothing behind when not given, so that nested parsers may take it too."""
    parser.add_argument(
        "--data", metavar="DIR", default=argparse.SUPPRESS, help="the data folder; otherwise BARNRAISE_DATA"
    )


def answer(found: Mapping[str, Any], *, as_json: bool, lines: Sequence[str]) -> None:
    """Print `found` as JSON, or `lines` for people."""
    if as_json:
        print(json.dumps(found, ensure_ascii=False, indent=2, default=str))
    else:
        for line in lines:
            print(line)


def refuse(no: Refusal, *, as_json: bool) -> int:
    """Say why not: on stderr in words, with --json as {"error", "mend", "errors"} on stdout. Gives the exit code 1."""
    if as_json:
        print(
            json.dumps(
                {"error": no.sentence, "mend": no.mend, "errors": no.errors}, ensure_ascii=False, indent=2
            )
        )
        return 1
    print(no.sentence, file=sys.stderr)
    for error in no.errors:
        print(f"  {error['field']}: {error['reason']}", file=sys.stderr)
    if no.mend:
        print(no.mend, file=sys.stderr)
    return 1
