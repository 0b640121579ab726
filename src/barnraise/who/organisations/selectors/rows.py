"""Organisations as rows, for lists and pages."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from datetime import datetime
from typing import Any, TypeVar
from uuid import UUID

from django.db.models import Model, Q, QuerySet
from django.utils.translation import gettext_lazy as _

from barnraise.foundation.text import fold
from barnraise.plumbing.ui.hung import hang, with_names
from barnraise.plumbing.ui.lists import Order, Plan, SubqueryFilter
from barnraise.plumbing.ui.prepared import Prepared, prepared
from barnraise.who.communities.models import Community

from ..models import (
    Address,
    ContactPoint,
    FactSource,
    Identifier,
    Organisation,
    OtherName,
    Sector,
    Serves,
    Source,
)

T = TypeVar("T")


def listed(actor: Any = None) -> QuerySet[Organisation]:
    """All organisations, as lists, exports and the API begin with."""
    return Organisation.objects.all()


_PAGE = ("parent__uuid", "parent__name", "source__name", "source__kind")
"""What a page says of the neighbours of an organisation."""


@prepared
def _row(uuid: UUID) -> QuerySet[Organisation]:
    rows = Organisation.objects.select_related("parent", "source")
    return rows.only(*with_names(Organisation, *_PAGE)).filter(uuid=uuid)


def _in_order(model: type[Model], *order: str) -> Prepared[Any]:
    return prepared(lambda key: model._default_manager.filter(organisation_id=key).order_by(*order))


_other_names = _in_order(OtherName, "position", "id")
_addresses = _in_order(Address, "position", "id")
_contact_points = _in_order(ContactPoint, "position", "id")
_identifiers = _in_order(Identifier)
_sectors = _in_order(Sector)


@prepared
def _serves(key: int) -> QuerySet[Serves]:
    rows = Serves.objects.filter(organisation_id=key).select_related("community")
    return rows.only(*with_names(Serves, "community__uuid", "community__name")).order_by(
        "community__name_folded"
    )


@prepared
def _fact_sources(key: int) -> QuerySet[FactSource]:
    rows = FactSource.objects.filter(organisation_id=key).select_related("source")
    return rows.only(*with_names(FactSource, "source__name", "source__kind"))


def one(uuid: UUID) -> Organisation:
    """The organisation with everything its page shows. Raises Organisation.DoesNotExist."""
    found = _row.first(uuid)
    if found is None:
        raise Organisation.DoesNotExist
    hang(
        found,
        other_names=_other_names(found.pk),
        addresses=_addresses(found.pk),
        contact_points=_contact_points(found.pk),
        identifiers=_identifiers(found.pk),
        sectors=_sectors(found.pk),
        serves=_serves(found.pk),
        fact_sources=_fact_sources(found.pk),
    )
    return found


def one_row(uuid: UUID) -> Organisation:
    """The bare row. Raises Organisation.DoesNotExist."""
    return Organisation.objects.get(uuid=uuid)


def one_by_key(key: int) -> Organisation:
    """The bare row. Raises Organisation.DoesNotExist."""
    return Organisation.objects.get(pk=key)


def named(text: str, most: int = 3) -> list[int]:
    """Keys of at most `most` organisations that have this identifier value, else this name (case and accents do not count)."""
    value = text.rsplit(" ", maxsplit=1)[-1]
    keys = list(
        Identifier.objects.filter(value__in={text, value}).values_list("organisation_id", flat=True)[:most]
    )
    if keys:
        return sorted(set(keys))
    return list(Organisation.objects.filter(name_folded=fold(text)[:300]).values_list("pk", flat=True)[:most])


def named_many(texts: Collection[str]) -> dict[str, list[int]]:
    """By text: keys of all organisations that have it as an identifier, else as their name. Unknown texts are left out. Two queries."""
    found: dict[str, list[int]] = defaultdict(list)
    for value, key in Identifier.objects.filter(value__in=texts).values_list("value", "organisation_id"):
        if key not in found[value]:
            found[value].append(key)
    folded = {text: fold(text)[:300] for text in texts if text not in found}
    called: dict[str, list[int]] = defaultdict(list)
    rows = Organisation.objects.filter(name_folded__in=set(folded.values())).order_by("pk")
    for name, key in rows.values_list("name_folded", "pk"):
        called[name].append(key)
    return {**found, **{text: called[name] for text, name in folded.items() if name in called}}


def own() -> Organisation | None:
    """Our own organisation, None as long as nobody has named it."""
    return Organisation.objects.filter(is_own=True).first()


def branches_of(organisation: Organisation, most: int = 100) -> QuerySet[Organisation]:
    """At most `most` of its direct branches by name."""
    return organisation.branches.order_by("name_folded", "id")[:most]


def by_mailboxes(mailboxes: Collection[str]) -> dict[str, list[int]]:
    """For each of these mailboxes (case does not count): the keys of all organisations that have it. One query."""
    wanted = {mailbox: {mailbox, mailbox.lower()} for mailbox in mailboxes}
    spellings = {one for pair in wanted.values() for one in pair}
    rows = ContactPoint.objects.filter(kind=ContactPoint.Kind.EMAIL, value__in=spellings).order_by("pk")
    found: dict[str, list[int]] = {}
    for value, key in rows.values_list("value", "organisation_id"):
        found.setdefault(value.lower(), []).append(key)
    return {mailbox: list(dict.fromkeys(found.get(mailbox.lower(), ()))) for mailbox in wanted}


def by_domains(domains: Collection[str]) -> dict[str, int]:
    """Of these mail domains those that are the web address of exactly one organisation, with its key. One query."""
    sites = {
        f"{scheme}://{www}{domain}{end}": domain
        for domain in domains
        for scheme in ("https", "http")
        for www in ("", "www.")
        for end in ("", "/")
    }
    rows = ContactPoint.objects.filter(kind=ContactPoint.Kind.WEBSITE, value__in=list(sites))
    found: dict[str, set[int]] = {}
    for value, key in rows.values_list("value", "organisation_id"):
        found.setdefault(sites[value], set()).add(key)
    return {domain: next(iter(keys)) for domain, keys in found.items() if len(keys) == 1}


def only_community(key: int) -> int | None:
    """The community an organisation serves when it is exactly one, else None. One query."""
    served = list(Serves.objects.filter(organisation_id=key).values_list("community_id", flat=True)[:2])
    return served[0] if len(served) == 1 else None


def facts_with_sources(organisation: Organisation) -> dict[str, tuple[Source, datetime]]:
    """By document field that another source told than the record's own: (source, when). Uses what `one` prefetched."""
    return {fact.field: (fact.source, fact.at) for fact in organisation.fact_sources.all()}


