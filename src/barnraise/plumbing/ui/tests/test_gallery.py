"""The gallery and the frame around every page."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from django.urls import reverse

import barnraise
from barnraise.plumbing.ui import icons
from barnraise.plumbing.ui.sockets import navigation

PAGES = ["/gallery/", "/gallery/form/", "/gallery/object/"]
SOURCE = Path(barnraise.__file__).parent
INLINE = (
    re.compile(r"<style\b"),
    re.compile(r'\sstyle\s*="'),
    re.compile(r"\son[a-z]+\s*=\s*[\"']"),
    re.compile(r'<script(?![^>]*\bsrc=)(?![^>]*type="application/json")'),
    re.compile(r"javascript:"),
    re.compile(r'(?:src|href)="(?:https?:)?//(?!testserver)'),
)


@pytest.mark.parametrize("address", PAGES)
def test_the_team_may_look_and_nothing_in_a_page_is_inline(address, logged_in, vera):
    page = logged_in(vera).get(address)
    assert page.status_code == 200
    body = page.content.decode()
    assert [rule.pattern for rule in INLINE if rule.search(body)] == []
    assert 'class="rail"' in body
    assert 'href="#main"' in body


@pytest.mark.parametrize("address", PAGES)
def test_strangers_are_sent_to_the_door_and_partners_are_refused(address, logged_in, petra):
    stranger = logged_in(None).get(address)
    assert stranger.status_code == 302
    assert stranger["Location"].startswith("/account/login/")
    refused = logged_in(petra).get(address)
    assert refused.status_code == 403
    assert "not open to your role" in refused.content.decode()


def test_a_wrong_form_comes_back_with_its_errors_and_a_right_one_with_a_toast(logged_in, vera):
    browser = logged_in(vera)
    wrong = browser.post("/gallery/form/", {"name": "Oak <i>"})
    assert wrong.status_code == 422
    assert "4 things need mending" in wrong.content.decode()
    assert 'value="Oak &lt;i&gt;"' in wrong.content.decode()
    right = browser.post(
        "/gallery/form/", {"name": "Oak", "kind": "n", "towns": ["Riverbend"], "contact": "m", "agreed": "on"}
    )
    assert right.status_code == 200
    assert "The form has no errors." in right.content.decode()


def test_a_page_that_is_not_there_still_has_the_frame(logged_in, vera):
    page = logged_in(vera).get("/no-such-page/")
    assert page.status_code == 404
    assert "There is nothing at this address" in page.content.decode()


@pytest.mark.parametrize("theme", ["light", "dark", "auto"])
def test_the_accounts_own_appearance_is_in_the_page(theme, logged_in, vera):
    type(vera).objects.filter(pk=vera.pk).update(theme=theme)
    body = logged_in(vera).get("/gallery/").content.decode()
    assert f'data-theme="{theme}"' in body
    assert ('data-bs-theme="dark"' in body) == (theme == "dark")


def test_every_stop_of_the_rail_has_an_address():
    for item in navigation:
        assert reverse(item.url_name).startswith("/")


def test_every_icon_that_is_named_is_in_the_sprite():
    named = set()
    for file in [*SOURCE.rglob("*.py"), *SOURCE.rglob("*.html")]:
        if {"tests", "migrations"} & set(file.parts) or file.name in {"ui.py", "blocks.py"}:
            continue  # those of Wagtail's editor come from its own sprite
        named |= set(
            re.findall(r'(?:\bicon=|\{% icon |\b_?icon\()"([a-z0-9-]+)"', file.read_text(encoding="utf-8"))
        )
    assert named - icons.names() == set()


def test_pages_are_ready_for_right_to_left():
    physical = re.compile(
        r"(?:margin|padding|border)-(?:left|right)\b|[;{ ](?:left|right)\s*:|text-align:\s*(?:left|right)"
    )
    for file in (SOURCE / "plumbing/ui/static/ui").glob("*.css"):
        assert physical.findall(file.read_text()) == [], file.name
