"""Thanks as imports see them: one row each.

    {"partner": "Oak Hill Pantry", "begins_on": "2025-01-01", "ends_on": "2025-12-31", "letter": "Thank you …",
     "wording": "Oak Hill Pantry feeds our breakfast clubs.", "language": "en", "owner": "bob@example.org",
     "state": "", "end_note": ""}

Thanks are told by partner and days; the rest of a row changes those that are there, or ends them with the reason. A blank changes nothing.
A file sends no mail, and answers for nobody: other words make a draft of what was sent.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from datetime import date
from typing import Any

from django.conf import settings
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import gettext_noop

from barnraise.foundation.text import fold
from barnraise.plumbing.accounts.selectors import addresses_by_call
from barnraise.plumbing.imports.sockets import AddedOnly, Bad, Document, Field, FieldRefused, Origin
from barnraise.plumbing.imports.sockets.cells import built, first_change, given
from barnraise.plumbing.journal.models import Change
from barnraise.plumbing.journal.services import add_changes
from barnraise.plumbing.profile.selectors import installation
from barnraise.who.organisations import selectors as organisations
from barnraise.who.organisations.models import Organisation

from .faults import MOST, thanks_faults
from .models import Thanks
from .selectors import KIND, owners
from .services import New, amend_thanks, write

NOT_HERE = gettext_noop("There is no “%(said)s” here. Take them in first.")
SEVERAL = gettext_noop("Several are called “%(said)s”. Give a number or an e-mail of theirs.")
TWICE = gettext_noop("“%(said)s” stands twice in this file.")
NO_OWNER = gettext_noop("Nobody of the team has the e-mail “%(said)s”.")
EMPTY = gettext_noop("Write this too.")
SAME_DAYS = gettext_noop("Several thanks to “%(said)s” are about these days: change them on their pages.")
HAVE_ENDED = gettext_noop("They have ended. Write new ones.")
SENDS_NOTHING = gettext_noop("A file sends no mail, and answers for nobody: do it on its page.")
WITHOUT_REASON = gettext_noop("Say why they end.")
WITH_REASON = gettext_noop("A reason stands here: write that they have ended, or leave the reason empty.")

FIELDS: tuple[Field, ...] = (
    Field("partner", _("Partner"), is_required=True, aliases=("partner", "organisation", "organization", "aliado", "organizacion")),
    Field("begins_on", _("From"), "date", is_required=True, is_shared=True, aliases=("from", "begins on", "desde")),
    Field("ends_on", _("Until"), "date", is_required=True, is_shared=True, aliases=("until", "to", "ends on", "hasta")),
    Field("letter", _("Letter"), is_required=True, may_be_blank=True, aliases=("letter", "text", "carta")),
    Field("wording", _("How they are named in public"), aliases=("wording", "public words", "texto publico")),
    Field(
        "language", _("Language"), "choice", is_shared=True, options=tuple(settings.LANGUAGES),
        aliases=("language", "lang", "idioma"),
    ),
    Field(
        "owner", _("Who sees to it"), is_shared=True, aliases=("owner", "who sees to it", "responsable"),
        hint=_("E-mail of an account of the team."),
    ),
    Field("state", _("State"), "choice", options=tuple(Thanks.State.choices), aliases=("state", "estado")),
    Field("end_note", _("Why they ended"), aliases=("why they ended", "reason", "motivo")),
)  # fmt: skip
_TEXTS = {"partner": 300, "wording": MOST["wording"], "owner": 254, "end_note": MOST["note"]}
_LINES = {"letter": MOST["letter"]}
_DAYS = ("begins_on", "ends_on")


def _bad(field: str, said: str, reason: str) -> Bad:
    return Bad(0, field, said, reason, {"said": said[:80]})


class ManyThanks(AddedOnly):
    """The noun "thanks" for imports."""

    name = "thanks"
    list_url_name = "recognition:list"
    kind = KIND
    title: Any = _("Thanks")
    fields: Sequence[Field] = FIELDS
    only_adds = False
    told_by = ("partner", *_DAYS)
    fills: Mapping[str, Any] = {"state": Thanks.State.DRAFT.value}

    def builder(self) -> Callable[[Mapping[str, Any]], Document]:
        """See Noun."""
        accounts = addresses_by_call(owners())
        return lambda values: _built(values, accounts)

    def source_key(self, document: Document) -> str:
        """Partner and days."""
        said = (document.get("partner"), document.get("begins_on"), document.get("ends_on"))
        return fold(" ".join(str(one) for one in said))[:200]

    def find(self, documents: Sequence[Document]) -> Sequence[int | None | Bad]:
        """The same thanks, None for new ones; Bad where no partner is called so, or several, or they may not be said or end like that."""
        partners = organisations.named_many({str(one["partner"]) for one in documents})
        bodies = Organisation.objects.in_bulk([key for keys in partners.values() for key in keys])
        there: dict[Any, list[Thanks]] = {}
        for row in Thanks.objects.select_related("organisation", "owner").filter(organisation__in=bodies):
            told = (row.organisation_id, row.begins_on.isoformat(), row.ends_on.isoformat())
            there.setdefault(told, []).append(row)
        seen: set[Any] = set()
        found: list[int | None | Bad] = []
        for one in documents:
            said = str(one["partner"])
            keys = partners.get(said, [])
            if len(keys) != 1:
                found.append(_bad("partner", said, SEVERAL if keys else NOT_HERE))
                continue
            key = (keys[0], str(one["begins_on"]), str(one["ends_on"]))
            rows = there.get(key, [])
            if key in seen or len(rows) > 1:
                found.append(_bad("partner", said, TWICE if key in seen else SAME_DAYS))
            else:
                bad = _fault(one, bodies[keys[0]], rows[0] if rows else None)
                found.append(bad or (rows[0].pk if rows else None))
            seen.add(key)
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
        """See Noun. Those that end are told in the journal."""
        partners = organisations.named_many({str(one["partner"]) for one in creates})
        accounts = {one.email: one.pk for one in owners()}
        at, home = timezone.now(), installation().default_language
        news = [
            New(
                **{"language": home, **_values(one, accounts)},
                organisation_id=partners[str(one["partner"])][0],
            )
            for one in creates
        ]
        rows = write(news, by=by, at=at)
        changes = [Change(kind=KIND, key=row.pk, action=Change.Action.CREATED) for row in rows]
        changed = [(key, _values(one, accounts)) for key, one in updates]
        changes += amend_thanks(changed, by=by, at=at, change_set=change_set)
        add_changes(change_set=change_set, changes=changes)
        return [row.pk for row in rows]

    def documents(self, keys: Sequence[int]) -> Mapping[int, Document]:
        """See Noun."""
        return {row.pk: _document(row) for row in Thanks.objects.select_related("owner").filter(pk__in=keys)}

    def titles(self, documents: Sequence[Document]) -> Sequence[str]:
        """The partners' names."""
        return [str(one.get("partner") or "") for one in documents]


