"""A small register of organisations around a town that needs food."""

from __future__ import annotations

import pytest

from barnraise.who.organisations.documents import OrganisationDocument, Place, SectorCode
from barnraise.who.organisations.exchanges import ExchangeDocument
from barnraise.who.organisations.services import register_exchange, register_organisation, set_own
from barnraise.why.needs.services import add_need

HERE = (40.0, -82.0)


def body(by, name, code="", at=HERE, **said):
    """An organisation of the register: an NTEE code, coordinates or None."""
    place = Place(city="Riverbend", lat=at[0], lon=at[1]) if at else Place(city="Riverbend")
    sectors = (SectorCode("NTEE", code),) if code else ()
    return register_organisation(
        OrganisationDocument(name=name, addresses=(place,), sectors=sectors, **said), by=by
    )


@pytest.fixture
def town(alice):
    """We ask for a van; families lack fresh food; the register knows a food bank, a pantry far away, a museum, one without coordinates."""
    us = body(alice, "Riverbend Together")
    set_own(us, by=alice)
    register_exchange(us, ExchangeDocument("seeks", "in_kind", "A van for deliveries"), by=alice)
    need = add_need(title="Families lack fresh food", by=alice)
    bank = body(alice, "Licking Food Bank", "K31", kind="nonprofit")
    register_exchange(bank, ExchangeDocument("gives", "in_kind", "Our delivery van"), by=alice)
    return {
        "us": us,
        "need": need,
        "bank": bank,
        "far": body(alice, "Coast Food Pantry", "K30", at=(40.9, -82.0), kind="nonprofit"),
        "lost": body(alice, "Fresh Bread", "K30", at=None, kind="business"),
        "museum": body(alice, "Clay Museum", "A50"),
    }
