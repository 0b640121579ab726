"""Meetings, their series, who was asked and who came."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from datetime import date, datetime, timedelta
from typing import Any
from uuid import UUID

from django.db.models import Count, Exists, OuterRef, Q, QuerySet, Sum
from django.utils import timezone

from barnraise.foundation.naming import naming
from barnraise.foundation.refs import Ref
from barnraise.foundation.roles import TEAM
from barnraise.foundation.text import fold
from barnraise.plumbing.accounts.models import Account
from barnraise.plumbing.snoozes.selectors import awake
from barnraise.plumbing.ui.sockets import Fan
from barnraise.who.organisations import selectors as organisations

from ..cadence import SOON
from ..models import AgendaItem, Attendance, Meeting, Member, Series

KIND, SERIES, ATTENDANCE = "meetings.meeting", "meetings.series", "meetings.attendance"
MEMBER = "meetings.member"
"""The kind under which an import keeps who is asked to a series besides."""
NAMESAKES, FANNED = 50, 50
CAME = Q(attendances__state="came")


def listed(actor: Any = None) -> QuerySet[Meeting]:
    """All meetings with series, owner, how many organisations came and with how many people."""
    return Meeting.objects.select_related("series", "owner")


def turnout(meetings: Collection[Meeting]) -> dict[int, tuple[int, int]]:
    """By key: (organisations that came, people they came with). One query."""
    rows = Attendance.objects.filter(meeting__in=[one.pk for one in meetings], state="came").order_by()
    found = rows.values("meeting_id").annotate(bodies=Count("pk"), heads=Sum("people"))
    return {one["meeting_id"]: (one["bodies"], one["heads"]) for one in found}


def series_listed(actor: Any = None) -> QuerySet[Series]:
    """All series with their owner."""
    return Series.objects.select_related("owner")


def running_series() -> list[Series]:
    """Those that have not ended, by name."""
    return list(Series.objects.filter(ended_on__isnull=True).order_by("name_folded", "pk")[:500])


def one(uuid: UUID) -> Meeting:
    """With series and owner. Raises Meeting.DoesNotExist."""
    return listed().get(uuid=uuid)


def one_by_key(key: int) -> Meeting:
    """Raises Meeting.DoesNotExist."""
    return listed().get(pk=key)


def one_series(uuid: UUID) -> Series:
    """With its owner. Raises Series.DoesNotExist."""
    return series_listed().get(uuid=uuid)


def one_series_by_key(key: int) -> Series:
    """Raises Series.DoesNotExist."""
    return series_listed().get(pk=key)


def one_attendance_by_key(key: int) -> Attendance:
    """With its meeting. Raises Attendance.DoesNotExist."""
    return Attendance.objects.select_related("meeting").get(pk=key)


def owners() -> list[Account]:
    """Who may see to a meeting: active accounts of the team, by name."""
    roles = [str(role) for role in TEAM]
    return list(Account.objects.active().filter(role__in=roles).order_by("name", "email"))


def items_of(meeting: Meeting) -> list[AgendaItem]:
    """Its agenda, in order."""
    return list(AgendaItem.objects.filter(meeting=meeting).order_by("position"))


def asked_keys(meeting: Meeting, name: str = "") -> list[int]:
    """Keys of who was asked and came, by name of the organisation; with `name` of those that are called somehow so. One query.

    Sorted here: where only the first are wanted, the database would walk all organisations by name.
    """
    rows = Attendance.objects.filter(meeting=meeting).order_by()
    if name:
        rows = rows.filter(organisation__name_folded__contains=fold(name))
    return [key for _name, key in sorted(rows.values_list("organisation__name_folded", "pk"))]


def attended(keys: Collection[int]) -> list[Attendance]:
    """These, by name of the organisation. One query."""
    rows = Attendance.objects.filter(pk__in=keys).select_related("organisation")
    rows = rows.defer(*(f"organisation__{wide}" for wide in ("facts", "mission", "hours")))
    return list(rows.order_by("organisation__name_folded", "pk"))


def attendances_listed(actor: Any = None) -> QuerySet[Attendance]:
    """Everybody that was asked to a meeting, with the meeting and the organisation."""
    return Attendance.objects.select_related("meeting", "organisation")


def attendances_of(meeting: Meeting) -> list[Attendance]:
    """Who was asked and came, by name of the organisation."""
    rows = Attendance.objects.filter(meeting=meeting).select_related("organisation")
    return list(rows.order_by("organisation__name_folded", "pk"))


def bodies_at(meeting: Meeting, *, came: bool) -> list[tuple[str, int]]:
    """Names of the organisations that were asked, or that came, each with how many people."""
    rows = Attendance.objects.filter(meeting=meeting)
    rows = rows.filter(state=Attendance.State.CAME) if came else rows
    return list(rows.order_by("organisation__name_folded", "pk").values_list("organisation__name", "people"))


def members_of(series: Series) -> list[Member]:
    """Who is asked to every meeting, by name."""
    rows = Member.objects.filter(series=series).select_related("organisation")
    return list(rows.order_by("organisation__name_folded", "pk"))


def in_state(name: str, now: datetime) -> Q:
    """Those in this one of cadence.STATES."""
    is_open = Q(held_at__isnull=True, cancelled_at__isnull=True)
    return {
        "planned": is_open & Q(starts_at__gt=now),
        "passed": is_open & Q(starts_at__lte=now),
        "held": Q(held_at__isnull=False),
        "cancelled": Q(cancelled_at__isnull=False),
    }[name]


def meant(text: str) -> Q | None:
    """Meetings to which organisations of this name or number were asked; None where there are none."""
    bodies = organisations.named(text, NAMESAKES)
    asked = Attendance.objects.filter(organisation_id__in=bodies)
    return Q(pk__in=asked.values("meeting_id")) if asked.exists() else None


def titles(keys: Sequence[int]) -> Mapping[int, str]:
    """What they are called, with the day, by key."""
    rows = Meeting.objects.filter(pk__in=list(keys))
    return {row.pk: row.title for row in rows}


def series_titles(keys: Sequence[int]) -> Mapping[int, str]:
    """What they are called, by key."""
    return dict(Series.objects.filter(pk__in=list(keys)).values_list("pk", "name"))


def attendance_titles(keys: Sequence[int]) -> Mapping[int, str]:
    """Which organisation came to what, by key of the attendance."""
    rows = Attendance.objects.filter(pk__in=list(keys)).values_list(
        "pk", "organisation__name", "meeting__title"
    )
    return {key: f"{body}, {title}" for key, body, title in rows}


def due_series(actor: Any, *, today: date, most: int) -> list[Series]:
    """At most `most` running series whose next meeting is due within a week, or was due, and is not planned yet, first due first:
    those this reader sees to and those nobody sees to."""
    planned = Meeting.objects.filter(series=OuterRef("pk"), held_at__isnull=True, cancelled_at__isnull=True)
    rows = series_listed().filter(
        Q(owner_id=actor.pk) | Q(owner__isnull=True),
        ~Exists(planned),
        ended_on__isnull=True,
        next_due_on__lte=today + timedelta(days=SOON),
    )
    return list(awake(rows.order_by("next_due_on", "pk"), "meetings.due", today)[:most])


def near_for(actor: Any, *, now: datetime, most: int) -> list[Meeting]:
    """At most `most` meetings of the next week, and those that passed without closed minutes, first things first: those this
    reader sees to and those nobody sees to."""
    rows = listed().filter(
        Q(owner_id=actor.pk) | Q(owner__isnull=True),
        held_at__isnull=True,
        cancelled_at__isnull=True,
        starts_at__lte=now + timedelta(days=SOON),
    )
    return list(awake(rows.order_by("starts_at", "pk"), "meetings.near", timezone.localdate(now))[:most])


def of_calendar(account: Any, now: datetime) -> QuerySet[Meeting]:
    """Meetings that this account sees to, not cancelled, from a month ago on."""
    rows = listed().filter(owner_id=account.pk, cancelled_at__isnull=True)
    return rows.filter(starts_at__gte=now - timedelta(days=31)).order_by("starts_at", "pk")


def of_organisation(key: int) -> QuerySet[Attendance]:
    """Meetings that this organisation was asked to, latest first."""
    rows = Attendance.objects.filter(organisation_id=key).select_related("meeting__series")
    return rows.order_by("-meeting__starts_at", "-pk")


def upstream(ref: Ref) -> list[Ref]:
    """What it is about, and the series it belongs to."""
    cites, series = Meeting.objects.filter(pk=ref.id).values_list("cites", "series_id").first() or ("", None)
    return [
        *([Ref.parse(cites)] if cites else []),
        *([Ref("meetings", "series", series)] if series is not None else []),
    ]


def meeting_of_attendance(ref: Ref) -> list[Ref]:
    """Where they were asked to."""
    keys = Attendance.objects.filter(pk=ref.id).values_list("meeting_id", flat=True)
    return [Ref("meetings", "meeting", key) for key in keys]


def meetings_of_series(ref: Ref) -> Fan:
    """Meetings of a series, the latest first."""
    rows = Meeting.objects.filter(series_id=ref.id)
    keys = list(rows.order_by("-starts_at", "-pk").values_list("pk", flat=True)[: FANNED + 1])
    total = len(keys) if len(keys) <= FANNED else rows.count()
    return Fan([Ref("meetings", "meeting", key) for key in keys[:FANNED]], total)


def about_thing(ref: Ref) -> Fan:
    """Meetings about this thing, latest first."""
    rows = Meeting.objects.filter(naming("cites", ref)).order_by("-starts_at", "-pk")
    keys = list(rows.values_list("pk", flat=True)[: FANNED + 1])
    total = len(keys) if len(keys) <= FANNED else rows.count()
    return Fan([Ref("meetings", "meeting", key) for key in keys[:FANNED]], total)


def with_meetings(refs: Collection[Ref]) -> set[int]:
    """Keys of those of these organisations that were asked to a meeting or are members of a series."""
    keys = [ref.id for ref in refs]
    asked = Attendance.objects.filter(organisation_id__in=keys).values_list("organisation_id", flat=True)
    members = Member.objects.filter(organisation_id__in=keys).values_list("organisation_id", flat=True)
    return {*asked, *members}


def everything_of(ref: Ref) -> list[dict[str, Any]]:
    """Meetings that this organisation was asked to, as JSON values, earliest first."""
    return [
        {
            "meeting": row.meeting.title,
            "starts": row.meeting.starts_at.isoformat(),
            "attendance": row.state,
            "people": row.people,
        }
        for row in of_organisation(ref.id).order_by("meeting__starts_at", "pk")
    ]
