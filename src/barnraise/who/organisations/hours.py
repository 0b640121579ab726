"""Opening hours of a week: what imports give, forms read and pages say. Pure."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

Span = tuple[int, str, str]
"""(weekday, opens, closes): Monday is 0, times as "09:00"; "24:00" closes at midnight, a closing before the opening the next day."""

DAYS = ("mo", "tu", "we", "th", "fr", "sa", "su")
MOST = 70
_TIME = r"(\d{1,2})(?:[:.h](\d{2}))?\s*([ap]\.?\s?m\.?)?"
_SPAN = re.compile(rf"^{_TIME}\s*(?:-|–|—|to|a|until|hasta)\s*{_TIME}$", re.IGNORECASE)
_CLOCK = re.compile(r"^([01]\d|2[0-3]):[0-5]\d$|^24:00$")


class HoursError(ValueError):
    """A text that is no opening hours. The message is the part that could not be read."""


def read_day(text: str) -> list[tuple[str, str]]:
    """ "9:00–12:00, 14–18" or "9am to 5pm" as [("09:00", "12:00"), ("14:00", "18:00")]; [] for nothing. Raises HoursError."""
    found = []
    for part in (part.strip() for part in re.split(r"[,;]", text)):
        if not part:
            continue
        met = _SPAN.match(part)
        if not met:
            raise HoursError(part)
        opens, closes = _clock(part, met[1], met[2], met[3]), _clock(part, met[4], met[5], met[6])
        if opens in {closes, "24:00"}:
            raise HoursError(part)
        found.append((opens, closes))
    return found


def _clock(part: str, hour: str, minute: str | None, half: str | None) -> str:
    number = int(hour)
    if half:
        if not 1 <= number <= 12:
            raise HoursError(part)
        number = number % 12 + (12 if half[0] in "pP" else 0)
    shown = f"{number:02}:{minute or '00'}"
    if not _CLOCK.match(shown):
        raise HoursError(part)
    return shown


def write_day(spans: Iterable[Span], day: int) -> str:
    """As `read_day` takes it."""
    return ", ".join(f"{opens}–{closes}" for at, opens, closes in sorted(spans) if at == day)


def spans(stored: Iterable[Any]) -> tuple[Span, ...]:
    """What JSON keeps as lists, sorted and without doubles."""
    return tuple(sorted({(int(day), str(opens), str(closes)) for day, opens, closes in stored}))


def is_span(span: Any) -> bool:
    """True for a span that may be kept."""
    day, opens, closes = span
    return (
        day in range(7)
        and bool(_CLOCK.match(opens) and _CLOCK.match(closes))
        and opens not in {closes, "24:00"}
    )


def grouped(given: Sequence[Span]) -> list[tuple[list[int], str]]:
    """Days with the same hours together, in the order of the week: [([0, 1, 2, 3, 4], "09:00–17:00"), ([5], "10:00–13:00")]."""
    found: list[tuple[list[int], str]] = []
    for day in range(7):
        shown = write_day(given, day)
        if shown and found and found[-1][1] == shown and found[-1][0][-1] == day - 1:
            found[-1][0].append(day)
        elif shown:
            found.append(([day], shown))
    return found


def plain(given: Sequence[Span]) -> str:
    """The week in a few letters, for files and the journal: "mo-fr 09:00–17:00; sa 10:00–13:00"."""
    return "; ".join(
        f"{'-'.join(dict.fromkeys((DAYS[days[0]], DAYS[days[-1]])))} {shown}"
        for days, shown in grouped(given)
    )


def is_open(given: Iterable[Span], day: int, at: str) -> bool:
    """Whether it is open on that weekday at that time ("14:30")."""
    for weekday, opens, closes in given:
        if opens < closes:
            if weekday == day and opens <= at < closes:
                return True
        elif (weekday == day and at >= opens) or ((weekday + 1) % 7 == day and at < closes):
            return True
    return False


def of_schedule(row: Mapping[str, Any]) -> tuple[list[Span], str]:
    """A schedule of a service directory (iCalendar's rules in its columns) as spans of a week, and what they do not say.

    Weekly and daily rules with times become spans; anything else stays in words.
    """
    words = [str(row[name]).strip() for name in ("description", "notes") if row.get(name)]
    opens, closes = (_short(row.get(name)) for name in ("opens_at", "closes_at"))
    days = [
        DAYS.index(day[-2:].lower())
        for day in re.split(r"[,\s]+", str(row.get("byday") or ""))
        if day[-2:].lower() in DAYS
    ]
    rule = str(row.get("freq") or "WEEKLY").upper()
    interval = str(row.get("interval") or "1")
    often = "" if interval == "1" else f" ×{interval}"
    if rule == "DAILY" and not days:
        days = list(range(7))
    is_weekly = rule in {"WEEKLY", "DAILY"} and interval == "1"
    found = (
        [(day, opens, closes) for day in days] if is_weekly and opens and closes and opens != closes else []
    )
    if not found and (opens or closes or days):
        told = [
            f"{rule.lower()}{often}" if not is_weekly else "",
            ", ".join(DAYS[day] for day in days),
            f"{opens}–{closes}".strip("–"),
        ]
        words.insert(0, " ".join(part for part in told if part))
    limits = [str(row.get(name) or "").strip() for name in ("valid_from", "valid_to")]
    if any(limits) and found:
        words.append("–".join(limits))
    return [span for span in found if is_span(span)], "; ".join(dict.fromkeys(words))


def _short(value: Any) -> str:
    """ "10:00:00" or "10:00Z" as "10:00"; "" for what is no time."""
    met = re.match(r"^(\d{1,2}):(\d{2})", str(value or "").strip())
    shown = f"{int(met[1]):02}:{met[2]}" if met else ""
    return shown if _CLOCK.match(shown) else ""
