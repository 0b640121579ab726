"""A note that only coordinators read, at every door of the house: who leads reads its words there, a contributor reads none.

Every door is knocked at twice. That a coordinator finds the words shows that the door would let them out.
"""

from __future__ import annotations

import io
import json
from collections.abc import Callable
from datetime import date
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from barnraise.config.commands import main
from barnraise.foundation.refs import Ref
from barnraise.plumbing.accounts.services.tokens import add_token
from barnraise.plumbing.files.services import keep
from barnraise.who.communities.services import register_community
from barnraise.who.interactions import selectors
from barnraise.who.interactions.models import Interaction, NextStep
from barnraise.who.interactions.services import log_interaction, next_step, open_feed, propose
from barnraise.who.organisations.documents import OrganisationDocument
from barnraise.who.organisations.services import register_organisation
from barnraise.who.people.documents import PersonDocument, Reach
from barnraise.who.people.services import register_person

WORDS = ("quetzal", "okapi", "axolotl", "pangolin", "stranger.yak")
"""In the subject, the text, the next step, the attachment, and the unknown address; they stand nowhere else."""


class House:
    """The note, what it hangs on, and who asks."""

    def __init__(self, alice: Any, tmp_path: Any) -> None:
        self.folder = tmp_path
        place = register_community(name="Old Mill", by=alice)
        self.pantry = register_organisation(OrganisationDocument(name="Mill Street Pantry"), by=alice)
        contacts = (Reach("email", "ana@example.org"),)
        said = PersonDocument(given_name="Ana", family_name="Ruiz", community=place.pk, contacts=contacts)
        self.ana = register_person(said, by=alice)
        step = next_step(by=alice, text="Ask the axolotl", due_on=date(2026, 6, 1))
        self.note = log_interaction(
            by=alice,
            kind="mail",
            subject="About the quetzal",
            text="In confidence: the okapi is promised elsewhere.",
            people=[self.ana],
            organisations=[self.pantry],
            visibility="coordinators",
            step=step,
        )
        self.step = NextStep.objects.get()
        paper = io.BytesIO(b"the pangolin on paper\n")
        paper.name = "pangolin.txt"
        self.file = keep(paper, by=alice, about=Ref.to(self.note), visibility="private")
        propose(self.note, unknown=[("stranger.yak@example.net", "A Stranger", "cc")], by=alice)
        self.secrets: dict[int, str] = {}

    def page(self, actor: Any, address: str, **post: str) -> str:
        browser = Client()
        browser.force_login(actor)
        answer = browser.post(address, post, follow=True) if post else browser.get(address, follow=True)
        content = b"".join(answer.streaming_content) if answer.streaming else answer.content
        return content.decode(errors="replace")

    def program(self, actor: Any, path: str, method: str = "GET", body: Any = None) -> str:
        if actor.pk not in self.secrets:
            self.secrets[actor.pk] = add_token(account=actor, scope="write", name="test", by=None)[1]
        answer = Client().generic(
            method,
            f"/api/v1{path}",
            json.dumps(body) if body is not None else "",
            "application/json",
            HTTP_AUTHORIZATION=f"Bearer {self.secrets[actor.pk]}",
        )
        content = b"".join(answer.streaming_content) if answer.streaming else answer.content
        return content.decode()

    def command(self, actor: Any, *words: str) -> str:
        target = self.folder / "out"
        target.unlink(missing_ok=True)
        assert main([*words, "--as", actor.email, "-o", str(target)]) == 0
        return str(target.read_text(encoding="utf-8"))


def _address(name: str, *arguments: Any) -> str:
    return reverse(f"interactions:{name}", args=arguments)


def _feed(house: House, actor: Any) -> str:
    feed = open_feed(account=actor, by=actor)
    return Client().get("/" + selectors.address_of(feed).split("/", 3)[3]).content.decode()


