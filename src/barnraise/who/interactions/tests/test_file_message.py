"""Mails become interactions on the right timelines, once, without quotations, with their attachments."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from barnraise.foundation.mail import read
from barnraise.foundation.refs import Ref
from barnraise.plumbing.files.models import File
from barnraise.plumbing.journal.models import Entry
from barnraise.who.interactions.models import Heard, Interaction, MailProposal
from barnraise.who.interactions.services import file_message
from barnraise.who.organisations.documents import Contact, OrganisationDocument
from barnraise.who.organisations.services import register_organisation
from barnraise.who.people.documents import PersonDocument, Reach
from barnraise.who.people.models import Person
from barnraise.who.people.services import register_person

NOW = datetime(2026, 6, 1, 12, 0, tzinfo=UTC)
FILING = "file-bob@barn.example.org"

IN = """Message-ID: <m1@example.org>
Date: Sun, 3 May 2026 09:00:00 -0500
From: Ana Ruiz <ana@example.org>
To: bob@example.org
Cc: Joy Okafor <joy@example.net>
Subject: Re: The hall
Content-Type: text/plain; charset=utf-8

Thursday is fine. Forty chairs.

On Sat, May 2, 2026 at 9:00 AM Bob <bob@example.org> wrote:
> Could we have the hall on Thursday?
"""

OUT = """Message-ID: <m2@example.org>
Date: Sun, 3 May 2026 10:00:00 -0500
From: Bob <bob@example.org>
To: ana@example.org
Bcc: file-bob@barn.example.org
Subject: Thank you
Content-Type: text/plain; charset=utf-8

See you on Thursday.
--\x20
Bob
Riverbend Together
"""


def _file(text, by, **given):
    return file_message(read(text.encode()), by=by, own=[FILING], now=NOW, **given)


def test_an_incoming_mail_is_filed_and_the_stranger_proposed(ana, pantry, bob):
    filed = _file(IN, bob)
    row = filed.interaction
    assert (filed.is_new, filed.proposed, filed.refused) == (True, 1, ())
    assert (row.kind, row.direction, row.subject, row.by, row.message_id) == (
        "mail", "in", "Re: The hall", bob, "m1@example.org",
    )  # fmt: skip
    assert row.text == "Thursday is fine. Forty chairs."
    assert row.happened_at == datetime(2026, 5, 3, 14, 0, tzinfo=UTC)
    assert [link.person for link in row.people.all()] == [ana]
    assert [link.organisation for link in row.organisations.all()] == [pantry]
    waiting = MailProposal.objects.get()
    assert (waiting.address, waiting.name, waiting.place) == ("joy@example.net", "Joy Okafor", "cc")
    assert Person.objects.count() == 1
    assert Heard.objects.get(person=ana).last_at == row.happened_at


def test_an_outgoing_mail_loses_its_signature_and_the_team_is_no_party(ana, bob, alice):
    row = _file(OUT.replace("To: ana@example.org", "To: ana@example.org, alice@example.org"), bob).interaction
    assert (row.direction, row.text) == ("out", "See you on Thursday.")
    assert [link.person for link in row.people.all()] == [ana]
    assert MailProposal.objects.count() == 0


def test_the_same_mail_is_filed_once(ana, bob, alice):
    first = _file(IN, bob)
    again = _file(IN, alice)
    assert (again.interaction, again.is_new) == (first.interaction, False)
    assert (Interaction.objects.count(), MailProposal.objects.count()) == (1, 1)
    nameless = IN.replace("Message-ID: <m1@example.org>\n", "")
    assert [_file(nameless, bob).is_new for _time in range(2)] == [True, False]
    assert Interaction.objects.count() == 2


def test_what_machines_write_is_not_filed(ana, bob):
    absent = IN.replace("Subject:", "Auto-Submitted: auto-replied\nSubject:")
    filed = _file(absent, bob)
    assert filed.interaction is None
    assert "machine" in filed.reason
    assert (Interaction.objects.count(), MailProposal.objects.count()) == (0, 0)


def test_a_mail_passed_on_to_the_filing_address_is_the_one_inside(ana, bob):
    text = f"""Message-ID: <m3@example.org>
Date: Mon, 4 May 2026 08:00:00 +0000
From: Bob <bob@example.org>
To: {FILING}
Subject: Fwd: The hall
Content-Type: text/plain; charset=utf-8

For the file.

---------- Forwarded message ---------
From: Ana Ruiz <ana@example.org>
Date: Sun, 3 May 2026 at 09:00
Subject: The hall
To: Bob <bob@example.org>

