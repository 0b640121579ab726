"""A note in ten seconds on a phone, counted in taps; a call with its next step; what a contributor may not read."""

from __future__ import annotations

import re
from typing import Any

import pytest

from .house import House
from .rest import come_to_rest

pytestmark = [pytest.mark.browser, pytest.mark.slow]

PHONE = {"viewport": {"width": 390, "height": 844}, "has_touch": True, "is_mobile": True}


class Taps:
    """Counts what a thumb does on a page."""

    def __init__(self, page: Any) -> None:
        self.page, self.count = page, 0

    def tap(self, selector: str) -> None:
        self.page.locator(selector).first.tap()
        self.count += 1


def profile(page: Any, house: House, name: str) -> str:
    """The address of the first profile of a list's kind ("people" or "organisations")."""
    path = next(one["path"] for one in house.pages if one["name"] == f"{name}:one")
    page.goto(path)
    page.wait_for_load_state("networkidle")  # what comes late moves what is about to be pressed
    return path


@pytest.mark.parametrize("kind", ["people", "organisations"])
def test_a_note_takes_at_most_four_taps_on_a_phone(house: House, enter: Any, kind: str) -> None:
    page = enter(house, "bob", **PHONE)
    path = profile(page, house, kind)
    thumb = Taps(page)
    thumb.tap("#note-text")
    page.keyboard.type(f"Met at the market, {kind}.\nWants to help.")
    thumb.tap("#note .composer-end button")
    page.wait_for_selector(".toast-line:has-text('It has been noted.')")
    assert page.url == house.url + path
    assert thumb.count <= 4
    shown = page.locator("#moments li").first.inner_text()
    assert f"Met at the market, {kind}.\nWants to help." in shown


def test_a_call_with_a_next_step_then_done(house: House, enter: Any) -> None:
    page = enter(house, "bob", **PHONE)
    profile(page, house, "organisations")
    thumb = Taps(page)
    thumb.tap("#note .segment:has(input[value=call])")
    thumb.tap("#note-text")
    page.keyboard.type("Called about the tables.")
    thumb.tap("#note summary:has-text('Next step')")
    thumb.tap("#note input[name=step_text]")
    page.keyboard.type("Bring two tables")
    thumb.tap("#note .quick-one:has(input[value='1'])")
    thumb.tap("#note .composer-end button")
    page.wait_for_selector(".toast-line:has-text('It has been noted.')")
    assert thumb.count <= 6
    line = page.locator(".step-line:has-text('Bring two tables')").first
    assert "tomorrow" in line.inner_text()
    talk = page.locator("#moments li.moment-call").first.inner_text()
    assert "Called about the tables." in talk
    assert "Bring two tables" in talk
    come_to_rest(page, line)
    line.locator(".step-tick").tap()
    page.wait_for_selector(".toast-line:has-text('Done.')")
    assert page.locator(".step-line:has-text('Bring two tables')").count() == 0
    assert "Next step done" in page.locator("#moments li:has-text('Bring two tables')").first.inner_text()


def test_the_confirmation_takes_it_back(house: House, enter: Any) -> None:
    page = enter(house, "bob", **PHONE)
    profile(page, house, "organisations")
    page.fill("#note-text", "A slip of the thumb")
    page.locator("#note .composer-end button").tap()
    page.wait_for_selector("#moments :text('A slip of the thumb')")
    page.locator(".toast-line:has-text('It has been noted.') button:has-text('Undo')").tap()
    page.wait_for_selector(".toast-line:has-text('It has been taken back.')")
    assert page.locator("#moments :text('A slip of the thumb')").count() == 0


def test_by_keys_from_the_palette(house: House, enter: Any) -> None:
    page = enter(house, "bob")
    page.goto("/")
    page.keyboard.press("Control+k")
    page.wait_for_selector("#palette[open]")
    page.keyboard.type("visit pantry")
    page.wait_for_selector("#palette-found [role=option][aria-selected=true]:has-text('Visit: ')")
    page.keyboard.press("Enter")
    page.wait_for_url(re.compile(r"/who/interactions/add/\?"))
    assert page.is_checked("input[name=kind][value=visit]")
    assert page.evaluate("document.activeElement.name") == "text"
    page.keyboard.type("Saw the new shelves.")
    page.keyboard.press("Control+Enter")
    page.wait_for_selector(".toast-line:has-text('It has been noted.')")
    assert page.locator("#moments li.moment-visit:has-text('Saw the new shelves.')").count() == 1


def test_typing_finds_more_people_and_the_timeline_is_narrowed_in_place(house: House, enter: Any) -> None:
    page = enter(house, "bob")
    page.goto("/who/interactions/add/")
    page.locator("#new-find").press_sequentially("pantry")
    box = page.locator("#new-boxes input[type=checkbox]").first
    box.wait_for()
    box.check()
    page.locator("#new-find").fill("")
    page.locator("#new-find").press_sequentially("library")
    page.wait_for_selector("#new-boxes :text('Library')")
    assert page.locator("#new-boxes input:checked").count() == 1
    page.fill("#id_text", "About shelves.")
    page.locator(".form-foot button").click()
    page.wait_for_selector(".toast-line:has-text('It has been noted.')")
    mails = page.locator(".strip a:text-is('Mail')")
    come_to_rest(page, mails)
    mails.click()
    page.wait_for_selector(".strip a[aria-current=true]:text-is('Mail')")
    assert page.locator("#moments :text('About shelves.')").count() == 0


def test_what_was_typed_outlives_a_page_left_by_mistake(house: House, enter: Any) -> None:
    page = enter(house, "bob")
    path = profile(page, house, "organisations")
    page.locator("#note-text").press_sequentially("Half a sentence")
    page.goto("/who/organisations/")
    page.goto(path)
    assert page.input_value("#note-text") == "Half a sentence"


def test_a_note_without_javascript(house: House, enter: Any) -> None:
    page = enter(house, "bob", java_script_enabled=False)
    profile(page, house, "organisations")
    page.fill("#note-text", "Written without scripts")
    page.click("#note .composer-end button")
    assert "Written without scripts" in page.inner_text("#moments")


def test_a_contributor_does_not_read_what_coordinators_note(house: House, enter: Any) -> None:
    page = enter(house, "alice")
    path = profile(page, house, "organisations")
    page.fill("#note-text", "Quetzal feathers are promised elsewhere")
    page.click("#note summary:has-text('When, and who reads it')")
    page.check("#note input[name=restricted]")
    page.click("#note .composer-end button")
    page.wait_for_selector("#moments :text('Quetzal feathers')")
    other = enter(house, "bob")
    for address in (path, "/who/interactions/", "/search?q=quetzal", "/journal/", "/"):
        other.goto(address)
        assert "feathers" not in other.content(), address
