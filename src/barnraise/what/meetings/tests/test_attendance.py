"""A meeting to which many organisations were asked: who came is noted some at a time, and found by name."""

from __future__ import annotations

import re
from datetime import timedelta

import pytest
from django.utils import timezone

from barnraise.what.meetings.models import Attendance
from barnraise.what.meetings.services import plan_meeting
from barnraise.who.organisations.documents import OrganisationDocument
from barnraise.who.organisations.services import register_organisation

pytestmark = pytest.mark.django_db
MANY = 120


@pytest.fixture
def meeting(bob):
    bodies = [
        register_organisation(OrganisationDocument(name=f"Club {at:03d}"), by=bob)
        for at in range(1, MANY + 1)
    ]
    return plan_meeting(
        by=bob, title="Town hall", starts_at=timezone.now() - timedelta(days=1), organisations=bodies
    )


def fields(answer):
    """By organisation: its key, as the page asks for it."""
    page = answer.content.decode()
    keys = re.findall(r'name="state_(\d+)"', page)
    named = dict(Attendance.objects.filter(pk__in=keys).values_list("pk", "organisation__name"))
    return {named[int(key)]: int(key) for key in keys}


def words(answer):
    return " ".join(re.sub(r"<[^>]+>", " ", answer.content.decode()).split())


def test_who_came_is_noted_some_at_a_time_and_nobody_on_another_page_changes(meeting, bob, logged_in):
    browser = logged_in(bob)
    where = f"{meeting.get_absolute_url()}attendance/"
    first = browser.get(where)
    shown = fields(first)
    assert (len(shown), min(shown), max(shown)) == (50, "Club 001", "Club 050")
    assert "1 to 50 of 120 organisations" in words(first)
    sent = {f"state_{key}": "came" for key in shown.values()}
    answer = browser.post(where, {**sent, "others": "", "on": "1"})
    assert answer.url == f"{where}?page=2"
    second = browser.get(answer.url)
    assert min(fields(second)) == "Club 051"
    sent = {f"state_{key}": "absent" for key in fields(second).values()}
    assert browser.post(answer.url, {**sent, "others": ""}).url == meeting.get_absolute_url()
    last = browser.get(f"{where}?page=3")
    assert len(fields(last)) == 20
    assert 'rel="next"' not in last.content.decode()
    counts = [Attendance.objects.filter(state=state).count() for state in ("came", "absent", "invited")]
    assert counts == [50, 50, 20]


def test_one_of_many_is_found_by_name_and_one_that_was_not_asked_is_said_so(meeting, bob, logged_in):
    browser = logged_in(bob)
    where = f"{meeting.get_absolute_url()}attendance/"
    found = fields(browser.get(f"{where}?name=CLUB 07"))
    assert sorted(found) == [f"Club 07{at}" for at in range(10)]
    key = found["Club 077"]
    browser.post(f"{where}?name=CLUB 07", {f"state_{key}": "came", f"people_{key}": "4", "others": ""})
    assert list(Attendance.objects.filter(state="came").values_list("organisation__name", "people")) == [
        ("Club 077", 4)
    ]
    assert "No organisation of that name was asked" in words(browser.get(f"{where}?name=Nobody"))


def test_a_wrong_number_is_said_on_the_page_it_stands_on(meeting, bob, logged_in):
    browser = logged_in(bob)
    where = f"{meeting.get_absolute_url()}attendance/?page=2"
    key = fields(browser.get(where))["Club 060"]
    answer = browser.post(where, {f"state_{key}": "came", f"people_{key}": "-3", "others": ""})
    assert answer.status_code == 422
    assert fields(answer) == {"Club 060": key}
    assert not Attendance.objects.filter(state="came").exists()


def test_the_page_of_the_meeting_shows_some_and_leads_to_all(meeting, bob, logged_in):
    browser = logged_in(bob)
    where = meeting.get_absolute_url()
    part = browser.get(where)
    assert "The first 50 of 120." in words(part)
    assert part.content.decode().count("Club ") < MANY
    whole = browser.get(f"{where}?all=came")
    assert whole.content.decode().count("Club ") >= MANY
    assert "The first" not in words(whole)
