"""The team keeps its relations: stage, owner, cadence, agreement, influence and interest."""

from __future__ import annotations

import re
from datetime import timedelta

import pytest
from django.utils import timezone

from barnraise.plumbing.journal.models import ChangeSet
from barnraise.plumbing.snoozes.models import Snooze
from barnraise.who.interactions.services import log_interaction
from barnraise.who.partnerships.models import Partnership, Rating, StageChange
from barnraise.who.partnerships.services import begin_partnership, move_stage, rate

pytestmark = pytest.mark.django_db
PAGE = "/who/partnerships/"


def text(answer):
    return " ".join(re.sub(r"<[^>]+>", " ", answer.content.decode()).split())


def ago(days):
    return timezone.localdate() - timedelta(days=days)


def begun(**more):
    return {"stage": "prospect", "since_on": ago(0).isoformat(), "owner": "", "cadence_days": "", **more}


def test_created_and_refused_with_a_reason(pantry, pastor, alice, vera, logged_in):
    browser = logged_in(alice)
    for wrong, reason in (
        ({"partner": "Nobody Known"}, "There is no organisation and no person of this name."),
        ({"partner": "Oak Hill Pantry", "since_on": ago(-2).isoformat()}, "This day has not come yet."),
        ({"partner": "Oak Hill Pantry", "stage": "ended"}, "Say why it ended"),
        ({"partner": "Oak Hill Pantry", "cadence_days": "0"}, "greater than or equal to 1"),
        (
            {"partner": "Sol Ruiz", "agreed_on": "2026-05-02", "agreement_ends_on": "2026-05-01"},
            "The agreement would end before it was made.",
        ),
    ):
        page = browser.post(f"{PAGE}begin/", begun(**wrong))
        assert (page.status_code, reason in text(page)) == (422, True), wrong
    assert logged_in(vera).post(f"{PAGE}begin/", begun(partner="Sol Ruiz")).status_code == 403
    assert not Partnership.objects.exists()
    answer = logged_in(alice).post(
        f"{PAGE}begin/", begun(partner="oak hill pantry", owner=alice.pk, cadence_days=30)
    )
    made = Partnership.objects.get()
    assert (answer.url, made.organisation, made.person, made.owner, made.cadence_days) == (
        made.get_absolute_url(),
        pantry,
        None,
        alice,
        30,
    )
    browser = logged_in(alice)
    again = browser.post(f"{PAGE}begin/", begun(partner="Oak Hill Pantry"))
    assert "There is a partnership with them already." in text(again)
    assert browser.get(f"{PAGE}begin/?organisation={pantry.uuid}").url == made.get_absolute_url()
    browser.post(f"{PAGE}begin/?person={pastor.uuid}", begun())
    assert Partnership.objects.get(person=pastor).stage == "prospect"


def test_changed_ended_and_taken_back(pantry, alice, bob, logged_in):
    made = begin_partnership(pantry, by=alice, stage="contact", since_on=ago(40))
    browser, where = logged_in(bob), f"{PAGE}{made.uuid}/"
    browser.post(f"{where}change/", begun(about="Food for families", owner=bob.pk, cadence_days=14))
    made.refresh_from_db()
    assert (made.about, made.owner, made.cadence_days) == ("Food for families", bob, 14)
    page = browser.post(f"{where}stage/", {"stage": "ended", "since_on": ago(0).isoformat(), "reason": " "})
    assert (page.status_code, "Say why it ended" in text(page)) == (422, True)
    page = browser.post(f"{where}stage/", {"stage": "contact", "since_on": ago(3).isoformat()})
    assert "It was in this stage already on that day." in text(page)
    assert StageChange.objects.count() == 1
    browser.post(f"{where}stage/", {"stage": "active", "since_on": ago(20).isoformat()})
    browser.post(f"{where}stage/", {"stage": "ended", "since_on": ago(1).isoformat(), "reason": "Moved out"})
    browser.post(f"{where}stage/", {"stage": "forming", "since_on": ago(30).isoformat()})
    made.refresh_from_db()
    assert (made.stage, made.stage_since_on, made.begun_on) == ("ended", ago(1), ago(40)), (
        "the latest day counts"
    )
    shown = text(browser.get(where))
    assert (
        shown.index("Moved out")
        < shown.index("Active")
        < shown.index("Agreeing what to do", shown.index("Moved out"))
    )
    last = ChangeSet.objects.filter(verb="partnerships.moved").order_by("pk")[1]
    browser.post(f"/journal/changes/{last.pk}/undo/")
    made.refresh_from_db()
    assert (made.stage, made.stage_since_on) == ("active", ago(20))
    assert logged_in(bob).post(f"{where}remove/").status_code == 403
    assert Partnership.objects.exists()
    logged_in(alice).post(f"{where}remove/")
    assert not Partnership.objects.exists()
    assert not StageChange.objects.exists()


