"""What imports and bulk actions did to a person is told before and after; search follows names of organisations."""

from __future__ import annotations

import re
from datetime import date

import pytest
from django.utils import translation

from barnraise.foundation.refs import Ref
from barnraise.plumbing.jobs.models import Job
from barnraise.plumbing.jobs.services import work
from barnraise.plumbing.journal.selectors import timeline
from barnraise.plumbing.journal.services import close_change_set, open_change_set
from barnraise.plumbing.search.selectors import find
from barnraise.who.organisations.services import (
    OrganisationDocument,
    change_organisation,
    register_organisation,
)
from barnraise.who.people import services
from barnraise.who.people.documents import PersonDocument, Post, Reach
from barnraise.who.people.models import Person
from barnraise.who.people.services import names

from .importing import command, write

pytestmark = pytest.mark.django_db
HEAD = "Own id,First name,Last name,E-mail,Phone,Tags\n"


def rows(person, actor):
    return [
        [(one.field, one.before, one.after) for one in entry.rows]
        for entry in timeline(Ref.to(person), actor=actor).entries
    ]


@pytest.fixture
def pantry(db):
    return register_organisation(OrganisationDocument(name="Quincy Pantry"), by=None)


def test_the_timeline_says_what_an_import_changed(tmp_path, capsys, alice):
    first = "1,Ana,Ruiz,ana@example.org,+17405550100,Food\n"
    command(capsys, "import", write(tmp_path / "people.csv", HEAD + first))
    later = "1,Ana,Ruiz Lopez,ana.ruiz@example.org,+17405550100,River\n"
    command(capsys, "import", write(tmp_path / "people.csv", HEAD + later))
    person = Person.objects.get()
    assert rows(person, alice)[0] == [
        ("family name", "Ruiz", "Ruiz Lopez"),
        ("shown as", "Ana Ruiz", "Ana Ruiz Lopez"),
        ("How to reach them", "", "ana.ruiz@example.org"),
        ("Tags", "", "River"),
    ]


def test_bulk_actions_and_roles_are_told_before_and_after(pantry, alice, logged_in):
    person = services.register_person(
        PersonDocument(given_name="Ana", contacts=(Reach("email", "ana@example.org"),)), by=alice
    )
    role = services.add_role(person, organisation=pantry, title="Clerk", by=alice)
    other = register_organisation(OrganisationDocument(name="Oak Library"), by=alice)
    services.change_role(role, by=alice, title="Director", organisation=other, kind="board")
    assert sorted(rows(person, alice)[0]) == [
        ("kind", "Works there", "On the board"),
        ("organisation", "Quincy Pantry", "Oak Library"),
        ("title", "Clerk", "Director"),
    ]
    leading = services.add_leadership(person, kind="faith", constituency="St Mark's", by=alice)
    services.change_leadership(leading, by=alice, kind="elected", term_ends_on=date(2030, 1, 1))
    expected = [("kind", "Faith leader", "Elected official"), ("term ends on", "", "2030-01-01")]
    assert sorted(rows(person, alice)[0]) == expected
    with translation.override("es"):
        assert "Liderazgo religioso" in [before for _field, before, _after in rows(person, alice)[0]]
        services.change_person(person, by=alice, contacts=(Reach("email", "a@example.org"),))
        assert rows(person, alice)[0][0][0] == "Cómo comunicarse"
    change_set = open_change_set(by=alice, verb="people.owned_many")
    services.own_together(Person.objects.all(), owner=alice.pk, by=alice, change_set=change_set)
    close_change_set(change_set=change_set)
    page = logged_in(alice).get(f"/journal/changes/{change_set.pk}/").content.decode()
    found = re.search(r'<dl class="before-after">(.*?)</dl>', page, re.DOTALL)
    assert found is not None
    assert " ".join(re.sub(r"<[^>]+>", " ", found[1]).split()) == "who keeps the relation Alice"


def test_search_follows_when_an_organisation_gets_another_name(pantry, alice, monkeypatch):
    for name in ("Ana", "Bert"):
        services.register_person(PersonDocument(given_name=name, roles=(Post(pantry.pk, "Clerk"),)), by=alice)

    def found(words):
        return sorted(hit.title for hit in find(words, actor=alice, kinds=["people.person"]))

    assert found("quincy") == ["Ana", "Bert"]
    change_organisation(pantry, by=alice, name="Zebulon Kitchen")
    assert (found("quincy"), found("zebulon")) == ([], ["Ana", "Bert"])
    monkeypatch.setattr(names, "AT_ONCE", 1)
    change_organisation(pantry, by=alice, name="Quokka House")
    for job in Job.objects.filter(state="waiting"):
        work(job.pk)
    assert (found("zebulon"), found("quokka")) == ([], ["Ana", "Bert"])
