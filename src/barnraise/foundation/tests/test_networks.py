"""Profiles of social networks: told by their address or handle, called as people call them."""

from __future__ import annotations

import pytest

from barnraise.foundation.contacts import kind_of, link, network, normalise, readable


@pytest.mark.parametrize(
    ("typed", "name", "called"),
    [
        ("https://www.facebook.com/RosasBakery/", "Facebook", "RosasBakery"),
        ("instagram.com/rosas_bakery?hl=en", "Instagram", "@rosas_bakery"),
        ("https://www.linkedin.com/in/ana-rosa/", "LinkedIn", "ana-rosa"),
        ("https://de.linkedin.com/company/riverbend-works/about/", "LinkedIn", "riverbend-works"),
        ("https://twitter.com/courier", "X", "@courier"),
        ("x.com/courier/status/1", "X", "@courier"),
        ("https://bsky.app/profile/wrbd.example.org", "Bluesky", "@wrbd.example.org"),
        ("@wrbd.bsky.social", "Bluesky", "@wrbd.bsky.social"),
        ("https://www.youtube.com/@wrbd", "YouTube", "@wrbd"),
        ("youtube.com/channel/UC123", "YouTube", "@UC123"),
        ("https://www.tiktok.com/@wrbd/video/1", "TikTok", "@wrbd"),
        ("https://threads.net/@wrbd", "Threads", "@wrbd"),
        ("https://mastodon.example/@library", "Mastodon", "@library@mastodon.example"),
        ("@library@mastodon.example", "Mastodon", "@library@mastodon.example"),
    ],
)
def test_a_profile_is_told_and_called_by_name(typed, name, called):
    assert kind_of(typed) == "social"
    value = normalise("social", typed)
    assert network(value) == (name, called)
    assert readable("social", value) == called
    assert link("social", value).startswith("https://")


@pytest.mark.parametrize(
    "value", ["https://example.org/about", "@somebody", "https://fedex.com/x", "https://notx.com/a"]
)
def test_others_are_not_guessed(value):
    assert network(value) == ("", "")
