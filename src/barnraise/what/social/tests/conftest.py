"""A message, an account, and a server that speaks Mastodon."""

from __future__ import annotations

import pytest

from barnraise.what.social.models import Variant
from barnraise.what.social.services import add_account, make_message


@pytest.fixture(scope="session")
def mastodon():
    """A mastodon-mock on a port of its own."""
    from mastodon_mock.testing.server import MockServer

    server = MockServer().start()
    yield server
    server.stop()


@pytest.fixture
def account(mastodon, alice):
    """Ours at that server, not connected."""
    return add_account(by=alice, network="mastodon", name="Us", server=mastodon.base_url)


@pytest.fixture
def message(alice):
    """One message with a variant for each network."""
    return make_message(
        by=alice, name="Open day", text="Come along on Saturday.", link="https://example.org/day", language="en", owner=alice
    )  # fmt: skip


@pytest.fixture
def variant(message):
    """`variant(network)`: what it gets of the message, as it stands now."""

    def of(network):
        return Variant.objects.select_related("message", "account").get(message=message, network=network)

    return of
