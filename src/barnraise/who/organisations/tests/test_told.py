"""What imports and bulk actions did to an organisation is told field by field, before and after."""

from __future__ import annotations

import re

import pytest

from barnraise.foundation.refs import Ref
from barnraise.plumbing.journal.models import ChangeSet
from barnraise.plumbing.journal.selectors import timeline
from barnraise.plumbing.journal.services import close_change_set, open_change_set
from barnraise.plumbing.ui.sockets import sample
from barnraise.who.communities.services import register_community
from barnraise.who.organisations.models import Organisation
from barnraise.who.organisations.services import close_together, serve_together, tag_together

from .importing import bmf, bmf_row, command


@pytest.fixture
def oak(tmp_path, capsys, db):
    """An organisation of a register whose later edition changed four things."""
    march = {"INCOME_AMT": "281502", "STREET": "1 MAIN ST"}
    command(capsys, "import", bmf(tmp_path / "march.csv", bmf_row("012345678", "Oak", **march)))
    april = {"INCOME_AMT": "290394", "STREET": "9 ELM ST", "TAX_PERIOD": "202512"}
    command(capsys, "import", bmf(tmp_path / "april.csv", bmf_row("012345678", "Oak", **april)))
    return Organisation.objects.get()


def rows(row: Organisation, actor) -> list[list[tuple[str, str, str]]]:
    found = timeline(Ref.to(row), actor=actor).entries
    return [[(one.field, one.before, one.after) for one in entry.rows] for entry in found]


def test_the_timeline_says_what_an_import_changed(oak, alice):
    assert rows(oak, alice) == [
        [
            ("yearly income", "281,502.00", "290,394.00"),
            ("year of the income", "2024", "2025"),
            ("Facts of the register: INCOME_AMT", "281502", "290394"),
            ("Facts of the register: TAX_PERIOD", "202412", "202512"),
            ("Addresses", "1 MAIN ST, CASPER, WY, 82601-0001, US", "9 ELM ST, CASPER, WY, 82601-0001, US"),
        ],
        [],
    ]


def test_the_page_of_a_bulk_action_says_what_it_changed(oak, alice, logged_in):
    mill = register_community(name="Old Mill", by=alice)
    everything = Organisation.objects.all()
    for verb, act in (
        ("organisations.tagged_many", lambda one: tag_together(everything, names=["Food"], by=alice, change_set=one)),
        ("organisations.served_many", lambda one: serve_together(everything, community=mill.pk, by=alice, change_set=one)),
        ("organisations.closed_many", lambda one: close_together(everything, by=alice, change_set=one)),
    ):  # fmt: skip
        change_set = open_change_set(by=alice, verb=verb)
        act(change_set)
        close_change_set(change_set=change_set)
    said = []
    for change_set in ChangeSet.objects.order_by("-pk")[:3]:
        page = logged_in(alice).get(f"/journal/changes/{change_set.pk}/").content.decode()
        found = re.search(r'<dl class="before-after">(.*?)</dl>', page, re.DOTALL)
        assert found is not None
        said.append(" ".join(re.sub(r"<svg.*?</svg>|<[^>]+>", " ", found[1], flags=re.DOTALL).split()))
    assert said[0].startswith("status Active then Closed")
    assert said[1:] == ["Communities served Old Mill", "Tags Food"]


def test_organisations_of_the_sample_town_say_where_they_come_from(ada):
    sample.get("communities").load(by=ada)
    sample.get("organisations").load(by=ada)
    row = Organisation.objects.filter(is_own=False).order_by("-pk")[0]
    (entry,) = timeline(Ref.to(row), actor=ada).entries
    assert entry.plain == "Ada added 3 organisations"
