"""Keep the row that says when we last had to do with somebody in line, in the caller's transaction."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from datetime import datetime
from typing import Any

from django.db import connection
from django.db.models import Count, Max, Q

from ..documents import InteractionDocument
from ..models import Heard, Interaction, InteractionOrganisation, InteractionPerson
from ..sockets import contacts

_TEAM = Q(interaction__visibility=Interaction.Visibility.TEAM)
_AT_ONCE = 500

_UPSERT = """
INSERT INTO interactions_heard ({column}, last_at, count, team_last_at, team_count) VALUES {places}
ON CONFLICT ({column}) DO UPDATE SET
 count = interactions_heard.count + excluded.count,
 team_count = interactions_heard.team_count + excluded.team_count,
 last_at = CASE WHEN excluded.last_at > interactions_heard.last_at THEN excluded.last_at ELSE interactions_heard.last_at END,
 team_last_at = CASE WHEN excluded.team_last_at IS NULL THEN interactions_heard.team_last_at
  WHEN interactions_heard.team_last_at IS NULL OR excluded.team_last_at > interactions_heard.team_last_at
  THEN excluded.team_last_at ELSE interactions_heard.team_last_at END
"""

_Said = tuple[datetime, int, datetime | None, int]


def add(documents: Iterable[InteractionDocument]) -> None:
    """Count these new interactions in: one statement for people, one for organisations."""
    people: dict[int, _Said] = {}
    organisations: dict[int, _Said] = {}
    for one in documents:
        is_team = one.visibility == Interaction.Visibility.TEAM
        for found, keys in ((people, one.people), (organisations, one.organisations)):
            for key in keys:
                found[key] = _together(found.get(key), one.happened_at, is_team=is_team)
    for kind, said in (("person", people), ("organisation", organisations)):
        _upsert(f"{kind}_id", said)
        _tell(kind, list(said))


def _together(before: _Said | None, at: datetime, *, is_team: bool) -> _Said:
    last, count, team_last, team_count = before or (at, 0, None, 0)
    if is_team:
        team_last, team_count = max(team_last or at, at), team_count + 1
    return max(last, at), count + 1, team_last, team_count


def _upsert(column: str, said: dict[int, _Said]) -> None:
    stamp = connection.ops.adapt_datetimefield_value
    keys = sorted(said)
    for start in range(0, len(keys), _AT_ONCE):
        batch = keys[start : start + _AT_ONCE]
        values: list[Any] = []
        for key in batch:
            last, count, team_last, team_count = said[key]
            values += [key, stamp(last), count, stamp(team_last) if team_last else None, team_count]
        places = ", ".join(["(%s, %s, %s, %s, %s)"] * len(batch))
        with connection.cursor() as cursor:
            cursor.execute(_UPSERT.format(column=column, places=places), values)


def recount(*, people: Collection[int] = (), organisations: Collection[int] = ()) -> None:
    """Write the rows of these keys anew from their interactions; those without any lose their row."""
    for kind, links, keys in (
        ("person", InteractionPerson, people),
        ("organisation", InteractionOrganisation, organisations),
    ):
        _recount(f"{kind}_id", links, sorted(set(keys)))
        _tell(kind, sorted(set(keys)))


def _tell(kind: str, keys: Collection[int]) -> None:
    for _name, told in contacts.items() if keys else ():
        told(kind, keys)


def _recount(column: str, links: Any, keys: list[int]) -> None:
    for start in range(0, len(keys), _AT_ONCE):
        batch = keys[start : start + _AT_ONCE]
        counted = (
            links.objects.filter(**{f"{column}__in": batch})
            .values(column)
            .annotate(
                last=Max("happened_at"),
                n=Count("id"),
                team_last=Max("happened_at", filter=_TEAM),
                team_n=Count("id", filter=_TEAM),
            )
        )
        said = {row[column]: (row["last"], row["n"], row["team_last"], row["team_n"]) for row in counted}
        Heard.objects.filter(**{f"{column}__in": batch}).delete()
        _upsert(column, said)
