"""What other pages show of projects: panels of organisations, people and objectives, the card of Today."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Any

from django.utils import timezone

from barnraise.who.organisations.models import Organisation
from barnraise.who.people.models import Person

from . import facing, policies, selectors

SOON, PATIENCE, LATELY, CARD = timedelta(days=14), timedelta(days=7), timedelta(days=60), 6


def organisation_panel(actor: Any, organisation: Organisation) -> Mapping[str, Any] | None:
    """In which projects it is, and what it gave; None when neither."""
    partners = selectors.projects_of_organisation(organisation)
    gifts = selectors.contributions_with(organisation=organisation)
    if not partners and not gifts:
        return None
    return {"partners": partners, "gifts": [(row, facing.worth(row)) for row in gifts[:10]], "placements": []}


def person_panel(actor: Any, person: Person) -> Mapping[str, Any] | None:
    """What a person took part in and gave; None when neither."""
    placements = selectors.placements_with(person)
    gifts = selectors.contributions_with(person=person)
    if not placements and not gifts:
        return None
    return {
        "partners": [],
        "gifts": [(row, facing.worth(row)) for row in gifts[:10]],
        "placements": [(row, facing.placement_badge(row)) for row in placements],
    }


def due_card(actor: Any, now: datetime) -> Mapping[str, Any] | None:
    """Today: milestones due, applications not answered for a week, follow-ups due, lines overspent; None when there are none."""
    today = timezone.localdate(now)
    found = {
        "milestones": selectors.milestones_due(today, within=SOON, most=CARD),
        "applications": selectors.waiting_applications(today - PATIENCE, most=CARD),
        "follow_ups": selectors.follow_ups_due(today, most=CARD),
        "overspent": selectors.overspent(today, within=LATELY, most=CARD),
        "today": today,
        "may_edit": policies.may_edit(actor),
    }
    return (
        found
        if any(found[name] for name in ("milestones", "applications", "follow_ups", "overspent"))
        else None
    )
