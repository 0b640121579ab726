"""A second file changes, answers and ends concerns that are here, as far as their page would; its undo gives back what stood."""

from __future__ import annotations

import csv
from datetime import timedelta
from io import StringIO

import pytest
from django.utils import timezone

from barnraise.plumbing.imports.models import Import
from barnraise.plumbing.mail.models import Message
from barnraise.what.issues.models import Answer, Issue
from barnraise.what.issues.services import answer_issue, raise_issue, resolve
from barnraise.who.people.tests.importing import command, write

pytestmark = pytest.mark.django_db
HEAD = "concern,raised,email,severity,owner,answer,answered on,state,outcome,confidential\n"


@pytest.fixture
def take(tmp_path, capsys):
    """`take(text)`: the import of a file of that text, as the command line says it."""

    def run(text):
        file = write(tmp_path / "concerns.csv", text)
        return command(capsys, "import", file, "--kind", "issues", "--date-order", "ymd")

    return run


def counted(done):
    refused = sorted((one["row"], one["column"]) for one in done["refused"])
    return done["created"]["issues"], done["updated"]["issues"], refused


def told():
    fields = (
        "what",
        "severity",
        "state",
        "outcome",
        "owner__email",
        "answered_at",
        "ended_at",
        "answer_by",
        "is_confidential",
    )
    return list(Issue.objects.order_by("pk").values_list(*fields)), list(Answer.objects.order_by("pk").values_list("text"))  # fmt: skip


def test_a_second_file_changes_answers_and_ends_and_its_undo_gives_back(take, bob, capsys):
    take(
        f"{HEAD}Lamp,2025-03-03,a@example.org,,,,,,,\nBench,2025-03-03,,low,,,,,,\nBins,2025-03-03,,,,We come,2025-03-04,,,\n"
    )
    before = told()
    second = take(
        f"{HEAD}lamp,2025-03-03,A@example.org,high,Bob,Mended,2025-03-05,resolved,New bulb,yes\n"
        "Bench,2025-03-03,,,bob@example.org,,,declined,Not our bench,\n"
        "Bins,2025-03-03,,,,,,resolved,Emptied,\nSwing,2025-03-03,,,,,,,,\n"
    )  # fmt: skip
    assert counted(second) == (1, 3, [])
    lamp, bench, bins, _swing = Issue.objects.order_by("pk")
    assert (lamp.what, lamp.severity, lamp.owner, lamp.state, lamp.outcome) == ("Lamp", "high", bob, "resolved", "New bulb")  # fmt: skip
    answer = lamp.answers.get()
    assert (answer.text, str(answer.on), answer.stops_clock, answer.answer_by) == ("Mended", "2025-03-05", True, lamp.answer_by)  # fmt: skip
    assert (str(lamp.owed_on), lamp.is_confidential, lamp.answered_at) == ("2025-03-05", True, answer.at)
    assert (bench.state, bench.severity, bench.answers.get().text) == ("declined", "low", "Not our bench")
    assert (bins.state, bins.answers.get().text, Message.objects.count()) == ("resolved", "We come", 0)
    assert counted(take(f"{HEAD}Bins,2025-03-03,,,,,,resolved,Emptied,\n")) == (0, 0, [])
    assert command(capsys, "imports", "undo", second["import"])["undone"] == 4
    assert told() == before


def test_what_the_page_would_refuse_is_refused_by_row_and_field(take, alice, bob):
    over = raise_issue(by=alice, origin="resident", what="Over", raised_at=timezone.now() - timedelta(days=9))
    answer_issue(over, by=bob, text="We look", way="said")
    resolve(over, by=bob, outcome="Done")
    day, today = timezone.localdate(over.raised_at), timezone.localdate()
    raise_issue(by=alice, origin="resident", what="Waits", raised_at=over.raised_at)
    before = told()
    found = {
        f"Over,{day},,,,Once more,,,,": "answer", f"Over,{day},,,,,,declined,Else,": "state", f"Over,{day},,,,,,,Else,": "outcome",
        f"Waits,{day},,,,,,resolved,Done,": "answer", f"Waits,{day},,,,Yes,{today},resolved,,": "outcome",
        f"Waits,{day},,,,,,declined,,": "outcome", f"Waits,{day},,,,,,,Done,": "state", f"Waits,{day},,,,,{today},,,": "answered_on",
        f"Waits,{day},,,eve@example.org,,,,,": "owner", f"Waits,{day},,,,Yes,{day - timedelta(days=1)},,,": "answered on",
    }  # fmt: skip
    refused = [take(f"{HEAD}{line}\n")["refused"] for line in found]
    assert [(len(some), some[0]["row"], some[0]["column"]) for some in refused] == [(1, 2, name) for name in found.values()]  # fmt: skip
    assert refused[0][0]["reason"] == "It is over here. Open it again on its page, with the reason, or leave this empty."  # fmt: skip
    assert told() == before


