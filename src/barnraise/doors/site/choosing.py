"""What editors choose from in blocks: keys that last, and names. A few hundred at most."""

from __future__ import annotations

from barnraise.plumbing.questionnaires.models import Questionnaire
from barnraise.who.consent.models import Purpose
from barnraise.who.partnerships.models import Partnership
from barnraise.who.partnerships.models.partnership import Stage

from .selectors import numbers_listed

MOST = 500


def numbers() -> list[tuple[str, str]]:
    """Public numbers."""
    return [(str(row.uuid), row.indicator.name) for row in numbers_listed()[:MOST]]


def partners() -> list[tuple[str, str]]:
    """Organisations that are active partners; not our own."""
    rows = Partnership.objects.filter(
        stage=Stage.ACTIVE, organisation__isnull=False, organisation__is_own=False
    )
    shown = rows.order_by("organisation__name_folded", "pk").values_list(
        "organisation__uuid", "organisation__name"
    )
    return [(str(uuid), name) for uuid, name in shown[:MOST]]


def purposes() -> list[tuple[str, str]]:
    """Purposes with mail among their channels."""
    rows = Purpose.objects.filter(ended_at__isnull=True).order_by("name_folded")
    return [(str(row.uuid), row.name) for row in rows[:MOST] if "email" in row.channels]


def questionnaires() -> list[tuple[str, str]]:
    """Questionnaires that are open to everybody."""
    rows = Questionnaire.objects.filter(is_public=True).order_by("-pk")
    return [(str(row.uuid), str(row)) for row in rows[:MOST]]
