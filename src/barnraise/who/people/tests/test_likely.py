"""In a large house a job looks for likely duplicates, and finds what looking at once would find."""

from __future__ import annotations

import re

import pytest
from django.urls import reverse
from django.utils import timezone

from barnraise.plumbing.jobs.models import Job
from barnraise.plumbing.jobs.services import work
from barnraise.who.people import jobs, services
from barnraise.who.people.documents import PersonDocument, Place, Reach
from barnraise.who.people.selectors import duplicates, likely, one_by_key

pytestmark = pytest.mark.django_db


@pytest.fixture
def town(alice):
    """Forty people; of every fourth one there is a second record, by mailbox or by name and city."""
    for number in range(40):
        reach = (Reach("email", f"p{number}@example.org"), Reach("website", "https://example.org"))
        place = (Place(city=f"Town {number % 7}", country="US"),)
        said = PersonDocument(given_name=f"Ana {number}", family_name="Ruiz", contacts=reach, addresses=place)
        services.register_person(said, by=alice)
        if number % 4 == 0:
            again = {"contacts": reach} if number % 8 else {"addresses": place}
            services.register_person(
                PersonDocument(given_name=f"Ana {number}", family_name="Ruiz", **again), by=alice
            )


def looked(browser):
    assert browser.post(reverse("people:look")).status_code == 302
    job = Job.objects.filter(handler="people.likely").latest("pk")
    assert work(job.pk) == "over"
    job.refresh_from_db()
    return job


def page(browser):
    return browser.get(reverse("people:duplicates")).content.decode()


@pytest.mark.parametrize("rows", [14, 20_000])
def test_a_job_finds_what_looking_at_once_finds(town, alice, bob, logged_in, monkeypatch, rows):
    at_once = duplicates()
    assert len(at_once) == 10
    monkeypatch.setattr(likely, "LARGE", 10)
    monkeypatch.setattr(jobs, "ROWS", rows)
    monkeypatch.setattr(jobs, "PAIRS", 4)
    browser = logged_in(alice)
    assert duplicates() == []
    assert "That has not been done yet." in page(browser)
    assert logged_in(bob).post(reverse("people:look")).status_code == 403
    job = looked(browser)
    assert job.state == "done"
    assert duplicates() == at_once
    assert len(re.findall('class="pair"', page(browser))) == 10
    first = at_once[0]
    services.merge_people(keep=one_by_key(first.first), absorb=one_by_key(first.second), by=alice)
    services.tell_apart(one_by_key(at_once[1].first), one_by_key(at_once[1].second), by=alice)
    assert duplicates() == at_once[2:]
    monkeypatch.setattr(likely, "TOLD", 3)
    assert duplicates() == at_once[2:5], "those decided since make room for the next"


def test_it_is_looked_once_a_day_and_by_one_job_at_a_time(town, alice, monkeypatch):
    now = timezone.now()
    jobs.look_daily(now=now)
    assert services.look_for_duplicates(by=alice) is None, "a small house looks when somebody asks"
    monkeypatch.setattr(likely, "LARGE", 10)
    jobs.look_daily(now=now)
    (job,) = Job.objects.filter(handler="people.likely")
    assert services.look_for_duplicates(by=alice) == job
    work(job.pk)
    jobs.look_daily(now=now)
    assert Job.objects.filter(handler="people.likely").count() == 1
    assert services.look_for_duplicates(by=alice) != job
