"""What holds of promises whatever door is used: the states, the rate, files, merge and its undo, export, erasure, the sample town."""

from __future__ import annotations

from datetime import date, timedelta
from urllib.parse import urlsplit

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.test import Client
from django.utils import timezone

from barnraise.config.commands import main
from barnraise.foundation.periods import Period
from barnraise.plumbing.journal.services import undo
from barnraise.what.commitments import lists, selectors
from barnraise.what.commitments.models import Commitment
from barnraise.what.commitments.services import make_commitment, settle
from barnraise.what.commitments.sourcing import SOURCES
from barnraise.what.commitments.states import Tally, state
from barnraise.who.interactions.selectors import address_of
from barnraise.who.interactions.services import open_feed
from barnraise.who.organisations.services import remove_organisation
from barnraise.who.people.documents import PersonDocument
from barnraise.who.people.services import erase_person, export_person, merge_people, register_person
from barnraise.who.people.tests.importing import command, write

pytestmark = pytest.mark.django_db
HEAD = "who promised,partner,to,promise,due,promised on,owner,outcome,settled on,reason\n"


def ago(days):
    return timezone.localdate() - timedelta(days=days)


def promised(partner, by, what="Forty boxes", direction="theirs", due=-9, **more):
    return make_commitment(
        by=by, direction=direction, partner=partner, what=what, due_on=ago(due), promised_on=ago(60), **more
    )


@pytest.mark.parametrize(
    ("settled", "on", "expected"),
    [
        ("", None, "late"), ("kept", date(2026, 2, 9), "kept"), ("kept", date(2026, 2, 10), "kept_late"),
        ("broken", date(2026, 2, 10), "broken"), ("released", date(2026, 2, 1), "released"),
    ],
)  # fmt: skip
def test_how_a_promise_stands(settled, on, expected):
    assert state(settled, on, date(2026, 2, 9), date(2026, 2, 10)) == expected
    assert state("", None, date(2026, 2, 10), date(2026, 2, 10)) == "open"


def test_the_rate_by_hand():
    """12 kept in time, 3 late, 4 not kept, 1 still late: 12 of 20. Open and released ones change nothing."""
    found = Tally(open=7, late=1, kept=12, kept_late=3, broken=4, released=5)
    assert (found.due, found.rate, found.total) == (20, 0.6, 32)
    assert Tally(open=3, released=2).rate is None


def test_the_database_itself_refuses_what_nobody_promised(pantry, pastor, alice):
    values = {"what": "x", "promised_on": ago(5), "due_on": ago(0), "first_due_on": ago(0)}
    values |= {"created_at": timezone.now(), "updated_at": timezone.now()}
    for wrong in (
        {"direction": "theirs"},
        {"direction": "theirs", "organisation": pantry, "person": pastor},
        {"direction": "ours", "to_organisation": pantry},
        {"direction": "between", "organisation": pantry},
        {"direction": "ours", "settled": "kept"},
        {"direction": "ours", "settled": "broken", "settled_on": ago(0)},
        {"direction": "ours", "due_on": ago(6)},
    ):
        with pytest.raises(IntegrityError), transaction.atomic():
            Commitment.objects.bulk_create([Commitment(**{**values, **wrong})])
    assert not Commitment.objects.exists()


def test_the_database_counts_the_same_states(pantry, alice):
    today = timezone.localdate()
    promised(pantry, alice, due=0)
    promised(pantry, alice, due=1)
    for on in (5, 4):
        settle(promised(pantry, alice, due=5), by=alice, settled="kept", settled_on=ago(on))
    settle(promised(pantry, alice, due=5), by=alice, settled="released", note="Moved")
    rows = list(selectors.listed())
    told = [selectors.state_of(row, today) for row in rows]
    for name in ("open", "late", "kept", "kept_late", "broken", "released"):
        found = set(selectors.listed().filter(selectors.in_state(name, today)))
        assert found == {row for row, one in zip(rows, told, strict=True) if one == name}, name
    assert selectors.tally_of(selectors.listed(), today) == Tally(1, 1, 1, 1, 0, 1)


def test_what_indicators_count(pantry, alice):
    period = Period(ago(30), ago(0))
    settle(promised(pantry, alice, due=5), by=alice, settled="kept", settled_on=ago(5))
    settle(promised(pantry, alice, due=5), by=alice, settled="kept", settled_on=ago(1))
    settle(promised(pantry, alice, due=5), by=alice, settled="broken", note="Ill")
    settle(promised(pantry, alice, due=5), by=alice, settled="released", note="Moved")
    promised(pantry, alice, due=2)
    promised(pantry, alice, due=-2)
    promised(pantry, alice, "Ours", "ours", due=40)
    rows = list(SOURCES["commitments.kept"].rows({}, period))
    assert [row.on for row in rows] == [ago(5), ago(1)]
    shares = [int(row.value) for row in SOURCES["commitments.in_time"].rows({}, period)]
    assert shares == [100, 0, 0, 0]
    assert list(SOURCES["commitments.in_time"].rows({"directions": ["ours"]}, period)) == []


