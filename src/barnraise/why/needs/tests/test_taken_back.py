"""What is removed by mistake comes back whole by its undo."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest

from barnraise.plumbing.journal.models import ChangeSet
from barnraise.who.people.tests.importing import command, write
from barnraise.why.needs.hanlon import PEARL
from barnraise.why.needs.models import Cycle, Evidence, Need, Score, Session
from barnraise.why.needs.services import add_evidence, add_need, add_session, remove_cycle, score_need

pytestmark = pytest.mark.django_db


def undone(browser):
    """The latest change set, taken back by its button."""
    browser.post(f"/journal/changes/{ChangeSet.objects.latest('pk').pk}/undo/")


def test_needs_and_their_parts_assessments_and_sessions(riverbend, cycle, alice, logged_in):
    browser = logged_in(alice)
    need = add_need(title="Evening buses", community=riverbend, cycle=cycle, by=alice)
    add_evidence(need, said="Forty wait.", source="Count", dated_on=date(2025, 2, 1), by=alice)
    values = dict.fromkeys(("size", "seriousness", "effectiveness"), Decimal("7.5"))
    score_need(need, by=alice, rater="Alice", values=values, pearl=dict.fromkeys(PEARL, True))
    where = f"/why/needs/{need.uuid}/"
    assert browser.post(f"{where}remove/").status_code == 302
    assert (Need.objects.count(), Evidence.objects.count(), Score.objects.count()) == (0, 0, 0)
    assert "Evening buses" not in browser.get("/search?q=evening").content.decode()
    undone(browser)
    back = Need.objects.get()
    assert (back.pk, back.uuid, back.title, back.community, back.cycle) == (
        need.pk,
        need.uuid,
        "Evening buses",
        riverbend,
        cycle,
    )
    assert (back.evidence.get().said, back.scores.get().size) == ("Forty wait.", Decimal("7.5"))
    assert "Evening buses" in browser.get("/search?q=evening").content.decode()
    browser.post(f"/why/needs/evidence/{back.evidence.get().uuid}/remove/")
    assert not Evidence.objects.exists()
    undone(browser)
    assert Evidence.objects.get().need == back
    session = add_session(
        title="At the library", kind="focus_group", held_on=date(2025, 3, 1), themes=["Buses"], by=alice
    )
    browser.post(f"/why/needs/sessions/{session.uuid}/remove/")
    assert not Session.objects.exists()
    undone(browser)
    assert Session.objects.get().themes == ["Buses"]


def test_what_it_belonged_to_is_gone_meanwhile(cycle, alice, logged_in):
    need = add_need(title="Buses", cycle=cycle, by=alice)
    browser = logged_in(alice)
    browser.post(f"/why/needs/{need.uuid}/remove/")
    remove_cycle(cycle, by=alice)
    taken = ChangeSet.objects.order_by("pk")[0]
    browser.post(f"/journal/changes/{taken.pk}/undo/")
    assert (Need.objects.get().cycle, Cycle.objects.count()) == (None, 0), "what may be empty is emptied"


def test_a_list_of_needs_changes_and_ends_what_is_there_and_its_undo_puts_it_back(
    riverbend, cycle, alice, tmp_path, capsys
):
    buses = add_need(title="Buses", community=riverbend, population="Workers", by=alice)
    parks = add_need(title="Parks", by=alice)
    lines = (
        "need,community,population,assessment,as it is,as it should be,unit,how it ended,why\n"
        "buses,Riverbend,Night shifts,CHNA 2025,2,6,buses,,\n"
        "Parks,,,,,,,Not addressed,The county decides.\n"
        "Doctors,,,,,,,Not addressed,\n"
        "Schools,,,,,,,,No money\n"
    )
    file = write(tmp_path / "needs.csv", lines)
    tried = command(capsys, "import", file, "--kind", "needs", "--dry-run")
    assert (tried["updated"], Need.objects.get(pk=parks.pk).end) == ({"needs": 2}, "")
    done = command(capsys, "import", file, "--kind", "needs")
    assert (done["created"], done["updated"]) == ({"needs": 0}, {"needs": 2})
    assert sorted((one["row"], one["column"]) for one in done["refused"]) == [(4, "why"), (5, "how it ended")]
    for row in (buses, parks):
        row.refresh_from_db()
    assert (buses.title, buses.population, buses.cycle, buses.present, buses.wanted) == (
        "Buses",
        "Night shifts",
        cycle,
        2,
        6,
    )
    assert (parks.end, parks.end_reason, parks.ended_at is None) == (
        "not_addressed",
        "The county decides.",
        False,
    )
    again = command(capsys, "import", file, "--kind", "needs")
    assert (again["updated"], again["unchanged"]) == ({"needs": 0}, 2)
    assert command(capsys, "imports", "undo", done["import"])["undone"] == 2
    for row in (buses, parks):
        row.refresh_from_db()
    assert (buses.population, buses.cycle, buses.present, buses.unit) == ("Workers", None, None, "")
    assert (parks.end, parks.end_reason, parks.ended_at) == ("", "", None)
