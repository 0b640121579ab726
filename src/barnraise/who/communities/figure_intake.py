"""Figures as imports see them: what can be mapped, what tells one from another, how they are written."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Mapping, Sequence
from typing import Any

from django.db import connection
from django.utils.translation import gettext_lazy as _
from django.utils.translation import gettext_noop

from barnraise.foundation import periods
from barnraise.plumbing.imports.sockets import Bad, Document, Field, Origin, Proposal

from . import figure_documents, selectors, services
from .areas import name_of
from .figure_building import build
from .figure_places import Place, code_of, resolve
from .figure_takes import FIELDS
from .models import Figure

SAME_ROW = gettext_noop("Another row gives the same measure, period and source of the same community.")
_LONGEST_KEY = 190

Key = tuple[int | None, str, int, str, str]


class Figures:
    """The noun "figures" for imports."""

    name = "figures"
    kind = selectors.FIGURE
    title: Any = _("Figures")
    fields: Sequence[Field] = FIELDS

    def builder(self) -> Callable[[Mapping[str, Any]], Document]:
        """See Noun."""
        return build

    def strong_keys(self, document: Document) -> Sequence[tuple[str, str]]:
        """None: a figure has no number of its own."""
        return ()

    def source_key(self, document: Document) -> str:
        """Place, measure, period and source as the file names them; a later edition has the same."""
        scheme, value = code_of(document)
        parts = (f"{scheme}:{value}", *_measure(document), document["period"], document["source"])
        key = "|".join(str(part) for part in parts)
        if len(key) <= _LONGEST_KEY:
            return key
        return f"{key[: _LONGEST_KEY - 33]}#{hashlib.blake2b(key.encode(), digest_size=16).hexdigest()}"

    def find(self, given: Sequence[Document]) -> Sequence[int | None | Bad]:
        """The figure of the same community or area, measure, period and source. Of two rows about one the second is Bad."""
        places = resolve(given)
        keys = self._keys(given, places)
        known = self._known([key for key in keys if key is not None])
        seen: set[tuple[Any, ...]] = set()
        found: list[int | None | Bad] = []
        for document, place, key in zip(given, places, keys, strict=True):
            if isinstance(place, Bad):
                found.append(place)
                continue
            told = (place, *_measure(document), document["period"], document["source"])
            if told in seen:
                found.append(Bad(0, "", "", SAME_ROW))
            else:
                found.append(known.get(key) if key is not None else None)
            seen.add(told)
        return found

    def _keys(self, given: Sequence[Document], places: Sequence[Any]) -> list[Key | None]:
        measures = services.known_measures(list({_measure(one) for one in given}))
        found: list[Key | None] = []
        for document, place in zip(given, places, strict=True):
            measure = measures.get(_measure(document))
            if isinstance(place, Place) and measure is not None:
                period, source = str(document["period"]), str(document["source"])
                found.append((place.community, place.area, measure.pk, period, source))
            else:
                found.append(None)
        return found

    def _known(self, keys: Sequence[Key]) -> dict[Key, int]:
        if not keys:
            return {}
        rows = Figure.objects.filter(measure_id__in={key[2] for key in keys})
        communities = {key[0] for key in keys if key[0] is not None}
        wanted = {key[1] for key in keys if key[1]}
        names = ("pk", "community_id", "area", "measure_id", "begins_on", "ends_on", "source")
        found: dict[Key, int] = {}
        for part in (rows.filter(community_id__in=communities), rows.filter(area__in=wanted)):
            for pk, community, area, measure, begins, ends, source in part.values_list(*names):
                found[community, area, measure, str(periods.Period(begins, ends)), source] = pk
        return found

    def same_item(self, field: str, item: Any) -> str:
        """No field is a list."""
        return str(item)

    def existing(self, keys: Sequence[int]) -> set[int]:
        """See Noun."""
        return set(Figure.objects.filter(pk__in=keys).values_list("pk", flat=True)) if keys else set()

    def proposals(self, given: Sequence[Document]) -> Sequence[Sequence[Proposal]]:
        """None: two figures are the same or they are not."""
        return [()] * len(given)

    def brings(self, given: Sequence[Document]) -> Mapping[str, Sequence[str]]:
        """Measures that are not in the catalogue yet. A figure that only changes brings none."""
        wanted = list(dict.fromkeys(_measure(one) for one in given if "code" in one))
        known = services.known_measures(wanted)
        return {"measures": ["|".join(pair) for pair in wanted if pair not in known]}

    def documents(self, keys: Sequence[int]) -> Mapping[int, Document]:
        """See Noun."""
        rows = Figure.objects.filter(pk__in=keys).order_by("pk")
        if connection.in_atomic_block:
            list(rows.select_for_update().only("pk"))
        rows = rows.select_related("measure", "community").defer("community__boundary")
        return {row.pk: _as_document(row) for row in rows}

    def write(
        self,
        creates: Sequence[Document],
        updates: Sequence[tuple[int, Document]],
        *,
        by: Any,
        origin: Origin,
        change_set: Any,
    ) -> Sequence[int]:
        """See Noun. Measures that are missing are made first."""
        wanted = {_measure(one): _described(one) for one in creates}
        measures = services.measures_for(wanted, change_set=change_set)
        new = []
        for document, place in zip(creates, resolve(creates), strict=True):
            if not isinstance(place, Place):
                raise TypeError("A figure about what is not here is passed over, never written.")
            new.append(
                services.NewFigure(
                    community=place.community,
                    area=place.area,
                    measure=measures[_measure(document)].pk,
                    period=periods.parse(document["period"]),
                    source=document["source"],
                    document=dict(document),
                )
            )
        changed = [(key, dict(document)) for key, document in updates]
        return services.write_figures(new, changed, change_set=change_set)

    def titles(self, given: Sequence[Document]) -> Sequence[str]:
        """Measure, place and period."""
        return [
            ", ".join(str(part) for part in (one["measure"], _called(one), one["period"]) if part)
            for one in given
        ]


def _measure(document: Document) -> tuple[str, str]:
    return str(document["publisher"]), str(document["code"])


def _described(document: Document) -> dict[str, Any]:
    return {
        "name": document["measure"],
        "unit": document.get("unit", ""),
        "direction": document.get("direction", ""),
        "category": document.get("category", ""),
    }


def _called(document: Document) -> str:
    if area := document.get("area"):
        return str(name_of(str(area)))
    if name := document.get("community"):
        return str(name)
    return " ".join(code_of(document))


def _as_document(row: Figure) -> dict[str, Any]:
    place = {"community": row.community.name} if row.community is not None else {"area": row.area}
    return {
        **place,
        "measure": row.measure.name,
        "code": row.measure.code,
        "publisher": row.measure.publisher,
        "unit": row.measure.unit,
        "direction": row.measure.direction,
        "category": row.measure.category,
        "period": str(row.period),
        "source": row.source,
        **figure_documents.said(row),
    }
