"""Public figures as their publishers wrote them, where the files lie beside the checkout: counts known beforehand."""

from __future__ import annotations

import os
from decimal import Decimal
from pathlib import Path

import pytest

from barnraise.who.communities import services
from barnraise.who.communities.models import Figure, Measure

from .importing import command, everything

SHARED = (
    Path(os.environ.get("BARNRAISE_SHARED_DATA") or Path(__file__).parents[6] / "shared" / "data")
    / "indicators"
)
pytestmark = [
    pytest.mark.django_db,
    pytest.mark.shared,
    pytest.mark.skipif(not SHARED.is_dir(), reason="the shared files are not here"),
]


@pytest.fixture
def counties(alice):
    """Los Angeles, Maricopa, and a borough of Alaska whose number was withheld."""
    return [
        services.register_community(name=name, kind="county", identifiers=[("FIPS", code)], by=alice)
        for name, code in (
            ("Los Angeles County", "06037"),
            ("Maricopa County", "04013"),
            ("Chugach", "02063"),
        )
    ]


def test_premature_death_of_three_counties_among_3204_rows(capsys, counties):
    path = SHARED / "chr" / "v001_premature_death_r2025.csv"
    first = command(capsys, "import", path)
    assert {**first, "import": 0} == {
        "import": 0, "kind": "county_health", "rows": 3204, "created": {"figures": 7, "measures": 1}, "updated": {"figures": 0},
        "unchanged": 0, "refused": [], "proposed_matches": 0, "gone": 0, "absent": 3197,
    }  # fmt: skip
    measure = Measure.objects.get()
    assert (measure.publisher, measure.code, measure.direction) == ("County Health Rankings", "v001", "lower")
    assert Figure.objects.filter(area__in=["US", "US-CA", "US-AZ", "US-AK"]).count() == 4
    assert Figure.objects.get(area="US").value == Decimal("8351.7365493644")
    angeles = Figure.objects.get(community=counties[0])
    assert (str(angeles.period), angeles.edition, angeles.source) == (
        "2025",
        "2025",
        "County Health Rankings",
    )
    chugach = Figure.objects.get(community=counties[2])
    assert (chugach.value, chugach.reason, chugach.numerator) == (None, "suppressed", None)
    before = everything()
    again = command(capsys, "import", path)
    assert (again["created"], again["updated"], again["unchanged"], again["absent"]) == (
        {"figures": 0}, {"figures": 0}, 7, 3197,
    )  # fmt: skip
    assert everything()["figures"] == before["figures"]
    command(capsys, "imports", "undo", again["import"])
    undone = command(capsys, "imports", "undo", first["import"])
    assert undone["undone"] == 7
    assert (Figure.objects.count(), Measure.objects.count()) == (0, 0)


def test_places_of_two_counties_among_five(capsys, counties):
    path = SHARED / "places_5counties.csv"
    first = command(capsys, "import", path)
    assert {**first, "import": 0} == {
        "import": 0, "kind": "places", "rows": 50, "created": {"figures": 20, "measures": 10}, "updated": {"figures": 0},
        "unchanged": 0, "refused": [], "proposed_matches": 0, "gone": 0, "absent": 30,
    }  # fmt: skip
    checkup = Figure.objects.get(community=counties[1], measure__code="CHECKUP:AgeAdjPrv")
    assert (checkup.value, checkup.low, checkup.high, checkup.population) == (
        Decimal("72.0"), Decimal("69.3"), Decimal("74.3"), Decimal(4585871),
    )  # fmt: skip
    assert (checkup.measure.direction, checkup.measure.unit, str(checkup.period)) == ("higher", "%", "2023")
    again = command(capsys, "import", path)
    assert (again["created"], again["unchanged"], again["absent"]) == ({"figures": 0}, 20, 30)