def sectors_of(keys: Collection[int]) -> dict[int, list[tuple[str, str]]]:
    """By key (scheme, code). One query."""
    rows = Sector.objects.filter(organisation_id__in=list(keys)).order_by("scheme", "code")
    found = rows.values_list("organisation_id", "scheme", "code")
    return _gathered((key, (scheme, code)) for key, scheme, code in found)


def identifiers_of(keys: Collection[int]) -> dict[int, list[str]]:
    """By key "EIN 001234567". One query."""
    rows = Identifier.objects.filter(organisation_id__in=list(keys)).order_by("scheme", "value")
    found = rows.values_list("organisation_id", "scheme", "value")
    return _gathered((key, f"{scheme} {value}") for key, scheme, value in found)


def communities_of(keys: Collection[int]) -> dict[int, list[tuple[str, str]]]:
    """By key the communities served as (name, address), by name. One query."""
    rows = Serves.objects.filter(organisation_id__in=list(keys)).order_by("community__name_folded")
    addresses: dict[UUID, str] = {}
    found = []
    for key, uuid, name in rows.values_list("organisation_id", "community__uuid", "community__name"):
        if uuid not in addresses:
            addresses[uuid] = Community(uuid=uuid).get_absolute_url()
        found.append((key, (name, addresses[uuid])))
    return _gathered(found)


def contacts_of(keys: Collection[int]) -> dict[int, list[tuple[str, str]]]:
    """By key (kind, value) in their order. One query."""
    rows = ContactPoint.objects.filter(organisation_id__in=list(keys)).order_by("position", "id")
    found = rows.values_list("organisation_id", "kind", "value")
    return _gathered((key, (kind, value)) for key, kind, value in found)


def places_of(keys: Collection[int]) -> dict[int, list[Address]]:
    """By key the address it is shown at, alone in a list. One query."""
    rows = Address.objects.filter(organisation_id__in=list(keys)).order_by("position", "id")
    found = _gathered((row.organisation_id, row) for row in rows)
    return {
        key: sorted(places, key=lambda at: (at.kind != "physical", at.lat is None))[:1]
        for key, places in found.items()
    }


def source_names(keys: Collection[int]) -> dict[int, str]:
    """Names of sources by key. One query."""
    return dict(Source.objects.filter(pk__in=list(keys)).values_list("pk", "name"))


def _gathered(pairs: Iterable[tuple[int, T]]) -> dict[int, list[T]]:
    found: dict[int, list[T]] = defaultdict(list)
    for key, part in pairs:
        found[key].append(part)
    return dict(found)


_SERVES = SubqueryFilter(
    "community",
    _("Serves"),
    subquery=lambda key: Serves.objects.filter(community_id=int(key)).values("organisation_id"),
)


def serving_panel(actor: Any, community: Any) -> Mapping[str, Any]:
    """What a community's page shows of those who serve it: the first 30 by name, and how many there are, counted up to a cap."""
    plan = Plan(listed(actor), [(_SERVES, [community.pk])])
    count, is_more = plan.count()
    rows = plan.take(Order("name_folded"), None, 30)
    return {"community": community, "serving": rows, "count": count, "is_more": is_more}


def titles(keys: Sequence[int]) -> Mapping[int, str]:
    """Names by key."""
    return dict(Organisation.objects.filter(pk__in=list(keys)).values_list("pk", "name"))


def shown(organisations: Collection[int]) -> Q:
    """A condition on rows of these keys that can be drawn on a map."""
    return Q(pk__in=list(organisations), lat__isnull=False)


LABELS: dict[str, Any] = {
    "facts": _("Facts of the register"),
    "names": _("Other names"),
    "identifiers": _("Identifiers"),
    "sectors": _("Sectors"),
    "addresses": _("Addresses"),
    "contacts": _("Phones, e-mails, web pages"),
    "communities": _("Communities served"),
    "tags": _("Tags"),
    "services": _("Services"),
}
"""What told fields are called that are none of the row."""


def field_label(field: str) -> Any:
    """A document field as people call it."""
    return LABELS.get(field) or Organisation._meta.get_field(field).verbose_name  # type: ignore[union-attr]
