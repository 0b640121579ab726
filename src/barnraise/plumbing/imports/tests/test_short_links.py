"""Short links come in from a table, change and end by it, and go again with its undo."""

from __future__ import annotations

import pytest

from barnraise.plumbing.links.models import ShortLink
from barnraise.plumbing.links.services import count_visit, create
from barnraise.who.people.tests.importing import command, taken_back_in, write

pytestmark = pytest.mark.django_db


def test_links_come_in_change_end_and_go(tmp_path, capsys, client):
    def take(lines):
        file = write(tmp_path / "links.csv", f"title,leads to,channels,code,ended\n{lines}")
        return command(capsys, "import", file, "--kind", "short_links")

    done = take(
        "Flyer of May,/events/,Flyer; Poster,MAY,\n"
        "Without a code,https://example.org/a,,,\n"
        "Elsewhere,http://example.org/,,,\n"
        "Odd,/events/,,no code,\n"
    )
    assert done["created"] == {"short_links": 2}
    assert sorted((one["row"], one["column"]) for one in done["refused"]) == [(4, "target"), (5, "code")]
    may, other = ShortLink.objects.order_by("pk")
    assert (may.code, may.target, may.channels) == ("may", "/events/", ["flyer", "poster"])
    assert len(other.code) == 6
    assert client.get("/l/may")["Location"] == "/events/"
    second = take(
        "Flyer of May,/events/fair/,Flyer; Poster; Radio,may,\nWithout a code,https://example.org/b,,,yes\n"
    )
    assert (second["created"], second["updated"]) == ({"short_links": 0}, {"short_links": 2})
    may.refresh_from_db()
    other.refresh_from_db()
    assert (may.target, may.channels) == ("/events/fair/", ["flyer", "poster", "radio"])
    assert (other.target, other.is_ended) == ("https://example.org/b", True)
    assert command(capsys, "imports", "undo", second["import"])["undone"] == 2
    may.refresh_from_db()
    other.refresh_from_db()
    assert (may.target, may.channels, other.is_ended) == ("/events/", ["flyer", "poster"], False)
    third = take("New one,/events/,,new-one,\nNew two,/events/,,new-two,yes\n")
    assert [one.is_ended for one in ShortLink.objects.order_by("-pk")[:2]] == [True, False]
    count_visit(link=ShortLink.objects.get(code="new-one"), channel="", on=may.created_at.date())
    assert command(capsys, "imports", "undo", third["import"])["undone"] == 1
    assert set(ShortLink.objects.values_list("code", flat=True)) == {"may", other.code, "new-one"}


def test_the_list_as_it_went_out_changes_nothing(tmp_path, capsys, alice, logged_in):
    create(title="Flyer of May", target="/events/", channels=["flyer"], code="may", by=alice)
    done = taken_back_in(capsys, logged_in(alice), "/links/", tmp_path / "links.csv", "short_links")
    assert (done["refused"], done["unchanged"], ShortLink.objects.count()) == ([], 1, 1)
