"""The pages of the resolver, in both languages and themes, break no rule of WCAG 2.2 AA and ask nobody else.

All of them are read; the browser opens those that hold an element in a shape that no page before them holds.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest

from .house import House
from .shapes import with_new_shapes
from .watch import WITHOUT_FRAME, Watch

pytestmark = [pytest.mark.browser, pytest.mark.slow]

WORLDS = [("en", "light"), ("es", "dark")]
"""Each language, each theme and each width: light at 1280 px in English, dark at 390 px in Spanish."""
STRANGERS = (
    "account_",
    "accounts:invitation",
    "accounts:first_admin",
    "links:open",
    "mfa_authenticate",
    "mfa_login",
)


def speak(page: Any, language: str) -> None:
    """Set the language of the account that is logged in, on its own page."""
    page.goto("/account/me/")
    page.select_option("select[name=language]", language)
    page.locator("main form:has(select[name=language]) button[type=submit]").first.click()
    page.wait_for_load_state("load")
    assert page.get_attribute("html", "lang") == language


@pytest.fixture(params=WORLDS, ids="-".join)
def world(request: pytest.FixtureRequest, house: House, enter: Any) -> Iterator[tuple[str, str, Watch]]:
    """A page of ada's in one language and theme, watched."""
    language, theme = request.param
    page = enter(house, "ada", color_scheme=theme)
    speak(page, language)
    yield language, theme, Watch(page, house.url)
    speak(page, "en")


def _read(watch: Watch, names: dict[str, str]) -> Iterator[tuple[str, str]]:
    """Path and HTML of every page, and a finding of each that is none."""
    for path, name in names.items():
        answer = watch.page.context.request.get(path)
        if answer.status >= 500 or "html" not in answer.headers["content-type"]:
            watch.findings.append(f"{name} {path}: answers {answer.status}")
        yield path, answer.text()


@pytest.mark.slow(seconds=200)
@pytest.mark.parametrize("world", WORLDS, ids="-".join, indirect=True)
def test_every_page_of_an_admin(house: House, world: tuple[str, str, Watch]) -> None:
    language, theme, watch = world
    seen: set[str] = set()
    names = {one["path"]: one["name"] for one in house.pages}
    for path in with_new_shapes(_read(watch, names)):
        watch.visit(names[path], path)
        # What stands around every page is the same on all pages of a floor, but for the stop that is lit.
        floor = path.split("/")[1]
        part = WITHOUT_FRAME if floor in seen else None
        seen.add(floor)
        if (language, theme) == ("en", "light"):
            watch.check(part=part)
        else:
            watch.check_narrow(part)
    watch.visit("nowhere", "/nowhere-at-all/")
    watch.check()
    assert not watch.findings, "\n".join(watch.findings)


def test_what_opens_on_a_page(world: tuple[str, str, Watch]) -> None:
    watch = world[2]
    page = watch.page
    watch.visit("palette", "/who/organisations/")
    page.keyboard.press("Control+k")
    page.wait_for_selector("#palette[open] [role=option]")
    watch.check("palette open")
    page.keyboard.type("oak")
    page.wait_for_selector("#palette-found [role=option]:has-text('Oak Hill')")
    watch.check("palette with records")
    page.keyboard.press("Escape")
    page.wait_for_selector("#palette", state="hidden")
    page.keyboard.press("?")
    page.wait_for_selector("#keys[open]")
    watch.check("keys open")
    page.keyboard.press("Escape")
    for menu in page.locator("details.menu > summary").filter(visible=True).all()[:8]:
        menu.click()
        # what lies under an open menu is covered for as long as it is open, and is checked where it is not
        watch.check(f"menu {menu.inner_text().strip()} open", "details.menu[open]")
        page.keyboard.press("Escape")
    page.locator("input[name=key]").first.check()
    watch.check("a row ticked")
    for path in ("/who/organisations/add/", "/links/new/", "/settings/accounts/invite/"):
        watch.visit("form with errors", path)
        page.locator("main form").evaluate_all(
            "forms => forms.forEach((form) => { form.noValidate = true; })"
        )
        page.locator("main form button[type=submit]").first.click()
        page.wait_for_selector(".error-summary")
        watch.check()
    assert not watch.findings, "\n".join(watch.findings)


@pytest.mark.parametrize(("language", "theme"), WORLDS)
def test_pages_of_strangers_and_of_those_who_are_refused(
    house: House, enter: Any, language: str, theme: str
) -> None:
    watch = Watch(enter(house, None, color_scheme=theme, locale=language), house.url)
    for one in house.pages:
        if one["name"].startswith(STRANGERS):
            watch.visit(one["name"], one["path"])
            watch.check()
            watch.check_narrow()
    watch.visit("wrong password", "/account/login/")
    watch.page.fill("input[name=login]", "nobody@example.org")
    watch.page.fill("input[name=password]", "something else")
    watch.page.click("main form button[type=submit]")
    watch.page.wait_for_load_state("load")
    watch.check()
    vera = Watch(enter(house, "vera", color_scheme=theme, locale=language), house.url)
    vera.visit("refused", "/settings/accounts/")
    vera.check()
    vera.check_narrow()
    assert not watch.findings + vera.findings, "\n".join(watch.findings + vera.findings)