def test_rated_by_several_and_drawn_as_a_map_with_its_table(pantry, library, pastor, alice, bob, logged_in):
    browser = logged_in(bob)
    made = begin_partnership(pantry, by=alice)
    rate(made, by=alice, influence=2, interest=5, rated_on=ago(30))
    page = browser.post(
        f"{PAGE}{made.uuid}/rate/", {"influence": 6, "interest": 1, "rated_on": ago(0).isoformat()}
    )
    assert page.status_code == 422
    browser.post(
        f"{PAGE}{made.uuid}/rate/",
        {"influence": 4, "interest": 5, "rated_on": ago(0).isoformat(), "note": "Their board"},
    )
    made.refresh_from_db()
    assert (made.influence, made.interest, made.rated_on) == (4, 5, ago(0))
    assert list(Rating.objects.order_by("rated_on").values_list("influence", "by__name")) == [
        (2, "Alice"),
        (4, "Bob"),
    ]
    rate(begin_partnership(library, by=alice), by=alice, influence=4, interest=5)
    begin_partnership(pastor, by=alice)
    page = browser.get(f"{PAGE}?as=map")
    drawn = page.content.decode()
    (link,) = re.findall(r'<a href="([^"]+)" aria-label="2 partners: influence 4, interest 5"', drawn)
    assert "1 partnership of this list has no rating." in text(page)
    row = re.search(r"<tbody>.*?</tbody>", drawn, re.S)[0]
    assert "Oak Hill Pantry" in row
    assert "Riverbend Library" in row
    followed = text(browser.get(PAGE + link.replace("&amp;", "&")))
    assert ("Oak Hill Pantry" in followed, "Sol Ruiz" in followed) == (True, False)


def test_silence_is_told_snoozed_with_a_reason_and_ended_by_a_contact(pantry, library, alice, bob, logged_in):
    made = begin_partnership(pantry, by=alice, owner=bob, cadence_days=30, since_on=ago(41), stage="active")
    begin_partnership(library, by=alice, owner=bob, cadence_days=30, since_on=ago(30), stage="active")
    browser, where = logged_in(bob), f"{PAGE}{made.uuid}/"
    today = text(browser.get("/"))
    assert "Oak Hill Pantry 11 days too long · no contact yet" in today
    assert "Riverbend Library 0 days" not in today
    assert (
        f"/interactions/about/organisations.organisation:{pantry.pk}/?kind=call"
        in browser.get("/").content.decode()
    )
    assert "Silent for longer than agreed" not in text(logged_in(alice).get("/")), "bob keeps it"
    found = text(browser.get(f"{PAGE}?silence=over"))
    assert ("Oak Hill Pantry" in found, "Riverbend Library" in found) == (True, False)
    moon = f"/today/snoozed/partnerships.silences/partnerships.partnership:{made.pk}/"
    page = browser.post(moon, {"until": ago(-10).isoformat(), "reason": ""})
    assert page.status_code == 422
    page = browser.post(moon, {"until": ago(1).isoformat(), "reason": "Holidays"})
    assert "This day has passed." in text(page)
    browser.post(moon, {"until": ago(-10).isoformat(), "reason": "Holidays"})
    assert "Silent for longer than agreed" not in text(browser.get("/"))
    assert "Holidays" in text(browser.get(where))
    assert "Oak Hill Pantry" in text(browser.get(f"{PAGE}?silence=snoozed"))
    browser.post(f"/today/snoozed/{Snooze.objects.get().uuid}/wake/")
    assert "Oak Hill Pantry 11 days too long" in text(browser.get("/"))
    log_interaction(by=bob, text="Called.", kind="call", organisations=[pantry])
    assert "Silent for longer than agreed" not in text(browser.get("/"))
    assert "Oak Hill Pantry" in text(browser.get(f"{PAGE}?silence=fine"))


