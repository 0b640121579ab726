"""The index is written anew by a job, and put right at night."""

from __future__ import annotations

import pytest
from django.utils import timezone

from barnraise.foundation.registry import SocketError
from barnraise.plumbing.jobs.models import Job
from barnraise.plumbing.search import jobs, services
from barnraise.plumbing.search.models import SearchDocument
from barnraise.plumbing.search.sockets import Document

from .test_find import PEOPLE, SHOPS, fair


def run(job):
    """All steps of a job, the way the worker takes them."""
    handler = {"search.reindex": jobs.reindex, "search.index": jobs.index_some}[job.handler]
    for _ in range(500):  # a step or two for each kind that is searched
        outcome = handler(job)
        job.cursor, job.done = dict(outcome.cursor), outcome.done
        if outcome.is_over:
            return outcome
    raise AssertionError("the job does not end")


def test_a_reindex_writes_what_is_missing_and_drops_what_is_stale(db):
    with fair() as rows:
        rows[SHOPS].update({key: Document(key, f"Shop {key}") for key in range(1, 2101)})
        rows[PEOPLE].update({5: Document(5, "Five")})
        services.index(SHOPS, [1, 2, 3])
        del rows[SHOPS][2]
        SearchDocument.objects.create(
            kind=SHOPS,
            key=9999,
            title="x",
            title_folded="x",
            words="x",
            visibility="team",
            updated_at=timezone.now(),
        )
        outcome = run(services.reindex())
        assert outcome.result == {"documents": 2100}
        assert set(SearchDocument.objects.filter(kind=SHOPS).values_list("key", flat=True)) == set(
            rows[SHOPS]
        )
        assert services.compare_counts() == {}


def test_the_night_starts_a_rebuild_only_where_counts_differ(db):
    with fair([Document(1, "One")], people=[Document(1, "Two")]) as rows:
        jobs.nightly(now=timezone.now())
        assert Job.objects.count() == 0
        rows[SHOPS][2] = Document(2, "Another")
        assert services.compare_counts() == {SHOPS: (1, 2)}
        jobs.nightly(now=timezone.now())
        assert [job.arguments for job in Job.objects.all()] == [{"kind": SHOPS}]


def test_documents_of_a_kind_that_is_plugged_no_more_go(db):
    with fair([Document(1, "One")]):
        pass
    jobs.nightly(now=timezone.now())
    assert SearchDocument.objects.count() == 0


def test_an_unknown_kind_is_refused_and_no_job_starts(db):
    with pytest.raises(SocketError):
        services.reindex("no.such")
    assert Job.objects.count() == 0


def test_index_later_is_a_job(db, alice):
    with fair([Document(1, "One")]) as rows:
        rows[SHOPS][1] = Document(1, "Uno")
        services.index_later(SHOPS, [1], by=alice)
        assert SearchDocument.objects.get().title == "One"
        run(Job.objects.get())
        assert SearchDocument.objects.get().title == "Uno"
