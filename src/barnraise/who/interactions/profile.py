"""What stands on top of the page of a person or an organisation: the composer, open next steps, the timeline."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django.utils import timezone

from barnraise.foundation.refs import Ref

from . import facing, forms, picking, policies, selectors, timeline

CARD_STEPS, CARD_QUIET = 6, 6


def kind_choices(chosen: str = "note") -> list[tuple[str, Any, str, bool]]:
    """(value, label, icon, is chosen) of the kinds, for the composer."""
    return [(value, label, facing.ICONS[value], value == chosen) for value, label in facing.KINDS.items()]


def composer(actor: Any) -> dict[str, Any]:
    """What every composer needs to be drawn. One query."""
    return {
        "kinds": kind_choices(),
        "whens": forms.WHEN,
        "dues": forms.DUE,
        "owners": [(account.pk, str(account), account.pk == actor.pk) for account in selectors.teammates()],
    }


def panel(actor: Any, thing: Any) -> Mapping[str, Any]:
    """The panel's context."""
    ref, today = Ref.to(thing), timezone.localdate()
    may_write = policies.may_write(actor)
    page = timeline.read(ref, actor=actor)
    context: dict[str, Any] = {
        "thing": thing,
        "ref": str(ref),
        "page": page,
        "choices": timeline.choices(actor),
        "steps": [(step, facing.due(step, today)) for step in selectors.open_steps_of(ref, actor=actor)],
        "last": selectors.last_contact(ref, actor=actor),
        "may_write": may_write,
    }
    if may_write:
        context |= composer(actor)
        context["chosen"] = (
            picking.of_person(thing, is_ticked=True)
            if ref.model == "person"
            else picking.of_organisation(thing, is_ticked=True)
        )
        context["around"] = _around(ref, thing, today)
    return context


def _around(ref: Ref, thing: Any, today: Any) -> list[picking.Choice]:
    """Whom else it may have been with: of a person the organisations, the only one ticked; of an organisation its people."""
    if ref.model == "person":
        found = selectors.organisations_of(thing, today=today)
        return [picking.of_organisation(one, is_ticked=len(found) == 1) for one in found]
    return [
        picking.of_person(one, is_ticked=False)
        for one in selectors.choices_of_organisation(thing, today=today)
    ]


def steps_card(actor: Any, now: datetime) -> Mapping[str, Any] | None:
    """Today: the reader's open next steps, late ones first."""
    today = timezone.localdate(now)
    found = selectors.own_steps(actor, most=CARD_STEPS + 1)
    if not found:
        return None
    return {
        "steps": [(step, facing.due(step, today)) for step in found[:CARD_STEPS]],
        "is_more": len(found) > CARD_STEPS,
        "late": selectors.late_count(actor, today=today),
        "actor": actor,
    }


def quiet_card(actor: Any, now: datetime) -> Mapping[str, Any] | None:
    """Today: who has gone quiet."""
    found = selectors.gone_quiet(actor, now=now, most=CARD_QUIET)
    if not found:
        return None
    return {
        "quiet": [(one, facing.quiet_days(one.days)) for one in found],
        "may_write": policies.may_write(actor),
    }


def proposals_card(actor: Any, now: datetime) -> Mapping[str, Any] | None:
    """Today: unknown addresses of filed mail."""
    count = selectors.waiting_count(actor)
    return {"count": count} if count else None
