"""Posting by ourselves, judged by mastodon-mock: tokens, confirmation with an address, repeats, refusals, a server that is away."""

from __future__ import annotations

import re

import pytest
import requests
from django.core.exceptions import ValidationError

from barnraise.plumbing.jobs.models import Job
from barnraise.plumbing.jobs.services import cancel, work
from barnraise.what.social.models import SocialAccount
from barnraise.what.social.networks.mastodon.client import Mastodon
from barnraise.what.social.secrets_kept import opened
from barnraise.what.social.services import (
    add_account,
    approve,
    change_account,
    change_variant,
    connect_account,
    end_account,
    queue,
    unapprove,
)
from barnraise.what.social.sockets import Access, Away, No

pytestmark = pytest.mark.django_db


@pytest.fixture
def token(mastodon):
    """What the server takes."""
    return mastodon_token()


def mastodon_token():
    from mastodon_mock.testing.seed import DEFAULT_TEST_SEED

    return DEFAULT_TEST_SEED.accounts[0].access_token


def statuses(server, token):
    found = requests.get(
        f"{server.base_url}/api/v1/accounts/verify_credentials",
        headers={"Authorization": f"Bearer {token}"},
        timeout=5,
    ).json()
    rows = requests.get(
        f"{server.base_url}/api/v1/accounts/{found['id']}/statuses",
        headers={"Authorization": f"Bearer {token}"},
        timeout=5,
    ).json()
    return [re.sub("<[^>]+>", "", row["content"]) for row in rows]


def test_a_token_is_tried_kept_closed_and_told_to_nobody(account, token, alice, asks, logged_in):
    with pytest.raises(ValidationError, match="does not accept the token"):
        connect_account(account, by=alice, secret="wrong")
    assert not SocialAccount.objects.get().is_connected
    kept = connect_account(account, by=alice, secret=token)
    assert (kept.is_connected, token in kept.kept_secret, opened(kept.kept_secret)) == (True, False, token)
    assert kept.address.startswith("http")
    pages = [
        logged_in(alice).get(address).content.decode()
        for address in (kept.get_absolute_url(), "/what/posts/accounts/")
    ]
    pages.append(str(asks(alice)("GET", "/social-accounts")))
    assert not any(token in page or kept.kept_secret in page for page in pages)
    assert asks(alice)("GET", "/social-accounts")[1]["items"][0]["is_connected"] is True
    moved = change_account(kept, by=alice, server="https://mastodon.example")
    assert moved.kept_secret == "", "it was meant for the old server"
    assert end_account(moved, by=alice).ended_at is not None
    for server in ("http://mastodon.example", "mastodon.example", "https://a:b@mastodon.example", ""):
        with pytest.raises(ValidationError, match="https"):
            add_account(by=alice, network="mastodon", name="x", server=server)


def test_posted_by_the_job_and_confirmed_with_its_address(account, token, message, variant, mastodon, alice):
    row = change_variant(
        variant("mastodon"), by=alice, account=connect_account(account, by=alice, secret=token)
    )
    with pytest.raises(ValidationError, match="Only what was approved"):
        queue(row, by=alice)
    before = len(statuses(mastodon, token))
    job = queue(approve(row, by=alice), by=alice)
    assert variant("mastodon").state == "queued"
    assert work(job.pk) == "over"
    done = variant("mastodon")
    assert (done.state, done.reason, bool(done.remote_id)) == ("confirmed", "", True)
    assert done.address.startswith("http")
    told = statuses(mastodon, token)
    assert (len(told), told[0].startswith("Come along on Saturday.")) == (before + 1, True)
    with pytest.raises(ValidationError, match="stands in the network already"):
        change_variant(done, by=alice, text="Other words")
    again = Mastodon().publish(Access(mastodon.base_url, token), done.text, key=str(done.key), language="en")
    assert (again.remote_id, len(statuses(mastodon, token))) == (done.remote_id, before + 1), (
        "the key makes no second post"
    )


def test_what_the_server_refuses_fails_with_its_reason(account, token, message, variant, alice):
    linked = connect_account(account, by=alice, secret=token)
    row = change_variant(variant("mastodon"), by=alice, account=linked)
    job = queue(approve(row, by=alice), by=alice)
    change_account(linked, by=alice, server="http://127.0.0.1:9")
    assert work(job.pk) == "over"
    failed = variant("mastodon")
    assert (failed.state, "not connected any more" in failed.reason) == ("failed", True)
    with pytest.raises(No, match="does not accept the token"):
        Mastodon().publish(Access(account.server, "wrong"), "x", key="k", language="en")
    with pytest.raises(No, match="refused it"):
        Mastodon().publish(Access(account.server, token), "", key="k2", language="en")


def test_a_server_that_is_away_is_asked_again_and_then_it_failed(account, token, message, variant, alice):
    linked = connect_account(account, by=alice, secret=token)
    SocialAccount.objects.filter(pk=linked.pk).update(server="http://127.0.0.1:9")
    with pytest.raises(Away, match="did not answer"):
        Mastodon().whose(Access("http://127.0.0.1:9", token))
    job = queue(approve(change_variant(variant("mastodon"), by=alice, account=linked), by=alice), by=alice)
    assert work(job.pk) == "again"
    assert (variant("mastodon").state, Job.objects.get(pk=job.pk).attempts) == ("queued", 1)
    Job.objects.filter(pk=job.pk).update(attempts=4, not_before_at=None)
    assert work(job.pk) == "over"
    assert (variant("mastodon").state, "did not answer" in variant("mastodon").reason) == ("failed", True)


def test_a_job_that_was_cancelled_leaves_nothing_stuck(account, token, message, variant, alice, logged_in):
    linked = connect_account(account, by=alice, secret=token)
    row = change_variant(variant("mastodon"), by=alice, account=linked)
    job = queue(approve(row, by=alice), by=alice)
    with pytest.raises(ValidationError, match="not approved"):
        unapprove(variant("mastodon"), by=alice)
    cancel(job=job, by=alice)
    work(job.pk)
    where = variant("mastodon").get_absolute_url()
    assert "Look in the network whether it stands there" in logged_in(alice).get(where).content.decode()
    unapprove(variant("mastodon"), by=alice)
    before = variant("mastodon").key
    assert change_variant(variant("mastodon"), by=alice, text="Other words").key != before
    assert variant("mastodon").state == "draft"
