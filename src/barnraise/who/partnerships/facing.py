"""How partnerships look: stages, silences, the stakeholder map."""

from __future__ import annotations

from datetime import date
from typing import Any, Literal

from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from barnraise.foundation.html import Safe, el, join
from barnraise.plumbing.ui.components import badge, data, day

from .models import Partnership, Stage
from .selectors import Place
from .silence import Silence, silence

Tone = Literal["neutral", "good", "warning", "bad", "accent"]
LOOKS: dict[str, tuple[Tone, str]] = {
    "prospect": ("neutral", "eye"),
    "contact": ("accent", "messages"),
    "forming": ("accent", "pencil"),
    "active": ("good", "heart-handshake"),
    "dormant": ("warning", "moon"),
    "ended": ("neutral", "ban"),
}
SILENCES: tuple[tuple[str, Any], ...] = (
    ("over", gettext_lazy("Silent for longer than agreed")),
    ("snoozed", gettext_lazy("Silent, and snoozed")),
    ("soon", gettext_lazy("Due within a week")),
    ("fine", gettext_lazy("In time")),
    ("none", gettext_lazy("Nothing agreed")),
)
CADENCES: tuple[tuple[int, Any], ...] = (
    (7, gettext_lazy("every week")),
    (14, gettext_lazy("every two weeks")),
    (30, gettext_lazy("every month")),
    (90, gettext_lazy("every quarter")),
    (180, gettext_lazy("every half year")),
    (365, gettext_lazy("every year")),
)


def stage_badge(row: Partnership) -> Safe:
    """The stage as word, icon and colour."""
    tone, icon = LOOKS[row.stage]
    return badge(row.get_stage_display(), tone=tone, icon=icon)


def stage_word(stage: str) -> str:
    """The stage in a word."""
    return str(Stage(stage).label)


def cadence_words(days: int | None) -> str:
    """How often a contact was agreed; empty when nothing was."""
    if not days:
        return ""
    named = dict(CADENCES).get(days)
    return str(named) if named else ngettext("every %(n)d day", "every %(n)d days", days) % {"n": days}


def silence_of(row: Any, today: date) -> Silence:
    """The silence of a row that was read with its `last_at`."""
    return silence(
        is_live=row.is_live,
        cadence_days=row.cadence_days,
        begun_on=row.begun_on,
        last_at=row.last_at,
        snoozed_until=row.snoozed_until,
        today=today,
        zone=timezone.get_current_timezone(),
    )


def silence_badge(found: Silence) -> Any:
    """The silence as a badge; nothing where nothing was agreed."""
    if found.state == "over":
        return badge(over_words(found.days_over), tone="warning", icon="bell")
    if found.state == "snoozed":
        return badge(_("snoozed"), icon="moon")
    if found.due_on is None:
        return ""
    tone: Tone = "accent" if found.state == "soon" else "good"
    return join(
        [badge(_("due soon") if found.state == "soon" else _("in time"), tone=tone), " ", day(found.due_on)]
    )


def over_words(days: int) -> str:
    """How long the agreed silence has been over."""
    return ngettext("%(n)d day too long", "%(n)d days too long", days) % {"n": days}


_LEFT, _TOP, _CELL, _HIGH = 64, 16, 128, 92
_WIDTH, _HEIGHT = _LEFT + 5 * _CELL + 8, _TOP + 5 * _HIGH + 48
LINES = 4


def stakeholder_map(found: list[Place], address: Any) -> Safe:
    """The map as SVG: influence upwards, interest to the right, every place a link to its partners (`address(place)`).

    Its table twin says the same in words; the links are reached by keyboard from most influence and interest downwards.
    """
    cells = [_ground(influence, interest) for influence in range(5, 0, -1) for interest in range(1, 6)]
    marks = [_place(place, str(address(place))) for place in found]
    return el(
        "svg",
        el("title", _("Stakeholder map: influence upwards, interest to the right")),
        el("g", *cells, aria_hidden="true"),
        *_axes(),
        *marks,
        viewBox=f"0 0 {_WIDTH} {_HEIGHT}",
        class_="stakeholder-map",
        role="group",
        aria_label=_("Stakeholder map"),
    )


def _corner(influence: int, interest: int) -> tuple[int, int]:
    return _LEFT + (interest - 1) * _CELL, _TOP + (5 - influence) * _HIGH


def _ground(influence: int, interest: int) -> Safe:
    x, y = _corner(influence, interest)
    is_strong = influence + interest >= 8
    kind = "map-cell map-cell-strong" if is_strong else "map-cell"
    return el("rect", x=x + 2, y=y + 2, width=_CELL - 4, height=_HIGH - 4, rx=6, class_=kind)


def _axes() -> list[Safe]:
    found = []
    for level in range(1, 6):
        x, y = _corner(level, level)
        found.append(el("text", level, x=x + _CELL // 2, y=_TOP + 5 * _HIGH + 18, class_="map-mark"))
        found.append(el("text", level, x=_LEFT - 12, y=y + _HIGH // 2 + 5, class_="map-mark"))
    middle = _TOP + 5 * _HIGH // 2
    across = el("text", _("Interest →"), x=_LEFT + 5 * _CELL // 2, y=_HEIGHT - 8, class_="map-axis")
    upwards = el(
        "text", _("Influence →"), x=18, y=middle, transform=f"rotate(-90 18 {middle})", class_="map-axis"
    )
    return [el("g", *found, across, upwards, aria_hidden="true")]


def _place(place: Place, href: str) -> Safe:
    x, y = _corner(place.influence, place.interest)
    shown = place.rows[:LINES] if place.count <= LINES else place.rows[: LINES - 1]
    lines = [
        el("text", _short(str(row)), x=x + 12, y=y + 24 + at * 17, class_="map-name", translate="no")
        for at, row in enumerate(shown)
    ]
    if place.count > len(shown):
        more = _("and %(n)d more") % {"n": place.count - len(shown)}
        lines.append(el("text", more, x=x + 12, y=y + 24 + len(shown) * 17, class_="map-more"))
    frame = el("rect", x=x + 2, y=y + 2, width=_CELL - 4, height=_HIGH - 4, rx=6, class_="map-place")
    return el(
        "a", frame, *lines, href=href, aria_label=place_words(place), class_="map-link", data_hx_boost="false"
    )


def _short(name: str) -> str:
    return name if len(name) <= 16 else f"{name[:15].rstrip()}…"


def place_words(place: Place) -> str:
    """A place of the map in words: how many stand there."""
    words = ngettext(
        "%(n)d partner: influence %(influence)d, interest %(interest)d",
        "%(n)d partners: influence %(influence)d, interest %(interest)d",
        place.count,
    )
    return words % {"n": place.count, "influence": place.influence, "interest": place.interest}


def partner_link(row: Partnership) -> Safe:
    """The partner's name with its kind as a mark."""
    return data(str(row))
