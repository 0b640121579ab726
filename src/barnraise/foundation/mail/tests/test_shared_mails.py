"""Real mails, where they lie beside the checkout, against what is written down for them."""

from __future__ import annotations

import json

import pytest

from barnraise.foundation.mail import read

from .making import shared

pytestmark = pytest.mark.shared


def test_replies_as_mail_programs_write_them() -> None:
    expected = {
        name: line["new_text"]
        for name, line in json.loads(shared("EXPECTED.json").read_text(encoding="utf-8")).items()
        if name.startswith("email/replies/")
    }
    assert len(expected) >= 12
    found = {name: read(shared(name).read_bytes()).reply for name in expected}
    assert {name: reply.new_text for name, reply in found.items()} == {
        name: text.strip() for name, text in expected.items()
    }
    assert {reply.said for reply in found.values()} == {"Hello"}


@pytest.mark.parametrize(
    ("folder", "kind", "others"),
    [
        ("autoreply", "reply", {}),
        # A provider's wish to be written to no more, sent by its machine, without a report inside.
        ("arf", "complaint", {"arf-26.eml": "reply"}),
        # A report that a service wrapped into a notice of its own.
        ("bounce", "bounce", {"lhost-amazonses-13.eml": "notice"}),
    ],
)
def test_what_machines_wrote(folder: str, kind: str, others: dict[str, str]) -> None:
    found = {
        path.name: read(path.read_bytes()).automatic
        for path in sorted(shared(f"email/{folder}").glob("*.eml"))
    }
    assert found
    assert {name: told for name, told in found.items() if told != kind} == others


def test_mails_to_a_case_system() -> None:
    found = {path.name: read(path.read_bytes()) for path in sorted(shared("email/civimail").glob("*.eml"))}
    assert found["test_broken_from.eml"].author is None
    many = found["test_message_many_attachments.eml"]
    assert (many.text, [one.kind for one in many.attachments]) == ("test", ["image/gif"] * 4)
    two = found["test_non_default_email.eml"]
    assert [one.email for one in (*two.to, *two.cc, *two.bcc)] == [
        "to@test.test",
        "second_to@test.test",
        "cc@test.test",
        "bcc@test.test",
    ]
