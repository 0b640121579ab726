"""Outputs, costs and hosts of events as imports see them: one row each, about an event that is there already.

    {"event": "River clean-up", "on": "2026-04-09", "unit": "bags of rubbish", "quantity": "40"}
    {"event": "River clean-up", "on": "2026-04-09", "what": "Printing", "amount": "45.50"}
    {"event": "River clean-up", "on": "2026-04-09", "organisation": "Oak Hill Pantry", "share": "60"}

Outputs are told by event and unit, costs by event and what for, hosts by event and organisation; the number of a row changes the one that is
there, and *Taken away* takes it out of the event. Money stands in whole units of the currency of the house. The shares of an event's hosts make 100
with those that are there already, or none of its rows is taken, wherever in the file they stand.
"""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections import Counter, defaultdict
from collections.abc import Callable, Mapping, Sequence
from decimal import Decimal
from typing import Any

from babel.numbers import get_currency_precision
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import gettext_noop

from barnraise.foundation.text import fold
from barnraise.plumbing.imports.sockets import AddedOnly, Bad, Document, Field, Origin
from barnraise.plumbing.imports.sockets.cells import built, plain
from barnraise.plumbing.imports.sockets.leaving import STATE, leaving, parted
from barnraise.plumbing.profile.selectors import installation
from barnraise.who.organisations import selectors as organisations

from .intake import events_called
from .models import CoHost, Cost, Event, Output
from .services import write_rows

NOT_MANY = gettext_noop("Write how many, as a number from 0.")
NOT_MONEY = gettext_noop("Write an amount from 0 in whole units of the currency, like 45.50.")
NOT_A_SHARE = gettext_noop("A share is a whole number of percent from 0 to 100.")
NOT_WHOLE = gettext_noop(
    "The shares of this event make %(sum)s percent together; they have to make 100, so none of its rows is taken."
)
TWICE = gettext_noop("Each organisation stands there once.")
ALIKE = gettext_noop("Several costs of this event are called “%(said)s”. Change them on its page.")
NO_BODY = gettext_noop("There is no organisation “%(said)s”, or there are several. Write one of its numbers.")

EVENT = (
    Field("event", _("Event"), is_required=True, is_shared=True, aliases=("event", "title", "event title", "actividad", "evento")),
    Field("on", _("On which day"), "date", is_shared=True, aliases=("date", "day", "on", "begins", "fecha", "dia")),
)  # fmt: skip


