"""Which stories are public at this moment: those that are published and whose people all agree today."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from django.db.models import Exists, OuterRef, Q, QuerySet

from barnraise.plumbing.snoozes.selectors import awake
from barnraise.who.consent.models import Standing
from barnraise.who.consent.models.purpose import Channel

from ..models import Story, StoryPerson

SOON = timedelta(days=30)


@dataclass(frozen=True, slots=True)
class Agreement:
    """How somebody in a story stands to it today. `why` is "" while they agree, else "unasked", "withdrawn", "expired" or "ended"."""

    row: StoryPerson
    standing: Standing | None
    why: str

    @property
    def until(self) -> date | None:
        """The last day on which it counts, None without an end."""
        return self.standing.expires_on if self.standing is not None else None


def _agreed(today: date) -> Exists:
    """For rows of StoryPerson: their person agrees today, for a purpose that has not ended."""
    said = Standing.objects.filter(
        Q(expires_on__isnull=True) | Q(expires_on__gte=today),
        person=OuterRef("person"),
        purpose=OuterRef("purpose"),
        purpose__ended_at__isnull=True,
        channel=Channel.PUBLIC.value,
        is_given=True,
    )
    return Exists(said)


def _blocked(today: date) -> Exists:
    """For rows of Story: somebody in it does not agree today."""
    return Exists(StoryPerson.objects.filter(story=OuterRef("pk")).exclude(_agreed(today)))


def live(today: date) -> QuerySet[Story]:
    """The stories that are public today. A consent that ends or is withdrawn takes its stories out in the same moment."""
    return Story.objects.filter(~_blocked(today), state=Story.State.PUBLISHED)


def agreed_to(keys: Sequence[int], today: date) -> set[int]:
    """Which of these stories everybody in them agrees to today, public or not; of those that a consent ended, none."""
    lapsed = (Story.Why.CONSENT, Story.Why.ERASED)
    rows = Story.objects.filter(~_blocked(today), pk__in=list(keys)).exclude(ended_why__in=lapsed)
    return set(rows.values_list("pk", flat=True))


def not_live_any_more(today: date) -> QuerySet[Story]:
    """Published ones that are public no more: what the chore has to write down."""
    return Story.objects.filter(_blocked(today), state=Story.State.PUBLISHED)


def agreements_of(story: Story, today: date) -> list[Agreement]:
    """Everybody in it and how they stand to it, by name in the story. Two queries."""
    return agreements_by_story([story.pk], today).get(story.pk, [])


def agreements_by_story(keys: Sequence[int], today: date) -> dict[int, list[Agreement]]:
    """The same of several stories, by story. Two queries."""
    rows = list(
        StoryPerson.objects.filter(story_id__in=list(keys))
        .select_related("person", "purpose")
        .order_by("named_as", "pk")
    )
    people = [row.person_id for row in rows]
    said = Standing.objects.filter(person_id__in=people, channel=Channel.PUBLIC.value).select_related(
        "last__wording"
    )
    stands = {(one.person_id, one.purpose_id): one for one in said}
    found: dict[int, list[Agreement]] = {}
    for row in rows:
        one = _agreement(row, stands.get((row.person_id, row.purpose_id or 0)), today)
        found.setdefault(row.story_id, []).append(one)
    return found


def _agreement(row: StoryPerson, standing: Standing | None, today: date) -> Agreement:
    if row.purpose is None or standing is None:
        return Agreement(row, None, "unasked")
    if row.purpose.is_ended:
        return Agreement(row, standing, "ended")
    if not standing.is_given:
        return Agreement(row, standing, "withdrawn")
    return Agreement(row, standing, "" if standing.counts(today) else "expired")


def blocked_people(story: Story, today: date) -> list[Agreement]:
    """Those in it who do not agree today."""
    return [one for one in agreements_of(story, today) if one.why]


def told_by_stories() -> Q:
    """What stands of people whom a public story names by it: the end of that consent is told with the story."""
    named = StoryPerson.objects.filter(
        person=OuterRef("person"), purpose=OuterRef("purpose"), story__state=Story.State.PUBLISHED
    )
    return Q(Exists(named), channel=Channel.PUBLIC.value)


def ending_soon(today: date, *, most: int, within: timedelta = SOON) -> list[tuple[StoryPerson, date]]:
    """People of public stories whose consent ends within that time, the next one first, with its last day."""
    rows = Standing.objects.filter(
        is_given=True,
        channel=Channel.PUBLIC.value,
        expires_on__gte=today,
        expires_on__lte=today + within,
        purpose__ended_at__isnull=True,
    ).order_by("expires_on", "id")
    found: list[tuple[StoryPerson, date]] = []
    standings = list(rows[: most * 10])
    people = _of_standings(standings, today)
    for standing in standings:
        for row in people.get((standing.person_id, standing.purpose_id), ()):
            if standing.expires_on is not None:
                found.append((row, standing.expires_on))
    return found[:most]


def _of_standings(standings: Sequence[Standing], today: date) -> dict[tuple[int, Any], list[StoryPerson]]:
    rows = StoryPerson.objects.filter(
        person_id__in=[one.person_id for one in standings], story__state=Story.State.PUBLISHED
    ).select_related("story", "person")
    rows = awake(rows, "stories.ending", today, kind="stories.story", key="story_id")
    found: dict[tuple[int, Any], list[StoryPerson]] = {}
    for row in rows.order_by("pk"):
        found.setdefault((row.person_id, row.purpose_id), []).append(row)
    return found
