"""`barnraise imports list|show|undo`."""

from __future__ import annotations

import argparse
from typing import Any

from .answering import Refusal, answer, takes_data, takes_json
from .opening import account_of, open_house

SUMMARY = "List imports, show one, or take one back."


def add(parser: argparse.ArgumentParser) -> None:
    """`list`, `show ID`, `undo ID`."""
    parts = parser.add_subparsers(dest="what", metavar="WHAT", required=True)
    listed = parts.add_parser("list", help="the newest imports")
    listed.add_argument("--limit", type=int, default=50, help="at most that many (50)")
    takes_data(listed)
    takes_json(listed)
    for name, words in (("show", "what came of one"), ("undo", "take back what one did")):
        part = parts.add_parser(name, help=words)
        part.add_argument("id", metavar="ID", help="its number or uuid")
        takes_data(part)
        takes_json(part)
        if name == "undo":
            part.add_argument("--as", dest="account", metavar="EMAIL", help="on whose behalf")


def run(arguments: argparse.Namespace) -> int:
    """One of the three."""
    open_house()
    return {"list": _list, "show": _show, "undo": _undo}[arguments.what](arguments)


def _list(arguments: argparse.Namespace) -> int:
    from barnraise.plumbing.imports import selectors

    found = [_brief(batch) for batch in selectors.imports()[: max(1, arguments.limit)]]
    lines = [f"{one['import']}  {one['state']:<9}  {one['rows']:>9} rows  {one['files']}" for one in found]
    answer({"imports": found}, as_json=arguments.json, lines=lines or ["No imports yet."])
    return 0


def _brief(batch: Any) -> dict[str, Any]:
    from barnraise.plumbing.imports import selectors

    return {
        "import": batch.pk,
        "uuid": str(batch.uuid),
        "state": batch.state,
        "kind": batch.format or batch.noun,
        "files": selectors.titles_of(batch),
        "by": str(batch.by) if batch.by else None,
        "created_at": batch.created_at.isoformat(),
        "finished_at": batch.finished_at.isoformat() if batch.finished_at else None,
        **selectors.counts(batch),
    }


def _one(name: str) -> Any:
    from barnraise.plumbing.imports import selectors
    from barnraise.plumbing.imports.models import Import

    try:
        return selectors.by_name(name)
    except Import.DoesNotExist:
        raise Refusal(f"There is no import {name}.", mend="`barnraise imports list` shows them.") from None


def _show(arguments: argparse.Namespace) -> int:
    from barnraise.plumbing.imports import selectors

    batch = _one(arguments.id)
    found = {
        **_brief(batch),
        "refused": list(selectors.refusals(batch)),
        "findings": selectors.finding_counts(batch),
    }
    if batch.change_set is not None:
        found["undo_until"] = batch.change_set.undo_until.isoformat()
    lines = [f"{name}: {value}" for name, value in found.items() if name != "refused"]
    lines += [f"row {one['row']}: {one['column']}: {one['reason']}" for one in found["refused"]]
    answer(found, as_json=arguments.json, lines=lines)
    return 0


def _is_being_undone(batch: Any) -> bool:
    """Whether a job has the undo in hand already: stopped earlier, or started on a page."""
    from barnraise.foundation.refs import Ref
    from barnraise.plumbing.jobs.selectors import jobs_on

    held = batch.change_set
    if held is None or held.state != held.State.UNDOING:
        return False
    job = jobs_on(Ref.to(held)).first()
    return job is not None and not job.is_over


def _undo(arguments: argparse.Namespace) -> int:
    from barnraise.foundation.policy import Refused
    from barnraise.plumbing.imports import selectors, services
    from barnraise.plumbing.journal.services import arriving_by

    from .watching import watch_undo

    batch = _one(arguments.id)
    by = account_of(arguments.account)
    try:
        with arriving_by("command"):
            if not _is_being_undone(batch):
                services.undo(batch=batch, by=by)
            watch_undo(batch.change_set)
    except Refused as no:
        raise Refusal(no.reason) from None
    except KeyboardInterrupt:
        raise Refusal(
            "The undo was stopped before its end.", mend="Call it again to go on; a worker goes on by itself."
        ) from None
    batch.refresh_from_db()
    if batch.change_set.state != batch.change_set.State.UNDONE:
        raise Refusal("The undo has not finished.", mend="Call it again to go on.")
    kept = selectors.kept_by_undo(batch)
    found = {"import": batch.pk, "state": batch.state, "undone": selectors.undone_count(batch), "kept": kept}
    lines = [f"Import {batch.pk} is undone: {found['undone']} records taken back, {len(kept)} kept."]
    lines += [f"kept: {one['title']} ({one['reason']})" for one in kept]
    answer(found, as_json=arguments.json, lines=lines)
    return 0
