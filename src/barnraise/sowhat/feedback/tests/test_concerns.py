"""Concerns that residents and partners raise are comments too."""

from __future__ import annotations

import pytest
from django.utils import timezone

from barnraise.foundation.refs import Ref
from barnraise.sowhat.feedback import services
from barnraise.sowhat.feedback.models import Comment
from barnraise.what.issues.services import raise_issue

pytestmark = pytest.mark.django_db


def test_a_concern_joins_once_with_who_raised_it_and_the_teams_own_do_not(pantry, bob):
    concern = raise_issue(
        by=bob, origin="partner", what="The bus is horrible", organisation=pantry, language="en"
    )
    raise_issue(by=bob, origin="team", what="Our own note")
    assert services.gather(now=timezone.now()) == 1
    assert services.gather(now=timezone.now()) == 0
    row = Comment.objects.get()
    assert (row.channel, row.source, row.said_by, row.text, row.sentiment) == (
        "issues", str(Ref.to(concern)), str(Ref.to(pantry)), "The bus is horrible", "negative",
    )  # fmt: skip
    type(concern).objects.filter(pk=concern.pk).delete()
    assert services.sweep(now=timezone.now()) == 1
    assert not Comment.objects.exists()


def test_a_confidential_concern_is_no_comment(pantry, alice):
    from barnraise.sowhat.feedback.gathering import concerns_after, concerns_alive
    from barnraise.what.issues.services import change_issue

    row = raise_issue(by=alice, origin="partner", organisation=pantry, what="They shout", owner=alice)
    assert [one.text for one in concerns_after(0, 10)] == ["They shout"]
    change_issue(row, by=alice, is_confidential=True)
    assert list(concerns_after(0, 10)) == []
    assert list(concerns_alive([row.pk])) == [], "what was taken in goes"
