"""How an organisation looks: the parts of its page and the cells of its lists, as HTML."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _

from barnraise.foundation import contacts
from barnraise.foundation.html import Safe, el, join
from barnraise.plumbing.ui.components import Header, badge, button, chip, data, day, icon, money, number, when

from . import identifiers, policies, sectors, service_words
from .models import Address, Exchange, Organisation, Source

ICONS = {
    "business": "building-store",
    "public_body": "building-bank",
    "school": "school",
    "faith": "building-church",
    "grassroots": "building-community",
    "health": "building-hospital",
}


def header(row: Organisation, actor: Any) -> Header:
    """Name, kind, state and the one main action."""
    states = []
    if row.is_own:
        states.append(badge(_("Our own organisation"), tone="good"))
    if row.is_closed:
        states.append(badge(_("Closed"), tone="warning"))
    if row.is_sample:
        states.append(badge(_("Sample"), tone="accent"))
    action: Any = ""
    if policies.may_write(actor, row):
        action = button(_("Change"), href=reverse("organisations:change", args=[row.uuid]), icon="pencil")
    return Header(
        title=row.name,
        kind=row.get_kind_display(),
        icon=ICONS.get(row.kind, "building"),
        state=join(states, " ") if states else "",
        action=action,
    )


def _named(words: str, names: list[Any], sign: str) -> Safe | None:
    """ "serves South Bank, Old Mill, +3" with its sign; None without names."""
    if not names:
        return None
    more = [f"+{len(names) - 2}"] if len(names) > 2 else []
    return join([icon(sign), " ", words, " " if words else "", join([*names[:2], *more], ", ")])


def glance(row: Organisation, exchanged: Iterable[Exchange]) -> list[Safe]:
    """What matters first: where it is, whom it serves, what it gives and seeks now."""
    open_now = [one for one in exchanged if one.status == Exchange.Status.OPEN]
    town = ", ".join(part for part in (row.city, row.region) if part)
    served = [
        el("a", link.community.name, href=link.community.get_absolute_url(), translate="no")
        for link in row.serves.all()
    ]
    given, sought = (
        [
            el("a", one.what, href=f"#exchange-{one.pk}", translate="no")
            for one in open_now
            if one.direction == way
        ]
        for way in (Exchange.Direction.GIVES, Exchange.Direction.SEEKS)
    )
    found = [
        _named("", [data(town)] if town else [], "map-pin"),
        _named(_("serves"), served, "users"),
        _named(_("gives"), given, "heart-handshake"),
        _named(_("seeks"), sought, "search"),
    ]
    return [one for one in found if one is not None]


def quick_links(row: Organisation) -> list[Safe]:
    """Call, write, open its page: one button each, for the main phone, mailbox and website."""
    main: dict[str, str] = {}
    for one in row.contact_points.all():
        main.setdefault(one.kind, one.value)
    offered = (
        ("phone", _("Call"), "phone"),
        ("email", _("Write"), "mail"),
        ("website", _("Website"), "world"),
    )
    return [
        button(label, href=contacts.link(kind, main[kind]), kind="quiet", icon=icon)
        for kind, label, icon in offered
        if kind in main
    ]


def source_words(source: Source, at: datetime) -> Safe:
    """Who said it and when."""
    name: Any = data(source.name) if source.kind != Source.Kind.SAMPLE else source.get_kind_display()
    return join([name, ", ", when(at)])


def _income(row: Organisation) -> Any:
    if row.income_amount is None:
        return None
    shown = money(row.income_amount, row.income_currency)
    return join([shown, f" ({row.income_year})"]) if row.income_year else shown


def facts(row: Organisation, told: dict[str, tuple[Source, datetime]]) -> list[dict[str, Any]]:
    """Label, value and, where another source than the record's own said it, the source."""
    size = row.get_employees_band_display() if row.employees_band else None
    pairs: list[tuple[str, Any, Any]] = [
        ("status", _("Status"), row.get_status_display()),
        ("closed_on", _("Closed on"), day(row.closed_on) if row.closed_on else None),
        ("founded_year", _("Founded in"), row.founded_year),
        ("employees", _("People employed"), number(row.employees) if row.employees is not None else None),
        ("employees_band", _("Size"), size),
        ("capacity", _("People it can serve"), service_words.capacity(row)),
        ("income_amount", _("Yearly income"), _income(row)),
    ]
    return [
        {"label": label, "value": value, "source": source_words(*told[field]) if field in told else ""}
        for field, label, value in pairs
        if value is not None
    ]


def identifier_rows(row: Organisation) -> list[dict[str, Any]]:
    """Scheme in words, value, and the register's page where there is one."""
    found = sorted(row.identifiers.all(), key=lambda one: (one.scheme, one.value))
    return [
        {
            "label": identifiers.scheme_label(one.scheme),
            "value": one.value,
            "href": identifiers.address_of(one.scheme, one.value),
        }
        for one in found
    ]


def sector_rows(row: Organisation) -> list[dict[str, Any]]:
    """Scheme, code and what it stands for."""
    found = sorted(row.sectors.all(), key=lambda one: (one.scheme, one.code))
    return [
        {
            "scheme": sectors.SECTOR_SCHEMES[one.scheme].label
            if one.scheme in sectors.SECTOR_SCHEMES
            else one.scheme,
            "code": one.code if one.scheme != "OWN" else "",
            "label": sectors.label(one.scheme, one.code),
            "is_own": one.scheme == "OWN",
        }
        for one in found
    ]


def contact_rows(row: Organisation) -> list[dict[str, Any]]:
    """Kind in words, how people write it, and what a click opens."""
    return [
        {
            "kind": data(name)
            if (name := contacts.network(one.value)[0]) and one.kind == "social"
            else one.get_kind_display(),
            "shown": contacts.readable(one.kind, one.value),
            "href": contacts.link(one.kind, one.value),
            "label": one.label,
        }
        for one in row.contact_points.all()
    ]


def address_lines(at: Address) -> list[str]:
    """The address as it stands on an envelope."""
    town = " ".join(
        part
        for part in (f"{at.city},".strip() if at.region and at.city else at.city, at.region, at.postcode)
        if part
    )
    return [line for line in (*at.lines.splitlines(), town, at.country) if line]


def sector_cell(parts: Iterable[tuple[str, str]]) -> Safe:
    """Labels of sectors for a list's cell."""
    return join((el("span", sectors.label(scheme, code)) for scheme, code in parts), ", ")


def chips(names: Iterable[tuple[str, str | None]]) -> Safe:
    """Linked names as chips."""
    return el("span", *(chip(name, href) for name, href in names), class_="chips")
