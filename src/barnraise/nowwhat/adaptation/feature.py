"""What this room plugs into the house."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from functools import partial
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext_lazy

from barnraise.foundation.refs import Ref
from barnraise.plumbing.imports.sockets import nouns
from barnraise.plumbing.journal.sockets import Sentence, sentences, undoers
from barnraise.plumbing.search.sockets import Document, Documents, documents
from barnraise.plumbing.ui import sockets as ui
from barnraise.what.projects.sockets import panels as project_panels
from barnraise.why.goals.sockets import goal_panels

from . import policies, profile, selectors
from . import sample as town
from .faults import DONE
from .intake_experiments import Experiments
from .intake_lessons import Lessons
from .intake_moves import Moves
from .intake_reviews import Reviews
from .intake_revisions import Revisions
from .models import Experiment, Lesson, Review, Revision
from .selectors import CARD, EXPERIMENT, LESSON, MOVE, REVIEW, REVISION, threads
from .services import restore, restore_moves


def _documents(model: Any, title: str, texts: Sequence[str], keys: Sequence[int]) -> Iterable[Document]:
    for row in model._default_manager.filter(pk__in=list(keys)):
        said = "\n".join(getattr(row, name) for name in texts if getattr(row, name))
        yield Document(row.pk, getattr(row, title), said, visibility="team")


def _titles(model: Any, field: str, keys: Sequence[int]) -> Mapping[int, str]:
    return selectors.titles(model, field, keys)


def _address(name: str, key: int) -> str:
    return reverse(f"adaptation:{name}", args=[key])


def _begin(name: str, ref: Ref) -> str:
    return f"{reverse(f'adaptation:{name}')}?about={ref}"


for _order, (_title, _list, _icon, _covers) in enumerate(
    (
        (
            _("Plan revisions"),
            "revisions",
            "git-branch",
            ("add_revision", "add_move", "moves", "change_move"),
        ),
        (_("Experiments"), "experiments", "bulb", ()),
        (
            _("Reviews and lessons"),
            "reviews",
            "history",
            ("lessons", "change_lesson", "follow_up", "set_aside"),
        ),
    )
):
    ui.navigation.plug(
        f"adaptation.{_list}",
        ui.NavigationItem(
            _title,
            f"adaptation:{_list}",
            "nowwhat",
            policies.may_see,
            _icon,
            covers=tuple(f"adaptation:{one}" for one in _covers),
        ),
        order=30 + _order,
    )
for _name, _title, _icon, _words in (
    ("add_revision", _("Revise a plan"), "git-branch", _("plan change budget move")),
    ("add_experiment", _("Note an experiment"), "bulb", _("hypothesis try pilot")),
    ("add_review", _("Look back at something"), "history", _("after-action review lesson learnt")),
):
    ui.actions.plug(
        f"adaptation.{_name}", ui.Action(_title, f"adaptation:{_name}", policies.may_edit, _icon, _words)
    )
ui.cards.plug(
    CARD,
    ui.Card(_("Experiments to judge"), policies.may_see, "adaptation/cards/judge.html", profile.judge_card),
    order=34,
)
ui.cards.plug(
    "adaptation.approve",
    ui.Card(
        _("Revisions to approve"), policies.may_approve, "adaptation/cards/approve.html", profile.approve_card
    ),
    order=35,
)
ui.cards.plug(
    "adaptation.lessons",
    ui.Card(
        _("Lessons without a next step"),
        policies.may_see,
        "adaptation/cards/lessons.html",
        profile.lessons_card,
    ),
    order=36,
)
_PANEL = ui.Panel(
    _("How the plan adapts"),
    policies.may_see,
    "adaptation/panel.html",
    profile.panel,
)
project_panels.plug("adaptation", _PANEL, order=70)
goal_panels.plug("adaptation", _PANEL, order=70)

for _kind, _model, _field, _noun, _icon, _texts, _place in (
    (REVISION, Revision, "title", _("plan revision"), "git-branch", ("why", "before", "after", "settled_note"), "revision"),
    (EXPERIMENT, Experiment, "title", _("experiment"), "bulb", ("hypothesis", "measure", "stop_rule", "verdict_note"), "experiment"),
    (REVIEW, Review, "title", _("after-action review"), "history", ("expected", "happened", "difference"), "review"),
    (LESSON, Lesson, "text", _("lesson"), "school", ("settled_note",), "lesson"),
):  # fmt: skip
    ui.kinds.plug(
        _kind,
        ui.Described(
            _noun,
            partial(_titles, _model, _field),
            partial(_address, f"{_place}_by_key"),
            policies.may_see,
            _icon,
        ),
    )
    documents.plug(_kind, Documents(_noun, partial(_documents, _model, _field, _texts), policies.may_see))
    undoers.plug(_kind, restore)
ui.kinds.plug(
    MOVE,
    ui.Described(
        _("budget move"),
        selectors.move_titles,
        partial(_address, "move_by_key"),
        policies.may_see,
        "git-branch",
    ),
)
undoers.plug(MOVE, restore_moves)
ui.threads.plug(REVISION, ui.Thread(upstream=threads.of_revision))
ui.threads.plug(EXPERIMENT, ui.Thread(upstream=threads.of_experiment))
ui.threads.plug(REVIEW, ui.Thread(upstream=threads.of_review, downstream=threads.lessons_of))
ui.threads.plug(LESSON, ui.Thread(upstream=threads.review_of, downstream=threads.became))
for _kind in ("interactions.nextstep", "commitments.commitment"):
    ui.threads.plug(f"{_kind}@adaptation", ui.Thread(upstream=threads.lesson_behind))
for _kind in DONE:
    ui.threads.plug(f"{_kind}@adaptation", ui.Thread(downstream=threads.about_it))
    ui.starts.plug(
        f"{_kind}@adaptation",
        ui.Start(_("Look back at it"), partial(_begin, "add_review"), policies.may_edit),
        order=80,
    )
nouns.plug("revisions", Revisions())
nouns.plug("budget_moves", Moves())
nouns.plug("experiments", Experiments())
nouns.plug("reviews", Reviews())
nouns.plug("lessons", Lessons())


def _waiting(most: int) -> tuple[int, Sequence[Ref]]:
    count, rows = selectors.waiting_lessons(most)
    return count, [Ref.to(row) for row in rows]


ui.loose_ends.plug(
    "adaptation.lessons",
    ui.LooseEnd(
        _("Lessons without a next step"),
        _("Open the review, and say what follows from the lesson, or why nothing does."),
        policies.may_see,
        _waiting,
    ),
    order=60,
)
ui.sample.plug("adaptation", ui.SamplePart(town.load, town.remove), order=92)

for _verb, _text in {
    "revision_added": _("{who} proposed to revise a plan: {what}"),
    "revision_changed": _("{who} changed the plan revision {what}"),
    "revision_removed": _("{who} removed the plan revision {title}"),
    "move_added": _("{who} noted in {what} that money moves from {source} to {target}"),
    "move_changed": _("{who} changed in {what} that money moves from {source} to {target}"),
    "move_removed": _("{who} took out of {what} that money moves from {source} to {target}"),
    "approved": _("{who} approved the plan revision {what}"),
    "dropped": _("{who} dropped the plan revision {what}: {reason}"),
    "experiment_added": _("{who} noted the experiment {what}"),
    "experiment_changed": _("{who} changed the experiment {what}"),
    "experiment_removed": _("{who} removed the experiment {title}"),
    "holds": _("{who} judged the experiment {what}: it holds"),
    "fails": _("{who} judged the experiment {what}: it does not hold"),
    "unclear": _("{who} judged the experiment {what}: nobody can tell"),
    "stopped": _("{who} stopped the experiment {what} early"),
    "reopened": _("{who} took the verdict on the experiment {what} back"),
    "review_added": _("{who} noted the review {what}"),
    "review_changed": _("{who} changed the review {what}"),
    "review_removed": _("{who} removed the review {title}"),
    "lesson_added": _("{who} noted a lesson: {what}"),
    "lesson_changed": _("{who} changed a lesson: {what}"),
    "lesson_removed": _("{who} removed the lesson {title}"),
    "followed_up": _("{who} let the lesson {what} become: {text}"),
    "set_aside": _("{who} set the lesson {what} aside: {reason}"),
    "lesson_reopened": _("{who} opened the lesson {what} again"),
    "sample_added": ngettext_lazy(
        "{who} added {count} revision, experiment or review of the sample town",
        "{who} added {count} revisions, experiments and reviews of the sample town",
        "count",
    ),
    "sample_removed": ngettext_lazy(
        "{who} removed {count} revision, experiment or review of the sample town",
        "{who} removed {count} revisions, experiments and reviews of the sample town",
        "count",
    ),
}.items():
    sentences.plug(f"adaptation.{_verb}", Sentence(_text, icon="git-branch"))
