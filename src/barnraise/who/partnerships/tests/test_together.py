"""Many partnerships are tagged and given to somebody in one go, over all that match, and taken back."""

from __future__ import annotations

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils import timezone

from barnraise.foundation.refs import Ref
from barnraise.plumbing.files.models import File
from barnraise.plumbing.files.services import keep
from barnraise.plumbing.journal.models import Change, ChangeSet
from barnraise.plumbing.tags.selectors import names_of
from barnraise.who.partnerships import jobs
from barnraise.who.partnerships.models import Partnership, Rating, StageChange
from barnraise.who.partnerships.selectors import KIND
from barnraise.who.partnerships.services import begin_partnership, change_partnership, rate
from barnraise.who.people.documents import PersonDocument
from barnraise.who.people.services import erase_person, merge_people, register_person

pytestmark = pytest.mark.django_db
PAGE = "/who/partnerships/"


def undone(browser):
    browser.post(f"/journal/changes/{ChangeSet.objects.latest('pk').pk}/undo/")


def tags():
    return sorted(
        name
        for some in names_of(KIND, [row.pk for row in Partnership.objects.all()]).values()
        for _, name in some
    )


def test_tagged_assigned_and_taken_back(pantry, library, pastor, alice, bob, logged_in):
    first, second, third = (begin_partnership(one, by=alice) for one in (pantry, library, pastor))
    sent = {"action": "tag", "all": "1", "query": "with=1", "answered": "1"}
    assert logged_in(bob).post(PAGE, {**sent, "names": "Food"}).status_code == 403
    browser = logged_in(alice)
    assert "Write one tag at least." in browser.post(PAGE, {**sent, "names": " , "}).content.decode()
    assert tags() == []
    browser.post(PAGE, {**sent, "names": "Food, Board"})
    assert tags() == ["Board", "Board", "Food", "Food"]
    tag = names_of(KIND, [first.pk])[first.pk][0][0]
    shown = browser.get(f"{PAGE}?tag={tag}").content.decode()
    assert ("Oak Hill Pantry" in shown, "Sol Ruiz" in shown) == (True, False)
    assert "Board" in browser.get(first.get_absolute_url()).content.decode()
    lines = browser.get(f"{PAGE}?tag={tag}&export=csv").getvalue().decode("utf-8-sig").splitlines()
    assert len(lines) == 3
    browser.post(PAGE, {"action": "untag", "key": [first.pk], "answered": "1", "names": "board"})
    assert tags() == ["Board", "Food", "Food"]
    undone(browser)
    assert tags() == ["Board", "Board", "Food", "Food"]
    own = {"action": "own", "all": "1", "query": "", "answered": "1", "owner": bob.pk}
    browser.post(PAGE, own)
    assert set(Partnership.objects.values_list("owner", flat=True)) == {bob.pk}
    change_partnership(third, by=bob, owner=alice)
    undone(browser)
    assert dict(Partnership.objects.values_list("pk", "owner")) == {
        first.pk: None,
        second.pk: None,
        third.pk: alice.pk,
    }
    assert Change.objects.exclude(kept="").get().kept == "touched"


def test_removed_by_mistake_comes_back_unless_the_partner_was_erased(pastor, pantry, alice, logged_in):
    browser = logged_in(alice)
    made = begin_partnership(pastor, by=alice, stage="active", about="Choir")
    rate(made, by=alice, influence=3, interest=4)
    browser.post(PAGE, {"action": "tag", "key": [made.pk], "answered": "1", "names": "Food"})
    letter = keep(SimpleUploadedFile("letter.txt", b"We agree."), by=alice, about=Ref.to(made))
    browser.post(f"{made.get_absolute_url()}remove/")
    assert not StageChange.objects.exists()
    assert not names_of(KIND, [made.pk])[made.pk]
    jobs.sweep(now=timezone.now())
    undone(browser)
    assert [name for _key, name in names_of(KIND, [made.pk])[made.pk]] == ["Food"]
    assert File.objects.get().path == letter.path
    assert letter.path.read_bytes() == b"We agree."
    back = Partnership.objects.get()
    assert (back.uuid, back.about, back.stages.get().stage, Rating.objects.get().partnership) == (
        made.uuid,
        "Choir",
        "active",
        back,
    )
    browser.post(f"{made.get_absolute_url()}remove/")
    erase_person(pastor, by=alice)
    assert not Change.objects.filter(kind=KIND).exclude(change_set__state="undone").exists()
    undone(browser)
    assert not Partnership.objects.exists()
    assert not names_of(KIND, [made.pk])[made.pk]
    jobs.sweep(now=timezone.now())
    assert not File.objects.exists()


def test_tags_follow_a_merge_and_its_undo(pastor, alice, logged_in):
    browser = logged_in(alice)
    twin = register_person(PersonDocument(given_name="Soledad", family_name="Ruiz"), by=alice)
    stays, goes = begin_partnership(pastor, by=alice), begin_partnership(twin, by=alice)
    browser.post(PAGE, {"action": "tag", "key": [goes.pk], "answered": "1", "names": "Food"})
    merge_people(keep=pastor, absorb=twin, by=alice)
    assert [name for _key, name in names_of(KIND, [stays.pk])[stays.pk]] == ["Food"]
    undone(browser)
    assert [name for _key, name in names_of(KIND, [goes.pk])[goes.pk]] == ["Food"]
