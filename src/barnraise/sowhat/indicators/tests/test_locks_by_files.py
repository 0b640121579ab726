"""Periods are locked by a file, refused with a reason, listed, and unlocked by its undo."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest

from barnraise.sowhat.indicators.models import Observation
from barnraise.sowhat.indicators.services import lock, write_value
from barnraise.who.people.tests.importing import command, write

pytestmark = pytest.mark.django_db
HEAD = "indicator,period\n"


def test_periods_are_locked_by_a_file_and_unlocked_by_its_undo(
    bags, alice, vera, logged_in, tmp_path, capsys
):
    def take(rows):
        file = write(tmp_path / "locks.csv", HEAD + rows)
        return command(capsys, "import", file, "--kind", "period_locks", "--date-order", "ymd")

    for number, month in enumerate((1, 4, 7), 1):
        write_value(bags, on=date(2025, month, 3), value=Decimal(number * 100), by=alice)
    now = write_value(bags, on=date.today(), value=Decimal(5), by=alice)
    told = lock(Observation.objects.get(begins_on=date(2025, 7, 1)), by=alice)
    this = f"{now.begins_on:%Y-%m-%d}"
    done = take(
        f"bags handed out,2025 Q1\nBags handed out,2025-05-09\nBags handed out,2025 Q3\nBags handed out,{this}\n"
        "Bags handed out,2024 Q1\nNobody counts,2025 Q1\nBags handed out,soon\n"
    )
    assert (done["created"], done["updated"]) == ({"period_locks": 2}, {"period_locks": 0})
    reasons = {one["row"]: (one["column"], one["reason"]) for one in done["refused"]}
    assert {row: column for row, (column, _why) in reasons.items()} == {
        5: "period",
        6: "period",
        7: "indicator",
        8: "period",
    }
    assert "not over yet" in reasons[5][1]
    assert "no number for this period" in reasons[6][1]
    locked = Observation.objects.filter(locked_at__isnull=False)
    assert set(locked.values_list("begins_on", flat=True)) == {
        date(2025, 1, 1),
        date(2025, 4, 1),
        told.begins_on,
    }
    out = logged_in(vera).get("/sowhat/indicators/?locked=1&export=csv")
    shown = b"".join(out.streaming_content) if out.streaming else out.content
    assert shown.decode().count("Bags handed out") == 3
    listed = tmp_path / "listed.csv"
    listed.write_bytes(shown)
    same = command(capsys, "import", listed, "--kind", "period_locks", "--date-order", "ymd")
    assert (same["created"], same["refused"]) == ({"period_locks": 0}, [])
    again = take("Bags handed out,2025 Q1\n")
    assert (again["created"], again["refused"]) == ({"period_locks": 0}, [])
    write_value(bags, on=date(2025, 1, 3), value=Decimal(110), restating="A late sheet", by=alice)
    assert command(capsys, "imports", "undo", done["import"])["undone"] == 1
    assert set(locked.values_list("begins_on", flat=True)) == {date(2025, 1, 1), told.begins_on}, (
        "what was restated since stays locked"
    )
    third = take("Bags handed out,2025 Q2\n")
    assert (third["created"], locked.count()) == ({"period_locks": 1}, 3), (
        "what was unlocked can be locked again"
    )
