"""Numbers by API and from files."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest

from barnraise.foundation.periods import parse
from barnraise.sowhat.indicators.models import Observation, Report
from barnraise.sowhat.indicators.services import compute, lock, write_value
from barnraise.who.people.tests.importing import command, write

pytestmark = pytest.mark.django_db


def test_numbers_by_api(asks, bags, reached, people, talk, mill, alice, bob, vera):
    lead, record, read = asks(alice), asks(bob), asks(vera)
    given = {"indicator": str(bags.uuid), "on": "2026-05-01", "value": "12.5"}
    assert read("POST", "/observations", given)[0] == 403
    for wrong in (
        {"value": None},
        {"reason": "rain", "value": None},
        {"on": "2999-01-01"},
        {"indicator": str(mill.uuid)},
        {"indicator": str(reached.uuid)},
        {"note": "a\x00b"},
    ):
        assert record("POST", "/observations", {**given, **wrong})[0] == 422, wrong
    assert not Observation.objects.exists()
    status, made = record("POST", "/observations", {**given, "organisation": str(mill.uuid)})
    assert (status, made["value"], made["rule"], made["standing"]) == (201, "12.5000", "sum", "off")
    rows = read("GET", f"/observations/{made['id']}/rows")[1]
    assert rows == {
        "items": [
            {
                "row": f"indicators.report:{Report.objects.get().pk}",
                "counts": f"indicators.report:{Report.objects.get().pk}",
                "on": "2026-06-30",
                "value": "12.5000",
            }
        ],
        "next": None,
    }
    assert record("POST", f"/observations/{made['id']}/lock")[0] == 403
    assert lead("POST", f"/observations/{made['id']}/lock")[1]["locked_at"]
    assert record("POST", "/observations", given)[0] == 422
    assert record("POST", "/observations", {**given, "restating": "Late"})[1]["restated_at"]
    asked = {
        "indicator": str(bags.uuid),
        "organisation": str(mill.uuid),
        "on": "2026-08-01",
        "due_on": "2026-10-15",
    }
    status, number = record("POST", "/reported-numbers", asked)
    assert (status, number["answered_at"], number["begins_on"]) == (201, None, "2026-07-01")
    assert record("POST", "/reported-numbers", asked)[1]["id"] == number["id"]
    assert record("DELETE", f"/reported-numbers/{number['id']}")[0] == 204
    assert len(read("GET", "/reported-numbers")[1]["items"]) == 2
    assert (
        read("GET", f"/observations?indicator={bags.uuid}&updated_since=2999-01-01T00:00:00Z")[1]["items"]
        == []
    )
    for item in read("GET", "/reported-numbers")[1]["items"]:
        assert record("DELETE", f"/reported-numbers/{item['id']}")[0] == 409
    talk((4, 3), people[0])
    row = compute(reached, parse("2026 Q2"))
    assert read("GET", f"/observations/{row.uuid}")[1]["origin"] == "source"


def test_numbers_come_in_from_a_file_once(bags, reached, mill, tmp_path, capsys):
    file = write(
        tmp_path / "numbers.csv",
        "indicator,period,value,reason,partner,note\n"
        "Bags handed out,2026 Q1,300,,,\n"
        "bags handed out,2026-05-04,45.5,,Mill Bakery,by phone\n"
        "Bags handed out,2026 Q2,,It was not collected,,\n"
        "Bags handed out,2026 Q3,,,,\n"
        "People we talked with,2026 Q1,3,,,\n"
        "No such,2026 Q1,3,,,\n"
        "Bags handed out,spring,3,,,\n"
        "Bags handed out,2026 Q1,3,,Nobody Inc,\n",
    )
    done = command(capsys, "import", file, "--kind", "observations", "--date-order", "ymd")
    assert done["created"] == {"observations": 3}
    refused = sorted((one["row"], one["column"]) for one in done["refused"])
    assert refused == [(5, "value"), (6, "indicator"), (7, "indicator"), (8, "period"), (9, "organisation")]
    found = list(
        Observation.objects.order_by("begins_on").values_list("begins_on__month", "value", "row_count")
    )
    assert found == [(1, 300, 1), (4, pytest.approx(45.5), 1)]
    again = command(capsys, "import", file, "--kind", "observations", "--date-order", "ymd")
    assert (again["created"], again["unchanged"], Report.objects.count()) == ({"observations": 0}, 3, 3)
    undone = command(capsys, "imports", "undo", done["import"])
    assert (undone["undone"], Report.objects.count(), Observation.objects.count()) == (3, 0, 0)


def test_a_second_file_changes_and_takes_back_numbers_and_is_undone(bags, mill, alice, tmp_path, capsys):
    def take(lines):
        file = write(tmp_path / "numbers.csv", f"indicator,period,value,reason,partner,note,state\n{lines}")
        return command(capsys, "import", file, "--kind", "observations", "--date-order", "ymd")

    def told():
        rows = Observation.objects.order_by("begins_on").values_list(
            "begins_on", "value", "reason", "row_count"
        )
        return [(day.month, value, reason, count) for day, value, reason, count in rows]

    take(
        "Bags handed out,2026 Q1,300,,,,\nBags handed out,2026 Q2,45.5,,Mill Bakery,,\nBags handed out,2026 Q2,4,,,,\n"
    )
    first = told()
    assert [(month, count) for month, _value, _reason, count in first] == [(1, 1), (4, 2)]
    second = take(
        "Bags handed out,2026 Q1,310,,,,\nBags handed out,2026 Q2,,It was not collected,Mill Bakery,lost,\n"
        "Bags handed out,2026 Q2,,,,,taken back\n"
    )
    assert (second["created"], second["updated"], second["refused"]) == (
        {"observations": 0},
        {"observations": 3},
        [],
    )
    assert [one[:2] for one in told()] == [(1, 310), (4, None)]
    mine = Report.objects.get(organisation=mill)
    assert (mine.value, mine.reason, mine.note) == (None, "not_collected", "lost")
    assert command(capsys, "imports", "undo", second["import"])["undone"] == 3
    assert (told(), Report.objects.count()) == (first, 3)
    take("Bags handed out,2026 Q1,,,,,taken back\n")
    assert [one[0] for one in told()] == [4]
    lock(Observation.objects.get(), by=alice)
    done = take(
        "Bags handed out,2026 Q2,5,,,,\nBags handed out,2026 Q2,,,Mill Bakery,,taken back\n"
        "Bags handed out,2026 Q1,,,,,taken back\nBags handed out,2999 Q1,5,,,,\n"
    )
    refused = sorted((one["row"], one["column"]) for one in done["refused"])
    assert refused == [(2, "period"), (3, "period"), (4, "state"), (5, "period")]
    assert (
        "Change its number on its page, and say why"
        in {one["row"]: one["reason"] for one in done["refused"]}[2]
    )
    assert told() == first[1:]


def test_the_undo_of_a_file_keeps_numbers_that_were_written_since(bags, mill, bob, tmp_path, capsys):
    lines = "indicator,period,value,partner\nBags handed out,2026 Q1,10,Mill Bakery\nBags handed out,2026 Q2,20,\n"
    file = write(tmp_path / "numbers.csv", lines)
    done = command(capsys, "import", file, "--kind", "observations", "--date-order", "ymd")
    write_value(bags, on=date(2026, 2, 1), value=Decimal(12), organisation=mill, by=bob)
    undone = command(capsys, "imports", "undo", done["import"])
    assert (undone["undone"], [one["reason"] for one in undone["kept"]]) == (
        1,
        ["Changed by somebody since."],
    )
    row = Report.objects.get()
    assert (row.organisation, row.value, Observation.objects.get().value) == (mill, 12, 12)
