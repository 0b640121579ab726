"""The channels that this room plugs for rooms below: text answers of questionnaires, mails and talks from others."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from typing import Any

from django.utils import timezone

from barnraise.foundation.refs import Ref
from barnraise.plumbing.questionnaires.models import Answer
from barnraise.what.issues.models import Issue
from barnraise.who.interactions.models import Interaction

from .sockets import Said

SHORTEST = 3
"""Shorter words ("–", "no") say nothing that could be answered."""


def answers_after(key: int, most: int) -> Iterable[Said]:
    """Text answers; not those of sensitive questionnaires, whose words stay where they were given."""
    rows: Any = Answer.objects.filter(pk__gt=key).exclude(text="")
    rows = rows.filter(response__questionnaire__is_sensitive=False)
    rows = rows.select_related("response").order_by("pk")[:most]
    for row in rows:
        if len(row.text.strip()) >= SHORTEST:
            by = _ref(row.response.respondent)
            source = Ref("questionnaires", "response", row.response_id)
            on = timezone.localtime(row.response.answered_at).date()
            yield Said(row.pk, source, row.text, on, by, row.response.language, row.response.is_sample)


def answers_alive(keys: Collection[int]) -> Collection[int]:
    """Those answers that are still there."""
    return set(Answer.objects.filter(pk__in=list(keys)).values_list("pk", flat=True))


def _ref(text: str) -> Ref | None:
    try:
        return Ref.parse(text) if text else None
    except ValueError:
        return None


def letters_after(key: int, most: int) -> Iterable[Said]:
    """What people wrote or said to us by themselves, as far as the whole team may read it."""
    rows: Any = Interaction.objects.filter(pk__gt=key, direction=Interaction.Direction.IN, visibility="team")
    rows = rows.exclude(text="").prefetch_related("people", "organisations").order_by("pk")[:most]
    for row in rows:
        if len(row.text.strip()) >= SHORTEST:
            people, bodies = list(row.people.all()), list(row.organisations.all())
            by = None
            if len(people) == 1:
                by = Ref("people", "person", people[0].person_id)
            elif not people and len(bodies) == 1:
                by = Ref("organisations", "organisation", bodies[0].organisation_id)
            source, on = (
                Ref("interactions", "interaction", row.pk),
                timezone.localtime(row.happened_at).date(),
            )
            yield Said(row.pk, source, row.text, on, by, is_sample=row.is_sample)


def letters_alive(keys: Collection[int]) -> Collection[int]:
    """Those that are still there and that the team may still read."""
    rows = Interaction.objects.filter(pk__in=list(keys), visibility="team")
    return set(rows.values_list("pk", flat=True))


def concerns_after(key: int, most: int) -> Iterable[Said]:
    """Concerns that a resident or a partner raised; not those of the team itself, and no confidential ones."""
    rows: Any = (
        Issue.objects.filter(pk__gt=key, is_confidential=False)
        .exclude(origin=Issue.Origin.TEAM)
        .order_by("pk")[:most]
    )
    for row in rows:
        by = None
        if row.person_id:
            by = Ref("people", "person", row.person_id)
        elif row.organisation_id:
            by = Ref("organisations", "organisation", row.organisation_id)
        text = f"{row.what}\n{row.detail}".strip()
        source, on = Ref("issues", "issue", row.pk), timezone.localtime(row.raised_at).date()
        yield Said(row.pk, source, text, on, by, row.language, row.is_sample)


def concerns_alive(keys: Collection[int]) -> Collection[int]:
    """Those that are still there and not confidential."""
    return set(Issue.objects.filter(pk__in=list(keys), is_confidential=False).values_list("pk", flat=True))


def concerns_minded() -> Any:
    """All concerns: each has a clock, of which a card of its own reminds, until it was answered on its page."""
    return Issue.objects.all()
