"""How a person looks: the parts of the page and the cells of lists, as HTML."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date, datetime
from typing import Any

from django.conf import settings
from django.urls import reverse
from django.utils.translation import gettext as _

from barnraise.foundation import contacts
from barnraise.foundation.html import Safe, el, join
from barnraise.plumbing.ui.components import Header, badge, button, chip, data, day, when
from barnraise.plumbing.ui.components import icon as _icon
from barnraise.who.organisations.models import Source

from . import identifiers, policies
from .custom import in_words
from .models import CustomField, Leadership, Person, PersonAddress, PersonContact, PersonIdentifier, Role

ICONS = {"staff": "user-circle", "volunteer": "heart-handshake", "representative": "briefcase"}
MOST_NOTES = 5


def header(person: Person, actor: Any) -> Header:
    """Name, kind, state, who keeps the relation, and the one main action."""
    states = []
    if not person.is_active:
        states.append(badge(person.get_status_display(), tone="warning"))
    if person.is_sample:
        states.append(badge(_("Sample"), tone="accent"))
    action: Any = ""
    if policies.may_write(actor, person):
        action = button(_("Change"), href=reverse("people:change", args=[person.uuid]), icon="pencil")
    return Header(
        title=person.display_name,
        kind=person.get_kind_display(),
        icon=ICONS.get(person.kind, "user"),
        state=join(states, " ") if states else "",
        owner=person.owner or "",
        action=action,
    )


def said(person: Person) -> list[str]:
    """How the name is said, and the pronouns."""
    return [text for text in (person.pronunciation, person.pronouns) if text]


def glance(roles: Iterable[Role], leading: Iterable[Leadership], today: date) -> list[Any]:
    """What matters first: current roles, main ones before others, and what they lead and until when; four at most."""
    now = sorted(
        (role for role in roles if role.is_current(today)), key=lambda role: not role.is_main_contact
    )
    lead = [join([_icon("flag"), " ", leading_words(one)]) for one in leading if one.is_current(today)]
    return [*(join([_icon("briefcase"), " ", role_words(role)]) for role in now[:2]), *lead[:2]]


def leading_words(one: Leadership) -> Safe:
    """Constituency, else kind, and the end of the term."""
    words = data(one.constituency) if one.constituency else Safe(one.get_kind_display())
    return join([words, ", ", span(None, one.term_ends_on)]) if one.term_ends_on else join([words])


def language_name(code: str) -> str:
    """A language by its own name; "" for none."""
    return str(dict(settings.LANGUAGES).get(code, code))


def facts(person: Person) -> list[tuple[Any, Any]]:
    """Label and value of what the record says besides names and contacts."""
    is_other = person.display_name != " ".join(n for n in (person.given_name, person.family_name) if n)
    pairs: list[tuple[Any, Any]] = [
        (_("Given name"), data(person.given_name) if is_other and person.given_name else None),
        (_("Family name"), data(person.family_name) if is_other and person.family_name else None),
        (_("Preferred language"), data(language_name(person.language)) if person.language else None),
        (
            _("Community"),
            el("a", person.community.name, href=person.community.get_absolute_url(), translate="no")
            if person.community
            else None,
        ),
        (_("Logs in as"), data(person.account.email) if person.account else None),
    ]
    return [(label, value) for label, value in pairs if value is not None]


def custom_rows(person: Person, fields: Iterable[CustomField]) -> list[tuple[str, str]]:
    """Label and value of the custom fields that say something."""
    return [
        (field.label, in_words(field, person.custom[field.key]))
        for field in fields
        if field.key in person.custom
    ]


def source_words(source: Source, at: datetime) -> Safe:
    """Who said it and when."""
    name: Any = data(source.name) if source.kind != Source.Kind.SAMPLE else source.get_kind_display()
    return join([name, ", ", when(at)])


def span(start: date | None, end: date | None) -> Any:
    """From when until when; "" when neither is known."""
    if start and end:
        return join([day(start), " – ", day(end)])
    if start:
        return Safe(_("since %(day)s") % {"day": day(start)})
    return Safe(_("until %(day)s") % {"day": day(end)}) if end else ""


def leader_row(one: Leadership, today: date) -> dict[str, Any]:
    """A leadership with its term, how soon it ends, and the newest notes about it."""
    notes = list(one.notes.all())
    newest: dict[str, Any] = {}
    for note in notes:
        newest.setdefault(note.aspect, note)
    days = (one.term_ends_on - today).days if one.term_ends_on else None
    return {
        "row": one,
        "term": span(one.term_started_on, one.term_ends_on),
        "days": days,
        "is_lapsing": days is not None and 0 <= days <= 60,
        "newest": list(newest.values()),
        "notes": notes[:MOST_NOTES],
        "more": max(0, len(notes) - MOST_NOTES),
    }


def identifier_rows(found: Iterable[PersonIdentifier]) -> list[tuple[Any, str]]:
    """Scheme in words, and value."""
    return [(identifiers.scheme_label(one.scheme), one.value) for one in found]


def address_lines(at: PersonAddress) -> list[str]:
    """The address as it stands on an envelope."""
    town = " ".join(
        part for part in (f"{at.city}," if at.region and at.city else at.city, at.region, at.postcode) if part
    )
    return [line for line in (*at.lines.splitlines(), town, at.country) if line]


def contact_rows(found: Iterable[PersonContact]) -> list[dict[str, Any]]:
    """Kind in words, how people write it, and what a tap opens."""
    return [
        {
            "kind": one.get_kind_display(),
            "icon": {"phone": "phone", "email": "mail", "website": "world"}.get(one.kind, "message"),
            "shown": contacts.readable(one.kind, one.value),
            "href": contacts.link(one.kind, one.value),
            "label": one.label,
        }
        for one in found
    ]


def quick_links(found: Iterable[PersonContact]) -> list[Safe]:
    """Call and write: one button each, for the main phone and mailbox."""
    main: dict[str, PersonContact] = {}
    for one in found:
        main.setdefault(one.kind, one)
    offered = (("phone", _("Call"), "phone"), ("email", _("Write"), "mail"))
    return [
        button(label, href=contacts.link(kind, main[kind].value), kind="quiet", icon=icon)
        for kind, label, icon in offered
        if kind in main
    ]


def role_words(role: Role) -> Safe:
    """Title and organisation, linked."""
    link = el("a", role.organisation.name, href=role.organisation.get_absolute_url(), translate="no")
    return join([data(role.title), ", ", link]) if role.title else link


def role_cell(roles: Sequence[Role]) -> Safe:
    """Current roles for a list's cell, two at most."""
    shown = [role_words(role) for role in roles[:2]]
    return join([*shown, f"+{len(roles) - 2}"] if len(roles) > 2 else shown, "; ")


