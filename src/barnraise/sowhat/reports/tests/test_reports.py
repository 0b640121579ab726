"""A report is written, issued and handed out; its lines walk back, and what was issued does not change."""

from __future__ import annotations

import io
import re
from datetime import date
from decimal import Decimal

import pytest
from openpyxl import load_workbook

from barnraise.config.commands import main
from barnraise.foundation.refs import Ref
from barnraise.plumbing.ui.sockets import threads
from barnraise.sowhat.indicators.services import write_value
from barnraise.sowhat.reports import services
from barnraise.sowhat.reports.models import Report
from barnraise.sowhat.reports.pdf import cell_text, said
from barnraise.sowhat.reports.selectors import content_of
from barnraise.sowhat.reports.sockets import Part, ReportLine, Section, sections
from barnraise.who.organisations.services import remove_organisation
from barnraise.who.people.tests.importing import command, write

pytestmark = pytest.mark.django_db
PAGE = "/sowhat/reports/"


def text(answer):
    return " ".join(re.sub(r"<[^>]+>", " ", answer.content.decode()).split())


def given(**more):
    first = {"name": "Report 2025", "audience": "board", "organisation": "", "begins_on": "2025-01-01"}
    chosen = ["goals", "money", "promises", "value", "network", "feedback"]
    return {**first, "ends_on": "2025-12-31", "sections": chosen, "intro": "", "language": "en", **more}


def report(by, **more):
    values = {
        "name": "Report 2025",
        "audience": "board",
        "begins_on": date(2025, 1, 1),
        "ends_on": date(2025, 12, 31),
    }
    return services.write_report(by=by, **{**values, **more})


def table(row, name):
    (found,) = [one for one in content_of(row) if one["name"] == name]
    return [tuple(line["cells"]) for line in found["parts"][0]["lines"]]


def test_written_changed_and_refused_with_a_reason(year, pantry, bob, vera, logged_in):
    browser = logged_in(bob)
    for wrong, reason in (
        ({"name": " "}, "This field is required."),
        ({"ends_on": "2024-01-01"}, "It ends before it begins."),
        ({"audience": "partner"}, "Say which partner it is for."),
        ({"organisation": "Nobody"}, "There is no organisation of this name."),
        ({"sections": []}, "Choose at least one section."),
    ):
        page = browser.post(f"{PAGE}write/", given(**wrong))
        assert (page.status_code, reason in text(page)) == (422, True), wrong
    assert logged_in(vera).post(f"{PAGE}write/", given()).status_code == 403
    assert not Report.objects.exists()
    answer = browser.post(f"{PAGE}write/", given())
    made = Report.objects.get()
    assert (answer.url, made.audience, len(made.sections)) == (made.get_absolute_url(), "board", 6)
    assert "There is a report of this title." in text(
        browser.post(f"{PAGE}write/", given(name="REPORT 2025"))
    )
    browser.post(
        f"{made.get_absolute_url()}change/",
        given(name="For Oak Hill", audience="partner", organisation="oak hill pantry"),
    )
    made.refresh_from_db()
    assert (made.name, made.organisation, made.sections) == (
        "For Oak Hill",
        pantry,
        ["money", "promises", "feedback"],
    )


def test_every_line_is_right_and_walks_back(year, alice, vera, logged_in):
    made = report(alice)
    assert table(made, "goals") == [
        ("Breakfast", "Children at breakfast", "children", 10, 90, 60, "2025-12-31")
    ]
    assert table(made, "money") == [("=Kitchens", "USD", 2000.0, 1500.5, 0.0, 0.0)]
    assert table(made, "promises") == [("Promised to us", 2, 0, 0, 0, 2, 0, 0, 0)]
    assert {one["name"] for one in content_of(made)} == {"goals", "money", "promises"}
    page = logged_in(vera).get(made.get_absolute_url())
    assert ">1,500.50<" in page.content.decode()
    assert ">2,000<" in page.content.decode(), "a column without cents has none"
    seen = Ref.to(year["seen"])
    assert f'href="/trace/{seen}/"' in page.content.decode()
    assert "Children at breakfast" in text(logged_in(vera).get(f"/trace/{seen}/"))


def test_a_report_for_a_partner_holds_only_what_concerns_it(year, pantry, alice):
    made = report(alice, audience="partner", organisation=pantry)
    assert {one["name"] for one in content_of(made)} == {"money", "promises"}
    assert table(made, "money") == [("2025-03-01", "=Kitchens", "Volunteer hours", None, "", 10.0)]
    assert [line[3] for line in table(made, "promises")] == ["Forty boxes"]


