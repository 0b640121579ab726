"""The lists of revisions, experiments, reviews and lessons."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.db.models import Model, Q, QuerySet
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from barnraise.foundation.text import AsWritten
from barnraise.plumbing.ui.components import data, day, figure, number, when
from barnraise.plumbing.ui.lists import ChoiceFilter, Column, DateFilter, Empty, ListPage, SubqueryFilter

from . import facing, policies, selectors
from .models import Lesson, Move, Revision


def _owners() -> list[tuple[str, Any]]:
    return [(str(one.pk), AsWritten(str(one))) for one in selectors.owners()]


@dataclass(frozen=True)
class StateFilter(ChoiceFilter):
    """By how an experiment stands today."""

    def passing(self, value: Any) -> Q:
        """See Filter."""
        today = timezone.localdate()
        found = Q(pk__in=())
        for one in value:
            found |= selectors.in_state(one, today)
        return found

    def listing(self, model: type[Model], value: Any) -> QuerySet[Any] | None:
        """See Filter. Planned, running and to be judged are told by comparing days with today."""
        return None


def _lessons(row: Any) -> Any:
    return figure(row.lesson_count, rows=f"{row.get_absolute_url()}#lessons")


def _verdict_on(row: Any) -> Any:
    return day(row.verdict_on) if row.verdict_on else ""


def _moving(value: str) -> QuerySet[Any]:
    if value == "1":
        return Move.objects.values_list("revision_id", flat=True)
    return Revision.objects.filter(moves__isnull=True).values_list("pk", flat=True)


revisions = ListPage(
    name="revisions",
    kind=selectors.REVISION,
    noun=_("plan revision"),
    noun_plural=_("plan revisions"),
    title=_("Plan revisions"),
    intro=_("What of a plan changed, why, on what evidence, who approved it, and the money it moved."),
    policy=policies.may_see,
    rows=selectors.revisions,
    default_sort="-updated_at",
    row_url=lambda row: row.get_absolute_url(),
    create_url_name="adaptation:add_revision",
    create_policy=policies.may_edit,
    create_label=_("Revise a plan"),
    heading_links=((_("Budget moves"), "adaptation:moves", policies.may_see),),
    empty=Empty(
        _("No plan has been revised yet"),
        _("When the numbers say that something does not work, write down what changes and why, cite what shows it, and move the money with it."),
        ((_("Revise a plan"), "adaptation:add_revision", policies.may_edit),),
        icon="git-branch",
    ),
    columns=(
        Column("title", _("What changes"), lambda row: data(row.title), lambda row: row.title, sort="title_folded"),
        Column("state", _("State"), facing.revision_badge, lambda row: row.get_state_display()),
        Column("why", _("Why"), lambda row: data(row.why), lambda row: row.why),
        Column("settled", _("Settled on"), lambda row: day(row.settled_on) if row.settled_on else "", lambda row: row.settled_on, sort="settled_on"),
        Column("by", _("Approved by"), lambda row: data(str(row.settled_by)) if row.settled_by else "", lambda row: str(row.settled_by or "")),
        Column("about", _("Reference"), lambda row: data(row.about), lambda row: row.about, is_default=False),
        Column("before", _("The plan before"), lambda row: data(row.before), lambda row: row.before, is_default=False),
        Column("after", _("The plan after"), lambda row: data(row.after), lambda row: row.after, is_default=False),
        Column("note", _("Note"), lambda row: data(row.settled_note), lambda row: row.settled_note, is_default=False),
        Column("updated", _("Changed"), lambda row: when(row.updated_at), lambda row: row.updated_at, sort="updated_at", is_default=False),
        Column("uuid", _("Id"), lambda row: data(str(row.uuid)), lambda row: str(row.uuid), is_default=False),
    ),
    filters=(
        ChoiceFilter("state", _("State"), options=Revision.State.choices),
        DateFilter("settled", _("Settled on"), field="settled_on"),
        SubqueryFilter("money", _("Budget moves"), options=(("1", _("moves money")), ("0", _("moves no money"))), subquery=_moving),
    ),
)  # fmt: skip
"""Plan revisions."""

experiments = ListPage(
    name="experiments",
    kind=selectors.EXPERIMENT,
    noun=_("experiment"),
    noun_plural=_("experiments"),
    title=_("Experiments"),
    intro=_("What is tried on purpose: what we expect, how we will tell, when we stop, and what came of it."),
    policy=policies.may_see,
    rows=selectors.experiments,
    default_sort="-judge_on",
    row_url=lambda row: row.get_absolute_url(),
    create_url_name="adaptation:add_experiment",
    create_policy=policies.may_edit,
    create_label=_("Note an experiment"),
    empty=Empty(
        _("No experiments yet"),
        _("Write down what you expect before you try it. On its day Today asks what came of it, and a plan may then be revised on evidence."),
        ((_("Note an experiment"), "adaptation:add_experiment", policies.may_edit),),
        icon="bulb",
    ),
    columns=(
        Column("title", _("What is tried"), lambda row: data(row.title), lambda row: row.title, sort="title_folded"),
        Column("state", _("State"), facing.experiment_badge, facing.experiment_word),
        Column("starts", _("From"), lambda row: day(row.starts_on), lambda row: row.starts_on),
        Column("judge", _("Judged on"), lambda row: day(row.judge_on), lambda row: row.judge_on, sort="judge_on"),
        Column("owner", _("Who sees to it"), lambda row: data(str(row.owner)) if row.owner else "", lambda row: str(row.owner or "")),
        Column("hypothesis", _("Hypothesis"), lambda row: data(row.hypothesis), lambda row: row.hypothesis, is_default=False),
        Column("measure", _("How it is measured"), lambda row: data(row.measure), lambda row: row.measure, is_default=False),
        Column("stop", _("When it is stopped early"), lambda row: data(row.stop_rule), lambda row: row.stop_rule, is_default=False),
        Column("verdict_on", _("Verdict of"), _verdict_on, lambda row: row.verdict_on, is_default=False),
        Column("note", _("What came of it"), lambda row: data(row.verdict_note), lambda row: row.verdict_note, is_default=False),
        Column("about", _("Reference"), lambda row: data(row.about), lambda row: row.about, is_default=False),
        Column("updated", _("Changed"), lambda row: when(row.updated_at), lambda row: row.updated_at, sort="updated_at", is_default=False),
        Column("uuid", _("Id"), lambda row: data(str(row.uuid)), lambda row: str(row.uuid), is_default=False),
    ),
    filters=(
        StateFilter("state", _("State"), options=facing.EXPERIMENT_STATES),
        ChoiceFilter("owner", _("Who sees to it"), options=_owners, field="owner_id"),
        DateFilter("judge", _("Judged on"), field="judge_on"),
    ),
)  # fmt: skip
"""Experiments."""

reviews = ListPage(
    name="reviews",
    kind=selectors.REVIEW,
    noun=_("after-action review"),
    noun_plural=_("after-action reviews"),
    title=_("After-action reviews"),
    heading_links=((_("Lessons"), "adaptation:lessons", policies.may_see),),
    intro=_("Looking back at events and projects: what was expected, what happened, and what was learnt."),
    policy=policies.may_see,
    rows=selectors.reviews,
    default_sort="-held_on",
    row_url=lambda row: row.get_absolute_url(),
    create_url_name="adaptation:add_review",
    create_policy=policies.may_edit,
    create_label=_("Look back at something"),
    empty=Empty(
        _("No reviews yet"),
        _("After an event or a project, sit down for half an hour: what did you expect, what happened, why did it differ?"),
        ((_("Look back at something"), "adaptation:add_review", policies.may_edit),),
        icon="history",
    ),
    columns=(
        Column("title", _("Title"), lambda row: data(row.title), lambda row: row.title, sort="title_folded"),
        Column("held", _("Held on"), lambda row: day(row.held_on), lambda row: row.held_on, sort="held_on"),
        Column("lessons", _("Lessons"), _lessons, lambda row: row.lesson_count, is_numeric=True),
        Column("waiting", _("Without a next step"), lambda row: number(row.waiting_count), lambda row: row.waiting_count, is_default=False),
        Column("happened", _("What happened"), lambda row: data(row.happened), lambda row: row.happened, is_default=False),
        Column("expected", _("What was expected"), lambda row: data(row.expected), lambda row: row.expected, is_default=False),
        Column("difference", _("Why it differed"), lambda row: data(row.difference), lambda row: row.difference, is_default=False),
        Column("about", _("Reference"), lambda row: data(row.about), lambda row: row.about, is_default=False),
        Column("updated", _("Changed"), lambda row: when(row.updated_at), lambda row: row.updated_at, sort="updated_at", is_default=False),
        Column("uuid", _("Id"), lambda row: data(str(row.uuid)), lambda row: str(row.uuid), is_default=False),
    ),
    filters=(DateFilter("held", _("Held on"), field="held_on"),),
)  # fmt: skip
"""After-action reviews."""

lessons = ListPage(
    name="lessons",
    kind=selectors.LESSON,
    noun=_("lesson"),
    noun_plural=_("lessons"),
    title=_("Lessons"),
    heading_links=((_("After-action reviews"), "adaptation:reviews", policies.may_see),),
    intro=_("What was learnt in all reviews, and what became of it."),
    policy=policies.may_see,
    rows=selectors.lessons,
    default_sort="-updated_at",
    row_url=lambda row: row.get_absolute_url(),
    empty=Empty(
        _("No lessons yet"),
        _("Lessons are noted in after-action reviews. Each becomes a next step or a promise, or is set aside with a reason."),
        ((_("Look back at something"), "adaptation:add_review", policies.may_edit),),
        icon="school",
    ),
    columns=(
        Column("text", _("What was learnt"), lambda row: data(row.text), lambda row: row.text, sort="text_folded"),
        Column("state", _("State"), facing.lesson_badge, lambda row: row.get_state_display()),
        Column("review", _("Review"), lambda row: data(row.review.title), lambda row: row.review.title),
        Column("note", _("Why it was set aside"), lambda row: data(row.settled_note), lambda row: row.settled_note, is_default=False),
        Column("became", _("What became of it"), lambda row: data(row.became), lambda row: row.became, is_default=False),
        Column("held", _("Held on"), lambda row: day(row.review.held_on), lambda row: row.review.held_on, is_default=False),
        Column("about", _("Reference"), lambda row: data(row.review.about), lambda row: row.review.about, is_default=False),
        Column("updated", _("Changed"), lambda row: when(row.updated_at), lambda row: row.updated_at, sort="updated_at", is_default=False),
        Column("uuid", _("Id"), lambda row: data(str(row.uuid)), lambda row: str(row.uuid), is_default=False),
    ),
    filters=(ChoiceFilter("state", _("State"), options=Lesson.State.choices),),
)  # fmt: skip
"""Lessons."""
