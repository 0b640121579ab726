"""Identifiers of communities: written as registers write them, unique, found by search, kept by undo."""

from __future__ import annotations

import pytest
from django.core.exceptions import ValidationError
from django.urls import reverse

from barnraise.plumbing.journal.services import close_change_set, open_change_set, undo
from barnraise.plumbing.search import selectors as search
from barnraise.who.communities import areas, services
from barnraise.who.communities.identifiers import IdentifierError, normalise
from barnraise.who.communities.models import Community, Figure, Identifier

WRITTEN = {
    ("fips", "06037"): ("FIPS", "06037"),
    ("FIPS", "6037"): ("FIPS", "06037"),
    ("GEOID", "0500000US06037"): ("FIPS", "06037"),
    ("GEOID", "3967468"): ("GEOID", "3967468"),
    ("GEOID", "1400000US39089750100"): ("GEOID", "39089750100"),
    ("ONS", "e08000035"): ("ONS", "E08000035"),
    ("ZCTA", "2139"): ("ZCTA", "02139"),
    ("OWN", " N 12 "): ("OWN", "N 12"),
    ("SS", "070"): ("SS", "070"),
}


@pytest.mark.parametrize("given", WRITTEN)
def test_a_code_has_one_form(given):
    assert normalise(*given) == WRITTEN[given]


@pytest.mark.parametrize(
    "given",
    [
        ("FIPS", "39"),
        ("FIPS", "390891"),
        ("FIPS", "abcde"),
        ("ONS", "12345678"),
        ("ONS", ""),
        ("A B", "1"),
        ("GEOID", "12"),
    ],
)
def test_a_code_of_another_shape_is_refused(given):
    with pytest.raises(IdentifierError):
        normalise(*given)


def test_areas_around_follow_from_codes():
    assert areas.around([("FIPS", "39089")]) == ["US-OH", "US"]
    assert areas.around([("ZCTA", "43023")]) == ["US"]
    assert areas.around([("ONS", "W06000015")]) == ["GB-WLS", "GB"]
    assert areas.around([("OWN", "39089")]) == []
    assert [areas.area_of_fips(code) for code in ("00", "00000", "39", "39000", "39089", "99000")] == [
        "US", "US", "US-OH", "US-OH", None, None,
    ]  # fmt: skip


@pytest.mark.django_db
def test_identifiers_are_typed_one_a_line_and_belong_to_one_community(bob, logged_in):
    client = logged_in(bob)
    given = {"name": "Willow County", "kind": "county", "identifiers": "FIPS 39089\nown: W-1"}
    assert client.post(reverse("communities:create"), given).status_code == 302
    row = Community.objects.get()
    assert sorted(map(str, row.identifiers.all())) == ["FIPS 39089", "OWN W-1"]
    assert "39089" in client.get(row.get_absolute_url()).content.decode()
    again = client.post(
        reverse("communities:create"), {"name": "Licking", "kind": "county", "identifiers": "FIPS 39089"}
    )
    assert again.status_code == 422
    assert "is the identifier of Willow County already" in again.content.decode()
    bad = client.post(
        reverse("communities:create"), {"name": "Licking", "kind": "county", "identifiers": "FIPS 39"}
    )
    assert (bad.status_code, Community.objects.count()) == (422, 1)
    form = client.get(reverse("communities:change", args=[row.uuid])).context["form"]
    assert form.initial["identifiers"] == "FIPS 39089\nOWN W-1"
    services.change_community(row, identifiers=[("FIPS", "39089")], by=bob)
    assert list(map(str, row.identifiers.all())) == ["FIPS 39089"]


@pytest.mark.django_db
def test_a_community_is_found_by_its_code(bob):
    row = services.register_community(
        name="Willow County", kind="county", identifiers=[("FIPS", "39089")], by=bob
    )
    assert [hit.ref.id for hit in search.find("39089", actor=bob, limit=5)] == [row.pk]


@pytest.mark.django_db
def test_a_removed_community_comes_back_with_codes_and_figures(alice):
    from barnraise.foundation.periods import parse

    row = services.register_community(name="Willow", identifiers=[("FIPS", "39089")], by=alice)
    measure = services.add_measure(publisher="Office", name="Rate", by=alice)
    services.add_figure(row, measure=measure, period=parse("2023"), value=3, source="Office", by=alice)
    change_set = open_change_set(by=alice, verb="communities.removed")
    services.remove_community(row, by=alice, change_set=change_set)
    close_change_set(change_set=change_set)
    assert (Identifier.objects.count(), Figure.objects.count()) == (0, 0)
    undo(change_set=change_set, by=alice)
    assert [str(one) for one in Identifier.objects.all()] == ["FIPS 39089"]
    assert [(one.community_id, one.value) for one in Figure.objects.all()] == [(row.pk, 3)]


@pytest.mark.django_db
def test_one_identifier_more_is_added_once(alice):
    row = services.register_community(name="Willow", by=alice)
    other = services.register_community(name="Oak", by=alice)
    services.add_identifier(row, scheme="FIPS", value="39089", by=alice)
    services.add_identifier(row, scheme="FIPS", value="39089", by=alice)
    with pytest.raises(ValidationError, match="identifier of Willow already"):
        services.add_identifier(other, scheme="GEOID", value="0500000US39089", by=alice)
    assert [str(one) for one in Identifier.objects.all()] == ["FIPS 39089"]