def test_issued_it_no_longer_changes_and_is_withdrawn_with_a_reason(year, alice, bob, logged_in):
    made, boss = report(alice), logged_in(alice)
    where = made.get_absolute_url()
    assert logged_in(bob).post(f"{where}issue/").status_code == 403
    boss.post(f"{where}issue/")
    made.refresh_from_db()
    before = content_of(made)
    write_value(year["indicator"], on=date(2025, 2, 1), value=Decimal(75), by=alice)
    assert content_of(Report.objects.get()) == before
    assert table(made, "goals")[0][5] == 60
    page = boss.post(f"{where}change/", given(name="Other"))
    assert "It is issued: what it says no longer changes." in text(page)
    boss.post(f"{where}remove/")
    assert Report.objects.get().name == "Report 2025"
    upstream = threads.get("reports.report").upstream(Ref.to(made))
    assert Ref.to(year["seen"]) in upstream.refs
    assert boss.post(f"{where}withdraw/", {"reason": " "}).status_code == 422
    boss.post(f"{where}withdraw/", {"reason": "A number was wrong"})
    assert Report.objects.get().withdrawn_reason == "A number was wrong"
    assert "Alice withdrew the report Report 2025 : A number was wrong" in text(boss.get(where))
    empty = report(
        alice, name="Empty", begins_on=date(2001, 1, 1), ends_on=date(2001, 1, 2), sections=["promises"]
    )
    assert "It says nothing" in text(boss.post(f"{empty.get_absolute_url()}issue/", follow=True))
    boss.post(f"{empty.get_absolute_url()}remove/")
    assert Report.objects.count() == 1


def test_pdf_and_spreadsheet_say_the_same(year, alice, vera, logged_in):
    made, browser = report(alice, intro="A *good* year\n#let x = 1"), logged_in(vera)
    answer = browser.get(f"{made.get_absolute_url()}report.pdf")
    assert (answer.headers["Content-Type"], answer.content[:5]) == ("application/pdf", b"%PDF-")
    told = said(made)
    assert told["intro"] == "A *good* year\n#let x = 1"
    assert told["sections"][0]["parts"][0]["lines"] == [
        ["Breakfast", "Children at breakfast", "children", "10", "90", "60", "Dec. 31, 2025"]
    ]
    assert told["sections"][1]["parts"][0]["lines"][0][2:4] == ["2,000", "1,500.50"]
    book = load_workbook(io.BytesIO(browser.get(f"{made.get_absolute_url()}report.xlsx").content))
    assert book.sheetnames == ["Indicators", "Projects", "Promises kept", "Open and late promises"]
    rows = list(book["Projects"].values)
    assert rows[1][:4] == ("'=Kitchens", "USD", 2000, 1500.5), "a text that begins like a formula is none"
    assert rows[1][-1] == f"http://testserver/trace/{Ref.to(year['project'])}/"
    assert [cell_text(one) for one in (1234567, 0.5, 2.0, None, "x")] == ["1,234,567", "0.5", "2", "–", "x"]


def test_other_rooms_plug_sections(alice):
    line = ReportLine(("A story", 3), Ref("projects", "project", 1))
    plug = Section("Stories", lambda scope: [Part("Stories", ("Story", "Readers"), [line], (1,))])
    with sections.plugged("test.stories", plug):
        made = report(alice, sections=["test.stories"])
        assert table(made, "test.stories") == [("A story", 3)]
    assert list(content_of(made)) == []


def test_a_long_table_is_shown_in_pieces_and_the_files_hold_all_of_it(alice, vera, logged_in):
    lines = [ReportLine((f"Story {at}", at), Ref("projects", "project", at + 1)) for at in range(430)]
    plug = Section("Stories", lambda scope: [Part("Told", ("Story", "Readers"), lines, (1,))])
    shorter = Section("Short", lambda scope: [Part("Few", ("Story", "Readers"), lines[:50], (1,))])
    with sections.plugged("test.stories", plug), sections.plugged("test.short", shorter):
        made, browser = report(alice, sections=["test.stories", "test.short"]), logged_in(vera)

        def told(query):
            page = browser.get(f"{made.get_absolute_url()}{query}").content.decode()
            rows = re.findall(r'<tr data-row="(\d+)">.*?Story (\d+)<', page, re.DOTALL)
            assert all(int(place) == int(story) + 1 for place, story in rows)
            said = re.findall(r"Lines (\d+) to (\d+) of (\d+)", page)
            return [int(story) for _place, story in rows], said, re.findall(r'href="\?lines=([^"]+)"', page)

        first, second = "test.stories%3A0%3A0", "test.stories%3A0%3A200"
        assert told("") == ([*range(50), *range(50)], [("1", "50", "430")], [first])
        assert told(f"?lines={first}") == (list(range(200)), [("1", "200", "430")], [second])
        assert told("?lines=test.stories:0:400") == (list(range(400, 430)), [("401", "430", "430")], [second])
        for other in ("test.stories:0:430", "test.stories:1:0", "test.other:0:0", "x", "test.stories:0:-1"):
            assert told(f"?lines={other}") == told("")
        book = load_workbook(io.BytesIO(browser.get(f"{made.get_absolute_url()}report.xlsx").content))
        assert len(list(book["Told"].values)) == 431
        assert len(said(made)["sections"][0]["parts"][0]["lines"]) == 430


