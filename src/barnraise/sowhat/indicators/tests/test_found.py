"""Numbers are found by the words that somebody wrote about them, never as bare numbers."""

from __future__ import annotations

import re

import pytest

from barnraise.plumbing.search.services import compare_counts, reindex
from barnraise.sowhat.indicators.models import Observation, Report
from barnraise.sowhat.indicators.selectors import OBSERVATION, REPORT
from barnraise.who.people.tests.importing import command, write

pytestmark = pytest.mark.django_db


@pytest.fixture
def found(logged_in):
    """`found(account, text)`: the addresses of numbers that the page of search shows them."""

    def look(account, text):
        page = logged_in(account).get("/search", {"q": text}).content.decode()
        return set(re.findall(r'href="(/so-?what/indicators/[^"]+)"', page))

    return look


def test_a_note_leads_those_who_record_to_the_number_and_a_restatement_the_team(
    asks, bags, mill, alice, bob, vera, found
):
    record = asks(bob)
    given = {"indicator": str(bags.uuid), "on": "2026-05-01", "value": 40, "organisation": str(mill.uuid)}
    record("POST", "/observations", {**given, "note": "Without the parish of Saint Brendan"})
    record("POST", "/observations", {**given, "organisation": None, "value": 7})
    assert found(bob, "7") == set(), "bare numbers are not found"
    (there,) = found(bob, "parish brendan")
    noted = Report.objects.get(organisation=mill)
    assert there.endswith(f"/{noted.pk}/")
    assert found(vera, "parish brendan") == set(), (
        "who may not read reported numbers does not find their notes"
    )

    row = Observation.objects.get()
    asks(alice)("POST", f"/observations/{row.uuid}/lock")
    assert (
        record("POST", "/observations", {**given, "value": 50, "restating": "A forgotten ledger turned up"})[
            0
        ]
        == 201
    )
    (there,) = found(vera, "forgotten ledger")
    assert there.endswith(f"/{row.pk}/")
    assert found(bob, "parish brendan") == set(), "the note was written over"
    assert not compare_counts().keys() & {OBSERVATION, REPORT}
    reindex(by=alice)
    assert not compare_counts().keys() & {OBSERVATION, REPORT}


def test_what_is_taken_away_or_back_is_found_no_more(asks, bags, mill, bob, found, capsys, tmp_path):
    record = asks(bob)
    given = {"indicator": str(bags.uuid), "on": "2026-05-01", "value": 40, "note": "Counted by the scouts"}
    record("POST", "/observations", given)
    assert found(bob, "scouts")
    row = Report.objects.get()
    assert record("DELETE", f"/reported-numbers/{row.uuid}")[0] == 204
    assert found(bob, "scouts") == set()
    text = f"indicator,period,value,note\n{bags.name},2026-Q2,12,Weighed at the harbour\n"
    done = command(
        capsys, "import", write(tmp_path / "n.csv", text), "--kind", "observations", "--date-order", "ymd"
    )
    assert found(bob, "harbour")
    command(capsys, "imports", "undo", done["import"])
    assert found(bob, "harbour") == set()
    assert not compare_counts().keys() & {OBSERVATION, REPORT}
