"""Named reads of measures and figures."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from typing import Any
from uuid import UUID

from django.db import connection
from django.db.models import Count, Max, Q, QuerySet

from barnraise.foundation.periods import Period

from .. import areas
from ..comparing import Benchmark
from ..models import Community, Figure, Identifier, Measure
from .places import ancestors

MEASURE = "communities.measure"
FIGURE = "communities.figure"
MOST_ON_A_PAGE = 4000
"""Figures of one community that its page reads: forty measures over a hundred periods."""


def measures_listed(actor: Any = None) -> QuerySet[Measure]:
    """All measures."""
    return Measure.objects.all()


def figures_listed(actor: Any = None) -> QuerySet[Figure]:
    """All figures with their measures and communities."""
    return Figure.objects.select_related("measure", "community").defer("community__boundary")


def one_measure(uuid: UUID) -> Measure:
    """The measure. Raises Measure.DoesNotExist."""
    return Measure.objects.get(uuid=uuid)


def measure_by_key(key: int) -> Measure:
    """The measure. Raises Measure.DoesNotExist."""
    return Measure.objects.get(pk=key)


def one_figure(uuid: UUID) -> Figure:
    """The figure with measure and community. Raises Figure.DoesNotExist."""
    return figures_listed().get(uuid=uuid)


def figure_by_key(key: int) -> Figure:
    """The figure with measure and community. Raises Figure.DoesNotExist."""
    return figures_listed().get(pk=key)


def measures_by_uuids(uuids: Collection[UUID]) -> dict[UUID, Measure]:
    """Measures by uuid; unknown ones are left out."""
    return {row.uuid: row for row in Measure.objects.filter(uuid__in=list(uuids))}


def measure_titles(keys: Sequence[int]) -> Mapping[int, str]:
    """Names by key."""
    return dict(Measure.objects.filter(pk__in=list(keys)).values_list("pk", "name"))


def figure_titles(keys: Sequence[int]) -> Mapping[int, str]:
    """ "Obesity among adults, 2023" by key."""
    rows = Figure.objects.filter(pk__in=list(keys)).select_related("measure")
    return {row.pk: str(row) for row in rows}


def measure_choices() -> list[tuple[int, str]]:
    """(key, name) of every measure by name, with its publisher where names are alike."""
    rows = list(Measure.objects.order_by("name_folded", "id").values_list("pk", "name", "publisher"))
    names = [name for _key, name, _publisher in rows]
    double = {name for name in names if names.count(name) > 1} if len(names) < 1000 else set(names)
    return [(key, f"{name} ({publisher})" if name in double else name) for key, name, publisher in rows]


def sources() -> list[str]:
    """Every source of figures by name: hundreds of thousands of figures have a few, and the index is asked for each next one."""
    with connection.cursor() as cursor:
        cursor.execute(
            "WITH RECURSIVE named(source) AS (SELECT min(source) FROM communities_figure UNION ALL "
            "SELECT (SELECT min(f.source) FROM communities_figure f WHERE f.source > named.source) FROM named "
            "WHERE named.source IS NOT NULL) SELECT source FROM named WHERE source IS NOT NULL"
        )
        return [name for (name,) in cursor.fetchall()]


def categories() -> list[str]:
    """Every category of measures by name."""
    rows = Measure.objects.exclude(category="").order_by("category")
    return list(rows.values_list("category", flat=True).distinct())


def publishers() -> list[str]:
    """Every publisher of measures by name."""
    return list(Measure.objects.order_by("publisher").values_list("publisher", flat=True).distinct())


def areas_around(community: Community) -> list[str]:
    """The wider areas a community lies in, by its identifiers or else those of the nearest community above it that has
    some: ["US-OH", "US"]."""
    for one in [community, *reversed(ancestors(community))]:
        pairs = list(Identifier.objects.filter(community=one).values_list("scheme", "value"))
        if found := areas.around(pairs):
            return found
    return []


def areas_known() -> set[str]:
    """All wider areas that any community lies in."""
    return set(areas.around(Identifier.objects.values_list("scheme", "value")))


def figures_of(community: Community) -> list[Figure]:
    """All figures about it with their measures, by category, measure, source and period, oldest first; the newest when there are
    more than MOST_ON_A_PAGE."""
    rows = Figure.objects.filter(community=community).select_related("measure")
    found = list(rows.order_by("-ends_on", "-id")[:MOST_ON_A_PAGE])
    return sorted(
        found,
        key=lambda row: (
            row.measure.category,
            row.measure.name_folded,
            row.measure_id,
            row.source,
            row.ends_on,
            row.begins_on,
        ),
    )


def series_of(community: Community, measure: Measure) -> list[Figure]:
    """The figures of one measure for one community, oldest period first."""
    rows = Figure.objects.filter(community=community, measure=measure).select_related("measure", "community")
    return list(rows.defer("community__boundary").order_by("ends_on", "begins_on", "source", "id"))


def community_and_measure(uuid: UUID, measure: UUID) -> tuple[Community, Measure]:
    """Both. Raises Community.DoesNotExist, Measure.DoesNotExist."""
    return Community.objects.select_related("parent").defer("boundary").get(uuid=uuid), one_measure(measure)


def period_of(row: Mapping[str, Any]) -> Period:
    """The period of a row that has begins_on and ends_on."""
    return Period(row["begins_on"], row["ends_on"])


def benchmarks(figures: Iterable[Figure], community: Community) -> dict[int, list[Benchmark]]:
    """What each of a community's figures can be compared with, the nearest first: what its source names, then the same
    measure, period and source in the communities above and in the state and nation around. Three or four queries."""
    rows = list(figures)
    if not rows:
        return {}
    above = list(reversed(ancestors(community)))
    around = areas_around(community)
    measures = {row.measure_id for row in rows}
    others = Figure.objects.filter(measure_id__in=measures, value__isnull=False).filter(
        Q(community_id__in=[one.pk for one in above]) | Q(area__in=around)
    )
    by_key = {_key(one, one.community_id or one.area): one for one in others}
    found: dict[int, list[Benchmark]] = {}
    for row in rows:
        told = [Benchmark(row.benchmark_name, row.benchmark)] if row.benchmark is not None else []
        for one in above:
            if (other := by_key.get(_key(row, one.pk))) and other.value is not None:
                told.append(Benchmark(one.name, other.value))
        for area in around:
            if (other := by_key.get(_key(row, area))) and other.value is not None:
                told.append(Benchmark(areas.name_of(area), other.value))
        found[row.pk] = told
    return found


def _key(row: Figure, about: int | str) -> tuple[Any, ...]:
    return (about, row.measure_id, row.begins_on, row.ends_on, row.source)


def periods_of(measure: Measure) -> list[dict[str, Any]]:
    """The periods and sources that a measure has figures of communities for, the newest first: begins_on, ends_on, source,
    many (communities)."""
    rows = Figure.objects.filter(measure=measure, community__isnull=False)
    found = rows.values_list("begins_on", "ends_on", "source").annotate(many=Count("id"))
    names = ("begins_on", "ends_on", "source", "many")
    return [dict(zip(names, one, strict=True)) for one in found.order_by("-ends_on", "-begins_on", "source")]


def compared(measure: Measure, begins_on: Any, ends_on: Any, source: str) -> list[Figure]:
    """The figures of one measure, period and source for all communities by name of the community; 500 at most."""
    rows = Figure.objects.filter(
        measure=measure, begins_on=begins_on, ends_on=ends_on, source=source, community__isnull=False
    )
    rows = rows.select_related("measure", "community").defer("community__boundary")
    return list(rows.order_by("community__name_folded", "community_id")[:500])


def area_figures(measure: Measure, begins_on: Any, ends_on: Any, source: str) -> list[Figure]:
    """The figures of the same for wider areas that any community lies in."""
    rows = Figure.objects.filter(
        measure=measure, begins_on=begins_on, ends_on=ends_on, source=source, area__in=areas_known()
    )
    return list(rows.select_related("measure").order_by("area"))


def without(measure: Measure, keys: Collection[int]) -> list[Community]:
    """Communities, by name, that are not among these: nothing is known of them."""
    rows = Community.objects.defer("boundary").exclude(pk__in=list(keys))
    return list(rows.order_by("name_folded", "id")[:500])


def newest_end(community: Community) -> Any:
    """The last day that any of its figures is about, None without figures."""
    return Figure.objects.filter(community=community).aggregate(at=Max("ends_on"))["at"]
