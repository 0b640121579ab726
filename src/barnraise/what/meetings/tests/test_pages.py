"""The team holds meetings: cadence, agenda, who came, minutes, decisions, and promises that are carried forward."""

from __future__ import annotations

import re
from datetime import timedelta

import pytest
from django.utils import timezone

from barnraise.foundation.refs import Ref
from barnraise.plumbing.ui.sockets import threads
from barnraise.what.commitments.models import Commitment
from barnraise.what.commitments.services import settle
from barnraise.what.meetings import selectors
from barnraise.what.meetings.faults import Item
from barnraise.what.meetings.models import AgendaItem, Attendance, Meeting, Series
from barnraise.what.meetings.services import add_action, add_series, hold, note_attendance, plan_meeting
from barnraise.what.projects.services import add_project

pytestmark = pytest.mark.django_db
PAGE = "/what/meetings/"


def text(answer):
    return " ".join(re.sub(r"<[^>]+>", " ", answer.content.decode()).split())


def at(days, hour=17):
    moment = timezone.localtime() + timedelta(days=days)
    return moment.replace(hour=hour, minute=0, second=0, microsecond=0)


def day(days):
    return (timezone.localdate() + timedelta(days=days)).isoformat()


def typed(moment):
    return moment.strftime("%Y-%m-%dT%H:%M")


@pytest.fixture
def table(pantry, library, alice, bob):
    """A monthly series of two organisations."""
    members = (pantry, library)
    return add_series(by=alice, name="Food table", cadence_days=30, owner=bob, place="Library", organisations=members)  # fmt: skip


def held(series, by, days, came, title=""):
    row = plan_meeting(by=by, series=series, starts_at=at(days), title=title)
    note_attendance(row, by=by, came={one: ("came", 2) for one in came})
    return hold(row, by=by)


def test_a_series_is_begun_changed_refused_and_ended(pantry, library, alice, vera, logged_in):
    browser = logged_in(alice)
    first = {
        "name": "Food table",
        "cadence_days": "30",
        "starts_on": day(3),
        "organisations": "oak hill pantry",
    }
    for wrong, reason in (
        ({"name": " "}, "This field is required."),
        ({"organisations": "Oak Hill Pantry\nNobody Known"}, "Line 2: there is no organisation called “Nobody Known”."),
        ({"cadence_days": "0"}, "Select a valid choice."),
        ({"starts_on": ""}, "This field is required."),
    ):  # fmt: skip
        page = browser.post(f"{PAGE}series/begin/", {**first, **wrong})
        assert (page.status_code, reason in text(page)) == (422, True), wrong
    assert logged_in(vera).post(f"{PAGE}series/begin/", first).status_code == 403
    assert not Series.objects.exists()
    where = browser.post(f"{PAGE}series/begin/", first).url
    made = Series.objects.get()
    assert (made.cadence_days, made.next_due_on.isoformat()) == (30, day(3))
    assert browser.post(f"{PAGE}series/begin/", first).status_code == 422, "called so already"
    page = text(browser.get(where))
    assert "Every month" in page
    assert "due in 3 days" in page
    assert "Oak Hill Pantry" in page
    browser.post(f"{where}change/", {**first, "name": "Big table", "organisations": "Riverbend Library"})
    made.refresh_from_db()
    assert (made.name, [one.organisation for one in selectors.members_of(made)]) == ("Big table", [library])
    meeting = plan_meeting(by=alice, series=made, starts_at=at(2))
    browser.post(f"{where}end/")
    made.refresh_from_db()
    assert made.ended_on is None, "a meeting of it is planned"
    browser.post(f"{PAGE}{meeting.uuid}/cancel/", {"reason": "Snow"})
    browser.post(f"{where}end/")
    made.refresh_from_db()
    assert made.ended_on == timezone.localdate()
    page = browser.get(f"{PAGE}series/?ended=1").content.decode()
    assert ">Big table<" in page
    browser.post(f"{where}resume/")
    made.refresh_from_db()
    assert made.ended_on is None
    browser.post(f"{where}remove/")
    assert Series.objects.exists(), "it has a meeting"
    browser.post(f"{PAGE}{meeting.uuid}/remove/")
    browser.post(f"{where}remove/")
    assert not Series.objects.exists()


