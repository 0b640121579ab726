"""Lists of who agreed to what come in as a file, once."""

from __future__ import annotations

import pytest

from barnraise.config.commands import main
from barnraise.who.consent import sample
from barnraise.who.consent.models import Consent, Purpose, Standing
from barnraise.who.people.documents import PersonDocument, Reach
from barnraise.who.people.models import Person
from barnraise.who.people.services import register_person
from barnraise.who.people.tests.importing import command, write

pytestmark = pytest.mark.django_db
HEAD = "email,name,purpose,channel,state,date,until\n"


def test_a_list_comes_in_once_and_says_what_it_cannot_take(ana, newsletter, alice, tmp_path, capsys):
    register_person(
        PersonDocument(display_name="Sol Ruiz", contacts=(Reach("email", "home@example.org"),)), by=alice
    )
    register_person(
        PersonDocument(display_name="Luz Ruiz", contacts=(Reach("email", "home@example.org"),)), by=alice
    )
    lines = (
        "ana@example.org,,newsletter,E-mail,given,2025-03-01,2030-01-01\n"
        "ANA@example.org,,Newsletter,email,withdrawn,2025-05-01,\n"
        "home@example.org,Luz Ruiz,Newsletter,email,given,2025-04-01,\n"
        "home@example.org,,Newsletter,email,given,2025-04-01,\n"
        "nobody@example.org,,Newsletter,email,given,2025-04-01,\n"
        "ana@example.org,,Raffle,email,given,2025-04-01,\n"
        "ana@example.org,,Newsletter,phone,given,2025-04-01,\n"
        "ana@example.org,,Newsletter,email,given,2999-04-01,\n"
        ",Ana Ruiz,Newsletter,email,given,2025-04-01,\n"
    )
    file = write(tmp_path / "list.csv", HEAD + lines)
    done = command(capsys, "import", file, "--kind", "consents", "--date-order", "ymd")
    assert (done["rows"], done["created"]) == (9, {"consents": 3})
    refused = sorted(done["refused"], key=lambda one: one["row"])
    assert [(one["row"], one["column"]) for one in refused] == [
        (5, "email"),
        (6, "email"),
        (7, "purpose"),
        (8, "channel"),
        (9, "said_on"),
        (10, "email"),
    ]
    assert "Several people have “home@example.org”" in refused[0]["reason"]
    assert list(
        Standing.objects.order_by("person__display_name").values_list("person__display_name", "is_given")
    ) == [
        ("Ana Ruiz", False),
        ("Luz Ruiz", True),
    ]
    again = command(capsys, "import", file, "--kind", "consents", "--date-order", "ymd")
    assert (again["created"], again["updated"], again["unchanged"]) == ({"consents": 0}, {"consents": 0}, 3)
    assert Consent.objects.count() == 3
    undone = command(capsys, "imports", "undo", done["import"])
    assert (undone["undone"], Consent.objects.count(), Standing.objects.count()) == (3, 0, 0)


def test_the_town_has_said_what_it_wants(sample_town, ada, capsys):
    lines, standing = Consent.objects.count(), Standing.objects.count()
    assert lines > standing > 300
    assert sorted(set(Consent.objects.values_list("is_sample", flat=True))) == [True]
    assert Purpose.objects.filter(is_sample=True).count() == 4, "one of them is that of stories"
    assert set(sample.load(by=ada).values()) == {0}
    assert main(["sample", "remove"]) == 0
    assert (
        Consent.objects.count(),
        Standing.objects.count(),
        Purpose.objects.count(),
        Person.objects.count(),
    ) == (0, 0, 0, 0)
