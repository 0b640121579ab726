"""`barnraise doctor`: look at everything that can be wrong, and say the mend of each finding."""

from __future__ import annotations

import argparse

from .answering import Refusal, answer, takes_json
from .opening import load_django

SUMMARY = "Look at settings, database, permissions, mail, disk and jobs; each finding comes with its mend."


def add(parser: argparse.ArgumentParser) -> None:
    """Only --json."""
    takes_json(parser)


def run(arguments: argparse.Namespace) -> int:
    """0 when nothing is wrong (notices and warnings may be there), 1 when an error was found."""
    from ..doctor.finding import Finding, Severity

    try:
        load_django()
    except Refusal as no:
        errors = no.errors or [{"field": "", "reason": no.sentence}]
        found = [
            Finding("settings.wrong", Severity.ERROR, ": ".join(filter(None, error.values())), no.mend)
            for error in errors
        ]
    else:
        from ..doctor.examining import examine

        found = examine()
    is_well = not any(finding.severity is Severity.ERROR for finding in found)
    lines = [line for finding in found for line in finding.lines()] or ["Everything is well."]
    answer(
        {"ok": is_well, "findings": [finding.shown() for finding in found]},
        as_json=arguments.json,
        lines=lines,
    )
    return 0 if is_well else 1