class Made(AddedOnly, ABC):
    """What the three nouns share. `tells` says which row of the event it is, `counts` is its number."""

    name: str
    kind: str
    title: Any
    fields: Sequence[Field]
    list_url_name: str
    model: Any
    tells: str
    counts: str
    wrong: str
    texts: Mapping[str, int]
    only_adds = False

    @property
    def told_by(self) -> Sequence[str]:
        """See AddedOnly."""
        return ("event", "on", self.tells)

    def builder(self) -> Callable[[Mapping[str, Any]], Document]:
        """See Noun."""
        return lambda values: built(
            values,
            texts={"event": 160, **self.texts},
            days=("on",),
            numbers=(self.counts,),
            choices=("state",),
        )

    def source_key(self, document: Document) -> str:
        """The event, and what tells the row apart in it."""
        return "|".join(fold(str(document.get(name) or "")) for name in self.told_by)[:400]

    def find(self, documents: Sequence[Document]) -> Sequence[int | None | Bad]:
        """The row there is already, None, or why it cannot be taken."""
        events = events_called(documents)
        there = self._there([event for event in events if isinstance(event, Event)])
        found: list[int | None | Bad] = []
        for one, event in zip(documents, events, strict=True):
            if isinstance(event, Bad):
                found.append(event)
                continue
            told = self._told(one)
            rows = [] if isinstance(told, Bad) else there.get((event.pk, told), [])
            found.append(told if isinstance(told, Bad) else self._judged(one, rows))
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
        added = []
        for one, event in zip(creates, events_called(creates), strict=True):
            if isinstance(event, Bad):
                raise TypeError("A row about what is not here is refused, never written.")
            added.append(self.model(event=event, **self._new(one)))
        gone, left = parted(updates)
        rows = self.model.objects.in_bulk([key for key, _one in left])
        changed = [
            (key, {self.counts: self._number(one, rows[key])}) for key, one in left if self.counts in one
        ]
        return write_rows(self.model, added=added, changed=changed, gone=gone, change_set=change_set)

    def titles(self, documents: Sequence[Document]) -> Sequence[str]:
        """What, and of which event."""
        return [f"{one[self.tells]}, {one['event']}" for one in documents]

    def documents(self, keys: Sequence[int]) -> Mapping[int, Document]:
        """See Noun."""
        rows = self.model.objects.select_related("event").filter(pk__in=keys)
        return {
            row.pk: {
                "event": row.event.title,
                "on": timezone.localdate(row.event.starts_at).isoformat(),
                self.tells: str(getattr(row, self.tells)),
                self.counts: plain(Decimal(self._whole(row))),
                "state": "",
            }
            for row in rows
        }

    def _judged(self, one: Document, rows: Sequence[Any]) -> int | None | Bad:
        """One row by itself: the key of what is there, None, or why not."""
        if len(rows) > 1:
            return Bad(0, self.tells, str(one[self.tells]), ALIKE, {"said": str(one[self.tells])[:80]})
        there = rows[0].pk if rows else None
        if one.get("state"):
            return leaving(there)
        number = self._number(one, rows[0] if rows else None)
        limit = self.model._meta.get_field(self.counts)
        is_fine = number is not None and 0 <= number < (10**11 if limit.name == "quantity" else 10**15)
        return there if is_fine else Bad(0, self.counts, str(one.get(self.counts) or ""), self.wrong)

    def _number(self, one: Document, there: Any) -> Any:
        """The number of a row as its model has it; None where it cannot be."""
        said = one.get(self.counts)
        return None if said is None else Decimal(str(said))

    def _whole(self, row: Any) -> Any:
        """The number of a row as a file says it."""
        return getattr(row, self.counts)

    def _told(self, one: Document) -> Any:
        return fold(str(one[self.tells]))

    def _new(self, one: Document) -> dict[str, Any]:
        return {self.tells: one[self.tells], self.counts: self._number(one, None)}

    @abstractmethod
    def _key(self, row: Any) -> Any:
        """What tells this row apart in its event, as `_told` gives it."""

    def _there(self, events: Sequence[Event]) -> dict[tuple[int, Any], list[Any]]:
        found: dict[tuple[int, Any], list[Any]] = defaultdict(list)
        for row in self.model.objects.filter(event__in={event.pk for event in events}).order_by("pk"):
            found[row.event_id, self._key(row)].append(row)
        return found


class Outputs(Made):
    """The noun "event_outputs" for imports."""

    name, kind, list_url_name = "event_outputs", Output._meta.label_lower, "events:outputs"
    title: Any = _("Outputs of events")
    model, tells, counts, wrong = Output, "unit", "quantity", NOT_MANY
    fields: Sequence[Field] = (
        *EVENT,
        Field("unit", _("Of what"), is_required=True, aliases=("of what", "unit", "output", "what", "unidad", "de que")),
        Field(
            "quantity", _("How many"), "number", is_required=True, may_be_blank=True,
            aliases=("how many", "quantity", "number", "count", "cuantos", "cantidad"),
        ),
        STATE,
    )  # fmt: skip
    texts: Mapping[str, int] = {"unit": 80}

    def _number(self, one: Document, there: Any) -> Any:
        said = super()._number(one, there)
        return None if said is None or said != round(said, 3) else said

    def _key(self, row: Any) -> Any:
        return fold(row.unit)


