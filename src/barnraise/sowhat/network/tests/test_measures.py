"""The formulas of the network against values by hand, published graphs, and properties."""

from __future__ import annotations

import networkx
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from barnraise.sowhat.network.measures import (
    betweenness_centralisation,
    degree_centralisation,
    density,
    index,
    index_of,
    pairs_of,
    places,
    shape,
    shown_indexes,
    tie_mean,
)

ties = st.lists(st.tuples(st.integers(0, 8), st.integers(0, 8)), max_size=30)


def test_the_index_by_hand():
    """Ties (4,3,4), (3,3,3), (2,2,3), (4,4,4): mean 3.25, index 75."""
    means = [tie_mean(one) for one in ((4, 3, 4), (3, 3, 3), (2, 2, 3), (4, 4, 4))]
    assert sum(means) / 4 == pytest.approx(3.25)
    assert index_of(means) == pytest.approx(75.0)
    assert (index(1), index(4)) == (0, 100)
    assert tie_mean((None, 4, None)) == 4
    assert tie_mean((None, None, None)) is None
    assert index_of([None]) is None
    with pytest.raises(ValueError, match=r"Answers run from 1 to 4 \(got 0\); leave a skipped item empty."):
        tie_mean((0, 1, 2))


def test_the_path_of_five_and_a_published_density():
    """A path of five: degree centralisation 1/6, betweenness centralisation .4167. A directed n = 60, m = 161 has .045 (CASOS)."""
    path = [(1, 2), (2, 3), (3, 4), (4, 5)]
    found = shape([1, 2, 3, 4, 5], path)
    assert found.density == pytest.approx(0.4)
    assert found.centralisation == pytest.approx(1 / 6)
    assert betweenness_centralisation(list(found.betweenness.values())) == pytest.approx(0.4167, abs=1e-4)
    assert round((density(60, 161) or 0) / 2, 4) == round(161 / (60 * 59), 4) == 0.0455
    assert degree_centralisation([4, 1, 1, 1, 1]) == 1
    assert degree_centralisation([2, 2, 2]) == 0


def test_krackhardts_kite():
    """Published betweenness: node 7 .389, 5 and 6 .231, 8 .222, 3 .102."""
    kite = networkx.krackhardt_kite_graph()
    found = shape(list(kite), kite.edges())
    rounded = {key: round(value, 3) for key, value in found.betweenness.items()}
    assert (rounded[7], rounded[5], rounded[6], rounded[8], rounded[3]) == (0.389, 0.231, 0.231, 0.222, 0.102)


def test_isolates_pieces_and_what_is_undefined():
    found = shape([1, 2, 3, 4], [(1, 2), (2, 1), (1, 1), (1, 99)])
    assert (found.pairs, list(found.isolates), found.pieces) == (1, [3, 4], 3)
    assert (density(1, 0), degree_centralisation([0, 0]), betweenness_centralisation([0, 0])) == (
        None,
        None,
        None,
    )
    assert shape([], []).density is None


@settings(max_examples=40, deadline=None)
@given(ties)
def test_relabelling_changes_nothing(pairs):
    members = list(range(9))
    renamed = {one: (one * 7 + 3) % 9 for one in members}
    here = shape(members, pairs)
    there = shape([renamed[one] for one in members], [(renamed[one], renamed[other]) for one, other in pairs])
    assert here.density == there.density
    assert here.pairs == len(pairs_of(pairs))
    for one in members:
        assert here.betweenness[one] == pytest.approx(there.betweenness[renamed[one]])


@pytest.mark.parametrize(
    ("means", "shown", "network"),
    [
        ({1: [4, 4, 4], 2: [1, 1, 1]}, {1: 100, 2: 0}, 50),
        ({1: [4, 4, 4], 2: [1, 1]}, {1: 100, 2: None}, None),
        ({1: [4, 4, 4], 2: [1, 1], 3: [1]}, {1: 100, 2: None, 3: None}, 50),
        ({1: [4, 4, 4], 2: [1], 3: [1]}, {1: 100, 2: None, 3: None}, None),
        ({1: [4, 4, 4], 2: []}, {1: 100, 2: None}, 100),
        ({1: [4, 4, None]}, {1: None}, None),
    ],
)  # fmt: skip
def test_who_has_fewer_than_three_raters_is_hidden_and_cannot_be_told(means, shown, network):
    assert shown_indexes(means) == (shown, network)


def test_the_map_is_the_same_for_the_same_network():
    pairs = [(1, 2), (2, 3), (3, 4), (4, 1)]
    assert places([1, 2, 3, 4], pairs) == places([4, 3, 2, 1], pairs[::-1])
    assert all(0 <= x <= 1 and 0 <= y <= 1 for x, y in places(list(range(7)), pairs).values())
    assert places([], []) == {}
    assert set(places([5], [])) == {5}


def test_a_wave_of_hundreds_is_measured_as_the_library_does_and_stands_on_a_map():
    """A ring of 300 with chords, and a pair beside it: the paths are followed in two blocks."""
    keys = [7 * at for at in range(302)]
    pairs = [(keys[at], keys[(at + 1) % 300]) for at in range(300)] + [(keys[300], keys[301])]
    pairs += [(keys[at], keys[at * 37 % 300]) for at in range(0, 300, 9)]
    found = shape(keys, pairs)
    graph = networkx.Graph(pair for pair in pairs if pair[0] != pair[1])
    expected = networkx.betweenness_centrality(graph)
    assert found.betweenness == pytest.approx(expected, abs=1e-12)
    assert found.pieces == networkx.number_connected_components(graph) == 2
    spots = places(keys, pairs)
    assert spots == places(keys[::-1], pairs[::-1])
    assert {round(value, 9) for spot in spots.values() for value in spot} >= {0.0, 1.0}
    assert all(0 <= value <= 1 for spot in spots.values() for value in spot)
