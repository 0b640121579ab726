"""Lists as people use them: a head that stays, views and columns of their own, all that match, undo, what is shown as a file."""

from __future__ import annotations

import csv
import io
import re
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import expect

from .house import House
from .watch import Watch

pytestmark = [pytest.mark.browser, pytest.mark.slow]
LIST = "/who/organisations/"


def top_of_head(page: Any) -> float:
    return float(page.locator("#list thead th").nth(1).evaluate("one => one.getBoundingClientRect().top"))


def test_the_head_of_a_table_stays_in_sight(house: House, enter: Any) -> None:
    page = enter(house, "ada")
    page.goto(LIST)
    expect(page.locator(".table-frame")).to_have_attribute("data-fits", "yes")
    bar = page.locator(".top").bounding_box()["height"]
    assert top_of_head(page) > bar
    page.evaluate("window.scrollTo(0, 1500)")
    assert top_of_head(page) == pytest.approx(bar, abs=2)
    page.set_viewport_size({"width": 730, "height": 700})
    for name in ("email", "phone", "website", "lines", "postcode", "mission", "income", "source"):
        page.evaluate("window.scrollTo(0, 0)")
        if page.locator(".table-frame").get_attribute("data-fits") == "no":
            break
        choose_columns(page, [name])
    expect(page.locator(".table-frame")).to_have_attribute("data-fits", "no")
    frame = page.locator(".table-frame")
    frame.evaluate("one => one.scrollTo(0, 900)")
    assert top_of_head(page) == pytest.approx(frame.bounding_box()["y"], abs=3)


def choose_columns(page: Any, more: list[str]) -> None:
    page.locator("summary", has_text="Columns and views").click()
    for name in more:
        page.locator(f"input[name=column][value={name}]").check()
    page.get_by_role("button", name="Show these").click()
    page.wait_for_load_state("load")


def test_a_view_is_kept_with_its_filter_order_and_columns_and_gives_its_rows(
    house: House, enter: Any, tmp_path: Path
) -> None:
    page = enter(house, "alice")
    page.goto(f"{LIST}?kind=faith&sort=-name_folded")
    choose_columns(page, ["email"])
    page.locator("summary", has_text="Columns and views").click()
    page.fill("#view-title", "Congregations")
    page.get_by_role("button", name="Keep the view").click()
    page.goto(f"{LIST}?clear=1")
    page.get_by_role("link", name="Congregations").click()
    expect(page.locator("[data-count]")).to_contain_text("5 organisations")
    names = page.locator("#list tbody th").all_inner_texts()
    assert names == sorted(names, reverse=True)
    page.locator("summary", has_text="Export").click()
    with page.expect_download() as given:
        page.get_by_role("link", name="CSV", exact=True).click()
    rows = list(csv.DictReader(io.StringIO(Path(given.value.path()).read_text(encoding="utf-8-sig"))))
    assert [row["Name"] for row in rows] == [name.strip() for name in names]
    assert "E-mail" in rows[0]
    with page.expect_download() as given:
        page.get_by_role("link", name="XLSX", exact=True).click()
    assert given.value.suggested_filename.endswith(".xlsx")
    page.locator("summary", has_text="Columns and views").click()
    page.get_by_role("button", name="Remove this view").click()
    expect(page.get_by_role("link", name="Congregations")).to_have_count(0)


def test_all_that_match_are_tagged_and_the_tag_is_taken_back(house: House, enter: Any) -> None:
    page = enter(house, "alice")
    watch = Watch(page, house.url)
    page.goto(f"{LIST}?kind=faith")
    page.locator("#list input[name=key]").first.check()
    expect(page.locator("[data-said]")).to_have_text("1 ticked")
    page.locator("[data-all]").check()
    page.get_by_role("button", name="Add tags").first.click()
    expect(page.get_by_text("5 organisations are selected.")).to_be_visible()
    watch.check("tags of many")
    page.fill("input[name=names]", "Winter shelter")
    page.locator("main form button[type=submit]").first.click()
    expect(page.locator("#toasts")).to_contain_text("5 records changed.")
    expect(page.locator("#list tbody").get_by_text("Winter shelter")).to_have_count(5)
    page.locator("#toasts").get_by_text("Undo").click()
    expect(page.locator("h1")).to_have_text("What was done")
    expect(page.get_by_text("All of it has been undone.")).to_be_visible()
    page.goto(f"{LIST}?kind=faith")
    expect(page.locator("#list tbody").get_by_text("Winter shelter")).to_have_count(0)
    assert watch.findings == []