def _built(values: Mapping[str, Any], accounts: Mapping[str, str]) -> Document:
    """The document of mapped cells. Raises FieldRefused."""
    out = built(values, texts=_TEXTS, lines=_LINES, days=_DAYS, choices=("language", "state"))
    for name in ("partner", *_DAYS):
        if not out[name]:
            raise FieldRefused(name, "", EMPTY)
    email = accounts.get(out["owner"].casefold(), "")
    if out["owner"] and not email:
        raise FieldRefused("owner", out["owner"], NO_OWNER, said=out["owner"])
    return {**out, "owner": email}


def _document(row: Thanks) -> Document:
    """What of thanks a file may change."""
    return {
        "letter": row.letter,
        "wording": row.wording,
        "language": row.language,
        "owner": row.owner.email if row.owner else "",
        "state": row.state,
        "end_note": row.end_note,
    }


def _values(one: Document, accounts: Mapping[str, int]) -> dict[str, Any]:
    """Fields of thanks by what a row says; blanks say nothing."""
    out = given({name: value for name, value in one.items() if name != "partner"}, days=_DAYS)
    if "owner" in out:
        out["owner_id"] = accounts.get(str(out.pop("owner")))
    return out


def _fault(one: Document, partner: Organisation, there: Thanks | None) -> Bad | None:
    """Why they may not be said or end so, of thanks that are there with what they say where the row is blank."""
    document = _document(there) if there is not None else {}
    if bad := _state_fault(one, document):
        return bad
    if there is None and not one["letter"]:
        return Bad(0, "letter", "", EMPTY)
    row = Thanks(
        organisation=partner,
        begins_on=date.fromisoformat(str(one["begins_on"])),
        ends_on=date.fromisoformat(str(one["ends_on"])),
        letter=str(one["letter"] or document["letter"]),
        wording=str(one["wording"] or document.get("wording", "")),
        language=str(one["language"] or document.get("language") or installation().default_language),
    )
    for field, reason in thanks_faults(row, timezone.localdate()):
        name = "partner" if field == "organisation" else field
        return Bad(0, name, str(one.get(name) or ""), str(reason))
    return None


def _state_fault(one: Document, document: Document) -> Bad | None:
    """Why they may not end, be sent or answered, or change."""
    ended = Thanks.State.ENDED.value
    before = str(document.get("state") or Thanks.State.DRAFT.value)
    state = str(one["state"]) or before
    if before == ended:
        field = first_change(one, document)
        return Bad(0, field, str(one[field]), HAVE_ENDED) if field else None
    if state == ended:
        return None if one["end_note"] else Bad(0, "end_note", "", WITHOUT_REASON)
    if state != before:
        return Bad(0, "state", state, SENDS_NOTHING)
    return Bad(0, "state", state, WITH_REASON) if one["end_note"] else None
