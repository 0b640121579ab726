"""How concerns look: state, severity, who raised them, how their clock stands."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any, Literal

from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from barnraise.foundation.html import Safe
from barnraise.plumbing.profile.selectors import languages
from barnraise.plumbing.ui.components import badge, data

from . import selectors
from .clock import Term
from .models import Issue

Tone = Literal["neutral", "good", "warning", "bad", "accent"]
STANDINGS: tuple[tuple[str, Any], ...] = (
    ("waiting", gettext_lazy("Within its clock")),
    ("near", gettext_lazy("Near its clock")),
    ("over", gettext_lazy("Past its clock")),
    ("in_time", gettext_lazy("Answered in time")),
    ("late", gettext_lazy("Answered late")),
)
_STATES: dict[str, tuple[Tone, str]] = {
    "open": ("accent", "clock"),
    "answered": ("accent", "message"),
    "resolved": ("good", "check"),
    "declined": ("neutral", "ban"),
}
_SEVERITIES: dict[str, tuple[Tone, str]] = {
    "urgent": ("bad", "bell"),
    "high": ("warning", "arrow-up"),
    "medium": ("neutral", "point"),
    "low": ("neutral", "arrow-down"),
}


def term_words(term: Term) -> str:
    """How long an answer may take, in words: 24 hours."""
    if term.unit == "hours":
        return ngettext("%(many)s hour", "%(many)s hours", term.amount) % {"many": term.amount}
    return ngettext("%(many)s working day", "%(many)s working days", term.amount) % {"many": term.amount}


def terms_words() -> str:
    """The clocks of all severities, in one line."""
    lines = [f"{Issue.Severity(name).label}: {term_words(term)}" for name, term in selectors.terms().items()]
    return "; ".join(lines)


def standing_word(name: str) -> str:
    """How the clock stands, in a few words."""
    return str(dict(STANDINGS)[name])


def state_badge(row: Issue, now: datetime) -> Safe:
    """The state as word, icon and colour; while an answer is owed, how long there is."""
    if row.state != Issue.State.OPEN:
        tone, icon = _STATES[row.state]
        return badge(row.get_state_display(), tone=tone, icon=icon)
    return clock_badge(row, now)


def clock_badge(row: Issue, now: datetime) -> Safe:
    """How its clock stands as word, icon and colour."""
    name = selectors.standing_of(row, now)
    tones: dict[str, tuple[Tone, str]] = {
        "waiting": ("accent", "clock"),
        "near": ("warning", "clock"),
        "over": ("bad", "bell"),
        "in_time": ("good", "check"),
        "late": ("warning", "check"),
    }
    tone, icon = tones[name]
    words = standing_word(name) if name in {"in_time", "late"} else clock_words(row, now)
    return badge(words, tone=tone, icon=icon)


def clock_words(row: Issue, now: datetime) -> str:
    """How long there is until the answer is owed, or how long ago that was."""
    left = row.answer_by - now
    hours = abs(left) // timedelta(hours=1)
    if left < timedelta(0):
        if hours < 48:
            return ngettext("%(n)d hour past its clock", "%(n)d hours past its clock", hours) % {"n": hours}
        return ngettext("%(n)d day past its clock", "%(n)d days past its clock", hours // 24) % {
            "n": hours // 24
        }
    if hours < 48:
        return ngettext("answer owed in %(n)d hour", "answer owed in %(n)d hours", hours) % {"n": hours}
    days = (timezone.localdate(row.answer_by) - timezone.localdate(now)).days
    return ngettext("answer owed in %(n)d day", "answer owed in %(n)d days", days) % {"n": days}


def severity_badge(row: Issue) -> Safe:
    """The severity as word, icon and colour."""
    tone, icon = _SEVERITIES[row.severity]
    return badge(row.get_severity_display(), tone=tone, icon=icon)


def who(row: Issue) -> Safe:
    """Who raised it, and about whom."""
    return data(who_text(row))


def who_text(row: Issue) -> str:
    """The same as text."""
    said = str(row.asker or "")
    if not said:
        said = _("the team") if row.origin == Issue.Origin.TEAM else _("somebody without a name")
    return f"{said} → {row.about}" if row.about else said


def language_choices() -> list[tuple[str, Any]]:
    """The languages in which answers are written."""
    return [("", gettext_lazy("As they prefer")), *languages()]
