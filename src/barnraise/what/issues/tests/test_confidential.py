"""A confidential concern is seen by whoever sees to it and by those who lead, and by nobody else, whatever the door."""

from __future__ import annotations

import re

import pytest

from barnraise.foundation.refs import Ref
from barnraise.plumbing.accounts.models import Account
from barnraise.plumbing.journal.models import Entry
from barnraise.plumbing.mail.models import Message
from barnraise.plumbing.search.selectors import find
from barnraise.plumbing.ui.sockets import threads
from barnraise.what.issues.models import Issue
from barnraise.what.issues.selectors import everything_of
from barnraise.what.issues.services import answer_issue, change_issue, raise_issue, resolve
from barnraise.who.people.tests.importing import command, write

pytestmark = pytest.mark.django_db
PAGE = "/what/concerns/"
WORDS = "They shout at our drivers"


def text(answer):
    return " ".join(re.sub(r"<[^>]+>", " ", answer.content.decode()).split())


@pytest.fixture
def carl(db):
    """A contributor who sees to nothing here."""
    return Account.objects.create_user(
        "carl@example.org", "carls long password", name="Carl", role="contributor"
    )


@pytest.fixture
def quarrel(pantry, library, alice, bob):
    """A conflict between two partners that bob sees to."""
    return raise_issue(
        by=alice, origin="partner", organisation=pantry, about=library, what=WORDS, detail="Twice in March.",
        owner=bob, asker_email="ana@example.net", is_confidential=True,
    )  # fmt: skip


def test_pages_lists_panels_and_today_show_it_to_owner_and_leads_only(
    quarrel, pantry, carl, vera, alice, bob, logged_in
):
    where, panel = quarrel.get_absolute_url(), f"{pantry.get_absolute_url()}panels/issues/"
    for reader in (carl, vera):
        browser = logged_in(reader)
        assert browser.get(where).status_code == 403
        for path in (PAGE, f"{PAGE}?export=csv", panel, "/search?q=shout+drivers", "/"):
            answer = browser.get(path)
            content = answer.getvalue() if answer.streaming else answer.content
            assert WORDS.encode() not in content, path
        assert browser.post(f"{where}answer/", {"text": "Yes", "way": "said"}).status_code == 403
        assert browser.post(f"{where}take/").status_code == 403
    for reader in (alice, bob):
        browser = logged_in(reader)
        assert "Confidential: only whoever sees to it" in text(browser.get(where))
        assert WORDS in text(browser.get(PAGE))
        assert WORDS in browser.get(f"{PAGE}?export=csv").getvalue().decode()
        assert WORDS in text(browser.get(f"{pantry.get_absolute_url()}panels/issues/"))
    assert Issue.objects.get().answered_at is None
    assert logged_in(bob).post(f"{where}take/").status_code == 302


def test_api_search_trace_journal_export_and_portal_keep_quiet(
    quarrel, pantry, library, carl, alice, bob, asks
):
    where = f"/concerns/{quarrel.uuid}"
    ask = asks(carl)
    assert ask("GET", where)[0] == 404
    assert ask("GET", "/concerns")[1]["items"] == []
    assert ask("PATCH", where, {"is_confidential": False})[0] == 404
    assert ask("POST", f"{where}/answers", {"text": "x", "way": "said"})[0] == 404
    assert asks(bob)("GET", where)[1]["is_confidential"] is True
    for reader, many in ((carl, 0), (alice, 1)):
        assert len([hit for hit in find(WORDS, actor=reader) if hit.ref.kind == "issues.issue"]) == many
    ref = Ref.to(quarrel)
    assert list(threads.get(ref.kind).upstream(ref)) == []
    answer_issue(quarrel, by=bob, text="We sat down with both.", way="mail")
    resolve(quarrel, by=bob, outcome="They agreed on words.")
    told = " ".join(str(one.data) for one in Entry.objects.all())
    assert not re.search("shout|sat down|agreed", told)
    mail = Message.objects.get()
    assert not re.search("shout|sat down", mail.body.subject + mail.body.text)
    assert "/l/act/" in mail.body.text
    for body in (pantry, library):
        assert everything_of(Ref.to(body)) == []


def test_it_becomes_confidential_and_open_again_and_comes_in_so_from_a_file(
    pantry, carl, alice, bob, asks, tmp_path, capsys
):
    row = raise_issue(by=alice, origin="partner", organisation=pantry, what=WORDS, owner=bob)
    change_issue(row, by=alice, detail="Twice in March.")
    assert (
        asks(bob)("PATCH", f"/concerns/{row.uuid}", {"is_confidential": True})[1]["is_confidential"] is True
    )
    assert "March" not in " ".join(str(one.data) for one in Entry.objects.all())
    assert asks(carl)("GET", f"/concerns/{row.uuid}")[0] == 404
    change_issue(row, by=alice, is_confidential=False)
    assert asks(carl)("GET", f"/concerns/{row.uuid}")[0] == 200
    file = write(
        tmp_path / "concerns.csv",
        "concern,raised,organisation,confidential\nThey are late,2026-03-02,Oak Hill Pantry,yes\n"
        "The lamp is out,2026-03-02,,\n",
    )
    done = command(capsys, "import", file, "--kind", "issues", "--date-order", "ymd")
    assert done["created"] == {"issues": 2}
    assert list(Issue.objects.filter(is_confidential=True).values_list("what", flat=True)) == [
        "They are late"
    ]
