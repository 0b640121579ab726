"""What issued reports told of people goes when these are erased: out of the reports, and out of what is kept for an undo."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from barnraise.nowwhat.stories.services import change_story, make_story, name_person, publish_story
from barnraise.plumbing.journal.models import Change
from barnraise.sowhat.reports import lists
from barnraise.sowhat.reports.models import Report
from barnraise.sowhat.reports.selectors import content_of
from barnraise.sowhat.reports.services import issue, write_report
from barnraise.who.people.services import erase_person

pytestmark = pytest.mark.django_db
PAGE = "/sowhat/reports/"
TITLE = "A shelf for all"


@pytest.fixture
def draft(story, ana, agrees, alice):
    """A report on the last thirty days in which the story is public."""
    agrees(ana)
    publish_story(story, by=alice)
    today = timezone.localdate()
    days = {"begins_on": today - timedelta(days=30), "ends_on": today}
    return write_report(by=alice, name="Year", audience="funder", sections=["stories"], **days)


def kept_changes():
    return [(one.before, one.after) for one in Change.objects.filter(kind="reports.report")]


def test_what_was_issued_by_a_file_is_kept_for_no_undo(draft, ana, alice, takes, exports):
    (row,) = exports(PAGE, lists.reports)
    issued = takes("reports", [{**row, "State": "Issued"}])
    draft.refresh_from_db()
    said = draft.content
    assert (issued["counts"], TITLE in str(said)) == ((0, 1), True)
    assert (len(kept_changes()), TITLE in str(kept_changes())) == (1, False)
    change = Change.objects.get(kind="reports.report")
    change.before, change.after = {**change.before, "content": []}, {**change.after, "content": said}
    change.save()  # as it was kept before
    erase_person(ana, by=alice)
    draft.refresh_from_db()
    assert TITLE not in str([kept_changes(), draft.content])
    assert takes.undo(issued) == 1
    draft.refresh_from_db()
    assert (draft.issued_on, draft.content) == (None, [])
    assert Report.objects.get() == draft


def lines_of(row):
    return [line["cells"][0] for one in content_of(row) for part in one["parts"] for line in part["lines"]]


def test_reports_that_were_issued_before_lines_said_what_they_tell_of(draft, story, ana, agrees, alice):
    bus = make_story(by=alice, title="The bus", language="en", summary="", text="It runs.")
    publish_story(bus, by=alice)
    made = issue(draft, by=alice)
    for one in made.content[0]["parts"][0]["lines"]:
        del one["told_of"]
    made.save()
    assert sorted(lines_of(made)) == [TITLE, "The bus"], "one with a number, one without"
    agrees(ana, is_given=False)
    assert lines_of(made) == ["The bus"]
    assert "1 story was taken out here" in str(content_of(made))
    agrees(ana)
    assert sorted(lines_of(made)) == [TITLE, "The bus"]
    change_story(story, by=alice, title="The shelf")
    assert lines_of(made) == ["The bus"], "what nobody finds any more is told no more"
    erase_person(ana, by=alice)
    made.refresh_from_db()
    assert (TITLE in str(made.content), lines_of(made)) == (False, ["The bus"])


def test_reports_are_read_once_however_many_stories_somebody_is_in(draft, story, ana, telling, alice):
    for title in ("The bus", "The well"):
        row = make_story(by=alice, title=title, language="en", summary="", text="It runs.")
        name_person(row, by=alice, person=ana, purpose=telling, named_as="Ana")
        publish_story(row, by=alice)
    made = issue(draft, by=alice)
    publish_story(make_story(by=alice, title="Of nobody", language="en", summary="", text="So."), by=alice)
    days = {"begins_on": draft.begins_on, "ends_on": draft.ends_on}
    other = write_report(by=alice, name="Other", audience="funder", sections=["promises", "stories"], **days)
    issue(other, by=alice)
    assert sorted(lines_of(made)) == [TITLE, "The bus", "The well"]
    with CaptureQueriesContext(connection) as seen:
        erase_person(ana, by=alice)
    # PostgreSQL reads them by a cursor that it declares.
    asked = [one["sql"] for one in seen if 'FROM "reports_report"' in one["sql"]]
    asked = [one for one in asked if one.startswith(("SELECT", "DECLARE"))]
    assert len([one for one in asked if "content" in one and 'issued_on" IS NOT NULL' in one]) == 1
    made.refresh_from_db()
    other.refresh_from_db()
    assert (lines_of(made), lines_of(other)) == ([], ["Of nobody"])
    assert "3 stories were taken out here" in str(content_of(made))
    assert TITLE not in str([made.content, other.content])
