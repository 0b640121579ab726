"""Audiences as imports see them: one audience a row, with its rules in words.

    {"name": "Choir", "mode": "all", "purpose": "Newsletter", "channel": "email", "about": "", "rules": "Has the tag: Choir", "state": "ended"}

An audience is told by its name; the rest of a row changes the one that is there, and ends it or uses it again. The rules of a row stand instead
of those that stood. A blank changes nothing. `rules` is kept in English, so that the same row says the same in every language.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import gettext_noop

from barnraise.foundation.text import fold
from barnraise.plumbing.imports.sockets import AddedOnly, Bad, Document, Field, FieldRefused, Origin
from barnraise.plumbing.imports.sockets.cells import built, given, refusal
from barnraise.plumbing.journal.services import add_changes
from barnraise.plumbing.ui.faults import refuse
from barnraise.who.consent.models import Purpose
from barnraise.who.consent.models.purpose import CONTACTS

from .faults import MOST, audience_faults
from .models import Audience
from .selectors import KIND, listed, rules_of
from .services import amend_audiences, make_audience
from .services.rules import checked
from .wording import Words

PLAIN = "en"
ENDED, USED = "ended", "used"
NO_PURPOSE = gettext_noop("There is no purpose “%(said)s” here. Add it under Consent first.")
PURPOSE_ENDED = gettext_noop("The purpose “%(said)s” has ended.")
OTHERWISE = gettext_noop(
    "The rules say it the other way: between them stands “and” where all have to hold, “or” where any."
)

FIELDS: tuple[Field, ...] = (
    Field("name", _("Name"), is_required=True, aliases=("name", "audience", "nombre", "audiencia")),
    Field(
        "rules", _("Rules"), aliases=("rules", "reglas"),
        hint=_("As the list of audiences writes them: Has the tag: Choir or Garden; and Is a: not Our team."),
    ),
    Field(
        "mode", _("Who belongs to it"), "choice", options=tuple(Audience.Mode.choices),
        aliases=("who belongs to it", "mode", "all or any", "quien pertenece"),
    ),
    Field(
        "purpose", _("Usually written to for"), aliases=("usually written to for", "purpose", "proposito"),
        hint=_("The name of a purpose, also with its channel: Newsletter · E-mail."),
    ),
    Field("channel", _("By which channel"), "choice", options=tuple(CONTACTS), aliases=("by which channel", "channel", "canal")),
    Field("about", _("What it is for"), aliases=("what it is for", "about", "notes", "para que es", "notas")),
    Field("state", _("State"), "choice", options=((ENDED, _("Ended")), (USED, _("In use"))), aliases=("state", "estado")),
)  # fmt: skip


class Audiences(AddedOnly):
    """The noun "audiences" for imports."""

    name = "audiences"
    kind = KIND
    title: Any = _("Audiences")
    fields: Sequence[Field] = FIELDS
    only_adds = False
    told_by = ("name",)
    fills: Mapping[str, Any] = {"mode": Audience.Mode.ALL.value, "state": USED}

    def builder(self) -> Callable[[Mapping[str, Any]], Document]:
        """See Noun."""
        words = Words()
        return lambda values: _built(values, words)

    def source_key(self, document: Document) -> str:
        """What it is called."""
        return fold(str(document["name"]))[:120]

    def find(self, documents: Sequence[Document]) -> Sequence[int | None | Bad]:
        """The audience of that name, None for a new one; Bad with what is wrong with it. Few queries, however many."""
        there = _there(documents)
        purposes = _purposes(documents)
        found: list[int | None | Bad] = []
        for one in documents:
            row = there.get(self.source_key(one))
            found.append(_refused(one, row, purposes) or (row.pk if row else None))
        return found

    def documents(self, keys: Sequence[int]) -> Mapping[int, Document]:
        """See Noun."""
        words = Words()
        return {
            row.pk: {
                "name": row.name,
                "rules": words.written(rules_of(row), row.mode, PLAIN),
                "mode": row.mode,
                "purpose": row.purpose.name if row.purpose else "",
                "channel": row.channel,
                "about": row.about,
                "state": ENDED if row.is_ended else USED,
            }
            for row in listed().filter(pk__in=keys)
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
        """See Noun."""
        words, at = Words(), timezone.now()
        purposes = _purposes([*creates, *(one for _key, one in updates)])
        keys = []
        for one in creates:
            values = _values(one, purposes, words)
            rules, ended_at = values.pop("rules", ()), values.pop("ended_at", None)
            row = make_audience(name=str(one["name"]), rules=rules, **values, by=by, change_set=change_set)
            if one.get("state") == ENDED:
                Audience.objects.filter(pk=row.pk).update(ended_at=ended_at or at)
            keys.append(row.pk)
        changed = [(key, _values(one, purposes, words)) for key, one in updates]
        add_changes(change_set=change_set, changes=amend_audiences(changed, at=at))
        return keys

    def titles(self, documents: Sequence[Document]) -> Sequence[str]:
        """What they are called."""
        return [str(one["name"]) for one in documents]


def _built(values: Mapping[str, Any], words: Words) -> Document:
    """The document of mapped cells. Raises FieldRefused."""
    out = built(values, texts={**MOST, "purpose": 140}, choices=("mode", "channel", "state"))
    name, _dot, way = out["purpose"].rpartition(" · ")
    code = next((code for code, label in CONTACTS if fold(way) in {fold(code), fold(str(label))}), "")
    if name and code:
        out["purpose"], out["channel"] = name, out["channel"] or code
    said = str(values.get("rules") or "").replace("\x00", "")
    rules, joint = words.read(said)
    if joint and out["mode"] and joint != out["mode"]:
        raise FieldRefused("rules", said, OTHERWISE)
    out["mode"] = out["mode"] or joint
    if bad := refusal({"rules": said}, lambda: checked(rules), {"values": "rules", "criterion": "rules"}):
        raise FieldRefused("rules", said, bad.reason)
    return {**out, "rules": words.written(rules, joint or out["mode"] or Audience.Mode.ALL.value, PLAIN)}


def _there(documents: Sequence[Document]) -> dict[str, Audience]:
    names = {fold(str(one["name"]))[:120] for one in documents}
    return {row.name_folded: row for row in listed().filter(name_folded__in=names)}


def _purposes(documents: Sequence[Document]) -> dict[str, Purpose]:
    names = {fold(str(one.get("purpose") or "")) for one in documents} - {""}
    return {row.name_folded: row for row in Purpose.objects.filter(name_folded__in=names)}


def _values(one: Document, purposes: Mapping[str, Purpose], words: Words) -> dict[str, Any]:
    """Fields of an audience that a row gives."""
    out = {name: value for name, value in given(one).items() if name != "name"}
    if "purpose" in out:
        out["purpose"] = purposes[fold(str(out["purpose"]))]
    if "rules" in out:
        out["rules"] = words.read(str(out["rules"]))[0]
    if "state" in out:
        out["ended_at"] = timezone.now() if out.pop("state") == ENDED else None
    return out


def _refused(one: Document, there: Audience | None, purposes: Mapping[str, Purpose]) -> Bad | None:
    """Why the row cannot be, of an audience that is there (no other has its name) with what it says where the row is blank."""
    said = str(one["purpose"])
    purpose = purposes.get(fold(said)) if said else there.purpose if there else None
    if said and purpose is None:
        return Bad(0, "purpose", said, NO_PURPOSE, {"said": said[:80]})
    if purpose is not None and purpose.is_ended and (there is None or there.purpose_id != purpose.pk):
        return Bad(0, "purpose", said, PURPOSE_ENDED, {"said": said[:80]})
    row = Audience(
        pk=there.pk if there else None,
        name=str(one["name"]),
        mode=one["mode"] or Audience.Mode.ALL.value,
        about=str(one["about"]),
        purpose=purpose,
        channel=one["channel"] or (there.channel if there else ""),
    )
    return refusal(one, lambda: refuse(audience_faults(row, is_free=True)))
