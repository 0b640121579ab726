"""A playbook's file: its bytes, its faults with place and mend, what differs, and texts without addresses."""

from __future__ import annotations

import json

import pytest

from barnraise.nowwhat.playbooks.contacts import without_contacts
from barnraise.nowwhat.playbooks.document import differing, faults_of, parsed, share_of, shares, written

EMPTY = {
    "format": "barnraise-playbook", "version": 1, "title": "Breakfast", "about": "",
    "goal": {"name": "Eat", "about": "", "begins_after": 0, "ends_after": None},
    "objectives": [{"name": "Serve", "about": "", "due_after": 9}], "indicators": [], "questionnaires": [], "projects": [],
    "events": [], "lessons": ["Porridge"],
}  # fmt: skip
EVENT = {
    "title": "Morning", "serves": "Serve", "kind": "gathering", "about": "", "begins_after": 3, "begins_at": "07:30", "minutes": 90,
    "capacity": None,
}  # fmt: skip
INDICATOR = {
    "name": "Served", "objective": "Serve", "definition": "", "unit": "", "direction": "up", "rule": "sum", "frequency": "month",
    "source": "", "questionnaire": "", "question": "", "source_note": "",
}  # fmt: skip
LINE = {"name": "Food", "is_income": False, "share": 10_000}
PROJECT = {
    "name": "Club", "objective": "", "kind": "health", "about": "", "begins_after": None, "ends_after": None, "milestones": [],
    "budget": [LINE], "openings": [],
}  # fmt: skip


def test_the_same_document_is_the_same_bytes_in_whatever_order_it_comes():
    shuffled = dict(reversed(list(json.loads(json.dumps(EMPTY)).items())))
    assert written(shuffled) == written(EMPTY)
    assert written(EMPTY).endswith("}\n")
    assert parsed(written(EMPTY).encode()) == (EMPTY, [])


@pytest.mark.parametrize(
    ("change", "where", "reason"),
    [
        ({"format": "cookbook"}, "format", "This is no playbook"),
        ({"version": 2}, "version", "reads version 1"),
        ({"title": ""}, "title", "should not be empty"),
        ({"title": 5}, "title", "a text in quotation marks"),
        ({"title": "x" * 201}, "title", "At most 200 characters"),
        ({"people": []}, "people", "Nothing of this name is known"),
        ({"lessons": "Porridge"}, "lessons", "a list in square brackets"),
        ({"lessons": ["ok", ""]}, "lessons[1]", "should not be empty"),
        ({"objectives": [{"name": "Serve", "about": ""}]}, "objectives[0].due_after", "This is missing."),
        (
            {"objectives": [{"name": "Serve", "about": "", "due_after": "soon"}]},
            "objectives[0].due_after",
            "whole number from",
        ),
        (
            {"objectives": [*EMPTY["objectives"], {"name": "SERVE", "about": "", "due_after": 1}]},
            "objectives[1].name",
            "stands twice",
        ),
        ({"indicators": [{**INDICATOR, "rule": "guess"}]}, "indicators[0].rule", "Write one of: sum, mean"),
        (
            {"indicators": [{**INDICATOR, "objective": "Else"}]},
            "indicators[0].objective",
            "Nothing is called so in this file.",
        ),
        (
            {"indicators": [{**INDICATOR, "questionnaire": "Else"}]},
            "indicators[0].questionnaire",
            "Nothing is called so",
        ),
        (
            {"projects": [{**PROJECT, "budget": [{**LINE, "is_income": "no"}]}]},
            "projects[0].budget[0].is_income",
            "true or false",
        ),
        ({"projects": [{**PROJECT, "milestones": [5]}]}, "projects[0].milestones[0]", "an object in braces"),
        ({"events": [{**EVENT, "begins_at": "25:00"}]}, "events[0].begins_at", "like 17:30"),
        ({"events": [{**EVENT, "serves": "Nobody"}]}, "events[0].serves", "Nothing is called so"),
        (
            {"goal": {"name": "", "about": "", "begins_after": None, "ends_after": None}},
            "goal.name",
            "name it",
        ),
    ],
)
def test_every_fault_names_its_place_and_its_mend(change, where, reason):
    found = faults_of({**EMPTY, **change})
    assert [one.where for one in found] == [where]
    assert reason in found[0].reason


@pytest.mark.parametrize(
    ("content", "reason"),
    [
        (b"{", "no JSON (line 1)"),
        (b"\xff\xfe", "not UTF-8"),
        (b"[]", "one object"),
        (b"x" * 2_000_001, "larger than 2 MB"),
    ],
)
def test_a_file_that_cannot_be_read_says_so(content, reason):
    _document, found = parsed(content)
    assert reason in found[0].reason


def test_what_differs_is_named_row_by_row():
    one = {**EMPTY, "events": [EVENT], "projects": [PROJECT]}
    assert differing(one, json.loads(json.dumps(one))) == []
    other = {**one, "events": [{**EVENT, "minutes": 60}]}
    assert differing(one, other) == ["events[0]"]
    budget = {**one, "projects": [{**PROJECT, "budget": [{**PROJECT["budget"][0], "share": 9}]}]}
    assert differing(one, budget) == ["projects[0].budget[0]"]
    assert differing(one, {**one, "lessons": ["Porridge", "Milk"]}) == ["lessons[1]"]


def test_shares_add_up_and_come_back_from_what_they_make():
    assert shares([100, 100, 100]) == [3334, 3333, 3333]
    assert shares([0, 0]) == [0, 0]
    assert shares([]) == []
    for planned in ([1, 1, 1], [7, 11, 13, 17], [1, 99_999], [5]):
        found = shares(planned)
        assert sum(found) == 10_000
        assert shares([share * 100 for share in found]) == found
    assert (share_of(250, 300), share_of(1, 0), share_of(833_300, 1_000_000)) == (8333, 0, 8333)


def test_addresses_and_telephones_are_taken_out_and_other_numbers_stay():
    said = "Ask rosa.vega@example.org or +1 (740) 555-0199; 120 meals on 2025-01-06, 1,000 of 10 000."
    cleaned = "Ask … or …; 120 meals on 2025-01-06, 1,000 of 10 000."
    assert without_contacts(said) == cleaned
    assert without_contacts(cleaned) == cleaned
