"""What an older version did not let search find is found after an upgrade."""

from __future__ import annotations

from barnraise.config.prepare import prepare_search
from barnraise.plumbing.jobs.models import Job
from barnraise.plumbing.search import jobs
from barnraise.plumbing.search.models import SearchDocument
from barnraise.plumbing.search.selectors import find
from barnraise.plumbing.search.services import compare_counts
from barnraise.who.organisations.documents import Offered, OrganisationDocument
from barnraise.who.organisations.services import register_organisation


def test_kinds_without_a_document_are_indexed_by_a_job(bob):
    said = OrganisationDocument(name="St Mark's", services=(Offered(ref="t", name="Tutoring"),))
    register_organisation(said, by=bob)
    SearchDocument.objects.filter(kind="organisations.service").delete()
    assert [hit.ref.kind for hit in find("tutoring", actor=bob)] == ["organisations.organisation"]
    prepare_search()
    job = Job.objects.get(handler="search.reindex")
    assert job.arguments == {"kind": "organisations.service"}
    assert jobs.reindex(job).is_over
    assert [hit.title for hit in find("tutoring", actor=bob)] == ["Tutoring", "St Mark's"]
    assert compare_counts() == {}
