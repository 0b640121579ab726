"""Messages, their variants and accounts."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from contextlib import suppress
from datetime import date
from typing import Any
from uuid import UUID

from django.db.models import Q, QuerySet

from barnraise.foundation.naming import naming
from barnraise.foundation.refs import Ref
from barnraise.foundation.roles import TEAM
from barnraise.plumbing.accounts.models import Account
from barnraise.plumbing.jobs import selectors as jobs
from barnraise.plumbing.jobs.models import Job
from barnraise.plumbing.snoozes.selectors import awake
from barnraise.plumbing.ui.lists.opaque import tested
from barnraise.plumbing.ui.sockets import Fan

from ..models import Message, Reach, SocialAccount, Variant
from ..models.variant import POSTED
from ..sockets import networks, origins

KIND, VARIANT, ACCOUNT = "social.message", "social.variant", "social.socialaccount"
REACH = "social.reach"
FANNED, AT_ONCE = 50, 5000
CITED = ("projects.project", "events.event", "goals.goal", "goals.objective")
"""Kinds of things that a message may serve."""


def listed(actor: Any = None) -> QuerySet[Message]:
    """All messages with who sees to them and their variants."""
    return Message.objects.select_related("owner").prefetch_related("variants")


def one(uuid: UUID) -> Message:
    """Raises Message.DoesNotExist."""
    return listed().get(uuid=uuid)


def one_by_key(key: int) -> Message:
    """Raises Message.DoesNotExist."""
    return listed().get(pk=key)


def variants_listed(actor: Any = None) -> QuerySet[Variant]:
    """All variants with message and account."""
    return Variant.objects.select_related("message__owner", "account")


def one_variant(uuid: UUID) -> Variant:
    """Raises Variant.DoesNotExist."""
    return variants_listed().get(uuid=uuid)


def one_variant_by_key(key: int) -> Variant:
    """Raises Variant.DoesNotExist."""
    return variants_listed().get(pk=key)


def one_reach(uuid: UUID) -> Reach:
    """With its variant and message. Raises Reach.DoesNotExist."""
    return Reach.objects.select_related("variant__message").get(uuid=uuid)


def variants_of(message: Message) -> list[Variant]:
    """In the order of the networks."""
    return variants_by_message([message.pk]).get(message.pk, [])


def variants_by_message(keys: Sequence[int]) -> dict[int, list[Variant]]:
    """The variants of several messages, in the order of the networks. One query."""
    order = {name: at for at, (name, _network) in enumerate(networks.items())}
    found: dict[int, list[Variant]] = {}
    for row in variants_listed().filter(message_id__in=list(keys)).order_by("pk"):
        found.setdefault(row.message_id, []).append(row)
    for rows in found.values():
        rows.sort(key=lambda row: order.get(row.network, len(order)))
    return found


def accounts_listed(actor: Any = None) -> QuerySet[SocialAccount]:
    """All accounts, ended ones too."""
    return SocialAccount.objects.all()


def one_account(uuid: UUID) -> SocialAccount:
    """Raises SocialAccount.DoesNotExist."""
    return SocialAccount.objects.get(uuid=uuid)


def one_account_by_key(key: int) -> SocialAccount:
    """Raises SocialAccount.DoesNotExist."""
    return SocialAccount.objects.get(pk=key)


def account_titles(keys: Sequence[int]) -> Mapping[int, str]:
    """Names by key."""
    return dict(SocialAccount.objects.filter(pk__in=list(keys)).values_list("pk", "name"))


def accounts_for(network: str) -> list[SocialAccount]:
    """Accounts at a network that have not ended, by name."""
    rows = SocialAccount.objects.filter(network=network, ended_at__isnull=True)
    return list(rows.order_by("name", "pk"))


def owners() -> list[Account]:
    """Who may see to a message: active accounts of the team, by name."""
    roles = [str(role) for role in TEAM]
    return list(Account.objects.active().filter(role__in=roles).order_by("name", "email"))


def titles(keys: Sequence[int]) -> Mapping[int, str]:
    """Names by key."""
    return dict(Message.objects.filter(pk__in=list(keys)).values_list("pk", "name"))


def variant_titles(keys: Sequence[int]) -> Mapping[int, str]:
    """ "Open day, Mastodon" by key."""
    rows = Variant.objects.filter(pk__in=list(keys)).values_list("pk", "message__name", "network")
    return {key: f"{name}, {_title(network)}" for key, name, network in rows}


def _title(network: str) -> str:
    found = networks.find(network)
    return found.title if found is not None else network


def reaches_of(variant: Variant) -> list[Reach]:
    """What was noted, the latest day first."""
    return list(Reach.objects.filter(variant=variant).order_by("-on")[:100])


def latest_reach(keys: Sequence[int]) -> dict[int, Reach]:
    """The latest number of each of these variants. One query."""
    rows = Reach.objects.filter(variant_id__in=list(keys)).order_by("on")
    return {row.variant_id: row for row in rows}


def is_stuck(variant: Variant) -> bool:
    """Being posted, but its job was cancelled or given up: nobody knows whether the network has it."""
    if variant.state != Variant.State.QUEUED:
        return False
    job = jobs.jobs_on(Ref.to(variant)).order_by("-pk").first()
    return job is None or job.state in (Job.State.CANCELLED, Job.State.FAILED)


def hindrance_of(message: Message) -> str:
    """Why nothing may be posted about what it was drafted from; empty while it may."""
    return _hindrances({message.drawn_from}).get(message.drawn_from, "")


def _hindrances(drawn_from: Collection[str]) -> dict[str, str]:
    """By typed reference, of those of which nothing may be posted any more. Each kind of thing is asked once."""
    of_kind: dict[str, list[Ref]] = {}
    for text in drawn_from:
        with suppress(ValueError):
            ref = Ref.parse(text)
            of_kind.setdefault(ref.kind, []).append(ref)
    found: dict[str, str] = {}
    for kind, refs in of_kind.items():
        origin = origins.find(kind)
        if origin is not None:
            found |= {str(ref): words for ref, words in origin.hindrances(refs).items()}
    return found


def _told_no_more() -> list[str]:
    """What messages were drafted from, as typed references, as far as nothing may be posted about it any more."""
    # Few things are drawn from again and again: they are read from the index of those that are, and not for each post.
    drawn = Message.objects.exclude(drawn_from="").order_by().values_list("drawn_from", flat=True)
    told = list(drawn.distinct())
    return [
        text
        for first in range(0, len(told), AT_ONCE)
        for text, words in _hindrances(told[first : first + AT_ONCE]).items()
        if words
    ]


def failed_or_waiting(today: date, *, most: int) -> list[Variant]:
    """Variants that failed, and approved ones that nobody has posted yet and that may be posted, the oldest first."""
    rows = awake(variants_listed(), "social.open", today).exclude(message__drawn_from__in=_told_no_more())
    # One state at a time is read in the order of its index; both at once would be sorted, however many they are.
    found = [
        row
        for state in ("failed", "approved")
        for row in rows.filter(state=state).order_by("updated_at", "pk")[:most]
    ]
    return sorted(found, key=lambda row: (row.updated_at, row.pk))[:most]


def to_take_down(today: date, *, most: int) -> list[Variant]:
    """Posts that stand in a network although what they were drafted from may be told no more, however old; the latest first."""
    rows = variants_listed().filter(tested(Q(state__in=POSTED)), message__drawn_from__in=_told_no_more())
    rows = awake(rows, "social.down", today)
    return list(rows.order_by("-posted_at", "-pk")[:most])


def upstream(ref: Ref) -> list[Ref]:
    """What a message serves, and what it was drafted from."""
    row = Message.objects.filter(pk=ref.id).first()
    return [Ref.parse(text) for text in (row.drawn_from, row.cites) if text] if row is not None else []


def upstream_of_variant(ref: Ref) -> list[Ref]:
    """Its message."""
    keys = Variant.objects.filter(pk=ref.id).values_list("message_id", flat=True)
    return [Ref("social", "message", key) for key in keys]


def variants_of_message(ref: Ref) -> Fan:
    """What the networks got."""
    keys = list(Variant.objects.filter(message_id=ref.id).order_by("pk").values_list("pk", flat=True))
    return Fan([Ref("social", "variant", key) for key in keys[:FANNED]], len(keys))


def serving(ref: Ref) -> Fan:
    """Messages that serve this thing or were drafted from it, the latest first."""
    rows = Message.objects.filter(naming("cites", ref) | naming("drawn_from", ref))
    keys = list(rows.order_by("-updated_at", "-pk").values_list("pk", flat=True)[: FANNED + 1])
    total = len(keys) if len(keys) <= FANNED else rows.count()
    return Fan([Ref("social", "message", key) for key in keys[:FANNED]], total)
