"""Named reads of campaigns."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from django.apps import apps
from django.db.models import Count, Exists, OuterRef, Q, QuerySet
from django.utils import timezone

from barnraise.foundation.refs import Ref
from barnraise.plumbing.links import selectors as links
from barnraise.plumbing.mail import selectors as mails
from barnraise.plumbing.mail.models import Message
from barnraise.plumbing.mail.sockets import placeholders
from barnraise.plumbing.snoozes.selectors import awake
from barnraise.plumbing.ui.lists.opaque import tested
from barnraise.plumbing.ui.sockets import kinds
from barnraise.what.events.models import Event
from barnraise.who.audiences import selectors as audiences
from barnraise.who.consent.models.purpose import Channel
from barnraise.who.consent.selectors import Reach
from barnraise.who.organisations import selectors as organisations

from .models import Campaign, CampaignReader, CodedLink

KIND = "campaigns.campaign"
READER = "campaigns.campaignreader"
CITABLE = ("projects.project", "goals.goal", "goals.objective")
OWN_PLACES = ("unsubscribe_url", "answer_yes_url", "answer_no_url")
"""Placeholders that a campaign fills itself."""
MOST_CHOICES = 200


def listed(actor: Any = None) -> QuerySet[Campaign]:
    """All campaigns with whom and what they are for."""
    return Campaign.objects.select_related("audience", "purpose", "by", "approved_by", "body")


def one(uuid: UUID) -> Campaign:
    """One campaign. Raises Campaign.DoesNotExist."""
    return listed().get(uuid=uuid)


def one_by_key(key: int) -> Campaign:
    """One campaign by its key. Raises Campaign.DoesNotExist."""
    return listed().get(pk=key)


def one_reader(key: int) -> CampaignReader:
    """One reader with campaign, person and mail. Raises CampaignReader.DoesNotExist."""
    return CampaignReader.objects.select_related("campaign", "person", "message__body").get(pk=key)


def titles(keys: Sequence[int]) -> Mapping[int, str]:
    """Names by key."""
    return dict(Campaign.objects.filter(pk__in=list(keys)).values_list("pk", "name"))


def reader_titles(keys: Sequence[int]) -> Mapping[int, str]:
    """Who got which campaign, by key."""
    rows = readers_listed().filter(pk__in=list(keys))
    return {row.pk: f"{row} · {row.campaign.name}" for row in rows}


def readers_listed(actor: Any = None) -> QuerySet[CampaignReader]:
    """Everybody to whom a campaign went."""
    return CampaignReader.objects.select_related("campaign", "person", "message")


def due(now: datetime) -> QuerySet[Campaign]:
    """Approved campaigns whose time has come."""
    return Campaign.objects.filter(state=Campaign.State.APPROVED, send_at__lte=now)


def waiting_for_approval() -> QuerySet[Campaign]:
    """Campaigns that somebody has to approve, the oldest first."""
    rows = awake(listed(), "campaigns", timezone.localdate())
    return rows.filter(state=Campaign.State.REVIEW).order_by("updated_at", "id")


def going_out() -> QuerySet[Campaign]:
    """Approved campaigns with the time at which they go, the next one first."""
    rows = awake(listed(), "campaigns", timezone.localdate())
    return rows.filter(state=Campaign.State.APPROVED, send_at__isnull=False).order_by("send_at", "id")


def known_places() -> list[str]:
    """Placeholders that a text may hold."""
    return [*(name for name, one in placeholders.items() if one.kind == "people.person"), *OWN_PLACES]


def examples() -> dict[str, str]:
    """What a preview shows for the placeholders."""
    found = {name: str(one.example) for name, one in placeholders.items() if one.kind == "people.person"}
    return found | dict.fromkeys(OWN_PLACES, "#")


def reach_of(campaign: Campaign, *, at: datetime) -> Reach | None:
    """Who of its audience may be written to for its purpose, and of the others why not; None while one of both is missing."""
    if campaign.audience is None or campaign.purpose is None:
        return None
    return audiences.reach_of(campaign.audience, purpose=campaign.purpose, channel=Channel.EMAIL.value, at=at)


def next_readers(campaign: Campaign, *, after: int, most: int, at: datetime) -> list[int]:
    """Keys of the next people of its audience that may be written to, by key. One query."""
    reach = reach_of(campaign, at=at)
    if reach is None:
        return []
    people = reach.people.filter(pk__gt=after).order_by("pk")
    there = CampaignReader.objects.filter(campaign=campaign, person=OuterRef("pk"))
    return list(people.filter(~Exists(there)).values_list("pk", flat=True)[:most])


@dataclass(frozen=True, slots=True)
class Outcome:
    """What came of a campaign: how many mails are in which state, complaints, answers, visits of its links, unsubscribed."""

    states: Mapping[str, int]
    complaints: int
    answers: Mapping[str, int]
    unsubscribed: int
    clicks: Sequence[tuple[str, int]]

    @property
    def mails(self) -> int:
        """All mails that were written."""
        return sum(self.states.values())

    @property
    def clicked(self) -> int:
        """Visits of all links."""
        return sum(count for _target, count in self.clicks)

    def state(self, name: str) -> int:
        """How many mails are in this state."""
        return self.states.get(name, 0)


def outcome(campaign: Campaign) -> Outcome:
    """Counted from the rows. Six queries."""
    ref = Ref.to(campaign)
    answers = CampaignReader.objects.filter(campaign=campaign).exclude(answer="").order_by()
    coded = list(CodedLink.objects.filter(campaign=campaign).select_related("short").order_by("pk"))
    visits = links.visits_of([one.short for one in coded])
    return Outcome(
        states=mails.states_about(ref),
        complaints=Message.objects.filter(tested(Q(about=str(ref))), complained_at__isnull=False).count(),
        answers=dict(answers.values_list("answer").annotate(n=Count("pk"))),
        unsubscribed=CampaignReader.objects.filter(campaign=campaign, unsubscribed_at__isnull=False).count(),
        clicks=[(one.target, visits[one.short_id]) for one in coded],
    )


def citing(ref: Ref) -> list[Ref]:
    """Campaigns that serve a thing, newest first."""
    rows = Campaign.objects.filter(cites=str(ref)).order_by("-pk").values_list("pk", flat=True)[:50]
    return [Ref("campaigns", "campaign", key) for key in rows]


def to_audience(ref: Ref) -> list[Ref]:
    """Campaigns to an audience, newest first."""
    rows = Campaign.objects.filter(audience_id=ref.id).order_by("-pk").values_list("pk", flat=True)[:50]
    return [Ref("campaigns", "campaign", key) for key in rows]


def campaign_of_reader(ref: Ref) -> list[Ref]:
    """What went to them."""
    keys = CampaignReader.objects.filter(pk=ref.id).values_list("campaign_id", flat=True)
    return [Ref("campaigns", "campaign", key) for key in keys]


def served_by(occasion: str) -> str:
    """What an event serves, where campaigns can serve it too; empty otherwise. Not for anything but a reference."""
    ref = Ref.parse(occasion)
    event = Event.objects.filter(pk=ref.id).only("cites").first() if ref.kind == "events.event" else None
    return event.cites if event is not None and event.cites in dict(citable()) else ""


def citable() -> list[tuple[str, str]]:
    """(reference, title) of what a campaign may serve: the newest of each kind that the house has."""
    found: list[tuple[str, str]] = []
    for kind in CITABLE:
        described = kinds.find(kind)
        label, _dot, name = kind.partition(".")
        if described is None:
            continue
        model = apps.get_model(label, name)
        keys = list(model._default_manager.order_by("-pk").values_list("pk", flat=True)[:MOST_CHOICES])
        named = described.titles(keys)
        found += [(str(Ref(label, name, key)), named[key]) for key in keys if key in named]
    return found


def postal_address() -> str:
    """The street address of our own organisation in one line; "" when nobody wrote it down."""
    own = organisations.own()
    if own is None:
        return ""
    rows = own.addresses.exclude(lines="").order_by("pk")[:1]
    parts = [
        " ".join(row.lines.split()) + ", " + " ".join(one for one in (row.postcode, row.city) if one)
        for row in rows
    ]
    return f"{own.name}, {parts[0]}".strip(", ") if parts else own.name


def answered_by(person: int) -> QuerySet[CampaignReader]:
    """What a person got and said."""
    return readers_listed().filter(person_id=person).order_by("pk")


def everything_of(ref: Ref) -> list[dict[str, Any]]:
    """All about a person, as JSON values."""
    return [
        {
            "campaign": row.campaign.name,
            "at": row.created_at.isoformat(),
            "answer": row.answer,
            "answered_at": row.answered_at.isoformat() if row.answered_at else None,
            "unsubscribed_at": row.unsubscribed_at.isoformat() if row.unsubscribed_at else None,
        }
        for row in answered_by(ref.id)
    ]


def by_message(message: Message) -> CampaignReader | None:
    """The reader whose mail this is."""
    return CampaignReader.objects.select_related("campaign").filter(message=message).first()
