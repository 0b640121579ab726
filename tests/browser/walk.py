"""One way through the whole product: a house of its own, people with their browsers, and a mail server that keeps what it gets."""

from __future__ import annotations

import email
import email.policy
import re
import socket
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from email.message import EmailMessage
from typing import Any

from aiosmtpd.controller import Controller

from tests.cast import PASSWORD

from .house import House
from .rest import come_to_rest

DESK: dict[str, Any] = {"viewport": {"width": 1280, "height": 900}}
PHONE: dict[str, Any] = {"viewport": {"width": 390, "height": 844}, "is_mobile": True, "has_touch": True}
PATIENCE = 40.0
"""Seconds to wait for what a worker does; as a rule it takes one or two."""


class Mailbox:
    """A real SMTP server on loopback: everything that the house has sent, as it arrived."""

    def __init__(self) -> None:
        self.got: list[tuple[str, EmailMessage]] = []

    async def handle_DATA(self, server: Any, session: Any, envelope: Any) -> str:
        read = email.message_from_bytes(bytes(envelope.content), policy=email.policy.default)
        self.got += [(address, read) for address in envelope.rcpt_tos]  # type: ignore[misc]
        return "250 2.0.0 Ok"

    def to(self, address: str) -> list[EmailMessage]:
        """Mails to somebody, the oldest first."""
        return [mail for known, mail in self.got if known == address]

    def wait(self, address: str, subject: str) -> EmailMessage:
        """The latest mail to somebody whose subject holds these words, once it is there."""
        end = time.monotonic() + PATIENCE
        while time.monotonic() < end:
            for mail in reversed(self.to(address)):
                if subject in str(mail["subject"]):
                    return mail
            time.sleep(0.1)
        known = [(to, str(mail["subject"])) for to, mail in self.got]
        raise AssertionError(f"No mail “{subject}” to {address}; there are {known}.")


@contextmanager
def mailbox() -> Iterator[tuple[Mailbox, int]]:
    """The server for the time of the block, and its port."""
    found = Mailbox()
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = int(free.getsockname()[1])
    controller = Controller(found, hostname="127.0.0.1", port=port)
    controller.start()
    try:
        yield found, port
    finally:
        controller.stop()


def said(mail: EmailMessage) -> str:
    """The plain text of a mail."""
    body = mail.get_body(("plain",))
    assert body is not None, "a mail has a plain text"
    return str(body.get_content())


def link_of(mail: EmailMessage, part: str = "/l/act/") -> str:
    """The first address in a mail that has this part."""
    found = re.search(rf"https?://\S*{re.escape(part)}[^\s>)]*", said(mail))
    assert found is not None, f"{part} is not in: {said(mail)}"
    return found[0]


@dataclass
class Walk:
    """Who walks: the house, one browser with a context for each person, the mailbox, and what was met on the way."""

    house: House
    browser: Any
    mail: Mailbox
    at: dict[str, str] = field(default_factory=dict)
    _open: dict[str, Any] = field(default_factory=dict)

    def context(self, **options: Any) -> Any:
        """A page in a browser nobody has used yet."""
        made = self.browser.new_context(
            base_url=self.house.url, reduced_motion="reduce", locale="en", **{**DESK, **options}
        )
        made.set_default_timeout(20_000)
        page = made.new_page()
        page.on("pageerror", lambda problem: self._failed(page, problem))
        return page

    def _failed(self, page: Any, problem: Any) -> None:
        raise AssertionError(f"A script failed on {page.url}: {problem}")

    def phone(self, name: str) -> Any:
        """The phone of a resident: the same one each time."""
        return self._once(f"phone of {name}", lambda: self.context(**PHONE))

    def desk(self, name: str) -> Any:
        """The page of one of the team, logged in."""
        return self._once(name, lambda: self._log_in(self.context(), name))

    def desk_of_first(self, name: str) -> Any:
        """The page of who becomes the first admin; logged in by that."""
        return self._once(name, self.context)

    def hand(self, name: str) -> Any:
        """One of the team with a phone, logged in."""
        return self._once(f"hand of {name}", lambda: self._log_in(self.context(**PHONE), name))

    def log(self) -> str:
        """What the house printed."""
        return self.house.log.read_text(encoding="utf-8") if self.house.log else ""

    def end(self) -> None:
        """Close all browsers."""
        for page in self._open.values():
            page.context.close()

    def _once(self, key: str, make: Any) -> Any:
        if key not in self._open:
            self._open[key] = make()
        return self._open[key]

    def _log_in(self, page: Any, name: str) -> Any:
        page.goto("/account/login/")
        page.fill("input[name=login]", f"{name}@example.org")
        page.fill("input[name=password]", PASSWORD)
        page.click("main form button[type=submit]")
        page.wait_for_url(re.compile(rf"^{re.escape(self.house.url)}/(?!account/login)"))
        return page


