"""The way through the house, why: a need with its evidence, what comes first, what residents decide, the goal."""

from __future__ import annotations

from typing import Any

from .walk import Walk, facts, fill, last_month, link_of, press, said, send, table, today, until

BUSES, YARD = "Evening buses to the hospital", "A yard where children can play"
GOAL, OBJECTIVE = "Everybody gets home in the evening", "Forty people ride the evening bus"
INDICATOR, DIFFERENT = "People who rode the evening bus", "Number of different people or things"
SCORES = {
    # size, seriousness, effectiveness of the buses and of the yard
    "alice": ((8, 16, 8), (5, 10, 4)),
    "bob": ((7, 14, 6), (6, 12, 5)),
    "ada": ((9, 18, 7), (4, 8, 3)),
}


def need(walk: Walk) -> None:
    """Two needs of one assessment; the buses rest on the survey."""
    page = walk.desk("alice")
    page.goto("/why/needs/assessments/add/")
    fill(page, name="What Riverbend lacks", starts_on=today())
    press(page, "Save")
    walk.at["cycle"] = page.url
    press(page, "Note a need")
    fill(page, title=YARD)
    press(page, "Save")
    walk.at[YARD] = page.url
    page.goto(walk.at["survey"])
    press(page, "Note a need")
    fill(page, title=BUSES, cycle="What Riverbend lacks", population="Adults without a car")
    press(page, "Save")
    assert page.locator("main form [name=cites] option:checked").inner_text() == "Evenings", "typed once"
    fill(page, said="Two of three are kept at home because there is no bus.", source="Our survey")
    press(page, "Save")
    walk.at[BUSES] = page.url
    assert "Two of three are kept at home because there is no bus." in facts(page)


def priorities(walk: Walk) -> None:
    """Three of the team score both; the ranking is the mean of all three by Hanlon's formula."""
    for name, given in SCORES.items():
        page = walk.desk(name)
        for title, (size, seriousness, effectiveness) in zip((BUSES, YARD), given, strict=True):
            page.goto(walk.at[title])
            press(page, "Score it")
            fill(page, size=size, seriousness=seriousness, effectiveness=effectiveness)
            for letter in page.locator("main input[type=radio][value=yes]").all():
                letter.check()
            press(page, "Save")
    page.goto(walk.at["cycle"])
    assert table(page) == [
        # (8 + 16) × 7 ÷ 3 and (5 + 10) × 4 ÷ 3
        ["1", f"{BUSES} 3 raters", "56 42–64", "8", "16", "7"],
        ["2", f"{YARD} 3 raters", "20 12–30", "5", "10", "4"],
    ]


def decision(walk: Walk) -> None:
    """Residents propose and vote on their phones, one voice each; alice writes down what was decided."""
    page = walk.desk("alice")
    page.goto("/why/decisions/add/")
    fill(
        page,
        title="Where does the evening bus stop?",
        rules="Be kind. Speak of the bus.",
        need=BUSES,
        method="one",
        is_public=True,
    )
    press(page, "Save")
    walk.at["decision"] = page.url
    press(page, "Open it for proposals")
    address = page.locator("#address").input_value()
    for name, title in (("ana", "At the library"), ("ben", "At the mill")):
        phone = walk.phone(name)
        phone.goto(address)
        phone.get_by_label("What do you propose?").fill(title)
        press(phone, "Propose it")
    page.reload()
    for title in ("At the library", "At the mill"):
        press(page, f"Show {title}")
    press(page, "Open the vote")
    for name, title in (("ana", "At the library"), ("ben", "At the mill"), ("cleo", "At the library")):
        phone = walk.phone(name)
        phone.goto(address)
        phone.get_by_label(title).check()
        press(phone, "Send the vote")
    again = walk.phone("ben")
    again.get_by_label("At the library").check()
    press(again, "Send the vote")
    page.reload()
    assert "3 voices" in facts(page), "ben thought again: still one voice"
    press(page, "Settle it")
    fill(page, outcome="The bus stops at the library.", decided_on=today())
    press(page, "Save")
    again.reload()
    assert "The bus stops at the library." in facts(again)


def goal(walk: Walk) -> None:
    """A goal on the decision, an objective that lacks every letter at first, its indicator, and a partner who endorses by mail."""
    page = walk.desk("alice")
    page.goto(walk.at["decision"])
    press(page, "Set a goal")
    fill(page, name=GOAL, about="Nobody stays at the hospital for want of a bus.")
    press(page, "Save")
    walk.at["goal"] = page.url
    press(page, "Cite a need or a decision")
    fill(page, ref=BUSES)
    press(page, "Save")
    press(page, "Add an objective")
    fill(page, name=OBJECTIVE, owner="None")
    press(page, "Save")
    walk.at["objective"] = page.url
    assert lacking(page) == "SMAT", "the decision it rests on makes it relevant"
    press(page, "Agree on the objective")
    assert lacking(page) == "SMAT", "nobody agrees on what nobody can measure"
    press(page, "Say by which measure it is told: add an indicator.")
    fill(page, name=INDICATOR, frequency="Every month", source="People who came to events", rule=DIFFERENT)
    press(page, "Save")
    press(page, "Save")
    walk.at["indicator"] = page.url
    page.goto(walk.at["objective"])
    assert lacking(page) == "MAT"
    press(page, "Write the unit in which it is measured.")
    fill(page, unit="people", baseline_value="0", baseline_on=last_month(1))
    press(page, "Save")
    page.goto(walk.at["objective"])
    assert lacking(page) == "AT"
    press(page, "Write the target.")
    fill(page, target_value="40", target_on=f"{int(today()[:4]) + 1}-12-31")
    press(page, "Save")
    page.goto(walk.at["objective"])
    assert lacking(page) == "AT"
    press(page, "Say who sees to it.")
    fill(page, owner="Bob")
    press(page, "Save")
    assert lacking(page) == "T"
    press(page, "Write the day until which it is to be reached.")
    fill(page, due_on=f"{int(today()[:4]) + 1}-12-31")
    press(page, "Save")
    assert lacking(page) == ""
    press(page, "Agree on the objective")
    assert "Agreed" in facts(page)


def endorsement(walk: Walk) -> None:
    """Rosa is asked by mail in her language, and says from it that the bakery stands behind the goal."""
    page = walk.desk("alice")
    page.goto(walk.at["goal"])
    press(page, "Ask a partner")
    fill(page, organisation="Mill Bakery")
    press(page, "Save")
    press(page, "Ask by mail")
    press(page, "Send to rosa@mill.example")
    mail = walk.mail.wait("rosa@mill.example", "¿Apoya Mill Bakery nuestra meta?")
    assert GOAL in said(mail)
    until(page, "Handed over")
    partner = walk.phone("rosa")
    partner.goto(link_of(mail))
    assert GOAL in facts(partner)
    fill(partner, state="endorsed", signed_by="Rosa Vega")
    send(partner)
    page.goto(walk.at["goal"])
    assert "Mill Bakery · Rosa Vega Endorsed" in facts(page), facts(page)


def lacking(page: Any) -> str:
    """The letters of SMART that do not stand."""
    return "".join(page.locator("ul.smart > li:not(.is-there) .smart-letter").all_inner_texts())
