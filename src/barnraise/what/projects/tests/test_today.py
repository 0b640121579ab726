"""A budget line on which more was spent than planned stands on Today until the plan is changed or somebody says why it waits."""

from __future__ import annotations

import re
from datetime import timedelta

import pytest
from django.utils import timezone

from barnraise.what.projects.services import add_part, set_state
from tests.today import whole_today

pytestmark = pytest.mark.django_db
WORDS = "more was spent than planned"


def text(page):
    return " ".join(re.sub(r"<[^>]+>", " ", page).split())


def test_a_line_that_is_overspent_waits_on_today(kitchens, bob, vera, logged_in):
    today = timezone.localdate()
    line = add_part(kitchens, "budget", name="Stoves", is_income=False, planned=1_000, by=bob)
    grant = add_part(kitchens, "budget", name="Grant", is_income=True, planned=1_000, by=bob)
    add_part(kitchens, "amounts", line=grant, on=today, amount=5_000, by=bob)
    add_part(kitchens, "amounts", line=line, on=today - timedelta(days=200), amount=900, by=bob)
    browser, change = logged_in(bob), f"/what/projects/parts/budget/{line.uuid}/change/"
    assert WORDS not in text(whole_today(browser))
    add_part(kitchens, "amounts", line=line, on=today, amount=101, by=bob)
    page = whole_today(browser)
    assert text(page).count(WORDS) == 1
    assert f'href="{change}"' in page
    assert f'href="{change}"' not in whole_today(logged_in(vera))
    browser.post(change, {"name": "Stoves", "planned": "10.01"})
    assert WORDS not in text(whole_today(browser))
    add_part(kitchens, "amounts", line=line, on=today, amount=1, by=bob)
    assert WORDS in text(whole_today(browser))
    set_state(kitchens, state="stopped", reason="It is over.", by=bob)
    assert WORDS not in text(whole_today(browser)), "an ended project asks for nothing"
