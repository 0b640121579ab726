"""Propose and moderate; say who proposed it; take many proposals in, and take them back."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from barnraise.foundation.refs import Ref
from barnraise.foundation.text import fold, squeeze
from barnraise.plumbing.journal.models import Change
from barnraise.plumbing.journal.services import amend, bring_back, is_as_it_came, record, reset_row
from barnraise.plumbing.search import services as search

from ..models import Comment, Decision, Proposal
from ..models.proposal import State
from ..selectors import KIND, PROPOSAL

Stage = Decision.Stage


def first_state(decision: Decision, by: Any) -> str:
    """What the team writes is shown at once; what others write waits where the decision is moderated."""
    return State.WAITING if by is None and decision.is_moderated else State.SHOWN


def propose(
    decision: Decision,
    *,
    title: str,
    text: str = "",
    author: str = "",
    by: Any = None,
    respondent: Ref | None = None,
) -> Proposal:
    """A proposal of a resident or partner, or (with `by`) one the team wrote down. Raises ValidationError by field."""
    title, author = squeeze(title), squeeze(author)
    errors: dict[str, Any] = {}
    if not title or len(title) > 200:
        errors["title"] = _("Say in one sentence what you propose, in at most 200 characters.")
    if len(text) > 4000 or len(author) > 80:
        errors["text"] = _("This is too long.")
    if "\x00" in f"{title}{text}{author}":
        errors["title"] = _("It contains a character that cannot be stored.")
    if by is None and not decision.takes(Stage.PROPOSING, timezone.localdate()):
        errors["title"] = _("Proposals are not taken now.")
    if decision.stage in (Stage.DECIDED, Stage.DROPPED):
        errors["title"] = _("It is settled: nothing is proposed any more.")
    if errors:
        raise ValidationError(errors)
    now = timezone.now()
    try:
        with transaction.atomic():
            row = Proposal.objects.create(
                decision=decision,
                title=title,
                title_folded=fold(title)[:200],
                text=text.strip(),
                author=author,
                state=first_state(decision, by),
                respondent=str(respondent) if respondent else "",
                by=by if getattr(by, "pk", None) else None,
                created_at=now,
                updated_at=now,
            )
            search.index(KIND, [decision.pk])
            verb = "proposal_noted" if by is not None else "proposed"
            record(by=by, verb=f"decisions.{verb}", about=[decision, *([respondent] if respondent else [])])
    except IntegrityError:
        raise ValidationError({"title": _("This has been proposed already.")}) from None
    return row


def name_proposer(proposal: Proposal, *, by: Any, person: Ref | None) -> Proposal:
    """Say which person of the directory proposed it, or (None) that this is not known; what is shown as its author stays."""
    with transaction.atomic():
        row = Proposal.objects.select_for_update(of=("self",)).select_related("decision").get(pk=proposal.pk)
        before, row.respondent = row.respondent, str(person or "")
        if row.respondent != before:
            row.updated_at = timezone.now()
            row.save(update_fields=["respondent", "updated_at"])
            verb = "proposer_named" if person else "proposer_unnamed"
            about = [row.decision, *([person or Ref.parse(before)])]
            record(by=by, verb=f"decisions.{verb}", about=about, details={"said": row.title[:80]})
    return row


def moderate(thing: Proposal | Comment, *, by: Any, state: str, reason: str = "") -> None:
    """Show or hide it. What is hidden says which rule it breaks, for everybody to read. Raises ValidationError by field."""
    reason = squeeze(reason)
    if state not in (State.SHOWN, State.HIDDEN):
        raise ValidationError({"state": _("Show it, or hide it.")})
    if state == State.HIDDEN and (not reason or len(reason) > 300 or "\x00" in reason):
        raise ValidationError({"reason": _("Say which rule it breaks: everybody reads it in its place.")})
    decision = thing.decision if isinstance(thing, Proposal) else thing.proposal.decision
    with transaction.atomic():
        thing.state, thing.updated_at = state, timezone.now()
        thing.reason = reason if state == State.HIDDEN else ""
        thing.save(update_fields=["state", "reason", "updated_at"])
        search.index(KIND, [decision.pk])
        verb = "hidden" if state == State.HIDDEN else "shown"
        record(
            by=by,
            verb=f"decisions.{verb}",
            about=[decision],
            details={"said": str(thing)[:80], "reason": reason},
        )


def write(given: Sequence[Mapping[str, Any]], *, by: Any, at: datetime) -> list[Proposal]:
    """Add these proposals, checked already, without a sentence, in the caller's transaction."""
    key = getattr(by, "pk", None)
    rows = Proposal.objects.bulk_create(
        [
            Proposal(
                **{"state": State.SHOWN, **one},
                title_folded=fold(one["title"])[:200],
                by_id=key,
                created_at=at,
                updated_at=at,
            )
            for one in given
        ]
    )
    search.index(KIND, sorted({row.decision_id for row in rows}))
    return rows


def amend_said(
    model: type[Proposal] | type[Comment], given: Sequence[tuple[int, Mapping[str, Any]]], *, at: datetime
) -> list[Change]:
    """Set these fields of proposals or comments, checked already, without a sentence, in the caller's transaction; the changes for an undo."""

    def settle(row: Any) -> None:
        if row.state != State.HIDDEN:
            row.reason = ""

    found = amend(model, given, at=at, settle=settle)
    _index(model, [change.key for change in found])
    return found


def _index(model: Any, keys: Sequence[int]) -> None:
    of = "decision_id" if model is Proposal else "proposal__decision_id"
    search.index(KIND, sorted(set(model.objects.filter(pk__in=keys).values_list(of, flat=True))))


def restore(changes: Sequence[Change], *, by: Any) -> Mapping[int, str]:
    """Undo proposals and comments that an import brought or changed, in the caller's transaction, and bring comments back that were taken
    away; proposals that were voted for or discussed are kept."""
    kept: dict[int, str] = {}
    for change in changes:
        model: Any = Proposal if change.kind == PROPOSAL else Comment
        if change.action == Change.Action.REMOVED:
            if reason := bring_back(change):
                kept[change.key] = reason
            continue
        row = model.objects.filter(pk=change.key).first()
        if change.action == Change.Action.UPDATED:
            if reason := reset_row(change):
                kept[change.key] = reason
            else:
                _index(model, [change.key])
            continue
        if row is None or change.action != Change.Action.CREATED:
            continue
        is_needed = model is Proposal and (row.votes.exists() or row.comments.exists())
        if not is_as_it_came(row) or is_needed:
            kept[change.key] = "touched"
        else:
            row.delete()
            search.index(KIND, [row.decision_id if model is Proposal else row.proposal.decision_id])
    return kept
