"""Specimens for the gallery: every component in every state, with invented words."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

from django import forms as django_forms

from barnraise.foundation.html import Safe, el

from . import charts, components, forms, line_charts
from .components import Link, Tab, icon

COLOURS = ("ground", "surface", "ink", "ink-soft", "action", "accent", "good", "warning", "bad")
TOWNS = (
    "Riverbend",
    "Oak Hill",
    "Mill Street",
    "Harbour East",
    "Harbour West",
    "North Field",
    "Old Town",
    "Lakeside",
    "Station",
    "Fairview",
)


class Specimen(forms.Form):
    """Every kind of field."""

    name = django_forms.CharField(label="Name", max_length=120, help_text="As it stands on the letterhead.")
    kind = django_forms.ChoiceField(
        label="Kind",
        choices=[("", "Choose one"), ("n", "Nonprofit"), ("b", "Business"), ("p", "Public body")],
    )
    mail = django_forms.EmailField(label="E-mail", required=False)
    staff = django_forms.IntegerField(label="People who work there", min_value=0, required=False)
    mission = django_forms.CharField(label="Mission", required=False, widget=django_forms.Textarea)
    since = django_forms.DateField(label="Founded on", required=False)
    towns = django_forms.MultipleChoiceField(label="Communities served", choices=[(t, t) for t in TOWNS])
    contact = django_forms.ChoiceField(
        label="How to reach them",
        choices=[("m", "By mail"), ("p", "By phone")],
        widget=django_forms.RadioSelect,
    )
    logo = django_forms.FileField(label="Logo", required=False, help_text="PNG or SVG, at most 1 MB.")
    agreed = django_forms.BooleanField(label="They know that they are listed", help_text="Ask them first.")

    groups = (
        forms.Group("Reach", ("towns", "contact")),
        forms.Group("More", ("logo", "since"), is_folded=True),
    )


def buttons() -> list[Safe]:
    """All kinds, with icon, as link, and at rest."""
    return [
        components.button("Save partner", type="submit"),
        components.button("Add", icon="plus"),
        components.button("Export", kind="quiet", icon="download"),
        components.button("Cancel", kind="plain"),
        components.button("Remove 3 organisations", kind="danger", icon="trash"),
        components.button("Open the map", href="#", kind="quiet", icon="map"),
        components.button("Not now", kind="quiet", disabled=True),
        components.menu(
            "More",
            [el("a", icon("git-merge"), "Merge", href="#"), el("a", icon("archive"), "Archive", href="#")],
        ),
    ]


def badges() -> list[Safe]:
    """All tones."""
    return [
        components.badge("Draft"),
        components.badge("Kept", tone="good"),
        components.badge("Due in 3 days", tone="warning", icon="clock"),
        components.badge("Broken", tone="bad"),
        components.badge("Likely duplicate", tone="accent"),
    ]


def header() -> components.Header:
    """The head of an object's page."""
    return components.Header(
        "Riverbend Food Bank",
        "Nonprofit",
        components.badge("Active partner", tone="good"),
        "Alice Moreno",
        components.button("Log a conversation", icon="message"),
        icon="building-community",
        more=(components.menu("More", [el("a", icon("git-merge"), "Merge", href="#")]),),
    )


def thread() -> list[Link]:
    """From a need to a story."""
    return [
        Link("Children without breakfast", "#", "bulb"),
        Link("Breakfast in every school", "#", "target-arrow"),
        Link("Riverbend Food Bank", "", "building-community"),
        Link("312 breakfasts a week", "#", "chart-bar"),
        Link("Mornings at Oak Hill", "#", "book"),
    ]


def drawings() -> list[charts.Chart]:
    """Bars from zero, and lines with their uncertainty."""
    points = [
        line_charts.Point(series, f"2026-{month:02}-01", value, value - 12.0, value + 12.0)
        for series, start, step in (("Oak Hill", 40, 9), ("Riverbend", 95, 3))
        for month, value in ((n, float(start + step * n)) for n in range(1, 9))
    ]
    return [
        charts.bars(
            "Partners by kind",
            "Number of organisations on 1 March 2026.",
            [
                ("Nonprofit", 24),
                ("School", 14),
                ("Business", 9),
                ("Public body", 7),
                ("Faith group", 5),
                ("Grassroots", None),
            ],
            columns=("Kind", "Organisations"),
        ),
        line_charts.lines(
            "Breakfasts served",
            "Per week, with the range the count may be off by.",
            points,
            columns=("Community", "Month", "Breakfasts"),
        ),
    ]


def partners() -> list[list[Any]]:
    """Rows of a table."""
    return [
        [
            components.data("Riverbend Food Bank"),
            "Nonprofit",
            components.number(312),
            components.money(1250000, "USD"),
            badges()[1],
        ],
        [
            components.data("Oak Hill School"),
            "School",
            components.number(1048),
            components.money(None, "USD"),
            badges()[2],
        ],
    ]


def specimens() -> dict[str, Any]:
    """The context of the gallery."""
    rows = partners()
    return {
        "colours": COLOURS,
        "buttons": buttons(),
        "badges": badges(),
        "chips": [components.chip("food", "#", "tag"), components.chip("Riverbend", "#", "map-pin"), components.chip("plain")],
        "notices": [
            components.notice("12 rows name no place; they stand beside the map.", title="Some have no address"),
            components.notice("All 312 rows are in.", tone="good", title="Import done"),
            components.notice("The agreement ends on 1 June 2026.", tone="warning"),
            components.notice("The file is encrypted. Save it without a password and choose it again.", tone="bad", title="The file cannot be read"),
            components.notice("Two records look like the same organisation.", tone="accent", actions=[components.button("Compare", kind="quiet")]),
        ],
        "stats": [
            components.stat("Partners", components.number(64), unit="organisations", at="today", href="#"),
            components.stat("Hours given", components.number(1204.5), unit="h", at="March 2026"),
            components.stat("Pledged", components.money(4200000, "USD"), at="since January"),
        ],
        "header": header(),
        "thread": components.thread(thread()),
        "tabs": components.tabs([Tab("About", "#", True), Tab("Services", "#", count=4), Tab("Conversations", "#", count=27)]),
        "facts": components.facts(
            [
                ("Legal name", components.data("Riverbend Food Bank Inc.")),
                ("Founded", ""),
                ("Added", components.when(datetime(2026, 3, 2, 9, 30, tzinfo=UTC))),
            ]
        ),
        "table": components.table(
            ["Name", "Kind", "People", "Pledged", "State"], rows, caption="Partners", numeric=(2, 3), note="Two of 64."
        ),
        "bars": [
            components.progress(312, 1000, "Reading rows"),
            components.progress(40, None, "Looking for duplicates"),
            components.progress(5, 5, "Done"),
        ],
        "empty": components.empty(
            "No organisations yet",
            "Those who give, seek, decide and do: add the first, or bring the register you have.",
            [components.button("Import a file", icon="file-import"), components.button("Add one", kind="quiet", icon="plus")],
            icon="building-community",
        ),
        "people": [components.avatar(name) for name in ("Alice Moreno", "Bob", "Vera Lind", "Ada K", "Petra Vos")],
        "charts": drawings(),
    }  # fmt: skip