def role_text(roles: Sequence[Role]) -> str:
    """Current roles for a file."""
    return "; ".join(f"{role.title}, {role.organisation.name}".removeprefix(", ") for role in roles)


def contact_cell(found: Sequence[PersonContact]) -> Safe:
    """The main way to reach the person, as a link."""
    if not found:
        return Safe("")
    first = found[0]
    shown, href = contacts.readable(first.kind, first.value), contacts.link(first.kind, first.value)
    return el("a", shown, href=href, translate="no", rel="noreferrer") if href else data(shown)


def contact_text(found: Sequence[PersonContact], kind: str = "") -> str:
    """Ways to reach the person, all or of one kind, for a file."""
    return "; ".join(one.value for one in found if not kind or one.kind == kind)


def leader_cell(found: Sequence[Leadership], today: date) -> Safe:
    """What they lead now, and until when."""
    shown = [
        join([data(one.constituency) if one.constituency else one.get_kind_display(), " ", until(one)])
        for one in found
        if one.is_current(today)
    ]
    return join(shown, "; ")


def until(one: Leadership) -> Any:
    """The end of the term in small print."""
    return el("small", span(None, one.term_ends_on)) if one.term_ends_on else ""


def leader_text(found: Sequence[Leadership]) -> str:
    """What they lead and led, for a file."""
    return "; ".join(
        f"{one.get_kind_display()}: {one.constituency} ({one.term_started_on or ''}–{one.term_ends_on or ''})"
        for one in found
    )


def chips(names: Iterable[tuple[str, str | None]]) -> Safe:
    """Linked names as chips."""
    return el("span", *(chip(name, href) for name, href in names), class_="chips")
