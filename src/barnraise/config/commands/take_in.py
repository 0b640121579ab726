"""`barnraise import FILE…`: take files in, or with --dry-run say what would happen."""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path
from typing import Any

from .answering import Refusal, answer, takes_json
from .opening import account_of, open_house

SUMMARY = "Take in a register or a spreadsheet; what was taken in can be undone for 30 days."
BY_MAPPING = "organisations"
SHOWN = 20


def add(parser: argparse.ArgumentParser) -> None:
    """Files and how to read them."""
    parser.add_argument(
        "files", nargs="+", metavar="FILE", help="CSV, TSV, XLSX, XLS, JSON, or a zip of text tables"
    )
    parser.add_argument(
        "--kind",
        metavar="NAME",
        help="a known format (irs_bmf, ccew, hsds, county_health, places), or what the rows are (organisations, people, "
        "figures) to map columns; otherwise recognised",
    )
    parser.add_argument(
        "--map", metavar="FILE", help="a mapping of columns as JSON; otherwise suggested from the header"
    )
    parser.add_argument(
        "--encoding", help="how letters are written, where that is not certain: utf-8, cp1252, …"
    )
    parser.add_argument("--sheet", help="the sheet or table to read; otherwise the first")
    parser.add_argument("--header-row", type=int, metavar="N", help="the row with the headings, 0 for none")
    parser.add_argument(
        "--date-order", choices=["ymd", "dmy", "mdy"], help="how dates are written, where that is not certain"
    )
    parser.add_argument(
        "--answer",
        action="append",
        default=[],
        metavar="NAME=VALUE",
        help="what the file does not say and its format asks, such as release=2025; may be given several times",
    )
    parser.add_argument(
        "--new-series", action="store_true", help="this is no later edition of anything taken in before"
    )
    parser.add_argument("--dry-run", action="store_true", help="write nothing; say what would happen")
    parser.add_argument(
        "--as", dest="account", metavar="EMAIL", help="on whose behalf; otherwise the house itself"
    )
    takes_json(parser)


def run(arguments: argparse.Namespace) -> int:
    """All of it, or a refusal that leaves nothing."""
    open_house()
    from barnraise.foundation.policy import Refused
    from barnraise.plumbing.imports.services import Unreadable
    from barnraise.plumbing.journal.services import arriving_by

    by = account_of(arguments.account)
    try:
        with arriving_by("command"):
            batch = _given(arguments, by)
            _worked(batch, arguments, by)
            rest = _rest_worked(batch)
    except Unreadable as no:
        raise Refusal(no.what, mend=no.mend) from None
    except Refused as no:
        raise Refusal(no.reason or "It was refused.") from None
    found = _found(batch)
    lines = _lines(found, arguments.dry_run)
    if rest is not None:
        found["then"] = _found(rest)
        lines += ["Then the rest of the same files:", *_lines(found["then"], False)]
    answer(found, as_json=arguments.json, lines=lines)
    return 0


def _given(arguments: argparse.Namespace, by: Any) -> Any:
    """An import of these files that is ready to be checked or run."""
    from barnraise.plumbing.imports import services

    with ExitStack() as stack:
        files = []
        for name in arguments.files:
            try:
                files.append(stack.enter_context(Path(name).open("rb")))
            except OSError as problem:
                raise Refusal(
                    f"{name} cannot be opened: {problem.strerror}.",
                    mend="Check its name and who may read it.",
                ) from None
        mapping = _mapping(arguments.map)
        batch = services.give(files=files, by=by)
    choices = {
        "encoding": arguments.encoding,
        "sheet": arguments.sheet,
        "header_row": arguments.header_row,
        "answers": _answers(arguments.answer) or None,
    }
    if any(value is not None for value in choices.values()):
        for position in range(len(arguments.files)):
            batch = services.choose(batch=batch, position=position, choices=choices, by=by)
    batch = _of_kind(batch, arguments, mapping, by)
    if arguments.new_series:
        batch = services.set_series(batch=batch, series=None, is_new=True, by=by)
    return batch


