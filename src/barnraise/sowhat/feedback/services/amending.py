"""Set what a file says of comments and answers that are there, and what an undo of it needs."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from datetime import datetime
from typing import Any

from django.utils import timezone

from barnraise.foundation.text import fold
from barnraise.plumbing.journal.models import Change
from barnraise.plumbing.journal.services import FOLLOWS, amend
from barnraise.plumbing.search import services as search

from ..models import Answer, Comment, Mark, Theme
from ..selectors import ANSWER, MARKS, THEME
from ..topics import tone


def amend_comments(given: Sequence[tuple[int, Mapping[str, Any]]], *, at: datetime) -> list[Change]:
    """Set these fields, checked already, without a sentence, in the caller's transaction; the changes for an undo.

    What is answered is not set aside, what waits is neither; the tone follows the language.
    """

    def follow(row: Comment) -> None:
        if row.state != Comment.State.ANSWERED:
            row.answer = None
        if row.state != Comment.State.ASIDE:
            row.aside_reason = ""
        row.sentiment = tone(row.text, row.language)

    return amend(Comment, given, at=at, settle=follow)


def amend_marks(given: Mapping[int, Collection[int]], *, at: datetime) -> list[Change]:
    """These themes, and no others, are what each comment is about; the changes for an undo, in the caller's transaction."""
    changes = []
    before = marks_of(list(given))
    instants = dict(Comment.objects.filter(pk__in=list(given)).values_list("pk", FOLLOWS))
    for key, themes in given.items():
        if key not in instants or set(before.get(key, ())) == set(themes):
            continue
        _mark(key, themes, at)
        there = {"themes": before.get(key, []), FOLLOWS: instants[key].isoformat()}
        kept = {"before": there, "after": {"themes": sorted(themes)}}
        changes.append(Change(kind=MARKS, key=key, action=Change.Action.UPDATED, **kept))
    return changes


def marks_of(keys: Sequence[int]) -> dict[int, list[int]]:
    """The themes of these comments, each in order."""
    found: dict[int, list[int]] = {}
    rows = Mark.objects.filter(comment__in=list(keys)).order_by("theme")
    for comment, theme in rows.values_list("comment_id", "theme_id"):
        found.setdefault(comment, []).append(theme)
    return found


def _mark(key: int, themes: Collection[int], at: datetime) -> None:
    Mark.objects.filter(comment=key).exclude(theme__in=list(themes)).delete()
    rows = [Mark(comment_id=key, theme_id=one, created_at=at) for one in sorted(themes)]
    Mark.objects.bulk_create(rows, ignore_conflicts=True)
    Comment.objects.filter(pk=key).update(updated_at=at)


def put_marks(key: int, themes: Collection[int], *, at: datetime) -> None:
    """The comment is about these again, in the caller's transaction."""
    _mark(key, themes, at)


def amend_answers(given: Sequence[tuple[int, Mapping[str, Any]]], *, by: Any, at: datetime) -> list[Change]:
    """Set these fields, checked already, without a sentence, in the caller's transaction; the changes for an undo.

    "state" makes an answer public, or withdraws it, today.
    """
    found = amend(Answer, [(key, _as_kept(values, by)) for key, values in given], at=at)
    search.index(ANSWER, [change.key for change in found])
    return found


def write_answers(given: Sequence[Mapping[str, Any]], *, by: Any, at: datetime) -> list[Answer]:
    """Add these, checked already, without a sentence, in the caller's transaction: "you_said", "we_did", and "state"."""
    rows = Answer.objects.bulk_create(
        Answer(
            you_said=one["you_said"],
            you_said_folded=fold(str(one["you_said"]))[:300],
            we_did=one["we_did"],
            created_at=at,
            updated_at=at,
            **_as_kept({"state": one.get("state")}, by),
        )
        for one in given
    )
    search.index(ANSWER, [row.pk for row in rows])
    return rows


def _as_kept(values: Mapping[str, Any], by: Any) -> dict[str, Any]:
    out = {name: value for name, value in values.items() if name != "state"}
    today = timezone.localdate()
    if values.get("state") == "public":
        out |= {"published_on": today, "published_by_id": getattr(by, "pk", None)}
        out |= {"withdrawn_on": None, "withdrawn_reason": ""}
    elif values.get("state") == "withdrawn":
        out["withdrawn_on"] = today
    return out


def write_themes(given: Sequence[Mapping[str, Any]], *, at: datetime) -> list[Theme]:
    """Add these, checked already, without a sentence, in the caller's transaction: "name", "about", and "state"."""
    rows = Theme.objects.bulk_create(
        Theme(
            name=one["name"],
            name_folded=fold(str(one["name"]))[:120],
            about=one.get("about") or "",
            ended_on=timezone.localdate(at) if one.get("state") == "ended" else None,
            created_at=at,
            updated_at=at,
        )
        for one in given
    )
    search.index(THEME, [row.pk for row in rows])
    return rows


def amend_themes(given: Sequence[tuple[int, Mapping[str, Any]]], *, at: datetime) -> list[Change]:
    """Set these fields, checked already, without a sentence, in the caller's transaction; the changes for an undo.

    "state" ends a theme today, or offers it again.
    """

    states = {key: values.get("state") for key, values in given}

    def follow(row: Theme) -> None:
        row.name_folded = fold(row.name)[:120]
        if states[row.pk] == "ended":
            row.ended_on = row.ended_on or timezone.localdate(at)
        elif states[row.pk] == "offered":
            row.ended_on = None

    told = [
        (key, {name: value for name, value in values.items() if name != "state"}) for key, values in given
    ]
    found = amend(Theme, told, at=at, settle=follow)
    search.index(THEME, [change.key for change in found])
    return found
