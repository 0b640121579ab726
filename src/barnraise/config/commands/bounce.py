"""`barnraise bounce`: take in a mail that came back, from standard input (a pipe of the mail server) or from files."""

from __future__ import annotations

import argparse
import sys
from pathlib import Path
from typing import Any

from .answering import Refusal, answer, takes_json
from .opening import open_house

SUMMARY = "Take in mails that came back: reports of non-delivery, complaints."
MOST = 50 * 1024 * 1024


def add(parser: argparse.ArgumentParser) -> None:
    """Files, or nothing for standard input."""
    parser.add_argument(
        "files", nargs="*", metavar="FILE", help="mails as files; without any, one mail on standard input"
    )
    takes_json(parser)


def run(arguments: argparse.Namespace) -> int:
    """Take in each; what nobody understands is kept and counted, and nothing follows from it."""
    contents = [_read(name) for name in arguments.files] or [("", sys.stdin.buffer.read(MOST))]
    if any(not content.strip() for _name, content in contents):
        raise Refusal("There is nothing in it.", mend="Give a mail on standard input, or name a file.")
    open_house()
    from barnraise.plumbing.journal.services import arriving_by
    from barnraise.plumbing.mail.models import Notice
    from barnraise.plumbing.mail.services import take_returns

    with arriving_by("command"):
        rows = [row for _name, content in contents for row in take_returns(content, way=Notice.Way.COMMAND)]
    answer(
        {"notices": [_found(row) for row in rows]}, as_json=arguments.json, lines=[_line(row) for row in rows]
    )
    return 0


def _read(name: str) -> tuple[str, bytes]:
    try:
        return name, Path(name).read_bytes()[:MOST]
    except OSError as problem:
        raise Refusal(f"{name} cannot be opened: {problem.strerror}.") from None


def _found(row: Any) -> dict[str, Any]:
    return {
        "kind": row.kind,
        "address": row.address,
        "status": row.status,
        "mail": row.message.uuid if row.message else None,
        "is_address_bad": row.is_address_bad,
    }


def _line(row: Any) -> str:
    about = f"about the mail {row.message.uuid}" if row.message else "about no mail of ours: nothing follows"
    return f"{row.kind} {row.address} {row.status}".strip() + f", {about}"
