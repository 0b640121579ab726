"""Services of a Human Services Data Specification file, with what hangs on them, as an organisation's document has them."""

from __future__ import annotations

import re
import uuid
from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from typing import Any

from barnraise.foundation import contacts
from barnraise.foundation.text import fold, squeeze

from ..hours import MOST, of_schedule, spans
from ..models import Service

Row = dict[str, Any]
Parts = Mapping[str, Mapping[str, list[Row]]]

_FREE = re.compile(
    r"^\W*(it is |the service is |this service is )?(free|no (charge|cost|fee)|gratis|gratuit)", re.IGNORECASE
)
_CHARGED = re.compile(r"[$£€]\s?\d|\d\s?(usd|gbp|eur|dollars?|pounds?)", re.IGNORECASE)


def services(rows: Sequence[Row], parts: Parts, owner: str, country: str, facts: dict[str, str]) -> list[Row]:
    """The services of one organisation. `owner` tells it from others within the file; what does not fit goes to `facts`."""
    found = [
        _service(row, parts, owner, country, facts)
        for row in rows[:200]
        if squeeze(str(row.get("name") or ""))
    ]
    return list({one["ref"]: one for one in reversed(found)}.values())[::-1]


def _service(row: Row, parts: Parts, owner: str, country: str, facts: dict[str, str]) -> Row:
    own = str(row.get("id") or "")
    at = _of(row, parts, "service_at_location", own, "service_at_locations")
    status = str(row.get("status") or "").strip().lower()
    schedules = [
        *_of(row, parts, "schedules", own),
        *(one for place in at for one in _list(place.get("schedules"))),
    ]
    hours, note = _hours(schedules)
    fees, is_free = _fees(row, _of(row, parts, "cost_options", own))
    return {
        "ref": _ref(own, owner, str(row["name"])),
        "name": squeeze(str(row["name"]))[:300],
        "description": _paragraphs(row.get("description"), row.get("alert"), row.get("accreditations"))[
            :10_000
        ],
        "status": status if status in Service.Status.values else str(Service.Status.ACTIVE),
        "eligibility": str(row.get("eligibility_description") or "").strip()[:4000],
        "minimum_age": _age(row.get("minimum_age")),
        "maximum_age": _age(row.get("maximum_age")),
        "application": _application(row, _of(row, parts, "required_documents", own))[:4000],
        "fees": fees[:4000],
        "is_free": is_free,
        "areas": _areas(_of(row, parts, "service_areas", own)),
        "hours": hours,
        "hours_note": note[:4000],
        "languages": _languages(_of(row, parts, "languages", own)),
        "interpretation": str(row.get("interpretation_services") or "").strip()[:2000],
        "accessibility": _accessibility(at, parts)[:4000],
        **_reached(row, _of(row, parts, "service_phones", own, "phones"), country, facts),
        "assured_on": _day(row.get("assured_date")),
    }


def _ref(own: str, owner: str, name: str) -> str:
    """Its id when it is a UUID; others may stand for another in the next directory, so the organisation goes before them."""
    try:
        return f"hsds:{uuid.UUID(own)}"
    except ValueError:
        return f"{owner}|{own or fold(name)}"[:120]


def _list(value: Any) -> list[Row]:
    return [one for one in value if isinstance(one, dict)] if isinstance(value, list) else []


def _of(row: Row, parts: Parts, name: str, own: str, nested: str = "") -> list[Row]:
    """What is nested in the service, or else stands in a table of its own."""
    given = row.get(nested or name)
    return _list(given) if isinstance(given, list) else parts.get(name, {}).get(own, [])


def _paragraphs(*texts: Any) -> str:
    """The first one, and of the others those that are sentences."""
    first, *others = (str(text or "").strip() for text in texts)
    return "\n\n".join(text for text in (first, *(text for text in others if " " in text)) if text)


