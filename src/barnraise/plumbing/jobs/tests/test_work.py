"""A job from its start to its end: steps, failures, back-off, cancel, sweep."""

from __future__ import annotations

from datetime import timedelta
from importlib import import_module

import pytest
from django.utils import timezone

from barnraise.foundation.policy import Refused
from barnraise.foundation.registry import SocketError
from barnraise.plumbing.jobs import services
from barnraise.plumbing.jobs.models import Job
from barnraise.plumbing.jobs.services import handing, lease
from barnraise.plumbing.jobs.services.work import ATTEMPTS, PAUSES
from barnraise.plumbing.jobs.sockets import Outcome, handlers, witnesses

from .handling import counted, rows

pytestmark = pytest.mark.django_db


@pytest.fixture
def plugged():
    with handlers.plugged("test.rows", rows):
        yield


@pytest.fixture
def handed(monkeypatch):
    """What was given to the queue."""
    given = []
    for module in ("start", "retry", "sweep", "chores"):
        monkeypatch.setattr(
            import_module(f"barnraise.plumbing.jobs.services.{module}"),
            "hand_over",
            lambda task, argument: given.append((task, argument)) or True,
        )
    _is_queue_empty(monkeypatch, False)
    return given


def _is_queue_empty(monkeypatch, answer):
    module = import_module("barnraise.plumbing.jobs.services.sweep")
    monkeypatch.setattr(module, "is_queue_empty", lambda: answer)


def begin(by=None, **arguments):
    return services.start(
        handler="test.rows", title="Counting", arguments={"steps": 3, "per_step": 2, **arguments}, by=by
    )


def test_a_job_is_enqueued_when_its_transaction_commits(
    plugged, handed, alice, django_capture_on_commit_callbacks
):
    with django_capture_on_commit_callbacks(execute=True):
        job = begin(by=alice)
        assert handed == []
    assert handed == [(handing.WORK, job.pk)]
    assert (job.state, job.by, job.done, job.total) == ("waiting", alice, 0, None)


def test_a_job_of_an_unknown_kind_is_refused(handed):
    with pytest.raises(SocketError, match=r"nothing\.here"):
        services.start(handler="nothing.here", title="x", by=None)
    assert Job.objects.count() == 0


def test_work_goes_step_by_step_to_the_result(plugged):
    job = begin()
    assert services.work(job.pk) == "over"
    job.refresh_from_db()
    assert (job.state, job.done, job.total, job.result) == ("done", 6, 6, {"rows": 6})
    assert counted(job) == 6
    assert job.lease_token is None
    assert job.finished_at is not None
    assert services.work(job.pk) == "taken"
    assert counted(job) == 6


def test_a_failing_step_is_rolled_back_and_tried_again_with_back_off(plugged):
    def breaks(job):
        outcome = rows(job)
        if job.cursor.get("at") == 1:
            raise RuntimeError("the roof leaks")
        return outcome

    job = begin()
    with handlers.plugged("test.rows", breaks):
        assert services.work(job.pk) == "again"
    job.refresh_from_db()
    assert (job.state, job.attempts, job.done) == ("waiting", 1, 2)
    assert counted(job) == 2
    assert "the roof leaks" in job.error
    assert "Traceback" in job.trace
    assert PAUSES[0] - timedelta(seconds=2) < job.not_before_at - timezone.now() <= PAUSES[0]
    assert services.work(job.pk) == "taken"
    Job.objects.filter(pk=job.pk).update(not_before_at=timezone.now())
    assert services.work(job.pk) == "over"
    job.refresh_from_db()
    assert (job.state, job.attempts, job.error, counted(job)) == ("done", 0, "", 6)


def test_after_five_attempts_a_job_has_failed_and_can_be_retried(plugged, handed, alice):
    def never(job):
        raise OSError("no such printer")

    told = []
    job = begin()
    with handlers.plugged("test.rows", never):
        for _ in range(ATTEMPTS):
            Job.objects.filter(pk=job.pk).update(not_before_at=None)
            services.work(job.pk)
    job.refresh_from_db()
    assert (job.state, job.attempts) == ("failed", 5)
    assert "no such printer" in job.error
    with witnesses.plugged("test", lambda job, verb, by: told.append((job.pk, verb, by))):
        services.retry(job=job, by=alice)
        services.retry(job=job, by=alice)
    assert told == [(job.pk, "retried", alice)]
    assert services.work(job.pk) == "over"
    assert counted(job) == 6


def test_a_refusal_ends_the_job_at_once(plugged):
    def refuses(job):
        rows(job)
        raise Refused("The file has been removed.")

    job = begin()
    with handlers.plugged("test.rows", refuses):
        assert services.work(job.pk) == "over"
    job.refresh_from_db()
    assert (job.state, job.error, job.attempts) == ("failed", "The file has been removed.", 1)
    assert counted(job) == 0


