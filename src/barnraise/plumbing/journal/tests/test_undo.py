"""Undo of a change set: newest first, keeping what somebody changed since, once, in time, by those who may."""

from __future__ import annotations

from contextlib import ExitStack
from datetime import timedelta

import pytest
from django.db import transaction
from django.utils import timezone

from barnraise.foundation.policy import Refused, team
from barnraise.foundation.refs import Ref
from barnraise.plumbing.jobs.models import Job
from barnraise.plumbing.jobs.services import work
from barnraise.plumbing.journal import services
from barnraise.plumbing.journal.models import Change, ChangeSet, Entry
from barnraise.plumbing.journal.services import add_changes, close_change_set, open_change_set, record, undo
from barnraise.plumbing.journal.sockets import undoers
from barnraise.plumbing.ui.sockets import Described, kinds

pytestmark = pytest.mark.django_db


@pytest.fixture
def undone():
    """A kind "barns.barn" whose undoer writes down what it was asked to take back, and keeps number 5."""
    asked: list[tuple[int, str]] = []

    def take_back(changes, *, by):
        asked.extend((change.key, change.action) for change in changes if change.key != 5)
        return {change.key: "in_use" for change in changes if change.key == 5}

    described = Described(
        noun="barn",
        titles=lambda keys: {key: f"Barn {key}" for key in keys},
        url=lambda key: f"/barns/{key}/",
        policy=team,
    )
    with ExitStack() as plugs:
        plugs.enter_context(undoers.plugged("barns.barn", take_back))
        plugs.enter_context(kinds.plugged("barns.barn", described))
        yield asked


def raise_barns(by, changes, *, kind="barns.barn"):
    with transaction.atomic():
        batch = open_change_set(by=by, verb="barns.imported")
        rows = [
            Change(kind=kind, key=key, action=action, before=None, after={"n": key})
            for key, action in changes
        ]
        add_changes(change_set=batch, changes=rows)
        close_change_set(change_set=batch)
        record(by=by, verb="barns.imported", about=[], details={"count": len(rows)}, change_set=batch)
    return ChangeSet.objects.get(pk=batch.pk)


def touch(by, key, *, change_set=None):
    with transaction.atomic():
        record(by=by, verb="barns.raised", about=[Ref("barns", "barn", key)], change_set=change_set)


def kept_of(batch):
    return dict(Change.objects.filter(change_set=batch).exclude(kept="").values_list("key", "kept"))


def test_changes_are_taken_back_newest_first(undone, alice):
    batch = raise_barns(alice, [(1, "c"), (2, "u"), (1, "u")])
    assert undo(change_set=batch, by=alice) is None
    assert undone == [(1, "u"), (2, "u"), (1, "c")]
    batch.refresh_from_db()
    assert (batch.state, kept_of(batch)) == ("undone", {})
    entry = Entry.objects.get(verb="journal.undone")
    assert (entry.by, entry.data) == (alice, {"count": 3, "kept": 0})


def test_what_somebody_changed_since_is_kept(undone, alice, bob):
    touch(bob, 1)
    batch = raise_barns(alice, [(1, "u"), (2, "c"), (3, "c"), (5, "c")])
    touch(bob, 2)
    undo(change_set=batch, by=alice)
    assert undone == [(3, "c"), (1, "u")]
    assert kept_of(batch) == {2: "touched", 5: "in_use"}
    assert Entry.objects.get(verb="journal.undone").data == {"count": 2, "kept": 2}


def test_a_later_import_that_stands_keeps_and_one_that_was_undone_does_not(undone, alice):
    batch = raise_barns(alice, [(1, "c"), (2, "c")])
    standing = raise_barns(alice, [(1, "u")])
    gone = raise_barns(alice, [(2, "u")])
    touch(alice, 2, change_set=gone)
    undo(change_set=gone, by=alice)
    assert standing.state == "done"
    undone.clear()
    undo(change_set=batch, by=alice)
    assert undone == [(2, "c")]
    assert kept_of(batch) == {1: "touched"}


def test_a_kind_nobody_can_take_back_is_kept_and_says_so(undone, alice, logged_in):
    batch = raise_barns(alice, [(1, "c")], kind="barns.silo")
    undo(change_set=batch, by=alice)
    assert kept_of(batch) == {1: "no_undoer"}
    page = logged_in(alice).get(f"/journal/changes/{batch.pk}/").content.decode()
    assert "Things of this kind cannot be taken back." in page


def test_it_is_undone_once_only(undone, alice):
    batch = raise_barns(alice, [(1, "c")])
    undo(change_set=batch, by=alice)
    with pytest.raises(services.CannotUndo) as no:
        undo(change_set=batch, by=alice)
    assert no.value.reason == "This has been undone already."
    assert undone == [(1, "c")]


