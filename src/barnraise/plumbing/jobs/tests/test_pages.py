"""Pages and API of background work."""

from __future__ import annotations

import pytest
from django.urls import reverse

from barnraise.plumbing.jobs import services
from barnraise.plumbing.jobs.models import Job
from barnraise.plumbing.jobs.sockets import handlers
from barnraise.plumbing.journal.models import Entry

from .handling import rows

pytestmark = pytest.mark.django_db


@pytest.fixture
def bobs(bob):
    with handlers.plugged("test.rows", rows):
        yield services.start(
            handler="test.rows", title="Reading a register", arguments={"steps": 2, "per_step": 1}, by=bob
        )


def url(name, job):
    return reverse(f"jobs:{name}", args=[job.uuid])


def test_leads_see_all_jobs_and_others_their_own(bobs, logged_in, alice, bob, vera, petra):
    shown = {
        who: "Reading a register" in logged_in(account).get(reverse("jobs:list")).content.decode()
        for who, account in {"alice": alice, "bob": bob, "vera": vera}.items()
    }
    assert shown == {"alice": True, "bob": True, "vera": False}
    assert [logged_in(who).get(url("one", bobs)).status_code for who in (alice, bob, vera, petra, None)] == [
        200,
        200,
        403,
        403,
        302,
    ]


def test_progress_polls_until_the_job_is_over(bobs, logged_in, bob):
    browser = logged_in(bob)
    waiting = browser.get(url("progress", bobs)).content.decode()
    assert f'hx-get="{url("progress", bobs)}"' in waiting
    services.work(bobs.pk)
    over = browser.get(url("progress", bobs)).content.decode()
    assert "hx-get" not in over
    assert 'max="2" value="2"' in over
    assert url("cancel", bobs) not in over


def test_a_job_is_stopped_by_post_only_and_by_those_who_may(bobs, logged_in, bob, vera):
    assert logged_in(bob).get(url("cancel", bobs)).status_code == 405
    assert logged_in(vera).post(url("cancel", bobs)).status_code == 403
    bobs.refresh_from_db()
    assert bobs.state == "waiting"
    answer = logged_in(bob).post(url("cancel", bobs))
    assert (answer.status_code, answer["Location"]) == (302, url("one", bobs))
    bobs.refresh_from_db()
    assert bobs.state == "cancelled"
    assert Entry.objects.filter(verb="jobs.cancelled").count() == 1


def test_a_failed_job_shows_why_and_is_tried_again(bobs, logged_in, bob, ada):
    Job.objects.filter(pk=bobs.pk).update(
        state="failed", error="The roof leaks.", trace="Traceback x", interruptions=2
    )
    page = logged_in(bob).get(url("one", bobs)).content.decode()
    assert "The roof leaks." in page
    assert "lost 2 times" in page
    assert "Traceback x" not in page
    assert "Traceback x" in logged_in(ada).get(url("one", bobs)).content.decode()
    logged_in(bob).post(url("retry", bobs))
    bobs.refresh_from_db()
    assert (bobs.state, bobs.attempts) == ("waiting", 0)


def test_programs_list_read_and_cancel(bobs, bob, vera, client):
    from barnraise.plumbing.accounts.services import add_token

    _, secret = add_token(account=bob, scope="write", name="test", by=bob)
    _, other = add_token(account=vera, scope="read", name="test", by=vera)
    mine = {"headers": {"Authorization": f"Bearer {secret}"}}
    hers = {"headers": {"Authorization": f"Bearer {other}"}}
    listed = client.get("/api/v1/jobs", **mine).json()
    assert [item["id"] for item in listed["items"]] == [str(bobs.uuid)]
    assert client.get("/api/v1/jobs", **hers).json()["items"] == []
    assert client.get(f"/api/v1/jobs/{bobs.uuid}", **hers).status_code == 404
    assert client.post(f"/api/v1/jobs/{bobs.uuid}/cancel", **hers).status_code in {403, 404}
    answer = client.post(f"/api/v1/jobs/{bobs.uuid}/cancel", **mine)
    assert (answer.status_code, answer.json()["state"]) == (200, "cancelled")
