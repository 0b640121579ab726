"""The journal keeps who, when, what and about which things."""

from __future__ import annotations

import pytest
from django.db import transaction

from barnraise.foundation.refs import Ref
from barnraise.plumbing.journal.models import Entry
from barnraise.plumbing.journal.services import record


def test_an_entry_says_who_what_and_about_which_things(alice, bob):
    with transaction.atomic():
        entry = record(
            by=alice, verb="accounts.invited", about=[bob, alice, bob], changes={"role": ("viewer", "admin")}
        )
    kept = Entry.objects.get(pk=entry.pk)
    assert (kept.by, kept.room, kept.data) == (alice, "accounts", {"changes": {"role": ["viewer", "admin"]}})
    assert [(m.kind, m.key) for m in kept.mentions.order_by("id")] == [
        ("accounts.account", bob.pk),
        ("accounts.account", alice.pk),
    ]


@pytest.mark.django_db(transaction=True)
def test_an_entry_outside_a_transaction_is_refused():
    with pytest.raises(AssertionError):
        record(by=None, verb="accounts.invited", about=[Ref("accounts", "account", 1)])
    assert Entry.objects.count() == 0
