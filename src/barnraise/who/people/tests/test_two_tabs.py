"""A form that stood open does not write over what somebody else changed since, whichever noun it is of."""

from __future__ import annotations

import re

import pytest
from django.urls import reverse

from barnraise.who.communities.services import register_community
from barnraise.who.organisations.documents import OrganisationDocument
from barnraise.who.organisations.services import register_organisation
from barnraise.who.people.documents import PersonDocument
from barnraise.who.people.services import register_person

MADE = {
    "organisations": ("name", lambda by: register_organisation(OrganisationDocument(name="Oak"), by=by)),
    "people": ("display_name", lambda by: register_person(PersonDocument(display_name="Oak"), by=by)),
    "communities": ("name", lambda by: register_community(name="Oak", by=by)),
}


def _given(page):
    """What a browser would send of this form."""
    sent = {}
    for tag in re.findall(r"<input[^>]*>", page.split("<main")[1]):
        told = dict(re.findall(r'(\w+)="([^"]*)"', tag))
        kind = told.get("type", "text")
        if "name" in told and (kind not in {"checkbox", "radio", "file"} or " checked" in tag):
            sent[told["name"]] = told.get("value", "")
    for name, text in re.findall(r'<textarea[^>]*name="([^"]+)"[^>]*>\s*([^<]*)', page):
        sent[name] = text
    for name, options in re.findall(r'<select[^>]*name="([^"]+)"[^>]*>(.*?)</select>', page, re.S):
        chosen = re.search(r'value="([^"]*)" selected', options)
        sent[name] = chosen[1] if chosen else ""
    return sent


@pytest.mark.django_db
@pytest.mark.parametrize("noun", MADE)
def test_the_second_of_two_tabs_is_told_and_loses_nothing(noun, logged_in, alice, bob):
    field, make = MADE[noun]
    row = make(alice)
    url = reverse(f"{noun}:change", args=[row.uuid])
    mine, theirs = logged_in(alice), logged_in(bob)
    open_here, open_there = (_given(one.get(url).content.decode()) for one in (mine, theirs))
    assert theirs.post(url, {**open_there, field: "Bob's"}).status_code == 302
    late = mine.post(url, {**open_here, field: "Alice's"})
    assert late.status_code == 422
    said = late.content.decode()
    assert "Somebody changed this while you had it open" in said
    row.refresh_from_db()
    assert str(row) == "Bob's"
    again = _given(said)
    assert again[field] == "Alice&#x27;s"
    assert mine.post(url, {**again, field: "Alice's"}).status_code == 302
    row.refresh_from_db()
    assert str(row) == "Alice's"
