"""Series of meetings as imports see them: one row each.

    {"uuid": "", "name": "Food table", "cadence_days": "30", "starts_on": "2026-01-12", "owner": "bob@example.org", "place": "Library",
     "about": "", "organisations": ["Oak Hill Pantry"], "state": ""}

A series is told by its id, else by its name; with its id, another name renames it. `state` ends it, or takes it up again. Organisations are
asked besides those that are asked already. A blank changes nothing.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping, Sequence
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import gettext_noop, pgettext_lazy

from barnraise.foundation.text import fold, squeeze
from barnraise.plumbing.accounts.selectors import accounts, addresses_by_call
from barnraise.plumbing.imports.sockets import AddedOnly, Bad, Document, Field, FieldRefused, Origin
from barnraise.plumbing.imports.sockets.cells import TOO_LONG, given, refusal
from barnraise.plumbing.imports.sockets.cells import built as cells
from barnraise.plumbing.journal.services import add_changes
from barnraise.plumbing.ui.faults import refuse
from barnraise.who.organisations import selectors as organisations
from barnraise.who.organisations.models import Organisation

from .facing import SERIES_STATES
from .faults import GUESTS, MOST, guest_faults, series_faults
from .intake_cells import NO_OWNER, as_id
from .intake_known import bad
from .models import Meeting, Series
from .selectors import SERIES, owners
from .services import NewSeries, amend_series, write_series

NOT_HERE = gettext_noop("There is no “%(said)s” here. Take them in first.")
SEVERAL = gettext_noop("Several are called “%(said)s”. Give a number or an e-mail of theirs.")
TWICE = gettext_noop("“%(said)s” stands twice in this file.")
UNKNOWN = gettext_noop("No series has this id. Leave it empty to begin a new one.")
NOT_OVER = gettext_noop("A meeting of it is not over: close its minutes or cancel it first.")
NOT_WHOLE = gettext_noop("Write a number of days from 1 to 1100.")

FIELDS: tuple[Field, ...] = (
    Field("name", _("Name"), is_required=True, aliases=("name", "series", "meetings", "nombre", "serie")),
    Field(
        "cadence_days", _("Cadence in days"), is_shared=True,
        aliases=("cadence", "cadence in days", "every", "days", "cadencia en dias", "dias"),
    ),
    Field("starts_on", _("First meeting due"), "date", is_shared=True, aliases=("first meeting due", "starts on", "from", "primera reunion")),
    Field(
        "owner", _("Who sees to it"), is_shared=True, aliases=("owner", "who sees to it", "responsable"),
        hint=_("E-mail of an account of the team."),
    ),
    Field("place", _("Place"), is_shared=True, aliases=("place", "location", "lugar")),
    Field("about", _("What it is for"), aliases=("about", "what it is for", "para que sirve")),
    Field(
        "organisations", _("Who is asked to each"), "many",
        aliases=("organisations", "organizations", "members", "asked", "organizaciones"),
        hint=_("Names or numbers, with semicolons between them. They are asked besides those that are asked already."),
    ),
    Field("state", _("State"), "choice", options=SERIES_STATES, aliases=("state", "status", "estado")),
    Field(
        "uuid", _("Id"), aliases=("id", "uuid"),
        hint=_("As the list hands it out: then the row is that series, and another name renames it."),
    ),
)  # fmt: skip
_TEXTS = {"name": MOST["name"], "place": MOST["place"], "owner": 254, "uuid": 40}
_PLAIN = ("name", "about", "place")


class ManySeries(AddedOnly):
    """The noun "meeting_series" for imports."""

    name = "meeting_series"
    list_url_name = "meetings:series_list"
    kind = SERIES
    title: Any = pgettext_lazy("many", "Series of meetings")
    fields: Sequence[Field] = FIELDS
    only_adds = False
    fills: Mapping[str, Any] = {"state": "goes_on"}

    def builder(self) -> Callable[[Mapping[str, Any]], Document]:
        """See Noun."""
        words = addresses_by_call(accounts())
        return lambda values: _built(values, words)

    def told_in(self, document: Document) -> Collection[str]:
        """The name too, where no id says which series is meant."""
        return ("uuid",) if document["uuid"] else ("uuid", "name")

    def same_item(self, field: str, item: Any) -> str:
        """Organisations are told by how they are called."""
        return fold(str(item))

    def source_key(self, document: Document) -> str:
        """Its id, else its name."""
        return str(document["uuid"]) or fold(str(document["name"]))[:200]

    def find(self, documents: Sequence[Document]) -> Sequence[int | None | Bad]:
        """The series of this id or name, None for a new one; Bad with what its page would refuse."""
        folded = {fold(str(one["name"]))[:200] for one in documents}
        named = {row.name_folded: row for row in _all().filter(name_folded__in=folded)}
        ids = {str(one["uuid"]) for one in documents if one["uuid"]}
        by_id = {str(row.uuid): row for row in _all().filter(uuid__in=ids)} if ids else {}
        bodies, team = _bodies(documents), {one.email for one in owners()}
        seen: set[Any] = set()
        found: list[int | None | Bad] = []
        for one in documents:
            name = fold(str(one["name"]))[:200]
            there = by_id.get(str(one["uuid"])) if one["uuid"] else named.get(name)
            if one["uuid"] and there is None:
                found.append(bad("uuid", one["uuid"], UNKNOWN))
                continue
            keys = {name, there.pk} if there is not None else {name}
            fault = bad("name", one["name"], TWICE) if keys & seen else _fault(one, there, bodies, team)
            if fault is None:
                seen |= keys
            found.append(fault or (there.pk if there is not None else None))
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
        at, bodies = timezone.now(), _bodies([*creates, *(one for _key, one in updates)])
        team = {one.email: one.pk for one in owners()}
        rows, changes = write_series([_new(one, bodies, team) for one in creates], at=at)
        changes += amend_series([(key, _new(one, bodies, team)) for key, one in updates], at=at)
        add_changes(change_set=change_set, changes=changes)
        return [row.pk for row in rows]

    def documents(self, keys: Sequence[int]) -> Mapping[int, Document]:
        """See Noun."""
        return {
            row.pk: {
                **{name: getattr(row, name) for name in _PLAIN},
                "cadence_days": str(row.cadence_days or ""),
                "starts_on": row.starts_on.isoformat(),
                "owner": row.owner.email if row.owner else "",
                "state": "ended" if row.ended_on else "goes_on",
                "organisations": [one.organisation.name for one in row.members.all()],
            }
            for row in _all().filter(pk__in=keys)
        }

    def titles(self, documents: Sequence[Document]) -> Sequence[str]:
        """Their names."""
        return [str(one.get("name") or "") for one in documents]


def _all() -> Any:
    return Series.objects.select_related("owner").prefetch_related("members__organisation")


def _built(values: Mapping[str, Any], team: Mapping[str, str]) -> Document:
    """The document of mapped cells. Raises FieldRefused."""
    out = cells(
        values,
        texts=_TEXTS,
        lines={"about": MOST["about"]},
        days=("starts_on",),
        numbers=("cadence_days",),
        choices=("state",),
    )
    days = out["cadence_days"] = out["cadence_days"] or ""
    if days and not (days.isdigit() and len(days) <= 4):
        raise FieldRefused("cadence_days", days, NOT_WHOLE)
    names = [squeeze(str(one)) for one in values.get("organisations") or ()]
    if long := next((name for name in names if len(name) > 300), None):
        raise FieldRefused("organisations", long, TOO_LONG, most=300)
    out["organisations"] = [name for name in names if name][: GUESTS + 1]
    if out["owner"] and out["owner"].casefold() not in team:
        raise FieldRefused("owner", out["owner"], NO_OWNER, said=out["owner"])
    out["owner"] = team.get(out["owner"].casefold(), "")
    return {**out, "uuid": as_id(out["uuid"], UNKNOWN)}


def _bodies(documents: Sequence[Document]) -> Mapping[str, Sequence[int]]:
    """Keys of organisations by how the rows call them."""
    return organisations.named_many(
        {str(name) for one in documents for name in one.get("organisations") or ()}
    )


def _fault(
    one: Document, there: Series | None, bodies: Mapping[str, Sequence[int]], team: Collection[str]
) -> Bad | None:
    """The first thing that the page would refuse."""
    asked = {fold(row.organisation.name) for row in there.members.all()} if there is not None else set()
    new = [name for name in one["organisations"] if fold(name) not in asked]
    for name in new:
        if len(keys := bodies.get(name, [])) != 1:
            return bad("organisations", name, SEVERAL if keys else NOT_HERE)
    kept = there.owner.email if there is not None and there.owner is not None else ""
    if one["owner"] and one["owner"] not in {*team, kept}:
        return bad("owner", one["owner"], NO_OWNER)
    is_open = Meeting.objects.filter(series=there, held_at__isnull=True, cancelled_at__isnull=True)
    if one["state"] == "ended" and there is not None and there.ended_on is None and is_open.exists():
        return bad("state", one["state"], NOT_OVER)

    def check() -> None:
        row = Series(pk=there.pk if there is not None else None)
        before = (
            {name: getattr(there, name) for name in (*_PLAIN, "cadence_days", "starts_on")} if there else {}
        )
        values = {"starts_on": timezone.localdate(), **before, **_values(one, {})}
        for name, value in values.items():
            setattr(row, name, value)
        row.name_folded = fold(row.name)[:200]
        rows = Organisation.objects.in_bulk([bodies[name][0] for name in new]).values() if new else ()
        refuse([*series_faults(row), *guest_faults(list(rows))])

    return refusal(one, check)


def _values(one: Document, team: Mapping[str, int]) -> dict[str, Any]:
    """Fields of a series that a row gives."""
    out = given({name: one[name] for name in (*_PLAIN, "starts_on") if name in one}, days=("starts_on",))
    if one.get("cadence_days"):
        out["cadence_days"] = int(str(one["cadence_days"]))
    if one.get("owner") and team:
        out["owner_id"] = team.get(str(one["owner"]))
    return out


def _new(one: Document, bodies: Mapping[str, Sequence[int]], team: Mapping[str, int]) -> NewSeries:
    values = _values(one, team)
    if one.get("state"):
        values["ended_on"] = timezone.localdate() if one["state"] == "ended" else None
    keys = [bodies[name][0] for name in one.get("organisations") or () if bodies.get(name)]
    return NewSeries(values, keys)
