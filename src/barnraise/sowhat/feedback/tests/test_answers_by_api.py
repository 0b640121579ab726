"""Answers to many by programs: read, reworded, filtered, refused and taken away; and filtered in their list."""

from __future__ import annotations

import pytest

from barnraise.foundation.refs import Ref
from barnraise.sowhat.feedback import services
from barnraise.sowhat.feedback.models import Answer, Comment
from barnraise.what.projects.services import add_project

pytestmark = pytest.mark.django_db


def test_read_reworded_refused_and_taken_away(asks, ana, alice, bob):
    send, boss = asks(bob), asks(alice)
    said = services.note_comment(by=bob, text="The bus is late", said_by=Ref.to(ana))
    project = add_project(by=alice, name="Evening bus", kind="other")
    made = services.write_answer(by=bob, you_said="Buses are late", we_did="We asked.", comments=[said])
    where = f"/answers-to-many/{made.uuid}"
    assert send("GET", where)[1]["we_did"] == "We asked."
    changed = send("PATCH", where, {"we_did": "We asked twice.", "cites": str(Ref.to(project))})[1]
    assert (changed["you_said"], changed["we_did"], changed["cites"], changed["comment_count"]) == (
        "Buses are late", "We asked twice.", str(Ref.to(project)), 1,
    )  # fmt: skip
    for body, field in (
        ({"you_said": " "}, "you_said"),
        ({"we_did": ""}, "we_did"),
        ({"cites": "people.person:1"}, "cites"),
    ):
        status, problem = send("PATCH", where, body)
        assert (status, problem["errors"][0]["field"]) == (422, field), body
    assert boss("POST", f"{where}/public")[1]["is_public"] is True
    status, problem = send("PATCH", where, {"we_did": "Ana Flores asked"})
    assert (status, problem["errors"][0]["field"]) == (422, "we_did"), "a public one stays without names"
    assert send("DELETE", where)[0] == 403
    assert boss("DELETE", where)[0] == 422, "what was published is withdrawn, not taken away"
    assert Answer.objects.get().we_did == "We asked twice."
    draft = services.write_answer(by=bob, you_said="x", we_did="y", comments=[said])
    assert boss("DELETE", f"/answers-to-many/{draft.uuid}")[0] == 204
    assert (Answer.objects.count(), Comment.objects.get().state) == (1, "waiting")


def test_filtered_by_how_they_stand_in_the_list_and_by_api(asks, alice, bob, logged_in):
    project = add_project(by=alice, name="Evening bus", kind="other")
    draft, public, gone = (
        services.write_answer(by=bob, you_said=said, we_did="Done.", cites=cites)
        for said, cites in (("Draft", ""), ("Shown", str(Ref.to(project))), ("Gone", ""))
    )
    services.publish(public, by=alice)
    services.withdraw(services.publish(gone, by=alice), by=alice, reason="It was wrong")
    send = asks(bob)
    for query, titles in (
        ("", ["Draft", "Gone", "Shown"]),
        ("?state=draft", [draft.you_said]),
        ("?state=public", ["Shown"]),
        ("?state=withdrawn", ["Gone"]),
        (f"?cites={Ref.to(project)}", ["Shown"]),
    ):
        items = send("GET", f"/answers-to-many{query}")[1]["items"]
        assert sorted(one["you_said"] for one in items) == titles, query
    assert send("GET", "/answers-to-many?state=lost")[0] == 422
    for query, shown in (("public=1", {"Shown"}), ("public=0", {"Draft", "Gone"})):
        page = logged_in(bob).get(f"/sowhat/feedback/answers/?{query}").content.decode()
        assert {name for name in ("Draft", "Shown", "Gone") if f">{name}<" in page} == shown, query
