"""Experiments from files: cards, and the verdicts on them.

{"title": "Text the day before", "hypothesis": "...", "measure": "...", "stop_rule": "...", "starts_on": "2026-01-10", "judge_on": "2026-03-10",
 "about": "", "owner": "bob@example.org", "verdict": "fails", "verdict_on": "2026-03-11", "note": "Nobody noticed"}
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import gettext_noop

from barnraise.plumbing.imports.sockets import Bad, Document, Field

from . import facing, selectors
from .faults import DONE, day_of, experiment_faults, verdict_faults
from .intake import ID, OWNER, Beside, Team, Told, bad, first, plain
from .models import Experiment
from .services.writing import fill

JUDGED = gettext_noop("It has been judged. Take the verdict back first.")
NO_DAY = gettext_noop("Write a day.")
NO_VERDICT = gettext_noop("Choose what came of it.")
TEXTS = ("title", "hypothesis", "measure", "stop_rule")
DAYS = ("starts_on", "judge_on")


class Experiments(Told):
    """The noun "experiments" for imports."""

    name = "experiments"
    list_url_name = "adaptation:experiments"
    kind = selectors.EXPERIMENT
    title: Any = _("Experiments")
    model = Experiment
    says = "title"
    abouts = DONE
    days = (*DAYS, "verdict_on")
    own = (*TEXTS, *DAYS)
    choice = "verdict"
    open_as = ("planned", "running", "to_judge")
    most: Mapping[str, int] = {
        "title": 200,
        "hypothesis": 2000,
        "measure": 2000,
        "stop_rule": 2000,
        "note": 2000,
    }
    fields: Sequence[Field] = (
        ID,
        Field("title", _("What is tried"), is_required=True, aliases=("title", "experiment", "what is tried", "experimento")),
        Field("hypothesis", _("Hypothesis"), aliases=("hypothesis", "hipotesis")),
        Field("measure", _("How it is measured"), aliases=("measure", "how it is measured", "medida")),
        Field("stop_rule", _("When it is stopped early"), aliases=("stop rule", "when it is stopped early", "regla de parada")),
        Field("starts_on", _("From"), "date", aliases=("from", "starts on", "start", "desde")),
        Field("judge_on", _("Judged on"), "date", aliases=("judged on", "judge on", "until", "se juzga el")),
        Field("about", _("Tried in"), aliases=("about", "reference", "tried in", "project", "event", "proyecto", "referencia")),
        OWNER,
        Field(
            "verdict", _("Verdict"), "choice", options=facing.EXPERIMENT_STATES, aliases=("verdict", "state", "veredicto", "estado"),
            hint=_("Planned, running and to be judged say that there is none yet."),
        ),
        Field("verdict_on", _("Verdict of"), "date", aliases=("verdict of", "verdict on", "veredicto del")),
        Field("note", _("What came of it"), aliases=("note", "what came of it", "nota")),
    )  # fmt: skip

    def said(self, row: Experiment) -> dict[str, Any]:
        """See Told."""
        return {
            "title": row.title,
            **{name: plain(getattr(row, name)) for name in TEXTS[1:]},
            **{name: getattr(row, name).isoformat() for name in DAYS},
            "owner": row.owner.email if row.owner else "",
            "verdict": row.verdict,
            "verdict_on": row.verdict_on.isoformat() if row.verdict_on else None,
            "note": plain(row.verdict_note),
        }

    def rows(self) -> Any:
        """See Told."""
        return selectors.experiments()

    def refused(self, document: Document, row: Experiment | None, about: str) -> Bad | None:
        """See Told."""
        if row is not None and (no := self.settled_fault(document, row)):
            return no
        lacks = next((name for name in DAYS if row is None and not document[name]), "")
        if lacks:
            return bad(lacks, "", NO_DAY)
        there = row or Experiment(about=about)
        fill(there, self.values(document, {}))
        faults = experiment_faults(there)
        today = timezone.localdate()
        if verdict := str(document["verdict"]):
            on, note = day_of(document["verdict_on"]) or today, str(document["note"])
            faults += verdict_faults(there, verdict, on, note, today)
        elif document["note"] or document["verdict_on"]:
            return None if there.verdict else bad("verdict", "", NO_VERDICT)
        return first(document, faults)

    def settled_fault(self, document: Document, row: Experiment) -> Bad | None:
        """See Told."""
        return self.differs(document, row, JUDGED) if row.verdict else None

    def settle(
        self, row: Experiment, document: Document, *, by: Any, at: datetime, change_set: Any, team: Team
    ) -> Beside:
        """See Told."""
        verdict = str(document["verdict"])
        if verdict and not row.verdict:
            row.verdict, row.verdict_note = verdict, str(document["note"])
            row.verdict_on = day_of(document["verdict_on"]) or timezone.localdate(at)
        return {}

    def values(self, document: Document, team: Team) -> dict[str, Any]:
        """See Told. The verdict is set by `settle`."""
        out = super().values(document, team)
        if document.get("owner"):
            owner = team.get(str(document["owner"]))
            out["owner_id"] = owner.pk if owner is not None else None
        return out