def _answers(given: list[str]) -> dict[str, str]:
    found = {}
    for one in given:
        name, sign, value = one.partition("=")
        if not sign or not name.strip():
            raise Refusal(f"{one} is no answer.", mend="Write --answer NAME=VALUE, such as release=2025.")
        found[name.strip()] = value.strip()
    return found


def _mapping(name: str | None) -> Any:
    if name is None:
        return None
    try:
        found = json.loads(Path(name).read_text(encoding="utf-8"))
    except OSError as problem:
        raise Refusal(f"{name} cannot be opened: {problem.strerror}.") from None
    except ValueError as problem:
        raise Refusal(
            f"{name} is not JSON: {problem}.", mend="See docs/operate/commands.md for its shape."
        ) from None
    if not isinstance(found, dict):
        raise Refusal(f"{name} is not a mapping.", mend="See docs/operate/commands.md for its shape.")
    columns = found.get("columns", found if "version" not in found else {})
    if not isinstance(columns, dict):
        raise Refusal(f"{name} is not a mapping.", mend="See docs/operate/commands.md for its shape.")
    rules = {c: {"field": rule} if isinstance(rule, str) else rule for c, rule in columns.items()}
    return {
        "version": 1,
        "columns": rules,
        "constants": found.get("constants", {}) if "columns" in found else {},
    }


def _of_kind(batch: Any, arguments: argparse.Namespace, mapping: Any, by: Any) -> Any:
    from barnraise.plumbing.imports import services
    from barnraise.plumbing.imports.mapping import MappingRefused
    from barnraise.plumbing.imports.sockets import formats, nouns

    kind = arguments.kind
    if kind and kind not in formats and kind not in nouns:
        known = ", ".join(
            [*(name for name, _plug in formats.items()), *(name for name, _plug in nouns.items())]
        )
        raise Refusal(f"There is no kind named {kind}.", mend=f"Known are: {known}.")
    if kind in formats:
        return services.set_format(batch=batch, format_name=kind, by=by)
    if mapping is None and kind is None and batch.format:
        return batch
    noun = kind or batch.noun
    mapping = mapping or _suggested(batch, noun, arguments.date_order)
    try:
        return services.set_mapping(batch=batch, mapping=mapping, noun=noun, by=by)
    except MappingRefused as no:
        errors = [{"field": "map", "reason": text % details} for text, details in no.problems]
        raise Refusal(
            "The columns cannot be mapped so.", mend="Give a mapping with --map.", errors=errors
        ) from None


def _suggested(batch: Any, noun: str, order: str | None) -> Any:
    """What the last file with this header was mapped to, else what the header says."""
    from barnraise.plumbing.imports.columns import proposed_mapping
    from barnraise.plumbing.imports.reading import mapped_tables, sources
    from barnraise.plumbing.imports.sockets import nouns

    found = proposed_mapping(batch, [table for _label, _s, table in mapped_tables(sources(batch))], noun)
    dates = {field.name for field in nouns.get(noun).fields if field.kind == "date"}
    for rules in found.get("columns", {}).values():
        if order and rules.get("field") in dates:
            rules["order"] = order
    return found


def _worked(batch: Any, arguments: argparse.Namespace, by: Any) -> None:
    """Work on it here until it is over."""
    from barnraise.plumbing.imports import services

    from .watching import watch

    if arguments.dry_run:
        job = services.start_check(batch=batch, by=by)
        with _stopped_by_ctrl_c(batch, by, "Stopped. A dry run writes nothing."):
            watch(job)
        batch.refresh_from_db()
        if batch.state != batch.State.CHECKED:
            job.refresh_from_db()
            raise Refusal(job.error or "The dry run was cancelled.")
        return
    with _stopped_by_ctrl_c(batch, by, "The import was stopped."):
        job = services.start_run(batch=batch, by=by, via="command") or _turn(batch)
        watch(job)
    batch.refresh_from_db()
    if batch.state == batch.State.DONE:
        return
    if batch.state == batch.State.RUNNING:
        services.cancel(batch=batch, by=by)
    _wait_until_taken_back(batch)
    raise Refusal(job.error or "The import was cancelled.", mend="Nothing of it was kept.")


