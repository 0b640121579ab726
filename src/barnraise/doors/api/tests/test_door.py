"""The door itself: strangers, wrong addresses and methods, hostile input, paging, `updated_since`."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.core.cache import cache
from django.utils import timezone

from barnraise.doors.api.server import api
from barnraise.foundation.policy import Refused
from barnraise.plumbing.accounts.models import Account, Token
from barnraise.plumbing.accounts.services import add_token
from barnraise.plumbing.tags.models import Tag
from barnraise.plumbing.tags.services import create

NOBODY = "00000000-0000-4000-8000-000000000000"


def _operations():
    for path, methods in api.get_openapi_schema()["paths"].items():
        for method in methods:
            yield method.upper(), path


@pytest.mark.parametrize(("method", "path"), list(_operations()), ids=" ".join)
def test_no_operation_answers_a_stranger(method, path, client, db):
    cache.clear()
    address = path.replace("{uuid}", NOBODY).replace("{id}", NOBODY)
    for headers in ({}, {"Authorization": "Bearer brn_wrong"}, {"Authorization": "Basic eDp5"}):
        response = client.generic(method, address, "{}", "application/json", headers=headers)
        assert (response.status_code, response["Content-Type"]) == (401, "application/problem+json")
        assert response["WWW-Authenticate"] == "Bearer"


def test_expired_revoked_and_inactive_are_nobody(bob, program):
    ask = program(bob)
    assert ask("GET", "/tags").status_code == 200
    Account.objects.filter(pk=bob.pk).update(is_active=False)
    assert ask("GET", "/tags").status_code == 401
    Account.objects.filter(pk=bob.pk).update(is_active=True)
    Token.objects.update(expires_at=timezone.now() - timedelta(seconds=1))
    assert ask("POST", "/tags", {"name": "Food"}).status_code == 401
    Token.objects.update(expires_at=timezone.now() + timedelta(days=1), revoked_at=timezone.now())
    assert ask("POST", "/tags", {"name": "Food"}).status_code == 401
    assert Tag.objects.count() == 0


def test_the_token_of_a_partner_and_one_left_over_open_nothing_of_the_team(bob, petra, program):
    with pytest.raises(Refused):
        add_token(account=petra, scope="read", name="app", by=bob)
    mine, ask = program(petra), program(bob)
    Account.objects.filter(pk=bob.pk).update(role="partner")
    assert [one["name"] for one in mine("GET", "/tokens").json()["items"]] == ["test"], "its own alone"
    for path in ("/tags", "/organisations", "/communities", "/files", "/imports", "/accounts"):
        assert mine("GET", path).status_code == 403
        response = ask("GET", path)
        assert (path, response.status_code) == (path, 403)
        assert response["Content-Type"] == "application/problem+json"
    assert ask("POST", "/tags", {"name": "Food"}).status_code == 403
    assert Tag.objects.count() == 0
    create(name="Food", description="", by=None)
    assert ask("GET", "/search?q=Food").json() == {"items": []}


@pytest.mark.parametrize(
    ("method", "path", "status"),
    [
        ("GET", "/", 404),
        ("GET", "/nothing", 404),
        ("POST", "/nothing", 404),
        ("GET", "/tags/not-a-uuid", 422),
        ("GET", "/jobs/not-a-uuid", 404),
        ("PUT", "/tags", 405),
        ("OPTIONS", "/tags", 405),
        ("POST", "/openapi.json", 405),
    ],
)
def test_wrong_addresses_and_methods_are_problems(method, path, status, bob, program):
    response = program(bob)(method, path, {})
    assert (response.status_code, response["Content-Type"]) == (status, "application/problem+json")
    assert response.json()["status"] == status
    assert int(response.get("Content-Length", len(response.content))) == len(response.content)
    assert bool(response.get("Allow")) == (status == 405)
    assert "Access-Control-Allow-Origin" not in response


@pytest.mark.parametrize(
    "query",
    [
        "updated_since=0.5",
        "updated_since=0000-01-01T00:00:00Z",
        "updated_since=0001-01-01T00:00:00%2B14:00",
        "updated_since=9999-12-31T23:59:59-14:00",
        "updated_since=2026-01-01T00:00:00%2B99:00",
        "limit=0",
        "limit=501",
        "limit=99999999999999999999999999",
        "cursor=%00",
        "cursor=bm9uZQ",
        "cursor=" + "W" * 300,
        "cursor=" + "x" * 301,
    ],
)
def test_wrong_paging_is_refused(query, bob, program):
    assert program(bob)("GET", f"/tags?{query}").status_code in {400, 422}


@pytest.mark.parametrize("name", ["a\x00b", "\ud800", "x" * 61, "", "  "])
def test_hostile_text_is_refused_and_keeps_nothing(name, bob, program):
    assert program(bob)("POST", "/tags", {"name": name}).status_code in {400, 422}
    assert Tag.objects.count() == 0


def test_walking_meets_everything_once_while_rows_are_added(bob, program):
    for number in range(23):
        create(name=f"Before {number:02}", description="", by=bob)
    there = {str(uuid) for uuid in Tag.objects.values_list("uuid", flat=True)}
    ask, seen, cursor = program(bob), [], ""
    while cursor is not None:
        page = ask("GET", f"/tags?limit=5&cursor={cursor}" if cursor else "/tags?limit=5").json()
        assert len(page["items"]) <= 5
        seen += [row["id"] for row in page["items"]]
        cursor = page["next"]
        if len(seen) <= 10:
            create(name=f"During {len(seen)}", description="", by=bob)
    assert len(seen) == len(set(seen)) == 25
    assert there < set(seen)


def test_updated_since_gives_what_changed_oldest_first(alice, program):
    for name in ("One", "Two", "Three"):
        create(name=name, description="", by=alice)
    noon = timezone.now().replace(microsecond=0) + timedelta(hours=1)
    for minutes, name in enumerate(("Two", "One")):
        Tag.objects.filter(name=name).update(updated_at=noon + timedelta(minutes=minutes))
    ask = program(alice)
    since = noon.strftime("%Y-%m-%dT%H:%M:%SZ")
    first = ask("GET", f"/tags?updated_since={since}&limit=1").json()
    assert [row["name"] for row in first["items"]] == ["Two"]
    second = ask("GET", f"/tags?updated_since={since}&limit=1&cursor={first['next']}").json()
    assert ([row["name"] for row in second["items"]], second["next"]) == (["One"], None)
    bare = ask("GET", f"/tags?updated_since={since[:-1]}").json()
    assert [row["name"] for row in bare["items"]] == ["Two", "One"]
