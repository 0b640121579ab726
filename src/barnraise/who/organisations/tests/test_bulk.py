"""Writing many organisations: what is there afterwards, what a second writing changes, what an undo takes back."""

from __future__ import annotations

from dataclasses import replace

import pytest
from django.core.exceptions import ValidationError

from barnraise.foundation.refs import Ref
from barnraise.plumbing.journal.models import Change, Entry
from barnraise.plumbing.journal.selectors import timeline
from barnraise.plumbing.journal.services import close_change_set, open_change_set
from barnraise.plumbing.journal.services.undo import undo
from barnraise.who.communities.services import keep_postcodes, register_community
from barnraise.who.organisations.documents import (
    Contact,
    Id,
    Name,
    OrganisationDocument,
    Place,
    SectorCode,
)
from barnraise.who.organisations.models import FactSource, Organisation
from barnraise.who.organisations.selectors import documents, snapshot
from barnraise.who.organisations.services import change_organisation, remove_many, source_of, write_many

PANTRY = OrganisationDocument(
    name="Mill Street Pantry",
    kind="nonprofit",
    mission="Food for every door.",
    income_amount=1_250_000,
    income_currency="USD",
    income_year=2025,
    facts=(("irs.ruling", "200304"),),
    names=(Name("legal", "Mill Street Food Pantry Inc"),),
    identifiers=(Id("EIN", "001234567"),),
    sectors=(SectorCode("NTEE", "K31"),),
    addresses=(Place(lines="1 Mill Street", city="Riverbend", region="OH", postcode="43001", country="US"),),
    contacts=(Contact("email", "hello@pantry.example"),),
    tags=("Food",),
)


@pytest.fixture
def register(db):
    return source_of(kind="register", reference="test", name="Test register")


def _write(documents, by, register, **options):
    change_set = open_change_set(by=by, verb="organisations.wrote_many")
    written = write_many(documents, by=by, source=register, change_set=change_set, **options)
    close_change_set(change_set=change_set)
    return written, change_set


def test_all_parts_are_written_and_read_back_equal(alice, register):
    other = replace(PANTRY, name="Grange", identifiers=(), tags=("Farm", "food"), mission="")
    written, _ = _write([PANTRY, other], alice, register)
    assert len(written.created) == 2
    read = documents(written.keys)
    assert read[written.keys[0]] == replace(PANTRY, key=written.keys[0])
    assert read[written.keys[1]].tags == ("Farm", "Food")
    row = Organisation.objects.get(pk=written.keys[0])
    assert (row.city, row.region, row.country, row.lat) == ("Riverbend", "OH", "US", None)


def test_the_same_documents_again_change_nothing(alice, register):
    first, _ = _write([PANTRY], alice, register)
    before = snapshot(first.keys)
    second, change_set = _write([replace(PANTRY, key=first.keys[0], tags=("FOOD",))], alice, register)
    assert (second.created, second.updated, second.unchanged) == ([], [], first.keys)
    assert snapshot(first.keys) == before
    assert Change.objects.filter(change_set=change_set).count() == 0


def test_an_update_is_kept_field_by_field_and_undone(alice, register):
    first, _ = _write([PANTRY, replace(PANTRY, name="Other", identifiers=())], alice, register)
    key = first.keys[0]
    before = documents(first.keys)
    after = replace(before[key], name="Mill Street Food Bank", sectors=(), tags=())
    written, change_set = _write([after], alice, register)
    assert written.updated == [key]
    assert written.changes[key] == {
        "name": ("Mill Street Pantry", "Mill Street Food Bank"),
        "sectors": ([{"scheme": "NTEE", "code": "K31"}], []),
        "tags": (["Food"], []),
    }
    assert documents(first.keys)[key] == after
    undo(change_set=change_set, by=alice)
    assert documents(first.keys) == before
    assert FactSource.objects.count() == 0


