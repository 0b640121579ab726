"""What organisations give and seek: rows, documents, snapshots."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from datetime import date
from typing import Any
from uuid import UUID

from django.db.models import BooleanField, ExpressionWrapper, F, Prefetch, Q, QuerySet
from django.db.models.lookups import GreaterThan

from barnraise.plumbing.ui.lists.among import Among
from barnraise.plumbing.ui.lists.opaque import Tested
from barnraise.plumbing.ui.prepared import prepared
from barnraise.who.communities.models import Community

from .. import exchanges as shapes
from ..exchanges import ExchangeDocument
from ..models import Concerns, Exchange

EXCHANGE_KIND = "organisations.exchange"
_MOST_WORDS = 40
"""Gives and seeks of one organisation that search reads."""


def exchanges_listed(actor: Any = None) -> QuerySet[Exchange]:
    """All gives and seeks with their organisations, as lists and the API begin with."""
    return Exchange.objects.select_related("organisation")


def one_exchange(uuid: UUID) -> Exchange:
    """One with its organisation. Raises Exchange.DoesNotExist."""
    return Exchange.objects.select_related("organisation").get(uuid=uuid)


def one_exchange_by_key(key: int) -> Exchange:
    """One with its organisation. Raises Exchange.DoesNotExist."""
    return Exchange.objects.select_related("organisation").get(pk=key)


def exchanges_of(organisation: Any) -> list[Exchange]:
    """What one organisation gives and seeks, those open first, with the communities concerned. Two queries."""
    rows = _exchanges(organisation.pk)
    order = {status: place for place, status in enumerate(Exchange.Status.values)}
    return sorted(rows, key=lambda row: (order[row.status], row.what_folded, row.pk))


@prepared
def _exchanges(key: int) -> QuerySet[Exchange]:
    return Exchange.objects.filter(organisation_id=key).prefetch_related(with_communities())


def owned_by(organisation: Any, condition: Q) -> QuerySet[Exchange]:
    """Of what one organisation gives and seeks, what meets the condition: its few rows are tested, however many others meet it."""
    met = Tested(ExpressionWrapper(condition, output_field=BooleanField()))
    return Exchange.objects.filter(met, organisation=organisation)


def with_communities() -> Prefetch[Any]:
    """For prefetch_related: the communities concerned by name."""
    named = Concerns.objects.select_related("community").defer("community__boundary")
    return Prefetch("concerns", named.order_by("community__name_folded"))


def holding_now(on: date) -> Q:
    """A condition on exchanges: open, valid on that day, and the day lies in their season."""
    day = f"{on.month:02}-{on.day:02}"
    bit = 1 << (on.month - 1)
    begun, lasts = Q(season_from__lte=day), Q(season_until__gte=day)
    over_new_year = Q(season_from__gt=F("season_until"))
    in_days = Q(season_from="") | (~over_new_year & begun & lasts) | (over_new_year & (begun | lasts))
    in_months = Q(months=0) | Q(GreaterThan(F("months").bitand(bit), 0))
    return valid_on(on) & in_months & in_days


def valid_on(on: date) -> Q:
    """A condition on exchanges: open, and valid on that day, whatever its season."""
    return (
        Q(status=Exchange.Status.OPEN)
        & (Q(valid_from=None) | Q(valid_from__lte=on))
        & (Q(valid_until=None) | Q(valid_until__gte=on))
    )


def communities_of_exchanges(keys: Collection[int]) -> dict[int, list[int]]:
    """By exchange: the keys of the communities concerned, sorted. One query."""
    found: dict[int, list[int]] = defaultdict(list)
    rows = Concerns.objects.filter(Among("exchange_id", keys)).order_by("community_id")
    for key, community in rows.values_list("exchange_id", "community_id"):
        found[key].append(community)
    return found


def communities_concerned(keys: Collection[int]) -> dict[int, list[Community]]:
    """By exchange: the communities concerned, without their boundaries, by name. One query."""
    found: dict[int, list[Community]] = defaultdict(list)
    rows = (
        Concerns.objects.filter(exchange_id__in=list(keys))
        .select_related("community")
        .defer("community__boundary")
    )
    for link in rows.order_by("community__name_folded", "community_id"):
        found[link.exchange_id].append(link.community)
    return found


def document_of(row: Exchange, communities: Sequence[int]) -> ExchangeDocument:
    """What a row says, as a plain value."""
    found = {name: getattr(row, name) for name in shapes.COLUMNS}
    found["sectors"] = tuple((scheme, code) for scheme, code in row.sectors)
    return ExchangeDocument(**found, communities=tuple(communities))


def exchange_documents(keys: Collection[int]) -> dict[int, ExchangeDocument]:
    """By key; those that are gone are left out. Two queries."""
    rows = Exchange.objects.filter(pk__in=list(keys))
    concerned = communities_of_exchanges(keys)
    return {row.pk: document_of(row, concerned.get(row.pk, ())) for row in rows}


def whole_exchange(row: Exchange, communities: Sequence[int]) -> dict[str, Any]:
    """All that is needed to write it again, as JSON."""
    return {
        "key": row.pk,
        "uuid": str(row.uuid),
        "organisation": row.organisation_id,
        "document": shapes.to_json(document_of(row, communities)),
        "created_at": row.created_at.isoformat(),
        "updated_at": row.updated_at.isoformat(),
    }


def exchanges_kept(organisations: Collection[int]) -> dict[int, list[dict[str, Any]]]:
    """By organisation: everything needed to write what it gives and seeks again. Two queries."""
    rows = list(Exchange.objects.filter(organisation_id__in=list(organisations)).order_by("pk"))
    concerned = communities_of_exchanges([row.pk for row in rows]) if rows else {}
    found: dict[int, list[dict[str, Any]]] = defaultdict(list)
    for row in rows:
        found[row.organisation_id].append(whole_exchange(row, concerned.get(row.pk, ())))
    return found


def exchange_titles(keys: Sequence[int]) -> Mapping[int, str]:
    """What each is, by key."""
    return dict(Exchange.objects.filter(pk__in=list(keys)).values_list("pk", "what"))


def words_exchanged(organisations: Collection[int]) -> dict[int, list[str]]:
    """By organisation: the words of what it gives and seeks, as search reads them. One query."""
    found: dict[int, list[str]] = defaultdict(list)
    rows = Exchange.objects.filter(organisation_id__in=list(organisations)).exclude(
        status=Exchange.Status.ENDED
    )
    for key, what, condition in rows.order_by("pk").values_list("organisation_id", "what", "condition"):
        if len(found[key]) < _MOST_WORDS:
            found[key].append(f"{what} {condition[:200]}".strip())
    return found
