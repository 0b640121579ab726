"""A resident answers a survey on a phone: without JavaScript, and with it."""

from __future__ import annotations

from typing import Any

import pytest

from .house import House

pytestmark = [pytest.mark.browser, pytest.mark.slow]
SURVEY = "/q/neighbourhood-survey/"
PHONE: dict[str, Any] = {"viewport": {"width": 390, "height": 844}}


def test_a_survey_is_answered_on_a_phone_with_and_without_javascript(house: House, enter: Any) -> None:
    page = enter(house, None, java_script_enabled=False, **PHONE)
    page.goto(SURVEY)
    assert page.get_by_label("For how many years?").is_visible(), "without JavaScript every question is there"
    page.get_by_role("button", name="Send the answers").click()
    assert page.get_by_text("Please answer this question.").first.is_visible()
    page.get_by_label("Yes", exact=True).check()
    page.get_by_label("For how many years?").fill("7")
    page.get_by_label("Childcare").check()
    for box in page.locator(".scale-step, .question .form-check").all():
        size = box.bounding_box()
        assert size["height"] >= 44
        assert size["x"] + size["width"] <= 390
    page.get_by_label("4", exact=True).check()
    page.get_by_role("button", name="Send the answers").click()
    assert page.get_by_text("Your answers are kept.").is_visible()
    page = enter(house, None, **PHONE)
    page.goto(SURVEY)
    years = page.get_by_label("For how many years?")
    years.wait_for(state="hidden")
    page.get_by_label("Yes", exact=True).check()
    years.wait_for(state="visible")
    page.get_by_label("No, I work here").check()
    years.wait_for(state="hidden")
    assert page.evaluate("() => document.documentElement.scrollWidth") <= 390
