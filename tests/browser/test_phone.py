"""On a phone: a leader's term that ends, who fits our asks and why, and a mail that finds its way to the right timelines."""

from __future__ import annotations

import re
import smtplib
from datetime import timedelta
from typing import Any

import pytest
from django.utils import timezone

from .house import House
from .rest import come_to_rest
from .test_notes import PHONE

pytestmark = [pytest.mark.browser, pytest.mark.slow]

MAIL = """From: {name} <{address}>\r
To: bob@example.org\r
Subject: Benches for the market\r
Message-ID: <benches@example.net>\r
\r
We can lend you twelve benches.\r
\r
On Monday Bob wrote:\r
> Could you lend us benches?\r
"""


def fits(page: Any) -> None:
    """The page is as wide as the phone and no wider."""
    assert page.evaluate("document.documentElement.scrollWidth") <= 390, page.url


def added(page: Any, given: str, family: str, address: str, organisation: str = "") -> str:
    """Add a person with one address by hand; the path of the profile."""
    page.goto("/who/people/add/")
    page.fill("#id_given_name", given)
    page.fill("#id_family_name", family)
    page.fill("#id_contacts", address)
    if organisation:
        page.fill("#id_organisation", organisation)
        page.fill("#id_role_title", "Warden")
    fits(page)
    page.locator("main .form-foot button[type=submit]").tap()
    page.wait_for_selector(f"h1:has-text('{given} {family}')")
    return str(page.evaluate("location.pathname"))


def test_a_term_that_ends_stands_on_today_before_it_lapses(house: House, enter: Any) -> None:
    page = enter(house, "bob", **PHONE)
    path = added(page, "Lena", "Lapsing", "lena@example.net")
    card = page.locator("section:has(h2:has-text('Terms that end soon'))")
    page.goto("/")
    assert card.locator("li:has-text('Lena Lapsing')").count() == 0
    page.goto(path)
    note = page.locator("a:has-text('Note as a leader')").first
    come_to_rest(page, note)
    note.tap()
    page.wait_for_selector("#id_constituency")
    page.select_option("#id_kind", "elected")
    page.fill("#id_constituency", "Third ward")
    page.fill("#id_term_ends_on", (timezone.localdate() + timedelta(days=9)).isoformat())
    fits(page)
    page.locator("main .form-foot button[type=submit]").tap()
    page.wait_for_selector("main li:has-text('Third ward'):has-text('ends in 9 days')")
    page.goto("/")
    fits(page)
    line = card.locator("li:has-text('Lena Lapsing')")
    assert "Third ward · ends in 9 days" in line.inner_text()
    come_to_rest(page, line)
    line.locator("a").first.tap()
    page.wait_for_url(re.compile(re.escape(path)))


def test_who_fits_our_asks_is_told_with_its_reasons(house: House, enter: Any) -> None:
    page = enter(house, "bob", **PHONE)
    page.goto("/who/organisations/fit/")
    fits(page)
    rows = page.locator("main > ol.fit-rows > li, main ol.fit-rows > li")
    scores = [int(one) for one in rows.locator(".fit-score strong").all_inner_texts()]
    assert len(scores) > 5
    assert scores == sorted(scores, reverse=True)
    first = rows.first
    assert first.locator(".fit-reasons span").count() >= 2
    come_to_rest(page, first)
    first.locator("details.fit-terms summary").tap()
    points = first.locator("details.fit-terms tbody tr td:last-child").all_inner_texts()
    assert round(sum(float(one) for one in points)) == scores[0]
    fits(page)
    with page.expect_navigation():
        page.locator("nav.fit-asks a:has-text('Laptops')").tap()
    asked = page.locator("ol.fit-rows > li .fit-ask")
    assert asked.count() >= 1
    assert all("Laptops for the homework club" in one for one in asked.all_inner_texts())
    who = page.locator("ol.fit-rows .fit-who a").first
    come_to_rest(page, who)
    with page.expect_navigation():
        who.tap()
    panel = page.locator("section:has(h2:has-text('Fits our asks'))")
    panel.scroll_into_view_if_needed()
    panel.locator(".fit-who:has-text('Laptops')").wait_for()


def test_a_mail_over_lmtp_stands_on_the_right_timelines_and_no_other(house: House, enter: Any) -> None:
    page = enter(house, "bob", **PHONE)
    body = next(one["path"] for one in house.pages if one["name"] == "organisations:one")
    page.goto(body)
    organisation = page.locator("h1").inner_text()
    other = added(page, "Odo", "Other", "odo@example.net")
    ann = added(page, "Ann", "Mailing", "ann.mailing@example.net", organisation)
    page.goto("/who/interactions/mail/")
    if not page.locator("#filing-address").count():
        page.locator("button:has-text('Make an address')").tap()
    address = page.locator("#filing-address").input_value()
    fits(page)
    mail = MAIL.format(name="Ann Mailing", address="ann.mailing@example.net")
    for _twice in range(
        2
    ):  # the second is the same mail again, as a mail server sends it that heard no answer
        with smtplib.LMTP("127.0.0.1", house.lmtp, timeout=30) as server:
            assert server.sendmail("ann.mailing@example.net", [address], mail) == {}
    for path in (ann, body):
        page.goto(path)
        line = page.locator("#moments li.moment-mail:has-text('Benches for the market')")
        assert line.count() == 1, path
        assert "We can lend you twelve benches." in line.inner_text()
        assert "Could you lend us" not in line.inner_text()
        fits(page)
    page.goto(other)
    assert page.locator("#moments :text('benches')").count() == 0


def test_one_long_word_breaks_and_widens_no_page(house: House, enter: Any) -> None:
    page, word = enter(house, "bob", **PHONE), "https://example.net/" + "abcdefghij" * 12
    page.goto("/nowwhat/stories/tell/")
    page.fill("#id_title", word)
    page.fill("#id_text", word)
    page.locator("main .form-foot button[type=submit]").tap()
    page.wait_for_selector("h1:has-text('example.net')")
    fits(page)


def test_a_long_name_without_a_gap_makes_no_page_wider_than_the_phone(house: House, enter: Any) -> None:
    page = enter(house, "bob", **PHONE)
    page.goto("/why/goals/add/")
    page.fill("#id_name", "W" * 190)
    page.locator("main .form-foot button[type=submit]").tap()
    page.wait_for_selector("h1:has-text('WWW')")
    fits(page)
    page.goto("/broken-threads/")
    assert page.locator("main a:has-text('WWW')").count()
    fits(page)


def test_charts_are_as_wide_as_the_phone(house: House, enter: Any) -> None:
    page = enter(house, "bob", **PHONE)
    at = {one["name"]: one["path"] for one in house.pages}
    page.goto(at["questionnaires:results"])
    chart = page.locator("[data-chart]").first
    chart.scroll_into_view_if_needed()
    drawn = chart.locator(".vega-embed svg")
    drawn.wait_for()
    assert drawn.bounding_box()["width"] <= chart.bounding_box()["width"] + 1
    fits(page)
