"""Whom we may contact, and of the others why not."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from django.db.models import Case, CharField, Count, Exists, OuterRef, Q, QuerySet, Subquery, Value, When
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from barnraise.plumbing.ui.lists.subqueries import is_there
from barnraise.who.people.models import Person, PersonAddress

from ..models import Consent, Purpose, Standing
from ..models.purpose import Channel

NOT_REACHED: dict[str, Any] = {
    "ended": _("“%(purpose)s” has ended: nobody is contacted for it any more."),
    "deceased": _("Has died."),
    "inactive": _("Moved away or no longer involved."),
    "no_address": _("There is no address for this channel."),
    "never_asked": _("No recorded consent for “%(purpose)s” by %(channel)s."),
    "withdrawn": _("Consent for “%(purpose)s” by %(channel)s was withdrawn."),
    "expired": _("Consent for “%(purpose)s” by %(channel)s has expired."),
}
"""Why somebody is not reached; the first that holds, in this order, is told."""
A_MOMENT = timedelta(seconds=5)
"""Whoever asks about now asks a little later; what stands now answers, which costs less than the record."""


@dataclass(frozen=True, slots=True)
class Reach:
    """`everybody` are the people asked about, each with `why`: a key of NOT_REACHED, or "" for those who may be contacted."""

    everybody: QuerySet[Any]
    purpose: Purpose
    channel: str

    @property
    def people(self) -> QuerySet[Person]:
        """Who may be contacted."""
        return self.everybody.filter(why="")

    @property
    def others(self) -> QuerySet[Person]:
        """Who may not, each with `why`."""
        return self.everybody.exclude(why="")

    def counts(self) -> dict[str, int]:
        """How many for each reason, "" for those who may be contacted; no reason with nobody. One query."""
        rows = self.everybody.order_by().values_list("why").annotate(n=Count("pk"))
        return dict(rows)

    def words(self, why: str) -> str:
        """The reason as a sentence."""
        return words_of(why, self.purpose, self.channel)


def words_of(why: str, purpose: Purpose, channel: str) -> str:
    """A reason of NOT_REACHED as a sentence in the reader's language."""
    said = {"purpose": purpose.name, "channel": Channel(channel).label}
    return str(NOT_REACHED[why]) % said


def reachable(people: QuerySet[Person], *, channel: str, purpose: Purpose, at: datetime) -> Reach:
    """Which of these people may be contacted for a purpose by a channel at an instant, and of the others why not.

    No entry is no consent; the latest word counts, and of two said at the same instant the withdrawal. At an instant that
    has passed what was noted of the time before it counts. Raises ValueError for a channel that is none.
    """
    channel = Channel(channel).value
    ends = purpose.ended_at is not None and purpose.ended_at <= at
    on = timezone.localdate(at)
    if at >= timezone.now() - A_MOMENT:
        rows: QuerySet[Any] = Standing.objects.filter(person=OuterRef("pk"), purpose=purpose, channel=channel)
    else:
        said = Consent.objects.filter(person=OuterRef("pk"), purpose=purpose, channel=channel)
        rows = said.filter(happened_at__lte=at).order_by("-happened_at", "is_given", "-id")
    told = Subquery(rows.values_list(_word(on), flat=True)[:1], output_field=CharField())
    cases = [When(status=status, then=Value(status)) for status in ("deceased", "inactive")]
    cases.append(When(~_has_address(channel), then=Value("no_address")))
    why: Any = Value("ended", output_field=CharField())
    if not ends:
        people = people.annotate(said_last=told)
        cases.append(When(said_last__isnull=True, then=Value("never_asked")))
        cases += [When(said_last=word, then=Value(word)) for word in ("withdrawn", "expired")]
        why = Case(*cases, default=Value(""), output_field=CharField())
    return Reach(people.annotate(why=why), purpose, channel)


def told(why: str, *, purpose: Purpose, channel: str, at: datetime, is_asked: bool = False) -> Q:
    """What a person has to be so that `reachable` says `why` of them now: conditions that indexes answer.

    `is_asked`: for rows that are asked one by one, instead of collecting all keys that pass.
    """
    if purpose.ended_at is not None and purpose.ended_at <= at:
        return Q() if why == "ended" else Q(pk__in=())
    if why in ("deceased", "inactive"):
        return Q(status=why)
    involved = ~Q(status__in=("deceased", "inactive"))
    has_address = _has_address(channel) if is_asked or channel != Channel.POST else Q(pk__in=_written_to())
    if why == "no_address":
        return involved & ~_has_address(channel)
    words = _said(purpose, channel, at)
    if why not in words:
        return Q(pk__in=())
    each = is_there(words[why].filter(person=OuterRef("pk")))
    if why == "never_asked":
        return involved & has_address & ~each
    return involved & has_address & (each if is_asked else Q(pk__in=words[why].values("person_id")))


def told_keys(why: str, *, purpose: Purpose, channel: str, at: datetime) -> QuerySet[Any, Any] | None:
    """Keys of the people `told` speaks of, read from what was said last and not from all people, so that it stops where it is sliced;
    None where nothing was said of it."""
    if why not in ("", "withdrawn", "expired") or (purpose.ended_at is not None and purpose.ended_at <= at):
        return None
    rows = _said(purpose, channel, at)[why].exclude(person__status__in=("deceased", "inactive"))
    if channel == Channel.EMAIL:
        rows = rows.filter(person__has_email=True)
    elif channel == Channel.POST:
        rows = rows.filter(is_there(_written_to().filter(person=OuterRef("person_id"))))
    elif channel != Channel.PUBLIC:
        rows = rows.filter(person__has_phone=True)
    return rows.order_by().values("person_id")


def _said(purpose: Purpose, channel: str, at: datetime) -> dict[str, QuerySet[Standing]]:
    """What people said last of a purpose and a channel, by what it comes to."""
    said = Standing.objects.filter(purpose=purpose, channel=channel)
    counts = Q(expires_on__isnull=True) | Q(expires_on__gte=timezone.localdate(at))
    return {
        "": said.filter(counts, is_given=True),
        "never_asked": said,
        "withdrawn": said.filter(is_given=False),
        "expired": said.filter(is_given=True, expires_on__lt=timezone.localdate(at)),
    }


def may_contact(person: Person, *, channel: str, purpose: Purpose, at: datetime) -> str:
    """ "" when this person may be contacted, else the key of NOT_REACHED that says why not."""
    reach = reachable(Person.objects.filter(pk=person.pk), channel=channel, purpose=purpose, at=at)
    why: str = reach.everybody.values_list("why", flat=True).get()
    return why


def _word(on: date) -> Case:
    return Case(
        When(is_given=False, then=Value("withdrawn")),
        When(expires_on__lt=on, then=Value("expired")),
        default=Value("given"),
        output_field=CharField(),
    )


def _has_address(channel: str) -> Q:
    if channel == Channel.PUBLIC:
        return Q(pk__isnull=False)
    if channel == Channel.EMAIL:
        return Q(has_email=True)
    if channel == Channel.POST:
        return Q(Exists(_written_to().filter(person=OuterRef("pk"))))
    return Q(has_phone=True)


def _written_to() -> QuerySet[Any, Any]:
    """Keys of the people with an address that a letter can be sent to."""
    return PersonAddress.objects.exclude(lines="").values("person_id")
