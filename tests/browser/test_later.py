"""Panels of a profile that are fetched when they come into view, on paper, by keyboard, and without scripts."""

from __future__ import annotations

from typing import Any

import pytest

from .house import House

pytestmark = [pytest.mark.browser, pytest.mark.slow]

SHIFTS = """() => { window.shifted = 0; new PerformanceObserver((list) => {
  for (const entry of list.getEntries()) if (!entry.hadRecentInput) window.shifted += entry.value;
}).observe({ type: "layout-shift", buffered: true }); }"""
SHORT = {"width": 1280, "height": 300}
MAILS = "section:has(> #panel-mail)"


def profile(page: Any, house: House) -> None:
    page.goto(next(one["path"] for one in house.pages if one["name"] == "people:one"))


def test_it_comes_when_it_is_seen_and_the_page_does_not_jump(house: House, enter: Any) -> None:
    page = enter(house, "ada", viewport=SHORT)
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url) if "/panels/" in request.url else None)
    profile(page, house)
    page.wait_for_load_state("networkidle")
    assert page.locator(f"{MAILS}[data-later]").count() == 1
    assert asked == [], "it is far below"
    page.evaluate(SHIFTS)
    page.locator(MAILS).scroll_into_view_if_needed()
    page.wait_for_selector(f"{MAILS}[aria-busy=false]")
    assert "No mail has been written to them here." in page.locator(MAILS).inner_text()
    assert len(asked) == len(set(asked)), "each is asked for once"
    assert page.evaluate("window.shifted") < 0.1


def test_the_focus_stays_with_it_and_paper_waits_for_nothing(house: House, enter: Any) -> None:
    page = enter(house, "ada", viewport=SHORT)
    profile(page, house)
    page.route("**/panels/mail/", lambda route: route.abort())
    page.locator(f"{MAILS} a").first.focus()
    page.wait_for_selector(f"{MAILS}[aria-busy=false]")
    assert page.evaluate("document.activeElement.textContent").startswith("Show"), (
        "the link stays where nothing came"
    )
    page.unroute("**/panels/mail/")
    page.evaluate("window.dispatchEvent(new Event('beforeprint'))")
    assert page.locator("[data-later]").count() == 0, "everything is there when the event ends"
    assert "No mail has been written to them here." in page.locator(MAILS).inner_text()
    assert page.evaluate("document.activeElement.id") == "panel-mail"


def test_without_scripts_its_link_opens_its_page(house: House, enter: Any) -> None:
    page = enter(house, "ada", java_script_enabled=False)
    profile(page, house)
    page.locator(f"{MAILS} a").first.click()
    assert page.locator("h1").inner_text() == "Mails"
    assert "No mail has been written to them here." in page.locator("main").inner_text()


def test_today_goes_on_where_its_reader_comes_to_its_end(house: House, enter: Any) -> None:
    page = enter(house, "ada", viewport=SHORT)
    page.goto("/")
    page.wait_for_load_state("networkidle")
    cards = page.locator(".cards > section")
    first = cards.count()
    assert page.locator("[data-later]").count() == 1
    page.locator("[data-later]").scroll_into_view_if_needed()
    page.wait_for_function("first => document.querySelectorAll('.cards > section').length > first", arg=first)
    page.evaluate("window.dispatchEvent(new Event('beforeprint'))")
    assert page.locator("[data-later]").count() == 0
    titles = cards.locator("h2").all_inner_texts()
    assert titles[-1] == "Latest"
    assert len(titles) == len(set(titles)), "no card comes twice"
    plain = enter(house, "ada", java_script_enabled=False)
    plain.goto("/")
    followed = plain.locator(".cards > section h2").all_inner_texts()
    while plain.get_by_role("link", name="Show what else there is today").count():
        plain.get_by_role("link", name="Show what else there is today").click()
        followed += plain.locator(".cards > section h2").all_inner_texts()
    assert followed == titles
