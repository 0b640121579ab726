"""The way through the house, what it is worth: costs and outcomes from low to high, and no ratio before its assumptions have sources."""

from __future__ import annotations

from datetime import datetime, timedelta

from .walk import Walk, facts, fill, last_month, press, table
from .walk_why import INDICATOR

RIDES, VALUE = "Got home in the evening", "Value of one"
ASSUMED = {
    VALUE: ("60", "100", "150", "Fares of taxis, city statistics 2025"),
    "Deadweight": ("0.1", "0.2", "0.3", "Our survey"),
    "Displacement": ("0", "0", "0", "Our survey"),
    "Attribution to others": ("0.5", "0.5", "0.5", "Talk with the library"),
    "Drop-off a year": ("0", "0", "0", "One year only"),
    "Years it lasts": ("1", "1", "1", "One year only"),
}


def value(walk: Walk) -> None:
    """Of last month: what the project spent, two people who rode, six assumptions; the ratio comes with their sources."""
    page = walk.desk("alice")
    page.goto(walk.at["project"])
    press(page, "Note an amount")
    fill(page, line="Fuel", on=last_month(20), amount="40")
    press(page, "Save")
    press(page, "Begin a valuation")
    first = datetime.fromisoformat(last_month(1))
    last = (first.replace(day=28) + timedelta(days=4)).replace(day=1) - timedelta(days=1)
    fill(page, begins_on=first.date().isoformat(), ends_on=last.date().isoformat())
    press(page, "Save")
    walk.at["valuation"] = page.url
    assert "No ratio is shown." in facts(page)
    press(page, "Add an outcome")
    fill(page, name=RIDES, indicator=INDICATOR)
    press(page, "Save")
    walk.at["outcome"] = page.url
    assert "2" in page.locator("section[aria-labelledby=observed] .lead").inner_text()
    for kind in ASSUMED:
        assume(walk, kind, has_source=kind != VALUE)
    page.goto(walk.at["valuation"])
    assert "No ratio is shown." in facts(page), facts(page)
    assert "100% of the value rests on assumptions without a source; at most 30% may." in facts(page)
    assume(walk, VALUE, has_source=True)
    page.goto(walk.at["valuation"])
    assert "No ratio is shown." not in facts(page)
    found = {
        line[0]: line[1:]
        for line in table(page, "section[aria-labelledby=ratios] > .table-frame:first-of-type tbody tr")
    }
    # 2 × 100 × 0.8 × 0.5 ÷ 1.035 ÷ 40, and so on
    assert found["Gross ratio: value for each 1 put in"] == ["1", "1.9", "3.3"], found


def assume(walk: Walk, kind: str, *, has_source: bool) -> None:
    """Say what is assumed of the outcome."""
    page = walk.desk("alice")
    page.goto(walk.at["outcome"])
    low, base, high, source = ASSUMED[kind]
    row = page.locator("main table tbody tr").filter(has_text=kind).first
    row.get_by_role("link", name=kind).click()
    page.wait_for_url("**/assume/**")
    fill(page, low=low, base=base, high=high, source=source if has_source else "")
    press(page, "Save")
