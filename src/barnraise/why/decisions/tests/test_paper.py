"""Ballots from a meeting come in as a file: each once, with the others' votes, and are taken back."""

from __future__ import annotations

import pytest

from barnraise.who.people.tests.importing import command, write
from barnraise.why.decisions.models import Voice, Vote
from barnraise.why.decisions.selectors import lines_of
from barnraise.why.decisions.services import open_vote, settle, vote

pytestmark = pytest.mark.django_db
HEAD = "Question,Ballot,First choice,Second choice,Third choice\n"


def points(school):
    return {line.proposal: line.points for line in lines_of(school)}


def test_ranked_ballots_are_counted_once_and_refused_by_row(school, proposals, alice, tmp_path, capsys):
    kitchen, childcare, stop = (one.pk for one in proposals)
    lines = (
        "1,Kitchen,Stop,",
        "2,STOP,kitchen,childcare",
        "3,,Kitchen,",
        "1,Stop,,",
        "4,Swimming pool,,",
        ",Kitchen,,",
        "5,,,",
        "6,Kitchen,kitchen,",
    )
    file = write(tmp_path / "ballots.csv", HEAD + "".join(f"The OLD school,{line}\n" for line in lines))
    shared = ("--kind", "ballots")
    assert command(capsys, "import", file, *shared)["created"] == {"ballots": 0}, "the vote is not open"
    school = open_vote(school, by=alice)
    vote(school, ranks={childcare: 1}, key="browser")
    tried = command(capsys, "import", file, *shared, "--dry-run")
    assert (tried["created"], Voice.objects.count()) == ({"ballots": 3}, 1)
    done = command(capsys, "import", file, *shared)
    assert done["created"] == {"ballots": 3}
    assert sorted((one["row"], one["column"]) for one in done["refused"]) == [
        (5, ""), (6, "choices"), (7, "Ballot"), (8, "First choice"), (9, "choices"),
    ]  # fmt: skip
    assert points(school) == {kitchen: 3 + 2 + 3, stop: 2 + 3, childcare: 3 + 1}
    assert command(capsys, "import", file, *shared)["created"] == {"ballots": 0}
    assert command(capsys, "imports", "undo", done["import"])["undone"] == 3
    assert (Voice.objects.get().key, Vote.objects.get().proposal_id) == ("browser", childcare)


def test_ballots_of_a_settled_question_stay(school, proposals, alice, tmp_path, capsys):
    school = open_vote(school, by=alice)
    file = write(tmp_path / "ballots.csv", "question,ballot,voted for\nThe old school,1,Kitchen; Stop\n")
    done = command(capsys, "import", file, "--kind", "ballots")
    assert [vote.rank for vote in Vote.objects.order_by("pk")] == [1, 2]
    settle(school, by=alice, outcome="A kitchen.", decided_on=school.created_at.date(), carried_by=None)
    undone = command(capsys, "imports", "undo", done["import"])
    assert (undone["undone"], Voice.objects.count()) == (0, 1)
