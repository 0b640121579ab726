"""Make, change, end and count short links."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date, datetime, timedelta
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import F
from django.utils import timezone
from django.utils.translation import gettext as _

from barnraise.foundation.refs import Ref
from barnraise.foundation.text import squeeze
from barnraise.plumbing.journal.models import Change, ChangeSet
from barnraise.plumbing.journal.services import add_changes, amend, record, reset_row, take_away
from barnraise.plumbing.search import services as search

from ..addresses import channel_labels, fresh_code, is_code, is_target
from ..models import ShortLink, Visits
from ..selectors import CITED, KIND


def _checked(title: str, target: str, channels: Sequence[str], cites: str) -> dict[str, Any]:
    wrong = {}
    title, target = squeeze(title)[:120], target.strip()
    if not title:
        wrong["title"] = _("Say what the link is for.")
    if not is_target(target):
        wrong["target"] = _(
            "Write a page of this site, like /events/, or an address that begins with https://."
        )
    if cites and not _is_cited(cites):
        wrong["cites"] = _("A short link serves a project, an objective, a goal, a need or an event.")
    if wrong:
        raise ValidationError(wrong)
    return {"title": title, "target": target, "channels": channel_labels(channels), "cites": cites}


def _is_cited(text: str) -> bool:
    try:
        return Ref.parse(text).kind in CITED and len(text) <= 80
    except ValueError:
        return False


def check(*, title: str, target: str, channels: Sequence[str], code: str) -> None:
    """Raise ValidationError by field for what a short link may not say."""
    _checked(title, target, channels, "")
    _check_code(code.strip().lower())


def labels(names: Sequence[str]) -> list[str]:
    """Channels as they are kept."""
    return channel_labels(names)


def _check_code(code: str) -> None:
    if code and not is_code(code):
        raise ValidationError(
            {"code": _("Use 3 to 40 small letters, digits and hyphens; a few short words are reserved.")}
        )


@transaction.atomic
def create(
    *,
    title: str,
    target: str,
    channels: Sequence[str] = (),
    code: str = "",
    cites: str = "",
    is_sample: bool = False,
    change_set: Any = None,
    by: Any,
) -> ShortLink:
    """A new short link; without `code` it gets six random letters. Imports keep it in `change_set`.

    Raises ValidationError naming each wrong field.
    """
    fields = _checked(title, target, channels, cites)
    wanted = code.strip().lower()
    _check_code(wanted)
    wanted = wanted or fresh_code()
    if ShortLink.objects.filter(code=wanted).exists():
        raise ValidationError({"code": _("There is a link with this code already.")})
    link = ShortLink.objects.create(
        code=wanted, created_by=by if getattr(by, "pk", None) else None, is_sample=is_sample, **fields
    )
    if change_set is None:
        named = {"title": link.title, "code": link.code}
        record(by=by, verb="links.created", about=_told(link), details=named)
    else:
        add_changes(
            change_set=change_set, changes=[Change(kind=KIND, key=link.pk, action=Change.Action.CREATED)]
        )
    search.index(KIND, [link.pk])
    return link


@transaction.atomic
def change(
    *, link: ShortLink, title: str, target: str, channels: Sequence[str], cites: str | None = None, by: Any
) -> ShortLink:
    """Change where a link leads, how it is called and what it serves (None: as before); its code stays.

    Raises ValidationError like `create`.
    """
    fields = _checked(title, target, channels, link.cites if cites is None else cites)
    changes = {
        name: (getattr(link, name), value) for name, value in fields.items() if getattr(link, name) != value
    }
    if changes:
        for name, value in fields.items():
            setattr(link, name, value)
        link.save(update_fields=[*fields, "updated_at"])
        record(by=by, verb="links.changed", about=_told(link), changes=changes, details={"title": link.title})
        search.index(KIND, [link.pk])
    return link


def amend_links(given: Sequence[tuple[int, Mapping[str, Any]]], *, at: datetime) -> list[Change]:
    """Set these fields, checked already, without a sentence, in the caller's transaction; the changes for an undo."""
    found = amend(ShortLink, given, at=at)
    search.index(KIND, [change.key for change in found])
    return found


def restore(changes: Sequence[Change], *, by: Any) -> Mapping[int, str]:
    """Undo links that came or changed with a file, and removed ones, in the caller's transaction; one that was followed or changed since stays."""
    kept = dict(search.bring_back(changes, by=by))
    for change in changes:
        if change.action == Change.Action.UPDATED:
            if reason := reset_row(change):
                kept[change.key] = reason
            else:
                search.index(KIND, [change.key])
        elif change.action == Change.Action.CREATED:
            row = ShortLink.objects.filter(pk=change.key).first()
            if row is None:
                continue
            if row.visits.exists() or row.updated_at - row.created_at > timedelta(seconds=1):
                kept[change.key] = "touched"
                continue
            row.delete()
            search.remove(KIND, [change.key])
    return kept


@transaction.atomic
def end(*, link: ShortLink, by: Any) -> ShortLink:
    """From now on the link says that it has ended; its counts stay, its code is not given out again."""
    if link.ended_at is None:
        link.ended_at = timezone.now()
        link.save(update_fields=["ended_at", "updated_at"])
        record(by=by, verb="links.ended", about=[link], details={"title": link.title})
    return link


@transaction.atomic
def remove(*, link: ShortLink, by: Any) -> ChangeSet:
    """Remove a link with its counts, for slips: what was handed out should be ended instead. An undo brings both back."""
    named, key = {"title": link.title, "code": link.code}, link.pk
    done = take_away(link, link.visits.all(), by=by, verb="links.removed", about=_told(link), details=named)
    search.remove(KIND, [key])
    return done


@transaction.atomic
def remove_sample(*, by: Any) -> int:
    """The sample town's short links go with their visits; how many."""
    keys = list(ShortLink.objects.filter(is_sample=True).values_list("pk", flat=True))
    if keys:
        search.remove(KIND, keys)
        ShortLink.objects.filter(pk__in=keys).delete()
        record(by=by, verb="links.sample_removed", about=[], details={"count": len(keys)})
    return len(keys)


def _told(link: ShortLink) -> list[Any]:
    """The link, and what it serves: its timeline says so too."""
    return [link, *([Ref.parse(link.cites)] if link.cites else [])]


def count_visit(*, link: ShortLink, channel: str, on: date) -> None:
    """One visit more on that day. A channel the link does not name is counted as none."""
    count_visits(link=link, channel=channel, on=on, many=1)


def count_visits(*, link: ShortLink, channel: str, on: date, many: int) -> None:
    """So many visits more on that day."""
    label = channel if channel in link.channels else ""
    rows = Visits.objects.filter(link=link, on=on, channel=label)
    if not rows.update(count=F("count") + many):
        Visits.objects.get_or_create(link=link, on=on, channel=label)
        rows.update(count=F("count") + many)
