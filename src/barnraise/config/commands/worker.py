"""`barnraise worker`: do background work until stopped."""

from __future__ import annotations

import argparse
import sys

from .answering import Refusal
from .opening import load_django

SUMMARY = "Do background work only: any number of processes on PostgreSQL, one on SQLite."


def add(parser: argparse.ArgumentParser) -> None:
    """No options of its own."""


def run(arguments: argparse.Namespace) -> int:
    """Work until SIGTERM or SIGINT."""
    load_django()
    from django.conf import settings

    from ..database_state import NotReady
    from ..locks import Busy
    from ..prepare import prepare
    from ..working import run_worker

    def say(line: str) -> None:
        print(line, file=sys.stderr, flush=True)

    try:
        prepare(static=False, say=say)
        say("The worker is at work. Stop with Ctrl-C.")
        run_worker()
    except NotReady as no:
        raise Refusal(no.sentence, mend=no.mend) from None
    except Busy:
        raise Refusal(
            f"Another worker, or a restore, is at work on {settings.DATA}; on SQLite there can be one.",
            mend="`barnraise up` brings its own worker. For more of them use PostgreSQL (DATABASE_URL).",
        ) from None
    return 0
