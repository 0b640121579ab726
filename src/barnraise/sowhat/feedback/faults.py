"""What may not be said in feedback, in words for people."""

from __future__ import annotations

import re
from collections.abc import Collection, Sequence
from datetime import date

from django.utils.translation import gettext_lazy as _

from barnraise.foundation.refs import Ref
from barnraise.foundation.text import fold
from barnraise.plumbing.ui.faults import Fault, text_faults

from .models import Answer, Comment, Theme
from .selectors import CITED

MOST = {"text": 4000, "name": 120, "about": 500, "reason": 300, "you_said": 300, "we_did": 2000}
_ADDRESS = re.compile(r"[\w.+-]+@[\w-]+\.\w+")
_PHONE = re.compile(r"\+?\d(?:[\s().-]?\d){6,}")


def comment_faults(row: Comment, today: date) -> list[Fault]:
    """What is wrong with a comment."""
    found = text_faults(MOST, text=row.text)
    if not row.text:
        found.append(("text", _("Write what was said.")))
    if row.said_on > today:
        found.append(("said_on", _("This day has not come yet.")))
    if row.said_on.year < 1900:
        found.append(("said_on", _("Write a day after 1900.")))
    return found


def theme_faults(row: Theme, *, others: Collection[str]) -> list[Fault]:
    """What is wrong with a theme; `others` are the names taken, folded."""
    found = text_faults(MOST, name=row.name, about=row.about)
    if not row.name:
        found.append(("name", _("Give it a name.")))
    elif row.name_folded in others:
        found.append(("name", _("There is a theme of this name.")))
    return found


def answer_faults(row: Answer) -> list[Fault]:
    """What is wrong with an answer to many."""
    found = text_faults(MOST, you_said=row.you_said, we_did=row.we_did)
    if not row.you_said:
        found.append(("you_said", _("Say in your own words what people said.")))
    if not row.we_did:
        found.append(("we_did", _("Say what was done, or why nothing can be.")))
    if row.cites:
        try:
            kind = Ref.parse(row.cites).kind
        except ValueError:
            kind = ""
        if kind not in CITED:
            found.append(("cites", _("Name a project, an objective, a goal, an event or a decision.")))
    return found


def personal_faults(row: Answer, names: Sequence[str], quotes: Sequence[str]) -> list[Fault]:
    """What tells who said something, in an answer about to be published: addresses, numbers, their names, their very words."""
    found: list[Fault] = []
    for field in ("you_said", "we_did"):
        text = getattr(row, field)
        if _ADDRESS.search(text) or _PHONE.search(text):
            found.append((field, _("It holds an e-mail address or a phone number. Everybody could read it.")))
        folded = f" {fold(text)} "
        named = next((name for name in names if name and f" {fold(name)} " in _spaced(folded)), None)
        if named is not None:
            found.append(
                (field, _("It names %(name)s, who said it. Write it without names.") % {"name": named})
            )
        if any(len(quote) > 40 and fold(quote) in folded for quote in quotes):
            found.append((field, _("It repeats somebody's very words. Say it in your own.")))
    return found


def _spaced(text: str) -> str:
    return re.sub(r"[^\w]+", " ", text)