def _application(row: Row, documents: Iterable[Row]) -> str:
    wanted = [squeeze(str(one.get("document") or "")) for one in documents]
    return _paragraphs(row.get("application_process"), row.get("wait_time"), *wanted)


def _age(value: Any) -> int | None:
    text = str(value if value is not None else "").strip()
    met = re.fullmatch(r"(\d{1,3})(\.0+)?", text)
    return int(met[1]) if met and int(met[1]) <= 150 else None


def _day(value: Any) -> str | None:
    try:
        return date.fromisoformat(str(value or "")[:10]).isoformat()
    except ValueError:
        return None


def _fees(row: Row, options: Iterable[Row]) -> tuple[str, bool | None]:
    """What it costs in words, and whether it is free: None when nobody said so."""
    said = str(row.get("fees_description") or row.get("fees") or "").strip()
    lines, amounts = [said] if said else [], []
    for one in options:
        amount = str(one.get("amount") if one.get("amount") is not None else "").strip()
        words = [str(one.get(name) or "").strip() for name in ("currency", "amount_description")]
        shown = " ".join(part for part in (amount, words[0].upper(), words[1]) if part)
        option = squeeze(str(one.get("option") or ""))
        lines.append(": ".join(part for part in (option, shown) if part))
        amounts.append(_number(amount))
    known = [amount for amount in amounts if amount is not None]
    if known:
        is_free: bool | None = not any(known)
    else:
        is_free = True if _FREE.match(said) and not _CHARGED.search(said) else None
        is_free = False if is_free is None and _CHARGED.search(said) else is_free
    return "\n".join(line for line in lines if line), is_free


def _number(text: str) -> float | None:
    try:
        return float(text)
    except ValueError:
        return None


def _areas(rows: Iterable[Row]) -> list[str]:
    found = [squeeze(str(one.get("name") or one.get("description") or "")) for one in rows]
    return [text[:300] for text in dict.fromkeys(found) if text][:60]


def _languages(rows: Iterable[Row]) -> list[str]:
    found = [squeeze(str(one.get("code") or one.get("name") or "")) for one in rows]
    return [text[:60] for text in dict.fromkeys(found) if text][:60]


def _hours(rows: Iterable[Row]) -> tuple[list[list[Any]], str]:
    found, notes = [], []
    for one in {str(row.get("id") or number): row for number, row in enumerate(rows)}.values():
        more, note = of_schedule(one)
        found += more
        notes.append(note)
    kept = spans(found)[:MOST]
    return [list(span) for span in kept], "\n".join(note for note in dict.fromkeys(notes) if note)


def _accessibility(at: Iterable[Row], parts: Parts) -> str:
    told: list[str] = []
    for place in at:
        location = place.get("location") if isinstance(place.get("location"), dict) else {}
        key = str(place.get("location_id") or (location or {}).get("id") or "")
        given = (location or {}).get("accessibility")
        for one in _list(given) if isinstance(given, list) else parts.get("accessibility", {}).get(key, []):
            told.append(_sentence(one))
    return "\n".join(text for text in dict.fromkeys(told) if text)


def _sentence(one: Row) -> str:
    words = (squeeze(str(one.get(name) or "")) for name in ("description", "accessibility", "details"))
    return " ".join(text for text in words if text)


def _reached(row: Row, phones: Iterable[Row], country: str, facts: dict[str, str]) -> dict[str, str]:
    given = {
        "url": ("website", row.get("url")),
        "email": ("email", row.get("email")),
        "assured_by": ("email", row.get("assurer_email")),
        "phone": ("phone", next((one.get("number") for one in phones if one.get("number")), "")),
    }
    found: dict[str, str] = {}
    for name, (kind, value) in given.items():
        text = str(value or "").strip().strip('"').strip()
        found[name] = ""
        if text:
            try:
                found[name] = contacts.normalise(kind, text, country=country)
            except contacts.ContactError:
                facts[f"{squeeze(str(row['name']))[:30]}: {kind} as given"] = text[:2000]
    return found
