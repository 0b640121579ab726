"""How statements, thanks and milestones look."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from decimal import Decimal
from typing import Any, Literal

from babel.numbers import format_currency, format_decimal, get_currency_precision
from django.conf import settings
from django.utils.translation import get_language, gettext_lazy, ngettext, to_locale
from django.utils.translation import gettext as _

from barnraise.foundation.html import Safe
from barnraise.plumbing.ui.components import badge, figure

from .models import Mark, Milestone, Thanks
from .selectors import Gift, Statement, sums

Tone = Literal["neutral", "good", "warning", "bad", "accent"]
_LOOKS: dict[str, tuple[Tone, str]] = {
    "draft": ("accent", "pencil"),
    "sent": ("warning", "mail"),
    "approved": ("good", "check"),
    "wished": ("warning", "message-reply"),
    "ended": ("neutral", "ban"),
    "new": ("accent", "sparkles"),
    "told": ("good", "check"),
    "left": ("neutral", "ban"),
}


def state_badge(row: Thanks | Milestone) -> Safe:
    """The state as word, icon and colour."""
    tone, icon = _LOOKS[row.state]
    return badge(row.get_state_display(), tone=tone, icon=icon)


def _locale() -> str:
    return to_locale(get_language() or "en")


def _major(value: Decimal, currency: str) -> Decimal:
    return value.scaleb(-get_currency_precision(currency))


def _number(value: Decimal) -> str:
    return str(format_decimal(value.normalize(), locale=_locale()))


def _amount(value: Decimal, currency: str) -> str:
    return str(format_currency(_major(value, currency), currency, locale=_locale()))


def worth(one: Gift) -> str:
    """What a row adds: hours, an amount, or how many came."""
    return _amount(one.value, one.currency) if one.currency else _number(one.value)


def parts(told: Statement) -> list[dict[str, Any]]:
    """The parts of a statement that have rows: name for the page, title, rows, and figures made of them."""
    found: list[dict[str, Any]] = []
    titles: Sequence[tuple[str, Any, Sequence[Gift], Any]] = (
        ("hours", _("Volunteer hours"), told.hours, _("Hours")),
        ("money", _("Money"), told.money, _("Amount")),
        ("goods", _("Goods, at fair value"), told.goods, _("Amount")),
        ("services", _("Services that count as money"), told.services, _("Amount")),
        ("space", _("Events hosted with us, and who came"), told.space, _("Came")),
        ("promises", _("Promises kept"), told.promises, ""),
    )
    for name, title, rows, column in titles:
        if rows:
            found.append(
                {
                    "name": name,
                    "title": title,
                    "column": column,
                    "figures": _figures(name, rows, str(column)),
                    "rows": [(one, worth(one) if column else "") for one in rows],
                }
            )
    return found


def _figures(name: str, rows: Sequence[Gift], column: str) -> list[Any]:
    where = f"#{name}"
    if name == "promises":
        return [figure(len(rows), rows=where, unit=ngettext("promise kept", "promises kept", len(rows)))]
    if name == "space":
        came = sums(rows).get("", Decimal(0))
        return [
            figure(len(rows), rows=where, unit=ngettext("event hosted", "events hosted", len(rows))),
            figure(came, rows=where, rule="sum", of=column, unit=_("people came")),
        ]
    if name == "hours":
        return [figure(sums(rows)[""], rows=where, rule="sum", of=column, unit=_("hours"))]
    return [
        figure(_major(value, currency), rows=where, rule="sum", of=column, text=_amount(value, currency))
        for currency, value in sorted(sums(rows).items())
    ]


def lines(told: Statement) -> list[str]:
    """A statement in a few lines of text, for a mail."""
    found = []
    if told.hours:
        found.append(_("%(n)s volunteer hours") % {"n": _number(sums(told.hours)[""])})
    for title, rows in ((_("Money"), told.money), (_("Goods"), told.goods), (_("Services"), told.services)):
        found += [f"{title}: {_amount(value, currency)}" for currency, value in sorted(sums(rows).items())]
    if told.space:
        came = _number(sums(told.space).get("", Decimal(0)))
        events = ngettext("%(n)s event", "%(n)s events", len(told.space)) % {"n": len(told.space)}
        found.append(
            _("%(events)s hosted with us, to which %(came)s people came") % {"events": events, "came": came}
        )
    if told.promises:
        many = len(told.promises)
        found.append(ngettext("%(n)s promise kept", "%(n)s promises kept", many) % {"n": many})
    return found


def language_word(code: str) -> str:
    """The name of a language in the reader's."""
    return str(_(dict(settings.LANGUAGES).get(code, code)))


def last_year(today: date) -> tuple[date, date]:
    """The twelve months until yesterday's month: what a statement begins with."""
    return date(today.year - 1, today.month, 1), today


MARK_STATES: tuple[tuple[str, Any], ...] = (
    ("watched", gettext_lazy("Watched")),
    ("ended", gettext_lazy("Ended")),
)


def mark_state(row: Mark) -> str:
    """Whether a mark is watched, in a word."""
    return str(dict(MARK_STATES)["ended" if row.ended_at else "watched"])
