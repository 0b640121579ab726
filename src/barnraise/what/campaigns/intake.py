"""Campaigns as imports see them: a plan of mailings kept as a spreadsheet, one draft a row.

    {"name": "May", "kind": "newsletter", "subject": "What grew", "preview": "", "language": "en", "audience": "Residents",
     "purpose": "Newsletter", "project": "Breakfasts", "reply_to": "", "send_on": "2026-05-04", "text": "Dear neighbours …", "state": "cancelled"}

A campaign is told by its name; the rest of a row changes the draft that is there, or cancels it. The text is one block. A blank changes nothing.
Nothing goes out by a file: what it brings are drafts, and what waits for approval, was approved or sent is left to its page.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import date, datetime, time
from typing import Any

from django.conf import settings
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import gettext_noop

from barnraise.foundation.refs import Ref
from barnraise.foundation.text import AsWritten, fold
from barnraise.plumbing.imports.sockets import AddedOnly, Bad, Document, Field, FieldRefused, Origin
from barnraise.plumbing.imports.sockets.cells import TOO_LONG, built, given, refusal
from barnraise.plumbing.journal.services import add_changes
from barnraise.plumbing.profile.selectors import installation
from barnraise.what.projects import selectors as projects
from barnraise.who.audiences import selectors as audiences
from barnraise.who.audiences.models import Audience
from barnraise.who.consent.models import Purpose

from .models import Campaign
from .selectors import KIND
from .services import amend_campaigns, bring_campaign, checked
from .services.blocks import LONGEST

PROJECT = "projects.project"
TEXT = "text"
GOES_OUT = time(9)
"""At this hour of its day a campaign goes out that is planned by a file."""
NO_AUDIENCE = gettext_noop("There is no audience “%(said)s” here. Make it first.")
NO_PURPOSE = gettext_noop("There is no purpose “%(said)s” here. Add it under Consent first.")
NO_PROJECT = gettext_noop("There is no project “%(said)s” here. Add it first.")
SEVERAL = gettext_noop("Several campaigns are called “%(said)s”. Give them names of their own first.")
ON_ITS_PAGE = gettext_noop("A file makes drafts and cancels them. Approval and sending are for its page.")
NO_DRAFT = gettext_noop("It is no draft any more (%(state)s). Take it back into draft on its page, or make a copy there.")  # fmt: skip
IN_BLOCKS = gettext_noop("It is written in several blocks. Change what it says on its page.")

FIELDS: tuple[Field, ...] = (
    Field("name", _("Name"), is_required=True, aliases=("name", "campaign", "nombre", "campana")),
    Field("kind", _("Kind"), "choice", options=tuple(Campaign.Kind.choices), is_shared=True, aliases=("kind", "type", "tipo")),
    Field("subject", _("Subject"), aliases=("subject", "asunto")),
    Field("preview", _("Preview line"), aliases=("preview", "preview line", "vista previa")),
    Field(
        "language", _("Language"), "choice", is_shared=True, aliases=("language", "idioma"),
        options=tuple((code, AsWritten(name)) for code, name in settings.LANGUAGES),
    ),
    Field("audience", _("Audience"), is_shared=True, aliases=("audience", "to", "audiencia")),
    Field("purpose", _("Purpose"), is_shared=True, aliases=("purpose", "proposito")),
    Field("project", _("Project"), is_shared=True, aliases=("project", "serves", "proyecto")),
    Field("reply_to", _("Answers go to"), is_shared=True, aliases=("answers go to", "reply to", "respuestas")),
    Field(
        "send_on", _("Goes out"), "date", aliases=("goes out", "planned", "day", "date", "send on", "fecha", "sale"),
        hint=_("The day that is planned. It goes out only once somebody has approved it."),
    ),
    Field(TEXT, _("Text"), aliases=("text", "body", "texto")),
    Field("state", _("State"), "choice", options=tuple(Campaign.State.choices), aliases=("state", "estado")),
)  # fmt: skip


class Campaigns(AddedOnly):
    """The noun "campaigns" for imports."""

    name = "campaigns"
    kind = KIND
    title: Any = _("Campaigns")
    fields: Sequence[Field] = FIELDS
    only_adds = False
    told_by = ("name",)

    @property
    def fills(self) -> Mapping[str, Any]:  # type: ignore[override]  # the language is the installation's, as it is now
        """See AddedOnly."""
        return {"kind": "newsletter", "language": installation().default_language, "state": "draft"}

    def builder(self) -> Callable[[Mapping[str, Any]], Document]:
        """See Noun."""
        return _built

    def source_key(self, document: Document) -> str:
        """What the team calls it."""
        return fold(str(document["name"]))[:120]

    def find(self, documents: Sequence[Document]) -> Sequence[int | None | Bad]:
        """The campaign of that name, None for a new one; Bad with what is wrong with it."""
        names = {self.source_key(one) for one in documents}
        there: dict[str, list[Campaign]] = {}
        for row in Campaign.objects.select_related("audience", "purpose").filter(name_folded__in=names):
            there.setdefault(row.name_folded, []).append(row)
        meant = _Meant(documents)
        return [_judged(one, there.get(self.source_key(one), ()), meant) for one in documents]

    def documents(self, keys: Sequence[int]) -> Mapping[int, Document]:
        """See Noun."""
        rows = Campaign.objects.select_related("audience", "purpose").filter(pk__in=keys)
        served = _served(rows)
        return {row.pk: _document(row, served) for row in rows}

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
        meant = _Meant([*creates, *(one for _key, one in updates)])
        keys = []
        for one in creates:
            row = bring_campaign(name=str(one["name"]), **meant.values(one), by=by, change_set=change_set)
            keys.append(row.pk)
        changed = [(key, meant.values(one)) for key, one in updates]
        add_changes(change_set=change_set, changes=amend_campaigns(changed, by=by, at=timezone.now()))
        return keys

    def titles(self, documents: Sequence[Document]) -> Sequence[str]:
        """What the team calls them."""
        return [str(one["name"]) for one in documents]


def _built(values: Mapping[str, Any]) -> Document:
    """The document of mapped cells; the text keeps its lines. Raises FieldRefused."""
    texts = {
        "name": 120,
        "subject": 200,
        "preview": 200,
        "audience": 120,
        "purpose": 120,
        "project": 200,
        "reply_to": 254,
    }
    out = built(values, texts=texts, days=("send_on",), choices=("kind", "language", "state"))  # fmt: skip
    out[TEXT] = str(values.get(TEXT) or "").replace("\x00", "").replace("\r\n", "\n").strip()
    if len(out[TEXT]) > LONGEST:
        raise FieldRefused(TEXT, out[TEXT][:80], TOO_LONG, most=LONGEST)
    return out


class _Meant:
    """What rows name, looked up at once."""

    def __init__(self, documents: Sequence[Document]) -> None:
        self.audiences: dict[str, Audience] = {
            row.name_folded: row
            for row in audiences.listed().filter(name_folded__in=_said(documents, "audience"))
        }
        self.purposes = {
            row.name_folded: row
            for row in Purpose.objects.filter(name_folded__in=_said(documents, "purpose"))
        }
        self.projects = {said: projects.project_named(said) for said in _said(documents, "project")}

    def missing(self, one: Document) -> Bad | None:
        """What the row names and is not here."""
        for field, known, reason in (
            ("audience", self.audiences, NO_AUDIENCE),
            ("purpose", self.purposes, NO_PURPOSE),
            ("project", self.projects, NO_PROJECT),
        ):
            said = str(one.get(field) or "")
            if said and known.get(fold(said)) is None:
                return Bad(0, field, said, reason, {"said": said[:80]})
        return None

    def values(self, one: Document) -> dict[str, Any]:
        """Fields of a campaign that a row gives; `text` and `is_cancelled` among them."""
        out = {name: value for name, value in given(one).items() if name not in {"name", "state"}}
        if "audience" in out:
            out["audience"] = self.audiences[fold(str(out["audience"]))]
        if "purpose" in out:
            out["purpose"] = self.purposes[fold(str(out["purpose"]))]
        if "project" in out and (project := self.projects[fold(str(out.pop("project")))]):
            out["cites"] = str(Ref.to(project))
        if "send_on" in out:
            day = date.fromisoformat(str(out.pop("send_on")))
            out["send_at"] = timezone.make_aware(datetime.combine(day, GOES_OUT))
        if one.get("state") == "cancelled":
            out["is_cancelled"] = True
        return out


def _said(documents: Sequence[Document], field: str) -> set[str]:
    return {fold(str(one.get(field) or "")) for one in documents} - {""}


def _served(rows: Iterable[Campaign]) -> Mapping[int, str]:
    refs = [Ref.parse(row.cites) for row in rows if row.cites]
    return projects.project_titles([ref.id for ref in refs if ref.kind == PROJECT])


def _document(row: Campaign, served: Mapping[int, str]) -> Document:
    """A campaign as a file says it; what it serves only where that is a project, its text only where that is one block."""
    ref = Ref.parse(row.cites) if row.cites else None
    return {
        **{name: getattr(row, name) for name in ("name", "kind", "subject", "preview", "language", "reply_to")},
        "audience": row.audience.name if row.audience else "",
        "purpose": row.purpose.name if row.purpose else "",
        "project": served.get(ref.id, "") if ref is not None and ref.kind == PROJECT else "",
        "send_on": timezone.localdate(row.send_at).isoformat() if row.send_at else None,
        TEXT: row.blocks[0].get("text", "") if _is_simple(row) and row.blocks else "",
        "state": row.state,
    }  # fmt: skip


def _is_simple(row: Campaign) -> bool:
    """It says nothing, or one text in one language."""
    return not row.blocks or (len(row.blocks) == 1 and set(row.blocks[0]) == {"kind", "text"} and row.blocks[0]["kind"] == TEXT)  # fmt: skip


def _judged(one: Document, there: Sequence[Campaign], meant: _Meant) -> int | None | Bad:
    if len(there) > 1:
        return Bad(0, "name", str(one["name"]), SEVERAL, {"said": str(one["name"])[:80]})
    if (missing := meant.missing(one)) is not None:
        return missing
    row = there[0] if there else None
    stands = row.state if row is not None else ""
    if one["state"] not in ("", "draft", "cancelled", stands):
        return Bad(0, "state", str(one["state"]), ON_ITS_PAGE)
    if row is not None:
        has = _document(row, _served([row]))
        differ = [
            name for name, value in one.items() if name != "name" and value not in (None, "", has[name])
        ]
        if not differ:
            return row.pk
        is_only_cancelled = differ == ["state"] and one["state"] == "cancelled"
        open_for_it = {Campaign.State.DRAFT} | ({Campaign.State.REVIEW} if is_only_cancelled else set())
        if row.state not in open_for_it:
            state = str(row.get_state_display())
            return Bad(0, differ[0], str(one[differ[0]])[:80], NO_DRAFT, {"state": state})
        if TEXT in differ and not _is_simple(row):
            return Bad(0, TEXT, str(one[TEXT])[:80], IN_BLOCKS)
    bad = refusal(one, lambda: checked(_as_it_would_be(one, row, meant)), {"cites": "project"})
    return bad or (row.pk if row is not None else None)


def _as_it_would_be(one: Document, there: Campaign | None, meant: _Meant) -> Campaign:
    """Of a campaign that is there with what it says where the row is blank."""
    plain = {name: value for name, value in meant.values(one).items() if name not in {TEXT, "is_cancelled"}}
    if there is not None:
        for name in (
            "kind",
            "subject",
            "preview",
            "language",
            "audience",
            "purpose",
            "reply_to",
            "cites",
            "occasion",
        ):
            plain.setdefault(name, getattr(there, name))  # fmt: skip
    return Campaign(name=str(one["name"]), **{"language": installation().default_language, **plain})
