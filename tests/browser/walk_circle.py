"""The way through the house, the circle closed: a playbook travels to another house, and somebody comes by the website."""

from __future__ import annotations

import json
import re
from datetime import datetime
from pathlib import Path
from typing import Any

from .rest import come_to_rest
from .walk import Walk, facts, fill, panel, press, said, send, today
from .walk_next import download
from .walk_sowhat import FUEL
from .walk_why import GOAL, INDICATOR, OBJECTIVE

PLAYBOOK, DIESEL = "An evening bus", "Litres of diesel"


def playbook(walk: Walk, folder: Path) -> Path:
    """Made of the goal, without a name of anybody; its file."""
    page = walk.desk("alice")
    page.goto(walk.at["goal"])
    press(page, "Make a playbook of it")
    fill(page, title=PLAYBOOK, about="How to bring people home.")
    press(page, "Save")
    for words in (OBJECTIVE, INDICATOR, FUEL):
        assert words in facts(page), facts(page)
    written = download(page, "Take the file out")
    for name in ("Rosa", "Ana Ruiz", "Mill Bakery", "Oak Hill", "15500", "12000"):
        assert name not in written.decode(), name
    kept = folder / "playbook.json"
    kept.write_bytes(written)
    return kept


def install(other: Walk, file: Path) -> None:
    """In a second, empty house: the same file comes out of it again; one row is changed, and exactly that row differs."""
    page = other.desk("alice")
    page.goto("/nowwhat/playbooks/take-in/")
    page.set_input_files("main input[type=file]", file)
    send(page)
    before = download(page, "Take the file out")
    assert before == file.read_bytes(), "it came as it was given out"
    press(page, "Install it")
    fill(page, starts_on=today(30), total="5000")
    press(page, "Try it first")
    assert "Nothing has been written yet." in facts(page)
    press(page, "Install it")
    press(page, GOAL)
    other.at["goal"] = page.url
    again(other)
    assert f"This playbook is here already: {PLAYBOOK}." in facts(page), "what it made says exactly the same"
    page.goto("/why/goals/indicators/")
    press(page, FUEL)
    press(page, "Change")
    fill(page, name=DIESEL)
    press(page, "Save")
    again(other)
    was, now = rows(json.loads(before)), rows(json.loads(download(page, "Take the file out")))
    differing = {at for at in was | now if was.get(at) != now.get(at)}
    assert len(differing) == 1, differing
    (place,) = differing
    assert re.fullmatch(r"indicators\[\d+\]\.name", place)
    assert (was[place], now[place]) == (FUEL, DIESEL)


def again(other: Walk) -> None:
    """Make a playbook of what was installed, with the same cover."""
    page = other.desk("alice")
    page.goto(other.at["goal"])
    press(page, "Make a playbook of it")
    fill(page, title=PLAYBOOK, about="How to bring people home.")
    press(page, "Save")


def rows(found: Any, at: str = "") -> dict[str, Any]:
    """Every value of a document by its place, as in `indicators[2].rule`."""
    if isinstance(found, dict):
        parts = [(f"{at}.{name}".lstrip("."), value) for name, value in found.items()]
    elif isinstance(found, list):
        parts = [(f"{at}[{number}]", value) for number, value in enumerate(found)]
    else:
        return {at: found}
    return {place: one for name, value in parts for place, one in rows(value, name).items()}


def involved(walk: Walk) -> None:
    """Eva sends the form of the website; it is alice's next step with a day; she adds her, writes back, and is done in time."""
    phone = walk.phone("eva")
    phone.goto("/en/get-involved/?as=volunteer")
    assert phone.evaluate("() => document.documentElement.scrollWidth") <= 390
    fill(phone, name="Eva Brook", email="eva@example.net", message="I can drive on Fridays.")
    send(phone)
    promised = answer_by(phone.locator("body").inner_text())
    assert answer_by(said(walk.mail.wait("eva@example.net", "Your message has arrived"))) == promised
    page = walk.desk("alice")
    page.goto("/")
    assert "Answer: Eva Brook" in facts(page), facts(page)
    step = page.locator("main").get_by_role("link", name="Answer: Eva Brook").first
    come_to_rest(page, step)
    step.click()
    page.wait_for_url("**/steps/*/")
    walk.at["step"] = page.url
    page.goto("/who/interactions/addresses/")
    press(page, "eva@example.net")
    press(page, "Add the person")
    page.goto("/who/people/")
    press(page, "Eva Brook")
    assert "I can drive on Fridays." in facts(page)
    panel(page, "Mails")
    press(page, "Write a mail")
    fill(page, subject="Fridays", text="You are welcome. Come on Friday at six.")
    send(page)
    walk.mail.wait("eva@example.net", "Fridays")
    page.goto(walk.at["step"])
    until = page.locator("main ul.rows time").first.get_attribute("datetime")
    assert until == promised, "the clock is what eva was told"
    press(page, "Done")
    assert "Open again" in facts(page)
    done = page.locator("main ul.rows time").last.get_attribute("datetime")
    assert done[:10] <= until, "answered in time"


def answer_by(text: str) -> str:
    """The day by which they say that somebody answers."""
    found = re.search(r"answers you by (\w+)\.? (\d+), (\d+)\.", text)
    assert found is not None, text
    return datetime.strptime(f"{found[1][:3]} {found[2]} {found[3]}", "%b %d %Y").date().isoformat()
