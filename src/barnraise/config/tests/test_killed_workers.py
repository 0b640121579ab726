"""Workers are killed in mid-job again and again; the rows are counted afterwards."""

from __future__ import annotations

import random
import time

import pytest

STEPS, PER_STEP, KILLS = 150, 7, 6
WORKER = "from barnraise.config.commands import main\nsys.exit(main(['worker']))"
START = f"""
from barnraise.plumbing.jobs.services import start
job = start(handler="test.rows", title="Counting", by=None,
    arguments={{"steps": {STEPS}, "per_step": {PER_STEP}, "pause": 0.03}})
print(job.pk)
"""
READ = """
from barnraise.plumbing.jobs.models import Job
job = Job.objects.get(pk={pk})
print(json.dumps([job.state, job.done, counted(job), job.interruptions, job.error]))
"""

WAITED = """
from barnraise.plumbing.jobs.models import Job, Worker
worker = Worker.objects.exclude(host="").get()
print((Job.objects.get(pk={pk}).started_at - worker.started_at).total_seconds())
"""


def _wait_for_progress(house, pk):
    """Until a worker has finished a step since now."""
    done = f"select done from jobs_job where id = {pk}"  # noqa: S608 - a number of our own
    before, until = house.read(done), time.monotonic() + 60
    while house.read(done) == before:
        assert time.monotonic() < until
        time.sleep(0.005)


@pytest.mark.slow
def test_after_kills_every_step_has_counted_once(house):
    house.prepare()
    pk = house.python(START)
    seed = random.randrange(10**6)
    print(f"seed {seed}")  # noqa: T201 - shown when the test fails
    dice = random.Random(seed)
    many = 1 if house.is_sqlite else 2
    workers = [house.spawn_python(WORKER) for _ in range(many)]
    for _ in range(KILLS):
        _wait_for_progress(house, pk)
        time.sleep(dice.random() * 0.15)
        for victim in range(many):
            workers[victim].kill()
            workers[victim].wait()
            workers[victim] = house.spawn_python(WORKER)
    until = time.monotonic() + 60
    while (found := house.python(READ.format(pk=pk)))[0] != "done":
        assert time.monotonic() < until, found
        time.sleep(0.5)
    state, done, rows, interruptions, error = found
    assert (state, done, rows, error) == ("done", STEPS * PER_STEP, STEPS * PER_STEP, "")
    assert interruptions >= 1


@pytest.mark.slow
def test_a_job_that_the_queue_has_lost_is_taken_up_within_seconds(house):
    house.prepare()
    pk = house.python(
        START.replace("print(job.pk)", "from huey.contrib.djhuey import HUEY\nHUEY.storage.flush_queue()")
        + "print(job.pk)"
    )
    house.spawn_python(WORKER)
    until = time.monotonic() + 60
    while house.read(f"select state from jobs_job where id = {pk}") == "waiting":  # noqa: S608
        assert time.monotonic() < until
        time.sleep(0.1)
    assert house.python(WAITED.format(pk=pk)) < 15  # a queue that is not empty would be given half a minute


@pytest.mark.slow
def test_two_processes_never_step_the_same_job(house):
    house.prepare()
    pk = house.python(START.replace('"pause": 0.03', '"pause": 0'))
    code = f"from barnraise.plumbing.jobs.services import work\nprint(work({pk}))"
    both = [house.spawn_python(code) for _ in range(2)]
    said = sorted(child.communicate(timeout=60)[0].split()[-1] for child in both)
    state, done, rows, interruptions, _ = house.python(READ.format(pk=pk))
    assert said in (["over", "taken"],)
    assert (state, done, rows, interruptions) == ("done", STEPS * PER_STEP, STEPS * PER_STEP, 0)
