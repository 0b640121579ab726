"""Questionnaires as imports see them: one row each. Their questions come by the table of questions, on the page of each.

    {"name": "Street survey", "title": "Your street", "language": "en", "opens_on": null, "closes_on": "2026-06-30", "is_public": true,
     "is_anonymous": false, "is_sensitive": false, "state": "closed"}

A questionnaire is told by its name; days, flags and the state of a row change the one that is there, *Closed* ends it and *Taken again* opens it.
Title and language are the words of a new one: those of one that is there are written on its page. A blank changes nothing.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import gettext_noop

from barnraise.foundation.text import fold
from barnraise.plumbing.imports.sockets import AddedOnly, Bad, Document, Field, Origin
from barnraise.plumbing.imports.sockets.cells import built, given, plain, refusal
from barnraise.plumbing.profile.selectors import installation

from .models import Questionnaire
from .selectors import KIND
from .services import check_questionnaire, write_questionnaires

SEVERAL = gettext_noop("Several questionnaires are called “%(said)s”. Change them on their pages.")
PROMISED = gettext_noop("People have answered already: what they were promised stays.")
NO_LANGUAGE = gettext_noop("Write a language of the house: %(known)s.")
YES_NO = (("yes", _("Yes")), ("no", _("No")))
STATES = (("closed", _("Closed")), ("open", _("Answers are taken")))
DAYS, FLAGS = ("opens_on", "closes_on"), ("is_public", "is_anonymous", "is_sensitive")


class Questionnaires(AddedOnly):
    """The noun "questionnaires" for imports."""

    name, kind, list_url_name = "questionnaires", KIND, "questionnaires:list"
    title: Any = _("Questionnaires")
    only_adds = False
    told_by = ("name", "title", "language")
    fills: Mapping[str, Any] = {
        "is_public": True,
        "is_anonymous": False,
        "is_sensitive": False,
        "state": "open",
    }
    fields: Sequence[Field] = (
        Field("name", _("Name"), is_required=True, aliases=("name", "questionnaire", "survey", "nombre", "cuestionario", "encuesta")),
        Field("title", _("Title"), hint=_("What those who answer read above it; the name where it is empty."), aliases=("title", "titulo")),
        Field("language", _("Language"), is_shared=True, aliases=("language", "idioma", "lengua")),
        Field("opens_on", _("From"), "date", is_shared=True, aliases=("from", "opens", "opens on", "desde", "abre")),
        Field("closes_on", _("Until"), "date", is_shared=True, aliases=("until", "closes", "closes on", "hasta", "cierra")),
        Field("is_public", _("Open to everybody"), "choice", is_shared=True, options=YES_NO, aliases=("public", "publico", "publica")),
        Field("is_anonymous", _("Anonymous"), "choice", is_shared=True, options=YES_NO, aliases=("anonymous", "anonimo", "anonima")),
        Field("is_sensitive", _("Sensitive"), "choice", is_shared=True, options=YES_NO, aliases=("sensitive", "sensible", "delicado")),
        Field("state", _("State"), "choice", options=STATES, aliases=("state", "status", "estado")),
    )  # fmt: skip

    def builder(self) -> Callable[[Mapping[str, Any]], Document]:
        """See Noun."""
        return lambda values: built(
            values,
            texts={"name": 120, "title": 200, "language": 10},
            days=DAYS,
            flags=FLAGS,
            choices=("state",),
        )

    def source_key(self, document: Document) -> str:
        """The name."""
        return fold(str(document["name"]))[:400]

    def find(self, documents: Sequence[Document]) -> Sequence[int | None | Bad]:
        """The questionnaire there is already, None, or why the row cannot be taken."""
        folded = {fold(str(one["name"]))[:120] for one in documents}
        there: dict[str, list[Questionnaire]] = {}
        for row in Questionnaire.objects.filter(name_folded__in=folded).order_by("pk"):
            there.setdefault(row.name_folded, []).append(row)
        found: list[int | None | Bad] = []
        for one in documents:
            rows = there.get(fold(str(one["name"]))[:120], [])
            first = rows[0] if rows else None
            several = Bad(0, "name", str(one["name"]), SEVERAL, {"said": str(one["name"])[:80]})
            bad = several if len(rows) > 1 else _refused(one, first)
            found.append(bad or (first.pk if first else None))
        return found

    def documents(self, keys: Sequence[int]) -> Mapping[int, Document]:
        """See Noun. What a file may change, and the name."""
        rows = Questionnaire.objects.filter(pk__in=keys)
        return {
            row.pk: {
                **{name: plain(getattr(row, name)) for name in ("name", *DAYS, *FLAGS)},
                "state": "closed" if row.ended_at else "open",
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
        """See Noun."""
        added = []
        for one in creates:
            language = str(one["language"] or installation().default_language)
            texts = {language: {"title": str(one["title"] or one["name"])}}
            added.append({**_values(one), "name": one["name"], "texts": texts})
        changed = [(key, _values(one)) for key, one in updates]
        return write_questionnaires(added=added, changed=changed, by=by, change_set=change_set)

    def titles(self, documents: Sequence[Document]) -> Sequence[str]:
        """The names."""
        return [str(one["name"]) for one in documents]


def _values(one: Document) -> dict[str, Any]:
    """What the row says of days, flags and state; `is_closed` stands for the last."""
    said = {name: one[name] for name in (*DAYS, *FLAGS) if name in one}
    out: dict[str, Any] = given(said, days=DAYS)
    return {**out, "is_closed": one["state"] == "closed"} if one.get("state") else out


def _refused(one: Document, there: Questionnaire | None) -> Bad | None:
    known = installation().languages
    if one["language"] and one["language"] not in known:
        return Bad(0, "language", str(one["language"]), NO_LANGUAGE, {"known": ", ".join(known)})
    now = timezone.now()
    row = there or Questionnaire(name=str(one["name"]), code="not-told-yet", created_at=now, updated_at=now)
    was_anonymous = row.is_anonymous
    for name, value in _values(one).items():
        if name != "is_closed":
            setattr(row, name, value)
    if there is not None and row.is_anonymous != was_anonymous and there.responses.exists():
        return Bad(0, "is_anonymous", str(one["is_anonymous"]), PROMISED)
    return refusal(one, lambda: check_questionnaire(row))