Door = Callable[[House, Any], str]
PAGES: dict[str, Door] = {
    "profile of the person": lambda h, who: h.page(who, h.ana.get_absolute_url()),
    "profile of the organisation": lambda h, who: h.page(who, h.pantry.get_absolute_url()),
    "timeline of the person": lambda h, who: h.page(who, _address("timeline", str(Ref.to(h.ana)))),
    "timeline of the organisation": lambda h, who: h.page(who, _address("timeline", str(Ref.to(h.pantry)))),
    "mails of the timeline": lambda h, who: h.page(
        who, _address("timeline", str(Ref.to(h.ana))) + "?show=mail"
    ),
    "list": lambda h, who: h.page(who, _address("list")),
    "list by words": lambda h, who: h.page(who, _address("list") + "?text=elsewhere"),
    "list by person": lambda h, who: h.page(who, _address("list") + "?person=Ana+Ruiz"),
    "list by who reads": lambda h, who: h.page(who, _address("list") + "?visibility=coordinators"),
    "list of next steps": lambda h, who: h.page(who, _address("steps")),
    "list of unknown addresses": lambda h, who: h.page(who, _address("proposals")),
    "unknown address": lambda h, who: h.page(who, _address("proposal", h.note.proposals.get().uuid)),
    "note": lambda h, who: h.page(who, h.note.get_absolute_url()),
    "note by key": lambda h, who: h.page(who, _address("by_key", h.note.pk)),
    "form to change it": lambda h, who: h.page(who, _address("change", h.note.uuid)),
    "next step": lambda h, who: h.page(who, h.step.get_absolute_url()),
    "next step by key": lambda h, who: h.page(who, _address("step_by_key", h.step.pk)),
    "Today": lambda h, who: h.page(who, "/"),
    "search page": lambda h, who: h.page(who, "/search?q=promised+elsewhere"),
    "palette": lambda h, who: h.page(who, "/palette?q=About+the"),
    "file": lambda h, who: h.page(who, reverse("files:download", args=[h.file.uuid])),
    "calendar": _feed,
}
EXPORTS: dict[str, Door] = {
    "list as CSV": lambda h, who: h.page(
        who, _address("list") + "?export=csv&columns=about,kind,when,with,text"
    ),
    "next steps as CSV": lambda h, who: h.page(who, _address("steps") + "?export=csv"),
    "unknown addresses as CSV": lambda h, who: h.page(who, _address("proposals") + "?export=csv"),
    "all about a person, by page": lambda h, who: h.page(
        who, reverse("people:export", args=[h.ana.uuid]), sent="1"
    ),
    "all about a person, by program": lambda h, who: h.program(
        who, f"/people/{h.ana.uuid}/export", "POST", {}
    ),
    "command, interactions as CSV": lambda h, who: h.command(who, "export", "interactions"),
    "command, interactions as JSON": lambda h, who: h.command(
        who, "export", "interactions", "--format", "json"
    ),
    "command, next steps": lambda h, who: h.command(who, "export", "next_steps"),
    "command, next steps as JSON": lambda h, who: h.command(who, "export", "next_steps", "--format", "json"),
}
PROGRAMS: dict[str, Door] = {
    "interactions": lambda h, who: h.program(who, "/interactions"),
    "interactions changed since": lambda h, who: h.program(
        who, "/interactions?updated_since=2020-01-01T00:00:00Z"
    ),
    "interactions of a person": lambda h, who: h.program(who, f"/interactions?person={h.ana.uuid}"),
    "one interaction": lambda h, who: h.program(who, f"/interactions/{h.note.uuid}"),
    "next steps": lambda h, who: h.program(who, "/next-steps"),
    "next steps changed since": lambda h, who: h.program(
        who, "/next-steps?updated_since=2020-01-01T00:00:00Z"
    ),
    "one next step": lambda h, who: h.program(who, f"/next-steps/{h.step.uuid}"),
    "unknown addresses": lambda h, who: h.program(who, "/unknown-addresses"),
    "one unknown address": lambda h, who: h.program(who, f"/unknown-addresses/{h.note.proposals.get().uuid}"),
    "search": lambda h, who: h.program(who, "/search?q=promised+elsewhere"),
    "files": lambda h, who: h.program(who, "/files"),
    "one file": lambda h, who: h.program(who, f"/files/{h.file.uuid}/content"),
}
DOORS = {**PAGES, **EXPORTS, **PROGRAMS}


@pytest.mark.django_db
def test_every_door_tells_it_to_who_leads_and_to_nobody_else(alice, bob, vera, tmp_path, capsys):
    house = House(alice, tmp_path)
    before = (Interaction.objects.count(), NextStep.objects.count())
    silent, leaks = [], []
    for name, knock in DOORS.items():
        found = knock(house, alice).lower()
        if not any(word in found for word in WORDS):
            silent.append(name)
        for stranger in (bob, vera):
            told = knock(house, stranger).lower()
            leaks += [f"{word} at {name}, for {stranger}" for word in WORDS if word in told]
    assert leaks == []
    assert silent == []  # a door that tells nobody proves nothing
    assert (Interaction.objects.count(), NextStep.objects.count()) == before


@pytest.mark.django_db
def test_the_operator_gets_all_of_it_and_each_row_says_who_may_read_it(alice, tmp_path, capsys):
    House(alice, tmp_path)
    log_interaction(by=alice, text="Open to all.", happened_at=timezone.now())
    target = tmp_path / "all.json"
    assert main(["export", "interactions", "--format", "json", "-o", str(target)]) == 0
    told = json.loads(target.read_text())
    assert [(one["visibility"], one["by"]) for one in told] == [
        ("coordinators", "alice@example.org"),
        ("team", "alice@example.org"),
    ]
    assert [step["text"] for step in told[0]["next_steps"]] == ["Ask the axolotl"]
    assert main(["export", "interactions", "-o", str(target)]) == 0
    head, first, second = target.read_text(encoding="utf-8").splitlines()
    assert "coordinators" in first
    assert "team" in second
    assert head.split(",")[10] == "Who may read it"


@pytest.mark.django_db
def test_who_is_not_of_the_team_exports_nothing(petra, tmp_path, capsys):
    target = tmp_path / "none.csv"
    for email in (petra.email, "nobody@example.org"):
        assert main(["export", "interactions", "--as", email, "-o", str(target)]) == 1
        assert not target.exists()
