"""Purposes come in from a file, change, are worded anew and end by it, and go again; programs filter them."""

from __future__ import annotations

import pytest

from barnraise.plumbing.search.selectors import find
from barnraise.who.consent.models import Purpose, Wording
from barnraise.who.consent.selectors import current_wording
from barnraise.who.consent.services import add_purpose, end_purpose, record_consent
from barnraise.who.people.tests.importing import command, taken_back_in, write

pytestmark = pytest.mark.django_db
HEAD = "name,channels,about,words en,words es,state\n"


def told(done):
    (created,), (updated,) = done["created"].values(), done["updated"].values()
    return created, updated, sorted((one["row"], one["column"]) for one in done["refused"])


def test_purposes_come_change_end_and_go_by_files(newsletter, ana, tmp_path, capsys, alice, vera, logged_in):
    def take(rows):
        file = write(tmp_path / "purposes.csv", HEAD + rows)
        return command(capsys, "import", file, "--kind", "consent_purposes")

    done = take(
        "Invitations,E-mail; Letter,Once a month,We invite you.,Le invitamos.,\n"
        "newsletter,email,For donors,We write weekly.,,\n"
        "Pigeons,pigeon,,Coo.,,\nNo words,email,,,,\nOld list,phone,,Calls.,,Ended\n"
    )
    assert told(done)[:2] == (2, 1)
    assert [row for row, _column in told(done)[2]] == [4, 5]
    made = Purpose.objects.get(name="Invitations")
    assert (made.channels, made.about, made.is_ended) == (["email", "post"], "Once a month", False)
    assert current_wording(made).texts == {"en": "We invite you.", "es": "Le invitamos."}
    assert Purpose.objects.get(name="Old list").is_ended
    newsletter.refresh_from_db()
    assert (newsletter.name, newsletter.channels, newsletter.about) == ("Newsletter", ["email"], "For donors")
    words = current_wording(newsletter)
    assert (words.number, words.texts) == (2, {"en": "We write weekly.", "es": "Escribimos una vez al mes."})
    assert next(hit.title for hit in find("invitations", actor=vera)) == "Invitations"
    sheet = "/who/consent/purposes/"
    assert logged_in(vera).get(sheet).status_code == 200
    again = taken_back_in(capsys, logged_in(vera), sheet, tmp_path / "out.csv", "consent_purposes")
    assert (told(again)[0], told(again)[2], Purpose.objects.count()) == (0, [], 3)
    ended = take("Newsletter,email,,,,ended\n")
    assert told(ended) == (0, 1, [])
    newsletter.refresh_from_db()
    assert newsletter.is_ended
    command(capsys, "imports", "undo", ended["import"])
    newsletter.refresh_from_db()
    assert not newsletter.is_ended
    record_consent(ana, purpose=made, channels=["email"], is_given=True, source="form", by=alice)
    command(capsys, "imports", "undo", done["import"])
    newsletter.refresh_from_db()
    assert (newsletter.channels, newsletter.about) == (["email", "post"], "")
    assert current_wording(newsletter).number == 1
    names = sorted(Purpose.objects.values_list("name", flat=True))
    assert names == ["Invitations", "Newsletter"], "what somebody answered to stays"
    assert Wording.objects.count() == 2


def test_purposes_are_filtered_by_api(asks, newsletter, alice, vera):
    old = add_purpose(name="Old list", channels=["phone"], texts={"en": "Calls."}, by=alice)
    end_purpose(old, by=alice)
    for query, names in (
        ("", ["Newsletter", "Old list"]),
        ("?is_ended=true", ["Old list"]),
        ("?is_ended=false", ["Newsletter"]),
        ("?name=NEWSLETTER", ["Newsletter"]),
        ("?name=News", []),
    ):
        found = asks(vera)("GET", f"/consent-purposes{query}")[1]["items"]
        assert sorted(one["name"] for one in found) == names, query
