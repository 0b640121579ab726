"""Which community or wider area a document of a figure is about; what is not here, and how to add it."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext_lazy as _
from django.utils.translation import gettext_noop

from barnraise.foundation.policy import Policy
from barnraise.foundation.text import fold
from barnraise.plumbing.imports.sockets import Absent, Bad, Document

from . import areas, policies, selectors, services
from .figure_takes import IDENTITY, PLACES
from .identifiers import MOST
from .models import Community, Identifier
from .naming import plain

SEVERAL = gettext_noop("Several communities are called “%(name)s”. Give the one that is meant by a code.")
_KINDS = {
    "FIPS": Community.Kind.COUNTY,
    "NCES": Community.Kind.SCHOOL_DISTRICT,
    "ZCTA": Community.Kind.NEIGHBOURHOOD,
    "ONS": Community.Kind.NEIGHBOURHOOD,
}
MOST_CANDIDATES = 60


@dataclass(frozen=True, slots=True)
class Place:
    """What a figure is about: the key of a community, or a wider area."""

    community: int | None = None
    area: str = ""


def code_of(document: Document) -> tuple[str, str]:
    """(scheme, value) that names the place; ("AREA", code) for a wider area, ("NAME", folded name) without a code."""
    for name, scheme in PLACES.items():
        if value := document.get(name):
            return scheme, str(value)
    if area := document.get("area"):
        return "AREA", str(area)
    return "NAME", fold(str(document.get("community", "")))


def resolve(documents: Sequence[Document]) -> list[Place | Absent | Bad]:
    """For each document its place, what is not here, or why it cannot be told. Three queries at most."""
    codes = [code_of(one) for one in documents]
    owners = selectors.by_identifiers([code for code in codes if code[0] not in {"AREA", "NAME"}])
    names = {value for scheme, value in codes if scheme == "NAME"}
    named: dict[str, list[int]] = {}
    if names:
        rows = Community.objects.filter(name_folded__in=names).values_list("name_folded", "pk")
        for name, key in rows:
            named.setdefault(name, []).append(key)
    known_areas = selectors.areas_known() if any(scheme == "AREA" for scheme, _value in codes) else set()
    found: list[Place | Absent | Bad] = []
    for document, (scheme, value) in zip(documents, codes, strict=True):
        if scheme == "AREA":
            found.append(Place(area=value) if value in known_areas else _absent_area(value))
        elif scheme == "NAME":
            found.append(_by_name(document, named.get(value, [])))
        elif (scheme, value) in owners:
            found.append(Place(owners[scheme, value]))
        else:
            found.append(_absent(document, scheme, value))
    return found


def _absent_area(area: str) -> Absent:
    return Absent(area, str(areas.name_of(area)), {}, can_add=False)


def _by_name(document: Document, keys: list[int]) -> Place | Absent | Bad:
    name = str(document.get("community", ""))
    if len(keys) == 1:
        return Place(keys[0])
    if keys:
        return Bad(0, "community", name, SEVERAL, {"name": name})
    return Absent(
        name, name, {"name": name, "scheme": "", "value": "", "kind": Community.Kind.NEIGHBOURHOOD.value}
    )


def _absent(document: Document, scheme: str, value: str) -> Absent:
    name = str(document.get("community", ""))
    kind = _KINDS.get(scheme, Community.Kind.NEIGHBOURHOOD)
    if scheme == "GEOID" and len(value) == 7:
        kind = Community.Kind.TOWN
    code = f"{scheme} {value}"
    around = [str(areas.name_of(one)) for one in areas.around([(scheme, value)]) if "-" in one]
    title = name or ", ".join([code, *around])
    return Absent(code, title, {"name": name, "scheme": scheme, "value": value, "kind": kind.value})


class Places:
    """What figures are about, for imports."""

    kind = selectors.KIND
    title: Any = _("Places that are no community here")
    text: Any = _(
        "Their rows are passed over. Add a place, or say which of your communities it is, and its rows are taken in. "
        "States and nations are taken in as benchmarks once a community in them is here."
    )
    add_label: Any = _("Add this place")
    fields: Collection[str] = IDENTITY
    policy: Policy = staticmethod(policies.may_write)

    def absent(self, documents: Sequence[Document]) -> Sequence[Absent | None]:
        """See Subjects."""
        return [one if isinstance(one, Absent) else None for one in resolve(documents)]

    def candidates(self, found: Sequence[Mapping[str, Any]]) -> Sequence[Sequence[tuple[int, str, bool]]]:
        """Communities that no code of that scheme names yet, those called alike first; only these when there are many."""
        schemes = {str(one.get("scheme")) for one in found if one.get("scheme")}
        free: dict[str, list[tuple[int, str]]] = {}
        for scheme in schemes:
            taken = Identifier.objects.filter(scheme=scheme).values("community_id")
            rows = Community.objects.exclude(pk__in=taken).order_by("name_folded", "id")
            free[scheme] = list(rows.values_list("pk", "name")[: MOST_CANDIDATES + 1])
        return [_likeliest(one, free.get(str(one.get("scheme")), [])) for one in found]

    def add(self, details: Mapping[str, Any], *, name: str, by: Any, change_set: Any) -> int:
        """A community of that name with that code."""
        scheme, value = str(details.get("scheme", "")), str(details.get("value", ""))
        called = name or str(details.get("name") or "") or f"{scheme} {value}"
        made = services.register_community(
            name=called[:200],
            kind=str(details.get("kind") or Community.Kind.NEIGHBOURHOOD),
            identifiers=[(scheme, value)] if scheme else (),
            by=by,
            change_set=change_set,
        )
        return made.pk

    def join(self, details: Mapping[str, Any], key: int, *, by: Any) -> None:
        """The community gets the code."""
        row = selectors.one_by_key(key)
        scheme, value = str(details.get("scheme", "")), str(details.get("value", ""))
        if scheme and len(value) <= MOST:
            services.add_identifier(row, scheme=scheme, value=value, by=by)


def _likeliest(details: Mapping[str, Any], free: Sequence[tuple[int, str]]) -> list[tuple[int, str, bool]]:
    wanted = plain(str(details.get("name") or ""))
    told = [(key, title, bool(wanted) and plain(title) == wanted) for key, title in free]
    likely = [one for one in told if one[2]]
    return likely if len(free) > MOST_CANDIDATES else [*likely, *(one for one in told if not one[2])]
