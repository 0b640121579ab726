"""A second file changes and ends ties, says what it may not, and its undo puts them back."""

from __future__ import annotations

import pytest

from barnraise.sowhat.network.models import Tie
from barnraise.sowhat.network.services import close_wave

pytestmark = pytest.mark.django_db
HEAD = "wave,from,to,t1,t2,t3,v1,v2,v3,state\n"


def told():
    rows = Tie.objects.order_by("giver__organisation__name", "taker__organisation__name")
    return list(rows.values_list("giver__organisation__name", "taker__organisation__name", "t1", "v3"))


def test_changed_ended_and_undone(wave, member, takes):
    done = takes("ties", f"{HEAD}Spring,Bakery,Clinic,4,3,,2,1,1,\nSpring,Bakery,School,2,2,2,2,2,2,\n")
    assert (done["counts"], done["why"]) == ((2, 0), [])
    second = takes(
        "ties",
        f"{HEAD}Spring,Bakery,Clinic,1,,,,,4,\nSpring,Bakery,School,,,,,,,They do not work together\n",
    )
    assert (second["counts"], second["why"]) == ((0, 2), [])
    assert told() == [("Bakery", "Clinic", 1, 4)]
    row = Tie.objects.get()
    assert (row.t2, row.t3, row.v1) == (3, None, 2), "a blank changes nothing"
    assert takes.undo(second) == 2
    assert told() == [("Bakery", "Clinic", 4, 1), ("Bakery", "School", 2, 2)]
    assert takes.undo(done) == 2
    assert (told(), member("Bakery").answered_at) == ([], None)


def test_what_may_not_change_is_refused_by_row_and_field(wave, takes, alice):
    lines = (
        "Spring,Bakery,Clinic,,,,,,,ended\nSpring,Bakery,Church,0,,,,,,\nSpring,Bakery,School,,,,,,,perhaps\n"
    )
    done = takes("ties", f"{HEAD}{lines}")
    assert (done["counts"], done["why"]) == ((0, 0), [(2, "state"), (3, "t1"), (4, "state")])
    first = takes("ties", f"{HEAD}Spring,Bakery,Clinic,4,3,,2,1,1,\n")
    close_wave(wave, by=alice)
    late = takes("ties", f"{HEAD}Spring,Bakery,Clinic,1,,,,,,\n")
    assert (late["counts"], late["why"]) == ((0, 0), [(2, "wave")])
    assert takes.undo(first) == 0
    assert told() == [("Bakery", "Clinic", 4, 1)]