Thursday is fine.
"""
    row = _file(text, bob).interaction
    assert (row.direction, row.subject) == ("in", "The hall")
    assert row.text == "For the file.\n\nThursday is fine."
    assert [link.person for link in row.people.all()] == [ana]


def test_a_shared_mailbox_is_the_one_whom_the_mail_names(ana, bob):
    luis = register_person(
        PersonDocument(given_name="Luis", family_name="Ruiz", contacts=(Reach("email", "ana@example.org"),)),
        by=bob,
    )
    named = _file(IN.replace("Ana Ruiz <", "Luis Ruiz <"), bob).interaction
    assert [link.person for link in named.people.all()] == [luis]
    unnamed = _file(
        IN.replace("Ana Ruiz <ana@example.org>", "ana@example.org").replace("m1@", "m9@"), bob
    ).interaction
    assert {link.person for link in unnamed.people.all()} == {ana, luis}


def test_organisations_are_found_by_mailbox_and_by_their_own_domain(bob):
    hall = register_organisation(
        OrganisationDocument(name="Hall", contacts=(Contact("email", "desk@hall.example.com"),)), by=bob
    )
    club = register_organisation(
        OrganisationDocument(name="Club", contacts=(Contact("website", "https://www.club.example.com/"),)),
        by=bob,
    )
    mail = IN.replace("ana@example.org", "desk@hall.example.com").replace(
        "joy@example.net", "joy@club.example.com"
    )
    row = _file(mail, bob).interaction
    assert {link.organisation for link in row.organisations.all()} == {hall, club}
    # whoever writes from the club's domain is still somebody to ask about; the hall's own mailbox is nobody
    assert [one.address for one in MailProposal.objects.all()] == ["joy@club.example.com"]


def test_attachments_are_kept_and_programs_refused(ana, bob, vera, logged_in):
    text = """Message-ID: <m4@example.org>
From: ana@example.org
To: bob@example.org
Subject: Papers
MIME-Version: 1.0
Content-Type: multipart/mixed; boundary=b

--b
Content-Type: text/plain

Two papers.
--b
Content-Type: text/plain; name=plan.txt
Content-Disposition: attachment; filename=plan.txt

The plan.
--b
Content-Type: application/octet-stream
Content-Disposition: attachment; filename=run.exe
Content-Transfer-Encoding: base64

TVqQAAMAAAAEAAAA//8AALgAAAAAAAAAQAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA
--b--
"""
    filed = _file(text, bob, visibility="coordinators")
    kept = File.objects.get()
    assert (kept.name, kept.about, kept.visibility) == ("plan.txt", Ref.to(filed.interaction), "private")
    assert [name for name, _reason in filed.refused] == ["run.exe"]
    entry = Entry.objects.get(verb="interactions.attachments_refused")
    assert entry.data == {"count": 1}
    assert logged_in(vera).get(f"/files/{kept.uuid}/download/").status_code in {403, 404}


def test_a_mail_from_tomorrow_or_without_words_is_filed_all_the_same(ana, bob):
    late = IN.replace("3 May 2026", "3 May 2036").replace("Re: The hall", "")
    row = _file(late, bob).interaction
    assert (row.happened_at, row.subject) == (NOW, "(no subject)")
    empty = "From: ana@example.org\nTo: bob@example.org\nDate: Sun, 3 May 2026 09:00:00 +0000\n\n"
    assert _file(empty, bob).interaction.text == "(no text)"


def test_broken_bytes_are_no_accident(ana, bob):
    for raw in (b"", b"\x00\xff\xfe", b"From: \xff\n\nx", b"From: ana@example.org\nDate: nonsense\n\na\x00b"):
        filed = file_message(read(raw), by=bob, now=NOW)
        assert filed.interaction is not None
        assert "\x00" not in filed.interaction.text


@pytest.mark.shared
def test_real_replies_lose_what_they_quote(ana, bob):
    import os

    named = os.environ.get("BARNRAISE_SHARED_DATA")
    folder = Path(named) if named else Path(__file__).resolve().parents[6] / "shared" / "data"
    found = sorted((folder / "email" / "replies").glob("*.eml"))
    if not found:
        pytest.skip("real mails are not here")
    filed = [file_message(read(path.read_bytes()), by=bob, now=NOW + timedelta(days=1)) for path in found]
    texts = [one.interaction.text for one in filed if one.interaction]
    assert len(texts) == len(found)
    assert not [text for text in texts if "wrote:" in text]


@pytest.mark.parametrize(
    "mark", ["List-Id: <friends.example.net>", "Precedence: bulk", "List-Unsubscribe: <mailto:x@y.org>"]
)
def test_a_mail_of_a_list_is_filed_when_it_names_somebody_we_know(ana, bob, mark):
    text = IN.replace("To: bob@example.org", f"{mark}\nTo: friends@lists.example.net")
    filed = _file(text, bob)
    assert filed.is_new
    assert [link.person for link in filed.interaction.people.all()] == [ana]
    assert (filed.proposed, MailProposal.objects.count()) == (0, 0)
    nobody = text.replace("ana@example.org", "stranger@example.net").replace("<m1@", "<m9@")
    skipped = _file(nobody, bob)
    assert (skipped.interaction, skipped.is_new) == (None, False)
    assert "mailing list" in skipped.reason
    assert Interaction.objects.count() == 1
