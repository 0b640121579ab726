"""A board reads how many promises were kept, then only those still open; every count opens its promises. A partner reads each of its own."""

from __future__ import annotations

import io
import re
from datetime import date

import pytest
from openpyxl import load_workbook

from barnraise.sowhat.reports import services
from barnraise.sowhat.reports.selectors import content_of
from barnraise.what.commitments.services import make_commitment, settle

pytestmark = pytest.mark.django_db


@pytest.fixture
def promised(pantry, library, alice):
    """Theirs of 2025: two kept in time, one late, one not, one released, one still late; ours to be done in 2999; one of 2024."""

    def promise(what, on=date(2025, 6, 1), direction="theirs", partner=pantry, **ending):
        row = make_commitment(
            by=alice, direction=direction, partner=partner, what=what, due_on=on, promised_on=date(2024, 1, 1)
        )
        if ending:
            settle(row, by=alice, **ending)

    promise("Flour", settled="kept", settled_on=date(2025, 6, 1))
    promise("Milk", settled="kept", settled_on=date(2025, 5, 1))
    promise("Bread", settled="kept", settled_on=date(2025, 6, 2))
    promise("Jam", settled="broken", settled_on=date(2025, 6, 2), note="No fruit")
    promise("Tea", settled="released", settled_on=date(2025, 6, 2), note="Nobody drinks it")
    promise("A room", partner=library)
    promise("A letter", on=date(2999, 1, 1), direction="ours", partner=library)
    promise("Older", on=date(2024, 2, 1))


def _report(by, **more):
    days = {"begins_on": date(2025, 1, 1), "ends_on": date(2999, 12, 31)}
    return services.write_report(by=by, name="To the board", sections=["promises"], **{**days, "audience": "board", **more})  # fmt: skip


def _parts(report):
    (section,) = content_of(report)
    return [(part["title"], [tuple(line["cells"]) for line in part["lines"]]) for part in section["parts"]]


def test_a_board_reads_sums_and_only_what_is_open(promised, alice, vera, logged_in):
    report = _report(alice)
    assert _parts(report) == [
        ("Promises kept", [("We promised", 0, 0, 0, 0, 0, 0, 1, None), ("Promised to us", 5, 2, 1, 1, 1, 1, 0, 40)]),
        (
            "Open and late promises",
            [
                ("2025-06-01", "Promised to us", "Riverbend Library", "A room", "late"),
                ("2999-01-01", "We promised", "Riverbend Library", "A letter", "open"),
            ],
        ),
    ]  # fmt: skip
    reader = logged_in(vera)
    page = reader.get(report.get_absolute_url()).content.decode()
    opened = re.findall(r'<a href="(/what/promises/[^"]+)"[^>]*data-value="(\d+)"', page)
    assert len(opened) == 14
    for url, count in opened:
        listed = reader.get(url.replace("&amp;", "&")).content.decode()
        assert listed.count('<th scope="row"') == int(count), url
    book = load_workbook(io.BytesIO(reader.get(f"{report.get_absolute_url()}report.xlsx").content))
    line = list(book["Promises kept"].values)[2]
    assert line[:3] == ("Promised to us", 5, 2)
    assert line[-1].startswith("http://testserver/what/promises/?direction=theirs&state=kept&")


def test_an_issued_report_opens_the_promises_and_counts_them_no_more(promised, alice, logged_in):
    report, browser = _report(alice), logged_in(alice)
    browser.post(f"{report.get_absolute_url()}issue/")
    page = browser.get(report.get_absolute_url()).content.decode()
    assert 'href="/what/promises/?direction=theirs&amp;state=released&amp;due_from=2025-01-01' in page
    assert "data-value" not in page.partition('id="s-promises"')[2].partition("</section>")[0]


def test_a_partner_reads_each_of_its_promises(promised, pantry, alice):
    report = _report(alice, audience="partner", organisation=pantry)
    ((title, lines),) = _parts(report)
    assert title == "Promises due"
    assert [(line[3], line[4]) for line in lines] == [
        ("Flour", "Kept"), ("Milk", "Kept"), ("Bread", "Kept"), ("Jam", "Not kept"), ("Tea", "Released"),
    ]  # fmt: skip
