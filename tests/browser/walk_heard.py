"""The way through the house, who is heard: a wave of trust between partners, and comments that come back as "you said, we did"."""

from __future__ import annotations

from typing import Any

from .walk import Walk, facts, fill, link_of, press, send, table, today

OURS, WAVE = "Riverbend Together", "How we work together"
SAID = ("It is too dark at the stop when we wait.", "My daughter does not wait alone in the dark.")
YOU_SAID, WE_DID = "The stop is dark in the evening.", "The city hung two lamps over the stop."
TIES = {
    # who answers, of whom they say what of all six sentences: from 1 (not at all) to 4 (fully)
    "rosa@mill.example": {"Oak Hill Library": 3, "Riverbend Clinic": 3},
    "omar@oakhill.example": {"Mill Bakery": 4},
    "petra@clinic.example": {"Mill Bakery": 3},
    "team@riverbend.example": {"Mill Bakery": 4},
}


def wave(walk: Walk) -> None:
    """Four organisations say by the link of a mail with whom they work; the map and its table say the same."""
    page = walk.desk("alice")
    page.goto("/who/organisations/add/")
    fill(page, name=OURS, kind="Nonprofit", contacts="team@riverbend.example")
    press(page, "Keep organisation")
    walk.at["ours"] = page.url
    page.goto("/sowhat/network/begin/")
    fill(page, name=WAVE, begins_on=today(), due_on=today(14))
    fill(page, organisations=f"Mill Bakery\nOak Hill Library\nRiverbend Clinic\n{OURS}")
    press(page, "Save")
    walk.at["wave"] = page.url
    press(page, "Ask those who have not answered")
    for address, ties in TIES.items():
        answer(walk, address, ties)
    page.goto(walk.at["wave"])
    assert "4 of 4 partners have answered." in facts(page), facts(page)
    assert "Density 0.50" in facts(page), "three of six pairs work together"
    rows = {line[0]: line[2:] for line in table(page, "section[aria-labelledby=partners] tbody tr")}
    # trust in the bakery: (100 + 66.7 + 100) ÷ 3; of the others fewer than three said something
    assert rows["Mill Bakery"] == ["3", "1.00", "89", "89"], rows
    assert rows["Riverbend Clinic"][:2] == ["1", "0.00"], rows
    assert rows["Riverbend Clinic"][2] == "hidden", rows
    assert page.locator("section[aria-labelledby=map] svg").count() == 1
    press(page, "Close the wave")


def answer(walk: Walk, address: str, ties: dict[str, int]) -> None:
    """One partner answers on a phone."""
    mail = walk.mail.wait(address, OURS)
    phone: Any = walk.phone(address.partition("@")[0])
    phone.goto(link_of(mail))
    assert phone.evaluate("() => document.documentElement.scrollWidth") <= 390
    for name, given in ties.items():
        part = phone.locator("main details").filter(has_text=name).first
        part.locator("summary").click()
        part.locator("input[type=checkbox]").check()
        for item in part.locator("select").all():
            item.select_option(str(given))
    phone.fill("#signed_by", address.partition("@")[0].title())
    send(phone)


def comments(walk: Walk) -> None:
    """Bob notes at the event what two people said; it gets a theme; both are answered at once, and everybody may read it."""
    page = walk.desk("bob")
    for words in SAID:
        page.goto(walk.at["event"])
        press(page, "Note what was said")
        fill(page, text=words, said_on=today())
        press(page, "Save")
        press(page, "Say what it is about")
        if words == SAID[0]:
            fill(page, new="Light at the stop")
        else:
            page.get_by_label("Light at the stop").check()
        press(page, "Save")
    press(page, "Light at the stop")
    assert SAID[0] in facts(page)
    press(page, "Answer those that wait")
    fill(page, you_said=YOU_SAID, we_did=WE_DID, cites="The evening bus")
    press(page, "Save")
    walk.at["answer"] = page.url
    lead = walk.desk("alice")
    lead.goto(walk.at["answer"])
    press(lead, "Publish it")
    phone = walk.phone("ana")
    phone.goto("/sowhat/feedback/said/")
    assert YOU_SAID in facts(phone)
    assert WE_DID in facts(phone)
    assert SAID[0] not in facts(phone), "nobody's own words are public"
    assert phone.evaluate("() => document.documentElement.scrollWidth") <= 390
    page.goto("/sowhat/feedback/")
    assert SAID[0] in facts(page)
