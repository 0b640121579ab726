"""Themes as imports see them: one row each.

    {"name": "Buses", "about": "Late ones, too", "state": "ended", "uuid": ""}

A theme is told by its id, else by its name; with its id, another name renames it. A blank changes nothing.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping, Sequence
from typing import Any
from uuid import UUID

from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import gettext_noop

from barnraise.foundation.text import fold
from barnraise.plumbing.imports.sockets import AddedOnly, Bad, Document, Field, FieldRefused, Origin
from barnraise.plumbing.imports.sockets.cells import built
from barnraise.plumbing.journal.models import Change
from barnraise.plumbing.journal.services import add_changes

from .faults import MOST
from .models import Theme
from .selectors import THEME
from .services import amend_themes, write_themes

TWICE = gettext_noop("“%(said)s” stands twice in this file.")
NO_ID = gettext_noop("There is no theme with this id here.")
TAKEN = gettext_noop("Another theme is called “%(said)s”.")

STATES = (("offered", _("Offered")), ("ended", _("Ended")))
FIELDS: tuple[Field, ...] = (
    Field("name", _("Theme"), is_required=True, aliases=("theme", "name", "tema", "nombre")),
    Field("about", _("What belongs to it"), aliases=("about", "what belongs to it", "lo que abarca")),
    Field("state", _("State"), "choice", options=STATES, aliases=("state", "estado")),
    Field("uuid", _("Id"), aliases=("id", "uuid"), hint=_("As the list gives it out. With it, another name renames the theme.")),
)  # fmt: skip
_TEXTS = {"name": MOST["name"], "about": MOST["about"], "uuid": 36}


class Themes(AddedOnly):
    """The noun "themes" for imports."""

    name = "themes"
    list_url_name = "feedback:themes"
    kind = THEME
    title: Any = _("Themes")
    fields: Sequence[Field] = FIELDS
    only_adds = False
    fills: Mapping[str, Any] = {"state": "offered"}

    def builder(self) -> Callable[[Mapping[str, Any]], Document]:
        """See Noun."""
        return _built

    def told_in(self, document: Document) -> Collection[str]:
        """The name too, where no id says which theme is meant."""
        return ("uuid",) if document["uuid"] else ("uuid", "name")

    def source_key(self, document: Document) -> str:
        """Its id, else its name."""
        return str(document["uuid"]) or fold(str(document["name"]))[:120]

    def find(self, documents: Sequence[Document]) -> Sequence[int | None | Bad]:
        """The theme of this id or name, None for a new one, or why it cannot be so."""
        folded = {fold(str(one["name"]))[:120] for one in documents}
        named = dict(Theme.objects.filter(name_folded__in=folded).values_list("name_folded", "pk"))
        ids = {str(one["uuid"]) for one in documents if one["uuid"]}
        by_id = {str(uuid): key for uuid, key in Theme.objects.filter(uuid__in=ids).values_list("uuid", "pk")}
        seen: set[Any] = set()
        found: list[int | None | Bad] = []
        for one in documents:
            said = str(one["name"])
            folded_name = fold(said)[:120]
            there = named.get(folded_name)
            key = by_id.get(str(one["uuid"])) if one["uuid"] else there
            if one["uuid"] and key is None:
                found.append(Bad(0, "uuid", str(one["uuid"]), NO_ID))
            elif there not in (None, key):
                found.append(Bad(0, "name", said, TAKEN, {"said": said[:80]}))
            elif folded_name in seen or (key is not None and key in seen):
                found.append(Bad(0, "name", said, TWICE, {"said": said[:80]}))
            else:
                found.append(key)
            seen |= {folded_name, key} - {None}
        return found

    def write(
        self,
        creates: Sequence[Document],
        updates: Sequence[tuple[int, Document]],
        *,
        by: Any,
        origin: Origin,
        change_set: Any,
    ) -> Sequence[int]:
        """See Noun."""
        at = timezone.now()
        made = write_themes(creates, at=at)
        changes = [Change(kind=THEME, key=row.pk, action=Change.Action.CREATED) for row in made]
        changes += amend_themes([(key, _amended(one)) for key, one in updates], at=at)
        add_changes(change_set=change_set, changes=changes)
        return [row.pk for row in made]

    def documents(self, keys: Sequence[int]) -> Mapping[int, Document]:
        """See Noun."""
        return {
            row.pk: {"name": row.name, "about": row.about, "state": "ended" if row.ended_on else "offered"}
            for row in Theme.objects.filter(pk__in=keys)
        }

    def titles(self, documents: Sequence[Document]) -> Sequence[str]:
        """Their names."""
        return [str(one.get("name") or "") for one in documents]


def _built(values: Mapping[str, Any]) -> Document:
    """The document of mapped cells. Raises FieldRefused."""
    out = built(values, texts=_TEXTS, choices=("state",))
    if out["uuid"]:
        try:
            out["uuid"] = str(UUID(out["uuid"]))
        except ValueError:
            raise FieldRefused("uuid", out["uuid"], NO_ID) from None
    return out


def _amended(one: Document) -> dict[str, Any]:
    """Fields of a theme that a row gives another value."""
    return {name: one[name] for name in ("name", "about", "state") if one.get(name)}
