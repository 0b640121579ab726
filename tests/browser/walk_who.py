"""The way through the house, who: the first day, the register and the people, and a survey that residents answer."""

from __future__ import annotations

import re
from pathlib import Path

from tests.cast import PASSWORD

from .walk import Walk, facts, fill, press

ORGANISATIONS = """name,kind,city,email
Mill Bakery,business,Riverbend,hola@mill.example
Oak Hill Library,public body,Riverbend,desk@oakhill.example
Riverbend Clinic,health provider,Riverbend,front@clinic.example
"""
PEOPLE = """given name,family name,email,language,kind,city,organisation,title,main contact
Rosa,Vega,rosa@mill.example,es,representative,Riverbend,Mill Bakery,Owner,yes
Omar,Shaw,omar@oakhill.example,en,representative,Riverbend,Oak Hill Library,Librarian,yes
Petra,Lind,petra@clinic.example,en,representative,Riverbend,Riverbend Clinic,Director,yes
Ana,Ruiz,ana@example.net,en,resident,Riverbend,,,
Ben,Oak,ben@example.net,en,resident,Riverbend,,,
Cleo,Marsh,cleo@example.net,en,resident,Riverbend,,,
Dan,Field,dan@example.net,en,resident,Riverbend,,,
"""
CONSENTS = """email,purpose,channel,answer,said on,source,proof
""" + "".join(
    f"{name}@example.net,Invitations,email,given,2026-01-15,paper,List at the library\n"
    for name in ("ana", "ben", "cleo")
)


def first_day(walk: Walk) -> None:
    """The link of the first start makes ada the admin; the command line adds the others."""
    assert walk.house.log is not None
    link = re.search(r"(http://\S+/first-admin/\S+)", walk.house.log.read_text(encoding="utf-8"))
    assert link is not None
    page = walk.desk_of_first("ada")
    page.goto(link[1])
    page.fill("input[name=email]", "ada@example.org")
    for box in page.locator("main input[type=password]").all():
        box.fill(PASSWORD)
    page.fill("main input[name=name]", "Ada")
    page.click("main form button[type=submit]")
    page.wait_for_url(re.compile(r"/welcome|/$"))
    page.goto("/welcome/name/")
    page.fill("main input[type=text]", "Riverbend Together")
    press(page, "Keep and go on")
    for name in ("alice", "bob"):
        walk.house.command(
            "user", "add", f"{name}@example.org", "--role", "coordinator", "--name", name.title(),
            "--password-stdin", given=PASSWORD,
        )  # fmt: skip


def registers(walk: Walk, folder: Path) -> None:
    """Organisations, people and their consents come from three files, by the steps of the import."""
    page = walk.desk("alice")
    take_in(walk, folder, "partners.csv", ORGANISATIONS, 3)
    take_in(walk, folder, "people.csv", PEOPLE, 7)
    page.goto("/who/consent/purposes/add/")
    fill(page, name="Invitations", channels=["email"], text_en="Yes, invite me to events in Riverbend.")
    press(page, "Save")
    take_in(walk, folder, "consents.csv", CONSENTS, 3)
    page.goto("/who/people/")
    assert "Rosa Vega" in facts(page)


def take_in(walk: Walk, folder: Path, name: str, text: str, many: int) -> None:
    """A file goes through the wizard to the end."""
    page = walk.desk("alice")
    file = folder / name
    file.write_text(text, encoding="utf-8")
    page.goto("/imports/new/")
    page.set_input_files("input[type=file]", file)
    press(page, "Look at the files")
    press(page, "Go on to the columns")
    press(page, "Show what becomes of it")
    press(page, "Make the dry run")
    page.get_by_role("button", name=f"Import {many} rows").click(timeout=40_000)
    page.get_by_role("heading", name="Taken in").wait_for(timeout=40_000)


def survey(walk: Walk) -> None:
    """Bob asks two questions, alice publishes, residents answer on their phones by the public link."""
    page = walk.desk("bob")
    page.goto("/questionnaires/add/")
    fill(
        page,
        name="Evenings",
        is_public=True,
        is_anonymous=True,
        code="evenings",
        title_en="Evenings in Riverbend",
    )
    press(page, "Save")
    for words, more in (
        (
            "What keeps you at home in the evening?",
            {"kind": "Some of several", "options_en": "No bus\nNo childcare\nNothing"},
        ),
        ("How many evenings a month would you come out?", {"kind": "Number", "unit": "evenings"}),
    ):
        press(page, "Add a question")
        fill(page, text_en=words, **more)
        press(page, "Save")
    walk.at["survey"] = page.url
    lead = walk.desk("alice")
    lead.goto(walk.at["survey"])
    press(lead, "Publish")
    address = lead.locator("#address").input_value()
    for name, keeps, evenings in (("ana", "No bus", 6), ("ben", "No bus", 4), ("cleo", "No childcare", 2)):
        phone = walk.phone(name)
        phone.goto(address)
        phone.get_by_label(keeps).check()
        phone.get_by_label("How many evenings a month would you come out?").fill(str(evenings))
        assert phone.evaluate("() => document.documentElement.scrollWidth") <= 390
        press(phone, "Send the answers")
        assert "Your answers are kept." in facts(phone)
    lead.reload()
    assert "Responses 3" in facts(lead)
