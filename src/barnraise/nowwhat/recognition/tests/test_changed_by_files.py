"""A second file changes and ends thanks, says what it may not, and its undo puts them back; their list is filtered."""

from __future__ import annotations

from datetime import date

import pytest
from django.utils import timezone

from barnraise.nowwhat.recognition import lists
from barnraise.nowwhat.recognition.models import Thanks
from barnraise.nowwhat.recognition.services import amend_thanks, end_thanks, write_thanks
from barnraise.plumbing.journal.models import Entry

pytestmark = pytest.mark.django_db
PAGE = "/nowwhat/thanks/"


@pytest.fixture
def three(pantry, library, alice, bob):
    """Two to the pantry, of which one was approved, and one to the library that has ended."""

    def thank(partner, year, **more):
        days = {"begins_on": date(year, 1, 1), "ends_on": date(year, 12, 31)}
        return write_thanks(
            by=alice, organisation=partner, letter="Thank you.\n\nTruly.", language="en", **days, **more
        )

    old, new, other = (
        thank(pantry, 2023),
        thank(pantry, 2024, owner=bob, wording="They feed us."),
        thank(library, 2024),
    )
    Thanks.objects.filter(pk=new.pk).update(state="approved", answered_at=new.created_at, signed_by="Rosa")
    end_thanks(other, by=alice, note="Said twice")
    return old, new, other


def test_the_list_is_filtered_by_state_partner_owner_and_day(three, bob, exports):
    def shown(query):
        return [(row["Partner"], row["Until"][:4]) for row in exports(PAGE, lists.thanks, query)]

    everything = [("Oak Hill Pantry", "2024"), ("Riverbend Library", "2024"), ("Oak Hill Pantry", "2023")]
    assert sorted(shown("")) == sorted(everything)
    assert shown("state=approved") == [everything[0]]
    assert shown("state=ended") == [everything[1]]
    assert shown("partner=oak hill pantry") == [everything[0], everything[2]]
    assert shown(f"owner={bob.pk}") == [everything[0]]
    assert shown("until_to=2023-12-31") == [everything[2]]
    assert shown("partner=oak hill pantry&state=draft") == [everything[2]]
    assert shown("state=draft&partner=riverbend library") == []


def test_thanks_change_and_end(three, bob, takes, exports):
    old, new, other = three
    rows = exports(PAGE, lists.thanks)
    assert takes("thanks", rows)["counts"] == (0, 0), "an export left alone changes nothing"
    by_day = {(row["Partner"], row["Until"]): row for row in rows}
    by_day["Oak Hill Pantry", "2024-12-31"] |= {"How they are named in public": "They feed the town."}
    by_day["Oak Hill Pantry", "2023-12-31"] |= {
        "State": "Ended",
        "Why they ended": "Never sent",
        "Who sees to it": "Bob",
    }
    by_day["Riverbend Library", "2024-12-31"] |= {"Letter": "Other words"}
    done = takes("thanks", rows)
    for row in three:
        row.refresh_from_db()
    assert (done["counts"], [column for _row, column in done["why"]]) == ((0, 2), ["letter"])
    assert (new.state, new.wording, new.owner) == ("draft", "They feed the town.", bob), "to be approved anew"
    assert (old.state, old.end_note, old.owner, old.letter) == (
        "ended",
        "Never sent",
        bob,
        "Thank you.\n\nTruly.",
    )
    assert other.letter == "Thank you.\n\nTruly."
    assert takes.undo(done) == 2
    for row in three:
        row.refresh_from_db()
    assert (new.state, new.wording, new.signed_by) == ("approved", "They feed us.", "Rosa")
    assert (old.state, old.end_note, old.owner) == ("draft", "", None)


def test_what_a_file_may_not_make_of_thanks(three, pantry, alice, takes):
    head = "partner,from,until,letter,state,why they ended\n"
    done = takes(
        "thanks",
        f"{head}Oak Hill Pantry,2023-01-01,2023-12-31,,sent,\nOak Hill Pantry,2024-01-01,2024-12-31,,ended,\n"
        "Riverbend Library,2024-01-01,2024-12-31,,draft,\nOak Hill Pantry,2022-01-01,2022-12-31,,,\n"
        "Oak Hill Pantry,2021-01-01,2021-12-31,Thanks,,A reason\nOak Hill Pantry,2020-01-01,2020-12-31,Thanks,approved,\n",
    )
    columns = ["state", "end_note", "state", "letter", "state", "state"]
    assert (done["counts"], done["why"]) == ((0, 0), list(enumerate(columns, 2)))
    write_thanks(
        by=alice,
        organisation=pantry,
        letter="Again",
        language="en",
        begins_on=date(2023, 1, 1),
        ends_on=date(2023, 12, 31),
    )
    twice = takes("thanks", f"{head}Oak Hill Pantry,2023-01-01,2023-12-31,Other,,\n")
    assert (twice["counts"], twice["why"]) == ((0, 0), [(2, "partner")])
    assert Thanks.objects.filter(letter="Other").count() == 0


def test_thanks_that_ended_meanwhile_are_left_as_they_are(three, alice):
    ended, at = three[2], timezone.now()
    for values in ({"wording": "Other"}, {"state": "ended", "end_note": "Again"}):
        assert amend_thanks([(ended.pk, values)], by=alice, at=at, change_set=None) == []
    row = Thanks.objects.get(pk=ended.pk)
    assert (row.state, row.wording, row.end_note) == ("ended", "", "Said twice")
    assert Entry.objects.filter(verb="recognition.ended").count() == 1


def test_other_days_or_words_make_a_draft_of_what_was_sent_and_another_owner_does_not(
    three, alice, takes, exports
):
    approved, at = three[1], timezone.now()
    whole = {"letter": approved.letter, "wording": approved.wording, "language": "en", "end_note": ""}
    (changed,) = [row for row in exports(PAGE, lists.thanks) if row["State"] == "Wording approved"]
    assert takes("thanks", [changed | {"Who sees to it": "Alice"}])["counts"] == (0, 1)
    approved.refresh_from_db()
    assert (approved.state, approved.owner) == ("approved", alice), "the partner was told nothing else"
    amend_thanks([(approved.pk, {**whole, "ends_on": date(2024, 11, 30)})], by=alice, at=at, change_set=None)
    approved.refresh_from_db()
    assert (approved.state, approved.ends_on) == ("draft", date(2024, 11, 30)), (
        "what was sent counted other days"
    )
