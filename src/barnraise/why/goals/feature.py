"""What this room plugs into the house."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext_lazy

from barnraise.foundation.belongings import belongings
from barnraise.plumbing.imports.sockets import nouns
from barnraise.plumbing.journal.sockets import Sentence, sentences, undoers
from barnraise.plumbing.links.sockets import Purpose, purposes
from barnraise.plumbing.mail.sockets import requests
from barnraise.plumbing.search.sockets import Document, Documents, documents
from barnraise.plumbing.ui import sockets as ui
from barnraise.who.organisations.sockets import panels as organisation_panels

from . import belonging, endorsing, mailing, policies, profile, selectors, tracing
from . import sample as town
from .intake import Goals, Objectives
from .intake_indicators import Indicators
from .intake_logic import LogicSteps
from .intake_partners import Endorsements
from .models import Goal, Indicator, Objective
from .selectors import CITABLE, ENDORSEMENT, GOAL, INDICATOR, OBJECTIVE
from .services import restore, restore_rows


def _goals(keys: Sequence[int]) -> Iterable[Document]:
    return (Document(row.pk, row.name, row.about) for row in Goal.objects.filter(pk__in=list(keys)))


def _objectives(keys: Sequence[int]) -> Iterable[Document]:
    return (Document(row.pk, row.name, row.about) for row in Objective.objects.filter(pk__in=list(keys)))


def _indicators(keys: Sequence[int]) -> Iterable[Document]:
    return (Document(row.pk, row.name, row.definition) for row in Indicator.objects.filter(pk__in=list(keys)))


def _endorsement_titles(keys: Sequence[int]) -> Mapping[int, str]:
    rows = selectors.endorsements_listed().filter(pk__in=list(keys))
    return {row.pk: f"{row.organisation.name}: {row.goal.name}" for row in rows}


def _endorsement_url(key: int) -> str:
    row = selectors.endorsements_listed().filter(pk=key).first()
    return row.goal.get_absolute_url() if row else reverse("goals:list")


def _at(name: str) -> Any:
    return lambda key: reverse(name, args=[key])


ui.navigation.plug(
    "goals", ui.NavigationItem(_("Goals"), "goals:list", "why", policies.may_see, "target"), order=30
)
ui.navigation.plug(
    "goals.indicators",
    ui.NavigationItem(_("Indicators"), "goals:indicators", "sowhat", policies.may_see, "chart-line"),
    order=31,
)
ui.actions.plug(
    "goals.add", ui.Action(_("Add a goal"), "goals:add", policies.may_edit, "target", _("goal aim objective"))
)
ui.actions.plug(
    "goals.add_indicator",
    ui.Action(
        _("Add an indicator"),
        "goals:add_indicator",
        policies.may_edit,
        "chart-line",
        _("indicator measure number"),
    ),
)
ui.cards.plug(
    "goals.waiting",
    ui.Card(
        _("Objectives due, endorsements waited for"),
        policies.may_see,
        "goals/cards/waiting.html",
        profile.waiting_card,
    ),
    order=40,
)
organisation_panels.plug(
    "goals",
    ui.Panel(
        _("Goals they were asked about"),
        policies.may_see,
        "goals/panel.html",
        profile.panel,
        is_later=True,
        held_by=(("goals.Endorsement", "organisation"),),
    ),
    order=60,
)
for _kind, _noun, _titles, _url, _icon in (
    (GOAL, _("goal"), selectors.goal_titles, "goals:by_key", "target"),
    (OBJECTIVE, _("objective"), selectors.objective_titles, "goals:objective_by_key", "target-arrow"),
    (INDICATOR, _("indicator"), selectors.indicator_titles, "goals:indicator_by_key", "chart-line"),
):
    ui.kinds.plug(_kind, ui.Described(_noun, _titles, _at(_url), policies.may_see, _icon))
    undoers.plug(_kind, restore)
ui.kinds.plug(
    ENDORSEMENT,
    ui.Described(_("endorsement"), _endorsement_titles, _endorsement_url, policies.may_see, "thumb-up"),
)
for _kind in ("goals.logicstep", "goals.logicarrow", ENDORSEMENT):
    undoers.plug(_kind, restore_rows)
documents.plug(GOAL, Documents(_("Goals"), _goals, policies.may_see))
documents.plug(OBJECTIVE, Documents(_("Objectives"), _objectives, policies.may_see))
documents.plug(INDICATOR, Documents(_("Indicators"), _indicators, policies.may_see))
ui.threads.plug(GOAL, ui.Thread(upstream=tracing.cited_by_goal, downstream=tracing.objectives_of_goal))
ui.threads.plug(
    OBJECTIVE, ui.Thread(upstream=tracing.goal_of_objective, downstream=tracing.indicators_of_objective)
)
ui.threads.plug(ENDORSEMENT, ui.Thread(upstream=tracing.goal_of_endorsement))
ui.threads.plug(INDICATOR, ui.Thread(upstream=tracing.objective_of_indicator))
for _kind in CITABLE:
    ui.starts.plug(
        f"{_kind}@goals",
        ui.Start(_("Set a goal"), lambda ref: f"{reverse('goals:add')}?cites={ref}", policies.may_edit),
    )
    ui.threads.plug(f"{_kind}@goals", ui.Thread(downstream=tracing.goals_citing))
ui.loose_ends.plug(
    "goals.without_need",
    ui.LooseEnd(
        _("Goals without a need"),
        _("Open the goal and cite the need that it answers."),
        policies.may_see,
        selectors.goals_without_need,
    ),
    order=10,
)
ui.loose_ends.plug(
    "goals.without_indicator",
    ui.LooseEnd(
        _("Objectives without an indicator"),
        _("Open the objective and add the number that tells whether it is being met."),
        policies.may_see,
        selectors.objectives_without_indicator,
    ),
    order=20,
)
belongings.plug("goals", belonging.PEOPLE, order=98)
nouns.plug("goals", Goals())
nouns.plug("objectives", Objectives())
nouns.plug("indicators", Indicators())
nouns.plug("endorsements", Endorsements())
nouns.plug("logic_steps", LogicSteps())
ui.sample.plug("goals", ui.SamplePart(town.load, town.remove), order=70)
requests.plug("goals.endorsement", mailing.REQUEST)
purposes.plug(
    "goals.endorse",
    Purpose(
        title=_("Does your organisation stand behind this goal?"),
        text=_(
            "Your answer is shown to the partnership with the name of whoever gives it. You can change it by the same link."
        ),
        button=_("Send our answer"),
        act=endorsing.answer,
        done=_("Thank you: your answer is kept."),
        template="goals/endorse.html",
        select=endorsing.offer,
        is_once=False,
    ),
)

for _verb, _text in {
    "goal_added": _("{who} added the goal {what}"),
    "goal_changed": _("{who} changed the goal {what}"),
    "goal_agreed": _("{who} noted that the goal {what} is agreed"),
    "goal_reached": _("{who} noted that the goal {what} is reached: {reason}"),
    "goal_dropped": _("{who} dropped the goal {what}: {reason}"),
    "goal_reopened": _("{who} reopened the goal {what}"),
    "goal_removed": _("{who} removed the goal {name}"),
    "cited": _("{who} noted that {what} rests on {others}"),
    "uncited": _("{who} noted that {what} no longer rests on {others}"),
    "objective_added": _("{who} added the objective {what} to {others}"),
    "objective_changed": _("{who} changed the objective {what}"),
    "objective_agreed": _("{who} noted that the objective {what} is agreed"),
    "objective_reached": _("{who} noted that the objective {what} is reached: {reason}"),
    "objective_dropped": _("{who} dropped the objective {what}: {reason}"),
    "objective_reopened": _("{who} reopened the objective {what}"),
    "objective_removed": _("{who} removed the objective {name}"),
    "indicator_added": _("{who} added the indicator {what}"),
    "indicator_changed": _("{who} changed the indicator {what}"),
    "indicator_ended": _("{who} ended the indicator {what}: {reason}"),
    "indicator_reopened": _("{who} has values of the indicator {what} asked again"),
    "indicator_removed": _("{who} removed the indicator {name}"),
    "step_added": _("{who} added “{name}” to the logic model of {what}"),
    "step_changed": _("{who} changed a step in the logic model of {what}"),
    "step_removed": _("{who} removed “{name}” from the logic model of {what}"),
    "arrow_added": _("{who} drew an arrow in the logic model of {what}, from “{start}” to “{end}”"),
    "arrow_removed": _("{who} removed an arrow from the logic model of {what}, from “{start}” to “{end}”"),
    "endorsement_asked": _("{who} asked {others} to endorse the goal {what}"),
    "endorsement_endorsed": _("{name} endorsed the goal {what} for {others}"),
    "endorsement_declined": _("{name} did not endorse the goal {what} for {others}"),
    "endorsement_withdrawn": _("{name} took the endorsement of the goal {what} back for {others}"),
    "endorsement_taken_back": _("{who} took back the question to {others} about the goal {what}"),
    "sample_added": ngettext_lazy(
        "{who} added {count} goal of the sample town", "{who} added {count} goals of the sample town", "count"
    ),
    "sample_removed": ngettext_lazy(
        "{who} removed {count} goal of the sample town",
        "{who} removed {count} goals of the sample town",
        "count",
    ),
}.items():
    sentences.plug(f"goals.{_verb}", Sentence(_text, icon="target"))
