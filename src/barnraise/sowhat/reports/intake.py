"""Reports as imports see them: a list of those that are owed, one row each.

    {"name": "Report 2026", "audience": "funder", "organisation": "", "begins_on": "2026-01-01", "ends_on": "2026-12-31", "intro": "",
     "language": "en", "state": "issued", "why": ""}

A report is told by its title; the rest of a row changes the draft that is there, issues it, or withdraws one that is issued with the
reason. A blank changes nothing. A new one is a draft with all sections that may stand in it.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import gettext_noop

from barnraise.foundation.text import fold
from barnraise.plumbing.imports.sockets import AddedOnly, Bad, Document, Field, Origin
from barnraise.plumbing.imports.sockets.cells import built, first_change, given, refusal
from barnraise.plumbing.journal.models import Change
from barnraise.plumbing.journal.services import add_changes
from barnraise.plumbing.ui.faults import refuse
from barnraise.who.organisations import selectors as organisations

from .faults import MOST, report_faults
from .models import Report
from .selectors import KIND, read
from .services import New, amend_reports, drafted, write

TWICE = gettext_noop("“%(said)s” stands twice in this file.")
NOT_HERE = gettext_noop("There is no organisation “%(said)s” here. Take it in first.")
SEVERAL = gettext_noop("Several organisations are called “%(said)s”. Give one of its numbers.")
LACKING = gettext_noop("A new one needs this.")
IS_ISSUED = gettext_noop("It is issued: it can be withdrawn, with a reason, and no longer changes.")
NOT_ISSUED = gettext_noop("Only an issued report is withdrawn.")
IS_WITHDRAWN = gettext_noop("It is withdrawn. Write a new one.")
WITHOUT_REASON = gettext_noop("Say why it is withdrawn.")
WITH_REASON = gettext_noop("A reason stands here: write that it is withdrawn, or leave the reason empty.")
SAYS_NOTHING = gettext_noop("It says nothing: no section has a row in this period.")

STATES = (("draft", _("Draft")), ("issued", _("Issued")), ("withdrawn", _("Withdrawn")))

FIELDS: tuple[Field, ...] = (
    Field("name", _("Title"), is_required=True, aliases=("title", "name", "report", "titulo", "informe")),
    Field(
        "audience", _("For"), "choice", is_required=True, is_shared=True, may_be_blank=True,
        options=Report.Audience.choices, aliases=("for", "audience", "para"),
    ),
    Field("organisation", _("Which partner"), aliases=("partner", "organisation", "organization", "organizacion")),
    Field("begins_on", _("From"), "date", is_required=True, is_shared=True, may_be_blank=True, aliases=("from", "begins on", "desde")),
    Field("ends_on", _("Until"), "date", is_required=True, is_shared=True, may_be_blank=True, aliases=("until", "ends on", "hasta")),
    Field("intro", _("Foreword"), aliases=("foreword", "intro", "prologo")),
    Field("language", _("Language"), is_shared=True, aliases=("language", "idioma")),
    Field("state", _("State"), "choice", options=STATES, aliases=("state", "estado")),
    Field("why", _("Why it was withdrawn"), aliases=("why it was withdrawn", "why", "reason", "motivo")),
)  # fmt: skip
_TEXTS = {"name": MOST["name"], "organisation": 300, "language": 10, "why": MOST["reason"]}
_LINES = {"intro": MOST["intro"]}
_DAYS = ("begins_on", "ends_on")


class Reports(AddedOnly):
    """The noun "reports" for imports."""

    name = "reports"
    kind = KIND
    title: Any = _("Reports")
    fields: Sequence[Field] = FIELDS
    only_adds = False
    told_by = ("name",)
    fills: Mapping[str, Any] = {"state": "draft"}

    def builder(self) -> Callable[[Mapping[str, Any]], Document]:
        """See Noun."""
        return _built

    def source_key(self, document: Document) -> str:
        """Its title."""
        return fold(str(document.get("name") or ""))[:200]

    def find(self, documents: Sequence[Document]) -> Sequence[int | None | Bad]:
        """The report of this title, None for a new one, Bad for what may not be said like that."""
        names = {fold(str(one["name"]))[:200] for one in documents}
        rows = Report.objects.select_related("organisation").defer("content").filter(name_folded__in=names)
        known = {row.name_folded: row for row in rows}
        bodies = _bodies(documents)
        seen: set[str] = set()
        found: list[int | None | Bad] = []
        for one in documents:
            key = fold(str(one["name"]))[:200]
            if key in seen:
                found.append(Bad(0, "name", str(one["name"]), TWICE, {"said": str(one["name"])[:80]}))
                continue
            seen.add(key)
            row = known.get(key)
            found.append(_fault(one, bodies, row) or (row.pk if row is not None else None))
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
        """See Noun. What is issued or withdrawn is told in the journal."""
        at = timezone.now()
        bodies = _bodies([*creates, *(one for _key, one in updates)])
        there = (
            Report.objects.select_related("organisation")
            .defer("content")
            .in_bulk([key for key, _one in updates])
        )
        rows = write(
            [New(**_values(one, bodies, None)) for one in creates], at=at, by=by, change_set=change_set
        )
        changes = [Change(kind=KIND, key=row.pk, action=Change.Action.CREATED) for row in rows]
        changed = [(key, _values(one, bodies, there.get(key))) for key, one in updates]
        changes += amend_reports(changed, by=by, at=at, change_set=change_set)
        add_changes(change_set=change_set, changes=changes)
        return [row.pk for row in rows]

    def documents(self, keys: Sequence[int]) -> Mapping[int, Document]:
        """See Noun."""
        rows = Report.objects.select_related("organisation").defer("content").filter(pk__in=keys)
        return {row.pk: _document(row) for row in rows}

    def titles(self, documents: Sequence[Document]) -> Sequence[str]:
        """Their titles."""
        return [str(one.get("name") or "") for one in documents]


def _built(values: Mapping[str, Any]) -> Document:
    return built(values, texts=_TEXTS, lines=_LINES, days=_DAYS, choices=("audience", "state"))


def _bodies(documents: Sequence[Document]) -> Mapping[str, Sequence[int]]:
    said = {str(one["organisation"]) for one in documents if one.get("organisation")}
    return organisations.named_many(said)


def _meant(said: str, bodies: Mapping[str, Sequence[int]], there: Report | None) -> Sequence[int]:
    """Which organisations a row may mean. The one that its report is for already is that one, whoever else is called so."""
    own = there.organisation if there is not None else None
    return [own.pk] if own is not None and fold(said) == fold(own.name) else bodies.get(said, [])


def _document(row: Report) -> Document:
    """What of a report a file may change."""
    state = "draft" if row.issued_on is None else "issued" if row.withdrawn_on is None else "withdrawn"
    return {
        "audience": row.audience,
        "organisation": row.organisation.name if row.organisation else "",
        "begins_on": row.begins_on.isoformat(),
        "ends_on": row.ends_on.isoformat(),
        "intro": row.intro,
        "language": row.language,
        "state": state,
        "why": row.withdrawn_reason,
    }


def _values(one: Document, bodies: Mapping[str, Sequence[int]], there: Report | None) -> dict[str, Any]:
    """Fields of a report by what a row says; blanks say nothing."""
    out = given(one, days=_DAYS)
    if "organisation" in out:
        out["organisation_id"] = _meant(str(out.pop("organisation")), bodies, there)[0]
    if "why" in out:
        out["withdrawn_reason"] = out.pop("why")
    return out


def _fault(one: Document, bodies: Mapping[str, Sequence[int]], there: Report | None) -> Bad | None:
    """Why it may not be said, issued or withdrawn so, of a report that is there with what it says where the row is blank."""
    said = str(one["organisation"])
    keys = _meant(said, bodies, there)
    if said and len(keys) != 1:
        return Bad(0, "organisation", said, SEVERAL if keys else NOT_HERE, {"said": said[:80]})
    lacking = next((name for name in ("audience", *_DAYS) if not one[name]), None)
    if there is None and lacking:
        return Bad(0, lacking, "", LACKING)
    document = _document(there) if there is not None else {}
    if bad := _state_fault(one, document):
        return bad
    if document.get("state", "draft") != "draft":
        return None
    row = drafted(there, _values(one, bodies, there))
    bad = refusal(one, lambda: refuse(report_faults(row, others=())))
    if bad is None and one["state"] == "issued" and not read(row):
        return Bad(0, "state", "issued", SAYS_NOTHING)
    return bad


def _state_fault(one: Document, document: Document) -> Bad | None:
    """Why it may not become a draft, issued or withdrawn, or change."""
    before = str(document.get("state") or "draft")
    state = str(one["state"]) or before
    if before == "draft":
        if state == "withdrawn":
            return Bad(0, "state", state, NOT_ISSUED)
        return Bad(0, "state", state, WITH_REASON) if one["why"] else None
    own = document if before == state else {**document, "state": state, "why": one["why"]}
    if field := first_change(one, own):
        reason = IS_WITHDRAWN if before == "withdrawn" else WITH_REASON if field == "why" else IS_ISSUED
        return Bad(0, field, str(one[field]), reason)
    if before == state:
        return None
    if before == "withdrawn" or state == "draft":
        return Bad(0, "state", state, IS_WITHDRAWN if before == "withdrawn" else IS_ISSUED)
    return None if one["why"] else Bad(0, "why", "", WITHOUT_REASON)
