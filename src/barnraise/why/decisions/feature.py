"""What this room plugs into the house."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext_lazy

from barnraise.foundation.belongings import belongings
from barnraise.foundation.refs import Ref
from barnraise.plumbing.imports.sockets import nouns
from barnraise.plumbing.journal.sockets import Sentence, sentences, undoers
from barnraise.plumbing.links.sockets import Purpose, purposes
from barnraise.plumbing.search.sockets import Document, Documents, documents
from barnraise.plumbing.ui import sockets as ui
from barnraise.who.people.sockets import panels as person_panels

from . import belonging, facing, policies, public, selectors
from . import sample as town
from .intake import Proposals
from .intake_comments import Comments
from .intake_questions import Questions
from .models import Decision
from .paper import Ballots
from .selectors import KIND, PROPOSAL
from .services import hand_back, restore, restore_decisions, take_ballots_back
from .services.following import MERGED


def _documents(keys: Sequence[int]) -> Iterable[Document]:
    said = selectors.proposed_titles(keys)
    for row in Decision.objects.filter(pk__in=list(keys)):
        text = "\n".join([row.outcome, row.about, row.became, *said.get(row.pk, ())]).strip()
        yield Document(row.pk, row.title, text, visibility="team")


def _decisions_of_need(ref: Ref) -> list[Ref]:
    keys = Decision.objects.filter(need_id=ref.id).order_by("pk").values_list("pk", flat=True)
    return [Ref("decisions", "decision", key) for key in keys]


def _decisions_carried(ref: Ref) -> list[Ref]:
    keys = Decision.objects.filter(carried_by=str(ref)).order_by("pk").values_list("pk", flat=True)
    return [Ref("decisions", "decision", key) for key in keys]


ui.navigation.plug(
    "decisions",
    ui.NavigationItem(_("Decisions"), "decisions:list", "why", policies.may_see, "gavel"),
    order=20,
)
ui.actions.plug(
    "decisions.add",
    ui.Action(
        _("Prepare a question"),
        "decisions:add",
        policies.may_edit,
        "gavel",
        _("decision vote propose participate"),
    ),
)
ui.cards.plug(
    "decisions",
    ui.Card(
        _("Decisions that wait"),
        policies.may_edit,
        "decisions/cards/waiting.html",
        facing.card,
        facing.card_lines,
    ),
    order=36,
)
ui.kinds.plug(
    KIND,
    ui.Described(
        _("decision"),
        selectors.titles,
        lambda key: reverse("decisions:by_key", args=[key]),
        policies.may_see,
        "gavel",
    ),
)
ui.kinds.plug(
    PROPOSAL,
    ui.Described(
        _("proposal"),
        selectors.proposal_titles,
        lambda key: reverse("decisions:proposal_by_key", args=[key]),
        policies.may_see,
        "bulb",
    ),
)
ui.threads.plug(PROPOSAL, ui.Thread(upstream=selectors.behind_proposal))
ui.threads.plug("people.person@decisions", ui.Thread(downstream=selectors.proposals_of_person))
person_panels.plug(
    "decisions",
    ui.Panel(
        _("Proposals"),
        policies.may_see,
        "decisions/panel.html",
        facing.person_panel,
        is_later=True,
        applies=facing.has_panel,
    ),
    order=27,
)
ui.threads.plug(KIND, ui.Thread(upstream=selectors.upstream_of, downstream=selectors.carried_by))
ui.starts.plug(
    "needs.need@decisions",
    ui.Start(
        _("Ask residents to decide"),
        lambda ref: f"{reverse('decisions:add')}?need={ref.id}",
        policies.may_edit,
    ),
)
ui.threads.plug("needs.need@decisions", ui.Thread(downstream=_decisions_of_need))
for _kind in selectors.CARRIERS:
    ui.threads.plug(f"{_kind}@decisions", ui.Thread(upstream=_decisions_carried))
ui.loose_ends.plug(
    "decisions.not_carried",
    ui.LooseEnd(
        _("Decisions that nothing carries out"),
        _("Open the decision and say which goal or project carries it out."),
        policies.may_see,
        selectors.not_carried,
    ),
    order=15,
)
documents.plug(KIND, Documents(_("Decisions"), _documents, policies.may_see))
undoers.plug(KIND, restore_decisions)
undoers.plug(PROPOSAL, restore)
undoers.plug(selectors.COMMENT, restore)
undoers.plug(MERGED, hand_back)
undoers.plug(selectors.VOICE, take_ballots_back)
belongings.plug("decisions", belonging.RESPONDENTS, order=96)
nouns.plug("decisions", Questions())
nouns.plug("proposals", Proposals())
nouns.plug("proposal_comments", Comments())
nouns.plug("ballots", Ballots())
ui.sample.plug("decisions", ui.SamplePart(town.load, town.remove), order=62)
purposes.plug(
    "decisions.voice",
    Purpose(
        title=_("A decision"),
        text=_("Take part in it."),
        button=_("Send the vote"),
        done=_("It is kept. Thank you. The link works until the vote closes, should you think again."),
        act=public.keep,
        template="decisions/link_fields.html",
        select=public.offers,
        is_once=False,
    ),
)

for _verb, _text in {
    "added": _("{who} prepared the question {what}"),
    "changed": _("{who} changed the question {what}"),
    "proposals_opened": _("{who} opened {what} for proposals"),
    "vote_opened": _("{who} opened the vote on {what}"),
    "settled": _("{who} noted what was decided on {what}"),
    "carried": _("{who} noted who carries out {what}"),
    "followed_up": _("{who} told what became of {what}"),
    "dropped": _("{who} dropped the question {what}"),
    "removed": _("{who} removed the question {name}"),
    "proposed": _("Somebody made a proposal to {what}"),
    "proposal_noted": _("{who} noted a proposal to {what}"),
    "proposer_named": _("{who} noted who proposed “{said}” to {what}"),
    "proposer_unnamed": _("{who} took away who proposed “{said}” to {what}"),
    "commented": _("Somebody said something about {what}"),
    "comment_noted": _("{who} commented on “{proposal}” in {what}: {said}"),
    "comment_changed": _("{who} changed a comment on “{proposal}” in {what}: {said}"),
    "comment_removed": _("{who} took a comment on “{proposal}” in {what} away: {said}"),
    "voted": _("Somebody voted on {what}"),
    "shown": _("{who} showed “{said}” in {what}"),
    "hidden": _("{who} hid “{said}” in {what}: {reason}"),
    "sample_added": ngettext_lazy(
        "{who} added {count} decision of the sample town",
        "{who} added {count} decisions of the sample town",
        "count",
    ),
    "sample_removed": ngettext_lazy(
        "{who} removed {count} decision of the sample town",
        "{who} removed {count} decisions of the sample town",
        "count",
    ),
}.items():
    sentences.plug(f"decisions.{_verb}", Sentence(_text, icon="gavel"))
