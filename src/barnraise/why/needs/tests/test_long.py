"""An assessment with more needs than one looks at."""

from __future__ import annotations

import re

import pytest

from barnraise.why.needs.services import add_need

pytestmark = pytest.mark.django_db


def _panel(answer):
    """The words of what comes first."""
    part = answer.content.decode().partition('id="first"')[2].partition("</section>")[0]
    return " ".join(re.sub(r"<[^>]+>", " ", part).split())


def test_an_assessment_of_many_needs_shows_the_first_and_leads_to_all(cycle, bob, logged_in):
    for title in [f"Buses {at:02d}" for at in range(50)] + ["Zebra crossing"]:
        add_need(title=title, cycle=cycle, by=bob)
    browser, where = logged_in(bob), cycle.get_absolute_url()
    part = _panel(browser.get(where))
    assert "The first 50 of 51." in part
    assert "Zebra crossing" not in part
    whole = _panel(browser.get(f"{where}?all=first"))
    assert "Zebra crossing" in whole
    assert "The first" not in whole
