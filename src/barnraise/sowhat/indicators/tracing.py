"""Where observations stand in the golden thread: below their indicator, above the rows they came from."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.db.models import Q, QuerySet

from barnraise.foundation.refs import Ref
from barnraise.plumbing.ui.lists.opaque import Sorted
from barnraise.plumbing.ui.sockets import Fan
from barnraise.what.campaigns.models import CampaignReader
from barnraise.what.events.models import Registration
from barnraise.what.meetings.models import Attendance

from .models import Observation, ObservationRow

FIRST = 50


def observations_of_indicator(ref: Ref) -> Fan:
    """The latest observations first."""
    rows = Observation.objects.filter(indicator_id=ref.id)
    keys = rows.order_by("-begins_on").values_list("pk", flat=True)[:FIRST]
    return Fan([Ref("indicators", "observation", key) for key in keys], rows.count())


def indicator_of_observation(ref: Ref) -> Sequence[Ref]:
    """What it is a number of."""
    keys = Observation.objects.filter(pk=ref.id).values_list("indicator_id", flat=True)
    return [Ref("goals", "indicator", key) for key in keys]


def rows_of_observation(ref: Ref) -> Fan:
    """The first rows behind it."""
    rows = list(ObservationRow.objects.filter(observation_id=ref.id).order_by("pk")[:FIRST])
    many = Observation.objects.filter(pk=ref.id).values_list("row_count", flat=True).first() or 0
    return Fan([row.ref for row in rows], many)


ROWS = (
    "campaigns.campaignreader",
    "commitments.commitment",
    "communities.figure",
    "consent.consent",
    "events.registration",
    "interactions.interaction",
    "issues.answer",
    "issues.issue",
    "links.visits",
    "meetings.attendance",
    "partnerships.partnership",
    "projects.contribution",
    "projects.placement",
    "questionnaires.response",
    "social.variant",
)
"""What sources count, one by one: the number stands above each of them, as it stands above what a partner reported."""


def observations_of_row(ref: Ref) -> Fan:
    """The numbers that a row is counted in."""
    return _observations(ObservationRow.objects.filter(kind=ref.kind, key=ref.id))


def observations_of_event(ref: Ref) -> Fan:
    """The numbers that count who came to an event, what it brought about, or the event itself.

    All who came to it are counted in the same periods, so the first of them tell.
    """
    came = Registration.objects.filter(event_id=ref.id, came_at__isnull=False).order_by(Sorted("pk"))
    return _of_all(ref, "events.registration", came)


def observations_of_meeting(ref: Ref) -> Fan:
    """The numbers that count who came to a meeting, or the meeting itself."""
    came = Attendance.objects.filter(meeting_id=ref.id, state=Attendance.State.CAME).order_by(Sorted("pk"))
    return _of_all(ref, "meetings.attendance", came)


def observations_of_campaign(ref: Ref) -> Fan:
    """The numbers that count whom a campaign reached."""
    return _of_all(
        ref, "campaigns.campaignreader", CampaignReader.objects.filter(campaign_id=ref.id).order_by("pk")
    )


def _of_all(ref: Ref, kind: str, rows: QuerySet[Any]) -> Fan:
    first = list(rows.values_list("pk", flat=True)[:FIRST])
    return _observations(
        ObservationRow.objects.filter(Q(kind=kind, key__in=first) | Q(kind=ref.kind, key=ref.id))
    )


def _observations(rows: QuerySet[ObservationRow]) -> Fan:
    keys = list(rows.order_by("observation_id").values_list("observation_id", flat=True).distinct()[:FIRST])
    return Fan([Ref("indicators", "observation", key) for key in keys], len(keys))
