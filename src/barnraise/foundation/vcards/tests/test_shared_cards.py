"""Real address books, where they lie beside the checkout, against the counts written down for them."""

from __future__ import annotations

import json
import os
from pathlib import Path

import pytest

from barnraise.foundation.vcards import cards

pytestmark = pytest.mark.shared


def _folder() -> Path:
    named = os.environ.get("BARNRAISE_SHARED_DATA")
    return Path(named) if named else Path(__file__).resolve().parents[5].parent / "shared" / "data"


def _expected() -> list[tuple[str, dict[str, object]]]:
    listed = _folder() / "EXPECTED.json"
    if not listed.exists():
        return []
    said = json.loads(listed.read_text(encoding="utf-8"))
    return [(name, one) for name, one in said.items() if name.endswith(".vcf") and name.startswith("people/")]


@pytest.mark.parametrize(("name", "told"), _expected())
def test_counts_written_down(name: str, told: dict[str, object]) -> None:
    found = list(cards(_folder() / name))
    versions: dict[str, int] = {}
    for card in found:
        versions[card.version] = versions.get(card.version, 0) + 1
    counted = {
        "cards": len(found),
        "versions": versions,
        "emails": sum(len(card.emails) for card in found),
        "tels": sum(len(card.phones) for card in found),
        "photos": sum(len(card.pictures) for card in found),
    }
    assert counted == {key: told[key] for key in counted}
    assert [card.problems for card in found] == [()] * len(found)
