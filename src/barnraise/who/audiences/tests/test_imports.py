"""Audiences come in from a table with their rules in words, change and end by it, and go again with its undo."""

from __future__ import annotations

import pytest
from django.conf import settings
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils.translation import override

from barnraise.plumbing.tags.models import Tag
from barnraise.plumbing.tags.services import add as add_tag
from barnraise.who.audiences import selectors
from barnraise.who.audiences.intake import Audiences
from barnraise.who.audiences.models import Audience
from barnraise.who.audiences.services import Given, end_audience, make_audience
from barnraise.who.audiences.wording import Words
from barnraise.who.people.tests.importing import command, write

pytestmark = pytest.mark.django_db


def take(path, capsys, text):
    return command(capsys, "import", write(path / "audiences.csv", text), "--kind", "audiences")


def told():
    return {
        row.name: (
            row.mode,
            [(one.criterion, list(one.values), one.is_not) for one in selectors.rules_of(row)],
            (row.purpose.name if row.purpose else "", row.channel, row.about, row.is_ended),
        )
        for row in selectors.listed()
    }


def test_what_the_list_writes_is_read_again_in_every_language(folk, newsletter, alice, logged_in, tmp_path, capsys):  # fmt: skip
    add_tag(to=folk["Ben"], names=["Arts or crafts more", 'The "Choir"', "Not yet"], by=alice)
    tags = [str(key) for key in Tag.objects.order_by("pk").values_list("pk", flat=True)]
    reach = {"purpose": newsletter, "channel": "email"}
    make_audience(by=alice, name="Singers", rules=[Given("tag", tags), Given("kind", ["staff"], is_not=True)], **reach)  # fmt: skip
    either = [Given("kind", ["resident"]), Given("kind", ["volunteer"]), Given("attended", ["any"])]
    end_audience(make_audience(by=alice, name="Neighbours", rules=either, mode="any", about="All"), by=alice)
    make_audience(by=alice, name="Nobody")
    before = told()
    sheets = {}
    for language in ("en", "es"):
        browser = logged_in(alice)
        browser.cookies[settings.LANGUAGE_COOKIE_NAME] = language
        session = browser.session
        session["list:audiences"] = {"columns": ["name", "rules", "mode", "usual", "about", "state"]}
        session.save()
        with override(language):
            sheets[language] = browser.get("/who/audiences/?export=csv").getvalue().decode("utf-8-sig")
    assert "\nNobody,,Todas las reglas,,,En uso" in sheets["es"].replace("\r", ""), sheets["es"]
    line = next(one for one in sheets["en"].splitlines() if one.startswith("Singers"))
    assert line.startswith(
        'Singers,"Has the tag: ""Arts or crafts more"" or ""The """"Choir"""""" or ""Not yet""; and Is a: not Our team",'
    )
    Audience.objects.all().delete()
    done = take(tmp_path, capsys, sheets["en"])
    assert (done["created"], done["refused"], told()) == ({"audiences": 3}, [], before)
    again = take(tmp_path, capsys, sheets["en"])
    assert (again["updated"], again["unchanged"]) == ({"audiences": 0}, 3)
    words = Words()
    for row in selectors.listed():
        rules = [Given(one.criterion, one.values, one.is_not) for one in selectors.rules_of(row)]
        for language in ("en", "es"):
            assert words.read(words.written(rules, row.mode, language))[0] == rules


def test_a_second_file_changes_and_ends_audiences_and_is_undone(folk, newsletter, alice, tmp_path, capsys):
    head = "name,rules,all or any,purpose,channel,notes,state\n"
    take(
        tmp_path,
        capsys,
        head + "Choir,Is a: Resident,,,,Sing,\nOld,Is a: Our team; or Is a: Volunteer,,,,,\n",
    )
    first = told()
    assert first["Old"][0] == "any"
    second = take(
        tmp_path,
        capsys,
        head + "choir,Is a: Resident or Volunteer; Is noted as: not inactive,,Newsletter,E-mail,,\nOld,,,,,,ended\nNew,,any,,,,\n",
    )  # fmt: skip
    assert (second["created"], second["updated"]) == ({"audiences": 1}, {"audiences": 2})
    rules = [("kind", ["resident", "volunteer"], False), ("status", ["inactive"], True)]
    assert told()["Choir"] == ("all", rules, ("Newsletter", "email", "Sing", False))
    assert told()["Old"] == (first["Old"][0], first["Old"][1], ("", "", "", True))
    assert command(capsys, "imports", "undo", second["import"])["undone"] == 3
    assert told() == first
    assert selectors.size_of(Audience.objects.get(name="Choir")) == 2


def test_what_nobody_knows_is_refused_by_row_and_field_with_its_mend(
    folk, newsletter, alice, tmp_path, capsys
):
    add_tag(to=folk["Ben"], names=["Choir"], by=alice)
    lines = (
        "A,Shoe size: 41,,,,\n"
        "B,Has the tag: Chior,,,,\n"
        "C,Resident,,,,\n"
        "D,Is a: Resident; and Is a: Volunteer; or Is a: Our team,,,,\n"
        "E,Is a: Resident; or Is a: Volunteer,all,,,\n"
        "F,Has the tag: Choir,,Party,E-mail,\n"
        "G,Has the tag: Choir,,Newsletter,,\n"
        "H,Has the tag: Choir #999999,,,,\n"
    )
    done = take(tmp_path, capsys, f"name,rules,mode,purpose,channel,about\n{lines}")
    refused = sorted(done["refused"], key=lambda one: one["row"])
    fields = [(one["row"], one["column"]) for one in refused]
    assert fields == [
        (2, "rules"), (3, "rules"), (4, "rules"), (5, "rules"), (6, "rules"), (7, "purpose"), (8, "channel"), (9, "rules"),
    ]  # fmt: skip
    assert "Has the tag; Is a; Has a role as" in refused[0]["reason"]
    assert refused[1]["reason"] == "“Has the tag” does not know “Chior”. It knows: Choir."
    assert not Audience.objects.exists()


def test_many_audiences_are_looked_up_at_once(folk, newsletter, alice, django_assert_num_queries):
    noun = Audiences()
    build = noun.builder()
    make_audience(by=alice, name="Choir 0")
    documents = [build({"name": f"Choir {number}"}) for number in range(4)]
    with CaptureQueriesContext(connection) as few:
        noun.find(documents[:1])
    with django_assert_num_queries(len(few)):
        assert [key is None for key in noun.find(documents)] == [False, True, True, True]
