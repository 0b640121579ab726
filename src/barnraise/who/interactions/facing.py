"""How interactions and next steps look: items of timelines, cells of lists, heads of pages."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date
from typing import Any

from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from barnraise.foundation.html import Safe, el, join
from barnraise.foundation.refs import Ref
from barnraise.foundation.text import shorten, squeeze
from barnraise.plumbing.mail.models import Message
from barnraise.plumbing.ui.components import Header, badge, button, chip, data, day, icon, when

from . import policies
from .models import Interaction, NextStep
from .selectors import Talk

ICONS = {"note": "notes", "call": "phone", "visit": "map-pin", "mail": "mail", "talk": "message"}
KINDS: dict[str, Any] = dict(Interaction.Kind.choices)
_DIRECTIONS: dict[str, Any] = dict(Interaction.Direction.choices)

CLAMP = 600
"""Characters of a text that a timeline shows."""

LINES = 8


def about(row: Interaction, most: int = 90) -> str:
    """The subject, or the beginning of the text."""
    return row.subject or shorten(squeeze(row.text), most) or "…"


def restricted_badge() -> Safe:
    """The mark of what only coordinators read."""
    return badge(_("Coordinators only"), tone="accent", icon="lock")


def kind_word(row: Interaction) -> Safe:
    """Icon and word of the kind, with the direction where it was said."""
    words = [icon(ICONS[row.kind]), " ", KINDS[row.kind]]
    if row.direction:
        words += [" · ", _DIRECTIONS[row.direction]]
    return el("span", *words, class_="talk-kind")


def header(row: Interaction, actor: Any) -> Header:
    """What it was about, kind, who may read it, and the one main action."""
    action: Any = ""
    if policies.may_change(actor, row):
        action = button(_("Change"), href=reverse("interactions:change", args=[row.uuid]), icon="pencil")
    states = [restricted_badge()] if row.is_restricted else []
    if row.is_sample:
        states.append(badge(_("Sample"), tone="accent"))
    kind = KINDS[row.kind]
    if row.direction:
        kind = join([kind, " · ", _DIRECTIONS[row.direction]])
    return Header(
        title=about(row, 70),
        kind=kind,
        icon=ICONS[row.kind],
        state=join(states, " ") if states else "",
        action=action,
    )


def chips(people: Iterable[Any], organisations: Iterable[Any]) -> Safe:
    """Linked chips of whom it was with."""
    found = [chip(one.display_name, one.get_absolute_url(), icon="user") for one in people]
    found += [chip(one.name, one.get_absolute_url(), icon="building") for one in organisations]
    return el("span", *found, class_="chips")


def names(people: Iterable[Any], organisations: Iterable[Any]) -> Safe:
    """Linked names in a line of text."""
    found = [el("a", one.display_name, href=one.get_absolute_url(), translate="no") for one in people]
    found += [el("a", one.name, href=one.get_absolute_url(), translate="no") for one in organisations]
    return join(found, ", ")


def _text(row: Interaction) -> list[Any]:
    whole = row.text
    lines = whole.split("\n")
    shown = "\n".join(lines[:LINES])
    is_cut = len(lines) > LINES or len(shown) > CLAMP
    if len(shown) > CLAMP:
        cut = shown[:CLAMP]
        shown = cut[: cut.rfind(" ")] if " " in cut[CLAMP // 2 :] else cut
    parts: list[Any] = []
    if row.subject:
        parts.append(el("p", row.subject, class_="moment-subject", translate="no"))
    if shown.strip():
        parts.append(el("p", shown + ("…" if is_cut else ""), class_="moment-text", translate="no"))
    if is_cut:
        parts.append(el("p", el("a", _("Read all of it"), href=row.get_absolute_url()), class_="moment-more"))
    return parts


def _step_line(step: NextStep, today: date) -> Safe:
    mark = icon("circle-check" if step.is_done else "circle-dashed")
    words: list[Any] = [mark, " ", el("a", step.text, href=step.get_absolute_url(), translate="no")]
    if step.owner:
        words += [" · ", data(step.owner)]
    if not step.is_done:
        words += [" · ", due(step, today)]
    return el("p", *words, class_="moment-step is-done" if step.is_done else "moment-step")


def talk_item(talk: Talk, about_ref: Ref) -> Safe:
    """An interaction in the timeline of a person or an organisation, which is not named again."""
    row = talk.row
    people = [one for one in talk.around.people if Ref.to(one) != about_ref]
    bodies = [one for one in talk.around.organisations if Ref.to(one) != about_ref]
    head: list[Any] = [
        el(
            "span",
            str(row.by) if row.by else _("The system"),
            class_="who",
            translate="no" if row.by else None,
        )
    ]
    head += [" · ", KINDS[row.kind]]
    if row.direction:
        head += [" · ", _DIRECTIONS[row.direction]]
    if people or bodies:
        head += [" · ", _("with"), " ", names(people, bodies)]
    if row.is_restricted:
        head += [" ", restricted_badge()]
    at = el("a", when(row.happened_at), href=row.get_absolute_url())
    today = timezone.localdate()
    body = [
        el("p", *head, class_="moment-head"),
        el("p", at, class_="moment-at"),
        *_text(row),
        *(_step_line(step, today) for step in talk.around.steps),
    ]
    return moment(ICONS[row.kind], body, tone=row.kind, key=f"talk-{row.pk}")


def moment(icon_name: str, body: Sequence[Any], *, tone: str = "", key: str | None = None) -> Safe:
    """One item of a timeline."""
    return el(
        "li",
        el("span", icon(icon_name), class_="moment-icon"),
        el("div", *body, class_="moment-words"),
        class_=f"moment moment-{tone}" if tone else "moment",
        id=key,
    )


def step_item(step: NextStep) -> Safe:
    """A next step that was done."""
    head: list[Any] = [
        el(
            "span",
            str(step.done_by) if step.done_by else _("The system"),
            class_="who",
            translate="no" if step.done_by else None,
        )
    ]
    head += [" · ", _("Next step done")]
    body = [
        el("p", *head, class_="moment-head"),
        el("p", when(step.done_at), class_="moment-at"),
        el("p", el("a", step.text, href=step.get_absolute_url(), translate="no"), class_="moment-text"),
    ]
    return moment("circle-check", body, tone="step", key=f"step-{step.pk}")


def mail_item(row: Message) -> Safe:
    """A mail of the outbox."""
    writer = el(
        "span", str(row.by) if row.by else _("The system"), class_="who", translate="no" if row.by else None
    )
    body = [
        el("p", writer, " · ", _("Mail from the outbox"), " · ", row.state_word, class_="moment-head"),
        el("p", when(row.created_at), class_="moment-at"),
        el(
            "p",
            el("a", row.body.subject, href=row.get_absolute_url(), translate="no"),
            class_="moment-subject",
        ),
    ]
    return moment("mail-forward", body, tone="mail", key=f"outbox-{row.pk}")


def told_item(entry: Any) -> Safe:
    """A sentence of the journal."""
    at: list[Any] = [when(entry.at)]
    if entry.way:
        at += [" · ", entry.way]
    if entry.change_set:
        link = el(
            "a",
            _("what it did"),
            el("span", f" ({entry.plain})", class_="visually-hidden", translate="no"),
            href=reverse("journal:change_set", kwargs={"key": entry.change_set}),
        )
        at += [" · ", link]
    body = [el("p", entry.sentence, class_="moment-told"), el("p", *at, class_="moment-at")]
    return moment(entry.icon, body, tone="told")


def due(step: NextStep, today: date) -> Safe:
    """Until when, and how late it is; "" without a day."""
    if step.due_on is None:
        return el("span", _("no date"), class_="step-none")
    if step.is_done:
        return day(step.due_on)
    days = (step.due_on - today).days
    if days < 0:
        late = ngettext("%(n)d day late", "%(n)d days late", -days) % {"n": -days}
        return badge(late, tone="bad", icon="alert-circle")
    if days == 0:
        return badge(_("today"), tone="warning", icon="clock")
    if days == 1:
        return el("span", _("tomorrow"))
    return day(step.due_on)


def step_state(step: NextStep, today: date) -> Safe:
    """Word, icon and colour of its state."""
    if step.is_done:
        return badge(_("Done"), tone="good")
    if step.is_late(today):
        return badge(_("Late"), tone="bad")
    return badge(_("Open"))


def quiet_days(days: int) -> str:
    """How long somebody has been quiet."""
    return ngettext("%(n)d day quiet", "%(n)d days quiet", days) % {"n": days}
