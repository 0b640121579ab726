"""Make, change, end and count short links."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import F
from django.utils import timezone
from django.utils.translation import gettext as _

from barnraise.foundation.text import squeeze
from barnraise.plumbing.journal.models import ChangeSet
from barnraise.plumbing.journal.services import record, take_away

from ..addresses import channel_labels, fresh_code, is_code, is_target
from ..models import ShortLink, Visits


def _checked(title: str, target: str, channels: Sequence[str]) -> dict[str, Any]:
    wrong = {}
    title, target = squeeze(title)[:120], target.strip()
    if not title:
        wrong["title"] = _("Say what the link is for.")
    if not is_target(target):
        wrong["target"] = _(
            "Write a page of this site, like /events/, or an address that begins with https://."
        )
    if wrong:
        raise ValidationError(wrong)
    return {"title": title, "target": target, "channels": channel_labels(channels)}


@transaction.atomic
def create(*, title: str, target: str, channels: Sequence[str] = (), code: str = "", by: Any) -> ShortLink:
    """A new short link; without `code` it gets six random letters. Raises ValidationError naming each wrong field."""
    fields = _checked(title, target, channels)
    wanted = code.strip().lower()
    if wanted and not is_code(wanted):
        raise ValidationError(
            {"code": _("Use 3 to 40 small letters, digits and hyphens; a few short words are reserved.")}
        )
    wanted = wanted or fresh_code()
    if ShortLink.objects.filter(code=wanted).exists():
        raise ValidationError({"code": _("There is a link with this code already.")})
    link = ShortLink.objects.create(code=wanted, created_by=by if getattr(by, "pk", None) else None, **fields)
    record(by=by, verb="links.created", about=[link], details={"title": link.title, "code": link.code})
    return link


@transaction.atomic
def change(*, link: ShortLink, title: str, target: str, channels: Sequence[str], by: Any) -> ShortLink:
    """Change where a link leads and how it is called; its code stays. Raises ValidationError like `create`."""
    fields = _checked(title, target, channels)
    changes = {
        name: (getattr(link, name), value) for name, value in fields.items() if getattr(link, name) != value
    }
    if changes:
        for name, value in fields.items():
            setattr(link, name, value)
        link.save(update_fields=[*fields, "updated_at"])
        record(by=by, verb="links.changed", about=[link], changes=changes, details={"title": link.title})
    return link


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
    named = {"title": link.title, "code": link.code}
    return take_away(link, link.visits.all(), by=by, verb="links.removed", details=named)


def count_visit(*, link: ShortLink, channel: str, on: date) -> None:
    """One visit more on that day. A channel the link does not name is counted as none."""
    label = channel if channel in link.channels else ""
    rows = Visits.objects.filter(link=link, on=on, channel=label)
    if not rows.update(count=F("count") + 1):
        Visits.objects.get_or_create(link=link, on=on, channel=label)
        rows.update(count=F("count") + 1)