def test_planned_changed_refused_cancelled_and_opened_again(table, pantry, alice, bob, vera, logged_in):
    browser = logged_in(bob)
    first = {"series": table.pk, "starts_at": typed(at(5)), "agenda": "Numbers 10\nBudget", "is_shared": "on"}
    for wrong, reason in (
        ({"starts_at": ""}, "This field is required."),
        ({"series": ""}, "Say what the meeting is called."),
        ({"ends_at": typed(at(4))}, "It would end before it begins."),
        ({"cites": "No such goal"}, "There is no project, objective, goal or need of this name."),
        ({"organisations": "Nobody Known"}, "Line 1: there is no organisation called “Nobody Known”."),
    ):
        page = browser.post(f"{PAGE}plan/", {**first, **wrong})
        assert (page.status_code, reason in text(page)) == (422, True), wrong
    assert logged_in(vera).post(f"{PAGE}plan/", first).status_code == 403
    assert not Meeting.objects.exists()
    where = browser.post(f"{PAGE}plan/", first).url
    made = Meeting.objects.get()
    assert (made.title, made.place, made.starts_at) == ("Food table", "Library", at(5))
    assert [(one.title, one.minutes) for one in selectors.items_of(made)] == [
        ("Numbers", 10),
        ("Budget", None),
    ]
    assert Attendance.objects.filter(meeting=made, state="invited").count() == 2
    browser.post(f"{where}agenda/", {"agenda": "Numbers 20\nKitchen\nBudget"})
    assert [one.title for one in selectors.items_of(made)] == ["Numbers", "Kitchen", "Budget"]
    browser.post(f"{where}change/", {"series": table.pk, "title": "Food table", "starts_at": typed(at(6))})
    made.refresh_from_db()
    assert (made.starts_at, made.is_shared) == (at(6), False)
    browser.post(f"{where}hold/")
    made.refresh_from_db()
    assert made.held_at is None, "it has not begun"
    assert browser.post(f"{where}cancel/", {"reason": ""}).status_code == 422
    browser.post(f"{where}cancel/", {"reason": "Snow"})
    made.refresh_from_db()
    assert (made.cancelled_at is not None, made.cancel_reason) == (True, "Snow")
    assert browser.post(f"{where}agenda/", {"agenda": "Other"}).status_code == 422
    assert AgendaItem.objects.filter(meeting=made, title="Kitchen").exists()
    browser.post(f"{where}reopen/")
    made.refresh_from_db()
    assert made.cancelled_at is None
    assert browser.post(f"{where}remove/").status_code == 403
    logged_in(alice).post(f"{where}remove/")
    assert not Meeting.objects.exists()


def test_minutes_attendance_action_items_and_what_is_carried_forward(table, pantry, library, bob, logged_in):
    browser = logged_in(bob)
    made = plan_meeting(by=bob, series=table, starts_at=at(-3), agenda=[Item("Numbers"), Item("Kitchen")])
    where = made.get_absolute_url()
    one, two = selectors.items_of(made)
    minutes = {f"note_{one.pk}": "Looked at", f"decided_{two.pk}": "Shared on Tuesdays", "notes": "Good soup"}
    browser.post(f"{where}minutes/", minutes)
    page = text(browser.get(where))
    for words in ("Looked at", "Decided: Shared on Tuesdays", "Good soup"):
        assert words in page
    browser.post(f"{where}hold/")
    assert Meeting.objects.get().held_at is None, "nobody came"
    rows = {row.organisation_id: row.pk for row in selectors.attendances_of(made)}
    came = {
        f"state_{rows[pantry.pk]}": "came",
        f"people_{rows[pantry.pk]}": "3",
        f"state_{rows[library.pk]}": "excused",
    }
    assert browser.post(f"{where}attendance/", {**came, "others": "Nobody Known"}).status_code == 422
    assert not Attendance.objects.filter(state="came").exists()
    browser.post(f"{where}attendance/", came)
    assert selectors.turnout([made]) == {made.pk: (1, 3)}
    action = {"what": "Bring the keys", "partner": "Oak Hill Pantry", "due_on": day(-5), "owner": bob.pk}
    assert browser.post(f"{where}action/", {**action, "due_on": ""}).status_code == 422
    assert not Commitment.objects.exists()
    browser.post(f"{where}action/", {**action, "due_on": day(9)})
    promise = Commitment.objects.get()
    assert (promise.kind, promise.direction, promise.organisation, promise.made_at) == (
        "action", "theirs", pantry, str(Ref.to(made)),
    )  # fmt: skip
    browser.post(f"{where}hold/")
    made.refresh_from_db()
    table.refresh_from_db()
    assert made.held_at is not None
    assert (table.last_held_on.isoformat(), table.next_due_on.isoformat()) == (day(-3), day(27))
    assert browser.post(f"{where}minutes/", minutes).status_code == 422
    following = plan_meeting(by=bob, series=table, starts_at=at(20))
    elsewhere = plan_meeting(by=bob, title="Once", starts_at=at(20))
    assert selectors.carried_to(following) == [promise]
    assert selectors.carried_to(elsewhere) == []
    page = text(browser.get(following.get_absolute_url()))
    assert "Carried forward" in page
    assert "Bring the keys" in page
    assert "Carried forward" in text(browser.get(f"{following.get_absolute_url()}paper/"))
    settle(promise, by=bob, settled="kept")
    assert selectors.carried_to(following) == []
    paper = text(browser.get(f"{where}paper/"))
    for words in ("Minutes", "Decided: Shared on Tuesdays", "Action items", "Oak Hill Pantry (3)"):
        assert words in paper
    assert browser.post(f"{where}remove/").status_code == 403


