"""Everything works with the keyboard alone, and reading works without JavaScript."""

from __future__ import annotations

import re
from typing import Any

import pytest

from .house import House

pytestmark = [pytest.mark.browser, pytest.mark.slow]


def wait_for_path(page: Any, pattern: str) -> None:
    page.wait_for_url(re.compile(rf"^https?://[^/]+{pattern}"))


def test_the_first_tab_skips_to_the_content(house: House, enter: Any) -> None:
    page = enter(house, "ada")
    page.goto("/who/organisations/")
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.className") == "skip-link"
    page.keyboard.press("Enter")
    page.wait_for_function("document.activeElement.id === 'main'")


def test_logging_in_by_keys_alone(house: House, enter: Any) -> None:
    page = enter(house, None)
    page.goto("/account/login/")
    page.focus("input[name=login]")
    page.keyboard.type("ada@example.org")
    for _step in range(6):
        page.keyboard.press("Tab")
        if page.evaluate("document.activeElement.name") == "password":
            break
    page.keyboard.type("the barn stands on oak")
    page.keyboard.press("Enter")
    wait_for_path(page, "/(?!account/login)")


def test_the_palette_leads_to_a_list(house: House, enter: Any) -> None:
    page = enter(house, "ada")
    page.goto("/")
    page.keyboard.press("Control+k")
    page.wait_for_selector("#palette[open]")
    page.keyboard.type("organ")
    page.wait_for_selector("#palette-found [role=option][aria-selected=true]:has-text('Organisations')")
    page.keyboard.press("Enter")
    wait_for_path(page, "/who/organisations/")


def test_keys_are_shown_and_lead_to_places(house: House, enter: Any) -> None:
    page = enter(house, "ada")
    page.goto("/who/organisations/")
    page.keyboard.press("?")
    page.wait_for_selector("#keys[open]")
    page.keyboard.press("Escape")
    page.wait_for_selector("#keys", state="hidden")
    page.keyboard.press("g")
    page.keyboard.press(page.get_attribute(".rail [data-go]", "data-go"))
    wait_for_path(page, "/$")


def test_a_list_is_walked_ticked_and_opened(house: House, enter: Any) -> None:
    page = enter(house, "ada")
    page.goto("/who/organisations/")
    page.keyboard.press("j")
    page.keyboard.press("j")
    page.keyboard.press("k")
    page.keyboard.press("j")
    page.keyboard.press("x")
    assert page.locator("#list tbody tr").nth(1).get_attribute("aria-selected") == "true"
    assert page.locator("#list input[name=key]:checked").count() == 1
    title = page.locator("#list tbody tr").nth(1).locator("th a").inner_text()
    page.keyboard.press("Enter")
    wait_for_path(page, "/who/organisations/[0-9a-f-]{36}/")
    assert page.inner_text("h1").strip() == title.strip()


def test_a_menu_opens_and_closes_by_keys(house: House, enter: Any) -> None:
    page = enter(house, "ada")
    page.goto("/who/organisations/")
    menu = page.locator("#main details.menu > summary").first
    menu.focus()
    page.keyboard.press("Enter")
    assert page.locator("#main details.menu[open]").count() == 1
    page.keyboard.press("Escape")
    assert page.locator("#main details.menu[open]").count() == 0
    assert menu.evaluate("one => one === document.activeElement")


def test_reading_and_sending_without_javascript(house: House, enter: Any) -> None:
    page = enter(house, "bob", java_script_enabled=False)
    page.goto("/who/organisations/")
    assert page.locator("#list tbody tr").count() > 10
    row = page.locator("#list tbody th a").first
    title = row.inner_text().strip()
    row.click()
    assert page.inner_text("h1").strip() == title
    page.goto("/search?q=library")
    assert page.locator("main a:has-text('Library')").count() >= 1
    done = next(one["path"] for one in house.pages if one["name"] == "imports:one")
    page.goto(done)
    assert "2" in page.inner_text("main")
    page.goto("/links/new/")
    page.fill("input[name=title]", "Without scripts")
    page.fill("input[name=target]", "/who/organisations/")
    page.click("main form button[type=submit]")
    assert "Without scripts" in page.inner_text("main")
    assert "/links/new/" not in page.url
