"""A listening session of which nobody wrote what was heard stands on Today until somebody does."""

from __future__ import annotations

import re
from datetime import timedelta

import pytest
from django.utils import timezone

from barnraise.why.needs.services import add_session
from tests.today import whole_today

pytestmark = pytest.mark.django_db


def text(page):
    return " ".join(re.sub(r"<[^>]+>", " ", page).split())


def test_a_session_without_themes_waits_on_today(bob, vera, logged_in):
    today = timezone.localdate()
    row = add_session(title="Seniors at noon", kind="walk", held_on=today - timedelta(days=9), by=bob)
    add_session(title="Long ago", kind="walk", held_on=today - timedelta(days=120), by=bob)
    add_session(title="Written up", kind="walk", held_on=today, themes=["Buses"], by=bob)
    browser, change = logged_in(bob), f"/why/needs/sessions/{row.uuid}/change/"
    page = whole_today(browser)
    card = text(page).split("sessions to write up")[1].split("Latest")[0]
    assert ("Seniors at noon" in card, "Long ago" in card, "Written up" in card) == (True, False, False)
    assert f'href="{change}"' in page
    assert f'href="{change}"' not in whole_today(logged_in(vera))
    until = (today + timedelta(days=3)).isoformat()
    moon = f"/today/snoozed/needs.due/needs.session:{row.pk}/"
    assert browser.post(moon, {"until": until, "reason": "Ana has the notes."}).status_code == 302
    assert "no themes written down yet" not in text(whole_today(browser))
