"""Valuations as imports see them: one row each.

    {"name": "What the kitchens are worth", "of": "Kitchens for breakfast", "begins_on": "2025-01-01", "ends_on": "2026-12-31",
     "about": "", "owner": "bob@example.org", "state": "", "end_reason": ""}

A valuation is told by its name; the rest of a row changes the one that is there, ends it with the reason, or opens it again. A blank
changes nothing, and of one that has ended nothing changes.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping, Sequence
from datetime import date
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import gettext_noop

from barnraise.foundation.refs import Ref
from barnraise.foundation.text import fold
from barnraise.plumbing.accounts.selectors import addresses_by_call
from barnraise.plumbing.imports.sockets import AddedOnly, Bad, Document, Field, FieldRefused, Origin
from barnraise.plumbing.imports.sockets.cells import built, first_change, given, refusal
from barnraise.plumbing.journal.models import Change
from barnraise.plumbing.journal.services import add_changes
from barnraise.plumbing.search import selectors as search
from barnraise.plumbing.ui.faults import refuse
from barnraise.what.events.models import Event
from barnraise.what.projects.models import Project

from .faults import MOST, valuation_faults
from .models import Valuation
from .selectors import KIND, owners
from .services import New, amend_valuations, write

TWICE = gettext_noop("“%(said)s” stands twice in this file.")
NOT_HERE = gettext_noop("There is no project and no event “%(said)s” here. Take it in first.")
SEVERAL = gettext_noop("Several projects or events are called “%(said)s”.")
NO_OWNER = gettext_noop("Nobody of the team has the e-mail “%(said)s”.")
LACKING = gettext_noop("A new one needs this.")
HAS_ENDED = gettext_noop("It has ended. Open it again first.")
WITHOUT_REASON = gettext_noop("Say why it ends.")
WITH_REASON = gettext_noop("A reason stands here: write that it has ended, or leave the reason empty.")

WHAT: tuple[Field, ...] = (
    Field("name", _("Name"), is_required=True, aliases=("name", "valuation", "nombre", "valoracion")),
    Field("of", _("Project or event"), is_required=True, is_shared=True, may_be_blank=True, aliases=("project", "event", "of", "proyecto", "evento")),
    Field("begins_on", _("From"), "date", is_required=True, is_shared=True, may_be_blank=True, aliases=("from", "begins", "begins on", "desde")),
    Field("ends_on", _("Until"), "date", is_required=True, is_shared=True, may_be_blank=True, aliases=("until", "ends", "ends on", "hasta")),
    Field("about", _("What it values, and for whom"), aliases=("about", "what it values", "descripcion", "que valora")),
    Field("owner", _("Who sees to it"), is_shared=True, aliases=("owner", "responsable"), hint=_("E-mail of an account of the team.")),
    Field("state", _("State"), "choice", options=(("open", _("In use")), ("ended", _("Ended"))), aliases=("state", "estado")),
    Field("end_reason", _("Why it ended"), aliases=("why it ended", "reason", "motivo")),
)  # fmt: skip
_TEXTS = {"name": 200, "of": 300, "owner": 254, "end_reason": MOST["reason"]}
_LINES = {"about": MOST["about"]}
_DAYS = ("begins_on", "ends_on")


def _bad(field: str, said: str, reason: Any) -> Bad:
    return Bad(0, field, said, reason, {"said": said[:80]})


class Valuations(AddedOnly):
    """The noun "valuations" for imports."""

    name = "valuations"
    list_url_name = "roi:list"
    kind = KIND
    title: Any = _("Valuations")
    fields: Sequence[Field] = WHAT
    only_adds = False
    told_by = ("name",)
    fills: Mapping[str, Any] = {"state": "open"}

    def builder(self) -> Callable[[Mapping[str, Any]], Document]:
        """See Noun."""
        accounts = addresses_by_call(owners())

        def build(values: Mapping[str, Any]) -> Document:
            out = built(values, texts=_TEXTS, lines=_LINES, days=_DAYS, choices=("state",))
            email = accounts.get(out["owner"].casefold(), "")
            if out["owner"] and not email:
                raise FieldRefused("owner", out["owner"], NO_OWNER, said=out["owner"][:80])
            return {**out, "owner": email}

        return build

    def source_key(self, document: Document) -> str:
        """Its name."""
        return fold(str(document.get("name") or ""))[:200]

    def find(self, documents: Sequence[Document]) -> Sequence[int | None | Bad]:
        """The valuation of this name, None for a new one, Bad for what may not be said like that."""
        names = {fold(str(one["name"]))[:200] for one in documents}
        rows = list(Valuation.objects.select_related("owner").filter(name_folded__in=names))
        called = search.cited_titles([row.cites for row in rows])
        known = {row.name_folded: (row, _document(row, called)) for row in rows}
        things = _things({str(one["of"]) for one in documents if one["of"]})
        seen: set[str] = set()
        found: list[int | None | Bad] = []
        for one in documents:
            key = fold(str(one["name"]))[:200]
            if key in seen:
                found.append(_bad("name", str(one["name"]), TWICE))
                continue
            seen.add(key)
            row, document = known.get(key, (None, {}))
            own = _with_own(things, row, called)
            found.append(_fault(one, own, row, document) or (row.pk if row is not None else None))
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
        accounts = {one.email: one.pk for one in owners()}
        things = _things({str(one["of"]) for _key, one in [*enumerate(creates), *updates] if one.get("of")})
        at = timezone.now()
        known = Valuation.objects.in_bulk([key for key, _one in updates])
        called = search.cited_titles([row.cites for row in known.values()])
        rows = write([New(**_values(one, things, accounts)) for one in creates], at=at)
        changes = [Change(kind=KIND, key=row.pk, action=Change.Action.CREATED) for row in rows]
        changed = [
            (key, _values(one, _with_own(things, known.get(key), called), accounts)) for key, one in updates
        ]
        changes += amend_valuations(changed, at=at)
        add_changes(change_set=change_set, changes=changes)
        return [row.pk for row in rows]

    def documents(self, keys: Sequence[int]) -> Mapping[int, Document]:
        """See Noun."""
        rows = list(Valuation.objects.select_related("owner").filter(pk__in=keys))
        called = search.cited_titles([row.cites for row in rows])
        return {row.pk: _document(row, called) for row in rows}

    def titles(self, documents: Sequence[Document]) -> Sequence[str]:
        """Their names."""
        return [str(one.get("name") or "") for one in documents]


def _things(names: Collection[str]) -> dict[str, list[Ref]]:
    """Projects and events of these names, by folded name. Two queries."""
    folded = {fold(one) for one in names}
    found: dict[str, list[Ref]] = {}
    projects = Project.objects.filter(name_folded__in=folded).values_list("name_folded", "pk")
    events = Event.objects.filter(title_folded__in=folded).values_list("title_folded", "pk")
    for name, key in projects:
        found.setdefault(name, []).append(Ref("projects", "project", key))
    for name, key in events:
        found.setdefault(name, []).append(Ref("events", "event", key))
    return found


def _with_own(
    things: Mapping[str, Sequence[Ref]], there: Valuation | None, called: Mapping[str, str]
) -> Mapping[str, Sequence[Ref]]:
    """The same for one row: what its valuation values already is that one, whatever else is called so."""
    name = fold(called.get(there.cites, "")) if there is not None else ""
    return {**things, name: [Ref.parse(there.cites)]} if there is not None and name in things else things


def _document(row: Valuation, called: Mapping[str, str]) -> Document:
    """What of a valuation a file may change; `called` is what it values, by reference."""
    return {
        "of": called.get(row.cites, ""),
        "begins_on": row.begins_on.isoformat(),
        "ends_on": row.ends_on.isoformat(),
        "about": row.about,
        "owner": row.owner.email if row.owner else "",
        "state": "open" if row.ended_on is None else "ended",
        "end_reason": row.end_reason,
    }


def _values(
    one: Document, things: Mapping[str, Sequence[Ref]], accounts: Mapping[str, int]
) -> dict[str, Any]:
    """Fields of a valuation by what a row says; blanks say nothing."""
    out = given(one, days=_DAYS)
    if "of" in out:
        out["cites"] = str(things[fold(str(out.pop("of")))][0])
    if "owner" in out:
        out["owner_id"] = accounts.get(str(out.pop("owner")))
    return out


def _fault(
    one: Document, things: Mapping[str, Sequence[Ref]], there: Valuation | None, document: Document
) -> Bad | None:
    """Why it may not be said so, of a valuation that is there with what it says where the row is blank."""
    said = str(one["of"])
    refs = things.get(fold(said), [])
    if said and len(refs) != 1:
        return _bad("of", said, SEVERAL if refs else NOT_HERE)
    whole = {**one, **{name: value for name, value in document.items() if one[name] in (None, "")}}
    if there is None and (lacking := next((name for name in ("of", *_DAYS) if not one[name]), None)):
        return Bad(0, lacking, "", LACKING)
    if bad := _end_fault(one, whole, document):
        return bad
    row = Valuation(
        name=str(one["name"]),
        about=str(whole["about"]),
        cites=str(refs[0]) if refs else there.cites if there is not None else "",
        begins_on=date.fromisoformat(str(whole["begins_on"])),
        ends_on=date.fromisoformat(str(whole["ends_on"])),
    )
    return refusal(one, lambda: refuse(valuation_faults(row, others=())), {"cites": "of"})


def _end_fault(one: Document, whole: Document, document: Document) -> Bad | None:
    """Why it may not end, be opened again or changed."""
    if document.get("state") == "ended" and whole["state"] == "ended":
        field = first_change(one, document)
        return Bad(0, field, str(one[field]), HAS_ENDED) if field else None
    if whole["state"] == "ended":
        return None if one["end_reason"] else Bad(0, "end_reason", "", WITHOUT_REASON)
    kept = one["end_reason"] in ("", document.get("end_reason"))
    return None if kept else Bad(0, "state", str(one["state"]), WITH_REASON)
