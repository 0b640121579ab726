"""From the first start to a spreadsheet taken in, found, seen on the map and taken back; and who may not."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import expect

from .house import House
from .watch import Watch

pytestmark = [pytest.mark.browser, pytest.mark.slow]
PASSWORD = "the barn stands on oak"
MESSY = (
    "Riverbend partner list;;;;;;;;\r\n"
    "Exported by the front desk;;;;;;;;\r\n"
    "Agency;Sort;E-Mail;Town;ZIP;Focus area;Staff;Lat;Long\r\n"
    "Café Número Uno;Business;hola@uno.example;Riverbend;08201;food, youth;12;42,8501;-106,3250\r\n"
    "Fundación Niñez;nonprofit;info@ninez.example;Riverbend;08201;youth, health;4;42,8610;-106,3130\r\n"
    "Café Número Uno;Business;hola@uno.example;Riverbend;08201;food, youth;12;42,8501;-106,3250\r\n"
    ";Business;nobody@example.org;;;;;;\r\n"
    "Hardware & Daughters;Bizness;;Riverbend;08201;trade;9;;\r\n"
).encode("cp1252")


@pytest.fixture
def messy(tmp_path: Path) -> Path:
    """A spreadsheet as people have it: old letters, title rows, semicolons, a row twice, a row without a name."""
    path = tmp_path / "partners.csv"
    path.write_bytes(MESSY)
    return path


def first_admin(page: Any, house: House) -> None:
    """Open the link that the first start prints, and become the admin."""
    assert house.log is not None
    link = re.search(r"(http://\S+/first-admin/\S+)", house.log.read_text(encoding="utf-8"))
    assert link is not None
    page.goto(link[1])
    page.fill("input[name=email]", "ada@example.org")
    for field in page.locator("main input[type=password]").all():
        field.fill(PASSWORD)
    name = page.locator("main input[name=name]")
    if name.count():
        name.fill("Ada")
    page.click("main form button[type=submit]")
    page.wait_for_url(re.compile(r"/welcome|/$|/first"))


def through_the_wizard(page: Any) -> None:
    """Name and place are given, what follows is skipped; left in the middle and taken up again."""
    page.goto("/welcome/name/")
    page.fill("main input[type=text]", "Riverbend Together")
    page.get_by_role("button", name="Keep and go on").click()
    expect(page.locator("h1")).to_have_text("Where do you work?")
    page.locator("main input[type=text]").first.fill("Riverbend")
    page.get_by_role("button", name="Keep and go on").click()
    expect(page.locator("h1")).to_have_text("Which language do most of you read?")
    page.goto("/welcome/")
    expect(page.locator("h1")).to_have_text("Which language do most of you read?")
    for following in (
        "Which time zone are you in?",
        "Which currency do you count in?",
        "How do you want to begin?",
    ):
        page.get_by_role("button", name="Skip", exact=True).click()
        expect(page.locator("h1")).to_have_text(following)
    page.get_by_role("button", name="Choose a file").click()
    expect(page.locator("h1")).to_have_text("Take in a register or spreadsheet")


def take_in(page: Any, watch: Watch, file: Path) -> None:
    """From the file to the records, looking at every step on the way."""
    look(page, watch, "give")
    page.set_input_files("input[type=file]", file)
    page.get_by_role("button", name="Look at the files").click()
    expect(page.locator("h1")).to_have_text("What this file is")
    look(page, watch, "reading")
    page.get_by_label(re.compile("^Western European \\(Windows\\)")).check()
    page.wait_for_load_state()
    page.get_by_role("button", name="Go on to the columns").click()
    expect(page.locator("h1")).to_have_text("Which column is what")
    column = page.locator("[data-column]").nth(1)
    column.locator("select[name^='column-']").select_option("kind")
    expect(page.locator("[data-column]").nth(0).locator("[data-for='many email phone url']")).to_be_hidden()
    expect(page.locator("[data-column]").nth(7).locator("select[name='style-7']")).to_have_value("comma")
    look(page, watch, "columns")
    page.get_by_role("button", name="Show what becomes of it").click()
    expect(page.locator("h1")).to_have_text("The first records as they would become")
    expect(page.get_by_text(re.compile("(Fundación|Casa) Niñez")).first).to_be_visible()
    look(page, watch, "preview")
    page.get_by_role("button", name="Make the dry run").click()
    expect(page.locator("h1")).to_have_text("What would happen", timeout=60_000)
    look(page, watch, "dry run")
    page.get_by_role("link", name=re.compile("^Refused")).first.click()
    expect(page.get_by_text("Name is missing.")).to_be_visible()
    expect(page.get_by_text("The same record stands in row 4 already.")).to_be_visible()
    page.reload()
    page.get_by_role("button", name="Import 2 rows").click()
    expect(page.locator("h1")).to_have_text("Taken in", timeout=60_000)
    look(page, watch, "result")


def look(page: Any, watch: Watch, step: str) -> None:
    """No rule of accessibility broken, nothing wider than the screen, nothing said on the console."""
    watch.where = step
    watch.check()
    width = page.evaluate("[document.documentElement.scrollWidth, document.documentElement.clientWidth]")
    assert width[0] <= width[1], f"{step} is {width[0]} px wide"


def undone(page: Any) -> None:
    """Take the import back from its page."""
    page.get_by_role("link", name="Undo this import").click()
    expect(page.get_by_text("2 records it created are removed.")).to_be_visible()
    page.get_by_role("button", name="Undo this import").click()
    expect(page.locator("h1")).to_have_text("Undone", timeout=60_000)


def test_first_run_wizard_import_search_map_and_undo(empty_house: House, enter: Any, messy: Path) -> None:
    page = enter(empty_house, None)
    watch = Watch(page, empty_house.url)
    first_admin(page, empty_house)
    through_the_wizard(page)
    take_in(page, watch, messy)
    done = page.url
    page.goto("/who/organisations/")
    expect(page.get_by_role("link", name="Café Número Uno")).to_be_visible()
    page.goto("/search?q=fundacoin ninez")
    expect(page.get_by_role("link", name="Fundación Niñez").first).to_be_visible(timeout=30_000)
    page.goto("/who/organisations/?as=map")
    expect(page.locator("main")).to_contain_text("Fundación Niñez")
    page.set_viewport_size({"width": 390, "height": 844})
    page.goto("/imports/new/")
    second = messy.with_name("again.csv")
    second.write_bytes(
        MESSY.replace(b"Caf\xe9 N\xfamero Uno", b"Panader\xeda Sol").replace(
            "Fundación".encode("cp1252"), b"Casa"
        )
    )
    take_in(page, watch, second)
    undone(page)
    page.set_viewport_size({"width": 1280, "height": 900})
    page.goto(done)
    undone(page)
    page.goto("/who/organisations/")
    expect(page.get_by_text("Café Número Uno")).to_have_count(0)
    page.goto("/search?q=fundacion")
    expect(page.get_by_role("link", name="Fundación Niñez")).to_have_count(0)
    assert watch.findings == []


def test_a_viewer_takes_nothing_in_and_a_stranger_sees_the_login_only(house: House, enter: Any) -> None:
    page = enter(house, "vera")
    page.goto("/imports/")
    expect(page.get_by_role("link", name="Take in a file")).to_have_count(0)
    answer = page.goto("/imports/new/")
    assert answer.status == 403
    stranger = enter(house, None)
    for path in ("/imports/", "/imports/new/", "/who/organisations/"):
        stranger.goto(path)
        assert "/account/login/" in stranger.url
    stranger.goto("/")
    expect(stranger).to_have_url(f"{house.url}/en/")
