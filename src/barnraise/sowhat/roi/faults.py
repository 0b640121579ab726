"""What a valuation may not say, in words for people."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from django.utils.translation import gettext_lazy as _

from barnraise.foundation.refs import Ref
from barnraise.plumbing.ui.faults import Fault, text_faults

from .models import KINDS_OF_OUTCOME, KINDS_OF_WHOLE, SHARES, Assumption, Outcome, Valuation
from .returns import MOST_YEARS
from .selectors import CITED

MOST = {"name": 200, "about": 2000, "reason": 300, "source": 300, "source_url": 500}
LARGEST = Decimal(10) ** 11


def valuation_faults(row: Valuation, *, others: Any) -> list[Fault]:
    """What is wrong with a valuation; `others` are the names taken, folded."""
    found = text_faults(MOST, name=row.name, about=row.about)
    if not row.name:
        found.append(("name", _("Give it a name.")))
    elif row.name_folded in others:
        found.append(("name", _("There is a valuation of this name.")))
    try:
        kind = Ref.parse(row.cites).kind if row.cites else ""
    except ValueError:
        kind = ""
    if kind not in CITED:
        found.append(("cites", _("Name the project or the event that it values.")))
    for name in ("begins_on", "ends_on"):
        if not 1900 <= getattr(row, name).year <= 9000:
            found.append((name, _("Write a day after 1900.")))
    if row.ends_on < row.begins_on:
        found.append(("ends_on", _("It ends before it begins.")))
    return found


def outcome_faults(row: Outcome, *, others: Any) -> list[Fault]:
    """What is wrong with an outcome; `others` are the names taken in its valuation, folded."""
    found = text_faults(MOST, name=row.name, about=row.about)
    if not row.name:
        found.append(("name", _("Say what changed.")))
    elif row.name_folded in others:
        found.append(("name", _("This outcome is valued here already.")))
    return found


def assumption_faults(row: Assumption) -> list[Fault]:
    """What is wrong with a line of the register."""
    found = text_faults(MOST, source=row.source, source_url=row.source_url)
    kinds = KINDS_OF_WHOLE if row.outcome is None else KINDS_OF_OUTCOME
    if row.kind not in kinds:
        return [*found, ("kind", _("Choose one of the assumptions."))]
    if row.kind == "quantity" and row.outcome is not None and row.outcome.indicator_id:
        found.append(("kind", _("An indicator says how many; take it away first.")))
    if row.source_url and not row.source_url.startswith(("http://", "https://")):
        found.append(("source_url", _("Write an address that begins with https://.")))
    ends = ("low", "base", "high")
    for name in ends:
        if fault := _number_fault(row.kind, getattr(row, name)):
            found.append((name, fault))
    if not any(field in ends for field, _reason in found) and not row.low <= row.base <= row.high:
        found.append(("base", _("Write them from low over base to high.")))
    return found


def _number_fault(kind: str, value: Decimal) -> Any:
    if not value.is_finite() or abs(value) > LARGEST:
        return _("Write a number that can be reckoned with.")
    if kind in SHARES and not 0 <= value <= 1:
        return _("It must be between 0 and 1 (got %(got)s); enter 50%% as 0.5.") % {"got": f"{value:f}"}
    if kind == "duration" and (value != int(value) or not 1 <= value <= MOST_YEARS):
        return _("It must be whole years, at least one and at most %(most)s.") % {"most": MOST_YEARS}
    if kind == "rate" and not -1 < value <= 1:
        return _("It must be above -1 and at most 1 (got %(got)s); enter 3.5%% as 0.035.") % {"got": f"{value:f}"}  # fmt: skip
    if kind in {"quantity", "hour_value"} and value < 0:
        return _("It must not be negative.")
    return None
