"""Questionnaires are made, changed and closed by files, refused with a reason, and the undo takes it back."""

from __future__ import annotations

from datetime import date

import pytest

from barnraise.plumbing.questionnaires.models import Questionnaire
from barnraise.plumbing.questionnaires.services import add_questionnaire
from barnraise.who.people.tests.importing import command, write

pytestmark = pytest.mark.django_db
HEAD = "name,title,language,from,until,public,anonymous,state\n"


def test_questionnaires_are_made_changed_and_closed_by_files(alice, vera, logged_in, tmp_path, capsys):
    def take(rows):
        file = write(tmp_path / "surveys.csv", HEAD + rows)
        return command(capsys, "import", file, "--kind", "questionnaires", "--date-order", "ymd")

    for _each in range(2):
        add_questionnaire(name="Twin", texts={"en": {"title": "Twin"}}, by=alice)
    first = take(
        "Street survey,Your street,en,2026-05-01,2026-06-30,yes,yes,\nHarvest,,,,,no,,closed\n"
        "Backwards,,,2026-06-30,2026-05-01,,,\nStrange,,xx,,,,,\nTwin,,,,,no,,\nOdd,,,soon,,,,\n"
    )
    assert first["created"] == {"questionnaires": 2}
    refused = sorted((one["row"], one["column"]) for one in first["refused"])
    assert refused == [(4, "closes_on"), (5, "language"), (6, "name"), (7, "from")]
    rows = Questionnaire.objects.exclude(name="Twin").order_by("pk")
    street, harvest = rows
    assert (street.opens_on, street.closes_on) == (date(2026, 5, 1), date(2026, 6, 30))
    assert (street.is_public, street.is_anonymous, street.ended_at) == (True, True, None)
    assert street.versions.get().texts == {"en": {"title": "Your street"}}
    assert (harvest.is_public, harvest.ended_at is None) == (False, False)
    second = take("street survey,,,,2026-07-31,,,closed\nHarvest,,,,,yes,,open\n")
    assert (second["updated"], second["refused"]) == ({"questionnaires": 2}, [])
    street, harvest = rows.all()
    assert (street.closes_on, street.is_anonymous, street.ended_at is None) == (
        date(2026, 7, 31),
        True,
        False,
    )
    assert (harvest.is_public, harvest.ended_at) == (True, None)
    assert "Street survey" in logged_in(vera).get("/questionnaires/?state=draft").content.decode()
    assert command(capsys, "imports", "undo", second["import"])["undone"] == 2
    street, harvest = rows.all()
    assert (street.closes_on, street.ended_at, harvest.is_public) == (date(2026, 6, 30), None, False)
    Questionnaire.objects.filter(name="Twin").delete()
    browser = logged_in(vera)
    assert command(capsys, "imports", "undo", first["import"])["undone"] == 2
    assert not rows.all().exists()
    assert browser.get("/").status_code == 200
