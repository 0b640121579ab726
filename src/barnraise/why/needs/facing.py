"""How needs, assessments and their priorities look."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import datetime, timedelta
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from barnraise.foundation.html import Safe, join
from barnraise.foundation.refs import Ref
from barnraise.plumbing.ui.components import badge, figure, number
from barnraise.plumbing.ui.sockets import kinds

from . import policies, selectors
from .hanlon import PEARL, Priority, ranks
from .models import Cycle, Evidence, Need, Score, Session
from .models.need import LETTERS

VARIANTS: Mapping[str, Any] = {
    "uic": gettext_lazy("(size + seriousness) × effectiveness ÷ 3, with seriousness from 0 to 20 (Hanlon)"),
    "double_seriousness": gettext_lazy("(size + 2 × seriousness) × effectiveness, all from 0 to 10 (NACCHO)"),
}
COMPONENTS: Mapping[str, Any] = {
    "size": gettext_lazy("Size of the problem, 0 to %(highest)s"),
    "seriousness": gettext_lazy("Seriousness, 0 to %(highest)s"),
    "effectiveness": gettext_lazy("Effectiveness of what can be done, 0 to %(highest)s"),
}
AIDS: Mapping[str, Any] = {
    "size": gettext_lazy(
        "A quarter of all people or more: 9 or 10. One in a hundred to one in ten: 5 or 6. Fewer than one in a thousand: 1 or 2."
    ),
    "seriousness": gettext_lazy("How urgent, how severe, what it costs, whom else it touches."),
    "effectiveness": gettext_lazy(
        "What is known to work for 80 in 100: 9 or 10. For 20 to 40: 3 or 4. For fewer than 5: 0."
    ),
}
SOON = timedelta(days=183)


def state_badge(row: Need) -> Safe:
    """Open, or how it ended."""
    if not row.end:
        return badge(_("Open need"), tone="accent")
    return badge(row.get_end_display(), tone="good" if row.end == Need.End.MET else "neutral")


def gap(row: Need) -> str:
    """The gap in numbers as a sentence; empty without numbers."""
    if row.present is None or row.wanted is None:
        return ""
    return _("%(present)s instead of %(wanted)s %(unit)s") % {
        "present": f"{row.present.normalize():f}",
        "wanted": f"{row.wanted.normalize():f}",
        "unit": row.unit,
    }


def letters(refused: Mapping[str, int]) -> str:
    """The letters of PEARL that were answered with no, with how many raters."""
    names = {letter: str(LETTERS[letter]).partition(":")[0] for letter in PEARL}
    return ", ".join(f"{names[letter]} ({many})" for letter, many in refused.items())


def letters_of(score: Score) -> str:
    """The letters of PEARL that this rater said no to."""
    names = (str(LETTERS[letter]).partition(":")[0] for letter in PEARL if not getattr(score, letter))
    return ", ".join(names)


def ordered(cycle: Cycle) -> list[dict[str, Any]]:
    """The needs of an assessment in the order of its table: ranked ones first, ties together, then the others."""
    needs = list(selectors.needs_listed().filter(cycle=cycle).order_by("title_folded", "pk"))
    scores = selectors.scores_of(needs)
    found = selectors.priorities_of(scores, cycle.variant)
    places = ranks(found)
    lines = [
        {
            "need": need,
            "rank": places.get(need.pk),
            "priority": found[need.pk],
            "scores": scores[need.pk],
        }
        for need in needs
    ]
    return sorted(lines, key=lambda one: (one["rank"] is None, one["rank"] or 0, one["need"].title_folded))


def _refused(line: Mapping[str, Any]) -> dict[str, Any]:
    """What PEARL says no to, and the raters' reasons."""
    return {
        "refused": letters(line["priority"].refused_by) if line["priority"] else "",
        "reasons": list(dict.fromkeys(one.reason for one in line["scores"] if one.reason)),
    }


FIGURES = ("raters", "size", "seriousness", "effectiveness", "basic", "single")
"""What `shown` gives, in its order."""


