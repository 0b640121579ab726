"""How many partners work in a field is counted anew once that changes."""

from __future__ import annotations

import pytest

from barnraise.nowwhat.discovery.selectors.crowding import fields_of_partners
from barnraise.who.organisations.documents import OrganisationDocument, SectorCode
from barnraise.who.organisations.services import register_organisation
from barnraise.who.partnerships.services import begin_partnership, move_stage

pytestmark = pytest.mark.django_db


def test_one_partner_more_and_one_less_are_counted_at_once(alice):
    pantry, kitchen = (
        register_organisation(OrganisationDocument(name=name, sectors=(SectorCode("NTEE", "K31"),)), by=alice)
        for name in ("Pantry", "Kitchen")
    )
    assert fields_of_partners() == {}
    begun = begin_partnership(pantry, by=alice, stage="active")
    assert fields_of_partners() == {("NTEE", "K"): 1}
    begin_partnership(kitchen, by=alice, stage="active")
    assert fields_of_partners() == {("NTEE", "K"): 2}
    move_stage(begun, by=alice, stage="ended", reason="They moved away")
    assert fields_of_partners() == {("NTEE", "K"): 1}
