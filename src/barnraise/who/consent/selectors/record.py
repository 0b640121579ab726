"""The record of consents, what stands of it, and what it is about."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from datetime import date, timedelta
from typing import Any
from uuid import UUID

from django.db.models import Count, Q, QuerySet
from django.utils.translation import gettext as _

from barnraise.foundation.refs import Ref
from barnraise.foundation.text import fold
from barnraise.plumbing.snoozes.selectors import awake
from barnraise.plumbing.ui.lists.opaque import tested
from barnraise.plumbing.ui.prepared import prepared
from barnraise.who.people.models import Person

from ..models import Consent, Purpose, Standing, Wording
from ..sockets import reminded

KIND, PURPOSE = "consent.consent", "consent.purpose"
SOON = timedelta(days=30)


def purposes_listed(actor: Any = None) -> QuerySet[Purpose]:
    """All purposes, ended ones too."""
    return Purpose.objects.all()


def live_purposes() -> list[Purpose]:
    """Purposes that people are asked about, by name."""
    return list(Purpose.objects.filter(ended_at__isnull=True).order_by("name_folded", "id"))


def one_purpose(uuid: UUID) -> Purpose:
    """Raises Purpose.DoesNotExist."""
    return Purpose.objects.get(uuid=uuid)


def one_purpose_by_key(key: int) -> Purpose:
    """Raises Purpose.DoesNotExist."""
    return Purpose.objects.get(pk=key)


def purpose_named(name: str) -> Purpose | None:
    """The purpose of this name; case and accents do not count."""
    return Purpose.objects.filter(name_folded=fold(name)[:120]).first()


def standing_of(person: int, purpose: int, channel: str) -> Standing | None:
    """What stands of a person on a purpose and a channel, by keys; None when nothing was ever said."""
    return standings_listed().filter(person_id=person, purpose_id=purpose, channel=channel).first()


def one_consent_by_key(key: int) -> Consent:
    """With its person. Raises Consent.DoesNotExist."""
    return Consent.objects.select_related("person").get(pk=key)


def consent_titles(keys: Sequence[int]) -> Mapping[int, str]:
    """What was said, in a few words, by key: "Newsletter, e-mail: given"."""
    rows = Consent.objects.filter(pk__in=list(keys)).select_related("purpose")
    given, withdrawn = _("given"), _("withdrawn")
    return {
        row.pk: f"{row.purpose.name}, {row.get_channel_display()}: {given if row.is_given else withdrawn}"
        for row in rows
    }


def purpose_titles(keys: Sequence[int]) -> Mapping[int, str]:
    """Names by key."""
    return dict(Purpose.objects.filter(pk__in=list(keys)).values_list("pk", "name"))


def current_wording(purpose: Purpose) -> Wording | None:
    """The latest version of its words, None when it has none."""
    return Wording.objects.filter(purpose=purpose).order_by("-number").first()


def current_wordings(purposes: Sequence[Purpose]) -> dict[int, Wording]:
    """The latest version of the words of each, by purpose. One query."""
    rows = Wording.objects.filter(purpose__in=purposes).order_by("number")
    return {row.purpose_id: row for row in rows}


def consents_listed(actor: Any = None) -> QuerySet[Consent]:
    """All lines of the record with whom and what they are about."""
    return Consent.objects.select_related("person", "purpose", "wording", "by")


def standings_listed(actor: Any = None) -> QuerySet[Standing]:
    """What stands, with person, purpose and the line that says so."""
    return Standing.objects.select_related("person", "purpose", "last")


def one_standing(uuid: UUID) -> Standing:
    """Raises Standing.DoesNotExist."""
    return standings_listed().get(uuid=uuid)


@prepared
def _standings(key: int) -> QuerySet[Standing]:
    rows = Standing.objects.filter(person_id=key).select_related("purpose")
    return rows.order_by("purpose__name_folded", "channel")


def standings_of(person: Person) -> list[Standing]:
    """What stands of one person, by purpose and channel."""
    found = list(_standings(person.pk))
    for row in found:
        row.person = person
    return found


def record_of(person: Person, most: int = 500) -> list[Consent]:
    """The latest lines about one person, what was said last first."""
    rows = consents_listed().filter(person=person)
    return list(rows.order_by("-happened_at", "is_given", "-id")[:most])


def counts_of(purpose: Purpose, today: date) -> dict[str, dict[str, int]]:
    """By channel: how many stand as given, as expired, and as withdrawn. Two queries, each counted in an index."""
    standing = Standing.objects.filter(purpose=purpose).order_by()
    past = Standing.objects.filter(expires_on__lt=today).order_by().values("pk")  # few, found by the day
    expired = standing.filter(pk__in=past, is_given=True).values_list("channel")
    over = dict(expired.annotate(many=Count("pk")))
    found: dict[str, dict[str, int]] = {}
    said = standing.values_list("channel", "is_given").annotate(many=Count("pk"))
    for channel, is_given, many in sorted(said):
        counts = found.setdefault(channel, {"given": 0, "expired": over.get(channel, 0), "withdrawn": 0})
        counts["given" if is_given else "withdrawn"] = many - (counts["expired"] if is_given else 0)
    return found


def expiring(today: date, *, most: int, within: timedelta = SOON) -> list[Standing]:
    """Consents of active people for live purposes that stop counting within that time, the next one first.

    Without those of which another card of Today reminds.
    """
    rows = standings_listed().filter(
        tested(Q(person__status=Person.Status.ACTIVE)),  # nearly everybody is: no way to begin
        is_given=True,
        expires_on__gte=today,
        expires_on__lte=today + within,
        purpose__ended_at__isnull=True,
    )
    for _name, elsewhere in reminded.items():
        rows = rows.exclude(elsewhere())
    rows = awake(rows, "consent.expiring", today, kind="people.person", key="person_id")
    return list(rows.order_by("expires_on", "id")[:most])


def everything_of(ref: Ref) -> list[dict[str, Any]]:
    """All lines about a person, as JSON values, oldest first."""
    rows = consents_listed().filter(person_id=ref.id).order_by("happened_at", "id")
    return [
        {
            "purpose": row.purpose.name,
            "channel": row.channel,
            "given": row.is_given,
            "said_at": row.happened_at.isoformat(),
            "until": row.expires_on.isoformat() if row.expires_on else None,
            "how": row.source,
            "proof": row.proof,
            "wording": row.wording.texts if row.wording else None,
            "noted_at": row.created_at.isoformat(),
            "noted_by": str(row.by) if row.by else None,
        }
        for row in rows
    ]


def with_a_record(refs: Collection[Ref]) -> set[int]:
    """Keys of those of these people that said something."""
    keys = [ref.id for ref in refs if ref.kind == "people.person"]
    return set(Standing.objects.filter(person_id__in=keys).values_list("person_id", flat=True))
