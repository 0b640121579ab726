"""What a story may not say, in words for people."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.conf import settings
from django.utils.translation import gettext_lazy as _

from barnraise.foundation.refs import Ref
from barnraise.plumbing.ui.faults import Fault, text_faults

from . import selectors
from .models import Story
from .telling import unknown

MOST = {"title": 160, "summary": 400, "text": 20000, "words": 200, "named_as": 120, "note": 300}
WORDED = ("title", "summary", "text")


def story_faults(row: Story) -> list[Fault]:
    """What is wrong with a story as it is kept; a draft may lack much."""
    found = text_faults(MOST, title=row.title, summary=row.summary, text=row.text)
    if not row.title:
        found.append(("title", _("Give it a title.")))
    if row.language not in dict(settings.LANGUAGES):
        found.append(("language", _("Choose one of the languages.")))
    if row.cites:
        try:
            kind = Ref.parse(row.cites).kind
        except ValueError:
            kind = ""
        if kind not in selectors.ABOUT:
            found.append(
                ("cites", _("A story tells about a project, event, goal, objective, need or organisation."))
            )
    return found


def publishing_faults(row: Story, today: date) -> list[Fault]:
    """Why it cannot be public now: nothing told, a figure that is not there or has no value, somebody who does not agree."""
    found: list[Fault] = []
    if not row.text.strip():
        found.append(("text", _("The story is empty.")))
    figures = selectors.figures_of(row)
    texts = [text for code in row.languages for text in row.told(code).values()]
    for number in unknown(texts, [one.number for one in figures]):
        found.append(
            ("text", _("The text cites figure {%(number)s}, which it does not have.") % {"number": number})
        )
    for one in figures:
        if one.observation.value is None:
            found.append(
                (
                    "figures",
                    _("Figure {%(number)s} has no value: cite another period.") % {"number": one.number},
                )
            )
    for who in selectors.blocked_people(row, today):
        found.append(("people", WHY_NOT[who.why] % {"name": who.row.named_as}))
    return found


WHY_NOT: dict[str, Any] = {
    "unasked": _("%(name)s was not asked, or their answer is not noted: note it at their consents."),
    "withdrawn": _("%(name)s took their consent back."),
    "expired": _("The consent of %(name)s has expired."),
    "ended": _("What %(name)s agreed to has ended: ask them anew."),
}
"""Why somebody hinders a story from being public."""