def test_the_map_shows_the_selection_of_the_list(house: House, enter: Any) -> None:
    page = enter(house, "vera")
    watch = Watch(page, house.url)
    page.goto(f"{LIST}?kind=faith")
    page.get_by_role("link", name="Map", exact=True).click()
    page.wait_for_selector(".map .leaflet-interactive")
    names = page.locator(".list-map .rows a").all_inner_texts()
    page.goto(f"{LIST}?kind=faith&as=table")
    assert set(names) <= {name.strip() for name in page.locator("#list tbody th").all_inner_texts()}
    page.goto(f"{LIST}?clear=1")
    page.goto(f"{LIST}?as=map")
    note = page.locator(".map-note")
    expect(note).to_contain_text(re.compile(r"^\d+ organisations? of this list ha(s|ve) no coordinates"))
    count = int(note.inner_text().split()[0])
    note.get_by_role("link", name="Show them as a list").click()
    expect(page.locator("[data-count]")).to_contain_text(f"{count} organisation")
    assert watch.findings == []


def test_a_boundary_is_drawn_by_mouse_and_by_keys(house: House, enter: Any) -> None:
    page = enter(house, "bob")
    watch = Watch(page, house.url)
    page.goto("/who/communities/add/")
    page.fill("input[name=name]", "Drawn quarter")
    field = page.locator(".leaflet-container").first
    field.scroll_into_view_if_needed()
    at = field.bounding_box()
    for across, down in ((0.3, 0.3), (0.6, 0.3), (0.6, 0.6)):
        page.mouse.click(at["x"] + at["width"] * across, at["y"] + at["height"] * down)
    corners = page.get_by_text(re.compile(r"^Corners: \d+"))
    expect(corners).to_have_text("Corners: 3")
    page.get_by_role("button", name="Add a corner in the middle of the map").focus()
    page.keyboard.press("Enter")
    expect(corners).to_have_text("Corners: 4")
    before = page.input_value("textarea[name=boundary]")
    page.keyboard.press("ArrowLeft")
    assert page.input_value("textarea[name=boundary]") != before
    page.get_by_role("button", name="Keep community").click()
    expect(page.locator("h1")).to_have_text("Drawn quarter")
    page.wait_for_selector(".map path:not([fill=none])")
    assert watch.findings == []


def test_a_boundary_from_a_file_and_what_is_wrong_with_one(house: House, enter: Any, tmp_path: Path) -> None:
    page = enter(house, "bob")
    swapped = tmp_path / "swapped.geojson"
    swapped.write_text(
        '{"type": "Polygon", "coordinates": [[[40.1, -182], [40.2, -82], [40.2, -82.1], [40.1, -182]]]}'
    )
    fine = tmp_path / "fine.geojson"
    fine.write_text('{"type": "Polygon", "coordinates": [[[-82, 40], [-82, 41], [-81, 41], [-82, 40]]]}')
    page.goto("/who/communities/add/")
    page.fill("input[name=name]", "From a file")
    page.set_input_files("input[name=boundary_file]", swapped)
    page.get_by_role("button", name="Keep community").click()
    expect(page.locator(".error-summary")).to_contain_text(
        "latitude -182 is outside -90 to 90. Perhaps latitude and longitude are swapped."
    )
    assert page.input_value("input[name=name]") == "From a file"
    page.set_input_files("input[name=boundary_file]", fine)
    page.get_by_role("button", name="Keep community").click()
    expect(page.locator("h1")).to_have_text("From a file")
    with page.expect_download() as given:
        page.get_by_role("link", name="Download as GeoJSON").click()
    assert '"Polygon"' in Path(given.value.path()).read_text()
