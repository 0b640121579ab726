"""`barnraise restore FILE`: put a backup in place, all of it or nothing."""

from __future__ import annotations

import argparse
from pathlib import Path

from .answering import Refusal, answer, takes_json
from .opening import load_django

SUMMARY = "Put a backup in place, all of it or nothing; Barnraise must be stopped."


def add(parser: argparse.ArgumentParser) -> None:
    """From where, and whether it may replace what is there."""
    parser.add_argument("file", type=Path, metavar="FILE", help="a file written by `barnraise backup`")
    parser.add_argument("--replace", action="store_true", help="replace the rows and files that are there")
    takes_json(parser)


def run(arguments: argparse.Namespace) -> int:
    """Check everything first, then put it in place."""
    load_django()
    from ..backups import BackupError
    from ..backups.restoring import restore_backup

    try:
        manifest = restore_backup(arguments.file.expanduser().absolute(), replace=arguments.replace)
    except BackupError as no:
        raise Refusal(no.sentence, mend=no.mend) from None
    answer(
        {"restored": str(arguments.file), **manifest.summary()},
        as_json=arguments.json,
        lines=[f"Restored the state of {manifest.created_at}.", "Start it with `barnraise up`."],
    )
    return 0