def test_an_undone_creation_leaves_no_row_and_keeps_what_a_person_changed(alice, bob, register):
    written, change_set = _write([PANTRY, replace(PANTRY, name="Kept", identifiers=())], alice, register)
    kept = Organisation.objects.get(pk=written.keys[1])
    change_organisation(kept, by=bob, mission="By hand")
    undo(change_set=change_set, by=alice)
    assert list(Organisation.objects.values_list("name", "mission")) == [("Kept", "By hand")]
    assert FactSource.objects.get().field == "mission"
    assert not any(Organisation.objects.filter(pk=written.keys[0]))


def test_branches_created_together_are_undone_together(alice, register):
    top, change_set = _write([PANTRY], alice, register)
    branch = write_many(
        [replace(PANTRY, name="East", identifiers=(), parent=top.keys[0])],
        by=alice,
        source=register,
        change_set=change_set,
    )
    assert branch.created
    undo(change_set=change_set, by=alice)
    assert Organisation.objects.count() == 0


def test_removed_ones_come_back_as_they_were(alice, register):
    written, _ = _write([PANTRY], alice, register)
    before = snapshot(written.keys)
    change_set = open_change_set(by=alice, verb="organisations.removed_many")
    assert remove_many(written.keys, by=alice, change_set=change_set) == {}
    close_change_set(change_set=change_set)
    assert Organisation.objects.count() == 0
    undo(change_set=change_set, by=alice)
    after = snapshot(written.keys)
    del before[written.keys[0]]["updated_at"], after[written.keys[0]]["updated_at"]
    assert after == before


def test_an_identifier_of_another_is_refused_and_nothing_is_written(alice, register):
    _write([PANTRY], alice, register)
    before = (Organisation.objects.count(), Entry.objects.count())
    with pytest.raises(ValidationError) as no:
        write_many(
            [replace(PANTRY, name="New", identifiers=()), replace(PANTRY, name="Second of its number")],
            by=alice,
            source=register,
            change_set=None,
        )
    assert no.value.message_dict == {"identifiers": ["EIN 001234567 belongs to Mill Street Pantry already."]}
    assert (Organisation.objects.count(), Entry.objects.count()) == before


def test_a_common_name_never_merges(alice, register):
    written, _ = _write([replace(PANTRY, identifiers=()), replace(PANTRY, identifiers=())], alice, register)
    assert len(set(written.keys)) == 2


def test_a_circle_of_parents_is_refused(alice, register):
    top = write_many([replace(PANTRY, identifiers=())], by=alice, source=register, change_set=None).keys[0]
    middle = write_many(
        [replace(PANTRY, identifiers=(), parent=top)], by=alice, source=register, change_set=None
    ).keys[0]
    with pytest.raises(ValidationError) as no:
        change_organisation(Organisation.objects.get(pk=top), by=alice, parent=middle)
    assert list(no.value.message_dict) == ["parent"]
    assert Organisation.objects.get(pk=top).parent_id is None


def test_a_postcode_places_it_approximately(alice, register):
    keep_postcodes([("US", "43001", 40.0, -82.6)])
    key = write_many([PANTRY], by=alice, source=register, change_set=None).keys[0]
    row = Organisation.objects.get(pk=key)
    assert (row.lat, row.lon, row.is_approximate) == (40.0, -82.6, True)
    assert documents([key])[key].addresses[0].lat is None


def test_the_timeline_tells_of_the_batch(alice, register):
    written, _ = _write([PANTRY], alice, register)
    change_organisation(Organisation.objects.get(pk=written.keys[0]), by=alice, name="Renamed")
    told = timeline(Ref("organisations", "organisation", written.keys[0]), actor=alice)
    assert [entry.verb for entry in told.entries] == ["organisations.changed"]


def test_communities_served_are_kept(alice, register):
    place = register_community(name="Old Mill", by=alice)
    key = write_many(
        [replace(PANTRY, communities=(place.pk,))], by=alice, source=register, change_set=None
    ).keys[0]
    assert documents([key])[key].communities == (place.pk,)
    again = write_many([documents([key])[key]], by=alice, source=register, change_set=None)
    assert again.unchanged == [key]
