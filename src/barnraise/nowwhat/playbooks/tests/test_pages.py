"""The team keeps playbooks: made, taken in, changed, retired, installed and taken out, by pages and by program."""

from __future__ import annotations

import json
import re

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from barnraise.config.commands import main
from barnraise.foundation.refs import Ref
from barnraise.nowwhat.playbooks.document import written
from barnraise.nowwhat.playbooks.models import Installation, Playbook
from barnraise.nowwhat.playbooks.services import install, make, retire
from barnraise.plumbing.journal.models import ChangeSet
from barnraise.plumbing.ui.sockets import threads
from barnraise.what.projects.models import Project
from barnraise.why.goals.models import Goal

from .conftest import FIRST
from .test_journey import emptied

pytestmark = pytest.mark.django_db
PAGE = "/nowwhat/playbooks/"


def text(answer):
    return " ".join(re.sub(r"<[^>]+>", " ", answer.content.decode()).split())


def test_made_refused_changed_retired_and_removed(goal, alice, bob, logged_in):
    browser, where = logged_in(alice), f"{PAGE}make/?from={Ref.to(goal)}"
    assert "Porridge beats cereal" in text(browser.get(where)), "what will stand in the file is shown before"
    assert browser.get(f"{PAGE}make/?from=people.person:1").status_code == 404
    assert browser.post(where, {"title": "", "about": ""}).status_code == 422
    assert logged_in(bob).post(where, {"title": "Mine"}).status_code == 403
    assert not Playbook.objects.exists()
    answer = browser.post(where, {"title": "Breakfast for all", "about": "For a town", "note": "Ours"})
    row = Playbook.objects.get()
    assert (answer.url, row.way, row.source, row.note) == (
        row.get_absolute_url(),
        "made",
        str(Ref.to(goal)),
        "Ours",
    )
    page = browser.post(where, {"title": "Breakfast for all", "about": "For a town"})
    assert (page.status_code, "This playbook is here already" in text(page)) == (422, True)
    page = text(browser.get(row.get_absolute_url()))
    assert "Food 33.34 %" in page
    assert "Grant 83.33 % (comes in)" in page
    assert "Alice made the playbook Breakfast for all" in page
    browser.post(
        f"{PAGE}{row.uuid}/change/", {"title": "Breakfast everywhere", "about": "For a town", "note": ""}
    )
    row.refresh_from_db()
    assert (row.title, row.document["title"], row.note) == (
        "Breakfast everywhere",
        "Breakfast everywhere",
        "",
    )
    assert browser.post(f"{PAGE}{row.uuid}/retire/", {"note": ""}).status_code == 422
    browser.post(f"{PAGE}{row.uuid}/retire/", {"note": "A newer one is there"})
    row.refresh_from_db()
    assert row.retired_note == "A newer one is there"
    said = {"starts_on": "2027-03-01", "total": "5000", "do": "install"}
    page = browser.post(f"{PAGE}{row.uuid}/install/", said)
    assert (page.status_code, "It is retired: A newer one is there" in text(page)) == (422, True)
    browser.post(f"{PAGE}{row.uuid}/take-up/")
    assert Playbook.objects.get().retired_on is None
    browser.post(f"{PAGE}{row.uuid}/remove/")
    assert not Playbook.objects.exists()
    browser.post(f"/journal/changes/{ChangeSet.objects.get(verb='playbooks.removed').pk}/undo/")
    assert Playbook.objects.get().title == "Breakfast everywhere"


def test_taken_out_taken_in_tried_and_installed(goal, alice, vera, logged_in):
    row = make(goal, by=alice, title="Breakfast for all")
    answer = logged_in(vera).get(f"{PAGE}{row.uuid}/file/")
    assert answer["Content-Disposition"] == 'attachment; filename="breakfast-for-all.playbook.json"'
    content = answer.content
    assert content.decode() == written(row.document)
    emptied()
    browser = logged_in(alice)
    broken = content.replace(b'"rule": "mean"', b'"rule": "guess"')
    page = browser.post(f"{PAGE}take-in/", {"file": SimpleUploadedFile("b.json", broken)})
    assert (page.status_code, "indicators[0].rule: Write one of: sum, mean" in text(page)) == (422, True)
    assert not Playbook.objects.exists()
    browser.post(f"{PAGE}take-in/", {"file": SimpleUploadedFile("b.json", content), "note": "From Oak Hill"})
    taken = Playbook.objects.get()
    assert (taken.way, taken.file_name, taken.note) == ("taken_in", "b.json", "From Oak Hill")
    where, said = f"{PAGE}{taken.uuid}/install/", {"starts_on": "2027-03-01", "total": "5000"}
    page = browser.post(where, {**said, "total": "5050", "do": "try"})
    assert (page.status_code, "Write whole hundreds" in text(page)) == (422, True)
    page = text(browser.post(where, {**said, "do": "try"}))
    assert "It would make Goal 1 Objectives 1" in page
    assert (Goal.objects.count(), Installation.objects.count()) == (0, 0)
    assert logged_in(vera).post(where, {**said, "do": "install"}).status_code == 403
    browser.post(where, {**said, "do": "install"})
    assert (Goal.objects.get().name, Installation.objects.get().total) == ("Every child eats", 500_000)
    page = text(browser.get(taken.get_absolute_url()))
    assert "Installed here" in page
    assert "Breakfast club" in page
    assert "It was installed here. Retire it instead" in text(
        browser.post(f"{PAGE}{taken.uuid}/remove/", follow=True)
    )


