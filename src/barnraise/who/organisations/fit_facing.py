"""One who fits our asks, drawn: the score, what it gives, and how the score comes about. In Python, for there are many rows."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from barnraise.foundation.html import Safe, el, join
from barnraise.plumbing.ui.components import number

from .sockets import Matching


def row(
    organisation: Any,
    fit: dict[str, Any],
    others: Sequence[tuple[Any, int]],
    *,
    names_ask: bool,
    acts: Sequence[Matching] = (),
) -> Safe:
    """An organisation in a ranking; `others` are (ask, score) that it fits too, `acts` what the reader may do with a match."""
    kind: list[Any] = [organisation.get_kind_display()]
    if organisation.city:
        kind += [" · ", el("span", organisation.city, translate="no")]
    named = el("a", organisation.name, href=organisation.get_absolute_url(), translate="no")
    words = [el("p", named, " ", el("span", *kind, class_="muted"), class_="fit-who")]
    if names_ask:
        asked = el("span", fit["ask"].what, translate="no")
        words.append(el("p", _muted(_("Fits best:")), " ", asked, class_="fit-ask"))
    words.append(one(fit))
    words += [el("p", *_acts(act, fit), class_="fit-acts") for act in acts]
    if others:
        links = (el("a", ask.what, href=of_ask(ask), translate="no") + f" {el('span', score, class_='number')}" for ask, score in others)  # fmt: skip
        words.append(el("p", _muted(_("Fits too:")), " ", join(map(Safe, links), ", "), class_="fit-others"))
    return _row(fit, words)


def _acts(act: Matching, fit: dict[str, Any]) -> Iterable[Any]:
    """The act for each give; where there are several, each names its own."""
    for key, gift in zip(fit["keys"], fit["gifts"], strict=True):
        what = el(
            "span",
            ": ",
            el("span", gift.what, translate="no"),
            class_="" if len(fit["keys"]) > 1 else "visually-hidden",
        )
        yield el("a", act.title, what, href=act.address(key, fit["ask"].pk))
        yield " "


def of_ask(ask: Any) -> str:
    """The ranking for one ask."""
    return f"{reverse('organisations:fit')}?ask={ask.pk}"


def ask_row(fit: dict[str, Any]) -> Safe:
    """One of our asks on the page of an organisation that fits it."""
    named = el("a", fit["ask"].what, href=of_ask(fit["ask"]), translate="no")
    return _row(fit, [el("p", named, class_="fit-who"), one(fit)])


def _row(fit: dict[str, Any], words: Iterable[Safe]) -> Safe:
    score = fit["score"]
    bar = el("progress", score, value=score, max="100", aria_label=_("Score"))
    shown = el("p", el("strong", score, class_="number"), bar, class_="fit-score")
    return el("li", shown, el("div", *words, class_="fit-words"), class_="fit-row")


def _muted(words: str) -> Safe:
    return el("span", words, class_="muted")


def one(fit: dict[str, Any]) -> Safe:
    """What is given, why it fits, and the terms behind a disclosure."""
    gifts = join((el("span", el("span", gift.what, translate="no")) for gift in fit["gifts"]), ", ")
    given: list[Any] = [_muted(_("Gives:")), " ", gifts]
    if fit["more_gifts"]:
        more = ngettext("and %(n)s more", "and %(n)s more", fit["more_gifts"])
        given += [" ", more % {"n": fit["more_gifts"]}]
    reasons = join((el("span", reason) for reason in fit["reasons"]), " · ")
    return Safe(el("p", *given, class_="fit-gifts") + el("p", reasons, class_="fit-reasons") + _terms(fit))


def _terms(fit: dict[str, Any]) -> Safe:
    heads = ((_("Term"), None), (_("Reason"), None), (_("Value"), "number"), (_("Weight"), "number"), (_("Points"), "number"))  # fmt: skip
    head = el("thead", el("tr", *(el("th", word, scope="col", class_=kind) for word, kind in heads)))
    lines = (
        el("tr", el("td", term["name"]), el("td", term["reason"]), _cell(number(term["value"], unit="%")),
           _cell(term["weight"]), _cell(number(term["points"])))
        for term in fit["terms"]
    )  # fmt: skip
    caption = el("caption", _("Terms of the score"), class_="visually-hidden")
    parts = [
        el("summary", _("How %(score)s comes about") % {"score": fit["score"]}),
        el("table", caption, head, el("tbody", *lines), class_="table"),
    ]
    if fit["left_out"]:
        missing = join((f"{name} ({why})" for name, why in fit["left_out"]), ", ")
        parts.append(el("p", _("Left out, since nobody knows it:"), " ", missing, ".", class_="table-note"))
    return el("details", *parts, class_="fit-terms")


def _cell(value: Any) -> Safe:
    return el("td", value, class_="number")
