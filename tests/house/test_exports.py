"""Whatever hangs on an organisation in any room stands in what is handed to it, and keeps it from being removed."""

from __future__ import annotations

import json
from datetime import timedelta

import pytest
from django.utils import timezone

from barnraise.foundation.refs import Ref
from barnraise.nowwhat.recognition.services import write_thanks
from barnraise.plumbing.journal.models import Entry
from barnraise.sowhat.feedback.services import note_comment
from barnraise.sowhat.network.services import begin_wave
from barnraise.what.commitments.services import make_commitment
from barnraise.what.issues.services import raise_issue
from barnraise.what.meetings.services import plan_meeting

pytestmark = pytest.mark.django_db


@pytest.fixture
def hung(pantry, library, alice):
    """Something of each room of the second half hangs on the pantry."""
    now, today = timezone.now(), timezone.localdate()
    due = today + timedelta(days=9)
    make_commitment(by=alice, direction="theirs", what="Forty boxes", due_on=due, partner=pantry)
    raise_issue(by=alice, origin="partner", what="The door sticks", organisation=pantry)
    plan_meeting(by=alice, title="Food table", starts_at=now, organisations=[pantry])
    note_comment(by=alice, text="The shelf is empty", said_by=Ref.to(pantry))
    begin_wave(by=alice, name="Spring", begins_on=today, due_on=today, members=[pantry.pk, library.pk])
    write_thanks(by=alice, organisation=pantry, begins_on=today, ends_on=today, letter="Thank you", wording="", language="en")  # fmt: skip
    return pantry


WORDS = ("Forty boxes", "The door sticks", "Food table", "The shelf is empty", "Spring", "Thank you")


def test_an_organisation_is_given_all_that_hangs_on_it(hung, library, alice, bob, logged_in, asks):
    where = hung.get_absolute_url()
    assert logged_in(bob).post(f"{where}export/").status_code == 403
    browser = logged_in(alice)
    assert "Export everything kept about it" in browser.get(where).content.decode()
    answer = browser.post(f"{where}export/")
    told = json.loads(answer.content)
    assert answer["Content-Disposition"] == 'attachment; filename="oak-hill-pantry.json"'
    assert (told["about"], told["organisation"]["name"]) == ("Oak Hill Pantry", "Oak Hill Pantry")
    assert [word for word in WORDS if word not in answer.content.decode()] == []
    assert Entry.objects.filter(verb="organisations.exported").exists()
    assert asks(bob)("POST", f"/organisations/{hung.uuid}/export")[0] == 403
    status, same = asks(alice)("POST", f"/organisations/{hung.uuid}/export")
    assert status == 200
    assert set(same) == set(told)
    other = json.dumps(asks(alice)("POST", f"/organisations/{library.uuid}/export")[1])
    assert [word for word in WORDS if word in other] == ["Spring"], "only what concerns it"