class Costs(Made):
    """The noun "event_costs" for imports."""

    name, kind, list_url_name = "event_costs", Cost._meta.label_lower, "events:costs"
    title: Any = _("Costs of events")
    model, tells, counts, wrong = Cost, "what", "amount", NOT_MONEY
    fields: Sequence[Field] = (
        *EVENT,
        Field("what", _("What for"), is_required=True, aliases=("what for", "what", "cost", "item", "para que", "concepto")),
        Field(
            "amount", _("Amount"), "money", is_required=True, may_be_blank=True,
            aliases=("amount", "cost", "price", "importe", "gasto"),
        ),
        STATE,
    )  # fmt: skip
    texts: Mapping[str, int] = {"what": 120}

    def _number(self, one: Document, there: Any) -> Any:
        said = super()._number(one, there)
        if said is None:
            return None
        minor = said.scaleb(get_currency_precision(there.currency if there else installation().currency))
        return int(minor) if minor == minor.to_integral_value() else None

    def _whole(self, row: Any) -> Any:
        return Decimal(row.amount).scaleb(-get_currency_precision(row.currency))

    def _new(self, one: Document) -> dict[str, Any]:
        return {**super()._new(one), "currency": installation().currency}

    def _key(self, row: Any) -> Any:
        return fold(row.what)


class Hosts(Made):
    """The noun "event_hosts" for imports. What is not told apart by its rows alone: the shares of one event are judged together."""

    name, kind, list_url_name = "event_hosts", CoHost._meta.label_lower, "events:hosts"
    title: Any = _("Hosts of events")
    model, tells, counts, wrong = CoHost, "organisation", "share", NOT_A_SHARE
    rows_hold_together = True
    fields: Sequence[Field] = (
        *EVENT,
        Field(
            "organisation", _("Organisation"), is_required=True,
            aliases=("organisation", "organization", "host", "co host", "organizacion", "anfitrion"),
        ),
        Field(
            "share", _("Share of the credit in percent"), "number", is_required=True, may_be_blank=True,
            aliases=("share", "percent", "credit", "share of the credit", "parte", "porcentaje"),
        ),
        STATE,
    )  # fmt: skip
    texts: Mapping[str, int] = {"organisation": 300}

    def find(self, documents: Sequence[Document]) -> Sequence[int | None | Bad]:
        """See Made; and all rows of an event are refused whose hosts would not share 100 percent."""
        found = list(super().find(documents))
        events = events_called(documents)
        bodies = [self._told(one) for one in documents]
        pairs = zip(events, bodies, strict=True)
        seen = Counter(
            (event.pk, body)
            for event, body in pairs
            if not isinstance(event, Bad) and not isinstance(body, Bad)
        )
        shares: dict[int, dict[Any, int]] = defaultdict(dict)
        for row in CoHost.objects.filter(event__in=[one.pk for one in events if isinstance(one, Event)]):
            shares[row.event_id][row.organisation_id] = row.share
        for at, (one, event, body) in enumerate(zip(documents, events, bodies, strict=True)):
            if isinstance(found[at], Bad) or not isinstance(event, Event):
                continue
            if seen[event.pk, body] > 1:
                found[at] = Bad(0, "organisation", str(one["organisation"]), TWICE)
            else:
                shares[event.pk][body] = 0 if one.get("state") else self._number(one, None)
        for at, (one, event) in enumerate(zip(documents, events, strict=True)):
            if isinstance(found[at], Bad) or not isinstance(event, Event):
                continue
            total = sum(shares[event.pk].values())
            if total not in (0, 100):
                found[at] = Bad(0, "share", str(one.get("share") or ""), NOT_WHOLE, {"sum": total})
        return found

    def held_with(self, document: Document) -> str:
        """The event, whichever day of it stands there."""
        return fold(str(document["event"]))

    def _number(self, one: Document, there: Any) -> Any:
        said = super()._number(one, there)
        return int(said) if said is not None and said == said.to_integral_value() and said <= 100 else None

    def _told(self, one: Document) -> Any:
        said = str(one["organisation"])
        keys = organisations.named(said)
        return keys[0] if len(keys) == 1 else Bad(0, "organisation", said, NO_BODY, {"said": said[:80]})

    def _new(self, one: Document) -> dict[str, Any]:
        return {"organisation_id": self._told(one), "share": self._number(one, None)}

    def _key(self, row: Any) -> Any:
        return row.organisation_id

    def documents(self, keys: Sequence[int]) -> Mapping[int, Document]:
        """See Noun."""
        names = dict(CoHost.objects.filter(pk__in=keys).values_list("pk", "organisation__name"))
        return {key: {**one, "organisation": names[key]} for key, one in super().documents(keys).items()}