def fill(page: Any, **given: Any) -> None:
    """Fill in fields of the page's form by their names: text, a choice by its words, a tick by True or False, boxes by a list."""
    for name, value in given.items():
        fields = page.locator(f"main form [name='{name}']:not([type=hidden])")
        kind = fields.first.evaluate("one => one.type || one.tagName.toLowerCase()")
        for fold in fields.first.locator("xpath=ancestor::details[not(@open)]").all():
            fold.locator("summary").first.click()
        if isinstance(value, bool):
            fields.first.set_checked(value)
        elif kind in ("radio", "checkbox"):
            for one in [value] if isinstance(value, str) else value:
                page.locator(f"main form [name='{name}'][value='{one}']").check()
        elif kind.startswith("select"):
            fields.first.select_option(label=value)
        else:
            fields.first.fill(str(value))


def press(page: Any, words: str | re.Pattern[str]) -> None:
    """Press the button or follow the link of these words, and wait for the page that comes."""
    found = (
        page.locator("main")
        .get_by_role("button", name=words)
        .or_(page.locator("main").get_by_role("link", name=words))
    )
    come_to_rest(page, found.first)
    with turned(page):
        found.first.click()


def send(page: Any) -> None:
    """Press the button of the page's own form, and wait for the page that comes."""
    button = page.locator("main form button[type=submit]").last
    come_to_rest(page, button)
    with turned(page):
        button.click()


@contextmanager
def turned(page: Any) -> Iterator[None]:
    """What is done in the block opens another page: wait until it is there."""
    before = page.evaluate("() => performance.timeOrigin")
    yield
    page.wait_for_function("before => performance.timeOrigin !== before", arg=before)
    page.wait_for_load_state()


def facts(page: Any) -> str:
    """What the page says, on one line."""
    return " ".join(page.locator("main").inner_text().split())


def panel(page: Any, title: str) -> Any:
    """A panel of a profile by its heading, once it has come into view and is filled."""
    found = page.locator("section.panel").filter(has=page.get_by_role("heading", name=title, exact=True))
    found.scroll_into_view_if_needed()
    page.wait_for_function("one => !one.matches('[data-later]')", arg=found.element_handle())
    return found


def until(page: Any, words: str) -> None:
    """Look at the page again until it says this."""
    end = time.monotonic() + PATIENCE
    while words not in facts(page):
        assert time.monotonic() < end, f"“{words}” never came to {page.url}: {facts(page)}"
        time.sleep(0.5)
        page.reload()


def today(days: int = 0) -> str:
    """A day as fields take it, so many days from now; the house is in UTC."""
    return (datetime.now(UTC) + timedelta(days=days)).date().isoformat()


def month(day: str) -> str:
    """The month of a day as pages say it."""
    return datetime.fromisoformat(day).strftime("%B %Y")


def last_month(day: int) -> str:
    """A day of the month before this one."""
    return (datetime.now(UTC).replace(day=1) - timedelta(days=1)).replace(day=day).date().isoformat()


def table(page: Any, rows: str = "main table tbody tr") -> list[list[str]]:
    """A table as it is read."""
    return [
        [" ".join(cell.split()) for cell in row.locator("th, td").all_inner_texts()]
        for row in page.locator(rows).all()
    ]
