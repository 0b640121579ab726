"""Cells of a file as what they say of a meeting, and why a row is refused by itself, whatever stands here already."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import date, datetime, time
from typing import Any
from uuid import UUID

from django.utils import timezone
from django.utils.translation import gettext_noop

from barnraise.foundation.text import squeeze
from barnraise.plumbing.imports.sockets import Document, FieldRefused

from .faults import ITEMS

TOO_LONG = gettext_noop("At most %(most)s characters are taken here.")
NOT_A_TIME = gettext_noop("“%(said)s” is no time of day; write 14:30 or 2:30 pm.")
NO_TITLE = gettext_noop("Write what the meeting is called, or of which series it is.")
NO_OWNER = gettext_noop("Nobody of the team has the e-mail “%(said)s”.")
NOT_AN_ID = gettext_noop("“%(said)s” is no id of a meeting. Leave it empty to take in a new one.")
CLOCK = re.compile(r"(\d{1,2})(?:[:.h](\d{2}))?\s*([ap])?\.?\s?m?\.?", re.IGNORECASE)
NINE = time(9)
"""When a meeting without a time of day began."""
TEXTS = (
    ("title", 200), ("series", 200), ("from", 20), ("until", 20), ("place", 300), ("notes", 10_000), ("owner", 254),
    ("reason", 300), ("uuid", 40),
)  # fmt: skip
MANY = (("agenda", 200), ("decisions", 2000), ("organisations", 300))


def built(values: Mapping[str, Any], owners: Mapping[str, str]) -> Document:
    """The document of mapped cells: agenda and decisions as text of lines. `owners`: e-mail addresses by what accounts are called.

    Raises FieldRefused.
    """
    out: dict[str, Any] = {"state": values.get("state") or ""}
    for name, most in TEXTS:
        text = str(values.get(name) or "").replace("\x00", "").replace("\r\n", "\n")
        out[name] = text.strip() if name == "notes" else squeeze(text)
        if len(out[name]) > most:
            raise FieldRefused(name, out[name], TOO_LONG, most=most)
    for name, most in MANY:
        lines = _lines(name, values.get(name) or (), most)
        out[name] = lines if name == "organisations" else "\n".join(lines[:ITEMS])
    day = values.get("on")
    out["on"] = day.isoformat() if isinstance(day, date) else day or None
    if not out["title"] and not out["series"]:
        raise FieldRefused("title", "", NO_TITLE)
    for name in ("from", "until"):
        out[name] = _time(name, out[name])
    if out["owner"] and out["owner"].casefold() not in owners:
        raise FieldRefused("owner", out["owner"], NO_OWNER, said=out["owner"])
    out["owner"] = owners.get(out["owner"].casefold(), "")
    out["uuid"] = as_id(out["uuid"], NOT_AN_ID)
    return out


def _lines(name: str, given: Any, most: int) -> list[str]:
    texts = [squeeze(str(one)).replace("\x00", "") for one in given]
    long = next((one for one in texts if len(one) > most), None)
    if long is not None:
        raise FieldRefused(name, long, TOO_LONG, most=most)
    return [one for one in texts if one]


def as_id(said: str, reason: str) -> str:
    """An id as it is kept, empty for none. Raises FieldRefused with this reason."""
    try:
        return str(UUID(said)) if said else ""
    except ValueError:
        raise FieldRefused("uuid", said, reason, said=said[:40]) from None


def _time(name: str, said: str) -> str:
    """As 17:30; "" where nothing is said."""
    found = CLOCK.fullmatch(said.strip()) if said else None
    if not said:
        return ""
    hour, minute = (int(found[1]), int(found[2] or 0)) if found else (99, 0)
    half = (found[3] or "").lower() if found else ""
    if half:
        hour = hour % 12 + (12 if half == "p" else 0) if 1 <= hour <= 12 else 99
    if hour > 23 or minute > 59:
        raise FieldRefused(name, said, NOT_A_TIME, said=said)
    return f"{hour:02}:{minute:02}"


def title_of(one: Document) -> str:
    """That of its series where it has none of its own."""
    return str(one.get("title") or one.get("series") or "")


def at_clock(day: Any, clock: Any) -> datetime:
    """That day at that time, by the clocks of the house; at nine where no time is said."""
    when = time.fromisoformat(str(clock)) if clock else NINE
    return timezone.make_aware(datetime.combine(date.fromisoformat(str(day)), when))