def test_what_only_coordinators_read_breaks_the_silence_for_them_alone(pantry, alice, bob, logged_in):
    begin_partnership(pantry, by=alice, cadence_days=30, since_on=ago(41), stage="active")
    log_interaction(by=alice, text="Quietly.", kind="call", organisations=[pantry], visibility="coordinators")
    assert "Silent for longer than agreed" not in text(logged_in(alice).get("/"))
    assert "Oak Hill Pantry 11 days too long · no contact yet" in text(logged_in(bob).get("/"))


def test_filtered_on_a_board_and_as_csv(pantry, library, pastor, alice, bob, logged_in):
    begin_partnership(pantry, by=alice, stage="active", owner=bob, cadence_days=90)
    begin_partnership(library, by=alice, stage="dormant")
    begin_partnership(pastor, by=alice)
    browser = logged_in(bob)
    for query, shown in (
        ("stage=active", ["Oak Hill Pantry"]),
        (f"owner={bob.pk}", ["Oak Hill Pantry"]),
        ("with=0", ["Sol Ruiz"]),
        ("partner=riverbend library", ["Riverbend Library"]),
        ("silence=none&silence=fine&stage=active&stage=dormant", ["Oak Hill Pantry", "Riverbend Library"]),
    ):
        page = text(browser.get(f"{PAGE}?{query}"))
        names = [
            name
            for name in ("Oak Hill Pantry", "Riverbend Library", "Sol Ruiz")
            if f"{name} " in page.partition("Stage Since")[2]
        ]
        assert names == shown, query
    assert "There is no partner of the name “Nobody”." in text(browser.get(f"{PAGE}?partner=Nobody"))
    board = browser.get(f"{PAGE}?as=board").content.decode()
    heads = re.findall(r'<span class="visually-hidden">([^<]+): </span>(?:<[^>]+>)?(\d+)', board)
    assert heads == [
        ("Prospect", "1"), ("In contact", "0"), ("Agreeing what to do", "0"),
        ("Active", "1"), ("Dormant", "1"), ("Ended", "0"),
    ]  # fmt: skip
    lines = browser.get(f"{PAGE}?export=csv&stage=active").getvalue().decode("utf-8-sig").splitlines()
    assert lines[0].startswith("Partner,Stage,Since,Owner,Last contact,Silence")
    assert lines[1].startswith(f"Oak Hill Pantry,Active,{ago(0).isoformat()},Bob,,In time")
    assert len(lines) == 2


def test_shown_on_the_partners_page_in_its_timeline_and_found_by_search(pantry, pastor, alice, logged_in):
    browser = logged_in(alice)
    assert (
        f"/who/partnerships/begin/?organisation={pantry.uuid}"
        in browser.get(pantry.get_absolute_url()).content.decode()
    )
    made = begin_partnership(pantry, by=alice, about="Weekly vegetables", cadence_days=30)
    move_stage(made, by=alice, stage="active")
    page = text(browser.get(pantry.get_absolute_url()))
    assert "every month in time" in page
    assert "Alice noted that the partnership with Oak Hill Pantry is active" in page
    begin_partnership(pastor, by=alice)
    assert "Prospect since" in text(browser.get(pastor.get_absolute_url()))
    assert made.get_absolute_url() in browser.get(f"{PAGE}key/{made.pk}/").url
    assert "Weekly vegetables" in browser.get("/search?q=vegetables").content.decode()
