"""Candidates by program and by file, with merges and erasures, in a large register, in the sample town."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, connection, transaction
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from barnraise.config.commands import main
from barnraise.foundation.belongings import belongings
from barnraise.foundation.refs import Ref
from barnraise.nowwhat.discovery.models import Candidate
from barnraise.nowwhat.discovery.selectors import Wanted, look, pool, ties
from barnraise.nowwhat.discovery.services import judge
from barnraise.sowhat.network.services import NewTie, begin_wave, close_wave, write_ties
from barnraise.what.projects.services import add_part, add_project
from barnraise.who.organisations.models import Organisation
from barnraise.who.organisations.services import remove_organisation
from barnraise.who.partnerships.models import Partnership
from barnraise.who.partnerships.services import begin_partnership, move_stage
from barnraise.who.people.documents import PersonDocument
from barnraise.who.people.models import Role
from barnraise.who.people.services import add_role, register_person
from barnraise.who.people.tests.importing import command, write

from .conftest import body

pytestmark = pytest.mark.django_db


def soon(days):
    return timezone.localdate() + timedelta(days=days)


def test_ranked_decided_changed_filtered_refused_and_ended_by_api(town, asks, bob, vera):
    send, reads = asks(bob), asks(vera)
    bank = str(town["bank"].uuid)
    status, ranked = reads("GET", f"/candidate-ranking?cites={Ref.to(town['need'])}&most=2")
    assert (status, [one["name"] for one in ranked]) == (200, ["Licking Food Bank", "Fresh Bread"])
    assert [term["name"] for term in ranked[0]["terms"]] == ["need", "sector", "asks", "distance", "gap"]
    assert sum(term["points"] for term in ranked[0]["terms"]) == pytest.approx(ranked[0]["score"], abs=0.6)
    assert [one["name"] for one in ranked[1]["left_out"]] == ["asks", "distance", "network"]
    assert reads("GET", "/candidate-ranking?sector=K30")[0] == 422
    good = {"organisation": bank, "verdict": "not_now", "reason": "Later", "until": soon(5).isoformat()}
    assert reads("POST", "/candidates", good)[0] == 403
    for wrong, field in (
        ({"reason": ""}, "reason"),
        ({"until": None}, "until"),
        ({"until": "2001-01-01"}, "until"),
        ({"verdict": "approached"}, "verdict"),
        ({"cites": "people.person:1"}, "cites"),
        ({"organisation": str(town["us"].uuid)}, "organisation"),
        ({"organisation": "00000000-0000-4000-8000-000000000000"}, "organisation"),
    ):
        status, problem = send("POST", "/candidates", {**good, **wrong})
        assert (status, problem["errors"][0]["field"].removeprefix("given.")) == (422, field), wrong
    assert not Candidate.objects.exists()
    status, made = send("POST", "/candidates", good)
    assert (status, made["state"], made["judged_by"], made["score"] > 50) == (
        201,
        "not_now",
        "bob@example.org",
        True,
    )
    where = f"/candidates/{made['id']}"
    status, changed = send("PATCH", where, {"verdict": "watch", "reason": "They called"})
    assert (status, changed["state"], changed["until"], changed["reason"]) == (
        200,
        "watch",
        None,
        "They called",
    )
    assert send("PATCH", where, {"verdict": "not_now"})[0] == 422
    assert send("GET", "/candidates?verdict=watch")[1]["items"] == [changed]
    assert send("GET", f"/candidates?organisation={town['far'].uuid}")[1]["items"] == []
    assert send("GET", "/candidates?verdict=maybe")[0] == 422
    assert send("DELETE", where)[0] == 204
    assert not Candidate.objects.exists()
    assert reads("POST", "/candidate-approaches", {"organisation": bank})[0] == 403
    status, begun = send("POST", "/candidate-approaches", {"organisation": bank})
    assert (status, begun["state"], Partnership.objects.get().organisation) == (
        201,
        "approached",
        town["bank"],
    )
    assert send("POST", "/candidate-approaches", {"organisation": bank})[0] == 422
    assert send("DELETE", f"/candidates/{begun['id']}")[0] == 422


def test_a_list_comes_in_once_and_says_what_it_cannot_take(town, alice, tmp_path, capsys):
    lines = (
        f"LICKING FOOD BANK,not_now,New board,{soon(20).isoformat()}\n"
        "Fresh Bread,watch,,\n"
        "Coast Food Pantry,not_now,,2999-01-01\n"
        "Coast Food Pantry,watch,,2999-01-01\n"
        "Licking Food Bank,watch,,\n"
        "Riverbend Together,watch,,\n"
        "Nobody Known,watch,,\n"
    )
    file = write(tmp_path / "candidates.csv", "organisation,decision,why,not before\n" + lines)
    done = command(capsys, "import", file, "--kind", "candidates", "--date-order", "ymd")
    assert (done["rows"], done["created"]) == (7, {"candidates": 2})
    refused = sorted(done["refused"], key=lambda one: one["row"])
    assert [(one["row"], one["column"]) for one in refused] == [
        (4, "reason"), (5, ""), (6, ""), (7, "organisation"), (8, "organisation"),
    ]  # fmt: skip
    row = Candidate.objects.get(organisation=town["bank"])
    assert (row.verdict, row.reason, row.until) == ("not_now", "New board", soon(20))
    again = command(capsys, "import", file, "--kind", "candidates", "--date-order", "ymd")
    assert again["created"] == {"candidates": 0}
    judge(town["bank"], by=alice, verdict="watch", reason="Changed since")
    assert command(capsys, "imports", "undo", done["import"])["undone"] == 1
    assert Candidate.objects.get().reason == "Changed since"


def test_a_second_file_decides_again_approaches_and_ends_what_is_no_candidate(
    town, alice, logged_in, tmp_path, capsys
):
    def take(text):
        done = command(
            capsys, "import", write(tmp_path / "c.csv", text), "--kind", "candidates", "--date-order", "ymd"
        )
        refused = sorted((one["row"], one["column"]) for one in done["refused"])
        return done["created"]["candidates"], done["updated"]["candidates"], refused, done["import"]

    judge(town["bank"], by=alice, verdict="not_now", reason="New board", until=soon(20))
    judge(town["far"], by=alice, verdict="watch")
    scored = Candidate.objects.get(organisation=town["bank"]).score
    out = logged_in(alice).get("/nowwhat/candidates/decided/?export=csv").getvalue().decode("utf-8-sig")
    assert take(out)[:3] == (0, 0, []), "a list that comes back as it went out changes nothing"
    line = f"Licking Food Bank,Not now,New board,{soon(20).isoformat()}"
    assert line in out
    edited = out.replace(line, f"Licking Food Bank,Not now,New director,{soon(90).isoformat()}")
    edited = edited.replace("Coast Food Pantry,Kept in view", "Coast Food Pantry,Approached")
    created, updated, refused, batch = take(edited)
    assert (created, updated, refused) == (0, 2, [])
    bank, far = (Candidate.objects.get(organisation=town[name]) for name in ("bank", "far"))
    assert (bank.verdict, bank.reason, bank.until, bank.score) == (
        "not_now",
        "New director",
        soon(90),
        scored,
    )
    assert (far.verdict, Partnership.objects.get().organisation) == ("approached", town["far"])
    head = "organisation,decision,why,not before\n"
    wrong = (
        "Coast Food Pantry,watch,,\n"
        f"Licking Food Bank,watch,,{soon(3).isoformat()}\n"
        f"Fresh Bread,not_now,Later,\n"
    )
    assert take(head + wrong)[:3] == (0, 0, [(2, "verdict"), (3, "until"), (4, "until")])
    assert command(capsys, "imports", "undo", batch)["undone"] == 2
    bank.refresh_from_db(), far.refresh_from_db()
    assert (bank.reason, bank.until, far.verdict) == ("New board", soon(20), "watch")
    assert not Partnership.objects.exists()
    assert take(f"{head}Licking Food Bank,watch,,\nFresh Bread,approached,,\n")[:3] == (1, 1, [])
    bank.refresh_from_db()
    assert (bank.verdict, bank.until, bank.reason) == ("watch", None, "New board")
    assert Partnership.objects.get().organisation.name == "Fresh Bread"


def test_the_database_itself_refuses_a_not_now_without_reason_or_end(town):
    now = timezone.now()
    values = {"judged_on": soon(0), "created_at": now, "updated_at": now, "organisation": town["bank"]}
    for wrong in (
        {"verdict": "not_now", "reason": "x"},
        {"verdict": "not_now", "until": soon(1)},
        {"verdict": "watch", "until": soon(1)},
    ):
        with pytest.raises(IntegrityError), transaction.atomic():
            Candidate.objects.bulk_create([Candidate(**values, **wrong)])


def test_goes_with_an_erasure_stands_in_an_export_and_hinders_removing(town, alice):
    judge(town["bank"], by=alice, verdict="watch", reason="Near us")
    ref = Ref.to(town["bank"])
    plug = belongings.get("discovery")
    assert plug.export(ref)["candidate"]["reason"] == "Near us"
    assert plug.export(Ref.to(town["far"])) == {}
    with pytest.raises(ValidationError, match="candidate"):
        remove_organisation(town["bank"], by=alice)
    plug.erase(ref, by=alice)
    assert not Candidate.objects.exists()
    remove_organisation(town["bank"], by=alice)


def test_whoever_is_tied_to_our_partners_already_closes_no_gap(town, alice, asks, bob, monkeypatch):
    def terms():
        ranked = asks(bob)("GET", "/candidate-ranking")[1]
        bank, bread = (
            next(one for one in ranked if one["name"] == name)
            for name in ("Licking Food Bank", "Fresh Bread")
        )
        return [
            next(t for t in (*one["terms"], *one["left_out"]) if t["name"] == "network")
            for one in (bank, bread)
        ]

    assert [one["why"] for one in terms()] == ["nobody works with us yet"] * 2
    mill, oak, school = (body(alice, name) for name in ("Mill", "Oak Hall", "School"))
    for one in (mill, oak):
        move_stage(begin_partnership(one, by=alice, owner=alice), by=alice, stage="active")
    assert [(one["value"], one["reason"]) for one in terms()] == [
        (33, "tied to none of our partners, as far as we know")
    ] * 2
    baker = register_person(PersonDocument(given_name="Ana", family_name="Ruiz"), by=alice)
    for one in (mill, town["bank"], school):
        add_role(baker, organisation=one, kind="board", by=alice)
    project = add_project(by=alice, name="Fresh Food Shelf", kind="health")
    for one in (oak, town["lost"]):
        add_part(project, "partners", by=alice, organisation=one, role="delivers")
    found = [(one["value"], one["reason"]) for one in terms()]
    assert found == [
        (0, "tied already to 1 of our partners: “Mill”"),
        (0, "tied already to 1 of our partners: “Oak Hall”"),
    ]
    contacts, ties_ = ties.ties([mill.pk, oak.pk], [town["bank"].pk], soon(0))
    assert (contacts.constraint, ties_) == (0.5, {town["bank"].pk: {mill.pk: "Mill"}})
    Role.objects.update(ended_on=soon(-1))
    assert ties.ties([mill.pk, oak.pk], [town["bank"].pk], soon(0))[1] == {}, (
        "a role that has ended ties nobody"
    )
    Organisation.objects.filter(pk=town["bank"].pk).update(parent=oak)
    Organisation.objects.filter(pk=mill.pk).update(parent=town["bank"])
    assert ties.ties([mill.pk, oak.pk], [town["bank"].pk], soon(0))[1] == {
        town["bank"].pk: {mill.pk: "Mill", oak.pk: "Oak Hall"}
    }
    wave = begin_wave(by=alice, name="Spring", begins_on=soon(-9), due_on=soon(-2))
    write_ties([NewTie(wave.pk, oak.pk, mill.pk, {})], at=timezone.now())
    assert ties.ties([mill.pk, oak.pk], [], soon(0))[0].constraint == 0.5, "a wave counts when it is closed"
    close_wave(wave, by=alice)
    assert ties.ties([mill.pk, oak.pk], [], soon(0))[0].constraint == 1.125, "they work with each other"
    Organisation.objects.filter(pk=town["bank"].pk).update(parent=None)
    Organisation.objects.filter(pk=mill.pk).update(parent=None)
    write_ties(
        [NewTie(wave.pk, oak.pk, town["bank"].pk, {}), NewTie(wave.pk, town["lost"].pk, mill.pk, {})],
        at=timezone.now(),
    )
    met = ties.ties([mill.pk, oak.pk], [town["bank"].pk, town["lost"].pk], soon(0))
    assert met[1] == {
        town["bank"].pk: {oak.pk: "Oak Hall"},
        town["lost"].pk: {mill.pk: "Mill", oak.pk: "Oak Hall"},
    }
    assert met[0].constraint == 1.125, "whoever is weighed is none of our contacts yet"
    assert ties.ties([mill.pk, oak.pk], [], soon(0))[1] == {}, "nobody else is"
    monkeypatch.setattr(ties, "MOST", 1)
    assert [one["why"] for one in terms()] == ["among so many partners one more changes nothing"] * 2


def test_weighing_a_large_register_is_bounded(town, alice, monkeypatch):
    def queries():
        with CaptureQueriesContext(
            connection,
        ) as seen:
            found = look(Wanted(), timezone.localdate())
        return len(seen), found

    few, found = queries()
    assert (found.weighed, found.radius_km) == (3, 200)
    for number in range(30):
        body(alice, f"Food Table {number}", "K31", at=(40.0 + number / 100, -82.0))
    monkeypatch.setattr(pool, "MOST", 10)
    many, found = queries()
    assert found.radius_km == 10
    assert found.weighed == 11, "ten in the box, and the one without coordinates"
    assert many <= few + 2
    monkeypatch.setattr(pool, "SCANNED", 5)
    _many, found = queries()
    assert found.radius_km == 2, (
        "no larger box is looked into than one that holds five organisations of any field"
    )


def test_the_town_has_candidates_and_loses_them(sample_town, capsys):
    verdicts = list(Candidate.objects.filter(is_sample=True).values_list("verdict", flat=True))
    assert {"watch", "not_now", "proposed"} <= set(verdicts)
    assert Candidate.objects.filter(verdict="not_now", until__lt=soon(0)).exists(), "one to look at again"
    assert not Candidate.objects.filter(verdict="proposed", score=None).exists()
    assert main(["sample", "remove", "--json"]) == 0
    assert not Candidate.objects.exists()
