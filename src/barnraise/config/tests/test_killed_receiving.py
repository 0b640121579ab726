"""The worker is killed while a mail server hands mails over by LMTP: every mail is filed once, on the right timelines."""

from __future__ import annotations

import json
import random
import smtplib
import threading
import time
from email.message import EmailMessage

import pytest

from .houses import free_port

MAILS = 24
KILLS = 3
MADE = """
from barnraise.plumbing.accounts.models import Account
from barnraise.who.interactions import selectors
from barnraise.who.interactions.services import open_filing_address
from barnraise.who.organisations.documents import OrganisationDocument
from barnraise.who.organisations.services import register_organisation
from barnraise.who.people.documents import PersonDocument, Reach
from barnraise.who.people.services import add_role, register_person
ada = Account.objects.get(email="ada@example.org")
pantry = register_organisation(OrganisationDocument(name="Mill Street Pantry"), by=ada)
people = []
for name in ("Ana", "Bert"):
    contacts = (Reach("email", f"{name.lower()}@example.net"),)
    people.append(register_person(PersonDocument(given_name=name, contacts=contacts), by=ada))
add_role(people[0], organisation=pantry, title="Director", by=ada)
address = selectors.written_address(open_filing_address(account=ada, by=ada))
print(json.dumps([address, pantry.get_absolute_url(), *(one.get_absolute_url() for one in people)]))
"""
SEEN = """
from django.test import Client
from barnraise.plumbing.accounts.models import Account
browser = Client(headers={{"host": "127.0.0.1"}})
browser.force_login(Account.objects.get(email="ada@example.org"))
print(json.dumps([browser.get(path).content.decode().count("A bench for") for path in {paths}]))
"""


def _mail(number: int) -> EmailMessage:
    mail = EmailMessage()
    mail["From"], mail["To"] = "Ana <ana@example.net>", "ada@example.org"
    mail["Subject"], mail["Message-ID"] = f"A bench for {number}", f"<bench-{number}@example.net>"
    mail.set_content(f"Here is bench {number}.")
    mail.add_attachment(f"plan {number}\n", filename="plan.txt")
    return mail


def _hand_over(port: int, address: str, ended: list[int]) -> None:
    """As a mail server: each mail again and again until it is acknowledged, some once more after that."""
    for number in range(MAILS):
        content = _mail(number).as_bytes()
        times = 1 + (number % 4 == 0)
        while times:
            try:
                with smtplib.LMTP("127.0.0.1", port, timeout=30) as server:
                    server.sendmail("ana@example.net", [address], content)
                times -= 1
            except (OSError, smtplib.SMTPException):
                time.sleep(0.02)
        ended.append(number)


@pytest.mark.slow
def test_every_mail_is_filed_once_though_the_worker_is_killed(house):
    house.prepare()
    house.add_admin()
    port = free_port()
    house.env |= {"BARNRAISE_MAIL_DOMAIN": "in.example.org", "BARNRAISE_LMTP": f"127.0.0.1:{port}"}
    address, *paths = house.python(MADE)
    server = house.up()
    ended: list[int] = []
    giver = threading.Thread(target=_hand_over, args=(port, address, ended), daemon=True)
    giver.start()
    seed = random.randrange(10**6)
    print(f"seed {seed}")  # noqa: T201 - shown when the test fails
    dice = random.Random(seed)
    for _ in range(KILLS):
        had, until = len(ended), time.monotonic() + 120
        while len(ended) < min(had + 2, MAILS):
            assert time.monotonic() < until, server.said
            time.sleep(0.002)
        time.sleep(dice.random() * 0.05)
        server.kill_worker()
        assert len(ended) < MAILS, "it was over before it was killed"
    giver.join(120)
    assert len(ended) == MAILS
    assert house.rows("select message_id, count(*) from interactions_interaction group by 1 order by 1") == [
        (name, 1) for name in sorted(f"bench-{number}@example.net" for number in range(MAILS))
    ]
    for table in ("interactionperson", "interactionorganisation"):
        assert house.read(f"select count(*) from interactions_{table}") == MAILS  # noqa: S608 - a name of our own
    files = house.rows(
        "select key, count(*) from files_file where kind = 'interactions.interaction' group by 1"
    )
    assert [many for _key, many in files] == [1] * MAILS
    assert (
        house.rows("select last_at is not null, count from interactions_heard order by id")
        == [(1, MAILS)] * 2
    )
    shown = house.python(SEEN.format(paths=json.dumps(paths)))
    assert shown[0] > 0
    assert shown[1] > 0
    assert shown[2] == 0
