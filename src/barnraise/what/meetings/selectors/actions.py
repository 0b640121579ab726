"""Action items of meetings: promises that were made at one, and those that are carried forward to the next."""

from __future__ import annotations

from collections.abc import Collection

from django.db.models import Q, QuerySet

from barnraise.foundation.naming import naming
from barnraise.foundation.refs import Ref
from barnraise.plumbing.ui.lists.opaque import Sorted, tested
from barnraise.what.commitments import selectors as commitments
from barnraise.what.commitments.models import Commitment

from ..models import Meeting, Series

MOST = 200


def actions_of(meeting: Meeting) -> QuerySet[Commitment]:
    """Promises that were made at this meeting, first due first."""
    return commitments.listed().filter(naming("made_at", Ref.to(meeting))).order_by("due_on", "pk")


def _made_in(meetings: QuerySet[Meeting]) -> list[str]:
    return [
        f"meetings.meeting:{key}"
        for key in meetings.order_by("-starts_at").values_list("pk", flat=True)[:MOST]
    ]


def carried_keys(meeting: Meeting) -> list[int]:
    """Keys of promises of earlier meetings of its series that were open when it began, and not settled before its day: at most MOST,
    first due first. Two queries."""
    if meeting.series_id is None:
        return []
    made = _made_in(Meeting.objects.filter(series_id=meeting.series_id, starts_at__lt=meeting.starts_at))
    stood = Q(settled="") | Q(settled_on__gte=meeting.on)
    # Found by the meeting and then sorted: by an index of their days all promises would be walked.
    rows = Commitment.objects.filter(naming("made_at", made), tested(stood)).order_by(Sorted("due_on"), "pk")
    return list(rows.values_list("pk", flat=True)[:MOST])


def carried_to(meeting: Meeting) -> list[Commitment]:
    """The promises of `carried_keys`."""
    return carried(carried_keys(meeting))


def carried(keys: Collection[int]) -> list[Commitment]:
    """These promises, first due first. One query, none for no keys."""
    return list(commitments.listed().filter(pk__in=keys).order_by("due_on", "pk")) if keys else []


def open_of_series(series: Series) -> list[Commitment]:
    """Promises of its meetings that are open, first due first."""
    rows = commitments.listed().filter(naming("made_at", _made_in(Meeting.objects.filter(series=series))))
    rows = rows.exclude(
        settled__in=Commitment.Settled.values
    )  # open ones are met among these, not these among all that are open
    return list(rows.order_by("due_on", "pk")[:MOST])
