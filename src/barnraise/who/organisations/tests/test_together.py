"""Bulk actions change all, can be undone, and say how many; parent trees never close a circle."""

from __future__ import annotations

import pytest
from django.core.exceptions import ValidationError
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from hypothesis.extra.django import TestCase

from barnraise.plumbing.journal.services import close_change_set, open_change_set
from barnraise.plumbing.journal.services.undo import undo
from barnraise.who.organisations.documents import OrganisationDocument
from barnraise.who.organisations.models import Organisation
from barnraise.who.organisations.selectors import documents
from barnraise.who.organisations.services import (
    change_organisation,
    close_together,
    register_organisation,
    remove_together,
    source_of,
    tag_together,
    untag_together,
    write_many,
)


def test_tags_closing_and_removing_together_are_undone(alice):
    rows = [
        register_organisation(OrganisationDocument(name=f"No {n}", tags=("Old",)), by=alice) for n in range(3)
    ]
    keys = [row.pk for row in rows]
    everything = Organisation.objects.filter(pk__in=keys)
    before = documents(keys)
    acts = (
        lambda change_set: tag_together(everything, names=["New"], by=alice, change_set=change_set),
        lambda change_set: untag_together(everything, names=["OLD"], by=alice, change_set=change_set),
        lambda change_set: close_together(everything, by=alice, change_set=change_set),
        lambda change_set: remove_together(everything, by=alice, change_set=change_set),
    )
    for act in acts:
        change_set = open_change_set(by=alice, verb="organisations.tagged_many")
        assert act(change_set) == 3
        close_change_set(change_set=change_set)
        assert documents(keys) != before
        undo(change_set=change_set, by=alice)
        assert documents(keys) == before


class Trees(TestCase):
    """Whatever is hung where, nobody is ever above itself."""

    @settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.too_slow])
    @given(st.lists(st.tuples(st.integers(0, 4), st.integers(0, 4)), max_size=12))
    def test_no_circle(self, moves):
        source = source_of(kind="register", reference="tree", name="Tree")
        said = [OrganisationDocument(name=f"No {n}") for n in range(5)]
        keys = write_many(said, by=None, source=source, change_set=None).keys
        for child, parent in moves:
            row = Organisation.objects.get(pk=keys[child])
            before = row.parent_id
            try:
                change_organisation(row, by=None, parent=keys[parent])
            except ValidationError:
                assert Organisation.objects.get(pk=row.pk).parent_id == before
        above = dict(Organisation.objects.filter(pk__in=keys).values_list("pk", "parent_id"))
        for key in keys:
            at, steps = above[key], 0
            while at is not None:
                assert at != key
                at, steps = above[at], steps + 1
                assert steps <= 5


@pytest.mark.django_db
def test_nothing_to_tag_is_nothing():
    assert tag_together(Organisation.objects.none(), names=["x"], by=None, change_set=None) == 0