def test_cancelling_a_waiting_job_ends_it_and_a_running_one_after_its_step(plugged, alice):
    waiting = services.cancel(job=begin(), by=alice)
    assert (waiting.state, waiting.is_cancel_wanted) == ("cancelled", True)
    assert services.work(waiting.pk) == "taken"

    def cancels_itself(job):
        services.cancel(job=job, by=alice)
        return rows(job)

    job = begin()
    with handlers.plugged("test.rows", cancels_itself):
        assert services.work(job.pk) == "over"
    job.refresh_from_db()
    assert (job.state, counted(job), job.done) == ("cancelled", 2, 2)


def test_a_step_that_fails_once_the_job_shall_end_is_not_tried_again(plugged, alice, monkeypatch):
    job = begin()

    def fails(row):
        raise ConnectionError("Nobody answers")

    # The wish to cancel comes between the step's failure and its being noted.
    work = import_module("barnraise.plumbing.jobs.services.work")
    failed = work._failed

    def noting(*given):
        Job.objects.filter(pk=job.pk).update(is_cancel_wanted=True)
        return failed(*given)

    monkeypatch.setattr(work, "_failed", noting)
    with handlers.plugged("test.rows", fails):
        assert services.work(job.pk) == "over"
    job.refresh_from_db()
    assert (job.state, job.not_before_at, counted(job)) == ("cancelled", None, 0)


def test_a_worker_whose_lease_was_taken_over_writes_nothing_more(plugged):
    job = begin()
    slow = lease.claim(job.pk)
    Job.objects.filter(pk=job.pk).update(lease_until=timezone.now() - timedelta(seconds=1))
    quick = lease.claim(job.pk)
    assert slow != quick
    step = import_module("barnraise.plumbing.jobs.services.work")._step
    assert step(job.pk, slow) == "lost"
    assert counted(job) == 0
    assert step(job.pk, quick) == ""
    assert counted(job) == 2


def test_stopping_gives_the_job_back_between_two_steps(plugged, handed):
    def last_words(job):
        services.stop_working()
        return rows(job)

    job = begin()
    try:
        with handlers.plugged("test.rows", last_words):
            assert services.work(job.pk) == "stopped"
    finally:
        services.stop_working(False)
    job.refresh_from_db()
    assert (job.state, counted(job), job.interruptions) == ("waiting", 2, 0)
    assert services.sweep(now=timezone.now()) == 1
    assert services.work(job.pk) == "over"
    assert counted(job) == 6


def test_the_sweep_finds_lost_due_and_abandoned_jobs_once(plugged, handed):
    now = timezone.now()
    lost, _fresh, later, due, abandoned, held = (begin() for _ in range(6))
    change = lambda job, **fields: Job.objects.filter(pk=job.pk).update(**fields)  # noqa: E731
    change(lost, enqueued_at=now - timedelta(minutes=1))
    change(later, enqueued_at=None, not_before_at=now + timedelta(minutes=1))
    change(due, enqueued_at=None, not_before_at=now - timedelta(seconds=1))
    change(
        abandoned,
        state="running",
        lease_until=now - timedelta(seconds=1),
        enqueued_at=now - timedelta(hours=1),
    )
    change(held, state="running", lease_until=now + timedelta(seconds=5), lease_holder="elsewhere:1")
    assert services.sweep(now=now) == 3
    assert sorted(pk for _, pk in handed) == [lost.pk, due.pk, abandoned.pk]
    assert services.sweep(now=now) == 0
    assert services.sweep(now=now, alone=True) == 1
    assert handed[-1] == (handing.WORK, held.pk)


def test_what_an_empty_queue_has_lost_is_found_within_seconds(plugged, handed, monkeypatch):
    now = timezone.now()
    waiting, abandoned, fresh = (begin() for _ in range(3))
    Job.objects.exclude(pk=fresh.pk).update(enqueued_at=now - timedelta(seconds=4))
    Job.objects.filter(pk=fresh.pk).update(enqueued_at=now - timedelta(seconds=2))
    Job.objects.filter(pk=abandoned.pk).update(state="running", lease_until=now - timedelta(seconds=1))
    assert services.sweep(now=now) == 0  # both may stand in the queue still
    _is_queue_empty(monkeypatch, True)
    assert services.sweep(now=now) == 2
    assert [pk for _, pk in handed] == [waiting.pk, abandoned.pk]
    assert services.sweep(now=now) == 0


def test_an_abandoned_job_counts_its_interruption_and_goes_on_from_its_cursor(plugged, handed):
    job = begin()
    token = lease.claim(job.pk)
    assert token
    assert lease.claim(job.pk) is None
    past = timezone.now() - timedelta(seconds=1)
    Job.objects.filter(pk=job.pk).update(lease_until=past, cursor={"at": 2}, done=4)
    assert services.work(job.pk) == "over"
    job.refresh_from_db()
    assert (job.interruptions, counted(job), job.done) == (1, 2, 6)


def test_follow_works_on_the_job_itself(plugged):
    job = begin()
    over = services.follow(job=job)
    assert (over.state, counted(job)) == ("done", 6)


def test_an_outcome_without_total_keeps_the_one_known(plugged):
    job = services.start(handler="test.rows", title="x", by=None, total=9)
    with handlers.plugged("test.rows", lambda job: Outcome(cursor={}, done=4, is_over=True)):
        services.work(job.pk)
    job.refresh_from_db()
    assert (job.done, job.total) == (4, 9)
