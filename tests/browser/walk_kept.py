"""The way through the house, what is kept: a meeting whose action items are promises, and a resident's concern with its clock."""

from __future__ import annotations

from .walk import Walk, facts, fill, panel, press, said, send, today

TABLE, PRINT, DESK, BENCH = (
    "Round table of the evening bus",
    "Print the timetable of the bus",
    "Open the front desk until ten",
    "Ask the city for a bench at the stop",
)
CONCERN = "The last bus leaves before the late shift ends"


def meeting(walk: Walk) -> None:
    """A series that three partners are asked to; its first meeting with agenda, who came, what was decided, three action items."""
    page = walk.desk("alice")
    page.goto("/what/meetings/series/begin/")
    fill(
        page,
        name=TABLE,
        cadence_days="Every month",
        starts_on=today(-10),
        owner="Alice",
        organisations="Mill Bakery\nOak Hill Library\nRiverbend Clinic",
    )
    press(page, "Save")
    walk.at["series"] = page.url
    page.goto("/what/meetings/plan/")
    fill(page, series=TABLE, starts_at=f"{today(-10)}T17:00", ends_at=f"{today(-10)}T18:00", place="Library")
    fill(page, agenda="Where the bus stops 15\nWho tells people 20", cites="The evening bus", is_shared=True)
    press(page, "Save")
    walk.at["meeting"] = page.url
    assert "Where the bus stops 15 minutes Who tells people 20 minutes" in facts(page)
    press(page, "Write the minutes")
    decided = page.locator("main form textarea[name^=decided_]")
    decided.nth(1).fill("The library tells people.")
    press(page, "Save")
    press(page, "Note who came")
    for name, state, people in (("Mill Bakery", "Came", "2"), ("Oak Hill Library", "Came", "1")):
        part = page.locator("main form fieldset").filter(has_text=name)
        part.locator("select").select_option(label=state)
        part.locator("input").fill(people)
    press(page, "Save")
    assert "2 organisations, 3 people" in facts(page), facts(page)
    for what, partner, due in (
        (PRINT, "Oak Hill Library", -3),
        (DESK, "Riverbend Clinic", -2),
        (BENCH, "", 7),
    ):
        press(page, "Note an action item")
        fill(page, what=what, partner=partner, due_on=today(due), owner="Alice")
        press(page, "Save")
    press(page, "Close the minutes")
    assert "Decided: The library tells people." in facts(page)


def promises(walk: Walk) -> None:
    """The library kept its own in time, the clinic's is late: Today says so, and it is carried to the next meeting."""
    page = walk.desk("alice")
    page.goto(walk.at["meeting"])
    press(page, PRINT)
    walk.at["promise"] = page.url
    press(page, "Settle")
    fill(page, settled="kept", settled_on=today(-3))
    press(page, "Save")
    assert "Kept" in facts(page)
    page.goto("/")
    assert DESK in facts(page)
    assert "2 days late" in facts(page), facts(page)
    page.goto("/who/organisations/")
    press(page, "Oak Hill Library")
    assert "They kept in time: 100%" in panel(page, "Promises").inner_text()
    page.goto(walk.at["series"])
    page.goto("/what/meetings/plan/")
    fill(page, series=TABLE, starts_at=f"{today(20)}T17:00", is_shared=True)
    press(page, "Save")
    walk.at["next meeting"] = page.url
    carried = facts(page)
    assert "Carried forward" in carried
    assert DESK in carried
    assert BENCH in carried
    assert PRINT not in carried, "what was kept is not carried on"


def concern(walk: Walk) -> None:
    """Dan raises it on his phone; bob takes it and answers before the clock runs out; dan has the answer by mail and says more."""
    phone = walk.phone("dan")
    phone.goto("/concern/")
    assert phone.evaluate("() => document.documentElement.scrollWidth") <= 390
    fill(phone, what=CONCERN, asker_name="Dan Field", asker_email="dan@example.net")
    send(phone)
    assert "We answer you by:" in facts(phone)
    page = walk.desk("bob")
    page.goto("/what/concerns/")
    press(page, CONCERN)
    walk.at["concern"] = page.url
    press(page, "I see to it")
    page.goto("/")
    assert CONCERN in facts(page)
    page.goto(walk.at["concern"])
    press(page, "Answer")
    fill(page, text="From Monday on it leaves at half past ten.", way="mail")
    press(page, "Save")
    assert "Clock Answered in time" in facts(page), facts(page)
    mail = walk.mail.wait("dan@example.net", "Our answer to your concern")
    assert "From Monday on it leaves at half past ten." in said(mail)
