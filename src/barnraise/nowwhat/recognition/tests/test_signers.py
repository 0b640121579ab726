"""Who answered for a partner is erased: the answer stays, the name goes."""

from __future__ import annotations

from datetime import date

import pytest

from barnraise.nowwhat.recognition.models import Thanks
from barnraise.nowwhat.recognition.services import answer_wording, send_thanks, write_thanks
from barnraise.plumbing.journal.models import Entry
from barnraise.plumbing.mail.sockets import Addressee
from barnraise.who.people.services import erase_person, export_person

pytestmark = pytest.mark.django_db


def _named(name):
    return sum(name in str(one.data) for one in Entry.objects.filter(verb="recognition.approved"))


def test_the_name_of_an_erased_signer_goes_from_thanks_and_journal(pantry, boxes, given, alice):
    thanks = write_thanks(
        by=alice, organisation=pantry, begins_on=date(2025, 1, 1), ends_on=date(2025, 12, 31),
        letter="You helped.", wording="Oak Hill feeds us.", language="en", owner=alice,
    )  # fmt: skip
    send_thanks(thanks, by=alice, to=Addressee("Rosa Vega", "rosa@example.org"))
    answer_wording(thanks, wording=thanks.wording, approves=True, signed_by="Rosa Vega")
    told = export_person(boxes, by=alice)
    assert "answered_thanks" in str(told)
    assert _named("Rosa Vega") == 1
    erase_person(boxes, by=alice)
    row = Thanks.objects.get()
    assert (row.state, row.signed_by) == ("approved", "")
    assert _named("Rosa Vega") == 0
