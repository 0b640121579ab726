"""Two browsers write the same report in the same moment: the second is told so, and nothing stands there twice."""

from __future__ import annotations

import pytest
from django.db import IntegrityError

from barnraise.plumbing.ui.faults import TWICE
from barnraise.sowhat.reports.models import Report
from barnraise.sowhat.reports.services import drafting

pytestmark = pytest.mark.django_db
GIVEN = {"name": "Report 2025", "audience": "board", "begins_on": "2025-01-01", "ends_on": "2025-12-31"}


@pytest.fixture
def looked_before(monkeypatch):
    """Whoever writes looked for the same before the other one had written it."""
    monkeypatch.setattr(drafting, "_others", lambda row: ())


def test_the_second_is_told_so_on_the_page_and_by_program(looked_before, alice, logged_in, asks):
    browser, form = logged_in(alice), {**GIVEN, "sections": ["goals"], "language": "en"}
    assert browser.post("/sowhat/reports/write/", form).status_code == 302
    again = browser.post("/sowhat/reports/write/", form)
    assert (again.status_code, str(TWICE) in again.content.decode()) == (422, True)
    status, problem = asks(alice)("POST", "/reports", GIVEN)
    assert (status, problem["detail"]) == (409, str(TWICE))
    assert Report.objects.count() == 1


def test_another_refusal_of_the_database_is_a_mistake_of_ours(monkeypatch, alice, logged_in):
    def broken(**values):
        raise IntegrityError("CHECK constraint failed: reports_report_days")

    monkeypatch.setattr("barnraise.sowhat.reports.services.write_report", broken)
    with pytest.raises(IntegrityError):
        logged_in(alice).post("/sowhat/reports/write/", {**GIVEN, "sections": ["goals"], "language": "en"})