def test_what_the_list_hands_out_is_worked_on_and_given_again(
    take, pantry, library, alice, bob, logged_in, capsys
):
    quarrel = raise_issue(
        by=alice, origin="partner", organisation=pantry, about=library, what="Boxes", owner=bob, detail="Two\nlines"
    )  # fmt: skip
    answer_issue(raise_issue(by=alice, origin="team", what="Keys"), by=bob, text="Yes", way="said")
    columns = ("what", "who", "severity", "state", "raised", "owner", "clock", "owed", "answered", "ended", "outcome", "origin", "organisation",
               "about", "name", "email", "detail", "confidential", "updated", "uuid")  # fmt: skip
    browser = logged_in(alice)
    browser.post("/what/concerns/", {"keep": "columns", "column": columns, "query": ""})
    text = browser.get("/what/concerns/?export=csv").getvalue().decode()
    assert counted(take(text)) == (0, 0, [])
    rows = list(csv.DictReader(StringIO(text)))
    assert len(rows[0]) == len(columns)
    one = next(row for row in rows if row["Id"] == str(quarrel.uuid))
    one |= {"The concern": "Boxes come late", "About": "", "Severity": "Urgent", "Who raised it": "A partner"}
    out = StringIO()
    writer = csv.DictWriter(out, list(one))
    writer.writeheader()
    writer.writerows(rows)
    second = take(out.getvalue())
    assert counted(second) == (0, 1, [])
    quarrel.refresh_from_db()
    assert (quarrel.what, quarrel.severity, quarrel.about, quarrel.detail) == ("Boxes come late", "urgent", library, "Two\nlines")  # fmt: skip
    one |= {"Who raised it": "The team"}
    out.truncate(out.seek(0))
    writer.writeheader()
    writer.writerow(one | {"Id": "7b0d4e0e-0000-4000-8000-000000000000"})
    writer.writerow(one)
    assert counted(take(out.getvalue()))[2] == [(2, "uuid"), (3, "origin")]
    command(capsys, "imports", "undo", second["import"])
    assert Issue.objects.get(pk=quarrel.pk).what == "Boxes"


def test_what_a_file_of_concerns_brought_is_read_by_those_who_lead(take, alice, vera, bob, logged_in, asks):
    take(f"{HEAD}Lamp,2025-03-03,,,,,,resolved,Quiet words,yes\n")
    batch = Import.objects.get()
    for reader, code in ((vera, 403), (bob, 403), (alice, 200)):
        assert logged_in(reader).get(f"/settings/imports/{batch.uuid}/").status_code in {code, 404}
        assert asks(reader)("GET", f"/imports/{batch.uuid}/findings")[0] == code


def test_of_two_equal_concerns_of_a_day_none_is_changed_without_its_id(take, alice):
    one, other = (raise_issue(by=alice, origin="resident", what="Lamp") for _one in range(2))
    day, before = timezone.localdate(one.raised_at), told()
    refused = take(f"{HEAD}lamp,{day},,high,,,,,,\n")["refused"]
    assert [(row["column"], row["reason"][:20]) for row in refused] == [("what", "Several say “lamp”. ")]
    assert told() == before
    assert counted(take(f"id,concern,raised,severity\n{one.uuid},Lamp,{day},high\n")) == (0, 1, [])
    one.refresh_from_db(), other.refresh_from_db()
    assert (one.severity, other.severity) == ("high", "medium")
