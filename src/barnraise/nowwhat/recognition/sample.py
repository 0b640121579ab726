"""The recognition of the sample town: thanks in each state, a mark with milestones."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

from django.db import transaction
from django.utils import timezone

from barnraise.plumbing.journal.services import arriving_by, record
from barnraise.plumbing.profile.selectors import installation
from barnraise.what.projects.models import Contribution
from barnraise.who.organisations.models import Organisation
from barnraise.why.goals.models import Indicator

from .models import Mark, Thanks
from .selectors import owners
from .services import New, add_mark, remove_sample, write

COUNT, EVERY = 12, Decimal(100)
LETTER = (
    "You opened your doors, your storeroom and your calendar to us. What came of it stands below; every number was counted from the "
    "work itself.",
    "Nos abrieron sus puertas, su bodega y su calendario. Abajo está lo que resultó; cada número se contó del trabajo mismo.",
)
WORDING = (
    "{name} makes the Riverbend breakfast clubs possible.",
    "{name} hace posibles los clubes de desayuno de Riverbend.",
)
WISH = (
    "{name} and its members make the Riverbend breakfast clubs possible.",
    "{name} y sus miembros hacen posibles los clubes de desayuno de Riverbend.",
)
COUNTED = ("people we talked with", "personas con quienes hablamos")
STATES = ("approved", "approved", "wished", "sent", "draft", "ended")
WHY = ("The partnership ended.", "La alianza terminó.")


def load(*, by: Any) -> Mapping[str, int]:
    """Write thanks and a mark; nothing when they are there already."""
    if Thanks.objects.filter(is_sample=True).exists():
        return {"thanks": 0}
    at = 1 if installation().default_language == "es" else 0
    now = timezone.now()
    today = timezone.localdate(now)
    keeper = next(iter(owners()), None)
    partners = _partners()
    with transaction.atomic(), arriving_by("sample"):
        news = []
        for turn in range(min(COUNT, len(partners) * 2)):
            partner = partners[turn % len(partners)]
            year = today.year - 1 - turn // len(partners)
            news.append(
                New(
                    organisation_id=partner.pk,
                    begins_on=date(year, 1, 1),
                    ends_on=date(year, 12, 31),
                    letter=LETTER[at],
                    wording=WORDING[at].format(name=partner.name)[:600],
                    language=("en", "es")[at],
                    owner_id=keeper.pk if keeper else None,
                )
            )
        rows = write(news, by=by, at=now, is_sample=True)
        for turn, row in enumerate(rows):
            _settled(row, STATES[turn % len(STATES)], at, turn)
        record(by=by, verb="recognition.sample_added", about=[], details={"count": len(rows)})
        _mark(at, by)
    return {"thanks": len(rows)}


def _partners() -> list[Organisation]:
    givers = Contribution.objects.filter(is_sample=True, organisation__is_own=False).values("organisation")
    rows = Organisation.objects.filter(is_sample=True, pk__in=givers).order_by("pk")
    return list(rows[: COUNT // 2])


def _settled(row: Thanks, state: str, at: int, turn: int) -> None:
    """As if it had been sent and answered some weeks ago."""
    row.state = state
    if state != "draft":
        row.sent_at = timezone.now() - timedelta(days=30 + turn)
    if state in ("approved", "wished"):
        row.answered_at, row.signed_by = timezone.now() - timedelta(days=20 + turn), "Robin Vale"
    if state == "wished":
        row.wish = WISH[at].format(name=row.organisation.name)[:600]
    if state == "ended":
        row.end_note = WHY[at]
    row.save(update_fields=["state", "sent_at", "answered_at", "signed_by", "wish", "end_note"])


def _mark(at: int, by: Any) -> None:
    indicator = Indicator.objects.filter(is_sample=True, source="people.reached").order_by("pk").first()
    if indicator is not None and not Mark.objects.filter(indicator=indicator).exists():
        add_mark(by=by, indicator=indicator, step=EVERY, words=COUNTED[at], is_sample=True)


def remove(*, by: Any) -> Mapping[str, int]:
    """Take exactly the sample's thanks and marks away."""
    with transaction.atomic(), arriving_by("sample"):
        return {"thanks": remove_sample(by=by)}