def test_filtered_and_taken_out_as_csv(table, pantry, alice, bob, logged_in):
    browser = logged_in(alice)
    plan_meeting(by=alice, title="Planned one", starts_at=at(3), owner=bob)
    plan_meeting(by=alice, title="Passed one", starts_at=at(-3))
    held(table, alice, -9, [pantry], title="Held one")
    names = ("Planned one", "Passed one", "Held one")
    for query, shown in (
        ("state=planned", ["Planned one"]),
        ("state=passed&state=held", ["Passed one", "Held one"]),
        (f"series={table.pk}", ["Held one"]),
        ("partner=oak hill pantry", ["Held one"]),
        (f"owner={bob.pk}", ["Planned one"]),
        (f"starts_from={day(0)}", ["Planned one"]),
    ):
        page = browser.get(f"{PAGE}?{query}").content.decode()
        assert [name for name in names if f">{name}<" in page] == shown, query
    assert "“Nobody” was asked to no meeting." in text(browser.get(f"{PAGE}?partner=Nobody"))
    lines = browser.get(f"{PAGE}?export=csv&state=held").getvalue().decode("utf-8-sig").splitlines()
    assert lines[0].startswith("Title,Begins,State,Series,Place,Who sees to it")
    assert (lines[1].startswith("Held one,"), ",Held,Food table,Library," in lines[1]) == (True, True)


def test_shown_on_pages_today_in_trace_timeline_and_search(table, pantry, alice, bob, logged_in):
    project = add_project(by=alice, name="Fresh Food Shelf", kind="empowerment")
    ref = Ref.to(project)
    browser = logged_in(bob)
    today = text(browser.get("/"))
    assert "Meetings due by cadence" in today
    assert "Food table due today · Every month" in today
    assert "Meetings due by cadence" not in text(logged_in(alice).get("/")), "bob sees to it"
    made = plan_meeting(
        by=bob, series=table, starts_at=at(-1), cites=str(ref), agenda=[Item("Pallets", note="Too few")]
    )
    soon = plan_meeting(by=bob, title="Soon", starts_at=at(4), owner=bob)
    plan_meeting(by=bob, title="Much later", starts_at=at(40), owner=bob)
    today = text(browser.get("/"))
    assert "Meetings due by cadence" not in today, "the next one is planned"
    near = today.split("Meetings near")[1].split("Latest")[0]
    assert ("Food table" in near, "Soon" in near, "Much later" in near) == (True, True, False)
    assert "Minutes open" in near
    note_attendance(made, by=bob, came={pantry: ("came", 2)})
    promise = add_action(made, by=bob, what="Bring the keys", due_on=timezone.localdate())
    hold(made, by=bob)
    panel = f"{pantry.get_absolute_url()}panels/meetings/"
    profile = browser.get(pantry.get_absolute_url())
    assert f'hx-get="{panel}"' in profile.content.decode()
    assert "Food table" in text(browser.get(panel))
    assert "Bob closed the minutes of the meeting Food table : 1 organisation came" in text(profile)
    mine = Ref.to(made)
    assert list(threads.get("meetings.meeting").upstream(mine)) == [ref, Ref.to(made.series)]
    assert list(threads.get("meetings.meeting").downstream(mine).refs) == [Ref.to(promise)]
    (plug,) = [one for name, one in threads.items() if name == "projects.project@meetings"]
    assert list(plug.downstream(ref).refs) == [mine]
    assert "Food table" in text(browser.get(f"/trace/{ref}/"))
    assert made.get_absolute_url() in browser.get(f"{PAGE}key/{made.pk}/").url
    key = Attendance.objects.get(meeting=made, state="came").pk
    assert browser.get(f"{PAGE}attendances/{key}/").url == f"{made.get_absolute_url()}#came"
    assert table.get_absolute_url() in browser.get(f"{PAGE}series/key/{table.pk}/").url
    assert "Food table" in text(browser.get("/search?q=pallets"))
    assert soon.get_absolute_url() in browser.get("/").content.decode()
