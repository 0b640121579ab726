"""Chores come round, one worker at a time, and old rows go."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.utils import timezone
from huey.contrib.djhuey import HUEY

from barnraise.plumbing.jobs import progress, selectors, services
from barnraise.plumbing.jobs.models import Chore, Job, Worker
from barnraise.plumbing.jobs.sockets import ChorePlug, chores

pytestmark = pytest.mark.django_db


@pytest.fixture
def handed(monkeypatch):
    given = []
    monkeypatch.setattr(
        "barnraise.plumbing.jobs.services.chores.hand_over", lambda task, name: given.append(name) or True
    )
    return given


def test_a_due_chore_is_handed_out_once_and_comes_round_after_its_interval(handed):
    ran = []
    now = timezone.now()
    plug = ChorePlug(interval=timedelta(hours=1), run=lambda now: ran.append(now), doc="for the test")  # noqa: PLW0108
    with chores.plugged("test.sweep_the_barn", plug):
        assert services.ensure_chores(now=now) >= 1
        assert services.ensure_chores(now=now) == 0
        services.hand_out_chores(now=now)
        services.hand_out_chores(now=now)
        assert handed.count("test.sweep_the_barn") == 1
        assert services.run_chore(name="test.sweep_the_barn") is True
    chore = Chore.objects.get(name="test.sweep_the_barn")
    assert len(ran) == 1
    assert (chore.error, chore.lease_until, chore.failures) == ("", None, 0)
    assert timedelta(minutes=59) < chore.due_at - timezone.now() <= timedelta(hours=1)
    services.hand_out_chores(now=now)
    assert handed.count("test.sweep_the_barn") == 1
    services.ensure_chores(now=now)
    assert not Chore.objects.filter(name="test.sweep_the_barn").exists()


def test_a_failing_chore_keeps_its_error_and_is_tried_soon(handed):
    def fails(now):
        raise ValueError("the broom is broken")

    with chores.plugged("test.fails", ChorePlug(interval=timedelta(days=1), run=fails, doc="fails")):
        services.ensure_chores(now=timezone.now())
        assert services.run_chore(name="test.fails") is False
        assert services.run_chore(name="test.fails") is False
    chore = selectors.chores_failing().get()
    assert (chore.error, chore.failures) == ("ValueError: the broom is broken", 2)
    assert chore.due_at - timezone.now() <= timedelta(minutes=5)


def test_a_chore_whose_worker_was_lost_is_handed_out_again(handed):
    now = timezone.now()
    Chore.objects.create(name="jobs.purge", due_at=now - timedelta(hours=1), lease_until=now - timedelta(1))
    services.hand_out_chores(now=now)
    assert handed == ["jobs.purge"]


def test_jobs_are_forgotten_ninety_days_after_their_end():
    now = timezone.now()
    old = Job.objects.create(handler="x", title="old", state="done", finished_at=now - timedelta(days=91))
    Job.objects.create(handler="x", title="new", state="failed", finished_at=now - timedelta(days=89))
    Job.objects.create(handler="x", title="waits")
    assert services.purge_finished(now=now) == 1
    assert not Job.objects.filter(pk=old.pk).exists()
    assert Job.objects.count() == 2


def test_notes_of_finished_tasks_go_after_an_hour():
    now = timezone.now()
    HUEY.storage.flush_results()
    stamp = (now - timedelta(minutes=61)).isoformat()
    HUEY.put_result("djt.a", {"enqueued_at": stamp, "finished_at": stamp})
    HUEY.put_result("djt.b", {"enqueued_at": stamp, "finished_at": None})
    HUEY.put_result("djt.c", {"enqueued_at": stamp, "finished_at": now.isoformat()})
    assert services.purge_results(now=now) == 1
    assert sorted(HUEY.all_results()) == ["djt.b", "djt.c"]
    HUEY.storage.flush_results()


def test_workers_report_and_are_forgotten():
    now = timezone.now()
    Worker.objects.create(
        name="far:1", host="far", pid=1, started_at=now, seen_at=now - timedelta(days=1, minutes=1)
    )
    me = services.report_alive(now=now)
    assert list(selectors.workers_alive(now)) == [me]
    assert Worker.objects.count() == 1
    assert list(selectors.workers_alive(now + timedelta(minutes=1))) == []
    services.good_bye()
    assert Worker.objects.count() == 0


def test_remaining_time_follows_the_pace_of_the_stage():
    def left(**known):
        return progress.remaining(
            **{"total": 100, "stage_done": 20, "elapsed": timedelta(seconds=10), **known}
        )

    assert left(done=40) == timedelta(seconds=30)
    assert left(done=100) == timedelta(0)
    assert left(done=20) is None
    assert left(done=40, total=None) is None
    assert left(done=40, elapsed=timedelta(seconds=1)) is None
    assert [progress.percent(*pair) for pair in ((0, 3), (2, 3), (3, 3), (5, None))] == [0, 66, 100, None]
