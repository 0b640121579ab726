"""Questions to decide as imports see them: prepared elsewhere, decided before, or dropped, one row each.

    {"title": "The old school", "about": "…", "rules": "…", "need": "A place to meet", "method": "approval", "closes_on": "2026-05-01",
     "is_public": true, "is_moderated": true, "end": "decided", "outcome": "A kitchen", "decided_on": "2026-05-02"}

A question is told by its title. A new one is a draft: it is opened on its page, where people can read the rules. The rest of a row changes
the one that is there, and may settle or drop it. A blank changes nothing.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from datetime import date
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import gettext_noop

from barnraise.foundation.text import fold
from barnraise.plumbing.imports.sockets import AddedOnly, Bad, Document, Field, FieldRefused, Origin
from barnraise.plumbing.imports.sockets.cells import built, given, refusal
from barnraise.plumbing.journal.services import add_changes
from barnraise.why.needs.models import Need

from . import services
from .models import Decision
from .selectors import KIND

NO_NEED = gettext_noop("There is no need “%(said)s”, or there are several.")
SEVERAL = gettext_noop("Several questions are called “%(said)s”. Give them different names first.")
NO_OUTCOME = gettext_noop("Say what was decided, or why it was dropped.")
NO_END = gettext_noop("Say how it ended, too.")
NO_DAY = gettext_noop("Write the day on which it was decided.")
FUTURE = gettext_noop("Write a day that is not in the future.")
OVER = gettext_noop("It is settled or dropped already: its page says so to those who took part.")
VOTED = gettext_noop("People have voted already: how it is voted stays.")
YES_NO = (("yes", _("Yes")), ("no", _("No")))
OVER_STAGES = (Decision.Stage.DECIDED, Decision.Stage.DROPPED)


class Questions(AddedOnly):
    """The noun "decisions" for imports."""

    name = "decisions"
    list_url_name = "decisions:list"
    kind = KIND
    title: Any = _("Decisions")
    fields: Sequence[Field] = (
        Field("title", _("Question"), is_required=True, aliases=("question", "decision", "title", "pregunta", "decision")),
        Field("about", _("About"), aliases=("about", "description", "descripcion")),
        Field("rules", _("Rules"), aliases=("rules", "reglas")),
        Field("need", _("Need"), aliases=("need", "necesidad")),
        Field("method", _("How it is voted"), "choice", options=tuple(Decision.Method.choices), aliases=("method", "how it is voted", "metodo")),
        Field("closes_on", _("Closes on"), "date", aliases=("closes", "closes on", "deadline", "cierra")),
        Field("is_public", _("Open to everybody"), "choice", options=YES_NO, aliases=("public", "open to everybody", "publica")),
        Field("is_moderated", _("Read before it is shown"), "choice", options=YES_NO, aliases=("moderated", "moderada")),
        Field("end", _("How it ended"), "choice", options=tuple(Decision.Stage.choices), aliases=("how it ended", "stage", "ended", "como termino")),
        Field("outcome", _("What was decided, or why it was dropped"), aliases=("outcome", "what was decided", "result", "resultado")),
        Field("decided_on", _("Decided on"), "date", aliases=("decided on", "decided", "decidida el")),
    )  # fmt: skip
    only_adds = False
    told_by = ("title",)
    fills: Mapping[str, Any] = {
        "method": Decision.Method.APPROVAL.value,
        "is_public": True,
        "is_moderated": True,
    }

    def builder(self) -> Callable[[Mapping[str, Any]], Document]:
        """See Noun."""
        return _built

    def source_key(self, document: Document) -> str:
        """Its title."""
        return fold(str(document["title"]))[:200]

    def find(self, documents: Sequence[Document]) -> Sequence[int | None | Bad]:
        """The question of this title, None for a new one, or why it cannot be taken."""
        folded = {fold(str(one["title"]))[:200] for one in documents}
        there: dict[str, list[Decision]] = {}
        for row in Decision.objects.filter(title_folded__in=folded):
            there.setdefault(row.title_folded, []).append(row)
        return [_judged(one, there.get(fold(str(one["title"]))[:200], [])) for one in documents]

    def documents(self, keys: Sequence[int]) -> Mapping[int, Document]:
        """See Noun."""
        return {
            row.pk: {
                **{name: getattr(row, name) for name in ("title", "about", "rules", "method", "outcome")},
                **{name: getattr(row, name) for name in ("is_public", "is_moderated")},
                **{
                    name: value.isoformat() if (value := getattr(row, name)) else None
                    for name in ("closes_on", "decided_on")
                },
                "need": row.need.title if row.need else "",
                "end": row.stage if row.stage in OVER_STAGES else "",
            }
            for row in Decision.objects.select_related("need").filter(pk__in=keys)
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
        at, keys = timezone.now(), []
        for one in creates:
            values = _values(one)
            ends: dict[str, Any] = {
                name: values.pop(name) for name in ("stage", "outcome", "decided_on") if name in values
            }
            keys.append(services.add_decision(**values, by=by, change_set=change_set).pk)
            services.amend_decisions([(keys[-1], ends)], at=at, is_new=True)
        changed = [(key, _values(one)) for key, one in updates]
        add_changes(change_set=change_set, changes=services.amend_decisions(changed, at=at))
        return keys

    def titles(self, documents: Sequence[Document]) -> Sequence[str]:
        """The questions."""
        return [str(one["title"]) for one in documents]


def _built(values: Mapping[str, Any]) -> Document:
    """The document of mapped cells. Raises FieldRefused."""
    out = built(
        values,
        texts={"title": 200, "about": 4000, "rules": 2000, "need": 200, "outcome": 4000},
        days=("closes_on", "decided_on"),
        flags=("is_public", "is_moderated"),
        choices=("method", "end"),
    )
    if out["end"] not in OVER_STAGES:
        out["end"] = (
            ""  # how it stands, as our own list says it: proposals and the vote are opened on its page
        )
    if bool(out["end"]) != bool(out["outcome"]):
        raise FieldRefused("outcome" if out["end"] else "end", "", NO_OUTCOME if out["end"] else NO_END)
    if out["end"] == Decision.Stage.DECIDED and not out["decided_on"]:
        raise FieldRefused("decided_on", "", NO_DAY)
    if out["decided_on"] and date.fromisoformat(out["decided_on"]) > timezone.localdate():
        raise FieldRefused("decided_on", out["decided_on"], FUTURE)
    return out


def _need(said: str) -> Need | None:
    rows = list(Need.objects.filter(title_folded=fold(said)[:200])[:2])
    return rows[0] if len(rows) == 1 else None


def _values(one: Document) -> dict[str, Any]:
    """Fields that a row gives a value."""
    out = given(one, days=("closes_on", "decided_on"))
    if "need" in out:
        out["need"] = _need(str(out["need"]))
    if "end" in out:
        out["stage"] = out.pop("end")
    return out


def _judged(one: Document, rows: Sequence[Decision]) -> int | None | Bad:
    said = str(one["title"])
    if len(rows) > 1:
        return Bad(0, "title", said, SEVERAL, {"said": said[:80]})
    if one["need"] and _need(str(one["need"])) is None:
        return Bad(0, "need", str(one["need"]), NO_NEED, {"said": str(one["need"])[:80]})
    values = {
        name: value for name, value in _values(one).items() if name not in ("stage", "outcome", "decided_on")
    }
    there = rows[0] if rows else None
    if there is not None:
        if (
            there.stage in OVER_STAGES
            and one["end"]
            and (one["end"], one["outcome"]) != (there.stage, there.outcome)
        ):
            return Bad(0, "end", str(one["end"]), OVER)
        if one["method"] not in ("", there.method) and there.voices.exists():
            return Bad(0, "method", str(one["method"]), VOTED)
    bad = refusal(one, lambda: services.check_decision(there, **values))
    return bad or (there.pk if there is not None else None)