def table_line(line: dict[str, Any], variant: str) -> dict[str, Any]:
    """One of `ordered` in words: who scored it, what was refused, how it stands, its figures by FIGURES."""
    priority, need = line["priority"], line["need"]
    figures = (value for _word, value in shown(priority, need, variant))
    said = raters(priority, need) if priority else ""
    return {
        **line,
        **_refused(line),
        "state": state_badge(need),
        "raters": said,
        "figures": dict(zip(FIGURES, figures, strict=False)),
    }


def rounded(value: float, rows: str, rule: str, of: Any) -> Any:
    """A figure of a priority, leading to the raters' scores."""
    return figure(round(value, 6), rows=rows, rule=rule, of=of, text=number(round(value, 1)))


def shown(priority: Priority | None, need: Need, variant: str) -> list[tuple[Any, Any]]:
    """What the raters' scores come to, as facts."""
    if priority is None:
        return []
    rows = f"{need.get_absolute_url()}#scores"
    low = rounded(priority.low, rows, "formula", f"hanlon {variant} lowest")
    high = rounded(priority.high, rows, "formula", f"hanlon {variant} highest")
    return [
        (_("Raters"), figure(priority.raters, rows=rows)),
        (_("Size"), rounded(priority.size, rows, "mean", _("Size"))),
        (_("Seriousness"), rounded(priority.seriousness, rows, "mean", _("Seriousness"))),
        (_("Effectiveness"), rounded(priority.effectiveness, rows, "mean", _("Effectiveness"))),
        (_("Basic rating"), rounded(priority.basic, rows, "formula", f"hanlon {variant}")),
        (_("Single raters"), join([low, "–", high])),
    ]


def in_the_room(row: Session) -> Any:
    """How many were there, the sum over groups."""
    return figure(row.present, rows=f"{row.get_absolute_url()}#room", rule="sum", of=_("In the room"))


def raters(priority: Priority, need: Need) -> Any:
    """ "3 raters", leading to their scores."""
    words = ngettext("%(n)d rater", "%(n)d raters", priority.raters) % {"n": priority.raters}
    return figure(priority.raters, rows=f"{need.get_absolute_url()}#scores", text=words)


def cited(rows: Sequence[Evidence]) -> list[tuple[Evidence, str, str]]:
    """(evidence, title of what it cites, its address); empty texts where it cites nothing or that is gone."""
    refs = [Ref.parse(row.cites) for row in rows if row.cites]
    found: dict[str, tuple[str, str]] = {}
    for kind in {ref.kind for ref in refs}:
        described = kinds.find(kind)
        keys = [ref.id for ref in refs if ref.kind == kind]
        for key, title in (described.titles(keys) if described else {}).items():
            found[f"{kind}:{key}"] = (title, described.url(key) if described else "")
    return [(row, *found.get(row.cites, ("", ""))) for row in rows]


def due_card(actor: Any, now: datetime) -> Mapping[str, Any] | None:
    """Today: assessments of which the next one is due within half a year, or overdue, and listening sessions without themes; else None."""
    today = timezone.localdate(now)
    found, unheard = selectors.due(today + SOON), selectors.without_themes(today)
    if not found and not unheard:
        return None
    rows = [(row, row.next_due_on is not None and row.next_due_on < today) for row in found[:8]]
    return {"rows": rows, "unheard": unheard, "may_edit": policies.may_edit(actor)}


def priority_lines(cycle: Cycle) -> Iterator[list[Any]]:
    """The table of priorities as lines: every need, then every score of every rater."""
    yield [
        _("Rank"), _("Need"), _("Raters"), _("Size"), _("Seriousness"), _("Effectiveness"), _("Basic rating"),
        _("Lowest of a rater"), _("Highest of a rater"), _("PEARL: no"), _("Why not"),
    ]  # fmt: skip
    for line in ordered(cycle):
        priority = line["priority"]
        figures = (
            [priority.raters, *(round(value, 2) for value in (
                priority.size, priority.seriousness, priority.effectiveness, priority.basic, priority.low, priority.high,
            ))]
            if priority
            else [0, *[""] * 6]
        )  # fmt: skip
        no = _refused(line)
        yield [line["rank"] or "", line["need"].title, *figures, no["refused"], "; ".join(no["reasons"])]
