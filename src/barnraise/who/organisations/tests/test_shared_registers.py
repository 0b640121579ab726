"""The registers as other systems wrote them, where they lie beside the checkout: counts known beforehand."""

from __future__ import annotations

import os
from datetime import date
from pathlib import Path

import pytest

from barnraise.who.organisations.models import Identifier, Organisation
from barnraise.who.organisations.selectors import documents

from .importing import command, everything

SHARED = (
    Path(os.environ.get("BARNRAISE_SHARED_DATA") or Path(__file__).parents[6] / "shared" / "data") / "orgs"
)
pytestmark = [
    pytest.mark.django_db,
    pytest.mark.shared,
    pytest.mark.skipif(not SHARED.is_dir(), reason="the shared files are not here"),
]


def test_wyoming_in_march_and_april(capsys):
    march = command(capsys, "import", SHARED / "irs_bmf" / "eo_wy.2026-03.csv")
    assert (march["rows"], march["created"], march["refused"]) == (5930, {"organisations": 5930}, [])
    before = everything()
    april = command(capsys, "import", SHARED / "irs_bmf" / "eo_wy.2026-04.csv")
    assert {**april, "import": 0} == {
        "import": 0, "kind": "irs_bmf", "rows": 5985, "created": {"organisations": 71}, "updated": {"organisations": 499},
        "unchanged": 5415, "refused": [], "proposed_matches": 0, "gone": 16,
    }  # fmt: skip
    assert Organisation.objects.count() == 5930 + 71
    command(capsys, "imports", "undo", april["import"])
    assert everything() == before


def test_charities_of_england_and_wales(capsys):
    found = command(capsys, "import", *sorted((SHARED / "ccew").glob("*.zip")))
    assert (found["kind"], found["rows"], found["created"]) == ("ccew", 572, {"organisations": 572})
    assert Organisation.objects.filter(status="active").count() == 397
    assert Organisation.objects.filter(status="closed").count() == 175
    linked = Identifier.objects.filter(scheme="GB-CHC", value__contains="-")
    assert (linked.count(), Identifier.objects.filter(scheme="GB-CHC").count()) == (372, 572)


@pytest.mark.parametrize(
    "names",
    [
        ["organization_full.json"],
        ["organization_list.json"],
        ["tabular.json"],
        ["datapackage.json", "csv"],
        ["service_full.json"],
        ["service_list.json"],
    ],
)
def test_examples_of_service_directories(capsys, names):
    files = [
        path
        for name in names
        for path in (sorted((SHARED / "hsds30" / name).glob("*.csv")) or [SHARED / "hsds30" / name])
    ]
    found = command(capsys, "import", *files)
    services = {} if names == ["organization_list.json"] else {"services": 1}
    assert (found["kind"], found["rows"], found["created"]) == ("hsds", 1, {"organisations": 1, **services})
    assert Organisation.objects.get().name == "Example Organization Inc."
    for one in documents([Organisation.objects.get().pk])[Organisation.objects.get().pk].services:
        assert (one.name, one.minimum_age, one.assured_on) == ("Community Counselling", 12, date(2005, 1, 1))
        if names != ["service_list.json"]:
            assert (one.languages, one.hours) == (("ur",), ((3, "10:00", "18:00"), (4, "10:00", "18:00")))
            assert "flat rate per hour" in one.fees
            assert (one.is_free, "induction loops" in one.accessibility) == (False, True)
            assert "AB1" in one.areas[0] or "all residents" in one.areas[0]


def test_answers_of_a_directory_in_the_united_kingdom(capsys):
    mocks = SHARED / "oruk_mocks" / "default"
    found = command(capsys, "import", mocks / "service_full.json")
    assert (found["kind"], found["created"]) == ("hsds", {"organisations": 1, "services": 1})
    before = everything()
    again = command(capsys, "import", mocks / "service_full.json")
    assert (again["unchanged"], everything()["organisations"]) == (1, before["organisations"])
    command(capsys, "imports", "undo", found["import"])
    assert Organisation.objects.count() == 0
