"""What this room plugs into the house."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext, ngettext_lazy

from barnraise.foundation.belongings import belongings
from barnraise.foundation.refs import Ref
from barnraise.plumbing.imports.sockets import nouns
from barnraise.plumbing.journal.sockets import Sentence, labels, sentences, undoers
from barnraise.plumbing.search.sockets import Document, Documents, documents
from barnraise.plumbing.ui import sockets as ui
from barnraise.who.communities.models import Community
from barnraise.who.communities.sockets import Use, uses
from barnraise.who.communities.sockets import panels as community_panels

from . import belonging, facing, policies, selectors
from . import sample as town
from .intake import Needs
from .intake_cycles import Assessments
from .intake_heard import Sessions
from .intake_shown import EvidenceRows, Scores
from .models import Cycle, Evidence, Need, Session
from .selectors import CYCLE, EVIDENCE, KIND, SCORE, SESSION
from .services import move_uses, release_uses, restore, restore_parts

FANNED = 50


def _need_documents(keys: Sequence[int]) -> Iterable[Document]:
    for row in Need.objects.filter(pk__in=list(keys)):
        yield Document(row.pk, row.title, f"{row.population}\n{row.causes}\n{row.about}", visibility="team")


def _cycle_documents(keys: Sequence[int]) -> Iterable[Document]:
    rows = Cycle.objects.filter(pk__in=list(keys))
    return (Document(row.pk, row.name, row.about, visibility="team") for row in rows)


def _session_documents(keys: Sequence[int]) -> Iterable[Document]:
    for row in Session.objects.filter(pk__in=list(keys)):
        said = [*row.themes, *(one["text"] for one in row.quotes if one["may_repeat"])]
        yield Document(row.pk, row.title, "\n".join(said), visibility="team")


def _used_words(count: int) -> str:
    return ngettext(
        "%(count)d need, assessment or session is about it",
        "%(count)d needs, assessments or sessions are about it",
        count,
    ) % {"count": count}


def _in_community(key: int) -> int:
    return selectors.in_communities([key])


def _community_panel(actor: Any, community: Community) -> dict[str, Any] | None:
    rows = selectors.needs_listed().filter(community=community, end="")
    found = list(rows.order_by("-updated_at", "-pk")[:6])
    return {"needs": found, "thing": community} if found else None


ui.navigation.plug(
    "needs", ui.NavigationItem(_("Needs"), "needs:list", "why", policies.may_see, "bulb"), order=10
)
ui.actions.plug(
    "needs.add",
    ui.Action(_("Note a need"), "needs:add", policies.may_edit, "bulb", _("gap lack problem evidence")),
)
ui.actions.plug(
    "needs.add_session",
    ui.Action(
        _("Note a listening session"),
        "needs:add_session",
        policies.may_edit,
        "ear",
        _("focus group interview"),
    ),
)
ui.cards.plug(
    "needs.due",
    ui.Card(
        _("Assessments due, sessions to write up"), policies.may_see, "needs/cards/due.html", facing.due_card
    ),
    order=34,
)
community_panels.plug(
    "needs", ui.Panel(_("Needs"), policies.may_see, "needs/panel.html", _community_panel), order=40
)
for _kind, _noun, _titles, _name, _icon in (
    (KIND, _("need"), selectors.titles, "needs:by_key", "bulb"),
    (CYCLE, _("assessment"), selectors.cycle_titles, "needs:cycle_by_key", "clipboard-text"),
    (SESSION, _("listening session"), selectors.session_titles, "needs:session_by_key", "ear"),
):

    def _address(key: int, name: str = _name) -> str:
        return reverse(name, args=[key])

    ui.kinds.plug(_kind, ui.Described(_noun, _titles, _address, policies.may_see, _icon))


def _needs_of_cycle(ref: Ref) -> ui.Fan:
    keys = list(Need.objects.filter(cycle_id=ref.id).order_by("pk").values_list("pk", flat=True))
    return ui.Fan([Ref("needs", "need", key) for key in keys[:FANNED]], len(keys))


ui.threads.plug(KIND, ui.Thread(upstream=selectors.upstream_of))
ui.threads.plug(CYCLE, ui.Thread(downstream=_needs_of_cycle))
for _kind in (f"{SESSION}@needs", "questionnaires.questionnaire@needs"):
    ui.starts.plug(
        _kind,
        ui.Start(_("Note a need"), lambda ref: f"{reverse('needs:add')}?cites={ref}", policies.may_edit),
    )
for _kind in (SESSION, "questionnaires.questionnaire@needs", "communities.figure@needs"):
    ui.threads.plug(_kind, ui.Thread(downstream=selectors.citing))
documents.plug(KIND, Documents(_("Needs"), _need_documents, policies.may_see))
documents.plug(CYCLE, Documents(_("Assessments"), _cycle_documents, policies.may_see))
documents.plug(SESSION, Documents(_("Listening sessions"), _session_documents, policies.may_see))
labels.plug(KIND, {name: Evidence._meta.get_field(name) for name in ("said", "source", "dated_on", "cites")})
undoers.plug(KIND, restore)
for _kind in (CYCLE, SESSION, EVIDENCE, SCORE):
    undoers.plug(_kind, restore_parts)
nouns.plug("needs", Needs())
nouns.plug("sessions", Sessions())
nouns.plug("assessments", Assessments())
nouns.plug("evidence", EvidenceRows())
nouns.plug("scores", Scores())
belongings.plug("needs", belonging.PEOPLE, order=94)
uses.plug("needs", Use(_in_community, _used_words, move_uses, release_uses))
ui.sample.plug("needs", ui.SamplePart(town.load, town.remove), order=60)

for _verb, _text in {
    "added": _("{who} noted the need {what}"),
    "changed": _("{who} changed the need {what}"),
    "ended": _("{who} noted how the need {what} ended"),
    "reopened": _("{who} opened the need {what} again"),
    "removed": _("{who} removed the need {name}"),
    "evidence_added": _("{who} added evidence to {what}: {said}"),
    "evidence_changed": _("{who} changed evidence of {what}: {said}"),
    "evidence_removed": _("{who} took evidence of {what} away: {said}"),
    "scored": _("{who} kept the score of {rater} for {what}"),
    "score_removed": _("{who} took the score of {rater} for {what} away"),
    "cycle_added": _("{who} began the assessment {what}"),
    "cycle_changed": _("{who} changed the assessment {what}"),
    "cycle_closed": _("{who} closed the assessment {what}"),
    "cycle_reopened": _("{who} has the assessment {what} go on"),
    "cycle_removed": _("{who} removed the assessment {name}"),
    "session_added": _("{who} noted the listening session {what}"),
    "session_changed": _("{who} changed the listening session {what}"),
    "session_removed": _("{who} removed the listening session {name}"),
    "community_moved": ngettext_lazy(
        "{who} moved {count} need, assessment or session to {what}",
        "{who} moved {count} needs, assessments or sessions to {what}",
        "count",
    ),
    "sample_added": ngettext_lazy(
        "{who} added {count} need of the sample town", "{who} added {count} needs of the sample town", "count"
    ),
    "sample_removed": ngettext_lazy(
        "{who} removed {count} need of the sample town",
        "{who} removed {count} needs of the sample town",
        "count",
    ),
}.items():
    sentences.plug(f"needs.{_verb}", Sentence(_text, icon="bulb"))
