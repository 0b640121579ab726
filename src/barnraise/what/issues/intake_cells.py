"""Cells of a file as what they say of a concern, and why a row is refused by itself, whatever stands here already."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime, time
from typing import Any
from uuid import UUID

from django.utils import timezone
from django.utils.translation import gettext_noop

from barnraise.foundation.text import squeeze
from barnraise.plumbing.imports.sockets import Document, FieldRefused

NO_OWNER = gettext_noop("Nobody of the team has the e-mail “%(said)s”.")
TOO_LONG = gettext_noop("At most %(most)s characters are taken here.")
NOT_COME = gettext_noop("This day has not come yet.")
BEFORE = gettext_noop("This is before it was raised.")
ENDED_BEFORE = gettext_noop("This is before they were answered.")
NOT_AN_ID = gettext_noop("“%(said)s” is no id of a concern. Leave it empty to note a new one.")
TEXTS = (
    ("what", 300), ("organisation", 300), ("about", 300), ("name", 200), ("email", 254), ("language", 10),
    ("owner", 254), ("detail", 4000), ("answer", 4000), ("outcome", 2000), ("uuid", 40),
)  # fmt: skip
DAYS = ("raised_on", "answered_on", "ended_on")
ENDINGS = ("resolved", "declined")
NOON = time(12)
"""A day without a time is taken as its noon."""


def built(values: Mapping[str, Any], owners: Mapping[str, str]) -> Document:
    """The document of mapped cells; `owners`: e-mail addresses by what accounts are called. Raises FieldRefused."""
    out: dict[str, Any] = {name: values.get(name) or "" for name in ("severity", "state", "origin")}
    for name, most in TEXTS:
        out[name] = str(values.get(name) or "").replace("\x00", "").replace("\r\n", "\n").strip()
        if name not in {"detail", "answer", "outcome"}:
            out[name] = squeeze(out[name])
        if len(out[name]) > most:
            raise FieldRefused(name, out[name], TOO_LONG, most=most)
    for name in DAYS:
        day = values.get(name)
        out[name] = day.isoformat() if isinstance(day, date) else day or None
    out["email"] = out["email"].casefold()
    out["is_confidential"] = {"yes": True, "no": False}.get(str(values.get("is_confidential") or ""))
    if out["owner"] and out["owner"].casefold() not in owners:
        raise FieldRefused("owner", out["owner"], NO_OWNER, said=out["owner"])
    out["owner"] = owners.get(out["owner"].casefold(), "")
    out["uuid"] = _id(out["uuid"])
    _days_refused(out)
    return out


def _id(said: str) -> str:
    try:
        return str(UUID(said)) if said else ""
    except ValueError:
        raise FieldRefused("uuid", said, NOT_AN_ID, said=said[:40]) from None


def _days_refused(out: Mapping[str, Any]) -> None:
    """Refuse days that have not come, and days out of order."""
    today = timezone.localdate().isoformat()
    for name in DAYS:
        if out[name] and str(out[name]) > today:
            raise FieldRefused(name, str(out[name]), NOT_COME)
        if out[name] and out["raised_on"] and str(out[name]) < str(out["raised_on"]):
            raise FieldRefused(name, str(out[name]), BEFORE)
    if out["ended_on"] and out["answered_on"] and str(out["ended_on"]) < str(out["answered_on"]):
        raise FieldRefused("ended_on", str(out["ended_on"]), ENDED_BEFORE)


def instant(said: Any) -> datetime | None:
    """The noon of an ISO day, or now where that has not come; None where nothing is said."""
    if not said:
        return None
    at = timezone.make_aware(datetime.combine(date.fromisoformat(str(said)), NOON))
    return min(at, timezone.now())


def day_of(at: datetime | None) -> str | None:
    """The ISO day of an instant, by the clocks of the house."""
    return timezone.localdate(at).isoformat() if at else None