def _rest_worked(batch: Any) -> Any:
    """The import that takes in the rest of the same files, when one began, worked on until it is over; else None."""
    from barnraise.plumbing.imports import selectors

    from .watching import watch

    rest = batch.followed_by.order_by("-pk").first() if batch.state == batch.State.DONE else None
    if rest is None:
        return None
    job = selectors.job_of(rest) or (_turn(rest) if rest.state == rest.State.QUEUED else None)
    if job is not None:
        with _stopped_by_ctrl_c(rest, rest.by, "The import of the rest of the files was stopped."):
            watch(job)
    return rest


@contextmanager
def _stopped_by_ctrl_c(batch: Any, by: Any, sentence: str) -> Iterator[None]:
    """Ctrl-C takes back what was written. Refusal when it was in time; nothing when the import was over already."""
    from barnraise.plumbing.imports import services
    from barnraise.plumbing.jobs.services import stop_working

    try:
        yield
    except KeyboardInterrupt:
        print("Stopping; what was written is taken back.", file=sys.stderr)
        # On SQLite a step follows the other so soon that cancelling would not come between them.
        stop_working()
        try:
            services.cancel(batch=batch, by=by)
        finally:
            _until_let_go()
            stop_working(False)
        if batch.state == batch.State.DONE:
            return
        _wait_until_taken_back(batch)
        raise Refusal(sentence, mend="Nothing of it was kept.") from None


def _until_let_go() -> None:
    """Wait for the threads of this process that work on jobs: they stop after the step they are in."""
    import threading

    for thread in threading.enumerate():
        if thread.name.startswith("job-"):
            thread.join()


def _turn(batch: Any) -> Any:
    """The import's job once those before it are over. One whose worker was lost is worked on here."""
    import time

    from barnraise.plumbing.imports import selectors, services
    from barnraise.plumbing.jobs.services import work

    print("Another import is running; this one begins when it is over.", file=sys.stderr)
    while True:
        ahead = selectors.job_running(batch.noun)
        if ahead is None or work(ahead.pk) == "taken":
            time.sleep(0.5)
        services.begin_waiting(noun=batch.noun)
        batch.refresh_from_db()
        if batch.state != batch.State.QUEUED:
            job = selectors.job_of(batch)
            if job is None:
                raise Refusal("The import was cancelled.")
            return job


def _wait_until_taken_back(batch: Any) -> None:
    from .watching import watch_undo

    batch.refresh_from_db()
    if batch.change_set is not None:
        watch_undo(batch.change_set)


def _found(batch: Any) -> dict[str, Any]:
    """The answer to --json."""
    from barnraise.plumbing.imports import selectors

    batch.refresh_from_db()
    counted = selectors.counts(batch)
    return {
        "import": batch.pk,
        "kind": batch.format or batch.noun,
        "rows": counted["rows"],
        "created": counted["created"],
        "updated": counted["updated"],
        "unchanged": counted["unchanged"],
        "refused": list(selectors.refusals(batch)),
        "proposed_matches": counted["proposed_matches"],
        "gone": counted["gone"],
        **({"absent": counted["absent"]} if "absent" in counted else {}),
    }


def _lines(found: dict[str, Any], is_dry: bool) -> list[str]:
    verb = "would be" if is_dry else "were"
    lines = [f"Import {found['import']} ({found['kind']}): {found['rows']} rows."]
    for noun, many in found["created"].items():
        lines.append(
            f"{many} {noun} {verb} added, {found['updated'][noun]} changed, {found['unchanged']} are as before."
            if noun in found["updated"]
            else f"{many} {noun} {verb} added along with them."
        )
    lines.append(f"{found['gone']} are no longer listed, {found['proposed_matches']} may be there already.")
    if found.get("absent"):
        lines.append(f"{found['absent']} rows are about something that is not here, and were passed over.")
    refused = found["refused"]
    lines += [f"Row {one['row']}: {one['column']}: {one['reason']}" for one in refused[:SHOWN]]
    if len(refused) > SHOWN:
        lines.append(f"… and {len(refused) - SHOWN} more rows refused; --json lists all.")
    return lines
