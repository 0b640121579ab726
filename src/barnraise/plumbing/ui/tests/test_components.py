"""Components escape what people typed, and say states by word, icon and colour."""

from __future__ import annotations

import re
from datetime import UTC, date, datetime
from decimal import Decimal

import pytest
from django.utils import timezone, translation

from barnraise.foundation.html import Safe
from barnraise.foundation.text import AsWritten
from barnraise.plumbing.ui import components, icons

EVIL = '<img src=x onerror="alert(1)">'
ESCAPED = "&lt;img src=x onerror=&quot;alert(1)&quot;&gt;"


@pytest.mark.parametrize(
    "made",
    [
        components.button(EVIL, href=EVIL, title=EVIL),
        components.badge(EVIL, tone="good"),
        components.chip(EVIL, EVIL),
        components.empty(EVIL, EVIL, [EVIL]),
        components.notice(EVIL, title=EVIL, tone="bad"),
        components.table([EVIL], [[EVIL]], caption=EVIL, note=EVIL),
        components.progress(1, 2, EVIL),
        components.stat(EVIL, EVIL, unit=EVIL, at=EVIL, href=EVIL),
        components.menu(EVIL, [EVIL]),
        components.data(EVIL),
        components.number(1, unit=EVIL),
        components.facts([(EVIL, EVIL)]),
        components.tabs([components.Tab(EVIL, EVIL), components.Tab(EVIL, EVIL)]),
        components.thread([components.Link(EVIL, EVIL)]),
        Safe(str(components.Header(EVIL, EVIL, EVIL, EVIL, EVIL))),
    ],
)
def test_every_component_escapes(made):
    assert isinstance(made, Safe)
    assert EVIL not in made
    assert ESCAPED in made


def test_avatar_shows_initials_only_and_survives_odd_names():
    assert ">AM<" in components.avatar("alice de moreno")
    assert ">·<" in components.avatar("<>")
    assert ">·<" in components.avatar("")


def test_a_state_has_word_icon_and_colour():
    assert components.badge("Kept", tone="good").count("#circle-check") == 1
    assert "badge-good" in components.badge("Kept", tone="good")
    assert "<span>Kept</span>" in components.badge("Kept", tone="good")
    assert "<svg" not in components.badge("Draft")


def test_a_button_is_a_button_and_with_an_address_a_link():
    assert (
        components.button("Save")
        == '<button class="btn btn-primary" type="button"><span>Save</span></button>'
    )
    assert (
        components.button("Open", href="/x/", kind="quiet")
        == '<a class="btn btn-quiet" href="/x/"><span>Open</span></a>'
    )
    assert 'type="submit"' in components.button("Save", type="submit")


def test_user_data_is_kept_from_translation():
    assert 'translate="no"' in components.chip("food")
    assert '<h1 translate="no" class="object-title">Oak</h1>' in str(components.Header("Oak"))


def test_unknown_is_a_dash_and_never_zero():
    for made in (
        components.number(None),
        components.money(None, "USD"),
        components.when(None),
        components.day(None),
    ):
        assert "–" in made
        assert "not known" in made
    assert components.number(0) == '<span class="number">0</span>'


def test_numbers_and_money_follow_the_readers_language():
    assert components.number(1234567.5) == '<span class="number">1,234,567.5</span>'
    assert components.money(123450, "USD") == '<span class="number">$1,234.50</span>'
    assert components.money(1234, "JPY") == '<span class="number">¥1,234</span>'
    with translation.override("es"):
        assert components.number(1234567.5) == '<span class="number">1.234.567,5</span>'


def test_an_instant_is_shown_in_the_readers_zone_and_marked_in_its_own():
    moment = datetime(2026, 3, 2, 23, 30, tzinfo=UTC)
    with timezone.override("America/Denver"):
        made = components.when(moment)
    assert 'datetime="2026-03-02T23:30:00+00:00"' in made
    assert "March 2, 2026, 4:30 p.m." in made
    assert components.when(moment, stop=True).endswith("p.m.</time>"), "it brings its own full stop"
    with translation.override("es"):
        assert components.when(moment, stop=True).endswith("23:30</time>.")
        assert components.number(Decimal("10430.5"), places=2) == '<span class="number">10.430,50</span>'
    assert 'datetime="2026-03-02"' in components.day(date(2026, 3, 2))


def test_progress_says_done_of_total():
    assert "312 of 1,000 · 31 %".replace("1,000", "1,000") in components.progress(
        312, 1000, "Reading"
    ).replace('<span class="number">', "").replace("</span>", "")
    assert "value" not in components.progress(5, None, "Reading")


def test_one_tab_alone_is_not_drawn():
    assert components.tabs([components.Tab("About", "/")]) == ""


def test_an_icon_is_silent_unless_it_has_a_meaning():
    assert 'aria-hidden="true"' in icons.icon("plus")
    assert 'role="img" aria-label="Add"' in icons.icon("plus", label="Add")


def test_a_table_that_is_called_after_what_people_wrote_is_marked_as_such():
    made = components.table(["Day", AsWritten("kids")], [["1", "2"]], caption=AsWritten("Kids fed"))
    assert '<th scope="col" translate="no">kids</th>' in made
    (named,) = re.findall(r'<caption id="([^"]+)" class="visually-hidden" translate="no">Kids fed<', made)
    assert f'aria-labelledby="{named}"' in made
    assert "aria-label=" not in made
    plain = components.table(["Day"], [["1"]], caption="Days")
    assert 'aria-label="Days"' in plain
    assert "translate" not in plain