def test_it_is_refused_when_its_time_is_over(undone, alice):
    batch = raise_barns(alice, [(1, "c")])
    ChangeSet.objects.filter(pk=batch.pk).update(undo_until=timezone.now() - timedelta(seconds=1))
    with pytest.raises(services.CannotUndo) as no:
        undo(change_set=batch, by=alice)
    assert no.value.reason == "The time in which this could be undone is over. Nothing was changed."
    assert undone == []
    assert ChangeSet.objects.get().state == "done"


def test_an_open_one_is_refused(undone, alice):
    batch = open_change_set(by=alice, verb="barns.imported")
    with pytest.raises(services.CannotUndo):
        undo(change_set=batch, by=alice)
    assert ChangeSet.objects.get().state == "open"


def test_who_may_not_is_refused_and_nothing_changes(undone, alice, bob, petra, logged_in):
    batch = raise_barns(alice, [(1, "c")])
    address = f"/journal/changes/{batch.pk}/undo/"
    for actor in (bob, petra):
        with pytest.raises(Refused):
            undo(change_set=batch, by=actor)
        assert logged_in(actor).post(address).status_code == 403
    assert logged_in(None).post(address).status_code == 302
    assert undone == []
    assert ChangeSet.objects.get().state == "done"
    own = raise_barns(bob, [(2, "c")])
    undo(change_set=own, by=bob)
    assert undone == [(2, "c")]


def test_the_page_asks_first_and_lists_what_was_kept(undone, alice, bob, logged_in):
    batch = raise_barns(alice, [(1, "c"), (2, "c")])
    touch(bob, 2)
    browser = logged_in(alice)
    asking = browser.get(f"/journal/changes/{batch.pk}/undo/")
    assert "Undo 2 changes" in asking.content.decode()
    assert undone == []
    after = browser.post(f"/journal/changes/{batch.pk}/undo/", follow=True).content.decode()
    assert "Undone, but 1 thing was kept. The list says why." in after
    assert "Changed by somebody since." in after
    kept = browser.get(f"/journal/changes/{batch.pk}/?kept=1").content.decode()
    assert "Barn 2" in kept
    assert "Barn 1" not in kept


def test_the_rows_of_a_change_set_come_by_keyset(undone, alice, logged_in):
    batch = raise_barns(alice, [(key, "c") for key in range(1, 121)])
    address = f"/journal/changes/{batch.pk}/"
    first = logged_in(alice).get(address).content.decode()
    assert first.count("/barns/") == 50
    last = Change.objects.order_by("id")[99].pk
    third = logged_in(alice).get(f"{address}?after={last}").content.decode()
    assert third.count("/barns/") == 20
    assert 'rel="next"' not in third


@pytest.mark.django_db(transaction=True)
def test_a_large_one_is_undone_in_the_background_batch_by_batch(undone, alice, bob):
    batch = raise_barns(alice, [(key, "c") for key in range(10, 1211)])
    touch(bob, 700)
    with transaction.atomic():
        job = undo(change_set=batch, by=alice)
        assert job is not None
    with pytest.raises(services.CannotUndo) as no:
        undo(change_set=batch, by=alice)
    assert no.value.reason == "This is being undone already."
    work(job.pk)
    job = Job.objects.get(pk=job.pk)
    assert (job.state, job.done, job.total) == ("done", 1201, 1201)
    assert job.result == {"change_set": str(batch.uuid), "kept": 1}
    assert [key for key, _action in undone] == [key for key in range(1210, 9, -1) if key != 700]
    assert kept_of(batch) == {700: "touched"}
    assert ChangeSet.objects.get().state == "undone"


def test_an_older_change_of_a_kept_thing_is_kept_too(undone, alice):
    batch = raise_barns(alice, [(5, "c"), (1, "c"), (5, "u")])
    step = services.undo_batch(change_set=batch, by=alice, before=None, size=2)
    assert step.kept == 1
    services.undo_batch(change_set=batch, by=alice, before=step.before, size=2)
    assert list(Change.objects.filter(key=5).values_list("kept", flat=True)) == ["in_use", "in_use"]
    assert undone == [(1, "c")]


def test_the_store_is_purged_when_the_time_is_over(undone, alice):
    old = raise_barns(alice, [(1, "c"), (2, "c")])
    raise_barns(alice, [(3, "c")])
    ChangeSet.objects.filter(pk=old.pk).update(undo_until=timezone.now() - timedelta(days=1))
    assert services.purge_changes(now=timezone.now()) == 2
    assert list(Change.objects.values_list("key", flat=True)) == [3]
