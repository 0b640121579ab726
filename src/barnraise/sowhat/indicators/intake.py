"""Numbers of indicators as imports see them: one number of a period, the team's own or a partner's.

{"indicator": "Children at breakfast", "period": "2026-04-01", "value": "120", "reason": "", "organisation": "", "note": "", "state": ""}

A number is told by its indicator, its period and who reports it; the rest of a row changes the one that is there, or takes it back. Where the
period is locked a file changes nothing: there a change is a restatement, which is made on the page, with its reason. A blank changes nothing.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from datetime import date
from decimal import Decimal, InvalidOperation
from typing import Any

from django.db.models import QuerySet
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import gettext_noop

from barnraise.foundation.periods import parse
from barnraise.foundation.text import fold, squeeze
from barnraise.plumbing.imports.sockets import AddedOnly, Bad, Document, Field, FieldRefused, Origin
from barnraise.who.organisations import selectors as organisations
from barnraise.who.organisations.models import Organisation
from barnraise.why.goals.models import Indicator

from .forms import REASONS
from .models import Observation, Report
from .selectors import REPORT
from .services import remove_report, write_value
from .spans import span_of

NO_INDICATOR = gettext_noop("There is no indicator “%(said)s”. Add it first.")
COUNTS_ITSELF = gettext_noop("“%(said)s” counts by itself: its numbers come from the rows.")
NO_BODY = gettext_noop("There is no organisation “%(said)s”, or there are several.")
NOT_A_NUMBER = gettext_noop("“%(said)s” is not a number.")
NOT_A_PERIOD = gettext_noop("“%(said)s” is no period; write 2026, 2026 Q2, 2026-05 or a day.")
ONE_OF_TWO = gettext_noop("Write the number, or why there is none: one of the two.")
LOCKED = gettext_noop(
    "This period is locked. Change its number on its page, and say why: that is shown with it."
)
ENDED = gettext_noop("“%(said)s” has ended. Reopen it first.")
FUTURE = gettext_noop("This period lies in the future.")
NO_NUMBER = gettext_noop("There is no such number here that could be taken back.")
TAKEN_BACK = "taken_back"
TOO_LONG = gettext_noop("It is longer than %(most)d characters.")


class Numbers(AddedOnly):
    """The noun "observations" for imports."""

    name = "observations"
    list_url_name = "indicators:list"
    kind = REPORT
    title: Any = _("Observations")
    fields: Sequence[Field] = (
        Field("indicator", _("Indicator"), is_required=True, aliases=("indicator", "measure", "indicador")),
        Field(
            "period", _("Period"), is_required=True, hint=_("2026, 2026 Q2, 2026-05, or a day of the period"),
            aliases=("period", "quarter", "month", "date", "periodo", "fecha"),
        ),
        Field("value", _("Value"), "number", aliases=("value", "number", "valor"), may_be_blank=True),
        Field("reason", _("Why there is none"), "choice", options=tuple(REASONS), aliases=("reason", "motivo")),
        Field("organisation", _("Reported by"), aliases=("organisation", "organization", "partner", "reported by", "organizacion")),
        Field("note", _("Note"), aliases=("note", "nota")),
        Field("state", _("State"), "choice", options=((TAKEN_BACK, _("Taken back")),), aliases=("state", "estado")),
    )  # fmt: skip

    only_adds = False
    told_by = ("indicator", "period", "organisation")

    def builder(self) -> Callable[[Mapping[str, Any]], Document]:
        """See Noun."""
        return _built

    def source_key(self, document: Document) -> str:
        """Indicator, first day, reporter."""
        parts = (
            fold(str(document["indicator"])),
            str(document["period"]),
            fold(str(document["organisation"])),
        )
        return "|".join(parts)[:400]

    def find(self, given: Sequence[Document]) -> Sequence[int | None | Bad]:
        """The report there is already, None, or why it cannot be taken."""
        indicators = _indicators(given)
        bodies = {said: _body(said) for said in {str(one["organisation"]) for one in given}}
        found: list[int | None | Bad] = []
        for one in given:
            indicator = indicators.get(fold(str(one["indicator"]))[:200])
            bad = _refused(one, indicator, bodies[str(one["organisation"])])
            if bad is not None or indicator is None:
                found.append(bad)
                continue
            begins = span_of(indicator.frequency, date.fromisoformat(one["period"])).begins
            rows = _reports(indicator, begins, bodies[str(one["organisation"])])
            found.append(_judged(one, indicator, begins, rows.filter(answered_at__isnull=False).first()))
        return found

    def documents(self, keys: Sequence[int]) -> Mapping[int, Document]:
        """See Noun."""
        return {row.pk: _document(row) for row in Report.objects.filter(pk__in=keys)}

    def write(
        self,
        creates: Sequence[Document],
        updates: Sequence[tuple[int, Document]],
        *,
        by: Any,
        origin: Origin,
        change_set: Any,
    ) -> Sequence[int]:
        """See Noun."""
        indicators = _indicators(creates)
        keys = []
        for one in creates:
            indicator = indicators[fold(str(one["indicator"]))[:200]]
            body = _body(str(one["organisation"]))
            on = date.fromisoformat(one["period"])
            write_value(
                indicator,
                on=on,
                value=Decimal(one["value"]) if one["value"] is not None else None,
                reason=str(one["reason"]),
                note=str(one["note"]),
                organisation=Organisation.objects.get(pk=body) if body else None,
                by=by,
                change_set=change_set,
            )
            begins = span_of(indicator.frequency, on).begins
            keys.append(_reports(indicator, begins, body).get().pk)
        rows = Report.objects.select_related("indicator", "organisation").in_bulk(
            [key for key, _one in updates]
        )
        for key, one in updates:
            _change(rows[key], one, by, change_set)
        return keys

    def titles(self, given: Sequence[Document]) -> Sequence[str]:
        """Indicator and day."""
        return [f"{one['indicator']}, {one['period']}" for one in given]


def _built(values: Mapping[str, Any]) -> Document:
    """The document of mapped cells. Raises FieldRefused."""
    out: dict[str, Any] = {"reason": values.get("reason") or ""}
    for name, most in (("indicator", 200), ("organisation", 300), ("note", 500)):
        out[name] = squeeze(str(values.get(name) or "")).replace("\x00", "")
        if len(out[name]) > most:
            raise FieldRefused(name, out[name], TOO_LONG, most=most)
    said = str(values.get("period") or "").strip()
    try:
        out["period"] = parse(said).begins.isoformat()
    except ValueError:
        raise FieldRefused("period", said, NOT_A_PERIOD, said=said[:40]) from None
    number = str(values.get("value") if values.get("value") is not None else "").strip()
    try:
        found = Decimal(number) if number else None
    except InvalidOperation:
        found = Decimal("NaN")
    if found is not None and (not found.is_finite() or abs(found) >= 10**14):
        raise FieldRefused("value", number, NOT_A_NUMBER, said=number[:40])
    out["state"] = values.get("state") or ""
    if not out["state"] and (found is None) == (not out["reason"]):
        raise FieldRefused("value", number, ONE_OF_TWO)
    out["value"] = _plain(found)
    return out


def _plain(value: Decimal | None) -> str | None:
    return None if value is None else format(value.normalize(), "f")


def _document(row: Report) -> Document:
    return {"value": _plain(row.value), "reason": row.reason, "note": row.note, "state": ""}


def _judged(one: Document, indicator: Indicator, begins: date, row: Report | None) -> int | None | Bad:
    """The number that is there, None for a new one, or why it can neither be written nor changed nor taken back."""
    if one["state"] and row is None:
        return Bad(0, "state", TAKEN_BACK, NO_NUMBER)
    has = _document(row) if row is not None else {}
    differ = [
        name for name in ("value", "reason", "note", "state") if one[name] not in (None, "", has.get(name))
    ]
    if row is not None and not differ:
        return row.pk
    there = Observation.objects.filter(indicator=indicator, begins_on=begins)
    if there.filter(locked_at__isnull=False).exists():
        return Bad(0, "period", str(one["period"]), LOCKED)
    if indicator.is_ended:
        return Bad(0, "indicator", indicator.name, ENDED, {"said": indicator.name[:80]})
    if begins > timezone.localdate():
        return Bad(0, "period", str(one["period"]), FUTURE)
    return row.pk if row is not None else None


def _change(row: Report, one: Document, by: Any, change_set: Any) -> None:
    """What a row says otherwise of a number that is there: another number or reason, another note, or that it is taken back."""
    if one.get("state"):
        remove_report(row, by=by, change_set=change_set)
        return
    value, reason = row.value, row.reason
    if one.get("value") is not None:
        value, reason = Decimal(str(one["value"])), ""
    elif one.get("reason"):
        value, reason = None, str(one["reason"])
    write_value(
        row.indicator,
        on=row.begins_on,
        value=value,
        reason=reason,
        note=str(one.get("note") or row.note),
        organisation=row.organisation,
        by=by,
        change_set=change_set,
    )


def _indicators(given: Sequence[Document]) -> dict[str, Indicator]:
    folded = {fold(str(one["indicator"]))[:200] for one in given}
    return {row.name_folded: row for row in Indicator.objects.filter(name_folded__in=folded)}


def _body(said: str) -> int | None:
    """The key of the organisation, 0 where none is named, None where it is not known."""
    if not said:
        return 0
    keys = organisations.named(said)
    return keys[0] if len(keys) == 1 else None


def _reports(indicator: Indicator, begins: date, body: int | None) -> QuerySet[Report]:
    """What that organisation, or the team where it is 0, reported of the period."""
    rows = Report.objects.filter(indicator=indicator, begins_on=begins)
    return rows.filter(organisation_id=body) if body else rows.filter(organisation__isnull=True)


def _refused(one: Document, indicator: Indicator | None, body: int | None) -> Bad | None:
    said = str(one["indicator"])
    if indicator is None:
        return Bad(0, "indicator", said, NO_INDICATOR, {"said": said[:80]})
    if indicator.source:
        return Bad(0, "indicator", said, COUNTS_ITSELF, {"said": said[:80]})
    if body is None:
        name = str(one["organisation"])
        return Bad(0, "organisation", name, NO_BODY, {"said": name[:80]})
    return None
