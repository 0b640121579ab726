"""Named reads of places and populations."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any
from uuid import UUID

from django.conf import settings
from django.db.models import Count, Prefetch, QuerySet

from barnraise.foundation import geo
from barnraise.plumbing.jobs.models import Job

from ..figure_documents import whole as whole_figure
from ..models import Community, Figure, Headcount, Identifier, Postcode
from ..sample_town import COMMUNITIES
from ..sockets import uses

KIND = "communities.community"


def listed(actor: Any = None) -> QuerySet[Community]:
    """All communities without their boundaries, which may be large."""
    rows = Community.objects.defer("boundary").select_related("parent")
    return rows.prefetch_related(Prefetch("identifiers", Identifier.objects.order_by("scheme", "value")))


def one(uuid: UUID) -> Community:
    """The community with its parent, parts, identifiers and headcounts (newest first). Raises Community.DoesNotExist."""
    return (
        Community.objects.select_related("parent")
        .prefetch_related(
            Prefetch("headcounts", Headcount.objects.order_by("-year", "group", "id")),
            Prefetch("identifiers", Identifier.objects.order_by("scheme", "value")),
            Prefetch("children", Community.objects.defer("boundary").order_by("name_folded", "id")),
        )
        .get(uuid=uuid)
    )


def one_by_key(key: int) -> Community:
    """The bare row without its boundary. Raises Community.DoesNotExist."""
    return Community.objects.defer("boundary").get(pk=key)


def one_headcount(uuid: UUID) -> Headcount:
    """The headcount with its community. Raises Headcount.DoesNotExist."""
    return Headcount.objects.select_related("community").get(uuid=uuid)


def by_uuids(uuids: Collection[UUID]) -> dict[UUID, Community]:
    """Bare rows by uuid; unknown ones are left out."""
    return {row.uuid: row for row in Community.objects.defer("boundary").filter(uuid__in=list(uuids))}


def by_identifiers(pairs: Collection[tuple[str, str]]) -> dict[tuple[str, str], int]:
    """(scheme, value) -> key of the community that has this identifier; unknown ones are left out. One query."""
    wanted = set(pairs)
    if not wanted:
        return {}
    rows = Identifier.objects.filter(value__in={value for _scheme, value in wanted})
    found = {(s, v): key for s, v, key in rows.values_list("scheme", "value", "community_id")}
    return {pair: found[pair] for pair in wanted if pair in found}


def titles(keys: Sequence[int]) -> Mapping[int, str]:
    """Names by key."""
    return dict(Community.objects.filter(pk__in=list(keys)).values_list("pk", "name"))


def choices() -> list[tuple[int, str]]:
    """(key, name) of every community by name, for forms and filters."""
    return list(Community.objects.order_by("name_folded", "id").values_list("pk", "name"))


def ancestors(community: Community) -> list[Community]:
    """From the top down to its parent. One query a level."""
    found: list[Community] = []
    at = community.parent
    while at is not None and at not in found:
        found.insert(0, at)
        at = at.parent
    return found


def descendant_keys(key: int) -> set[int]:
    """Keys of all communities below this one, itself left out. One query a level."""
    found: set[int] = set()
    level = {key}
    while level:
        below = Community.objects.filter(parent_id__in=level).values_list("pk", flat=True)
        level = set(below) - found - {key}
        found |= level
    return found


def tiles() -> str:
    """The operator's tile address, empty when maps are drawn without tiles."""
    return str(settings.ENVIRONMENT.tile_url)


@dataclass(slots=True)
class Branch:
    """A community in the tree, with what hangs below it by name."""

    community: Community
    people: Headcount | None
    children: list[Branch] = field(default_factory=list)


def tree() -> list[Branch]:
    """The communities that are part of none, with all below them. Two queries."""
    rows = list(Community.objects.defer("boundary").order_by("name_folded", "id"))
    newest = newest_headcounts([row.pk for row in rows])
    branches = {row.pk: Branch(row, newest.get(row.pk)) for row in rows}
    top: list[Branch] = []
    for row in rows:
        above = branches.get(row.parent_id) if row.parent_id else None
        (above.children if above else top).append(branches[row.pk])
    return top


def newest_headcounts(keys: Collection[int]) -> dict[int, Headcount]:
    """By community: the newest headcount of everyone. One query."""
    rows = Headcount.objects.filter(community_id__in=list(keys), group="").order_by("community_id", "year")
    return {row.community_id: row for row in rows}


def headcounts_listed(actor: Any = None) -> QuerySet[Headcount]:
    """All headcounts with their communities."""
    return Headcount.objects.select_related("community")


