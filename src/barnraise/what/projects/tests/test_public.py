"""People apply for a role on its own page; the team answers, and whoever is matched is in the directory."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.core.cache import cache
from django.test import Client
from django.utils import timezone

from barnraise.foundation.refs import Ref
from barnraise.plumbing.journal.models import Entry
from barnraise.plumbing.mail.models import Message
from barnraise.plumbing.search.selectors import find
from barnraise.what.projects import jobs
from barnraise.what.projects.models import Placement
from barnraise.what.projects.services import (
    apply,
    change_part,
    forget_declined,
    let_go,
    move_placement,
    set_state,
)
from barnraise.who.people.documents import PersonDocument, Reach
from barnraise.who.people.models import Person
from barnraise.who.people.services import register_person

pytestmark = pytest.mark.django_db
DAN = {"name": "Dan Fir", "email": "DAN@example.org", "said": "I can cook <b>rice</b>."}


@pytest.fixture(autouse=True)
def _fresh_limits():
    cache.clear()


@pytest.fixture
def page(helper, alice):
    """The address of the opening's page."""
    change_part("openings", helper, is_public=True, about="Cook with us.", places=2, by=alice)
    helper.refresh_from_db()
    return f"/what/projects/openings/at/{helper.uuid}/"


def test_a_stranger_applies_is_told_and_answered(page, helper, alice, logged_in):
    browser = Client()
    shown = browser.get(page).content.decode()
    assert "Cook with us." in shown
    assert "Kitchens" in shown
    answer = browser.post(page, {**DAN, "email": ""})
    assert answer.status_code == 422
    assert Placement.objects.count() == 0
    thanks = browser.post(page, DAN)
    assert "Thank you for applying." in thanks.content.decode()
    row = Placement.objects.get()
    assert (row.person, row.name, row.email, row.state) == (None, "Dan Fir", "dan@example.org", "applied")
    mail = Message.objects.get()
    assert (mail.to_address, mail.body.subject) == (
        "dan@example.org",
        "We have your application: Kitchen helper",
    )
    assert not Person.objects.filter(name_folded="dan fir").exists()
    again = browser.post(page, DAN)
    assert again.status_code == 422
    assert "You have applied already." in again.content.decode()
    browser.post(page, {**DAN, "name": "Robot", "website": "https://example.org"})
    assert (Placement.objects.count(), Message.objects.count()) == (1, 1)
    team = logged_in(alice).get(f"/what/projects/openings/{helper.uuid}/").content.decode()
    assert "I can cook &lt;b&gt;rice&lt;/b&gt;." in team
    assert page in team
    assert "Dan Fir" in logged_in(alice).get("/what/projects/placements/").content.decode()
    move_placement(row, state="matched", by=alice)
    row.refresh_from_db()
    dan = Person.objects.get(name_folded="dan fir")
    assert (row.person, row.name, row.email, dan.kind) == (dan, "", "", "volunteer")
    assert list(dan.contacts.values_list("value", flat=True)) == ["dan@example.org"]
    let_go(Ref.to(dan), by=alice)
    row.refresh_from_db()
    assert (row.person, row.said, str(row)) == (None, "", "erased")


def test_whoever_is_known_is_recognised_and_applies_once(page, helper, alice):
    contacts = (Reach("email", "ana@example.org"),)
    ana = register_person(PersonDocument(display_name="Ana Ruiz", contacts=contacts), by=alice)
    browser = Client()
    browser.post(page, {"name": "ana ruiz", "email": "ana@example.org"})
    row = Placement.objects.get()
    assert (row.person, row.name, row.email) == (ana, "", "")
    assert browser.post(page, {"name": "Ana Ruiz", "email": "ana@example.org"}).status_code == 422
    with pytest.raises(Exception, match="applied or are in it already"):
        apply(helper, person=ana, by=alice)
    assert Placement.objects.count() == 1


def test_a_closed_page_takes_nobody_and_others_have_none(page, helper, kitchens, alice):
    browser = Client()
    change_part("openings", helper, closes_on=timezone.localdate() - timedelta(days=1), by=alice)
    assert "This opening is closed." in browser.get(page).content.decode()
    assert browser.post(page, DAN).status_code == 422
    change_part("openings", helper, closes_on=None, by=alice)
    set_state(kitchens, state="running", by=alice)
    set_state(kitchens, state="stopped", reason="No money", by=alice)
    assert browser.post(page, DAN).status_code == 422
    change_part("openings", helper, is_public=False, by=alice)
    assert browser.get(page).status_code in (302, 404)
    assert (Placement.objects.count(), Message.objects.count()) == (0, 0)


def test_who_was_not_taken_is_forgotten_when_the_term_of_the_opening_is_over(page, helper, people, alice):
    Client().post(page, DAN)
    known = apply(helper, person=people[0], by=alice)
    Placement.objects.filter(pk=known.pk).update(said="My words")
    stays = apply(helper, person=people[1], by=alice)
    dan = Placement.objects.get(name="Dan Fir")
    for row in (dan, known):
        move_placement(row, state="declined", by=alice)
    change_part("openings", helper, forget_after_days=30, by=alice)
    assert forget_declined(now=timezone.now() + timedelta(days=29)) == 0
    assert [hit.ref.id for hit in find("Dan Fir", actor=alice, kinds=["projects.placement"])] == [dan.pk]
    jobs.forget(now=timezone.now() + timedelta(days=31))
    assert set(Placement.objects.values_list("pk", "said")) == {(known.pk, ""), (stays.pk, "")}
    assert not find("Dan Fir", actor=alice, kinds=["projects.placement"])
    entry = Entry.objects.get(verb="projects.forgotten")
    assert "Dan" not in str(entry.data), "nobody's name stands there"
    assert (entry.data["count"], entry.data["name"]) == (1, "Kitchen helper")
