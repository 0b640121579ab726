"""Files add, change and end our accounts at networks, never with a token, and their undo takes that back."""

from __future__ import annotations

import json

import pytest

from barnraise.plumbing.journal.models import Change
from barnraise.what.social import lists
from barnraise.what.social.models import SocialAccount
from barnraise.what.social.services import add_account, change_variant, end_account

pytestmark = pytest.mark.django_db
PAGE = "/what/posts/accounts/"
HEAD = "name,network,public address,server,state\n"


def test_accounts_come_by_file_as_the_list_gives_them_out(variant, alice, takes, exports):
    lines = "Our page,Facebook,https://facebook.com/us,,\nOld one,bluesky,,,ended\nOurs,X,,,Posted by hand\n"
    done = takes("social_accounts", HEAD + lines)
    assert (done["counts"], done["why"]) == ((3, 0), [])
    page, old, ours = SocialAccount.objects.order_by("pk")
    assert (page.network, page.address, page.ended_at) == ("facebook", "https://facebook.com/us", None)
    assert old.ended_at is not None
    rows = exports(PAGE, lists.accounts)
    assert takes("social_accounts", rows)["counts"] == (0, 0), "an export left alone changes nothing"
    (row,) = exports(PAGE, lists.accounts, "network=bluesky&ended=1")
    assert (row["Name"], row["State"]) == ("Old one", "Ended")
    change_variant(variant("x"), by=alice, account=ours)
    assert takes.undo(done) == 2
    assert list(SocialAccount.objects.all()) == [ours], "something is to be posted there meanwhile"


def test_accounts_change_and_end_without_their_token_and_come_back_without_it(account, takes, exports):
    SocialAccount.objects.filter(pk=account.pk).update(kept_secret="closed-token")
    (row,) = exports(PAGE, lists.accounts)
    assert ("closed-token" in json.dumps(row), row["State"]) == (False, "We post there")
    done = takes("social_accounts", [{**row, "Name": "We", "Public address": "https://social.example/@us"}])
    account.refresh_from_db()
    assert (done["counts"], account.name, account.is_connected) == ((0, 1), "We", True)
    ended = takes("social_accounts", [{**row, "Name": "We", "State": "Ended"}])
    account.refresh_from_db()
    assert (ended["counts"], account.kept_secret, account.ended_at is None) == ((0, 1), "", False)
    kept = json.dumps(list(Change.objects.values_list("before", "after")), default=str)
    assert "closed-token" not in kept
    assert takes.undo(ended) == 1
    assert takes.undo(done) == 1
    account.refresh_from_db()
    assert (account.name, account.address, account.ended_at, account.kept_secret) == ("Us", "", None, "")


def test_another_server_forgets_the_token(account, takes, exports):
    SocialAccount.objects.filter(pk=account.pk).update(kept_secret="closed-token")
    (row,) = exports(PAGE, lists.accounts)
    done = takes("social_accounts", [{**row, "Server": "https://social.example/"}])
    account.refresh_from_db()
    assert (account.server, account.kept_secret) == ("https://social.example", "")
    assert takes.undo(done) == 1
    account.refresh_from_db()
    assert (account.server, account.kept_secret) == (row["Server"], "")


def test_what_a_file_may_not_say_of_accounts(account, alice, takes, exports):
    ended = add_account(by=alice, network="x", name="Gone")
    end_account(ended, by=alice)
    for _at in range(2):
        add_account(by=alice, network="facebook", name="Twin")
    lines = (
        "Gone,x,https://x.com/us,,\nGone,x,,,Posted by hand\nTwin,facebook,,,\nNew,x,nowhere,,\nNew,mastodon,,,\n"
        "Us,mastodon,,,We post there\nNew,nowhere,,,\n"
    )
    done = takes("social_accounts", HEAD + lines)
    columns = ["address", "", "name", "address", "server", "state", "network"]
    assert done["why"] == [(at, column) for at, column in enumerate(columns, start=2)]
    assert done["counts"] == (0, 0)
    rows = {row["Name"]: row for row in exports(PAGE, lists.accounts)}
    assert takes("social_accounts", [{**rows["Us"], "Network": "X"}])["why"] == [(2, "network")]
    assert takes("social_accounts", [{**rows["Us"], "Id": rows["Us"]["Id"][:-4] + "beef"}])["why"] == [(2, "uuid")]  # fmt: skip
    assert takes("social_accounts", [{**rows["Gone"], "State": "Posted by hand"}])["why"] == [(2, "state")]
