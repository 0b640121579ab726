"""Partnerships as imports see them: a list of partners, one row each.

    {"organisation": "Oak Hill Pantry", "person": "", "stage": "active", "since_on": "2025-03-01", "owner": "bob@example.org",
     "cadence_days": 30, "influence": 4, "interest": 5, "about": "", "agreement": "", "agreed_on": null, "agreement_ends_on": null}

With whom it is is told by `organisation` (its name or one of its numbers) or by `person` (name or e-mail). A row about who is a
partner already changes what it says: another stage is a new line of the history (an end with its reason), another influence or interest
a rating of today. A blank changes nothing.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import date
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import gettext_noop

from barnraise.foundation.text import fold, squeeze
from barnraise.plumbing.accounts.selectors import addresses_by_call
from barnraise.plumbing.imports.sockets import AddedOnly, Bad, Document, Field, FieldRefused, Origin
from barnraise.plumbing.journal.models import Change
from barnraise.plumbing.journal.services import add_changes
from barnraise.who.organisations import selectors as organisations
from barnraise.who.organisations.models import Organisation
from barnraise.who.people import selectors as people

from .faults import rating_faults, stage_faults, standing_faults
from .models import Partnership, Stage, StageChange
from .selectors import KIND, owners
from .services import New, amend, write

NO_PARTNER = gettext_noop("Say with whom: an organisation, or a person.")
BOTH = gettext_noop("A partnership is with an organisation or with a person, not with both.")
NOT_HERE = gettext_noop("There is no “%(said)s” here. Take them in first.")
SEVERAL = gettext_noop("Several are called “%(said)s”. Give a number or an e-mail of theirs.")
TWICE = gettext_noop("“%(said)s” stands twice in this file.")
NO_OWNER = gettext_noop("Nobody of the team has the e-mail “%(said)s”.")
NOT_WHOLE = gettext_noop("Write a whole number.")
BOTH_RATED = gettext_noop("Give influence and interest together, or neither.")
TOO_LONG = gettext_noop("At most %(most)s characters are taken here.")
LATER = gettext_noop("They are “%(stage)s” since %(day)s, later than this row says.")
EARLIER = gettext_noop("They were in another stage until %(day)s.")
OURS = gettext_noop("This is our own organisation: nobody is a partner of their own.")

FIELDS: tuple[Field, ...] = (
    Field("organisation", _("Organisation"), aliases=("organisation", "organization", "partner", "partner organisation", "organizacion", "aliado")),
    Field("person", _("Person"), aliases=("person", "leader", "persona", "lider")),
    Field("stage", _("Stage"), "choice", is_shared=True, options=tuple(Stage.choices), aliases=("stage", "status", "etapa")),
    Field("since_on", _("Since"), "date", is_shared=True, aliases=("since", "in this stage since", "desde")),
    Field("reason", _("Why, if it ended"), aliases=("reason", "why", "motivo")),
    Field(
        "owner", _("Owner"), is_shared=True, aliases=("owner", "keeps the relation", "responsable"),
        hint=_("E-mail of an account of the team."),
    ),
    Field(
        "cadence_days", _("At most so many days between two contacts"), "number", is_shared=True,
        aliases=("cadence", "contact agreed", "days", "frecuencia"),
    ),
    Field("influence", _("Influence"), "number", aliases=("influence", "influencia")),
    Field("interest", _("Interest"), "number", aliases=("interest", "interes")),
    Field("about", _("What it is about"), aliases=("about", "what it is about", "de que se trata")),
    Field("agreement", _("What was agreed"), aliases=("agreement", "acuerdo")),
    Field("agreed_on", _("Agreed on"), "date", aliases=("agreed on", "acordado el")),
    Field("agreement_ends_on", _("Agreement ends on"), "date", aliases=("agreement ends on", "ends on", "el acuerdo termina el")),
)  # fmt: skip
_TEXTS = (
    ("organisation", 300),
    ("person", 200),
    ("reason", 300),
    ("owner", 254),
    ("about", 2000),
    ("agreement", 5000),
)
_NUMBERS = ("cadence_days", "influence", "interest")
_DAYS = ("since_on", "agreed_on", "agreement_ends_on")

_Partner = tuple[str, int]
"""("organisation" or "person", key)"""


class Partnerships(AddedOnly):
    """The noun "partnerships" for imports."""

    name = "partnerships"
    kind = KIND
    title: Any = _("Partnerships")
    fields: Sequence[Field] = FIELDS
    only_adds = False
    told_by = ("organisation", "person")
    fills: Mapping[str, Any] = {"stage": Stage.PROSPECT.value}

    def builder(self) -> Callable[[Mapping[str, Any]], Document]:
        """See Noun."""
        accounts = addresses_by_call(owners())
        return lambda values: _built(values, accounts)

    def source_key(self, document: Document) -> str:
        """With whom it is."""
        return fold(_said(document))[:200]

    def find(self, documents: Sequence[Document]) -> Sequence[int | None | Bad]:
        """The partnership with them, None for a new one; Bad when nobody is called so, or several."""
        partners = _partners(documents)
        known = _known(one for one in partners if not isinstance(one, Bad))
        seen: set[_Partner] = set()
        found: list[int | None | Bad] = []
        for document, partner in zip(documents, partners, strict=True):
            if isinstance(partner, Bad):
                found.append(partner)
            elif partner in seen:
                found.append(_bad(partner[0], _said(document), TWICE))
            else:
                seen.add(partner)
                row = known.get(partner)
                found.append(None if row is None else _against(document, row) or row.pk)
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
        today = timezone.localdate()
        news = []
        for document, partner in zip(creates, _partners(creates), strict=True):
            if isinstance(partner, Bad):
                raise TypeError("A row about whom nobody knows is refused, never written.")
            news.append(_new(document, partner, accounts, today))
        at = timezone.now()
        rows = write(news, by=by, at=at)
        changes = [Change(kind=KIND, key=row.pk, action=Change.Action.CREATED) for row in rows]
        changes += amend([(key, _amended(one, accounts)) for key, one in updates], by=by, at=at)
        add_changes(change_set=change_set, changes=changes)
        return [row.pk for row in rows]

    def documents(self, keys: Sequence[int]) -> Mapping[int, Document]:
        """See Noun. What a file may change, and with whom it is."""
        rows = Partnership.objects.select_related("organisation", "person", "owner").filter(pk__in=keys)
        reasons = dict(
            StageChange.objects.filter(partnership__in=keys)
            .order_by("since_on", "pk")
            .values_list("partnership_id", "reason")
        )
        return {
            row.pk: {
                "organisation": row.organisation.name if row.organisation else "",
                "person": str(row.person or ""),
                "stage": row.stage,
                "since_on": row.stage_since_on.isoformat(),
                "reason": reasons.get(row.pk, ""),
                "owner": row.owner.email if row.owner else "",
                **{name: getattr(row, name) for name in (*_NUMBERS, "about", "agreement")},
                **{
                    name: value.isoformat() if (value := getattr(row, name)) else None
                    for name in ("agreed_on", "agreement_ends_on")
                },
            }
            for row in rows
        }

    def titles(self, documents: Sequence[Document]) -> Sequence[str]:
        """With whom."""
        return [_said(one) for one in documents]


def _said(document: Document) -> str:
    return str(document.get("organisation") or document.get("person") or "")


def _bad(field: str, said: str, reason: str) -> Bad:
    return Bad(0, field, said, reason, {"said": said[:80]})


def _built(values: Mapping[str, Any], accounts: Mapping[str, str]) -> Document:
    """The document of mapped cells. Raises FieldRefused."""
    out: dict[str, Any] = {"stage": values.get("stage") or ""}
    for name, most in _TEXTS:
        out[name] = squeeze(str(values.get(name) or "")).replace("\x00", "")
        if len(out[name]) > most:
            raise FieldRefused(name, out[name], TOO_LONG, most=most)
    for name in _NUMBERS:
        out[name] = _whole(name, values.get(name))
    for name in _DAYS:
        day = values.get(name)
        out[name] = day.isoformat() if isinstance(day, date) else day or None
    if bool(out["organisation"]) == bool(out["person"]):
        raise FieldRefused("organisation", out["organisation"], BOTH if out["person"] else NO_PARTNER)
    email = accounts.get(out["owner"].casefold(), "")
    if out["owner"] and not email:
        raise FieldRefused("owner", out["owner"], NO_OWNER, said=out["owner"])
    out["owner"] = email
    _checked(out)
    return out


def _whole(name: str, value: Any) -> int | None:
    if value is None or value == "":
        return None
    try:
        if float(value) == int(value):
            return int(value)
    except (ValueError, OverflowError):
        pass
    raise FieldRefused(name, str(value), NOT_WHOLE)


def _checked(out: Mapping[str, Any]) -> None:
    """Raise FieldRefused for the first thing that the services would refuse."""
    today = timezone.localdate()
    new = _new(out, ("organisation", 0), {}, today)
    found = stage_faults(new.stage, new.since_on, new.reason, today)
    found += standing_faults(new.cadence_days, new.agreed_on, new.agreement_ends_on, new.about, new.agreement)
    if (out["influence"] is None) != (out["interest"] is None):
        found.append(("influence", BOTH_RATED))
    if new.rating is not None:
        found += rating_faults(*new.rating, "", today)
    for field, reason in found:
        raise FieldRefused(field, str(out.get(field) or ""), str(reason))


def _new(document: Document, partner: _Partner, accounts: Mapping[str, int], today: date) -> New:
    since_on = _day(document.get("since_on")) or today
    influence, interest = document.get("influence"), document.get("interest")
    return New(
        stage=str(document["stage"]) or Stage.PROSPECT.value,
        since_on=since_on,
        organisation=partner[1] if partner[0] == "organisation" else None,
        person=partner[1] if partner[0] == "person" else None,
        reason=str(document.get("reason") or ""),
        about=str(document.get("about") or ""),
        owner=accounts.get(str(document.get("owner") or "").casefold()),
        cadence_days=document.get("cadence_days"),
        agreement=str(document.get("agreement") or ""),
        agreed_on=_day(document.get("agreed_on")),
        agreement_ends_on=_day(document.get("agreement_ends_on")),
        rating=(influence, interest, today) if influence is not None and interest is not None else None,
    )


def _day(said: Any) -> date | None:
    return date.fromisoformat(str(said)) if said else None


def _partners(documents: Sequence[Document]) -> list[_Partner | Bad]:
    """With whom each row is, or why that is not known. Five queries."""
    bodies = organisations.named_many(
        {str(one["organisation"]) for one in documents if one.get("organisation")}
    )
    unknown = {
        said for said in (str(one.get("organisation") or "") for one in documents) if not bodies.get(said)
    }
    persons = people.named_many(
        {str(one["person"]) for one in documents if one.get("person")} | (unknown - {""})
    )
    ours = set(Organisation.objects.filter(is_own=True).values_list("pk", flat=True))
    found: list[_Partner | Bad] = []
    for one in documents:
        field = "organisation" if one.get("organisation") else "person"
        said = str(one[field])
        if field == "organisation" and said in unknown and persons.get(said):
            field = "person"  # a column of partners, like that of our own list, holds both
        keys = set((bodies if field == "organisation" else persons).get(said, ()))
        if len(keys) != 1:
            found.append(_bad(field, said, SEVERAL if keys else NOT_HERE))
        elif field == "organisation" and keys & ours:
            found.append(_bad(field, said, OURS))
        else:
            found.append((field, next(iter(keys))))
    return found


def _known(partners: Iterable[_Partner]) -> dict[_Partner, Partnership]:
    keys: dict[str, list[int]] = {"organisation": [], "person": []}
    for name, key in partners:
        keys[name].append(key)
    found: dict[_Partner, Partnership] = {}
    for name, some in keys.items():
        rows = Partnership.objects.filter(**{f"{name}_id__in": some}).prefetch_related("stages")
        found |= {(name, getattr(row, f"{name}_id")): row for row in rows}
    return found


def _against(document: Document, row: Partnership) -> Bad | None:
    """Why what is said of a partner we have cannot be."""
    day = _day(document["since_on"])
    if document["stage"] and document["stage"] != row.stage and day and day < row.stage_since_on:
        details = {"stage": str(row.get_stage_display()), "day": row.stage_since_on.isoformat()}
        return Bad(0, "since_on", str(day), LATER, details)
    before = sorted((one.since_on, one.pk) for one in row.stages.all())[:-1]
    if day and document["stage"] in ("", row.stage) and before and day < before[-1][0]:
        return Bad(0, "since_on", str(day), EARLIER, {"day": before[-1][0].isoformat()})
    agreed, ends = (_day(document[name]) or getattr(row, name) for name in ("agreed_on", "agreement_ends_on"))
    for field, reason in standing_faults(None, agreed, ends, "", ""):
        return Bad(0, field, str(document[field] or ""), str(reason))
    return None


def _amended(document: Document, accounts: Mapping[str, int]) -> dict[str, Any]:
    """Arguments of `amend`: what of the fields has another value, as the database keeps it."""
    out: dict[str, Any] = {name: value for name, value in document.items() if value not in (None, "")}
    out |= {name: _day(out[name]) for name in _DAYS if name in out}
    if "owner" in out:
        out["owner"] = accounts.get(str(out["owner"]).casefold())
    return out
