"""The way through the house, the partners' door: petra sees all that concerns the clinic, answers it, and sees nothing else."""

from __future__ import annotations

import re
from typing import Any
from urllib.parse import urlsplit

from .walk import Walk, facts, fill, link_of, panel, press, send, today
from .walk_kept import BENCH, CONCERN, DESK, PRINT, TABLE
from .walk_next import LETTER_OF_THANKS, NAMED, NURSED, REPORT, REVISION
from .walk_sowhat import FUEL, TRIAL
from .walk_told import STORY
from .walk_what import EVENT

SHIFTS, OVENS, CHECK, WORRY = (
    "Late shifts at the clinic",
    "Loaves baked at night",
    "Health check at the bus stop",
    "The stop at the clinic has no roof",
)
PAGES = ("", "promises/", "numbers/", "events/", "thanks/", "meetings/", "concerns/", "record/")
OPEN_TO_ALL = frozenset({"told"})
"""What everybody may open, of all that was met on the way."""
FOREIGN = (
    PRINT, BENCH, CONCERN, NAMED, REPORT, REVISION, STORY, TRIAL, FUEL, OVENS, "Rosa Vega", "Omar Shaw", "Ana Ruiz", "Ben Oak",
    "Dan Field", "Eva Brook", "rosa@mill.example", "omar@oakhill.example", "hola@mill.example",
)  # fmt: skip
"""What is kept of others, as it is called."""


def concerning(walk: Walk) -> None:
    """The clinic is asked for a number and hosts an event; so is the bakery, for another one."""
    page = walk.desk("alice")
    for name, partner in ((SHIFTS, "Riverbend Clinic"), (OVENS, "Mill Bakery")):
        page.goto(walk.at["objective"])
        press(page, "Add an indicator")
        fill(page, name=name, unit="of them", frequency="Every year")
        press(page, "Save")
        press(page, "Ask a partner for a number")
        fill(page, organisation=partner, due_on=today(9))
        press(page, "Save")
    page.goto(walk.at["project"])
    press(page, "Plan an event")
    hours = {"starts_at": f"{today(12)}T17:00", "ends_at": f"{today(12)}T19:00"}
    fill(page, title=CHECK, kind="Gathering", is_public=True, **hours)
    press(page, "Save")
    press(page, "Note outputs, costs, hosts")
    fill(page, hosts="Riverbend Clinic 50\nMill Bakery 50")
    press(page, "Save")
    page.goto("/who/organisations/")
    press(page, "Riverbend Clinic")
    panel(page, "Partner portal")
    press(page, "Send the way in")
    page.get_by_label("petra@clinic.example").check()
    press(page, "Send it")


def portal(walk: Walk) -> None:
    """By a link that opens once: each page of the portal holds the rows of the clinic and no other; she answers what is due."""
    door = link_of(walk.mail.wait("petra@clinic.example", "Your way into the portal"))
    petra = walk.phone("petra")
    petra.goto(door)
    send(petra)
    assert "Riverbend Clinic" in facts(petra)
    petra.goto("/portal/concerns/")
    press(petra, "Raise a concern")
    fill(petra, what=WORRY)
    send(petra)
    assert WORRY in facts(petra)
    seen = {name: opened(petra, name) for name in PAGES}
    assert {name: told for name, (told, _words) in seen.items()} == {
        "": [DESK, SHIFTS, TABLE, WORRY],
        "promises/": [DESK],
        "numbers/": [SHIFTS],
        "events/": [EVENT, CHECK, CHECK],
        "thanks/": [],
        "meetings/": [TABLE, TABLE],
        "concerns/": [WORRY],
        "record/": ["Petra Lind"],
    }
    thanked = seen["thanks/"][1]
    for words in (LETTER_OF_THANKS, NURSED):
        assert thanked.count(words) == 1, thanked
    met = [words for _told, words in seen.values()]
    petra.goto("/portal/meetings/")
    petra.locator("main").get_by_role("link", name=TABLE).last.click()
    petra.wait_for_url("**/portal/meetings/*/")
    assert "The library tells people." in facts(petra), "the minutes of the meeting to which it was asked"
    met.append(facts(petra))
    for words in FOREIGN:
        assert words not in " ".join(met), words
    nothing_else(walk, petra)
    stranger = walk.phone("somebody who found the mail")
    stranger.goto(door)
    assert DESK not in stranger.locator("body").inner_text(), "it opens once"
    petra.goto("/portal/promises/")
    press(petra, re.compile(f"Kept.*{DESK}"))
    petra.goto("/portal/promises/")
    assert "· Kept" in facts(petra), facts(petra)
    petra.goto("/portal/numbers/")
    press(petra, re.compile(f"Give the number.*{SHIFTS}"))
    fill(petra, value="14", signed_by="Petra Lind")
    send(petra)
    petra.goto("/portal/numbers/")
    assert "You are asked for no number at the moment." in facts(petra), facts(petra)


def opened(petra: Any, name: str) -> tuple[list[str], str]:
    """What the rows of a page of the portal are called, and all its words."""
    petra.goto(f"/portal/{name}")
    assert petra.evaluate("() => document.documentElement.scrollWidth") <= 390
    rows = petra.locator("main ul.rows > li").all()
    return [row.locator("[translate=no]").first.inner_text() for row in rows], facts(petra)


def nothing_else(walk: Walk, petra: Any) -> None:
    """Whatever the team has met on the way is closed to her browser, in the house and by the addresses of the portal."""
    closed = {name: address for name, address in walk.at.items() if name not in OPEN_TO_ALL}
    assert len(closed) > 25
    for name, address in closed.items():
        answer = petra.context.request.get(address, max_redirects=0)
        assert answer.status in (302, 403, 404), (name, answer.status)
        if answer.status == 302:
            assert urlsplit(answer.headers["location"]).path == "/account/login/", (name, answer.headers)
    for kind, name in (("promises", "promise"), ("concerns", "concern"), ("meetings", "story")):
        key = walk.at[name].rstrip("/").rpartition("/")[2]
        path = f"/portal/{kind}/{key}/" + ("late/" if kind == "promises" else "")
        assert petra.context.request.get(path, max_redirects=0).status == 404, path