def test_listed_filtered_shown_today_searched_and_taken_out_as_csv(year, alice, logged_in):
    made, browser = report(alice, intro="Frost"), logged_in(alice)
    services.issue(report(alice, name="Issued", audience="funder"), by=alice)
    for query, shown in (
        ("", ["Report 2025", "Issued"]),
        ("audience=funder", ["Issued"]),
        ("issued=0", ["Report 2025"]),
    ):
        page = browser.get(f"{PAGE}?{query}").content.decode()
        assert [name for name in ("Report 2025", "Issued") if f'translate="no">{name}<' in page] == shown, (
            query
        )
    lines = browser.get(f"{PAGE}?export=csv&issued=0").getvalue().decode("utf-8-sig").splitlines()
    assert lines == ["Title,For,Partner,Period,State,Issued", "Report 2025,board,,2025,Draft,"]
    assert "Reports not issued yet Report 2025 Board" in text(browser.get("/"))
    assert "Report 2025" in text(browser.get("/search?q=frost"))
    assert "Alice wrote the report Report 2025" in text(browser.get(made.get_absolute_url()))
    assert browser.get(f"{PAGE}key/{made.pk}/").url == made.get_absolute_url()


def test_written_issued_and_refused_by_api(asks, year, pantry, alice, bob):
    send, boss = asks(bob), asks(alice)
    given = {"name": "Report 2025", "audience": "board", "begins_on": "2025-01-01", "ends_on": "2025-12-31"}
    for wrong, field in (
        ({"audience": "everybody"}, "audience"),
        ({"audience": "partner"}, "organisation"),
        ({"sections": ["nothing"]}, "sections"),
        ({"language": "xx"}, "language"),
    ):
        status, problem = send("POST", "/reports", {**given, **wrong})
        assert (status, problem["errors"][0]["field"].removeprefix("given.")) == (422, field), wrong
    assert not Report.objects.exists()
    status, made = send("POST", "/reports", given)
    assert (status, made["issued_on"], len(made["sections"]) >= 6) == (201, None, True)
    where = f"/reports/{made['id']}"
    assert send("PATCH", where, {"intro": "A year"})[1]["intro"] == "A year"
    content = send("GET", f"{where}/content")[1]
    assert content[0]["parts"][0]["lines"][0]["ref"] == str(Ref.to(year["seen"]))
    assert send("POST", f"{where}/issue")[0] == 403
    assert boss("POST", f"{where}/issue")[1]["issued_on"] is not None
    assert send("PATCH", where, {"intro": "Other"})[0] == 422
    assert [one["name"] for one in send("GET", "/reports?issued=true&audience=board")[1]["items"]] == [
        "Report 2025"
    ]
    assert boss("POST", f"{where}/withdraw", {"reason": "Wrong"})[1]["withdrawn_reason"] == "Wrong"
    assert boss("DELETE", where)[0] == 422
    assert Report.objects.exists()


def test_a_file_of_reports_that_are_owed_and_an_organisation_that_has_one(pantry, alice, tmp_path, capsys):
    lines = (
        "Half year,funder,,2026-01-01,2026-06-30\n"
        "For Oak Hill,partner,Oak Hill Pantry,2026-01-01,2026-06-30\n"
        "half YEAR,funder,,2026-01-01,2026-06-30\n"
        "For nobody,partner,Nobody,2026-01-01,2026-06-30\n"
        "Backwards,board,,2026-06-30,2026-01-01\n"
    )
    file = write(tmp_path / "reports.csv", "title,for,partner,from,until\n" + lines)
    done = command(capsys, "import", file, "--kind", "reports", "--date-order", "ymd")
    assert done["created"] == {"reports": 2}
    assert sorted(one["row"] for one in done["refused"]) == [4, 5, 6]
    assert Report.objects.get(name="For Oak Hill").sections == ["money", "promises", "feedback"]
    with pytest.raises(Exception, match="reports"):
        remove_organisation(pantry, by=alice)
    command(capsys, "imports", "undo", done["import"])
    assert not Report.objects.exists()


def test_the_town_reports_and_forgets(sample_town, capsys, alice):
    kept = report(alice, sections=["promises"])
    issued, begun = Report.objects.filter(is_sample=True, issued_on__isnull=False).order_by("-begins_on")
    assert {one["name"] for one in content_of(begun)} >= {"goals", "promises", "network"}, "of the first year"
    assert {one["name"] for one in content_of(issued)} >= {
        "goals",
        "money",
        "promises",
        "value",
        "network",
        "feedback",
    }
    assert Report.objects.filter(is_sample=True).count() == 3
    assert main(["sample", "remove", "--json"]) == 0
    assert Report.objects.get() == kept
