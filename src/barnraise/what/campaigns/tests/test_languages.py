"""A campaign in two languages: each reader gets theirs, what is missing is named, and an approval does not outlive a change."""

from __future__ import annotations

import re
from datetime import timedelta

import pytest
from django.test import Client

from barnraise.foundation.refs import Ref
from barnraise.plumbing.links.services import sign
from barnraise.plumbing.mail.models import Message
from barnraise.plumbing.mail.tests.posting import deliver
from barnraise.what.campaigns import selectors
from barnraise.what.campaigns.models import CampaignReader
from barnraise.what.campaigns.services import approve, change_block, copy_campaign, move_block
from barnraise.who.people.models import Person

from .test_sending import fresh, go, mails

pytestmark = pytest.mark.django_db
SPANISH = {
    "subject": "Primavera, {{given_name}}",
    "preview": "Lo que creció",
    "block-0-text": "Hola {{given_name|amiga}},\n\n[siga leyendo](https://example.org/jardin).",
    "block-1-text": "El jardín",
}


def test_each_reader_gets_their_language(server, campaign, people, bob, alice, logged_in):
    Person.objects.filter(pk=people["Ana"].pk).update(language="es")
    browser, page = logged_in(bob), f"/what/campaigns/{campaign.uuid}/in/es/"
    shown = browser.get(page).content.decode()
    assert "Spring, {{given_name}}" in shown, "the words of its own language stand below each field"
    assert browser.get(f"/what/campaigns/{campaign.uuid}/in/en/").status_code == 404
    refused = browser.post(page, {**SPANISH, "subject": ""})
    assert refused.status_code == 422
    assert fresh(campaign).texts == {}
    approve(campaign, by=alice)
    assert browser.post(page, SPANISH).status_code == 302
    row = fresh(campaign)
    assert (row.state, row.languages) == ("draft", ["en", "es"])
    assert row.blocks[1]["text.es"] == "El jardín"
    seen = browser.get(f"/what/campaigns/{campaign.uuid}/shown/?language=es").content.decode()
    assert "El jardín" in seen
    assert "Darse de baja" in seen or "Cancelar" in seen, "the frame is in that language too"
    go(row, bob, alice)
    deliver()
    got = {to: mail for to, mail in mails(server).items()}
    assert (got["ana@example.org"]["Subject"], got["ben@example.org"]["Subject"]) == (
        "Primavera, Ana",
        "Spring, Ben",
    )
    text = got["ana@example.org"].get_body(("plain",)).get_content()
    assert text.startswith("Hola Ana,")
    assert "example.org/jardin" not in text, "its links are coded"
    english = {"headers": {"Accept-Language": "en"}}
    stop = re.search(r"https://testserver(/l/act/\S+)", text)[1]
    assert '<html lang="es"' in Client().get(stop, **english).content.decode()
    ana = CampaignReader.objects.select_related("message").get(person=people["Ana"])
    said = {"a": "yes", "l": "es"}
    answer = sign("campaigns.answer", Ref.to(ana), expires=timedelta(days=1), data=said).removeprefix(
        "https://testserver"
    )
    page = Client().get(answer, **english).content.decode()
    assert '<html lang="es"' in page
    assert "Primavera, Ana" in page
    assert "Enviar mi respuesta" in page
    assert set(Message.objects.values_list("language", flat=True)) == {"en", "es"}
    assert fresh(campaign).links.filter(target="https://example.org/jardin").count() == 1


def test_a_program_sets_all_blocks_anew_or_none(campaign, bob, vera, asks):
    send, path = asks(bob), f"/campaigns/{campaign.uuid}"
    said = [{"kind": "heading", "text": "Winter"}, {"kind": "text", "text": "We rest."}]
    status, shown = send("PATCH", path, {"name": "Winter", "blocks": said})
    assert (status, shown["name"], shown["blocks"]) == (200, "Winter", said)
    for bad in ({"kind": "heading", "text": ""}, {"kind": "poem", "text": "O"}, {"text": "No kind"}):
        assert send("PATCH", path, {"name": "Spring", "blocks": [*said, bad]})[0] == 422, bad
    assert (fresh(campaign).name, fresh(campaign).blocks) == ("Winter", said)
    assert asks(vera)("PATCH", path, {"blocks": []})[0] == 403
    assert send("PATCH", path, {"blocks": []})[1]["blocks"] == []


def test_what_is_not_translated_is_named_and_words_move_with_their_block(campaign, bob, asks):
    send, path = asks(bob), f"/campaigns/{campaign.uuid}"
    body = {"subject": "Primavera", "blocks": [{}, {"text": "El jardín"}]}
    assert send("PUT", f"{path}/languages/en", body)[0] == 422
    assert send("PUT", f"{path}/languages/xx", body)[0] == 422
    assert send("PUT", f"{path}/languages/es", {"preview": "Hola"})[0] == 422
    assert fresh(campaign).languages == ["en"]
    status, shown = send("PUT", f"{path}/languages/es", body)
    assert (status, shown["languages"]) == (200, ["en", "es"])
    words = [one["words"] for one in send("GET", f"{path}/check")[1]["faults"]]
    assert any("Español: 2 texts are not translated" in one for one in words)
    row = change_block(
        fresh(campaign), at=1, values={"text": "Our garden", "address": "https://example.org"}, by=bob
    )
    row = move_block(row, at=1, is_up=True, by=bob)
    assert (row.blocks[0]["text"], row.blocks[0]["text.es"]) == ("Our garden", "El jardín")
    assert copy_campaign(selectors.one(row.uuid), by=bob).languages == ["en", "es"]
    bad = {**body, "blocks": [{"text": "El jardín"}, {"text": "Hola {{nadie}}"}]}
    send("PUT", f"{path}/languages/es", bad)
    faults = send("GET", f"{path}/check")[1]["faults"]
    assert any(one["is_grave"] and "{{nadie}}" in one["words"] for one in faults)
    status, shown = send("PUT", f"{path}/languages/es", {})
    assert (status, shown["languages"]) == (200, ["en"])
    assert "text.es" not in shown["blocks"][0]
