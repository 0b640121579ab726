"""Consents as imports see them: lines of the record, told apart by all that they say, only ever added.

    {"purpose": "Newsletter", "channel": "email", "answer": "given", "said_on": "2025-03-01", "email": "ana@example.org",
     "name": "Ana Ruiz", "person_id": "…", "expires_on": null, "source": "paper", "proof": "List of 1 March"}

Whose word it is is told by `person_id` (the id here), else by `email` or `phone`; where several people share it, by `name` too.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time
from typing import Any
from uuid import UUID

from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import gettext_noop

from barnraise.foundation import contacts
from barnraise.foundation.text import fold, squeeze
from barnraise.plumbing.imports.sockets import AddedOnly, Bad, Document, Field, FieldRefused, Origin
from barnraise.plumbing.profile.selectors import home_country
from barnraise.who.people import selectors as people
from barnraise.who.people.models import Person

from .faults import Said, faults
from .models import Consent, Purpose
from .models.purpose import Channel
from .selectors import KIND, current_wordings
from .services import write

NO_PERSON = gettext_noop("Say whose word it is: by e-mail, by phone, or by the id of the person here.")
NOT_HERE = gettext_noop("Nobody here has “%(said)s”. Take the people in first.")
SEVERAL = gettext_noop("Several people have “%(said)s”. Give their name too, or their id.")
NO_PURPOSE = gettext_noop(
    "There is no purpose “%(said)s”. Add it first, with the words in which people were asked."
)
NOT_AN_ID = gettext_noop("“%(said)s” is not the id of a person here.")
TOO_LONG = gettext_noop("At most %(most)s characters are taken here.")

FIELDS: tuple[Field, ...] = (
    Field("email", _("E-mail"), "email",
        aliases=("email", "e mail", "email address", "mail", "correo", "correo electronico")),
    Field("phone", _("Phone"), "phone", aliases=("telephone", "phone number", "mobile", "tel", "telefono")),
    Field("name", _("Whole name"), aliases=("name", "full name", "person", "nombre", "nombre completo")),
    Field("person_id", _("Id of the person"), aliases=("person id", "uuid", "id of the person")),
    Field("purpose", _("For what"), is_required=True, is_shared=True, aliases=("purpose", "list", "for what", "proposito", "lista", "para que")),
    Field("channel", _("Channel"), "choice", is_required=True, is_shared=True, options=tuple(Channel.choices), aliases=("channel", "canal")),
    Field(
        "answer", _("What they said"), "choice", is_required=True, is_shared=True,
        options=(("given", _("Given")), ("withdrawn", _("Withdrawn"))),
        aliases=("state", "consent", "status", "answer", "estado", "consentimiento"),
    ),
    Field(
        "said_on", _("On which day"), "date", is_required=True, is_shared=True,
        aliases=("date", "since", "said on", "opt in date", "fecha", "desde"),
    ),
    Field("expires_on", _("Counts until"), "date", aliases=("until", "expires", "expires on", "counts until", "hasta")),
    Field(
        "source", _("How it was said"), "choice", is_shared=True, options=tuple(Consent.Source.choices),
        aliases=("source", "how it was said", "origen"),
    ),
    Field("proof", _("Where it can be looked up"), is_shared=True, aliases=("proof", "evidence", "where it can be looked up", "prueba")),
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class _About:
    person: int
    purpose: Purpose


class Consents(AddedOnly):
    """The noun "consents" for imports."""

    name = "consents"
    list_url_name = "consent:list"
    kind = KIND
    title: Any = _("Consents")
    fields: Sequence[Field] = FIELDS

    def builder(self) -> Callable[[Mapping[str, Any]], Document]:
        """See Noun."""
        return _built

    def source_key(self, document: Document) -> str:
        """All that the line says."""
        said = "|".join(str(document.get(field.name) or "") for field in FIELDS)
        return f"#{hashlib.blake2b(said.encode(), digest_size=16).hexdigest()}"

    def find(self, given: Sequence[Document]) -> Sequence[int | None | Bad]:
        """The line that says just that, or None; Bad when it cannot be taken: nobody has the address, no such purpose."""
        abouts = _about(given)
        known = _known([one for one in abouts if isinstance(one, _About)])
        now = timezone.now()
        found: list[int | None | Bad] = []
        for document, about in zip(given, abouts, strict=True):
            if isinstance(about, Bad):
                found.append(about)
                continue
            wrong = faults(_said(document, about, None, None), about.purpose, now=now)
            if wrong:
                field, reason = wrong[0]
                found.append(Bad(0, {"happened_at": "said_on"}.get(field, field), "", str(reason)))
            else:
                found.append(known.get(_line(document, about)))
        return found

    def documents(self, keys: Sequence[int]) -> Mapping[int, Document]:
        """See Noun. Only what tells lines apart, so that one found again is never changed."""
        rows = Consent.objects.filter(pk__in=keys).select_related("purpose")
        return {
            row.pk: {
                "channel": row.channel,
                "answer": "given" if row.is_given else "withdrawn",
                "said_on": timezone.localdate(row.happened_at).isoformat(),
                "expires_on": row.expires_on.isoformat() if row.expires_on else None,
            }
            for row in rows
        }

    def write(
        self,
        creates: Sequence[Document],
        updates: Sequence[tuple[int, Document]],
        *,
        by: Any,
        origin: Origin,
        change_set: Any,
    ) -> Sequence[int]:
        """See Noun. Lines found again are left as they are."""
        abouts = _about(creates)
        purposes = {one.purpose.pk: one.purpose for one in abouts if isinstance(one, _About)}
        wordings = current_wordings(list(purposes.values()))
        said = []
        for document, about in zip(creates, abouts, strict=True):
            if isinstance(about, Bad):
                raise TypeError("A line about what is not here is refused, never written.")
            wording = wordings.get(about.purpose.pk)
            said.append(_said(document, about, wording.pk if wording else None, getattr(by, "pk", None)))
        return [row.pk for row in write(said, at=timezone.now(), change_set=change_set)]

    def titles(self, given: Sequence[Document]) -> Sequence[str]:
        """Who and what for."""
        return [
            ", ".join(part for part in (_named(one), str(one.get("purpose") or "")) if part) for one in given
        ]


def _built(values: Mapping[str, Any]) -> Document:
    """The document of mapped cells. Raises FieldRefused."""
    out = {name: values.get(name) or "" for name in ("channel", "answer")}
    for name in ("email", "phone"):
        out[name] = _reached(name, values.get(name) or ())
    for name, most in (("name", 200), ("purpose", 120), ("proof", 300), ("person_id", 40)):
        out[name] = squeeze(str(values.get(name) or "")).replace("\x00", "")
        if len(out[name]) > most:
            raise FieldRefused(name, out[name], TOO_LONG, most=most)
    if out["person_id"]:
        try:
            out["person_id"] = str(UUID(out["person_id"]))
        except ValueError:
            raise FieldRefused("person_id", out["person_id"], NOT_AN_ID, said=out["person_id"]) from None
    if not (out["email"] or out["phone"] or out["person_id"]):
        raise FieldRefused("email", "", NO_PERSON)
    out["source"] = values.get("source") or Consent.Source.IMPORT.value
    for name in ("said_on", "expires_on"):
        day = values.get(name)
        out[name] = day.isoformat() if isinstance(day, date) else day or None
    return out


def _reached(name: str, given: Sequence[str]) -> str:
    """The first address in normal form. Raises FieldRefused."""
    first = next((one for one in given if one), "")
    if not first:
        return ""
    try:
        return contacts.normalise(name, first, country=home_country())
    except contacts.ContactError as no:
        raise FieldRefused(name, first, no.reason) from no


def _named(document: Document) -> str:
    return str(
        document.get("name") or document.get("email") or document.get("phone") or document.get("person_id")
    )


def _about(given: Sequence[Document]) -> list[_About | Bad]:
    """Whose word each line is and on what, or why that is not known. Four queries."""
    folded = {fold(str(one["purpose"]))[:120] for one in given}
    purposes = {row.name_folded: row for row in Purpose.objects.filter(name_folded__in=folded)}
    uuids = {one["person_id"] for one in given if one["person_id"]}
    by_uuid = {
        str(uuid): key for uuid, key in Person.objects.filter(uuid__in=uuids).values_list("uuid", "pk")
    }
    reached = {str(one[name]) for one in given for name in ("email", "phone") if one[name]}
    by_address = people.by_addresses(reached)
    names = dict(
        Person.objects.filter(pk__in={key for keys in by_address.values() for key in keys}).values_list(
            "pk", "name_folded"
        )
    )
    found: list[_About | Bad] = []
    for one in given:
        purpose = purposes.get(fold(str(one["purpose"]))[:120])
        person = _person(one, by_uuid, by_address, names)
        if isinstance(person, Bad):
            found.append(person)
        elif purpose is None:
            said = str(one["purpose"])
            found.append(Bad(0, "purpose", said, NO_PURPOSE, {"said": said[:80]}))
        else:
            found.append(_About(person, purpose))
    return found


def _person(
    one: Document, by_uuid: Mapping[str, int], by_address: Mapping[str, list[int]], names: Mapping[int, str]
) -> int | Bad:
    if said := str(one["person_id"]):
        key = by_uuid.get(said)
        return key if key is not None else Bad(0, "person_id", said, NOT_HERE, {"said": said})
    field = "email" if one["email"] else "phone"
    said = str(one[field])
    keys = by_address.get(said, [])
    if len(keys) > 1 and one["name"]:
        keys = [key for key in keys if names.get(key) == fold(str(one["name"]))[:200]]
    if len(keys) == 1:
        return keys[0]
    return Bad(0, field, said, SEVERAL if keys else NOT_HERE, {"said": said[:80]})


def _noon(said_on: str) -> datetime:
    """Noon of a day in the zone of the house; now when that day is today and noon is to come."""
    day = date.fromisoformat(said_on)
    noon = timezone.make_aware(datetime.combine(day, time(12)))
    return min(noon, timezone.now()) if day == timezone.localdate() else noon


def _said(document: Document, about: _About, wording: int | None, by: int | None) -> Said:
    is_given = document["answer"] == "given"
    return Said(
        person=about.person,
        purpose=about.purpose.pk,
        channel=str(document["channel"]),
        is_given=is_given,
        source=str(document["source"]),
        happened_at=_noon(str(document["said_on"])),
        expires_on=date.fromisoformat(document["expires_on"]) if document.get("expires_on") else None,
        wording=wording if is_given else None,
        proof=str(document["proof"]),
        by=by,
    )


_Line = tuple[int, int, str, bool, str, str]


def _line(document: Document, about: _About) -> _Line:
    is_given = document["answer"] == "given"
    said_on, until = str(document["said_on"]), str(document.get("expires_on") or "")
    return about.person, about.purpose.pk, str(document["channel"]), is_given, said_on, until


def _known(abouts: Sequence[_About]) -> dict[_Line, int]:
    """The lines there are about these people and purposes, by all that tells them apart."""
    rows = Consent.objects.filter(
        person_id__in={one.person for one in abouts}, purpose_id__in={one.purpose.pk for one in abouts}
    )
    return {
        (
            row.person_id,
            row.purpose_id,
            row.channel,
            row.is_given,
            timezone.localdate(row.happened_at).isoformat(),
            row.expires_on.isoformat() if row.expires_on else "",
        ): row.pk
        for row in rows.order_by("-pk")
    }