def test_listed_filtered_in_trace_and_found(goal, alice, logged_in):
    browser = logged_in(alice)
    assert "No playbooks yet" in text(browser.get(PAGE))
    first = make(goal, by=alice, title="Breakfast for all", about="Porridge for everybody")
    second = make(Project.objects.get(), by=alice, title="The club")
    retire(second, by=alice, note="Old")
    for query, shown in (("state=open", ["Breakfast for all"]), ("state=retired", ["The club"]), ("way=taken_in", []),
                         ("way=made", ["Breakfast for all", "The club"])):  # fmt: skip
        page = browser.get(f"{PAGE}?{query}").content.decode()
        assert [name for name in ("Breakfast for all", "The club") if f">{name}<" in page] == shown, query
    out = browser.get(f"{PAGE}?export=csv&state=retired").getvalue().decode("utf-8-sig").splitlines()
    assert out == ["Title,State,Where it comes from,Installed here", "The club,Retired,Made here,0"]
    mine, source = Ref.to(first), Ref.to(goal)
    assert list(threads.get("playbooks.playbook").upstream(mine)) == [source]
    assert list(threads.get("goals.goal@playbooks").downstream(source)) == [mine]
    assert f"/trace/{mine}/" in browser.get(f"/trace/{source}/").content.decode()
    assert f"make/?from={source}" in browser.get(goal.get_absolute_url()).content.decode()
    assert "Breakfast for all" in text(browser.get("/search?q=porridge+everybody"))
    assert browser.get(f"{PAGE}key/{first.pk}/").url == first.get_absolute_url()
    assert "Alice retired the playbook The club : Old" in text(browser.get(second.get_absolute_url()))
    document = first.document
    emptied()
    taken = Playbook.objects.create(
        title="B", title_folded="b", way="taken_in", document=document, digest="d", created_at=goal.created_at, updated_at=goal.created_at
    )  # fmt: skip
    _row, _done = install(taken, by=alice, starts_on=FIRST)
    there = Ref.to(Goal.objects.get())
    assert there in threads.get("playbooks.playbook").downstream(Ref.to(taken))
    assert list(threads.get("goals.goal@playbooks").upstream(there)) == [Ref.to(taken)]


def test_by_api(goal, asks, alice, bob):
    send = asks(alice)
    source = str(Ref.to(goal))
    assert asks(bob)("POST", "/playbooks", {"source": source, "title": "Mine"})[0] == 403
    for wrong, field in (
        ({"source": "", "title": "x"}, "source"),
        ({"source": "goals.goal:99999", "title": "x"}, "source"),
        ({"source": source, "title": ""}, "title"),
        ({"document": {"format": "cookbook"}}, "file"),
    ):
        status, problem = send("POST", "/playbooks", wrong)
        assert (status, problem["errors"][0]["field"].removeprefix("given.")) == (422, field), wrong
    assert not Playbook.objects.exists()
    status, made = send("POST", "/playbooks", {"source": source, "title": "Breakfast"})
    assert (status, made["way"], made["state"], made["installed"]) == (201, "made", "open", 0)
    where = f"/playbooks/{made['id']}"
    document = asks(bob)("GET", f"{where}/file")[1]
    assert document == json.loads(written(Playbook.objects.get().document))
    assert send("PATCH", where, {"note": "Ours"})[1]["note"] == "Ours"
    assert send("POST", f"{where}/retirement", {"note": ""})[0] == 422
    assert send("POST", f"{where}/retirement", {"note": "Old"})[1]["state"] == "retired"
    assert [one["id"] for one in send("GET", "/playbooks?state=retired")[1]["items"]] == [made["id"]]
    assert send("GET", "/playbooks?way=made&state=open")[1]["items"] == []
    assert send("DELETE", f"{where}/retirement")[1]["state"] == "open"
    assert send("DELETE", where)[0] == 204
    emptied()
    taken = send("POST", "/playbooks", {"document": document, "note": "From Oak Hill"})[1]
    where = f"/playbooks/{taken['id']}/installations"
    assert send("POST", where, {"starts_on": "2027-03-01", "total": 5})[0] == 422
    tried = send("POST", where, {"starts_on": "2027-03-01", "total": 10_000, "is_trial": True})[1]
    assert (tried["made"]["goals.goal"], tried["references"], Goal.objects.count()) == (1, [], 0)
    done = send("POST", where, {"starts_on": "2027-03-01", "total": 10_000})[1]
    assert (done["made"], Goal.objects.get().name) == (tried["made"], "Every child eats")
    assert send("DELETE", f"/playbooks/{taken['id']}")[0] == 422


def test_the_town_has_playbooks_and_loses_them(sample_town, capsys):
    rows = list(Playbook.objects.all())
    assert len(rows) == 3
    assert sum(1 for row in rows if row.retired_on) == 1
    assert any(row.document["projects"] and row.document["events"] for row in rows)
    assert any(row.document["lessons"] for row in rows)
    assert main(["sample", "remove", "--json"]) == 0
    assert not Playbook.objects.exists()
