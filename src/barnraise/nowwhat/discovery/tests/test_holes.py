"""Burt's constraint of our network, and by how much a candidate would lower it; networkx is the judge."""

from __future__ import annotations

import random

import networkx
import pytest

from barnraise.nowwhat.discovery.holes import Contacts


def graph(contacts, pairs, candidate=None, tied=(), *, is_ours=False):
    found = networkx.Graph()
    found.add_edges_from([("us", key) for key in contacts])
    found.add_edges_from(pairs)
    found.add_edges_from([(candidate, key) for key in tied])
    if is_ours:
        found.add_edge("us", candidate)
    return found


def test_a_star_a_full_network_and_nobody():
    for m in (1, 2, 7):
        star = Contacts(range(m))
        assert star.constraint == pytest.approx(1 / m)
        assert star.fall(()) == pytest.approx(1 - m / (m + 1)), "from 1/m to 1/(m + 1)"
    for n in (3, 5, 8):
        full = Contacts(range(n - 1), [(a, b) for a in range(n - 1) for b in range(n - 1)])
        assert full.constraint == pytest.approx((2 * n - 3) ** 2 / (n - 1) ** 3)
    assert (Contacts(()).constraint, Contacts(()).fall((1,))) == (None, None)


def test_random_networks_as_networkx_reckons_them():
    dice = random.Random(7)
    for _turn in range(40):
        contacts = range(dice.randrange(1, 12))
        likely = dice.random()
        pairs = [(a, b) for a in contacts for b in contacts if a < b and dice.random() < likely]
        tied = [key for key in contacts if dice.random() < dice.choice([0.0, 0.3, 0.9])]
        ours = Contacts(contacts, pairs)
        assert ours.constraint == pytest.approx(networkx.constraint(graph(contacts, pairs), ["us"])["us"])
        now, then = (
            networkx.constraint(graph(contacts, pairs, "new", tied, is_ours=is_ours), ["us"])["us"]
            for is_ours in (False, True)
        )
        assert ours.fall(tied) == pytest.approx(min(1, max(0, (now - then) / now)))


def test_whoever_knows_fewer_of_our_contacts_frees_us_more_and_strangers_count_for_nothing():
    ours = Contacts(range(6), [(0, 1), (1, 2)])
    falls = [ours.fall(range(known)) for known in range(7)]
    assert falls == sorted(falls, reverse=True)
    assert falls[0] > falls[1] > falls[3] == 0, "whoever knows half of them closes no gap"
    assert ours.fall((99,)) == falls[0]
    assert Contacts(range(6), [(0, 1), (1, 2), (0, 99), (3, 3)]).constraint == ours.constraint
