"""A playbook travels: made here, taken in and installed there, exported again the same byte for byte; a changed row changes that row alone."""

from __future__ import annotations

import json
from datetime import date

import pytest
from django.core.exceptions import ValidationError

from barnraise.foundation.refs import Ref
from barnraise.nowwhat.adaptation.models import Lesson, Review
from barnraise.nowwhat.playbooks.document import differing, written
from barnraise.nowwhat.playbooks.models import Installation, Playbook
from barnraise.nowwhat.playbooks.services import install, make, rehearse, take_in
from barnraise.plumbing.journal.models import ChangeSet
from barnraise.plumbing.questionnaires.models import Questionnaire
from barnraise.what.events.models import Event
from barnraise.what.projects.models import BudgetLine, Milestone, Opening, Project
from barnraise.why.goals.models import Goal, Indicator, Objective
from barnraise.why.goals.services import add_indicator, change_goal

pytestmark = pytest.mark.django_db
ROWS = (
    Goal,
    Objective,
    Indicator,
    Questionnaire,
    Project,
    BudgetLine,
    Milestone,
    Opening,
    Event,
    Review,
    Lesson,
)


def counts():
    return [model.objects.count() for model in ROWS]


def emptied():
    """As another Barnraise that has nothing yet: what this one has is gone, the file stays."""
    for model in (
        Installation,
        Playbook,
        Review,
        Event,
        Opening,
        Milestone,
        BudgetLine,
        Project,
        Indicator,
        Objective,
        Goal,
        Questionnaire,
    ):
        model.objects.all().delete()


def test_a_source_that_is_narrowed_to_nothing_travels_and_another_becomes_a_reported_number(goal, alice):
    step, event = Objective.objects.get(), Event.objects.first()
    for name, serves in (("People at events", ""), ("People at breakfast", str(Ref.to(event)))):
        add_indicator(
            name=name, objective=step, rule="distinct", unit="people", source="events.people",
            source_options={"kinds": [], "serves": serves}, by=alice,
        )  # fmt: skip
    file = written(make(goal, by=alice, title="Breakfast for all").document)
    said = {one["name"]: (one["source"], one["rule"]) for one in json.loads(file)["indicators"]}
    assert said["People at events"] == ("events.people", "distinct")
    assert said["People at breakfast"] == ("", "last")
    emptied()
    install(take_in(file.encode(), by=alice), by=alice, starts_on=date(2026, 9, 1), total=5_000_00)
    with pytest.raises(ValidationError, match="This playbook is here already"):
        make(Goal.objects.get(), by=alice, title="Breakfast for all")


def test_exported_taken_in_installed_and_exported_again_it_is_the_same_file(goal, alice):
    made = make(goal, by=alice, title="Breakfast for all", about="Ask ada@example.org")
    file = written(made.document)
    said = json.loads(file)
    assert "rosa@example.org" not in file
    assert "alice" not in file.casefold()
    assert (said["about"], said["goal"]["about"]) == ("Ask …", "Ask … or ….")
    assert said["lessons"] == ["Porridge beats cereal", "Call … first"]
    assert [line["share"] for line in said["projects"][0]["budget"]] == [3334, 3333, 3333, 8333]
    assert [
        (one["title"], one["begins_after"], one["begins_at"], one["minutes"]) for one in said["events"]
    ] == [("Breakfast morning", 14, "07:30", 90)]
    assert [(one["questionnaire"], one["question"]) for one in said["indicators"]] == [
        ("How was breakfast?", "liked"),
        ("", ""),
    ]
    assert "900" not in file, "targets are of the place, not of the playbook"
    emptied()
    taken = take_in(file.encode(), by=alice, file_name="breakfast.json")
    assert written(taken.document) == file
    install(taken, by=alice, starts_on=date(2027, 3, 1), total=500_000)
    there = Goal.objects.get()
    assert (there.starts_on, there.owner, there.state) == (date(2027, 3, 1), None, "draft")
    assert sum(BudgetLine.objects.filter(is_income=False).values_list("planned", flat=True)) == 500_000
    assert Event.objects.get().is_public is False
    assert set(Lesson.objects.values_list("state", flat=True)) == {"set_aside"}
    Installation.objects.all().delete()
    Playbook.objects.all().delete()
    again = make(there, by=alice, title="Breakfast for all", about="Ask ada@example.org")
    assert written(again.document) == file


