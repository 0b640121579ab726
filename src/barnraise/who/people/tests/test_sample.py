"""The sample town's people: coherent, in both languages, there once and gone without a trace."""

from __future__ import annotations

import pytest
from django.utils import timezone

from barnraise.config.sample_town import change_whole_town
from barnraise.plumbing.tags.models import Tag
from barnraise.who.people.documents import PersonDocument
from barnraise.who.people.faults import faults
from barnraise.who.people.models import Leadership, Person, Role
from barnraise.who.people.selectors import documents, duplicates, terms_ending
from barnraise.who.people.services import register_person

pytestmark = pytest.mark.django_db


def test_four_hundred_people_with_roles_over_time_and_twenty_five_leaders(sample_town):
    counted = sample_town.counts
    assert sample_town.seconds < 60
    assert (counted["people"], counted["leaders"]) == (Person.objects.count(), 25)
    assert 380 <= counted["people"] <= 420
    assert counted["roles"] == Role.objects.count() > 280
    assert Role.objects.filter(ended_on__lt=timezone.localdate()).count() > 40
    assert Role.objects.values("organisation_id").distinct().count() >= 57
    assert set(Leadership.objects.values_list("kind", flat=True)) == set(Leadership.Kind.values)
    assert len(terms_ending(timezone.localdate())) == 5
    assert Person.objects.filter(language="es").count() > 40
    said = documents(list(Person.objects.values_list("pk", flat=True)))
    assert [(one.display_name, no) for one in said.values() for no in faults(one)] == []
    assert len({one.display_name for one in said.values()}) == len(said)
    shared = [c.value for one in said.values() for c in one.contacts if c.value.endswith("@home.example.org")]
    assert len(shared) == 2 * len(set(shared)) > 30
    assert duplicates() == []
    assert set(change_whole_town("add").values()) == {0}


def test_it_goes_and_what_is_real_stays(sample_town, ada):
    real = register_person(PersonDocument(given_name="Real", tags=("Mine",)), by=ada)
    removed = change_whole_town("remove")
    assert removed["people"] > 380
    assert list(Person.objects.all()) == [real]
    assert list(Tag.objects.values_list("name", flat=True)) == ["Mine"]
