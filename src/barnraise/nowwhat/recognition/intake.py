"""Thanks as imports see them: drafts, one row each.

    {"partner": "Oak Hill Pantry", "begins_on": "2025-01-01", "ends_on": "2025-12-31", "letter": "Thank you …",
     "wording": "Oak Hill Pantry feeds our breakfast clubs.", "language": "en", "owner": "bob@example.org"}

Thanks to the same partner for the same days are left as they are when found again.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping, Sequence
from datetime import date
from typing import Any

from django.conf import settings
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import gettext_noop

from barnraise.foundation.text import fold, squeeze
from barnraise.plumbing.imports.sockets import AddedOnly, Bad, Document, Field, FieldRefused, Origin
from barnraise.plumbing.journal.models import Change
from barnraise.plumbing.journal.services import add_changes
from barnraise.plumbing.profile.selectors import installation
from barnraise.who.organisations import selectors as organisations
from barnraise.who.organisations.models import Organisation

from .faults import MOST, thanks_faults
from .models import Thanks
from .selectors import KIND, owners
from .services import New, write

NOT_HERE = gettext_noop("There is no “%(said)s” here. Take them in first.")
SEVERAL = gettext_noop("Several are called “%(said)s”. Give a number or an e-mail of theirs.")
TWICE = gettext_noop("“%(said)s” stands twice in this file.")
NO_OWNER = gettext_noop("Nobody of the team has the e-mail “%(said)s”.")
TOO_LONG = gettext_noop("At most %(most)s characters are taken here.")
EMPTY = gettext_noop("Write this too.")

FIELDS: tuple[Field, ...] = (
    Field("partner", _("Partner"), is_required=True, aliases=("partner", "organisation", "organization", "aliado", "organizacion")),
    Field("begins_on", _("From"), "date", is_required=True, is_shared=True, aliases=("from", "begins on", "desde")),
    Field("ends_on", _("Until"), "date", is_required=True, is_shared=True, aliases=("until", "to", "ends on", "hasta")),
    Field("letter", _("Letter"), is_required=True, aliases=("letter", "text", "carta")),
    Field("wording", _("How they are named in public"), aliases=("wording", "public words", "texto publico")),
    Field(
        "language", _("Language"), "choice", is_shared=True, options=tuple(settings.LANGUAGES),
        aliases=("language", "lang", "idioma"),
    ),
    Field(
        "owner", _("Who sees to it"), is_shared=True, aliases=("owner", "who sees to it", "responsable"),
        hint=_("E-mail of an account of the team."),
    ),
)  # fmt: skip


def _bad(field: str, said: str, reason: str) -> Bad:
    return Bad(0, field, said, reason, {"said": said[:80]})


class ManyThanks(AddedOnly):
    """The noun "thanks" for imports."""

    name = "thanks"
    list_url_name = "recognition:list"
    kind = KIND
    title: Any = _("Thanks")
    fields: Sequence[Field] = FIELDS

    def builder(self) -> Callable[[Mapping[str, Any]], Document]:
        """See Noun."""
        accounts = {one.email for one in owners()}
        language = installation().default_language
        return lambda values: _built(values, accounts, language)

    def source_key(self, document: Document) -> str:
        """Partner and days."""
        said = (document.get("partner"), document.get("begins_on"), document.get("ends_on"))
        return fold(" ".join(str(one) for one in said))[:200]

    def find(self, documents: Sequence[Document]) -> Sequence[int | None | Bad]:
        """The same thanks, None for new ones; Bad where no partner is called so, or several, or they may not be said like that."""
        partners = organisations.named_many({str(one["partner"]) for one in documents})
        rows = Organisation.objects.in_bulk([key for keys in partners.values() for key in keys])
        known = {
            (body, begins.isoformat(), ends.isoformat()): key
            for body, begins, ends, key in Thanks.objects.filter(organisation__in=rows).values_list(
                "organisation_id", "begins_on", "ends_on", "pk"
            )
        }
        seen: set[Any] = set()
        found: list[int | None | Bad] = []
        for one in documents:
            said = str(one["partner"])
            keys = partners.get(said, [])
            if len(keys) != 1:
                found.append(_bad("partner", said, SEVERAL if keys else NOT_HERE))
                continue
            fault = next(iter(thanks_faults(_row(one, rows[keys[0]]), timezone.localdate())), None)
            key = (keys[0], str(one["begins_on"]), str(one["ends_on"]))
            if fault is not None:
                name = "partner" if fault[0] == "organisation" else fault[0]
                found.append(Bad(0, name, str(one.get(name) or ""), str(fault[1])))
            elif key in seen:
                found.append(_bad("partner", said, TWICE))
            else:
                found.append(known.get(key))
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
        """See Noun. Thanks found again are left as they are."""
        partners = organisations.named_many({str(one["partner"]) for one in creates})
        accounts = {one.email: one.pk for one in owners()}
        news = [
            New(
                organisation=partners[str(one["partner"])][0],
                begins_on=date.fromisoformat(str(one["begins_on"])),
                ends_on=date.fromisoformat(str(one["ends_on"])),
                letter=str(one["letter"]),
                wording=str(one["wording"]),
                language=str(one["language"]),
                owner=accounts.get(str(one["owner"]).casefold()),
            )
            for one in creates
        ]
        rows = write(news, by=by, at=timezone.now())
        changes = [Change(kind=KIND, key=row.pk, action=Change.Action.CREATED) for row in rows]
        add_changes(change_set=change_set, changes=changes)
        return [row.pk for row in rows]

    def titles(self, documents: Sequence[Document]) -> Sequence[str]:
        """The partners' names."""
        return [str(one.get("partner") or "") for one in documents]


def _row(document: Document, organisation: Organisation) -> Thanks:
    return Thanks(
        organisation=organisation,
        begins_on=date.fromisoformat(str(document["begins_on"])),
        ends_on=date.fromisoformat(str(document["ends_on"])),
        letter=str(document["letter"]),
        wording=str(document["wording"]),
        language=str(document["language"]),
    )


def _built(values: Mapping[str, Any], accounts: Collection[str], language: str) -> Document:
    """The document of mapped cells. Raises FieldRefused."""
    out: dict[str, Any] = {"language": values.get("language") or language}
    for name in ("partner", "letter", "wording", "owner"):
        text = str(values.get(name) or "").replace("\x00", "").strip()
        out[name] = text if name == "letter" else squeeze(text)
        if name in MOST and len(out[name]) > MOST[name]:
            raise FieldRefused(name, out[name][:80], TOO_LONG, most=MOST[name])
    for name in ("begins_on", "ends_on"):
        day = values.get(name)
        out[name] = day.isoformat() if isinstance(day, date) else day or ""
    for name in ("partner", "letter", "begins_on", "ends_on"):
        if not out[name]:
            raise FieldRefused(name, "", EMPTY)
    if out["owner"] and out["owner"].casefold() not in accounts:
        raise FieldRefused("owner", out["owner"], NO_OWNER, said=out["owner"])
    return out
