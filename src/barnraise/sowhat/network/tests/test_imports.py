"""Waves come in from a table, change and close by it, and go again with its undo."""

from __future__ import annotations

from datetime import date

import pytest

from barnraise.plumbing.mail.models import Message
from barnraise.sowhat.network.intake_waves import Waves
from barnraise.sowhat.network.models import Member, Wave
from barnraise.who.organisations.documents import Id, OrganisationDocument
from barnraise.who.organisations.services import register_organisation
from barnraise.who.people.tests.importing import command, write

pytestmark = pytest.mark.django_db


def take(path, capsys, lines):
    file = write(path / "waves.csv", f"wave,from,answer until,partners,what for,state\n{lines}")
    return command(capsys, "import", file, "--kind", "waves", "--date-order", "ymd")


def told(name):
    row = Wave.objects.get(name=name)
    partners = sorted(row.members.values_list("organisation__name", flat=True))
    return row.begins_on, row.due_on, partners, row.about, row.ended_on is not None


def test_waves_come_in_change_close_and_go(bodies, alice, tmp_path, capsys):
    done = take(
        tmp_path,
        capsys,
        "Autumn,2026-09-01,2026-09-30,Bakery; clinic,Yearly,\nOld,2025-09-01,2025-09-30,,,closed\n",
    )
    first = (date(2026, 9, 1), date(2026, 9, 30), ["Bakery", "Clinic"], "Yearly", False)
    assert (done["created"], done["refused"], told("Autumn"), told("Old")[4]) == (
        {"waves": 2},
        [],
        first,
        True,
    )
    second = take(
        tmp_path, capsys, "autumn,,2026-10-15,School; Bakery,,closed\nNext,2027-09-01,2027-09-30,,,\n"
    )
    assert (second["created"], second["updated"]) == ({"waves": 1}, {"waves": 1})
    assert told("Autumn") == (
        date(2026, 9, 1),
        date(2026, 10, 15),
        ["Bakery", "Clinic", "School"],
        "Yearly",
        True,
    )
    assert command(capsys, "imports", "undo", second["import"])["undone"] == 2
    assert (told("Autumn"), Wave.objects.count()) == (first, 2)
    Member.objects.filter(organisation__name="Bakery").update(answered_at=Wave.objects.first().created_at)
    assert command(capsys, "imports", "undo", done["import"])["undone"] == 1
    assert Wave.objects.get().name == "Autumn", "in which somebody answered"
    assert not Message.objects.exists()


def test_what_cannot_be_is_refused_by_row_and_field(wave, alice, tmp_path, capsys):
    take(tmp_path, capsys, "Old,2025-09-01,2025-09-30,,,closed\nOlder,2024-09-01,2024-09-30,,,closed\n")
    lines = (
        "A,2026-09-01,,,,\n"
        "B,2026-09-30,2026-09-01,,,\n"
        "C,2026-09-01,2026-09-30,Nobody Inc,,\n"
        "Old,,2025-10-15,,,\n"
        "Older,,,Clinic,,\n"
        "Spring,2999-01-01,,,,\n"
    )
    refused = sorted(take(tmp_path, capsys, lines)["refused"], key=lambda one: one["row"])
    assert [(one["row"], one["column"]) for one in refused] == [
        (2, "due_on"), (3, "due_on"), (4, "partners"), (5, "due_on"), (6, "partners"), (7, "due_on"),
    ]  # fmt: skip
    assert refused[3]["reason"] == "This wave is closed. Open it again on its page first."
    assert {row.name for row in Wave.objects.all()} == {"Spring", "Old", "Older"}


def test_a_partner_given_by_number_is_asked_and_not_its_namesake(alice, tmp_path, capsys):
    for number in ("M-1", "M-2"):
        document = OrganisationDocument(name="Bakery", identifiers=(Id("OWN", number),))
        last = register_organisation(document, by=alice)
    line = "Autumn,2026-09-01,2026-09-30,M-2,Yearly,\n"
    assert take(tmp_path, capsys, line)["created"] == {"waves": 1}
    assert list(Member.objects.values_list("organisation", flat=True)) == [last.pk]
    again = take(tmp_path, capsys, line)
    assert (again["updated"], again["unchanged"]) == ({"waves": 0}, 1)
    assert take(tmp_path, capsys, "Autumn,,,Bakery,,\n")["refused"][0]["column"] == "partners"
    assert Member.objects.count() == 1


def test_partners_of_many_waves_are_looked_up_once(bodies, django_assert_num_queries):
    build = Waves().builder()
    first = build({"name": "One", "partners": ["bakery", "Clinic"]})
    with django_assert_num_queries(0):
        again = build({"name": "Two", "partners": ["Clinic", "bakery"]})
    assert (first["partners"], again["partners"]) == (["Bakery", "Clinic"], ["Clinic", "Bakery"])