@pytest.mark.parametrize(
    ("model", "values", "place"),
    [
        (Objective, {"about": "Cold"}, "objectives[0]"),
        (BudgetLine, {"name": "Meals"}, "projects[0].budget[0]"),
        (Milestone, {"name": "Kitchen clean"}, "projects[0].milestones[0]"),
        (Event, {"capacity": 30}, "events[0]"),
        (Lesson, {"text": "Porridge beats all"}, "lessons[0]"),
    ],
)
def test_a_changed_row_there_changes_exactly_that_row(goal, alice, model, values, place):
    made = make(goal, by=alice, title="Breakfast")
    emptied()
    install(take_in(written(made.document).encode(), by=alice), by=alice, starts_on=date(2027, 3, 1))
    model.objects.filter(pk=model.objects.order_by("pk")[0].pk).update(**values)
    again = make(Goal.objects.get(), by=alice, title="Breakfast")
    assert differing(made.document, again.document) == [place]
    lines, others = written(made.document).splitlines(), written(again.document).splitlines()
    assert len([1 for one, other in zip(lines, others, strict=True) if one != other]) == 1


def test_a_project_alone_tells_the_objective_it_serves(goal, alice):
    made = make(Project.objects.get(), by=alice, title="The club")
    assert [one["name"] for one in made.document["objectives"]] == ["Breakfast before school"]
    assert made.document["goal"]["name"] == "Every child eats"
    assert made.source == str(Ref.to(Project.objects.get()))


def test_a_rehearsal_leaves_nothing_and_what_stands_in_the_way_is_named(goal, alice):
    made = make(goal, by=alice, title="Breakfast")
    before = counts()
    with pytest.raises(ValidationError, match=r"goal: "):
        rehearse(made, by=alice, starts_on=date(2027, 3, 1), total=10_000)
    with pytest.raises(ValidationError, match="whole hundreds"):
        install(made, by=alice, starts_on=date(2027, 3, 1), total=12_345)
    assert (counts(), Installation.objects.count()) == (before, 0)
    emptied()
    taken = take_in(written(made.document).encode(), by=alice)
    said = rehearse(taken, by=alice, starts_on=date(2027, 3, 1), total=10_000)
    assert said == {
        "goals.goal": 1, "goals.objective": 1, "goals.indicator": 2, "questionnaires.questionnaire": 1, "projects.project": 1,
        "events.event": 1, "adaptation.review": 1,
    }  # fmt: skip
    assert (counts(), ChangeSet.objects.filter(verb="playbooks.installed").count()) == ([0] * len(ROWS), 0)
    with pytest.raises(ValidationError, match="here already"):
        take_in(written(made.document).encode(), by=alice)


def test_an_undo_takes_all_of_it_back_or_nothing(goal, alice, logged_in):
    made = make(goal, by=alice, title="Breakfast")
    emptied()
    taken = take_in(written(made.document).encode(), by=alice)
    row, done = install(taken, by=alice, starts_on=date(2027, 3, 1))
    full = counts()
    change_goal(Goal.objects.get(), by=alice, about="We have begun")
    browser = logged_in(alice)
    browser.post(f"/journal/changes/{done.pk}/undo/")
    assert (counts(), Installation.objects.count()) == (full, 1), "somebody worked on it since"
    emptied()
    taken = take_in(written(made.document).encode(), by=alice)
    row, done = install(taken, by=alice, starts_on=date(2027, 3, 1))
    browser.post(f"/journal/changes/{done.pk}/undo/")
    assert (counts(), Installation.objects.filter(pk=row.pk).count()) == ([0] * len(ROWS), 0)
