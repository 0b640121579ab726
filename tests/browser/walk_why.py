"""The way through the house, why: a need with its evidence, what comes first, what residents decide, the goal."""

from __future__ import annotations

from .walk import Walk, facts, fill, link_of, press, table, today, until

BUSES, YARD = "Evening buses to the hospital", "A yard where children can play"
GOAL, OBJECTIVE = "Everybody gets home in the evening", "Riders of the evening bus"
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
    for title in (YARD, BUSES):
        page.goto(walk.at["cycle"])
        press(page, "Add a need")
        fill(page, title=title, population="Adults without a car")
        press(page, "Save")
        walk.at[title] = page.url
    press(page, "Add evidence")
    fill(
        page,
        cites="Evenings",
        said="Two of three are kept at home because there is no bus.",
        source="Our survey",
        dated_on=today(),
    )
    press(page, "Save")
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
    said = table(page)
    print(said)


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
    press(page, "Say what was decided")
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
    fill(page, name=OBJECTIVE, owner="---------")
    press(page, "Save")
    walk.at["objective"] = page.url
    print(letters(page))
    press(page, "Agree on the objective")
    print(facts(page)[:300])


def letters(page: object) -> list[str]:
    """S, M, A, R, T with what each lacks."""
    return [" ".join(one.split()) for one in page.locator("ul.smart > li").all_inner_texts()]  # type: ignore[attr-defined]
