"""How stories look: state, text with its figures in place, the ledger of figures, who agreed."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from django.conf import settings
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from barnraise.foundation.html import Safe, el, join
from barnraise.foundation.policy import team
from barnraise.foundation.refs import Ref
from barnraise.foundation.text import shorten
from barnraise.plumbing.profile.selectors import installation
from barnraise.plumbing.ui.components import badge, day, figure, number
from barnraise.plumbing.ui.sockets import kinds
from barnraise.plumbing.ui.spans import period_words

from . import selectors
from .models import Story, StoryFigure
from .selectors import Agreement
from .telling import filled, paragraphs

COUNTED = frozenset({"count", "distinct"})
"""Rules whose small values would tell who it was."""


def state_badge(row: Story, *, is_live: bool) -> Safe:
    """The state as word, icon and colour; a published one that is public no more says so."""
    if row.state == Story.State.PUBLISHED:
        if is_live:
            return badge(_("Public"), tone="good", icon="world")
        return badge(_("Not public: a consent is lacking"), tone="bad", icon="eye-off")
    if row.state == Story.State.ENDED:
        return badge(row.get_state_display(), tone="neutral", icon="eye-off")
    return badge(row.get_state_display(), tone="accent", icon="pencil")


def language_word(code: str) -> str:
    """The name of a language in the reader's."""
    return str(_(dict(settings.LANGUAGES).get(code, code)))


def is_hidden(row: StoryFigure) -> bool:
    """Too small to be told in public, by the installation's disclosure threshold."""
    value = row.observation.value
    if value is None or row.observation.indicator.rule not in COUNTED:
        return False
    return 0 < value < installation().disclosure_threshold


def number_of(row: StoryFigure, actor: Any) -> Safe:
    """The number: for the team a figure that leads to its rows, for others the number alone, and small ones hidden."""
    observation = row.observation
    unit = observation.indicator.unit
    if not team(actor) and is_hidden(row):
        return el("span", _("fewer than %(n)s") % {"n": installation().disclosure_threshold}, class_="number")
    if not team(actor):
        return number(observation.value, unit=el("span", unit, translate="no") if unit else "")
    rule = observation.indicator.rule
    return figure(
        observation.value,
        rows=f"{observation.get_absolute_url()}#behind",
        rule=rule,
        of="" if rule in COUNTED else _("Value"),
        unit=el("span", unit, translate="no") if unit else "",
    )


def words_of(row: StoryFigure) -> str:
    """The number with its unit as plain text, for mails and posts; small ones hidden."""
    if is_hidden(row):
        return str(_("fewer than %(n)s") % {"n": installation().disclosure_threshold})
    value = row.observation.value
    shown = "–" if value is None else f"{value.normalize():,f}"
    return f"{shown} {row.observation.indicator.unit}".strip()


def body(text: str, figures: Sequence[StoryFigure], actor: Any) -> Safe:
    """The paragraphs, each figure in its place."""
    by_number = {one.number: one for one in figures}
    found = []
    for pieces in paragraphs(text):
        parts = [
            _figure_in_text(by_number.get(one), actor) if isinstance(one, int) else one for one in pieces
        ]
        found.append(el("p", join(parts), translate="no"))
    return join(found)


def _figure_in_text(row: StoryFigure | None, actor: Any) -> Any:
    return "…" if row is None else number_of(row, actor)


def method_of(row: StoryFigure) -> str:
    """How the number came about: the rule, the days, how many rows."""
    return f"{_kind_of(row)} · {_rows_of(row)}"


def _kind_of(row: StoryFigure) -> str:
    return f"{row.observation.indicator.get_rule_display()} · {period_words(row.observation.period)}"


def _rows_of(row: StoryFigure) -> str:
    many = row.observation.row_count
    return ngettext("from %(n)s row", "from %(n)s rows", many) % {"n": many}


def _method(row: StoryFigure, actor: Any) -> Safe:
    """The same, with the way to the rows for the team."""
    observation = row.observation
    address = f"{observation.get_absolute_url()}#behind" if team(actor) else ""
    rows = figure(observation.row_count, rows=address, text=_rows_of(row))
    return join([_kind_of(row), " · ", rows])


def ledger(figures: Sequence[StoryFigure], actor: Any) -> list[dict[str, Any]]:
    """What stands below a story: each figure with words and method."""
    return [
        {
            "row": one,
            "number": number_of(one, actor),
            "words": one.words or one.observation.indicator.name,
            "method": _method(one, actor),
        }
        for one in figures
    ]


def agreement_badge(one: Agreement, today: date) -> Safe:
    """How somebody stands to the story."""
    if not one.why:
        if one.until is None:
            return badge(_("agreed"), tone="good", icon="check")
        is_soon = one.until - today <= selectors.SOON
        text = join([_("agreed until"), " ", day(one.until)])
        return badge(text, tone="warning" if is_soon else "good", icon="clock" if is_soon else "check")
    words: Mapping[str, Any] = {
        "unasked": _("not asked, or not noted"),
        "withdrawn": _("taken back"),
        "expired": _("expired"),
        "ended": _("what it was for has ended"),
    }
    return badge(words[one.why], tone="bad", icon="x")


def wording_of(one: Agreement, language: str) -> str:
    """The words to which they agreed."""
    wording = one.standing.last.wording if one.standing is not None else None
    return wording.text(language, installation().default_language) if wording is not None else ""


def named(text: str) -> tuple[str, str]:
    """Title and address of what a typed reference names; empty where it is gone."""
    try:
        ref = Ref.parse(text)
    except ValueError:
        return "", ""
    described = kinds.find(ref.kind)
    title = described.titles([ref.id]).get(ref.id, "") if described else ""
    return (str(title), str(described.url(ref.id))) if described and title else ("", "")


def absolute(path: str) -> str:
    """The address as others see it."""
    return f"{str(settings.ENVIRONMENT.url).rstrip('/')}{path}"


def short(row: Story, language: str, most: int = 280) -> tuple[str, str]:
    """Title and a short version in that language, figures as words."""
    told = row.told(language)
    values = {one.number: words_of(one) for one in selectors.figures_of(row)}
    summary = told["summary"] or told["text"]
    return told["title"], shorten(" ".join(filled(summary, values).split()), most)
