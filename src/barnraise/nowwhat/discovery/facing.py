"""How candidates look: the decision, a row of the ranking with its terms. In Python, for there are many rows."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from functools import lru_cache
from typing import Any, Literal

from django.urls import reverse
from django.utils.translation import get_language, gettext_lazy
from django.utils.translation import gettext as _

from barnraise.foundation.html import Safe, el, join
from barnraise.plumbing.search import selectors as search
from barnraise.plumbing.ui.components import badge, button, day, number
from barnraise.plumbing.ui.sockets import kinds

from . import selectors
from .models import Candidate
from .score_words import NAMES

Tone = Literal["neutral", "good", "warning", "bad", "accent"]
AGAIN = "again"
SHOWN = 3
"""So many reasons stand in the ranking; the table of terms has all."""
STATES: tuple[tuple[str, Any], ...] = (
    ("proposed", gettext_lazy("Proposed")),
    ("watch", gettext_lazy("Kept in view")),
    ("again", gettext_lazy("To look at again")),
    ("not_now", gettext_lazy("Not now")),
    ("approached", gettext_lazy("Approached")),
)
_LOOKS: dict[str, tuple[Tone, str]] = {
    "proposed": ("accent", "sparkles"),
    "watch": ("accent", "eye"),
    "again": ("warning", "clock"),
    "not_now": ("neutral", "moon"),
    "approached": ("good", "heart-handshake"),
}


def state(row: Candidate, today: date) -> str:
    """One of STATES."""
    return AGAIN if selectors.is_again(row, today) else str(row.verdict)


def state_word(row: Candidate, today: date) -> str:
    """The state in a word."""
    return str(dict(STATES)[state(row, today)])


def state_badge(row: Candidate, today: date) -> Safe:
    """The state as word, icon and colour."""
    tone, icon = _LOOKS[state(row, today)]
    return badge(state_word(row, today), tone=tone, icon=icon)


def cited(text: str) -> tuple[str, str]:
    """Title and address of what it was looked at for; empty where it is gone."""
    title = search.cited_title(text) if text else ""
    if not title:
        return "", ""
    kind, _colon, key = text.partition(":")
    return title, str(kinds.get(kind).url(int(key)))


def terms_table(terms: Sequence[Mapping[str, Any]], left_out: Sequence[tuple[str, str]] = ()) -> Safe:
    """The terms of a score with reason, value, weight and points; those left out below."""
    head, titles = _head_of_terms(get_language())
    lines = (
        el("tr", el("td", NAMES[term["name"]]), el("td", term["reason"], data_label=titles[1]),
           _cell(number(term["value"], unit="%"), titles[2]), _cell(number(term["weight"]), titles[3]),
           _cell(number(term["points"]), titles[4]))
        for term in terms
    )  # fmt: skip
    parts = [el("table", head, el("tbody", *lines), class_="table table-stacks")]
    if left_out:
        missing = join((f"{NAMES[name]} ({why})" for name, why in left_out), ", ")
        parts.append(el("p", _("Left out, since nobody knows it:"), " ", missing, ".", class_="table-note"))
    return join(parts)


@lru_cache
def _head_of_terms(_language: str | None) -> tuple[Safe, tuple[str, ...]]:
    """Caption and head in the language in force, and the titles alone: every row of the ranking has the same."""
    heads = ((_("Term"), None), (_("Reason"), None), (_("Value"), "number"), (_("Weight"), "number"), (_("Points"), "number"))  # fmt: skip
    head = el("thead", el("tr", *(el("th", word, scope="col", class_=kind) for word, kind in heads)))
    caption = el("caption", _("Terms of the score"), class_="visually-hidden")
    return join([caption, head]), tuple(word for word, _kind in heads)


def _cell(value: Any, title: str) -> Safe:
    return el("td", value, class_="number", data_label=title)


def row(
    organisation: Any, words: Mapping[str, Any], decided: Candidate | None, *, for_: str, token: str, may_judge: bool
) -> Safe:  # fmt: skip
    """A candidate in the ranking: who it is, its score and reasons, and what may be done."""
    said: list[Any] = [organisation.get_kind_display()]
    if organisation.city:
        said += [" · ", el("span", organisation.city, translate="no")]
    if organisation.source.name != organisation.city:
        said += [" · ", el("span", organisation.source.name, translate="no")]
    name = el("a", organisation.name, href=organisation.get_absolute_url(), translate="no")
    parts = [el("p", name, " ", el("span", *said, class_="muted"), class_="fit-who")]
    if decided is not None and decided.verdict == Candidate.Verdict.WATCH:
        parts.append(el("p", badge(_("Kept in view"), tone="accent", icon="eye"), " ", el("span", decided.reason, translate="no")))  # fmt: skip
    elif decided is not None and decided.until is not None:
        parts.append(el("p", badge(_("Look again"), tone="warning", icon="clock"), " ", _put_off(decided)))
    parts.append(reasons(words["terms"]))
    summary = el("summary", _("How %(score)s comes about") % {"score": words["score"]})
    parts.append(
        el("details", summary, terms_table(words["terms"], words["left_out"]), class_="fit-terms")
    )  # fmt: skip
    if may_judge:
        parts.append(acts(organisation, for_=for_, token=token))
    bar = el("progress", words["score"], value=words["score"], max="100", aria_label=_("Score"))
    shown = el("p", el("strong", words["score"], class_="number"), bar, class_="fit-score")
    return el("li", shown, el("div", *parts, class_="fit-words"), class_="fit-row")


def reasons(terms: Sequence[Mapping[str, Any]]) -> Safe:
    """What speaks most for a candidate: the terms that add most, each with what it says."""
    strongest = sorted((term for term in terms if term["value"]), key=lambda term: -term["points"])[:SHOWN]
    said = (part for term in strongest for part in (el("dt", NAMES[term["name"]]), el("dd", term["reason"])))
    return el("dl", *said, class_="fit-reasons")


def _put_off(decided: Candidate) -> Safe:
    return join(
        [_("put off until"), " ", day(decided.until), ": ", el("span", decided.reason, translate="no")]
    )


def acts(organisation: Any, *, for_: str, token: str, next_: str = "") -> Safe:
    """Begin a partnership in one click; keep in view or not now by a form."""
    hidden = [el("input", type="hidden", name="csrfmiddlewaretoken", value=token), el("input", type="hidden", name="for", value=for_)]  # fmt: skip
    if next_:
        hidden.append(el("input", type="hidden", name="next", value=next_))
    named = el("span", ": ", el("span", organisation.name, translate="no"), class_="visually-hidden")
    begin = el("button", el("span", _("Begin a partnership")), named, class_="btn btn-quiet", type="submit")
    form = el(
        "form", *hidden, begin, method="post", action=reverse("discovery:approach", args=[organisation.uuid])
    )
    where = reverse("discovery:judge", args=[organisation.uuid])
    more = f"&for={for_}" if for_ else ""
    watch = button(join([_("Keep in view"), named]), href=f"{where}?as=watch{more}", kind="plain")
    later = button(join([_("Not now"), named]), href=f"{where}?as=not_now{more}", kind="plain")
    return el("div", form, watch, later, class_="actions")
