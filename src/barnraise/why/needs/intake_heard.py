"""Listening sessions as imports see them: one row each, told by title and day; a row about one that is here changes it.

    {"title": "At the library", "held_on": "2026-03-01", "kind": "focus_group", "place": "", "assessment": "CHNA 2026", "community": "Riverbend",
     "groups": "Seniors: 8; Parents: 5", "themes": "Buses; Rent", "quotes": "No bus after six.", "quotes_kept": "", "notes": ""}

Groups, themes and quotes of one cell are parted by semicolons. `quotes` may be repeated, `quotes_kept` may not.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from datetime import date
from typing import Any

from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import gettext_noop

from barnraise.foundation.text import fold, squeeze
from barnraise.plumbing.imports.sockets import AddedOnly, Bad, Document, Field, FieldRefused, Origin
from barnraise.plumbing.journal.services import add_changes

from .heard import groups_of, lines_of, quotes_of
from .intake import TOO_LONG, places_and_cycles
from .models import Session
from .selectors import SESSION
from .services import add_session, amend_sessions, check_session

NO_GROUPS = gettext_noop("Write a group and how many, such as Seniors: 8; Parents: 5.")

FIELDS: tuple[Field, ...] = (
    Field("title", _("Title"), is_required=True, aliases=("title", "session", "name", "titulo", "sesion")),
    Field("held_on", _("Held on"), "date", is_required=True, is_shared=True, aliases=("held on", "date", "day", "fecha")),
    Field("kind", _("Kind"), "choice", is_required=True, is_shared=True, options=tuple(Session.Kind.choices), aliases=("kind", "type", "tipo")),
    Field("place", _("Place"), is_shared=True, aliases=("place", "where", "location", "lugar")),
    Field("assessment", _("Assessment"), is_shared=True, aliases=("assessment", "cycle", "evaluacion", "diagnostico")),
    Field("community", _("Community"), is_shared=True, aliases=("community", "comunidad")),
    Field(
        "groups", _("Who was in the room"), hint=_("Parted by semicolons: Seniors: 8; Parents: 5"),
        aliases=("groups", "who was in the room", "present", "grupos"),
    ),
    Field("themes", _("Themes"), hint=_("Parted by semicolons."), aliases=("themes", "topics", "temas")),
    Field("quotes", _("Quotes that may be repeated"), hint=_("Parted by semicolons."), aliases=("quotes", "quotes that may be repeated", "citas")),
    Field("quotes_kept", _("Quotes to keep to ourselves"), aliases=("private quotes", "quotes to keep to ourselves", "citas privadas")),
    Field("notes", _("Notes"), aliases=("notes", "notas")),
)  # fmt: skip
_TEXTS = (
    ("title", 160), ("place", 200), ("assessment", 120), ("community", 200), ("groups", 10_000), ("themes", 10_000), ("quotes", 20_000),
    ("quotes_kept", 20_000), ("notes", 10_000),
)  # fmt: skip
_LISTS = ("groups", "themes", "quotes", "quotes_kept")


class Sessions(AddedOnly):
    """The noun "sessions" for imports."""

    name = "sessions"
    list_url_name = "needs:sessions"
    kind = SESSION
    title: Any = _("Listening sessions")
    fields: Sequence[Field] = FIELDS
    only_adds = False
    told_by = ("title", "held_on", "community")

    def builder(self) -> Callable[[Mapping[str, Any]], Document]:
        """See Noun."""
        return _built

    def source_key(self, document: Document) -> str:
        """Its title and day."""
        return f"{fold(str(document['title']))[:160]}|{document['held_on']}"

    def find(self, documents: Sequence[Document]) -> Sequence[int | None | Bad]:
        """The session of this title and day, None for a new one; Bad when the community or assessment is not here, or for what cannot be."""
        there = _there(documents)
        found: list[int | None | Bad] = []
        for one, about in zip(documents, places_and_cycles(documents), strict=True):
            if isinstance(about, Bad):
                found.append(about)
                continue
            row = there.get((fold(str(one["title"]))[:160], str(one["held_on"])))
            found.append(row.pk if row is not None else _refused(one, about))
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
        keys = []
        for one, about in zip(creates, places_and_cycles(creates), strict=True):
            if isinstance(about, Bad):
                raise TypeError("A row about what is not here is refused, never written.")
            keys.append(add_session(**_values(one, about), by=by, change_set=change_set).pk)
        abouts = places_and_cycles([{**one, "community": ""} for _key, one in updates])
        changed = [(key, _changed(one, about)) for (key, one), about in zip(updates, abouts, strict=True)]
        add_changes(change_set=change_set, changes=amend_sessions(changed, at=timezone.now()))
        return keys

    def documents(self, keys: Sequence[int]) -> Mapping[int, Document]:
        """See Noun. What a file may change."""
        return {row.pk: _said(row) for row in Session.objects.select_related("cycle").filter(pk__in=keys)}

    def titles(self, documents: Sequence[Document]) -> Sequence[str]:
        """Their titles."""
        return [str(one.get("title") or "") for one in documents]


def _built(values: Mapping[str, Any]) -> Document:
    """The document of mapped cells. Raises FieldRefused."""
    day = values.get("held_on")
    out: dict[str, Any] = {
        "kind": values.get("kind") or "",
        "held_on": day.isoformat() if isinstance(day, date) else day or None,
    }
    for name, most in _TEXTS:
        said = str(values.get(name) or "").replace("\x00", "")
        out[name] = "; ".join(_parts(said)) if name in _LISTS else squeeze(said)
        if len(out[name]) > most:
            raise FieldRefused(name, out[name], TOO_LONG, most=most)
    try:
        out["groups"] = "; ".join(lines_of(groups_of("\n".join(_parts(out["groups"])))).splitlines())
    except ValueError:
        raise FieldRefused("groups", out["groups"], NO_GROUPS) from None
    return out


def _parts(cell: str) -> list[str]:
    return [one.strip() for line in cell.splitlines() for one in line.split(";") if one.strip()]


def _lists(one: Document) -> dict[str, Any]:
    free, kept = ("\n".join(_parts(str(one.get(name) or ""))) for name in ("quotes", "quotes_kept"))
    return {
        "groups": groups_of("\n".join(_parts(str(one.get("groups") or "")))),
        "themes": _parts(str(one.get("themes") or "")),
        "quotes": quotes_of(free, kept),
    }


def _values(one: Document, about: tuple[int | None, int | None]) -> dict[str, Any]:
    """Arguments of `add_session`."""
    plain = {name: one[name] for name in ("title", "kind", "place", "notes")}
    day = date.fromisoformat(str(one["held_on"]))
    return {**plain, **_lists(one), "held_on": day, "community_id": about[0], "cycle_id": about[1]}


def _changed(one: Document, about: tuple[int | None, int | None] | Bad) -> dict[str, Any]:
    """Fields that a row gives another value; quotes of both kinds stand in one field, so that both come along."""
    out: dict[str, Any] = {name: one[name] for name in ("kind", "place", "notes") if name in one}
    lists = _lists(one)
    out |= {name: lists[name] for name in ("groups", "themes") if name in one}
    if "quotes" in one or "quotes_kept" in one:
        out["quotes"] = lists["quotes"]
        out["keeps_quotes"] = {name for name in ("quotes", "quotes_kept") if name not in one}
    if one.get("assessment") and not isinstance(about, Bad):
        out["cycle_id"] = about[1]
    return out


def _said(row: Session) -> dict[str, Any]:
    free = [str(one["text"]) for one in row.quotes if one["may_repeat"]]
    kept = [str(one["text"]) for one in row.quotes if not one["may_repeat"]]
    return {
        "title": row.title,
        "kind": row.kind,
        "place": row.place,
        "notes": squeeze(row.notes),
        "assessment": row.cycle.name if row.cycle else "",
        "groups": "; ".join(lines_of(row.groups).splitlines()),
        "themes": "; ".join(row.themes),
        "quotes": "; ".join(free),
        "quotes_kept": "; ".join(kept),
    }


def _refused(one: Document, about: tuple[int | None, int | None]) -> Bad | None:
    try:
        check_session(**_values(one, about))
    except ValidationError as no:
        field, reasons = next(iter(no.message_dict.items()))
        return Bad(0, field, str(one.get(field) or ""), str(reasons[0]))
    return None


def _there(documents: Sequence[Document]) -> dict[tuple[str, str], Session]:
    folded = {fold(str(one["title"]))[:160] for one in documents}
    rows = Session.objects.filter(title_folded__in=folded).order_by("-pk")
    return {(row.title_folded, row.held_on.isoformat()): row for row in rows}
