"""Campaigns come in from a table as drafts, change and end by it, and go again with its undo; nothing is sent."""

from __future__ import annotations

import pytest
from django.utils import timezone

from barnraise.plumbing.mail.models import Message
from barnraise.what.campaigns.models import Campaign
from barnraise.what.campaigns.services import amend_campaigns, ask_for_approval
from barnraise.what.projects.services import add_project
from barnraise.who.people.tests.importing import command, taken_back_in, write

pytestmark = pytest.mark.django_db
HEAD = "name,subject,language,audience,purpose,project,planned,text,state\n"


def take(path, capsys, lines):
    file = write(path / "campaigns.csv", HEAD + lines)
    return command(capsys, "import", file, "--kind", "campaigns", "--date-order", "ymd")


def test_drafts_come_in_change_end_and_go_and_nothing_is_sent(audience, newsletter, alice, tmp_path, capsys):
    project = add_project(by=alice, name="Breakfasts", kind="education")
    done = take(
        tmp_path,
        capsys,
        'May,What grew,en,Residents,Newsletter,Breakfasts,2026-05-04,"Dear neighbours,\n\n[read on](https://example.org).",\n'
        "June,What is next,es,,,,,,\nOld,Never mind,,,,,,,cancelled\n",
    )
    assert (done["created"], done["refused"]) == ({"campaigns": 3}, [])
    may, june, old = Campaign.objects.order_by("pk")
    assert (may.state, june.state, old.state, june.language) == ("draft", "draft", "cancelled", "es")
    assert may.blocks == [{"kind": "text", "text": "Dear neighbours,\n\n[read on](https://example.org)."}]
    assert (may.audience, may.purpose, may.cites) == (audience, newsletter, f"projects.project:{project.pk}")
    assert timezone.localtime(may.send_at).isoformat()[:16] == "2026-05-04T09:00"
    second = take(tmp_path, capsys, "may,What grew in May,,,,,2026-05-11,Shorter.,\nJune,,,,,,,,cancelled\n")
    assert (second["created"], second["updated"]) == ({"campaigns": 0}, {"campaigns": 2})
    may.refresh_from_db(), june.refresh_from_db()
    assert (may.subject, may.blocks[0]["text"], may.audience) == ("What grew in May", "Shorter.", audience)
    assert (timezone.localdate(may.send_at).day, june.state, june.subject) == (
        11,
        "cancelled",
        "What is next",
    )
    assert command(capsys, "imports", "undo", second["import"])["undone"] == 2
    may.refresh_from_db(), june.refresh_from_db()
    assert (may.subject, timezone.localdate(may.send_at).day, june.state) == ("What grew", 4, "draft")
    assert Message.objects.count() == 0


def test_what_is_no_draft_or_not_here_is_refused_by_row_and_field(campaign, alice, bob, tmp_path, capsys):
    lines = (
        "A,Hello,,Nobody,,,,,\n"
        "B,Hello,,,Party,,,,\n"
        "C,Hello,,,,No such,,,\n"
        "D,Hello,fr,,,,,,\n"
        "spring,,,,,,,One text,\n"
    )
    done = take(tmp_path, capsys, lines)
    refused = sorted(done["refused"], key=lambda one: one["row"])
    assert [(one["row"], one["column"]) for one in refused] == [
        (2, "audience"),
        (3, "purpose"),
        (4, "project"),
        (5, "language"),
        (6, "text"),
    ]
    assert refused[4]["reason"] == "It is written in several blocks. Change what it says on its page."
    ask_for_approval(campaign, by=bob)
    Campaign.objects.filter(pk=campaign.pk).update(state="approved", approved_by=alice)
    for cells in ("Summer,,,,,,,", ",,,,,,,cancelled"):
        (no,) = take(tmp_path, capsys, f"Spring,{cells}\n")["refused"]
        assert "It is no draft any more (Approved)." in no["reason"]
    campaign.refresh_from_db()
    assert (campaign.state, campaign.subject) == ("approved", "Spring, {{given_name}}")
    assert (Campaign.objects.count(), Message.objects.count()) == (1, 0)


def test_what_is_no_draft_any_more_is_left_as_it_is(campaign, alice):
    at = timezone.now()
    Campaign.objects.update(state="review")
    assert amend_campaigns([(campaign.pk, {"subject": "Other"})], by=alice, at=at) == []
    assert len(amend_campaigns([(campaign.pk, {"is_cancelled": True})], by=alice, at=at)) == 1
    Campaign.objects.update(state="sending", finished_at=None)
    assert amend_campaigns([(campaign.pk, {"is_cancelled": True})], by=alice, at=at) == []
    campaign.refresh_from_db()
    assert (campaign.state, campaign.subject, campaign.finished_at) == (
        "sending",
        "Spring, {{given_name}}",
        None,
    )


def test_the_list_as_it_went_out_changes_nothing_and_approves_nothing(
    campaign, alice, bob, tmp_path, capsys, logged_in
):
    ask_for_approval(campaign, by=bob)
    file = tmp_path / "list.csv"
    done = taken_back_in(capsys, logged_in(alice), "/what/campaigns/", file, "campaigns")
    assert (done["refused"], done["unchanged"]) == ([], 1)
    refused = take(tmp_path, capsys, "Spring,,,,,,,,approved\nSummer,,,,,,,,sent\n")["refused"]
    assert {one["reason"] for one in refused} == {
        "A file makes drafts and cancels them. Approval and sending are for its page."
    }
    assert list(Campaign.objects.values_list("name", "state")) == [("Spring", "review")]
