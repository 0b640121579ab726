"""How long a text is, as each network counts: against their own examples."""

from __future__ import annotations

import pytest

from barnraise.what.social import counting
from barnraise.what.social.faults import network_faults
from barnraise.what.social.networks import BUILT_IN

FAMILY = "👨‍👩‍👧‍👦"
LONG = "https://example.org/" + "a" * 80


@pytest.mark.parametrize(
    ("text", "on_x", "on_mastodon", "on_bluesky", "utf16"),
    [
        ("Hello", 5, 5, 5, 5),
        ("Café ñandú", 10, 10, 10, 10),
        ("社区", 4, 2, 2, 2),
        (FAMILY, 2, 1, 1, 11),
        ("🇲🇽!", 3, 2, 2, 5),
        (f"See {LONG}.", 28, 28, 105, 105),
        (f"({LONG})", 25, 25, 102, 102),
        ("a\n\nb", 4, 4, 4, 4),
        ("Hi @ana@example.social", 22, 7, 22, 22),
        ("e\u0301", 1, 1, 1, 2),
    ],
)  # fmt: skip
def test_each_network_counts_in_its_own_way(text, on_x, on_mastodon, on_bluesky, utf16):
    counted = (
        counting.on_x(text),
        counting.on_mastodon(text),
        counting.on_bluesky(text),
        counting.utf16(text),
    )
    assert counted == (on_x, on_mastodon, on_bluesky, utf16)


@pytest.mark.parametrize(
    ("network", "text", "is_fit"),
    [
        ("x", "a" * 280, True), ("x", "a" * 281, False), ("x", "社" * 140, True), ("x", "社" * 141, False),
        ("x", "a" * 256 + " " + LONG, True), ("x", "a" * 257 + " " + LONG, False),
        ("mastodon", FAMILY * 500, True), ("mastodon", FAMILY * 501, False),
        ("bluesky", "社" * 300, True), ("bluesky", "a" * 301, False), ("bluesky", FAMILY * 150, False),
        ("instagram", "a" * 2200, True), ("instagram", "#a " * 31, False), ("linkedin", "a" * 3001, False),
        ("facebook", "a" * 63206, True), ("facebook", "a" * 63207, False), ("x", "  ", False),
    ],
)  # fmt: skip
def test_what_a_network_takes_and_what_it_refuses(network, text, is_fit):
    assert (network_faults(text, BUILT_IN[network]) == []) is is_fit


def test_doors_carry_the_text_where_the_network_lets_them():
    assert BUILT_IN["x"].compose("a & b #c", "") == "https://x.com/intent/post?text=a+%26+b+%23c"
    assert (
        BUILT_IN["facebook"]
        .compose("a", "https://example.org/?b=1")
        .endswith("u=https%3A%2F%2Fexample.org%2F%3Fb%3D1")
    )
    assert all(one.compose("x", "").startswith("https://") for one in BUILT_IN.values())
