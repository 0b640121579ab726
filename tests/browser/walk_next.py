"""The way through the house, what comes next: thanks, a plan that adapts, a new partner from a register, a report to the board."""

from __future__ import annotations

import io
import re
from pathlib import Path
from typing import Any

from openpyxl import load_workbook
from pypdf import PdfReader

from .walk import Walk, facts, fill, last_month, link_of, panel, press, said, send, today
from .walk_sowhat import FUEL
from .walk_what import PROJECT
from .walk_who import take_in
from .walk_why import BUSES, INDICATOR

VALUED = f"Value of {PROJECT}"
NAMED, NURSED = (
    "Mill Bakery baked for everybody on the first ride.",
    "The nurses of Riverbend Clinic rode along.",
)
LETTER_OF_THANKS = "You gave us your evening."
THANKED = (
    ("Mill Bakery", "6", "rosa@mill.example", "Rosa Vega", NAMED),
    ("Riverbend Clinic", "4", "petra@clinic.example", "Petra Lind", NURSED),
)
REVISION, SHUTTLE, REPORT = (
    "Fewer drivers, more fuel",
    "Night Shuttle Cooperative",
    "What came of the evening bus",
)
REGISTER = f"""name,kind,city,mission
{SHUTTLE},nonprofit,Riverbend,Evening buses to the hospital for adults without a car
Riverbend Bird Club,nonprofit,Riverbend,We count herons and owls
"""


def thanks(walk: Walk) -> None:
    """What two partners gave is counted from the project; each approves by the link of its letter how it is named."""
    page = walk.desk("alice")
    for name, hours, address, signed, wording in THANKED:
        page.goto(walk.at["project"])
        press(page, "Note a contribution")
        fill(page, organisation=name, kind="hours", on=today(-1), hours=hours)
        press(page, "Save")
        page.goto("/who/organisations/")
        press(page, name)
        panel(page, "Thanks")
        press(page, "What they gave")
        assert f"{hours} hours" in facts(page), facts(page)
        assert download(page, "As PDF").startswith(b"%PDF-")
        press(page, "Thank them")
        fill(page, letter=LETTER_OF_THANKS, wording=wording, language="English")
        press(page, "Save")
        walk.at[f"thanks to {name}"] = page.url
        press(page, "Send")
        press(page, "Send")
        mail = walk.mail.wait(address, f"Thank you, {name}")
        assert f"{hours} volunteer hours" in said(mail), said(mail)
        phone = walk.phone(address.partition("@")[0])
        phone.goto(link_of(mail))
        assert wording in facts(phone)
        fill(phone, answer="approve", signed_by=signed)
        send(phone)
        page.goto(walk.at[f"thanks to {name}"])
        assert f"Approved by {signed}" in facts(page), facts(page)


def revision(walk: Walk) -> None:
    """Bob proposes it on the evidence of a number; alice approves: the money moves, the total stays."""
    page = walk.desk("bob")
    page.goto(walk.at["project"])
    panel(page, "How the plan adapts")
    press(page, "Revise the plan")
    fill(page, title=REVISION, why="The bus burns more than we thought.", evidence=FUEL)
    press(page, "Save")
    walk.at["revision"] = page.url
    press(page, "Move money")
    for field, line in (("taken_from", "Driver"), ("given_to", "Fuel")):
        option = page.locator(f"select[name={field}] option").filter(has_text=line)
        page.locator(f"select[name={field}]").select_option(option.get_attribute("value"))
    fill(page, amount="2000")
    press(page, "Save")
    lead = walk.desk("alice")
    lead.goto(walk.at["project"])
    assert "$12,000.00" in facts(lead), "nothing moves before it is approved"
    lead.goto("/")
    press(lead, REVISION)
    press(lead, "Approve")
    send(lead)
    assert "Approved" in facts(lead)
    lead.goto(walk.at["project"])
    found = facts(lead)
    assert "$10,000.00" in found, found
    assert "$5,500.50" in found, found
    assert "$15,500.50" in found, "the total is what it was"


def candidate(walk: Walk, folder: Path) -> None:
    """From a register that is taken in: one answers the need and says why; one click makes it a prospect."""
    page = walk.desk("alice")
    take_in(walk, folder, "register.csv", REGISTER, 2)
    page.goto("/nowwhat/candidates/")
    rows = page.locator("ol.fit-rows > li")
    assert SHUTTLE in rows.first.inner_text()
    assert BUSES in rows.first.inner_text(), "it says for which need"
    assert "Bird Club" not in facts(page)
    rows.first.get_by_text("comes about").click()
    assert "Need" in rows.first.locator("table").inner_text()
    press(page, re.compile(f"Begin a partnership.*{SHUTTLE}"))
    page.goto("/who/partnerships/")
    assert SHUTTLE in facts(page)
    page.goto("/nowwhat/candidates/")
    assert SHUTTLE not in facts(page), "it is a candidate no more"


def report(walk: Walk) -> None:
    """The board reads the same numbers on the page, on paper and in the spreadsheet."""
    page = walk.desk("alice")
    page.goto("/sowhat/reports/write/")
    fill(page, name=REPORT, audience="board", begins_on=last_month(1), ends_on=today())
    for box in page.locator("main form [name=sections]").all():
        box.check()
    press(page, "Save")
    walk.at["report"] = page.url
    shown = facts(page)
    for words in (INDICATOR, "118.5", VALUED):
        assert words in shown, (words, shown)
    press(page, "Issue it")
    paper = PdfReader(io.BytesIO(download(page, "As PDF")))
    printed = " ".join(" ".join(one.extract_text() for one in paper.pages).split())
    for words in (REPORT, INDICATOR, "118.5", VALUED):
        assert words in printed, (words, printed)
    book = load_workbook(io.BytesIO(download(page, "As a spreadsheet")))
    cells = [cell.value for sheet in book for row in sheet.iter_rows() for cell in row]
    assert INDICATOR in cells
    assert 118.5 in [float(one) for one in cells if isinstance(one, int | float)], cells


def download(page: Any, words: str) -> bytes:
    """The file behind a link."""
    with page.expect_download() as got:
        page.locator("main").get_by_role("link", name=words).first.click()
    return bytes(Path(got.value.path()).read_bytes())
