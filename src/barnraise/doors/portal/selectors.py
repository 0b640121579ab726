"""What the portal reads, each narrowed to one organisation."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from typing import Any
from uuid import UUID

from django.db.models import Case, Q, QuerySet, When
from django.utils import timezone

from barnraise.foundation.refs import Ref
from barnraise.nowwhat.recognition import selectors as recognition
from barnraise.nowwhat.recognition.models import Milestone, Thanks
from barnraise.sowhat.indicators import selectors as indicators
from barnraise.sowhat.indicators.models import Report
from barnraise.what.commitments import selectors as commitments
from barnraise.what.commitments.models import Commitment
from barnraise.what.events import selectors as events
from barnraise.what.events.models import Event
from barnraise.what.issues import selectors as issues
from barnraise.what.issues.models import Issue
from barnraise.what.meetings import selectors as meetings
from barnraise.what.meetings.models import Attendance, Meeting
from barnraise.who.organisations import selectors as organisations
from barnraise.who.organisations.models import ContactPoint, Organisation
from barnraise.who.partnerships import selectors as partnerships
from barnraise.who.people import selectors as people
from barnraise.who.people.models import Person, Role

MOST, FEW = 100, 50


def organisation_by_key(key: int) -> Organisation:
    """Raises Organisation.DoesNotExist, also for our own."""
    return Organisation.objects.get(pk=key, is_own=False)


def live_organisation(key: Any) -> Organisation | None:
    """None when it is gone, or is our own."""
    return Organisation.objects.filter(pk=key, is_own=False).first() if isinstance(key, int) else None


def speaks_for(person: Any, organisation: int) -> bool:
    """Whether this person has a role there now."""
    if not isinstance(person, int):
        return False
    rows = Role.objects.filter(
        people.current(timezone.localdate()), person_id=person, organisation_id=organisation
    )
    return rows.filter(person__status=Person.Status.ACTIVE).exists()


def name_of(person: Any) -> str:
    """What this person is called; empty for nobody."""
    found = Person.objects.filter(pk=person).values_list("display_name", flat=True).first() if person else ""
    return found or ""


def person_of_account(account: Any) -> int | None:
    """The key of the person who logs in with it."""
    return Person.objects.filter(account=account).values_list("pk", flat=True).first()


def organisations_of_account(account: Any) -> list[Organisation]:
    """Those at which the person of this account has a role now, by name; not our own."""
    roles = Role.objects.filter(people.current(timezone.localdate()), person__account=account)
    keys = roles.filter(person__status=Person.Status.ACTIVE).values("organisation_id")
    return list(Organisation.objects.filter(pk__in=keys, is_own=False).order_by("name_folded", "pk")[:MOST])


def ways_in(address: str) -> list[tuple[Organisation, int | None, str, str]]:
    """(organisation, person, name, language) for each way in that this mailbox, in lower case, opens: people with a role, then mailboxes of the
    organisation itself."""
    found: list[tuple[Organisation, int | None, str, str]] = []
    keys = people.by_addresses([address]).get(address, [])
    roles = Role.objects.filter(
        people.current(timezone.localdate()), person_id__in=keys, organisation__is_own=False
    )
    live = roles.filter(person__status=Person.Status.ACTIVE).select_related("organisation", "person")
    for role in live.order_by("organisation__name_folded", "pk")[:MOST]:
        if all(one[0].pk != role.organisation_id for one in found):
            language = people.language_of(role.person)
            found.append((role.organisation, role.person_id, role.person.display_name, language))
    own = ContactPoint.objects.filter(
        kind=ContactPoint.Kind.EMAIL, value__iexact=address, organisation__is_own=False
    )
    for point in own.select_related("organisation").order_by("organisation__name_folded", "pk")[:MOST]:
        if all(one[0].pk != point.organisation_id for one in found):
            found.append((point.organisation, None, point.organisation.name, ""))
    return found


def every_promise_of(organisation: Organisation) -> QuerySet[Commitment]:
    """Promises by and to it, open and settled."""
    return commitments.of_thing(Ref.to(organisation))


def promises_of(organisation: Organisation) -> list[Commitment]:
    """Promises by and to it: open ones first, first due first, then the latest settled."""
    rows = every_promise_of(organisation)
    open_ones = list(rows.filter(settled="").order_by("due_on", "pk")[:MOST])
    return open_ones + list(rows.exclude(settled="").order_by("-settled_on", "-pk")[:20])


def one_promise(uuid: UUID) -> Commitment | None:
    """None when there is none."""
    return commitments.listed().filter(uuid=uuid).first()


def every_report_of(organisation: Organisation) -> QuerySet[Report]:
    """Numbers that it is asked for and has not given."""
    return indicators.reports_listed().filter(organisation=organisation, answered_at__isnull=True)


def reports_of(organisation: Organisation) -> list[Report]:
    """Those, first due first."""
    return list(every_report_of(organisation).order_by("due_on", "pk")[:MOST])


def one_report(uuid: UUID) -> Report | None:
    """None when there is none."""
    return indicators.reports_listed().filter(uuid=uuid).first()


def one_open_report(uuid: UUID) -> Report | None:
    """One that has not been given; None when there is none."""
    row = one_report(uuid)
    return row if row is not None and row.answered_at is None else None


def hosted_by(organisation: Organisation, now: datetime) -> list[Event]:
    """Events that it hosts with us, of the last year and to come, latest first."""
    rows = events.hosting(Ref.to(organisation)).filter(event__starts_at__gte=now - timedelta(days=365))
    return [row.event for row in rows.order_by("-event__starts_at", "-pk")[:MOST]]


def _open(now: datetime) -> Q:
    return Q(is_public=True, cancelled_at__isnull=True, ends_at__gt=now)


def open_events(now: datetime) -> list[Event]:
    """Events with a page of their own that are still to come, next first."""
    return list(Event.objects.filter(_open(now)).order_by("starts_at", "pk")[:20])


def every_event_of(organisation: Organisation, now: datetime) -> QuerySet[Event]:
    """Events open to register for, and all that it hosts or hosted with us; `is_hosted` says which of the two."""
    hosted = events.hosting(Ref.to(organisation)).values("event_id")
    rows = Event.objects.annotate(is_hosted=Case(When(pk__in=hosted, then=True), default=False))
    return rows.filter(_open(now) | Q(is_hosted=True))


def every_thanks_of(organisation: Organisation) -> QuerySet[Thanks]:
    """Thanks as they were sent to it, the latest first; none that are being written anew."""
    rows = recognition.of_organisation(organisation.pk).filter(sent_at__isnull=False)
    return rows.exclude(state__in=(Thanks.State.DRAFT, Thanks.State.ENDED))


def thanks_of(organisation: Organisation) -> list[Thanks]:
    """The latest of those."""
    return list(every_thanks_of(organisation)[:MOST])


def marks_passed() -> list[Milestone]:
    """What everybody reached together and was told, the latest first."""
    rows = recognition.milestones_listed().filter(state=Milestone.State.TOLD)
    return list(rows.order_by("-reached_on", "-pk")[:20])


def meetings_of(organisation: Organisation) -> list[Attendance]:
    """Shared meetings that it was asked to, latest first."""
    return list(meetings.of_organisation(organisation.pk).filter(meeting__is_shared=True)[:50])


def every_meeting_of(organisation: Organisation) -> QuerySet[Meeting]:
    """Shared meetings that it was asked to."""
    asked = meetings.of_organisation(organisation.pk).values("meeting_id")
    return meetings.listed().filter(pk__in=asked, is_shared=True)


def one_meeting(uuid: UUID) -> Meeting | None:
    """None when there is none."""
    return meetings.listed().filter(uuid=uuid).first()


def every_concern_of(organisation: Organisation) -> QuerySet[Issue]:
    """Concerns that it raised; none that is confidential, as several people may come in for it."""
    return issues.listed().filter(organisation=organisation, is_confidential=False)


def concerns_of(organisation: Organisation) -> list[Issue]:
    """The latest of those, latest first."""
    return list(every_concern_of(organisation).order_by("-raised_at", "-pk")[:MOST])


def one_concern(uuid: UUID) -> Issue | None:
    """None when there is none."""
    return issues.listed().filter(uuid=uuid).first()


def record_of(organisation: Organisation) -> dict[str, Any]:
    """What its record says: fields, contacts, addresses, services, what it gives and seeks, and who speaks for it."""
    document = organisations.documents([organisation.pk])[organisation.pk]
    roles = Role.objects.filter(people.current(timezone.localdate()), organisation=organisation)
    return {
        "document": document,
        "contacts": [(ContactPoint.Kind(one.kind).label, one.value) for one in document.contacts],
        "exchanges": organisations.exchanges_of(organisation),
        "speakers": list(roles.select_related("person").order_by("-is_main_contact", "pk")[:MOST]),
    }


def keeper_of(organisation: Organisation) -> Any:
    """The account that keeps the relation with it; None where nobody does."""
    found = partnerships.of_thing(organisation)
    return found.owner if found is not None else None


def soon(organisation: Organisation, today: date, days: int = 14) -> list[Commitment]:
    """Promises by and to it that are open and late or due within so many days, first due first: FEW of them."""
    rows = every_promise_of(organisation).filter(settled="", due_on__lte=today + timedelta(days=days))
    return list(rows.order_by("due_on", "pk")[:FEW])


def open_concerns_of(organisation: Organisation) -> list[Issue]:
    """The latest five that are neither resolved nor declined."""
    return list(every_concern_of(organisation).filter(ended_at=None).order_by("-raised_at", "-pk")[:5])
