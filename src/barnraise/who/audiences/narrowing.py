"""Filters of the people of an audience: whom its rules tell, and who may be contacted."""

from __future__ import annotations

from dataclasses import dataclass
from functools import reduce
from operator import or_
from typing import Any
from uuid import UUID

from django.db.models import Q, QuerySet
from django.http import QueryDict
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from barnraise.foundation.html import Safe
from barnraise.foundation.text import AsWritten
from barnraise.plumbing.ui.lists import ChoiceFilter
from barnraise.plumbing.ui.lists.filters import CAP, BadFilter
from barnraise.plumbing.ui.lists.opaque import tested
from barnraise.plumbing.ui.picking import OFFERED, named, search_field
from barnraise.who.consent.models import Purpose
from barnraise.who.consent.models.purpose import CONTACTS, Channel
from barnraise.who.consent.selectors import NOT_REACHED, told, told_keys, words_of

from . import selectors
from .models import Audience

MOST = 20
"""So many audiences of one name are meant together."""

LOOKED_AT = 25_000
"""So many whom a rule finds are looked at to tell that an audience has more people than are counted."""


@dataclass(frozen=True)
class AudienceFilter(ChoiceFilter):
    """Who belongs to all of these audiences. The address holds an id, or a name: then who belongs to any that is called so."""

    def read(self, params: QueryDict) -> Any:
        """The values, each with the audiences it means. Raises BadFilter for an id or a name that none has."""
        given = [value.replace("\x00", "").strip()[:200] for value in params.getlist(self.name)]
        found = [(value, _meant(value)) for value in given if value]
        strange = next((value for value, audiences in found if not audiences), None)
        if strange is not None:
            raise BadFilter(
                _("“%(value)s” is not one of the choices of %(filter)s.")
                % {"value": strange[:60], "filter": self.label}
            )
        return found or None

    def parts(self, value: Any) -> list[Any]:
        """See Filter."""
        return [[one] for one in value]

    def passing(self, value: Any) -> Q:
        """See Filter."""
        return _of(value, is_asked=False)

    def sized(self, rows: QuerySet[Any], value: Any) -> tuple[int, QuerySet[Any] | list[int]]:
        """See Filter. That a large audience has more than are counted is seen among the first whom its rules find."""
        some = rows.filter(_of(value, is_asked=False, most=LOOKED_AT)).order_by().values("pk")
        if some[: CAP + 1].count() > CAP:
            return CAP + 1, self.keys(rows, value)
        return super().sized(rows, value)

    def test(self, rows: QuerySet[Any], value: Any) -> QuerySet[Any]:
        """See Filter."""
        return rows.filter(tested(_of(value, is_asked=True)))

    def words(self, value: Any) -> Any:
        """See Filter."""
        return _(" or ").join(_name(*one) for one in value)

    def widget(self, params: QueryDict) -> Safe:
        """A list to choose from, or a field for the name where there are more than OFFERED."""
        rows = Audience.objects.order_by("name_folded", "id").values_list("uuid", "name")[: OFFERED + 1]
        choices = [(str(uuid), AsWritten(name)) for uuid, name in rows]
        if len(choices) <= OFFERED:
            return self.select(params, choices)
        said = next((value for value in params.getlist(self.name) if value.strip()), "")
        return search_field(self.name, _name(said, _meant(said)).strip("“”") if said else "")


def _meant(said: str) -> list[Audience]:
    try:
        return list(selectors.listed().filter(uuid=UUID(said)))
    except ValueError:
        keys = [key for key, _name in named(Audience.objects.all(), said, "name", "name_folded", most=MOST)]
        return list(selectors.listed().filter(pk__in=keys).order_by("pk"))


def _name(said: str, audiences: list[Audience]) -> str:
    return audiences[0].name if len(audiences) == 1 else f"“{said}”"


def _of(value: Any, *, is_asked: bool, most: int | None = None) -> Q:
    today = timezone.localdate()
    parts = [
        reduce(
            or_,
            (
                selectors.condition(selectors.rules_of(one), one.mode, today, is_asked=is_asked, most=most)
                for one in audiences
            ),
        )
        for _said, audiences in value
    ]
    return Q(*parts)


@dataclass(frozen=True)
class ReachFilter(ChoiceFilter):
    """Who may be contacted for a purpose by a channel ("3:email:"), or may not for a reason ("3:email:never_asked")."""

    def read(self, params: QueryDict) -> Any:
        """The values, each of a purpose, a channel and a reason that are there."""
        given = [value for value in params.getlist(self.name) if value]
        for value in given:
            if _reach(value) is None:
                raise BadFilter(
                    _("“%(value)s” is not a purpose, a channel and a reason.") % {"value": value[:60]}
                )
        return given or None

    def passing(self, value: Any) -> Q:
        """See Filter."""
        return reduce(or_, (_told(one, is_asked=False) for one in value))

    def keys(self, rows: QuerySet[Any], value: Any) -> QuerySet[Any] | list[int]:
        """See Filter."""
        found = _reach(value[0]) if len(value) == 1 else None
        if found is None:
            return super().keys(rows, value)
        purpose, channel, why = found
        keys = told_keys(why, purpose=purpose, channel=channel, at=timezone.now())
        if keys is None:
            return super().keys(rows, value)
        # Read once, not for the count and again for the page.
        return list(keys.values_list("person_id", flat=True)[: self.cap + 1])

    def test(self, rows: QuerySet[Any], value: Any) -> QuerySet[Any]:
        """See Filter."""
        return rows.filter(tested(reduce(or_, (_told(one, is_asked=True) for one in value))))

    def words(self, value: Any) -> Any:
        """See Filter."""
        labels = dict(reaches())
        return _(" or ").join(str(labels.get(one) or _reason(one)) for one in value)


def reaches() -> list[tuple[str, Any]]:
    """The purposes with their channels, as the list offers them."""
    rows = Purpose.objects.filter(ended_at__isnull=True).order_by("name_folded", "id")
    return [
        (f"{row.pk}:{code}:", AsWritten(f"{row.name} · {Channel(code).label}"))
        for row in rows
        for code in row.channels
        if code in dict(CONTACTS)
    ]


def _reach(value: str) -> tuple[Purpose, str, str] | None:
    key, _colon, rest = value.partition(":")
    channel, _colon, why = rest.partition(":")
    if not (key.isascii() and key.isdigit() and len(key) < 19 and channel in Channel.values):
        return None
    purpose = Purpose.objects.filter(pk=int(key)).first()
    if purpose is None or (why and why not in NOT_REACHED):
        return None
    return purpose, channel, why


def _reason(value: str) -> str:
    found = _reach(value)
    return words_of(found[2], found[0], found[1]) if found and found[2] else value


def _told(value: str, *, is_asked: bool) -> Q:
    found = _reach(value)
    if found is None:
        return Q(pk__in=())
    purpose, channel, why = found
    return told(why, purpose=purpose, channel=channel, at=timezone.now(), is_asked=is_asked)
