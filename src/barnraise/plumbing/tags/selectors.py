"""Reads of tags."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from typing import Any
from uuid import UUID

from django.db.models import Count, Exists, IntegerField, OuterRef, QuerySet
from django.db.models.expressions import RawSQL

from barnraise.plumbing.ui.prepared import prepared

from .models import Tag, Tagging
from .names import distinct, folded


def tags_of(kind: str, keys: Iterable[int]) -> dict[int, list[Tag]]:
    """The tags of many things of one kind, by key, each list by name; every key asked for is there. One query."""
    wanted = list(keys)
    found: dict[int, list[Tag]] = {key: [] for key in wanted}
    rows = Tagging.objects.filter(kind=kind, key__in=wanted).select_related("tag").order_by("tag__folded")
    for row in rows:
        found[row.key].append(row.tag)
    return found


def names_of(kind: str, keys: Iterable[int]) -> dict[int, list[tuple[int, str]]]:
    """(key, name) of the tags of many things of one kind, as `tags_of`, for lists that show no more of them. One query."""
    wanted = list(keys)
    found: dict[int, list[tuple[int, str]]] = {key: [] for key in wanted}
    rows = Tagging.objects.filter(kind=kind, key__in=wanted).order_by("tag__folded")
    for key, tag, name in rows.values_list("key", "tag_id", "tag__name"):
        found[key].append((tag, name))
    return found


def tags_on(thing: Any) -> list[Tag]:
    """The tags of one saved row, by name."""
    return [row.tag for row in _tags_on(thing.pk, kind=thing._meta.label_lower)]


@prepared
def _tags_on(key: int, *, kind: str) -> QuerySet[Tagging]:
    return Tagging.objects.filter(kind=kind, key=key).select_related("tag").order_by("tag__folded")


def tagged(kind: str, tag: Tag | int) -> QuerySet[Tagging, int]:
    """A subquery of the keys of that kind that carry the tag: `rows.filter(pk__in=tagged(kind, tag))`."""
    key = tag.pk if isinstance(tag, Tag) else tag
    return Tagging.objects.filter(tag_id=key, kind=kind).values_list("key", flat=True)


def all_tags() -> QuerySet[Tag]:
    """Every tag by name."""
    return Tag.objects.order_by("folded")


COUNTED = 1_000
"""Uses of a tag are counted up to here where many tags stand side by side: a tag may stick to a million things."""


def with_counts() -> QuerySet[Tag]:
    """Every tag by name, with `uses`: how many things carry it, COUNTED + 1 for more than COUNTED."""
    statement = "(SELECT count(*) FROM (SELECT 1 FROM tags_tagging WHERE tags_tagging.tag_id = tags_tag.id LIMIT %s) AS counted)"
    uses = RawSQL(statement, [COUNTED + 1], output_field=IntegerField())  # noqa: S611 - nothing in it comes from outside
    return Tag.objects.annotate(uses=uses).order_by("folded")


def uses_of(tags: Sequence[Tag]) -> dict[int, int]:
    """How many things carry each of these tags, by key. One query."""
    counted = Tagging.objects.filter(tag__in=tags).values_list("tag_id").annotate(uses=Count("id"))
    return {tag.pk: 0 for tag in tags} | dict(counted)


def uses_by_kind(tag: Tag) -> dict[str, int]:
    """How many things of each kind carry the tag."""
    return dict(
        Tagging.objects.filter(tag=tag).values_list("kind").annotate(uses=Count("id")).order_by("kind")
    )


def shared_uses(one: Tag, other: Tag) -> int:
    """How many things carry both tags."""
    others = Tagging.objects.filter(tag=other, kind=OuterRef("kind"), key=OuterRef("key"))
    return Tagging.objects.filter(Exists(others), tag=one).count()


def tag_by_uuid(uuid: UUID) -> Tag:
    """The tag. Raises Tag.DoesNotExist."""
    return Tag.objects.get(uuid=uuid)


def tag_by_name(name: str) -> Tag | None:
    """The tag of that name, however it is written, or None."""
    return Tag.objects.filter(folded=folded(name)).first()


def tags_by_names(names: Collection[str]) -> list[Tag]:
    """Those of the named tags that exist."""
    return list(Tag.objects.filter(folded__in=[folded(name) for name in distinct(names)]))


def suggestions(text: str = "", *, most: int = 200) -> list[str]:
    """Names for a form to offer: those that hold `text`, most used first."""
    rows = with_counts()
    if folded(text):
        rows = rows.filter(folded__contains=folded(text))
    found = rows.order_by("-uses", "folded")  # type: ignore[misc]  # django-stubs do not see annotations
    return list(found.values_list("name", flat=True)[:most])