def test_a_list_comes_in_once_and_says_what_it_cannot_take(
    pantry, library, pastor, alice, bob, tmp_path, capsys
):
    lines = (
        "theirs,OAK HILL PANTRY,,Forty boxes,2025-03-31,2025-01-15,bob@example.org,,,\n"
        "ours,Sol Ruiz,,A letter,2025-04-30,2025-04-01,,kept,2025-05-02,\n"
        "between,Oak Hill Pantry,Riverbend Library,A van,2025-04-30,2025-04-01,,released,,Moved away\n"
        "theirs,Oak Hill Pantry,,forty BOXES,2025-03-31,2025-01-15,,,,\n"
        "theirs,Nobody Known,,Forty boxes,2025-03-31,2025-01-15,,,,\n"
        "between,Oak Hill Pantry,,A van,2025-04-30,2025-04-01,,,,\n"
        "theirs,Oak Hill Pantry,,Late,2025-03-31,2025-04-15,,,,\n"
        "theirs,Oak Hill Pantry,,Broken,2025-03-31,2025-01-15,,broken,,\n"
        "theirs,Oak Hill Pantry,,Hers,2025-03-31,2025-01-15,eve@example.org,,,\n"
        "theirs,Oak Hill Pantry,,Never,,2025-01-15,,,,\n"
    )
    file = write(tmp_path / "promises.csv", HEAD + lines)
    done = command(capsys, "import", file, "--kind", "commitments", "--date-order", "ymd")
    assert (done["rows"], done["created"]) == (10, {"commitments": 3})
    refused = sorted(done["refused"], key=lambda one: one["row"])
    assert [(one["row"], one["column"]) for one in refused] == [
        (5, ""), (6, "partner"), (7, "to"), (8, "due"), (9, "reason"), (10, "owner"), (11, "due"),
    ]  # fmt: skip
    made = Commitment.objects.get(what="Forty boxes")
    assert (made.organisation, made.owner, made.due_on) == (pantry, bob, date(2025, 3, 31))
    letter = Commitment.objects.get(what="A letter")
    assert (letter.person, letter.settled, letter.settled_on) == (pastor, "kept", date(2025, 5, 2))
    again = command(capsys, "import", file, "--kind", "commitments", "--date-order", "ymd")
    assert again["created"] == {"commitments": 0}
    second = write(
        tmp_path / "promises.csv",
        f"{HEAD}theirs,Oak Hill Pantry,,Forty boxes,2025-03-31,,alice@example.org,kept,2025-03-20,They came early\n"
        "ours,Sol Ruiz,,A letter,2025-04-30,2025-05-30,,,,\n",
    )
    changed = command(capsys, "import", second, "--kind", "commitments", "--date-order", "ymd")
    assert (changed["created"], changed["updated"]) == ({"commitments": 0}, {"commitments": 1})
    assert [one["row"] for one in changed["refused"]] == [3]
    made.refresh_from_db()
    assert (made.settled, made.settled_on, made.settled_note) == (
        "kept",
        date(2025, 3, 20),
        "They came early",
    )
    assert (made.owner, made.promised_on) == (alice, date(2025, 1, 15)), "a blank changes nothing"
    assert command(capsys, "imports", "undo", changed["import"])["undone"] == 1
    made.refresh_from_db()
    assert (made.settled, made.settled_on, made.settled_note, made.owner) == ("", None, "", bob)
    settle(made, by=bob, settled="kept")
    undone = command(capsys, "imports", "undo", done["import"])
    assert undone["undone"] == 2
    assert Commitment.objects.get() == made


def test_follows_a_merge_and_goes_with_an_erasure(pantry, pastor, alice, bob):
    other = register_person(PersonDocument(given_name="Soledad", family_name="Ruiz"), by=alice)
    made = promised(other, alice, detail="As she said after the service")
    done = merge_people(keep=pastor, absorb=other, by=alice)
    assert Commitment.objects.get(pk=made.pk).person == pastor
    assert "As she said after the service" in str(export_person(pastor, by=alice))
    undo(change_set=done, by=alice)
    assert Commitment.objects.get(pk=made.pk).person_id == other.pk
    kept = promised(pantry, alice)
    with pytest.raises(ValidationError, match="promises"):
        remove_organisation(pantry, by=alice)
    erase_person(Commitment.objects.get(pk=made.pk).person, by=alice)
    assert Commitment.objects.get() == kept


def test_stands_in_the_calendar_of_whoever_sees_to_it(pantry, alice, bob):
    promised(pantry, alice, owner=bob)
    settle(promised(pantry, alice, "Long ago", due=5, owner=bob), by=bob, settled="kept", settled_on=ago(50))
    address = urlsplit(address_of(open_feed(account=bob, by=bob))).path
    feed = Client().get(address).content.decode()
    assert "SUMMARY:Forty boxes" in feed
    assert "Long ago" not in feed


def test_the_town_has_promises_and_loses_them(sample_town, capsys, alice, pantry):
    kept = promised(pantry, alice)
    today = timezone.localdate()
    rows = Commitment.objects.filter(is_sample=True, made_at="")
    found = selectors.tally_of(rows, today)
    assert rows.count() == 90
    assert min(found.open, found.late, found.kept, found.kept_late, found.broken, found.released) >= 1
    assert not rows.filter(settled_on__gt=today).exists()
    assert set(rows.values_list("direction", flat=True)) == {"ours", "theirs", "between"}
    assert rows.exclude(cites="").exists()
    assert main(["sample", "remove", "--json"]) == 0
    assert Commitment.objects.get() == kept


def test_an_export_left_alone_changes_nothing(pantry, alice, bob, takes, exports):
    made = make_commitment(
        by=alice, direction="theirs", partner=pantry, what="Forty boxes", due_on=date(2030, 1, 1), owner=bob
    )
    (row,) = exports("/what/promises/", lists.commitments)
    assert row["Who sees to it"] == "Bob"
    done = takes("commitments", [row])
    assert (done["counts"], done["why"]) == ((0, 0), [])
    assert takes("commitments", [{**row, "Who sees to it": "Alice"}])["counts"] == (0, 1)
    made.refresh_from_db()
    assert made.owner == alice
