"""`barnraise backup FILE`: everything in one file, while Barnraise runs."""

from __future__ import annotations

import argparse
from pathlib import Path

from .answering import Refusal, answer, takes_json
from .opening import open_house

SUMMARY = "Write everything into one file; Barnraise may go on running."


def add(parser: argparse.ArgumentParser) -> None:
    """Where to."""
    parser.add_argument("file", type=Path, metavar="FILE", help="a new file, for example barnraise.zip")
    takes_json(parser)


def run(arguments: argparse.Namespace) -> int:
    """Write it and say what is in it."""
    open_house()
    from ..backups import BackupError
    from ..backups.writing import write_backup

    try:
        manifest = write_backup(arguments.file.expanduser().absolute())
    except BackupError as no:
        raise Refusal(no.sentence, mend=no.mend) from None
    size = arguments.file.expanduser().stat().st_size
    answer(
        {"backup": str(arguments.file), "bytes": size, **manifest.summary()},
        as_json=arguments.json,
        lines=[
            f"{arguments.file}: {size / 1e6:.1f} MB, database and {manifest.files} files, {manifest.created_at}."
        ],
    )
    return 0
