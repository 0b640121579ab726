"""Bulk actions of lists: one change set and one sentence, at once or in the background, undone like an import."""

from __future__ import annotations

from contextlib import ExitStack

import pytest
from django.contrib.auth import get_user_model
from django.http import QueryDict

from barnraise.foundation.policy import Refused, leads, team
from barnraise.plumbing.jobs.models import Job
from barnraise.plumbing.jobs.services import work
from barnraise.plumbing.journal.models import Change, ChangeSet, Entry
from barnraise.plumbing.journal.services import add_changes, run_bulk
from barnraise.plumbing.journal.sockets import undoers
from barnraise.plumbing.ui.lists import BulkAction, Empty, ListPage
from barnraise.plumbing.ui.lists.selection import Selection
from barnraise.plumbing.ui.lists.sockets import lists

pytestmark = pytest.mark.django_db
People = get_user_model()


def _rename(rows, *, by, values, change_set):
    found = list(rows)
    changes = [
        Change(kind="accounts.account", key=row.pk, action="u", before={"name": row.name}, after=dict(values))
        for row in found
    ]
    add_changes(change_set=change_set, changes=changes)
    return rows.update(name=values["name"])


def _name_again(changes, *, by):
    for change in changes:
        People.objects.filter(pk=change.key).update(name=change.before["name"])
    return {}


@pytest.fixture
def people():
    """A list of accounts with one bulk action, plugged for one test."""
    rename = BulkAction("rename", "Rename", leads, _rename, verb="")
    with ExitStack() as plugs:
        page = ListPage(
            name="test.people",
            kind="accounts.account",
            noun="person",
            noun_plural="people",
            policy=team,
            rows=lambda actor: People.objects.filter(name__startswith="old"),
            columns=(),
            row_url=lambda row: None,
            empty=Empty("None", "None"),
            bulk=(rename,),
        )
        plugs.enter_context(undoers.plugged("accounts.account", _name_again))
        yield page
    lists._plugs.pop("test.people", None)


def make(count):
    People.objects.bulk_create(People(email=f"p{n}@example.org", name=f"old {n}") for n in range(count))


def everybody(page):
    return Selection.posted(page, QueryDict("all=1&query="))


def test_a_small_selection_is_changed_at_once_with_one_sentence_and_an_undo(people, alice, logged_in):
    make(12)
    done = run_bulk(
        page=people,
        action=people.bulk[0],
        selection=everybody(people),
        values={"name": "old but new"},
        by=alice,
    )
    batch = ChangeSet.objects.get()
    assert (done.message, done.undo_url) == ("12 records changed.", f"/journal/changes/{batch.pk}/undo/")
    assert (batch.state, batch.count) == ("done", 12)
    entry = Entry.objects.get(change_set=batch)
    assert (entry.verb, entry.data) == ("journal.bulk_changed", {"count": 12})
    logged_in(alice).post(done.undo_url)
    assert sorted(People.objects.filter(name__startswith="old").values_list("name", flat=True)) == sorted(
        f"old {n}" for n in range(12)
    )


@pytest.mark.django_db(transaction=True)
def test_a_large_selection_is_changed_in_the_background_also_when_rows_leave_it(people, alice):
    make(1203)
    done = run_bulk(
        page=people, action=people.bulk[0], selection=everybody(people), values={"name": "new"}, by=alice
    )
    batch = ChangeSet.objects.get()
    assert done.job_url == f"/journal/changes/{batch.pk}/"
    assert People.objects.filter(name="new").count() == 0
    work(Job.objects.get().pk)
    job = Job.objects.get()
    assert (job.state, job.result) == ("done", {"changed": 1203, "change_set": batch.pk})
    assert People.objects.filter(name="new").count() == 1203
    batch.refresh_from_db()
    assert (batch.state, batch.count) == ("done", 1203)
    assert Entry.objects.filter(change_set=batch).count() == 1


def test_who_may_not_changes_nothing(people, bob):
    make(3)
    with pytest.raises(Refused):
        run_bulk(
            page=people, action=people.bulk[0], selection=everybody(people), values={"name": "new"}, by=bob
        )
    assert People.objects.filter(name="new").count() == 0
    assert ChangeSet.objects.count() == 0
