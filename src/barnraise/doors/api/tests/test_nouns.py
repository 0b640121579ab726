"""Every noun: create, read, list, change and remove by token, with exact values; who may not changes nothing."""

from __future__ import annotations

import json

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from ninja import Schema

from barnraise.plumbing.journal.models import Entry
from barnraise.who.communities.services import add_measure, register_community

NOUNS = {
    "tags": ({"name": "Food", "description": "Groceries."}, {"description": "Meals."}),
    "communities": (
        {"name": "Old Mill", "kind": "town", "identifiers": [{"scheme": "OWN", "value": "N-1"}]},
        {"description": "By the river."},
    ),
    "organisations": ({"name": "Pantry", "founded_year": 1948, "tags": ["Food"]}, {"founded_year": 1949}),
    "short-links": ({"title": "Flyer", "target": "/", "code": "flyer"}, {"title": "Poster"}),
    "headcounts": ({"group": "", "count": 120, "year": 2024, "source": "Census"}, {"count": 121}),
    "measures": ({"publisher": "Office", "code": "R1", "name": "Rate", "unit": "%"}, {"direction": "lower"}),
    "figures": ({"period": "2020-2022", "value": "16.1", "source": "Office", "low": "15"}, {"value": "16.2"}),
}


def _given(noun, ada):
    created, changed = NOUNS[noun]
    if noun not in {"headcounts", "figures"}:
        return created, changed
    place = register_community(name="Old Mill", by=ada)
    if noun == "figures":
        measure = add_measure(publisher="Office", name="Rate", by=ada)
        return {**created, "community": str(place.uuid), "measure": str(measure.uuid)}, changed
    return {**created, "community": str(place.uuid)}, changed


def _is_problem(response, status):
    body = response.json()
    assert (response.status_code, response["Content-Type"]) == (status, "application/problem+json")
    assert body["status"] == status
    return body


@pytest.mark.parametrize("noun", NOUNS)
def test_a_noun_is_created_read_listed_changed_and_removed(noun, ada, program):
    created, changed = _given(noun, ada)
    ask = program(ada)
    response = ask("POST", f"/{noun}", created)
    assert response.status_code == 201, response.content
    made = response.json()
    assert {name: made[name] for name in created} == created
    assert ask("GET", f"/{noun}/{made['id']}").json() == made
    assert made["id"] in [row["id"] for row in ask("GET", f"/{noun}").json()["items"]]
    now = ask("PATCH", f"/{noun}/{made['id']}", changed).json()
    assert {name: now[name] for name in changed} == changed
    assert {name: now[name] for name in created if name not in changed} == {
        name: value for name, value in created.items() if name not in changed
    }
    entry = Entry.objects.order_by("-id").first()
    assert (entry.via, entry.by_id) == ("api", ada.pk)
    gone = ask("DELETE", f"/{noun}/{made['id']}")
    assert (gone.status_code, gone.content) == (204, b"")
    _is_problem(ask("GET", f"/{noun}/{made['id']}"), 404)


@pytest.mark.parametrize("noun", NOUNS)
def test_who_may_not_write_changes_nothing(noun, ada, vera, petra, client, program):
    created, changed = _given(noun, ada)
    ask = program(ada)
    made = ask("POST", f"/{noun}", created).json()
    before, entries = ask("GET", f"/{noun}").json(), Entry.objects.filter(via="api").count()
    for other in (program(ada, "read"), program(vera)):
        _is_problem(other("POST", f"/{noun}", created), 403)
        _is_problem(other("PATCH", f"/{noun}/{made['id']}", changed), 403)
        _is_problem(other("DELETE", f"/{noun}/{made['id']}"), 403)
    for method, path in (
        ("GET", ""),
        ("POST", ""),
        ("PATCH", f"/{made['id']}"),
        ("DELETE", f"/{made['id']}"),
    ):
        body = json.dumps(changed)
        response = client.generic(method, f"/api/v1/{noun}{path}", body, "application/json")
        _is_problem(response, 401)
        assert response["WWW-Authenticate"] == "Bearer"
    assert program(vera)("GET", f"/{noun}/{made['id']}").json() == made
    assert ask("GET", f"/{noun}").json() == before
    assert Entry.objects.filter(via="api").count() == entries


