"""Choosing one of what another room has: from a list while there are few, by its name once there are many."""

from __future__ import annotations

from datetime import UTC, datetime
from zoneinfo import ZoneInfo

import pytest
from django import forms
from django.http import QueryDict
from django.utils import timezone

from barnraise.plumbing.links.models import ShortLink
from barnraise.plumbing.ui import picking
from barnraise.plumbing.ui.forms import Form
from barnraise.plumbing.ui.lists import BadFilter, InstantFilter, PickFilter

pytestmark = pytest.mark.django_db


class LinkForm(Form):
    """One short link."""

    link = forms.ModelChoiceField(ShortLink.objects.none(), required=False)

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        picking.offer(self, "link", ShortLink.objects.all(), title="title", folded="code")


@pytest.fixture
def links():
    """Three of them."""
    return [
        ShortLink.objects.create(code=code, title=title, target="/")
        for code, title in (("elm", "Elm"), ("elmwood", "Elmwood"), ("oak", "Oak"))
    ]


@pytest.fixture
def many(monkeypatch):
    """Two are many."""
    monkeypatch.setattr(picking, "OFFERED", 2)
    monkeypatch.setattr("barnraise.plumbing.ui.lists.picking.OFFERED", 2)


def picked(said):
    filter_ = PickFilter("link", "Link", field="pk", rows=ShortLink.objects.all, title="title", folded="code")
    params = QueryDict(f"link={said}")
    value = filter_.read(params)
    rows = filter_.narrow(ShortLink.objects.order_by("pk"), value)
    return [row.code for row in rows], str(filter_.words(value)), str(filter_.widget(params))


def test_few_are_offered_in_a_list(links):
    codes, words, widget = picked(links[0].pk)
    assert (codes, words) == (["elm"], "Elm")
    assert f'<option value="{links[0].pk}" selected translate="no">Elm</option>' in widget
    assert isinstance(LinkForm().fields["link"], forms.ModelChoiceField)
    form = LinkForm({"link": str(links[2].pk)})
    assert form.is_valid()
    assert form.cleaned_data["link"] == links[2]


def test_many_are_found_by_name(links, many):
    codes, words, widget = picked(links[0].pk)
    assert (codes, words) == (["elm"], "Elm")
    assert 'value="Elm"' in widget
    assert "<option" not in widget
    assert picked("Elm")[0] == ["elm"]
    assert picked("lm")[0] == ["elm", "elmwood"]
    with pytest.raises(BadFilter, match="“ash” is not one of the choices of Link"):
        picked("ash")
    with pytest.raises(BadFilter, match="“999999” is not"):
        picked("999999")


def test_a_form_takes_the_name_of_one(links, many):
    for said, found in (("Elm", links[0]), ("wood", links[1]), (str(links[2].pk), links[2]), ("", None)):
        form = LinkForm({"link": said})
        assert form.is_valid(), form.errors
        assert form.cleaned_data["link"] == found
    for said, reason in (("lm", "Several hold these words"), ("ash", "There is none of this name")):
        form = LinkForm({"link": said})
        assert not form.is_valid()
        assert reason in str(form.errors["link"])
    assert 'value="Oak"' in str(LinkForm(initial={"link": links[2].pk})["link"])
    assert 'value="Elm"' in str(LinkForm(initial={"link": links[0]})["link"])


def test_days_of_an_instant_are_whole_days_in_the_zone_of_the_house(links):
    at = {"elm": "2026-03-01T04:59", "elmwood": "2026-03-01T05:00", "oak": "2026-04-01T03:59"}
    for row in links:
        moment = datetime.fromisoformat(at[row.code]).replace(tzinfo=UTC)
        ShortLink.objects.filter(pk=row.pk).update(created_at=moment)
    filter_ = InstantFilter("day", "Day", field="created_at")

    def found(said):
        with timezone.override(ZoneInfo("America/New_York")):
            return [
                row.code
                for row in filter_.narrow(ShortLink.objects.order_by("pk"), filter_.read(QueryDict(said)))
            ]

    assert found("day_from=2026-03-01") == ["elmwood", "oak"]
    assert found("day_to=2026-02-28") == ["elm"]
    assert found("day_from=2026-03-01&day_to=2026-03-31") == ["elmwood", "oak"]
    assert found("day_to=2026-03-30") == ["elm", "elmwood"]