def outlines(keys: Iterable[int] | None = None) -> list[dict[str, Any]]:
    """Boundaries as GeoJSON features with name, kind and address; of these communities, or of all that have one."""
    rows = Community.objects.filter(boundary__isnull=False)
    if keys is not None:
        rows = rows.filter(pk__in=list(keys))
    return [
        {
            "type": "Feature",
            "geometry": row.boundary,
            "properties": {
                "name": row.name,
                "kind": str(row.get_kind_display()),
                "url": row.get_absolute_url(),
            },
        }
        for row in rows.order_by("name_folded")[:500]
    ]


def at(lat: float, lon: float) -> list[Community]:
    """Communities whose boundary holds this point, smallest first."""
    rows = Community.objects.filter(
        min_lat__lte=lat, max_lat__gte=lat, min_lon__lte=lon, max_lon__gte=lon, boundary__isnull=False
    )
    holding = [row for row in rows if row.boundary and geo.contains(row.boundary, lat, lon)]
    return sorted(holding, key=_size)


def _size(row: Community) -> float:
    south, west, north, east = row.box or [0.0, 0.0, 0.0, 0.0]
    return (north - south) * (east - west)


def in_the_way(key: int) -> list[str]:
    """What keeps this community from being removed, each as "3 organisations"; empty when nothing does."""
    return [use.noun(n) for use in uses if (n := use.count(key))]


def places_of_postcodes(wanted: Collection[tuple[str, str]]) -> dict[tuple[str, str], tuple[float, float]]:
    """(country, postcode) as asked -> (latitude, longitude) for those the loaded table knows; no query when nothing is wanted.

    Postcodes are capital letters and digits. A blank country is that of the table, where it has only one.
    """
    by_country: dict[str, list[str]] = defaultdict(list)
    for country, postcode in wanted:
        by_country[country].append(postcode)
    found: dict[tuple[str, str], tuple[float, float]] = {}
    for country, postcodes in by_country.items():
        land = country or _only_country()
        codes = {code: code[:5] if land == "US" else code for code in postcodes}
        rows = Postcode.objects.filter(country=land, postcode__in=set(codes.values())) if land else ()
        known = {row.postcode: (row.lat, row.lon) for row in rows}
        found |= {(country, code): known[there] for code, there in codes.items() if there in known}
    return found


def _only_country() -> str:
    """The country of all loaded postcodes, blank when there are none or several."""
    lands = Postcode.objects.values_list("country", flat=True)
    first, last = lands.order_by("country").first(), lands.order_by("-country").first()
    return first if first and first == last else ""


def postcode_countries() -> list[tuple[str, int]]:
    """(country, how many of its postcodes are loaded)."""
    return list(Postcode.objects.values_list("country").annotate(n=Count("id")).order_by("country"))


def postcode_job() -> Job | None:
    """The work on a table of postcodes that was begun last."""
    return Job.objects.filter(handler="communities.postcodes").order_by("-id").first()


def snapshot(keys: Collection[int]) -> dict[int, dict[str, Any]]:
    """By key: all that is needed to write the community, its identifiers, headcounts and figures again, as JSON."""
    rows = Community.objects.filter(pk__in=list(keys))
    rows = rows.prefetch_related(
        "headcounts", "identifiers", Prefetch("figures", Figure.objects.order_by("pk"))
    )
    return {row.pk: whole(row) for row in rows}


WRITTEN = ("name", "kind", "parent_id", "description", "boundary", "boundary_source", "is_sample")


def whole(row: Community) -> dict[str, Any]:
    """One community with its identifiers, headcounts and figures as JSON."""
    return {
        **{name: getattr(row, name) for name in WRITTEN},
        "uuid": str(row.uuid),
        "created_at": row.created_at.isoformat(),
        "updated_at": row.updated_at.isoformat(),
        "headcounts": [
            {
                "uuid": str(one.uuid),
                "group": one.group,
                "count": one.count,
                "year": one.year,
                "source": one.source,
                "created_at": one.created_at.isoformat(),
            }
            for one in row.headcounts.all()
        ],
        "identifiers": [[one.scheme, one.value] for one in row.identifiers.all()],
        "figures": [{"key": one.pk, **whole_figure(one)} for one in row.figures.all()],
    }


def sample_keys() -> dict[str, int]:
    """The loaded sample communities: their short names ("town", "mill") to keys; empty when the sample is not loaded."""
    rows = dict(Community.objects.filter(is_sample=True).values_list("name", "pk"))
    return {
        key: rows[name]
        for key, _kind, _above, names, _text, _corners in COMMUNITIES
        for name in dict.fromkeys(names)
        if name in rows
    }