@pytest.mark.parametrize("noun", NOUNS)
def test_what_does_not_fit_is_named_and_changes_nothing(noun, ada, program):
    created, _changed = _given(noun, ada)
    ask = program(ada)
    made = ask("POST", f"/{noun}", created).json()
    before = ask("GET", f"/{noun}").json()
    field = "source" if noun in {"headcounts", "figures"} else "title" if noun == "short-links" else "name"
    for path, method in ((f"/{noun}", "POST"), (f"/{noun}/{made['id']}", "PATCH")):
        for wrong in ("", "x" * 5000, 7, ["x"]):
            body = _is_problem(ask(method, path, {**created, field: wrong}), 422)
            assert any(error["field"].split(".")[-1] == field and error["reason"] for error in body["errors"])
        _is_problem(ask(method, path, [None, None]), 400)
    assert ask("GET", f"/{noun}").json() == before


def test_a_file_is_uploaded_read_described_opened_and_removed(bob, vera, program):
    ask = program(bob)
    upload = SimpleUploadedFile("minutes.txt", b"We met on Tuesday.\n", "text/plain")
    response = ask("POST", "/files", data={"file": upload, "visibility": "team"})
    assert response.status_code == 201, response.content
    made = response.json()
    assert (made["name"], made["size"], made["visibility"]) == ("minutes.txt", 19, "team")
    assert ask("PATCH", f"/files/{made['id']}", {"name": "may.txt"}).json()["name"] == "may.txt"
    content = program(vera)("GET", f"/files/{made['id']}/content")
    assert b"".join(content) == b"We met on Tuesday.\n"
    _is_problem(program(vera)("DELETE", f"/files/{made['id']}"), 403)
    assert ask("DELETE", f"/files/{made['id']}").status_code == 204
    assert ask("GET", "/files").json() == {"items": [], "next": None}


def test_an_import_is_given_as_files_and_only_by_writers(alice, vera, program):
    def upload():
        return SimpleUploadedFile("list.csv", b"Name,City\nPantry,Riverbend\n", "text/csv")

    _is_problem(program(vera)("POST", "/imports", data={"files": upload()}), 403)
    ask = program(alice)
    assert ask("GET", "/imports").json() == {"items": [], "next": None}
    made = ask("POST", "/imports", data={"files": upload()})
    assert made.status_code == 201, made.content
    assert made.json()["files"] == ["list.csv"]
    assert ask("GET", f"/imports/{made.json()['id']}").json()["rows"] == made.json()["rows"]


def test_saved_views_are_kept_read_changed_shared_and_removed(alice, bob, vera, program):
    ask = program(bob)
    given = {"list": "organisations", "title": "In Riverbend", "query": "name=river", "columns": ["name"]}
    response = ask("POST", "/saved-views", given)
    assert response.status_code == 201, response.content
    made = response.json()
    assert {name: made[name] for name in given} == given
    assert (made["is_own"], made["is_shared"]) == (True, False)
    path = f"/saved-views/{made['id']}"
    assert ask("GET", "/saved-views?list=organisations").json()["items"] == [made]
    assert ask("GET", "/saved-views?list=people").json()["items"] == []
    assert ask("PATCH", path, {"title": "By the river"}).json()["title"] == "By the river"
    for status, asked in (
        (422, ask("POST", "/saved-views", {**given, "title": "By the river"})),
        (422, ask("POST", "/saved-views", {**given, "title": "x", "list": "nothing"})),
        (422, ask("POST", "/saved-views", {**given, "title": "x", "columns": ["nothing"]})),
        (403, ask("PATCH", path, {"is_shared": True})),
        (404, program(vera)("GET", path)),
        (404, program(alice)("DELETE", path)),
    ):
        _is_problem(asked, status)
    shared = program(alice)("POST", "/saved-views", {**given, "title": "Ours", "is_shared": True}).json()
    seen = program(vera)("GET", f"/saved-views/{shared['id']}").json()
    assert (seen["is_own"], seen["is_shared"]) == (False, True)
    _is_problem(program(vera)("PATCH", f"/saved-views/{shared['id']}", {"title": "Mine"}), 403)
    assert ask("DELETE", path).status_code == 204
    assert [one["title"] for one in ask("GET", "/saved-views").json()["items"]] == ["Ours"]


def test_no_two_shapes_of_the_api_have_one_name():
    """The schema keeps one shape under a name: of two rooms' shapes the later one would stand for both."""
    named: dict[str, set[str]] = {}

    def walk(shape: type[Schema]) -> None:
        for one in shape.__subclasses__():
            if "[" not in one.__name__ and one.__module__.startswith("barnraise."):
                named.setdefault(one.__name__, set()).add(one.__module__)
            walk(one)

    walk(Schema)
    assert {name: sorted(rooms) for name, rooms in named.items() if len(rooms) > 1} == {}
